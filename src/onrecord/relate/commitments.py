"""Threats, promises, offers and demands -> Commitment, and what later reports show of each.

Three questions are answered apart, each with its citation or `unknown`: was the act done, was the
condition met, was the deadline kept. That a later report tells the act as done shows neither that
the condition was met nor that the deadline was kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.options import option
from onrecord.records import (
    ActorLinks,
    Article,
    Bounds,
    Citation,
    ClaimHolder,
    Commitment,
    DateExpression,
    Event,
    Mention,
    Outcome,
    OutcomeEvidence,
    Sentence,
    Statement,
    Story,
    Version,
)
from onrecord.relate.frames import (
    Frame,
    Reader,
    content_lemmas,
    is_negated,
    statement_frame,
    tables,
    topic,
)
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.ids import make_id
from onrecord.text.instants import day_of, sort_key
from onrecord.text.tree import Tree

ACTS = {"threaten": "threat", "promise": "promise", "offer": "offer", "demand": "demand"}
"""Acts of statements that commit somebody or bind somebody else."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the commitments stage."""

    shared: int = option(
        2,
        "Content words that two lines must share to speak of one commitment or its outcome",
        unit="words",
    )
    unsigned: int = option(
        4,
        "Words an outcome must share with a commitment if it names none of its actors",
        unit="words",
    )


@dataclass(frozen=True, slots=True)
class _Pledge:
    """A statement that commits, with its frame and deadline."""

    statement: Statement
    frame: Frame
    act: str
    deadline: Bounds
    matter: frozenset[str]
    hinge: frozenset[str]
    """Content words of its condition."""


@dataclass(frozen=True, slots=True)
class _Report:
    """A passage of a report that tells something as done, or as not done."""

    article: Article
    citation: Citation
    lemmas: frozenset[str]
    topics: frozenset[str]
    actors: frozenset[str]
    negative: bool
    days: tuple[str | None, str | None]
    predicate: str
    """The lemma that tells the act, grouped by topic."""


def work(group: Group, options: Options, resources: Resources) -> Iterator[Commitment]:
    """All commitments of one story."""
    story = group.one(Story)
    found = _readers(group)
    articles = {a.id: a for a in group.all(Article)}
    dates = defaultdict(list)
    for expression in group.all(DateExpression):
        dates[expression.citation.version_id].append(expression)
    pledges = []
    for statement in group.all(Statement):
        if statement.act not in ACTS or statement.polarity == "negative":
            continue
        reader = found.get(statement.citation.version_id or "")
        frame = (
            statement_frame(statement, reader, articles[statement.article_id].outlet)
            if reader
            else None
        )
        if frame is None or reader is None or not frame.lemmas:
            continue
        deadline = _deadline(statement, dates[statement.citation.version_id], reader)
        pledges.append(
            _Pledge(
                statement,
                frame,
                ACTS[statement.act],
                deadline,
                _matter(frame),
                _hinge(statement.condition, reader),
            )
        )
    reports = _reports(group, found, articles)
    for same in _gathered(pledges, articles, options):
        yield _commitment(story.id, same, reports, articles, options)


def _readers(group: Group) -> dict[str, Reader]:
    """A reader for every version of the group's articles, by version id."""
    sentences, mentions, dates = defaultdict(list), defaultdict(list), defaultdict(list)
    for s in group.all(Sentence):
        sentences[s.version_id].append(s)
    for m in group.all(Mention):
        mentions[m.version_id].append(m)
    for d in group.all(DateExpression):
        dates[d.citation.version_id].append(d)
    links = {one.article_id: one for one in group.all(ActorLinks)}
    return {
        v.id: Reader(v, sentences[v.id], mentions[v.id], links.get(v.article_id), dates[v.id])
        for v in group.all(Version)
    }


def _matter(frame: Frame) -> frozenset[str]:
    """What the pledge is about: its content words without the words of pledging."""
    return frozenset(x for x in frame.lemmas if x not in tables()["speech"])


