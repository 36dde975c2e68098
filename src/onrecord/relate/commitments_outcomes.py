"""What later reports show of a pledge: was the act done, was the condition met, was the deadline kept.

Each is answered apart, with the line that shows it, or is unknown. A line shows the act if one of its
clauses tells the pledged deed of those who pledged it and of what they pledged it about, as done or as
not done; a plan, a wish, a warning and a repetition show nothing. Active and passive, synonyms and
nouns of doing meet in the keys of the clauses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import (
    Article,
    Citation,
    Clause,
    Line,
    Outcome,
    OutcomeEvidence,
    Statement,
    Version,
)
from onrecord.relate.commitments_pledges import NOT, Pledge, matter_of
from onrecord.relate.keys import key_of, name_keys
from onrecord.relate.quantities import quantity
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of, sort_key

TRANSFER = frozenset("payment give send hand receive award transfer get publish free".split())
"""Predicates by which something changes hands: who pledged to pay has sent, and somebody received."""

CARRIES = frozenset(
    "take come enter begin impos introduc announc apply appli start carri go make place happen".split()
)
"""Predicates that say of a noun of doing that it was done: "the ban took effect"."""

_DONE_NOUN = re.compile(
    r"\b(?:since|after|following|despite)\s+(?:the|its|his|her|their)\s+(imposition|introduction|"
    r"publication|payment|release|closure|reopening|withdrawal|resignation|signing|adoption|delivery|"
    r"deployment|suspension|cancellation|restoration|lifting)\s+of\b[^.;:!?\n]*",
    re.IGNORECASE,
)
"""Nouns that tell an act as done where a sentence takes it for granted: "since the imposition of …"."""

_UNSURE = re.compile(r"\b(?:if|would|could|may|might|will|not|no)\b", re.IGNORECASE)
_YET = re.compile(r"\b(?:not|n['’]t)\b[^.;]*\byet\b|\bnot\s+yet\b|\byet\s+to\b", re.IGNORECASE)
_STILL = re.compile(r"\bstill\b|\bas\s+before\b", re.IGNORECASE)
_PASSED = re.compile(
    r"\b(?:passed|expired|lapsed|elapsed|came\s+and\s+went|come\s+and\s+gone|gone\s+by|went\s+by|"
    r"ran\s+out)\b",
    re.IGNORECASE,
)


_WITHOUT = re.compile(r"\b(?:without|with\s+no|but\s+no|and\s+no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause of a later line shows: done or not, on which days, and by which words."""

    line: Line
    citation: Citation
    clause: Clause | None
    done: bool
    days: tuple[str | None, str | None]
    shared: tuple[str, ...]
    passed: bool = False
    """Whether it says that the deadline has passed."""


class Later:
    """The lines of a story by what they share with a pledge, and when their reports were published."""

    def __init__(
        self,
        lines: Sequence[Line],
        articles: Mapping[str, Article],
        versions: Mapping[str, Version],
        statements: Mapping[str, Statement],
    ) -> None:
        self.statements = statements
        self.articles = articles
        self.versions = versions
        self.lines = sorted(
            lines,
            key=lambda x: (
                *sort_key(articles[x.article_id].published.earliest, x.article_id),
                x.citation.capture_start,
                x.citation.capture_end,
                x.id,
            ),
        )
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._passed: list[int] = []
        self._naming: list[int] = []
        for i, line in enumerate(self.lines):
            for key in {k for k, _ in line.keys}:
                self._by_key[key].append(i)
            if _PASSED.search(line.text):
                self._passed.append(i)
            said = line.text if line.statement_id is None else line.citation.quote
            if any(p.search(said) for p in (_AS_SAID, _CARRIED, _DROPPED)):
                self._naming.append(i)

    def clauses(self, line: Line) -> tuple[Clause, ...]:
        """The clauses of a line; of words said without a verb the one of their cue: "has not published"
        before "the report"."""
        statement = self.statements.get(line.statement_id or "")
        if line.clauses or statement is None or statement.cue is None or statement.speaker is None:
            return line.clauses
        said = words(statement.cue.quote)
        ahead = {"will", "would", "may", "might", "could", "should", "must", "to"} & set(said)
        if not said or ahead:
            return ()
        person = "person" if line.person else "group"
        return (
            Clause(
                predicate=key_of(said[-1]) or said[-1],
                word=said[-1],
                doers=tuple(sorted(k for k, _ in name_keys(statement.speaker.name, person))),
                doer_ids=(statement.speaker.actor_id,) if statement.speaker.actor_id else (),
                others=tuple(sorted(k for k, _ in line.keys)),
                other_ids=line.actors,
                main=True,
                negative=bool(NOT.search(statement.cue.quote)),
                told="done",
                figures=(),
                days=(),
                places=(),
                start=line.citation.start or 0,
                end=line.citation.end or 0,
            ),
        )

    def sharing(self, keys: Iterable[str]) -> list[Line]:
        """The lines that have one of the keys, in order of publication."""
        found = {i for key in keys for i in self._by_key.get(key, ())}
        return [self.lines[i] for i in sorted(found)]

    def passing(self) -> list[Line]:
        """The lines that say of something that it has passed or run out."""
        return [self.lines[i] for i in self._passed]

    def naming(self) -> list[Line]:
        """The lines that name a promise, a threat or a demand and say what came of it."""
        return [self.lines[i] for i in self._naming]

    def when(self, line: Line, pledge: Pledge) -> str | None:
        """Why a line can tell what came of a pledge: reported later, or undated. None if it cannot."""
        if line.article_id == pledge.line.article_id:
            return None
        said = self.articles[pledge.line.article_id].published
        told = self.articles[line.article_id].published
        if told.earliest is None or said.latest is None:
            return "the report is undated"
        if sort_key(told.earliest) > sort_key(said.latest):
            return f"reported {told.earliest[:10]}"
        return None


