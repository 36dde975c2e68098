"""Lines of one episode, or of a story of few reports -> Claim: who says the same, where accounts differ.

Lines that speak of the same thing are found by what they share (matching.py), related by their frames
(comparing.py) and gathered into claims (components.clustered). In a long story an episode is worked by
itself: a report that is added touches the lines of its own episode alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.options import option
from onrecord.records import (
    Article,
    Claim,
    ClaimMember,
    EpisodeReports,
    Line,
    Relation,
    Ruling,
)
from onrecord.relate.bullets import unheard
from onrecord.relate.comparing import compare
from onrecord.relate.components import clustered
from onrecord.relate.frames import TOGETHER, Finding, Frame
from onrecord.relate.judging import OPPOSED, reviewed
from onrecord.relate.matching import Match, Weights, candidates, scored
from onrecord.relate.opposing import further
from onrecord.stage import Group, Resources
from onrecord.text.ids import make_id
from onrecord.text.instants import day_of, sort_key


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the claims stage."""

    common: int = option(
        60,
        "Words that stand in more lines of an episode than this bring no lines together",
        unit="lines",
    )
    partners: int = option(
        12,
        "Lines each line is compared with at most, those that share most first",
        unit="lines",
    )
    members: int = option(
        40,
        "Lines one claim may hold; what hangs on beyond them makes a claim of its own",
        unit="lines",
    )
    shared: int = option(
        330,
        "Share of two lines' weight in words that must be common to both for them to speak of the same",
        unit="per mille",
    )
    linked: int = option(
        60,
        "Share of the pairs between two groups of lines that must be related for them to be one claim",
        unit="per cent",
    )
    near: int = option(
        460,
        "The same for lines that nothing but their words shows to speak of the same",
        unit="per mille",
    )
    rounds: int = option(3, "How many claims a line may stand in that have nothing else in common")


def frames_of(reports: EpisodeReports, group: Group) -> list[Frame]:
    """The frames of an episode's lines, ordered by article and place."""
    articles = {a.id: a for a in group.all(Article)}
    events: dict[str, set[str]] = defaultdict(set)
    for at in reports.events:
        events[at.address].add(at.event_id)
    frames = [
        Frame(
            line,
            articles[line.article_id].outlet,
            articles[line.article_id].published.earliest,
            frozenset(e for address in line.told for e in events[address]),
        )
        for line in group.all(Line)
        if line.article_id in articles
    ]
    return sorted(
        frames,
        key=lambda f: (
            f.line.article_id,
            f.line.citation.capture_start,
            f.line.citation.capture_end,
            f.line.id,
        ),
    )


def work(group: Group, options: Options, resources: Resources) -> Iterator[Claim]:
    """All claims of one episode, with what people decided about their relations."""
    return reviewed(_found(group, options), group.all(Ruling))


def _found(group: Group, options: Options) -> Iterator[Claim]:
    reports = group.one(EpisodeReports)
    frames = frames_of(reports, group)
    articles = {a.id: a for a in group.all(Article)}
    copies = frozenset(map(frozenset, reports.copies))
    reports_of = [f.line.article_id for f in frames]
    episode = {a: n for n, inside in enumerate(reports.episodes) for a in inside}
    places: list[list[int]] = [[] for _ in reports.episodes]
    for i, article in enumerate(reports_of):
        places[episode[article]].append(i)
    related: dict[tuple[int, int], tuple[Finding, Match]] = {}
    for own in places:
        found = relations([frames[i] for i in own], copies, options)
        related |= {(own[i], own[j]): row for (i, j), row in found.items()}
    across = _across(frames, [episode[a] for a in reports_of], copies, options)

    def surest(pair: tuple[int, int]) -> tuple[bool, bool, int, int, tuple[int, int]]:
        finding, match = related[pair]
        # A headline and its own body are one matter, however little they share.
        own = reports_of[pair[0]] == reports_of[pair[1]]
        together = finding is TOGETHER and not own
        strength = 0 if own else STRENGTH[finding.relation]
        return (together, pair in across, strength, -match.score, pair)

    related |= across
    for pair, (finding, match) in related.items():
        a, b = (frames[i] for i in pair)
        if finding.relation not in OPPOSED or finding.past:
            continue
        if not _is_soon(a, b, pair not in across):
            related[pair] = (_apart(a, b, finding), match)
    # What an episode's own reports have to do with one another makes its claims first; what other
    # episodes tell joins these.
    ordered = sorted(related, key=surest)
    told: set[tuple[int, int]] = set()
    names: set[str] = set()
    shown = sum(finding is not TOGETHER for finding, _ in related.values())
    for members in clustered(
        reports_of, ordered, options.members, options.linked, options.rounds, shown
    ):
        here = set(members)
        inside = {pair: row for pair, row in related.items() if pair[0] in here and pair[1] in here}
        # What two lines have to do with one another is told once, in the first claim that holds them.
        first = {pair: row for pair, row in inside.items() if pair not in told}
        told |= set(first)
        yield _claim(reports, frames, members, first, articles, names)