def _hinge(condition: Citation | None, reader: Reader | None) -> frozenset[str]:
    if condition is None or reader is None or condition.start is None or condition.end is None:
        return frozenset()
    low, high = condition.start, condition.end
    return content_lemmas([(tree, tree.tokens_in(low, high)) for tree in reader.trees(low, high)])


_BY = re.compile(
    r"\b(?:by|before|until|till|within|no later than|not later than)\s+(?:the\s+)?$", re.IGNORECASE
)


def _behind(date: Citation, statement: Statement, reader: Reader) -> bool:
    """Whether a date stands behind what is pledged, in the same sentence, after "by" or "before"."""
    last = statement.content[-1].end
    if date.start is None or last is None or date.start < last:
        return False
    sentence = next((s for s in reader.sentences if s.start < last <= s.end), None)
    text = reader.version.text
    return (
        sentence is not None
        and date.start < sentence.end
        and bool(_BY.search(text[last : date.start]))
    )


def _deadline(statement: Statement, dates: Sequence[DateExpression], reader: Reader) -> Bounds:
    """The day named in what is pledged, or behind it after "by", outside its condition. Unknown if
    there is none or several."""
    condition = statement.condition
    inside: list[DateExpression] = []
    for date in dates:
        c = date.citation
        if (
            c.start is None
            or c.end is None
            or date.type not in ("DATE", "TIME")
            or not date.earliest
        ):
            continue
        stands = any(
            p.start is not None and p.end is not None and p.start <= c.start < p.end
            for p in statement.content
        )
        conditional = (
            condition is not None
            and condition.start is not None
            and condition.end is not None
            and condition.start <= c.start < condition.end
        )
        if (stands or _behind(c, statement, reader)) and not conditional:
            inside.append(date)
    said = statement.said.latest
    text = reader.version.text
    later = [
        d
        for d in inside
        if d.latest
        and (
            said is None
            or day_of(d.latest) >= day_of(said)
            or _BY.search(text[: d.citation.start][-30:])
        )
    ]
    if len({(d.earliest, d.latest) for d in later}) != 1:
        return Bounds()
    one = later[0]
    return Bounds(
        earliest=one.earliest, latest=one.latest, text=one.citation.quote, basis=one.basis
    )


def _gathered(
    pledges: Sequence[_Pledge], articles: dict[str, Article], options: Options
) -> list[list[_Pledge]]:
    """Reports of one pledge together: same actor, same act, shared matter, no other deadline.
    Ordered by publication, so that the earliest report comes first."""
    ordered = sorted(
        pledges,
        key=lambda p: (
            *sort_key(articles[p.statement.article_id].published.earliest, p.statement.article_id),
            p.statement.citation.capture_start,
            p.statement.id,
        ),
    )
    groups: list[list[_Pledge]] = []
    for pledge in ordered:
        for group in groups:
            if _one_pledge(group[0], pledge, options):
                group.append(pledge)
                break
        else:
            groups.append([pledge])
    return groups


def _one_pledge(a: _Pledge, b: _Pledge, options: Options) -> bool:
    who = {p.statement.speaker.actor_id if p.statement.speaker else None for p in (a, b)}
    if a.act != b.act or len(who) != 1 or None in who:
        return False
    if fold_loose(a.frame.text) == fold_loose(b.frame.text):
        return True
    same_act = topic(a.frame.predicate or "") == topic(b.frame.predicate or "-")
    if same_act and a.deadline.latest and a.deadline.latest == b.deadline.latest:
        return True
    shared = a.matter & b.matter
    if len(shared) < options.shared or 2 * len(shared) < min(len(a.matter), len(b.matter)):
        return False
    if a.deadline.latest and b.deadline.latest:
        return a.deadline.latest == b.deadline.latest
    return True