# --------------------------------------------------------------------------- was it done


def _asserted(line: Line) -> bool:
    """Whether a line tells what is so: not what somebody wants, warns of, or would do."""
    return not line.nested and line.act in ("assert", "deny") and line.condition is None


def _happened(clause: Clause, line: Line) -> bool:
    if clause.told == "present":
        return line.part == "headline" or fold_loose(clause.word) in _STATES
    return clause.told == "done"


_STATES = frozenset({"open", "closed", "shut", "free", "empty"})
"""Adjectives of how something is once a deed is done: "is open again"."""


def _keys(clause: Clause) -> set[str]:
    return {clause.predicate, *clause.doers, *clause.others}


def told(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Every later line that tells the pledged act as done or as not done, in order of publication."""
    for line in later.sharing(pledge.matter):
        if later.when(line, pledge) is None:
            continue
        if line.act == "refuse" and not line.nested:
            clause = next((c for c in line.clauses if c.main), None)
            if (
                clause is not None
                and clause.told in ("bare", "ahead")
                and _one_act(pledge, clause, line)
            ):
                yield _made(line, clause, pledge, done=False)
            continue
        if not _asserted(line):
            continue
        for clause in later.clauses(line):
            found = _shows(pledge, clause, line, later)
            if found is not None:
                yield found
                break
        else:
            found = _granted(pledge, line, later)
            if found is not None:
                yield found


def _made(line: Line, clause: Clause, pledge: Pledge, *, done: bool) -> Told:
    shared = [w for k, w in line.keys if k in pledge.matter and k in _keys(clause)]
    return Told(line, line.citation, clause, done, _days(clause.days), tuple(shared[:4]))


def _days(days: Sequence[tuple[str, str]]) -> tuple[str | None, str | None]:
    return days[0] if len(set(days)) == 1 else (None, None)


def _shows(pledge: Pledge, clause: Clause, line: Line, later: Later) -> Told | None:
    if not _happened(clause, line) or _before_pledge(clause, pledge, later):
        return None
    if clause.predicate in _FAILED | _BEGUN:
        below = [c for c in line.clauses if c.start >= clause.start and c is not clause]
        deed = next((c for c in below if c.told in ("ahead", "bare")), None)
        if deed is not None and _one_act(pledge, deed, line):
            done = clause.negative != (clause.predicate in _BEGUN)
            return _made(line, deed, pledge, done=done)
    if not _one_act(pledge, clause, line):
        return None
    if clause.negative and _YET.search(line.text) and not _after(pledge, line, later):
        return None
    return _made(line, clause, pledge, done=not clause.negative)


_BEGUN = frozenset({"begin", "manag", "proceed"})
"""Predicates that say of the deed below them that it was done, or is being done."""

_FAILED = frozenset({"fail", "declin", "refuse", "neglect"})
"""Predicates that say of the deed below them that it was not done."""


def _before_pledge(clause: Clause, pledge: Pledge, later: Later) -> bool:
    """Whether a clause names a day before the pledge."""
    said = later.articles[pledge.line.article_id].published.earliest
    return said is not None and any(day_of(latest) < day_of(said) for _, latest in clause.days)


def _after(pledge: Pledge, line: Line, later: Later) -> bool:
    published = later.articles[line.article_id].published.earliest
    return (
        pledge.deadline.latest is not None
        and published is not None
        and day_of(published) > day_of(pledge.deadline.latest)
    )


def _doers_meet(pledge: Pledge, clause: Clause) -> bool | None:
    """Whether a clause tells of who pledged it; None where one of the two does not say."""
    if not clause.doers and not clause.doer_ids:
        return None
    if not pledge.own and not pledge.own_ids:
        return None
    return bool(pledge.own & set(clause.doers) or pledge.own_ids & set(clause.doer_ids))


def _one_act(pledge: Pledge, clause: Clause, line: Line) -> bool:
    """Whether a clause tells the act of a pledge: the same deed, of the same things, by nobody else.

    One word in common is not enough where the clause does not say who did it ("a roof was mended"),
    nor any number of words if it says that somebody else did and a word is missing.
    """
    asked = pledge.clause
    deeds = predicates(clause, line)
    given = _named(clause) - deeds
    meet = _doers_meet(pledge, clause)
    if (asked is None or asked.predicate in TRANSFER) and deeds & TRANSFER:
        figures = _amounts(pledge.line, asked) & _amounts(line, clause)
        shared = (pledge.matter | pledge.own) & given
        received = bool(deeds & {"receive", "get"})
        if figures and shared and (meet is not False or asked is None or received):
            return True
    if asked is None:
        return False
    objects = _named(asked) - {asked.predicate} - pledge.own - set(asked.doers)
    shared = objects & given
    if predicates(asked, pledge.line) & deeds:
        if asked.figures and clause.figures and not _figures_meet(asked, clause):
            return False
        if not objects:
            return meet is True
        due = _on_the_day(pledge, clause)
        if meet is False:
            return shared == objects and len(shared) + due >= 2
        if meet is None:
            beside = len(shared | (pledge.own & given)) + due
            return bool(shared) and beside >= 2 and 2 * len(shared) >= len(objects)
        return len(shared) >= 2 or 2 * len(shared) >= len(objects)
    if clause.predicate in CARRIES and asked.predicate in given:
        return bool(shared) and len((objects | pledge.own) & given) >= 2
    return False


def _on_the_day(pledge: Pledge, clause: Clause) -> bool:
    """Whether a clause names the very day of the deadline."""
    latest = pledge.deadline.latest
    return (
        latest is not None
        and not pledge.apart
        and any(low[:10] == high[:10] == latest[:10] for low, high in clause.days)
    )


def _named(clause: Clause) -> frozenset[str]:
    """Keys of a clause without figures and words of time and of pledging."""
    return frozenset(k for k in matter_of(sorted(_keys(clause))) if not k.startswith("#"))


def _amounts(line: Line, clause: Clause | None) -> set[str]:
    """The figures of a clause as keys; of a line without clauses all its figures."""
    if clause is None:
        return {k for k, _ in line.keys if k.startswith("#")}
    return {f"#{q}" for f in clause.figures if (q := quantity(f.value)) is not None}


_PHRASAL = {
    "take": (("back", "withdraw"),), "go": (("back", "return"),), "give": (("back", "return"),),
    "send": (("back", "return"),), "set": (("free", "free"),),
}  # fmt: skip
"""Keys of verbs with an adverb behind their object, which frames.toml's phrases do not reach."""


def predicates(clause: Clause, line: Line) -> frozenset[str]:
    """The keys of what a clause predicates: its verb, and the verb with its particle."""
    found = {clause.predicate}
    for particle, key in _PHRASAL.get(clause.predicate, ()):
        if re.search(rf"\b{re.escape(clause.word)}\s+(?:\w+\s+)?{particle}\b", line.text):
            found.add(key)
    return frozenset(found)


def _figures_meet(a: Clause, b: Clause) -> bool:
    units = {f.unit for f in a.figures} & {f.unit for f in b.figures}
    values = {(f.value, f.unit) for f in a.figures} & {(f.value, f.unit) for f in b.figures}
    return not units or bool(values)


def _granted(pledge: Pledge, line: Line, later: Later) -> Told | None:
    """An act that a line takes for granted: a noun of doing after "since" or "after", with what it was
    done to, in a sentence without doubt."""
    found = _DONE_NOUN.search(line.text)
    if found is None or _UNSURE.search(line.text) or len(pledge.own) == 0:
        return None
    inside = set(words(found.group(0)))
    keys = [(k, w) for k, w in line.keys if fold_loose(w) in inside]
    shared = [w for k, w in keys if k in pledge.matter and k not in (pledge.own - pledge.matter)]
    noun = key_of(fold_loose(found.group(1)))
    carried = noun in pledge.matter or (
        pledge.clause is not None and pledge.clause.predicate == noun
    )
    objects = matter_of(pledge.clause.others) if pledge.clause else pledge.matter
    deed = {k for k, _ in keys if k in objects}
    if len(shared) < (2 if carried or noun in ("imposit", "introduct") else 4) or not deed:
        return None
    start = (line.citation.start or 0) + line.citation.quote.find(found.group(1))
    if line.citation.quote.find(found.group(1)) < 0:
        return None
    end = (
        (line.citation.start or 0) + line.citation.quote.find(found.group(0)) + len(found.group(0))
    )
    citation = cite(later.versions[line.version_id], start, end)
    return Told(line, citation, None, True, (None, None), tuple(shared[:4]))


# --------------------------------------------------------------------------- the term has passed


def passed(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Lines that say that the deadline passed and how things still stand: "Easter has passed, and the
    roof is still open". What is "still" so is what was to be changed, or is of who was to change it."""
    if (pledge.deadline.latest is None and pledge.deadline.text is None) or pledge.never:
        return
    for line in later.passing():
        if later.when(line, pledge) is None or not _asserted(line):
            continue
        if not _term_named(pledge, line):
            continue
        asked = set(matter_of(pledge.clause.others)) if pledge.clause else set(pledge.matter)
        deed = {pledge.clause.predicate} if pledge.clause else set()
        without = _WITHOUT.search(line.text)
        if without is not None:
            behind = set(words(line.text[without.end() :]))
            rest = {k for k, w in line.keys if fold_loose(w) in behind}
            enough = bool((asked | deed) & rest)
        elif _STILL.search(line.text):
            rest = {
                k
                for c in line.clauses
                if not _PASSED.search(c.word) and c.told in ("done", "present") and not c.negative
                for k in (*c.doers, *c.others, c.predicate)
            }
            enough = bool(asked & rest)
        else:
            continue
        if enough:
            shared = [w for k, w in line.keys if k in rest and k in asked | deed | pledge.own]
            yield Told(
                line, line.citation, None, False, (None, None), tuple(shared[:4]), passed=True
            )


def _term_named(pledge: Pledge, line: Line) -> bool:
    """Whether a line names the deadline: its day, its words, or "the deadline"."""
    due = (pledge.deadline.latest or "")[:10]
    if due and any(
        earliest[:10] <= due <= latest[:10] for c in line.clauses for earliest, latest in c.days
    ):
        return True
    text = fold_loose(line.text)
    named = fold_loose(pledge.deadline.text or "")
    return bool(named and re.search(rf"\b{re.escape(named)}\b", text)) or "deadline" in text


# --------------------------------------------------------------------------- told by its name

_AS_SAID = re.compile(
    r"\bas\s+(?:(?:it|he|she|they|had|been|was|were|previously|first)\s+){0,3}"
    r"(promised|pledged|vowed|agreed|threatened|warned|offered|demanded|announced|ordered)\b",
    re.IGNORECASE,
)
_OF_ACT = {
    "threat": "threat", "threats": "threat", "warning": "threat", "ultimatum": "demand deadline threat",
    "promise": "promise", "promises": "promise", "pledge": "promise", "vow": "promise",
    "word": "promise", "commitment": "promise", "undertaking": "promise", "offer": "offer",
    "demand": "demand", "demands": "demand", "deadline": "demand deadline",
    "promised": "promise", "pledged": "promise", "vowed": "promise", "agreed": "promise",
    "threatened": "threat", "warned": "threat", "offered": "offer", "demanded": "demand",
    "announced": "promise threat", "ordered": "demand deadline",
}  # fmt: skip
"""Which acts of pledging a word names."""

_NOUNS = r"(?:\w+['’]?s?\s+){0,3}?(threats?|warning|ultimatum|promises?|pledge|vow|word|commitment|" \
         r"undertaking|offer|demands?|deadline)\b"  # fmt: skip
_CARRIED = re.compile(
    r"\b(?:made\s+good\s+on|makes\s+good\s+on|carried\s+out|followed\s+through\s+on|kept|keeps|honou?red|"
    r"fulfilled|lived\s+up\s+to|delivered\s+on|bowed\s+to|gave\s+in\s+to|yielded\s+to|complied\s+with)\s+"
    + _NOUNS,
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:broke|breaks|broken|reneged\s+on|went\s+back\s+on|backed\s+(?:down|off|away)\s+(?:from|on)|dropped|"
    r"abandoned|withdrew|took\s+back|retracted|ignored|ignores|defied|missed|rejected|"
    r"(?:failed\s+to|did\s+not|has\s+not|never)\s+(?:keep|kept|honou?r(?:ed)?|carr(?:y|ied)\s+out|"
    r"ma[dk]e\s+good\s+on|meet|met|follow(?:ed)?\s+through\s+on))\s+" + _NOUNS,
    re.IGNORECASE,
)
"""How a report says what came of a pledge by naming it. To withdraw or reject an offer is not to fulfil it;
whoever ignores an ultimatum has not done what it demands."""


def named(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Lines that tell what came of a pledge by its name: "kept its promise", "ignored the ultimatum",
    "the guns fell silent on Sunday, as agreed". They must name who pledged, or the day and the matter."""
    if pledge.never:
        return
    for line in later.naming():
        if later.when(line, pledge) is None or not _asserted(line):
            continue
        text = line.text if line.statement_id is None else line.citation.quote
        has = {k for k, _ in line.keys if not k.startswith("#")}
        objects = has & (pledge.matter - pledge.own)
        binds_other = pledge.act in ("demand", "deadline")
        whose = bool(
            pledge.own_ids & set(line.actors)
            or (pledge.own | (pledge.matter if binds_other else frozenset())) & has
        )
        day = pledge.deadline.latest is not None and any(
            day_of(low) <= day_of(pledge.deadline.latest) <= day_of(high)
            for c in line.clauses
            for low, high in c.days
        )
        for pattern, done in ((_AS_SAID, True), (_CARRIED, True), (_DROPPED, False)):
            found = pattern.search(text)
            if found is None or pledge.act not in _OF_ACT[found.group(1).lower()].split():
                continue
            if pattern is _AS_SAID and not (day or len(objects) >= 2):
                continue
            if pattern is not _AS_SAID and not (whose and (day or objects)):
                continue
            clause = next((c for c in later.clauses(line) if c.main and c.told == "done"), None)
            if clause is None or (clause.negative and done):
                continue
            shared = [w for k, w in line.keys if k in pledge.matter | pledge.own]
            days = _days(clause.days)
            yield Told(line, line.citation, clause, done, days, tuple(shared[:4]))
            break


# --------------------------------------------------------------------------- was the condition met

_NEGATED = re.compile(r"\b(?:unless|not|no|never)\b|n['’]t\b", re.IGNORECASE)


def condition_told(pledge: Pledge, shown: Told | None, later: Later) -> tuple[str, Line] | None:
    """ "met" or "unmet" with the line that tells it: what the condition names was done or was not.

    In the sentence that tells the act half of the condition's words do; elsewhere two and more than
    half, for only there is it said to hang together."""
    if pledge.condition is None or not pledge.hinge:
        return None
    negated = bool(_NEGATED.search(pledge.condition.quote))
    for line in later.sharing(pledge.hinge):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        near = shown is not None and _overlap(shown.line.citation, line.citation)
        refused = line.act == "refuse"
        if not refused and not _asserted(line):
            continue
        for clause in line.clauses:
            if refused:
                if not (clause.main and near) and not clause.doers:
                    continue
                if not clause.main or clause.told not in ("bare", "ahead"):
                    continue
            elif not _happened(clause, line):
                continue
            if _before_pledge(clause, pledge, later):
                continue
            shared = pledge.hinge & _keys(clause)
            deeds = predicates(clause, line)
            shared |= pledge.hinge & deeds
            if not deeds & pledge.hinge:
                continue
            half = 2 * len(shared) >= len(pledge.hinge)
            more = len(shared) >= 2 and 3 * len(shared) > 2 * len(pledge.hinge) - 1
            if (near and half) or more:
                happened = not (refused or clause.negative)
                if not happened and _YET.search(line.text):
                    continue
                return ("met" if happened != negated else "unmet"), line
    return None


def _overlap(a: Citation, b: Citation) -> bool:
    return (
        a.version_id == b.version_id
        and (a.start or 0) < (b.end or 0)
        and (b.start or 0) < (a.end or 0)
    )


# --------------------------------------------------------------------------- the three answers


def outcome(pledge: Pledge, later: Later) -> tuple[Outcome, tuple[OutcomeEvidence, ...]]:
    """The three answers with their evidence. Done outweighs not done told before it; told as done and
    afterwards as not done is unknown."""
    evidence: list[OutcomeEvidence] = []
    shown = _decided(
        [*told(pledge, later), *passed(pledge, later), *named(pledge, later)], pledge, later
    )
    act = met = kept = "unknown"
    if shown is not None:
        when = later.when(shown.line, pledge)
        happened = shown.done
        if pledge.never:
            act = "not_done" if happened else "unknown"
        else:
            act = "done" if happened else "not_done"
        if act != "unknown":
            evidence.append(
                OutcomeEvidence(
                    for_="act", citation=shown.citation, basis=f"{_basis(shown, pledge)}; {when}"
                )
            )
            kept, why = _kept(pledge, shown, later)
            if kept != "unknown":
                evidence.append(
                    OutcomeEvidence(for_="deadline", citation=shown.citation, basis=why)
                )
    if (found := condition_told(pledge, shown, later)) is not None:
        met, line = found
        so = (
            "told as happened"
            if (met == "met")
            != bool(_NEGATED.search(pledge.condition.quote if pledge.condition else ""))
            else "told as not happened"
        )
        evidence.append(
            OutcomeEvidence(
                for_="condition",
                citation=line.citation,
                basis=f"{so}; {later.when(line, pledge)}",
            )
        )
    return Outcome(act=act, condition=met, deadline=kept), tuple(evidence)


def _decided(found: Sequence[Told], pledge: Pledge, later: Later) -> Told | None:
    if not found:
        return None
    done = [f for f in found if f.done]
    if not done:
        return found[0]
    when = sort_key(later.articles[done[0].line.article_id].published.earliest)
    if any(
        not f.done and sort_key(later.articles[f.line.article_id].published.earliest) > when
        for f in found
    ):
        return None
    # Of what the first report that tells it has to say: with a day before without, text before headline.
    first = done[0].line.article_id
    return min(
        (f for f in done if f.line.article_id == first),
        key=lambda f: (f.days[1] is None, f.line.part == "headline"),
    )


def _basis(shown: Told, pledge: Pledge) -> str:
    quoted = ", ".join(f"“{w}”" for w in shown.shared)
    by = f" by {shown.line.holder.name}" if shown.line.holder is not None else ""
    if shown.passed:
        return f"told{by} that the time passed without it ({quoted})"
    told_as = "as done" if shown.done else "as not done"
    return f"told {told_as}{by} ({quoted})"


def _kept(pledge: Pledge, shown: Told, later: Later) -> tuple[str, str]:
    """Whether the deadline was kept, by the day the act is dated to, or by when it was reported."""
    latest = pledge.deadline.latest
    if shown.passed and not pledge.never:
        return "missed", f"told that the time was up ({pledge.deadline.text}) and it was not done"
    if latest is None or pledge.never:
        return "unknown", ""
    due = day_of(latest)
    published = later.articles[shown.line.article_id].published.earliest
    if not shown.done:
        if published is not None and day_of(published) > due:
            return "missed", f"not done by {published[:10]}, after {latest[:10]}"
        return "unknown", ""
    if pledge.apart:
        return "unknown", ""
    first, last = shown.days
    if last is not None and day_of(last) <= due:
        return "kept", f"done by {last[:10]}, deadline {latest[:10]}"
    if first is not None and day_of(first) > due:
        return "missed", f"done {first[:10]}, after {latest[:10]}"
    if first is None and published is not None and day_of(published) <= due:
        return "kept", f"reported as done on {published[:10]}, deadline {latest[:10]}"
    return "unknown", ""