def _across(
    frames: Sequence[Frame],
    episodes: Sequence[int],
    copies: frozenset[frozenset[str]],
    options: Options,
) -> Related:
    """What lines of different episodes have to do with one another; `episodes` gives each frame's."""
    if len(set(episodes)) < 2:
        return {}
    found = relations(frames, copies, options, episodes)
    return {
        (i, j): row
        for (i, j), row in found.items()
        if episodes[i] != episodes[j] and _is_sure(row, options)
    }


ACROSS = 2
"""How many times the least score lines of two episodes need: what is alike in them may be another
occasion. A quotation or an opposition needs no more."""


def _is_sure(row: tuple[Finding, Match], options: Options) -> bool:
    finding, match = row
    if finding.relation == "same_quote" or finding.relation in OPPOSED:
        return True
    return match.score >= ACROSS * options.shared


SOON = 7
"""Days between two reports within which what they tell is taken to be of one occasion if they name no other."""


def _is_soon(a: Frame, b: Frame, one_episode: bool) -> bool:
    """Whether two reports were published soon after one another; where a time is unknown, whether they
    are of one episode."""
    if not (a.published and b.published):
        return one_episode
    return abs((day_of(a.published) - day_of(b.published)).days) <= SOON


def _apart(a: Frame, b: Frame, finding: Finding) -> Finding:
    """What opposed lines of reports weeks apart have to do with one another, unless they are of what was
    done once: they stay opposed only if they name one day, for what was not so may be so by then."""
    days = [{d for c in frame.line.clauses for d in c.days} for frame in (a, b)]
    if days[0] & days[1]:
        return finding
    why = f"{finding.basis}; their reports are not of one time, so the same occasion is not shown"
    return Finding("differs", finding.in_, why)


STRENGTH = {
    "same_quote": 0,
    "adds": 1,
    "contradicts": 0,
    "incompatible_accounts": 0,
    "paraphrase": 1,
    "differs": 1,
    "corroborates": 1,
    "together": 2,
}
"""The order in which relations join lines into a claim: one utterance, and what is
opposed, first; then by what is shared."""

Related = Mapping[tuple[int, int], tuple[Finding, Match]]


def relations(
    frames: Sequence[Frame],
    copies: frozenset[frozenset[str]],
    options: Options,
    apart: Sequence[int] = (),
) -> dict[tuple[int, int], tuple[Finding, Match]]:
    """What frames have to do with one another, by their places in the sequence. `apart`: the episode of
    each; if given, those of one episode are not compared."""
    lines = [f.line for f in frames]
    weights = Weights(lines)
    near = candidates(lines, weights, options.common, options.partners)
    found = scored(lines, weights, near)
    order = [_order(frame) for frame in frames]
    related = {}
    for (i, j), match in found.items():
        if apart and apart[i] == apart[j]:
            continue
        first, second = (i, j) if order[i] <= order[j] else (j, i)
        finding = compare(frames[first], frames[second], match, options.shared)
        if finding is None or (finding is TOGETHER and match.score < options.near):
            continue
        if lines[i].article_id == lines[j].article_id and finding.relation != "differs":
            continue
        if frozenset((lines[i].article_id, lines[j].article_id)) in copies and (
            finding.relation in ("corroborates", "adds")
        ):
            finding = Finding("paraphrase", None, "printed copies of one text: one account")
        related[i, j] = (finding, match)
    for pair, finding, match in further(frames, weights, options.common, found):
        if pair not in related or related[pair][0].relation not in OPPOSED:
            related[pair] = (finding, match)
    for pair, finding in unheard(frames):
        related[pair] = (finding, weights.match(*pair))
    return related


