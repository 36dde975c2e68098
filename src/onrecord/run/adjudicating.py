"""Adjudication: what a user's own endpoint says of pairs that are undecided. Off unless it is called.

Asked about are oppositions that nobody reviewed, and pairs that are only just held to speak of one thing,
or only just not. An answer is kept beside the record as the endpoint's: it confirms and rejects nothing,
and no stage reads it. Nothing is asked twice: an answer is found by its question's identity
(text/advice.py), as long as both lines stand at the same addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from onrecord.capture.asking import Answered, Endpoint
from onrecord.errors import InputError, UsageError
from onrecord.records import (
    Advice,
    Article,
    Citation,
    Claim,
    ClaimHolder,
    ClaimMember,
    EpisodeReports,
    Judgement,
    Line,
    Record,
    Relation,
    Sentence,
    Story,
    Version,
)
from onrecord.relate.claims import frames_of
from onrecord.relate.doubtful import doubtful
from onrecord.relate.judging import OPPOSED
from onrecord.stage import Group
from onrecord.text.advice import advice_id, made, question, read, sendable
from onrecord.text.judgements import shown

R = TypeVar("R", bound=Record)

LONGEST_WAIT = 60
"""Seconds that an endpoint may ask to be left alone; for more, the run ends and the next goes on."""
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same question is asked again."""
THIS_ONE = frozenset({400, 413, 422})
"""Statuses that may be about one question alone; after any other the endpoint is not asked any more."""
IN_A_ROW = 3
"""Questions that fail one after the other from which the endpoint itself is taken to fail."""
SHOWN = 40
"""Code points of a line that name it in a message."""


class Records(Protocol):
    """What is read of a record."""

    def all(self, kind: type[R]) -> tuple[R, ...]: ...
    def get(self, kind: type[R], id: str, /) -> R | None: ...
    def load(self, kind: type[R], ids: Sequence[str]) -> tuple[R, ...]: ...
    def by(self, kind: type[R], field: str, value: str) -> tuple[R, ...]: ...


class Keeping(Protocol):
    """Where answers are kept: a Store."""

    def put_advice(self, one: Advice) -> None: ...


@dataclass(frozen=True)
class Told:
    """One line as it is asked about."""

    citation: Citation
    article: Article
    holder: ClaimHolder | None

    @property
    def name(self) -> str:
        """The line in a message: its outlet and its first words."""
        words = shown(" ".join(self.citation.quote.split()))
        head = words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…"
        return f"{shown(self.article.outlet or 'outlet unknown')} “{head}”"


@dataclass(frozen=True)
class Pair:
    """Two lines to ask about, ordered by their addresses, and what the machine found; None if it shows
    no relation of them."""

    a: Told
    b: Told
    machine: Relation | None

    @property
    def addresses(self) -> tuple[str, str]:
        return self.a.citation.address, self.b.citation.address

    @property
    def name(self) -> str:
        return f"{self.a.name} / {self.b.name}"


# --------------------------------------------------------------------------- what is undecided


def undecided(records: Records, settings: Mapping[str, Any], story: str = "") -> list[Pair]:
    """The pairs to ask about, of one story or all: unreviewed oppositions first, then pairs near the
    threshold, the closest first. Raises UsageError if there is no such story."""
    if story and records.get(Story, story) is None:
        raise UsageError(
            "there is no such story", where=story, do="`onrecord export stories` lists them"
        )
    decided = {
        frozenset(one.about.addresses)
        for one in records.all(Judgement)
        if one.about.kind == "relation" and one.undone is None and one.verdict != "note"
    }
    found: dict[frozenset[str], Pair] = {}
    near: list[tuple[int, Pair]] = []
    episodes = (
        records.by(EpisodeReports, "story_id", story) if story else records.all(EpisodeReports)
    )
    stories = dict.fromkeys(episode.story_id for episode in episodes)
    for one in stories:
        rows = list(_related(records, one))
        decided |= {
            frozenset(p.addresses) for p, relation in rows if relation.review != "unreviewed"
        }
        for pair, relation in rows:
            if relation.relation in OPPOSED and relation.review == "unreviewed":
                found.setdefault(frozenset(pair.addresses), pair)
        known = {frozenset(pair.addresses): pair for pair, _ in rows}
        for episode in episodes:
            if episode.story_id == one and settings["adjudication"].near > 0:
                near += _near(records, episode, settings, known)
    for _, pair in sorted(near, key=lambda row: (row[0], row[1].addresses)):
        found.setdefault(frozenset(pair.addresses), pair)
    return [pair for key, pair in found.items() if key not in decided and len(key) == 2]