def _reports(group: Group, found: dict[str, Reader], articles: dict[str, Article]) -> list[_Report]:
    """Passages that tell something as done, under way or not done, in an outlet's own voice."""
    reports = []
    for event in group.all(Event):
        for account in event.accounts:
            c = account.citation
            reader = found.get(c.version_id or "")
            if (
                reader is None
                or c.start is None
                or c.end is None
                or account.status not in ("happened", "ongoing", "denied")
            ):
                continue
            if account.attributed_to or event.kind in SPOKEN:
                continue
            parsed = [(t, t.tokens_in(c.start, c.end)) for t in reader.trees(c.start, c.end)]
            lemmas = content_lemmas(parsed)
            reports.append(
                _Report(
                    article=articles[account.article_id],
                    citation=c,
                    lemmas=lemmas | {topic(event.predicate)},
                    topics=_topics(lemmas | {topic(event.predicate)}),
                    actors=frozenset((*event.actors, *event.recipients))
                    | reader.actors_in(c.start, c.end),
                    negative=account.status == "denied",
                    days=(account.earliest, account.latest)
                    if account.latest
                    else (event.earliest, event.latest),
                    predicate=topic(event.predicate),
                )
            )
    reports += _told_in_passing(group, found, articles)
    return sorted(
        reports,
        key=lambda r: (
            *sort_key(r.article.published.earliest, r.article.id),
            r.citation.capture_start,
            r.citation.capture_end,
        ),
    )


SPOKEN = frozenset({"THREATEN", "AGREE", "REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONSULT"})
"""PLOVER roots of words, not deeds: that somebody warned of an act does not show the act."""

ACCOMPLISHED = frozenset(
    "imposition introduction publication payment release closure reopening withdrawal resignation signing adoption delivery deployment suspension cancellation restoration lifting".split()
)
"""Nouns that tell an act as done when a sentence takes it for granted: "since the imposition of …"."""


def _told_in_passing(
    group: Group, found: dict[str, Reader], articles: dict[str, Article]
) -> Iterator[_Report]:
    """Acts that a report takes for granted: a noun of doing with its object, after "since", "after",
    "following" or with the definite article, in a sentence without condition or negation."""
    for version_id in sorted(found):
        reader = found[version_id]
        article = articles.get(reader.version.article_id)
        if article is None or not article.versions or article.versions[0] != version_id:
            continue
        for sentence in reader.sentences:
            tree = Tree(reader.version.text, sentence)
            for i, lemma in enumerate(tree.lemmas):
                if fold_loose(lemma) not in ACCOMPLISHED or tree.child(i, "prep") is None:
                    continue
                introduced = tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in (
                    "since",
                    "after",
                    "following",
                    "despite",
                )
                above = list(tree.ancestors(i))
                unsure = any(
                    is_negated(tree, j)
                    or any(
                        tree.lemmas[c] in ("if", "would", "could", "may", "might", "will")
                        for c in tree.children[j]
                    )
                    for j in above
                )
                if not introduced or unsure:
                    continue
                tokens = tree.subtree(i)
                start, end = tree.span(tokens)
                lemmas = content_lemmas([(tree, tokens)])
                yield _Report(
                    article=article,
                    citation=cite(reader.version, start, end),
                    lemmas=lemmas,
                    topics=_topics(lemmas),
                    actors=reader.actors_in(start, end),
                    negative=False,
                    days=(None, None),
                    predicate=topic(fold_loose(lemma)),
                )


def _topics(lemmas: frozenset[str]) -> frozenset[str]:
    groups = set(tables()["topics"].values())
    return frozenset(x for x in lemmas if x in groups)


def _later(report: _Report, pledge: _Pledge, articles: dict[str, Article]) -> str | None:
    """Why a report can tell the outcome: published later, or undated. None if it is not later."""
    if report.article.id == pledge.statement.article_id:
        return None
    said = articles[pledge.statement.article_id].published
    told = report.days[1]
    if told is not None and said.earliest is not None and day_of(told) < day_of(said.earliest):
        return None
    if report.article.published.earliest is None or said.latest is None:
        return "the report is undated"
    if sort_key(report.article.published.earliest) > sort_key(said.latest):
        return f"reported {report.article.published.earliest[:10]}"
    return None


def _named_alike(statement: Statement, report: _Report) -> bool:
    """Whether a report names, word for word, a speaker that is no actor: "the harbour board"."""
    if statement.speaker is None or statement.speaker.actor_id is not None:
        return False
    named = {topic(w) for w in words(statement.speaker.name)} - {"the", "a", "an"}
    return bool(named) and named <= report.lemmas