def _order(frame: Frame) -> tuple[str, str, str]:
    """In which order two frames are compared: by what a reader sees of them, not by their ids."""
    return (frame.published or "", frame.line.text, frame.outlet or "")


def _claim(
    reports: EpisodeReports,
    frames: Sequence[Frame],
    members: Sequence[int],
    inside: Related,
    articles: Mapping[str, Article],
    names: set[str],
) -> Claim:
    ids = {i: _member_id(frames[i]) for i in members}
    first, *others = sorted(
        members,
        key=lambda i: (
            *sort_key(frames[i].published, frames[i].line.article_id),
            frames[i].line.citation.capture_start,
            ids[i],
        ),
    )
    # Named after its first line, and where that one opens several claims after the next ones too.
    named = [ids[first]]
    while (name := make_id("clm", "claim", *named)) in names:
        named.append(ids[others[len(named) - 1]])
    names.add(name)
    denying = _denying(frames, members, inside)
    carried = {frames[i].line.article_id for i in members}
    heard = [a for inside in reports.episodes if carried & set(inside) for a in inside]
    return Claim(
        id=name,
        story_id=reports.story_id,
        text=_text_of([frames[i].line for i in (first, *others)]),
        members=tuple(
            _member(frames[i], ids[i], i in denying) for i in sorted(members, key=lambda i: ids[i])
        ),
        relations=tuple(
            Relation(a=ids[i], b=ids[j], relation=f.relation, in_=f.in_, basis=f.basis)
            for (i, j), (f, _) in sorted(
                inside.items(), key=lambda row: (ids[row[0][0]], ids[row[0][1]])
            )
            if f is not TOGETHER
        ),
        silent=tuple(sorted(a for a in heard if a not in carried and articles[a].versions)),
    )


def _text_of(lines: Sequence[Line]) -> str:
    """What a claim is called: the words of its first line that tells an act. Where these are no sentence
    ("to cancel", "the pledge"), it is called by the whole statement, with who says it."""
    acts = ((line, c) for line in lines for c in line.clauses if c.main)
    line, clause = next(acts, (lines[0], None))
    whole = (
        clause is not None
        and bool(clause.doers)
        and clause.told != "bare"
        and not (clause.told == "ahead" and " to " in f" {line.text}")
        and not line.by_cue
        and len(line.text.split()) >= SENTENCE
    )
    if line.statement_id is None or whole:
        return line.text
    return " ".join(line.citation.quote.split())


SENTENCE = 6
"""Words from which what is said can be read without who says it: of "that he did not serve" nobody knows who."""


def _member_id(frame: Frame) -> str:
    line = frame.line
    of = line.statement_id or min(frame.events, default="narration")
    return make_id("mem", of, line.article_id, line.citation.address)


def _denying(frames: Sequence[Frame], members: Sequence[int], related: Related) -> set[int]:
    """The lines that deny: by their act, or by saying not what another line of the claim says. A
    sentence that merely holds a "no" ("had no running water") denies nothing."""
    lines = {i: frames[i].line for i in members}
    found = {i for i in members if lines[i].act in ("deny", "refuse") and lines[i].negative}
    for (i, j), (finding, _) in related.items():
        if finding.in_ in ("polarity", "characterisation"):
            found |= {k for k in (i, j) if lines[k].negative}
    return found | {i for i in members if lines[i].status == "denied"}


def _member(frame: Frame, identity: str, denies: bool) -> ClaimMember:
    line = frame.line
    return ClaimMember(
        id=identity,
        statement_id=line.statement_id,
        event_id=None if line.statement_id else min(frame.events, default=None),
        article_id=line.article_id,
        outlet=frame.outlet,
        holder=line.holder,
        stance="denies" if denies else "asserts",
        citation=line.citation,
    )