def _related(records: Records, story: str) -> Iterator[tuple[Pair, Relation]]:
    """The relations of a story's claims, by the addresses of the opposed."""
    claims = records.by(Claim, "story_id", story)
    members = {m.id: m for claim in claims for m in claim.members}
    articles = _articles(records, (m.article_id for m in members.values()))
    rows = []
    for claim in claims:
        for relation in claim.relations:
            one, other = (_of_member(members[i], articles) for i in (relation.a, relation.b))
            rows.append((_pair(one, other, relation), relation))
    yield from sorted(
        rows,
        key=lambda row: (row[1].relation != "contradicts", row[0].addresses, row[1].relation),
    )


def _articles(records: Records, ids: Iterable[str]) -> dict[str, Article]:
    return {a.id: a for a in records.load(Article, sorted(set(ids)))}


def _of_member(member: ClaimMember, articles: Mapping[str, Article]) -> Told:
    return Told(member.citation, articles[member.article_id], member.holder)


def _pair(one: Told, other: Told, machine: Relation | None) -> Pair:
    a, b = sorted((one, other), key=lambda t: t.citation.address)
    return Pair(a, b, machine)


def _near(
    records: Records,
    episode: EpisodeReports,
    settings: Mapping[str, Any],
    known: Mapping[frozenset[str], Pair],
) -> Iterator[tuple[int, Pair]]:
    group = Group(
        {
            EpisodeReports: (episode,),
            Article: records.load(Article, episode.articles),
            Line: tuple(
                sorted(
                    (x for a in episode.articles for x in records.by(Line, "article_id", a)),
                    key=lambda x: x.id,
                )
            ),
        }
    )
    articles = {a.id: a for a in group.all(Article)}
    copies = frozenset(map(frozenset, episode.copies))
    frames = frames_of(episode, group)
    for doubt in doubtful(frames, copies, settings["claims"], settings["adjudication"].near):
        one, other = (
            Told(f.line.citation, articles[f.line.article_id], f.line.holder)
            for f in (doubt.a, doubt.b)
        )
        pair = _pair(one, other, None)
        before = known.get(frozenset(pair.addresses))
        yield doubt.distance, Pair(pair.a, pair.b, before.machine) if before else pair


# --------------------------------------------------------------------------- what is sent


def asked(records: Records, model: str, pair: Pair) -> bytes:
    """The question about a pair: everything that is sent of it."""
    machine = pair.machine
    found = None
    if machine is not None:
        found = {"relation": machine.relation, "in": machine.in_, "basis": sendable(machine.basis)}
    return question(model, _side(records, pair.a), _side(records, pair.b), found)


def _side(records: Records, told: Told) -> dict[str, Any]:
    published = told.article.published
    lines = records.by(Line, "article_id", told.article.id)
    said = (x.said for x in lines if x.citation.address == told.citation.address)
    return {
        "outlet": told.article.outlet,
        "published": [published.earliest, published.latest],
        "speaker": told.holder.name if told.holder else None,
        "said": list(next(said, (None, None))),
        "text": sendable(told.citation.quote),
        "around": _around(records, told.citation),
    }