def _matches(report: _Report, pledge: _Pledge, options: Options) -> frozenset[str]:
    """The words in which a report speaks of the act that was pledged; empty if it does not."""
    shared = pledge.matter & report.lemmas
    who = pledge.statement.speaker.actor_id if pledge.statement.speaker else None
    actors = pledge.frame.actors | ({who} if who else set())
    same_act = report.predicate in pledge.matter or bool(
        report.predicate in ACCOMPLISHED and pledge.matter & report.topics
    )
    known = bool(actors & report.actors) or _named_alike(pledge.statement, report)
    needed = options.shared if known else options.unsigned
    return shared if same_act and len(shared) >= needed else frozenset()


def _commitment(
    story_id: str,
    same: Sequence[_Pledge],
    reports: Sequence[_Report],
    articles: dict[str, Article],
    options: Options,
) -> Commitment:
    pledge = same[0]
    hung = next((p for p in same if p.statement.condition), pledge)
    condition = hung.statement.condition
    deadline = next((p.deadline for p in same if p.deadline.latest), Bounds())
    pledged_in = {p.statement.article_id for p in same}
    evidence: list[OutcomeEvidence] = []
    act = met = kept = "unknown"
    for report in reports:
        when = _later(report, pledge, articles)
        if when is None or report.article.id in pledged_in:
            continue
        shared = _matches(report, pledge, options)
        if shared and act == "unknown":
            act = "not_done" if report.negative else "done"
            told = "told as not done" if report.negative else "told as done"
            matter = ", ".join(sorted(shared)[:4])
            evidence.append(
                OutcomeEvidence(
                    for_="act", citation=report.citation, basis=f"{told} ({matter}); {when}"
                )
            )
            kept, why = _kept(deadline, report)
            if kept != "unknown":
                evidence.append(
                    OutcomeEvidence(for_="deadline", citation=report.citation, basis=why)
                )
        elif (
            met == "unknown"
            and condition is not None
            and (verdict := _condition(condition, hung, report))
        ):
            met = verdict
            told = "told as happened" if verdict == "met" else "told as not happened"
            evidence.append(
                OutcomeEvidence(for_="condition", citation=report.citation, basis=f"{told}; {when}")
            )
    return Commitment(
        id=make_id("com", "commitment", pledge.statement.id),
        story_id=story_id,
        statement_id=pledge.statement.id,
        who=ClaimHolder(
            actor_id=pledge.statement.speaker.actor_id, name=pledge.statement.speaker.name
        )
        if pledge.statement.speaker
        else None,
        act=pledge.act,
        what=pledge.statement.content[0],
        condition=condition,
        deadline=deadline,
        outcome=Outcome(act=act, condition=met, deadline=kept),
        evidence=tuple(evidence),
    )


def _kept(deadline: Bounds, report: _Report) -> tuple[str, str]:
    """Whether the deadline was kept, by the day the act is dated to; unknown without such a day."""
    earliest, latest = report.days
    if deadline.latest is None:
        return "unknown", ""
    if report.negative:
        told = report.article.published.earliest
        if told is not None and day_of(told) > day_of(deadline.latest):
            return "missed", f"not done by {told[:10]}, after {deadline.latest[:10]}"
        return "unknown", ""
    if latest is not None and day_of(latest) <= day_of(deadline.latest):
        return "kept", f"done by {latest[:10]}, deadline {deadline.latest[:10]}"
    if earliest is not None and day_of(earliest) > day_of(deadline.latest):
        return "missed", f"done {earliest[:10]}, after {deadline.latest[:10]}"
    return "unknown", ""


def _condition(condition: Citation, pledge: _Pledge, report: _Report) -> str | None:
    """ "met" or "unmet" if a later report tells what the condition names, in at least two of its content
    words and half of them; None otherwise."""
    wanted = pledge.hinge
    shared = wanted & report.lemmas
    if report.predicate in wanted and len(shared) >= 2 and 2 * len(shared) >= len(wanted):
        negative = any(w in fold_loose(condition.quote).split() for w in ("unless", "not", "no"))
        return "unmet" if report.negative != negative else "met"
    return None