def _around(records: Records, citation: Citation) -> str:
    """The sentences that a line stands in, and the one before them in its block."""
    start, end = citation.start, citation.end
    if citation.version_id is None or start is None or end is None:
        return ""
    sentences = sorted(
        records.by(Sentence, "version_id", citation.version_id), key=lambda s: s.start
    )
    its = [n for n, s in enumerate(sentences) if s.start < end and s.end > start]
    if not its:
        return ""
    first, last = its[0], its[-1]
    if first and sentences[first - 1].block == sentences[first].block:
        first -= 1
    version = records.get(Version, citation.version_id)
    return sendable(version.text[sentences[first].start : sentences[last].end]) if version else ""


# --------------------------------------------------------------------------- asked


def unanswered(records: Records, pairs: Sequence[Pair], to: Endpoint, model: str) -> list[Pair]:
    """The pairs that this model at this host was not asked about yet, by today's instructions."""
    ids = {p.addresses: advice_id(*p.addresses, to.host, model) for p in pairs}
    known = {one.id for one in records.load(Advice, sorted(ids.values()))}
    return [pair for pair in pairs if ids[pair.addresses] not in known]


@dataclass
class Report:
    """What a run brought. `problems`: what could not be used, one line each; `left`: pairs not asked
    about."""

    answers: list[tuple[Pair, Advice]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: int = 0


class _End(Exception):
    """The endpoint is not asked any more in this run."""


def adjudicate(
    records: Records,
    keeping: Keeping,
    pairs: Sequence[Pair],
    model: str,
    to: Endpoint,
    ask: Callable[[bytes], Answered],
    *,
    retries: int,
    now: Callable[[], str],
    sleep: Callable[[float], None],
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Report:
    """Asks about the pairs, one after the other; each answer is kept before the next question.

    What cannot be used is told and not kept: the next run asks again. Raises RecordBusy if the record
    cannot be written to.
    """
    report = Report(left=len(pairs))
    failed = 0
    for number, pair in enumerate(pairs):
        progress("adjudicate", number, len(pairs))
        try:
            answer = read(_answer(asked(records, model, pair), to, ask, retries, sleep))
            if to.holds_key(answer.why):
                raise InputError("not used", where=to.host, why="its answer holds the key")
        except _End as error:
            report.problems.append(f"{to.host}: {error}; what is left waits for the next run")
            break
        except InputError as error:
            report.left -= 1
            report.problems.append(f"{pair.name}: {error.line()}")
            failed += 1
            if failed == IN_A_ROW and report.left:
                report.problems.append(
                    f"{to.host}: {failed} questions failed in a row; what is left waits for the next run"
                )
                break
            continue
        failed = 0
        report.left -= 1
        one = made(*pair.addresses, to.host, model, now(), answer)
        keeping.put_advice(one)
        report.answers.append((pair, one))
    progress("adjudicate", len(pairs), len(pairs))
    return report


def _answer(
    body: bytes,
    to: Endpoint,
    ask: Callable[[bytes], Answered],
    retries: int,
    sleep: Callable[[float], None],
) -> bytes:
    """The body of a good answer to one question. Raises _End, or InputError for this question alone."""
    for attempt in range(retries + 1):
        answered = ask(body)
        if answered.status == 200:
            return answered.body
        why = f"it answered {answered.status}"
        if answered.status in THIS_ONE:
            raise InputError("not answered", where=to.host, why=why)
        if answered.status not in AGAIN:
            raise _End(f"{why}{_REFUSED.get(answered.status, '')}")
        wait = max(2.0**attempt, answered.wait or 0)
        if wait > LONGEST_WAIT:
            raise _End(f"{why} and asks to be left alone for {answered.wait} s")
        if attempt < retries:
            sleep(wait)
    raise _End(f"{why}, {retries + 1} times")


_REFUSED = {
    401: ": it does not take the key",
    402: ": it wants to be paid",
    403: ": it does not take the key",
    404: ": there is no such address or model",
}
"""What refusals mean. What the endpoint writes beside them is not shown: it may repeat the key."""
