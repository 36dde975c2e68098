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
from onrecord.relate.commitments_deeds import Mention, mentions, phrases_of, told_as, words_in
from onrecord.relate.commitments_pledges import NOT, Pledge, matter_of, speaks_for
from onrecord.relate.commitments_shown import Deed, alike, shown
from onrecord.relate.keys import key_of, name_keys
from onrecord.relate.quantities import quantity
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of, shift_days, sort_key

TRANSFER = frozenset("payment give send hand receive award transfer get publish free".split())
"""Predicates by which something changes hands: who pledged to pay has sent, and somebody received."""

CARRIES = frozenset(
    "take come enter begin impos introduc apply appli start carri go make place happen".split()
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
        names: Mapping[str, frozenset[str]],
        kinds: Mapping[str, int],
    ) -> None:
        """`names`: the keys of the names that each report uses; `kinds`: how many pledges of the story
        are of each family of deeds."""
        self.statements = statements
        self.names = names
        self.kinds = kinds
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
        self._sides: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._passed: list[int] = []
        self._naming: list[int] = []
        self._of: dict[str, frozenset[int]] = {}
        self._words: list[frozenset[str]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            found = words_in(line.citation.quote)
            self._words.append(found)
            for word in found:
                self._with[word].append(i)
            for key in {k for k, _ in line.keys}:
                self._by_key[key].append(i)
            if _PASSED.search(line.text):
                self._passed.append(i)
            said = line.text if line.statement_id is None else line.citation.quote
            if any(p.search(said) for p in _NAMING):
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

    def around(self, line: Line) -> tuple[Clause, ...]:
        """The clauses of a line, and of a statement one more around them: the words of who says it, of which
        no clause was read ("has given up its plan" before "to close the pit")."""
        clauses = self.clauses(line)
        statement = self.statements.get(line.statement_id or "")
        if statement is None or statement.speaker is None:
            return clauses
        person = "person" if line.person else "group"
        return (
            *clauses,
            Clause(
                predicate="",
                word="",
                doers=tuple(sorted(k for k, _ in name_keys(statement.speaker.name, person))),
                doer_ids=(statement.speaker.actor_id,) if statement.speaker.actor_id else (),
                others=tuple(sorted(k for k, _ in line.keys)),
                other_ids=line.actors,
                main=False,
                negative=False,
                told="loose",
                figures=(),
                days=(),
                places=(),
                start=line.citation.start or 0,
                end=line.citation.end or 0,
            ),
        )

    def speaks(self, name: str, others: Sequence[str]) -> bool:
        """Whether a report of the story gives somebody of that name an office of others, by their keys."""
        key = (name, tuple(others))
        if key not in self._sides:
            self._sides[key] = bool(name) and speaks_for(name, others, self.versions)
        return self._sides[key]

    def sharing(self, keys: Iterable[str]) -> list[Line]:
        """The lines that have one of the keys, in order of publication."""
        found = {i for key in keys for i in self._by_key.get(key, ())}
        return [self.lines[i] for i in sorted(found)]

    def of(self, families: Iterable[str]) -> list[Line]:
        """The lines with words of one of the families of deeds, in order of publication."""
        found = {i for family in families for i in self._naming_family(family)}
        return [self.lines[i] for i in sorted(found)]

    def _naming_family(self, family: str) -> frozenset[int]:
        if family not in self._of:
            self._of[family] = frozenset(
                i
                for first, rest in phrases_of(family)
                for i in self._with.get(first, ())
                if self._words[i].issuperset(rest)
            )
        return self._of[family]

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
    return (
        said is not None
        and bool(clause.days)
        and all(day_of(latest) < day_of(said) for _, latest in clause.days)
    )


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


# --------------------------------------------------------------------------- told by other words

_TOLD_ACTS = frozenset({"assert", "deny", "agree", "refuse", "praise", "condemn"})
"""Acts of statements whose words tell what is so, or that are themselves the deed ("accepted the offer")."""


def by_family(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Later lines that tell the deed of a pledge by any word of its family, or by the opposite."""
    if not pledge.families:
        return
    deed = _deed(pledge, later)
    for line in later.of(pledge.families):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        if line.act not in _TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
            continue
        clauses = later.around(line)
        for found in shown(
            deed,
            line,
            line.citation.quote,
            clauses,
            due=_due_in(pledge, line),
            speaks=later.speaks,
        ):
            if _before_pledge(found.clause, pledge, later):
                continue
            over = _after(pledge, line, later)
            if not found.done and not over and (found.lasting or _YET.search(line.text)):
                continue
            words_ = [w for k, w in line.keys if k in found.shared]
            yield Told(
                line,
                line.citation,
                found.clause,
                found.done,
                _days(found.clause.days) if found.dated else (None, None),
                tuple(words_[:4]),
            )
            break


def _deed(pledge: Pledge, later: Later) -> Deed:
    clause = pledge.clause
    others = matter_of(clause.others) if clause is not None else pledge.matter
    counted: frozenset[str] = frozenset()
    if clause is not None and any(k.startswith("#") for k in clause.doers):
        counted = frozenset(clause.doers)
        # Of "50,000 doses would reach the islands" what is counted is what it is about.
        others |= matter_of(clause.doers)
    units = {key_of(fold_loose(f.noun)) for f in clause.figures} if clause is not None else set()
    units = {k for k in units if k in _UNITS}
    deed = _deed_words(pledge)
    return Deed(
        who=pledge.who.name if pledge.who is not None else "",
        families=pledge.families,
        own=frozenset(k for k in pledge.own if not k.startswith("#")) - counted,
        own_ids=pledge.own_ids,
        objects=frozenset(k for k in others if not k.startswith("#"))
        - (pledge.own - counted)
        - deed
        - units,
        wide=frozenset(k for k in pledge.matter if not k.startswith("#")) - pledge.own - deed,
        figures=frozenset(k for k in pledge.matter if k.startswith("#")),
        names=later.names.get(pledge.line.article_id, frozenset()),
        opposites=frozenset(),
        only=all(later.kinds[f] <= 1 for f in pledge.families),
    )


_UNITS = frozenset("crown dollar pound euro mark franc guilder percent cent rouble yen krona krone peso rupee million "
                   "billion ton tonn kilomet metr mile doz thousand hundr".split())  # fmt: skip


def _deed_words(pledge: Pledge) -> frozenset[str]:
    found = {
        key_of(w)
        for m in mentions(pledge.line.citation.quote)
        if m.does & pledge.families
        for w in words(pledge.line.citation.quote[m.start : m.end])
    }
    return frozenset(found)


def _due_in(pledge: Pledge, line: Line) -> bool:
    return any(_on_the_day(pledge, c) for c in line.clauses)


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


_SAID_BESIDE = re.compile(
    r"\b(?P<how>as|than|that|which|what)\s+(?:[\w'’-]+\s+){0,5}?(?:had\s+|has\s+|have\s+|was\s+|were\s+)?(?:first\s+)?"
    r"(?P<act>promised|pledged|vowed|threatened|offered|demanded|announced|agreed|ordered|warned)\b",
    re.IGNORECASE,
)
"""A pledge named beside: "later than the governor had promised", "none of the help that the state promised"."""

_LET_PASS = re.compile(
    r"\b(?:let|lets|letting|allowed)\s+(?:[\w'’-]+\s+){1,5}?(?:pass|lapse|expire|run\s+out|slip)\b"
    r"|\b(?:misse[sd]|missing|ignore[sd]|defie[sd]|flouted|overran)\s+(?P<own>its\s+own|his\s+own|her\s+own|their\s+own)?"
    r"\s*(?:[\w'’-]+\s+){0,3}?(?:deadline|ultimatum|target)\b",
    re.IGNORECASE,
)
"""Somebody did not do what he was to do by a day."""

_GAVE_IN = re.compile(
    r"\b(?:backed\s+down|backs\s+down|climbed\s+down|gave\s+in|gives\s+in|gave\s+way|relented|relents|caved\s+in|"
    r"caves\s+in|bowed\s+to|bows\s+to|yielded|blinked|complied|complies|obeyed|obeys|toed\s+the\s+line)\b",
    re.IGNORECASE,
)
"""Somebody did what another wanted of him: of who threatened it is not done, of who was threatened it is."""

_STOOD_FIRM = re.compile(
    r"\b(?:stood|stands|held|holds|remained|remains)\s+firm\b|\brefuse[sd]\s+to\s+(?:budge|give\s+(?:in|way)|back\s+down|"
    r"yield|comply|move|obey)\b|\b(?:did|has|have)(?:\s+not|n['’]t)\s+(?:budged?|give[n]?\s+(?:in|way)|back(?:ed)?\s+down|"
    r"yield(?:ed)?|compl(?:y|ied)|obey(?:ed)?|relent(?:ed)?)\b|\bdug\s+in\s+(?:his|her|its|their)\s+heels\b",
    re.IGNORECASE,
)


def named(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Lines that tell what came of a pledge by its name or by the conduct of who was to act: "kept its promise",
    "ignored the ultimatum", "backed down", "later than the governor had promised". They must name who was
    to act, and the day or the matter where the story has more than one such pledge."""
    if pledge.never:
        return
    for line in later.naming():
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        for done, lasting in _by_name(pledge, line, later):
            clause = next((c for c in later.clauses(line) if c.main and c.told == "done"), None)
            if clause is None or (lasting and not _after(pledge, line, later)):
                continue
            shared = [w for k, w in line.keys if k in pledge.matter | pledge.own]
            yield Told(line, line.citation, clause, done, _days(clause.days), tuple(shared[:4]))
            break


_NAMING = (_AS_SAID, _CARRIED, _DROPPED, _SAID_BESIDE, _LET_PASS, _GAVE_IN, _STOOD_FIRM)


def _by_name(pledge: Pledge, line: Line, later: Later) -> Iterator[tuple[bool, bool]]:
    """(done, whether that counts only once the time is up) of every way in which a line names a pledge."""
    text = line.text if line.statement_id is None else line.citation.quote
    said = {key_of(w.removesuffix("'s").removesuffix("’s")) for w in words(text)}
    has = {k for k, _ in line.keys if not k.startswith("#")} | said
    objects = alike(pledge.matter - pledge.own, has)
    binds_other = pledge.act in ("demand", "deadline")
    by_id = bool(pledge.own_ids & set(line.actors))
    owned = by_id or bool(alike(pledge.own, has))
    whose = owned or bool(binds_other and not pledge.own and pledge.matter & has)
    due = _day_named(pledge, line)
    doing = next((c for c in later.clauses(line) if c.main), None)
    did = doing is not None and bool(
        alike(pledge.own, set(doing.doers)) or pledge.own_ids & set(doing.doer_ids)
    )
    negative = doing is not None and doing.negative
    if _asserted(line):
        for pattern, done in ((_AS_SAID, True), (_CARRIED, True), (_DROPPED, False)):
            found = pattern.search(text)
            if found is None or pledge.act not in _OF_ACT[found.group(1).lower()].split():
                continue
            close = (
                (due or len(objects) >= 2) if pattern is _AS_SAID else (whose and (due or objects))
            )
            if close and not (negative and done):
                yield done, False
        if pledge.deadline.latest is not None and (found := _LET_PASS.search(text)) is not None:
            own = found.groupdict()["own"] is not None
            if (did and not own and binds_other) or (
                (did or owned) and own != binds_other and (objects or due or own)
            ):
                yield False, False
        if (
            did
            and not negative
            and (pledge.act == "threat" or binds_other)
            and _GAVE_IN.search(text)
        ):
            yield binds_other, False
        if did and binds_other and _STOOD_FIRM.search(text):
            yield False, False
    found = _SAID_BESIDE.search(text)
    if found is not None and owned and doing is not None and line.act in (*_TOLD_ACTS, "promise"):
        right = pledge.act in _OF_ACT[found.group("act").lower()].split()
        how = found.group("how").lower()
        told_so = doing.told == "done" or (doing.told == "present" and doing.negative)
        if right and told_so and (objects or due):
            if how in ("than", "as"):
                if not negative:
                    yield True, False
            elif alike(
                pledge.matter - pledge.own,
                {key_of(w) for w in words(text[: found.start()])[-1:]},
            ):
                yield not negative, False


def _day_named(pledge: Pledge, line: Line) -> bool:
    latest = pledge.deadline.latest
    return latest is not None and any(
        day_of(low) <= day_of(latest) <= day_of(high) for c in line.clauses for low, high in c.days
    )


# --------------------------------------------------------------------------- what an offer meets with

_OFFERED = re.compile(
    r"\b(?:offers?|bids?|proposals?|gift|invitation|approach|terms|takeover|deal|package|compromise)\b",
    re.IGNORECASE,
)


def answered(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Lines that tell an offer as accepted or turned down by somebody else: "the union accepted a rise of 3
    percent", "the board rejected Quarrow's bid"."""
    if pledge.act != "offer" or (pledge.statement is not None and pledge.statement.act != "offer"):
        return
    for line in later.of({"accept"}):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        if line.act not in _TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
            continue
        text = line.citation.quote
        for mention in mentions(text):
            if mention.noun or not ({"accept"} & (mention.does | mention.undoes)):
                continue
            so, clause = told_as(
                mention,
                text,
                line.citation.start or 0,
                later.around(line),
                headline=line.part == "headline",
            )
            if not so or clause is None:
                continue
            itself = alike(pledge.own, set(clause.doers)) or pledge.own_ids & set(clause.doer_ids)
            # What was accepted stands behind the verb, or before it in the passive.
            low, high = clause.start - (line.citation.start or 0), mention.end + 80
            part = text[max(0, low if clause.told != "loose" else mention.start) : high]
            said = {key_of(w.removesuffix("'s").removesuffix("’s")) for w in words(part)}
            matter = alike(frozenset(k for k in pledge.matter if not k.startswith("#")), said)
            figures = {k for k in pledge.matter if k.startswith("#")} & {k for k, _ in line.keys}
            whose = alike(pledge.own, said)
            points = len(matter) + len(figures) + bool(whose) + bool(_OFFERED.search(part))
            if itself or points < 2 or _before_pledge(clause, pledge, later):
                continue
            shared = [w for k, w in line.keys if k in matter | whose]
            yield Told(
                line,
                line.citation,
                clause,
                "accept" in mention.does,
                (None, None),
                tuple(shared[:4]),
            )
            break


# --------------------------------------------------------------------------- was the condition met

_NEGATED = re.compile(r"\b(?:unless|not|no|never|nobody|nothing|without|fails?|failed|refuses?|refused)\b|n['’]t\b",
                      re.IGNORECASE)  # fmt: skip
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|n['’]t\s+)?$")


def condition_told(pledge: Pledge, shown_: Told | None, later: Later) -> tuple[str, Line] | None:
    """ "met" or "unmet" with the line that tells it: what the condition names was done or was not.

    A line that gives the condition as the reason of the act ("after the airline refused to drop its plan")
    tells it best; then one that tells the deed of the condition by any word of its family; then one that shares
    its words: in the sentence that tells the act half of them do, elsewhere two and more than half."""
    if pledge.condition is None or not pledge.hinge:
        return None
    for find in (_reason, _condition_deed, _condition_words):
        for line, met in find(pledge, shown_, later):
            return ("met" if met else "unmet"), line
    return None


_REASON = re.compile(
    r"\b(?:after|because|as|since|when|once|although|though|despite|following|for\s+lack\s+of|without|"
    r"in\s+(?:protest|answer|response|reaction)\s+(?:at|to|against))\b([^;:.!?\n]*)",
    re.IGNORECASE,
)
"""What a sentence gives as the reason, the occasion or in spite of which something was done."""
_MISSING = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|without|fail(?:s|ed|ure)?|refus(?:es|ed|al)|reject(?:s|ed|ion)|"
    r"declin(?:es|ed)|turned\s+down|missed|in\s+vain|lack|stood\s+firm|held\s+out)\b|n['’]t\b",
    re.IGNORECASE,
)


def _reason(pledge: Pledge, shown_: Told | None, later: Later) -> Iterator[tuple[Line, bool]]:
    """The reason in the sentence that tells the act, where it speaks of the condition."""
    if shown_ is None:
        return
    deed, negated = _condition_as_deed(pledge, later)
    line = shown_.line
    text = line.citation.quote
    for found in _REASON.finditer(text):
        part = set(words(found.group(1)))
        keys = {k for k, w in line.keys if fold_loose(w) in part}
        shared = alike(pledge.hinge - pledge.own, keys)
        named = [m for m in mentions(text) if found.start(1) <= m.start < found.end(1)]
        for mention in named:
            if not (mention.does | mention.undoes) & deed.families or not shared:
                continue
            so, _ = told_as(
                mention, text, line.citation.start or 0, later.clauses(line), headline=False
            )
            if so is not None and (mention.does & deed.families or so):
                yield line, (so and bool(mention.does & deed.families)) != negated
                return
        if len(shared) >= 2 or (shared and len(pledge.hinge) <= 3):
            # A reason that only names the matter is no answer, unless it fits what came of the act.
            unless = bool(_NEGATED.search(pledge.condition.quote if pledge.condition else ""))
            met = bool(_MISSING.search(found.group(0))) == unless
            if met == shown_.done:
                yield line, met
                return


def _condition_head(quote: str) -> Mention | None:
    """The word of a condition that names its deed: a verb behind an auxiliary first ("are freed", "does not
    drop"), then a verb that is no participle of a noun ("fishermen held in …"), then a noun."""
    found = [m for m in mentions(quote) if m.does or m.undoes]
    verbs = [m for m in found if not m.noun]
    ruled = [m for m in verbs if _AUXILIARY.search(quote[: m.start])]
    free = [m for m in verbs if not re.match(r"\s+(?:in|by|at|on|since)\b", quote[m.end :])]
    return next(iter([*ruled, *free, *verbs, *found]), None)


_AUXILIARY = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|does|do|did|not|has|have|had|will|would|to)|n['’]t)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:unless|not|no|never|nobody|nothing|none|without)\b|n['’]t\b", re.IGNORECASE
)
_FAILS_TO = re.compile(
    r"\b(?:fails?|failed|refuses?|refused|declines?|declined)\s+to\s+(?:be\s+)?$", re.IGNORECASE
)


_MINE = re.compile(r"\b(?:I|we)\b")


def _condition_as_deed(pledge: Pledge, later: Later) -> tuple[Deed, bool]:
    """What a condition names, as a deed, and whether the condition is that it is not done. The words before its
    verb are who does it, or what it is done to where the verb is passive."""
    quote = pledge.condition.quote if pledge.condition is not None else ""
    head = _condition_head(quote)
    if head is None:
        none: frozenset[str] = frozenset()
        return Deed("", none, none, none, none, none, none, none, none, only=False), False
    deed = {key_of(w) for w in words(quote[head.start : head.end])}
    before = {key_of(w) or w for w in words(quote[: head.start])}
    passive = head.noun or _PASSIVE.search(quote[: head.start])
    doers = frozenset() if passive else alike(pledge.hinge, before) - deed
    negated = bool(_UNDONE.search(quote)) != bool(_FAILS_TO.search(quote[: head.start]))
    mine = bool(_MINE.search(quote[: head.start]))
    known = Deed(
        who="",
        families=head.does or head.undoes,
        own=pledge.own if mine else doers,
        own_ids=pledge.own_ids if mine else frozenset(),
        objects=frozenset(k for k in matter_of(sorted(pledge.hinge)) if not k.startswith("#"))
        - doers
        - deed,
        wide=frozenset(),
        figures=frozenset(k for k in pledge.hinge if k.startswith("#")),
        names=later.names.get(pledge.line.article_id, frozenset()),
        opposites=head.undoes if head.does else frozenset(),
        only=all(later.kinds[f] == 0 for f in head.does),
    )
    return known, negated != (not head.does)


def _condition_deed(
    pledge: Pledge, shown_: Told | None, later: Later
) -> Iterator[tuple[Line, bool]]:
    """Lines that tell the deed of the condition by a word of its family or of its opposite."""
    deed, negated = _condition_as_deed(pledge, later)
    if not deed.families:
        return
    for line in later.of(deed.families | deed.opposites):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        if line.act not in _TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
            continue
        for found in shown(
            deed, line, line.citation.quote, later.around(line), due=False, speaks=later.speaks
        ):
            if _before_pledge(found.clause, pledge, later):
                continue
            due = _due_of_condition(pledge)
            late = due is not None and _later_than(found.clause, line, due, later)
            settled = shown_ is not None or _after(pledge, line, later) or late is not None
            if not found.done and not settled and (found.lasting or _YET.search(line.text)):
                continue
            if found.done and late is not False and due is not None:
                if late is None or found.clause.days == ():
                    continue  # done, but not shown to be in time
                yield line, negated
                continue
            yield line, found.done != negated


_TIMED = re.compile(r"\b(?:by|before|within|until|in\s+time)\b", re.IGNORECASE)


def _due_of_condition(pledge: Pledge) -> str | None:
    """The day by which a condition was to come about; of a term that names no day the day of the pledge, so that
    only what came about at once is in time."""
    if pledge.hinge_due is not None or pledge.condition is None:
        return pledge.hinge_due
    return pledge.line.said[1] if _TIMED.search(pledge.condition.quote) else None


def _later_than(clause: Clause, line: Line, due: str, later: Later) -> bool | None:
    """Whether a clause tells of something behind a day; None where it does not say and may be either."""
    if clause.days:
        if all(day_of(low) > day_of(due) for low, _ in clause.days):
            return True
        return False if all(day_of(high) <= day_of(due) for _, high in clause.days) else None
    published = later.articles[line.article_id].published.earliest
    return False if published is not None and day_of(published) <= day_of(due) else None


def _condition_words(
    pledge: Pledge, shown_: Told | None, later: Later
) -> Iterator[tuple[Line, bool]]:
    """Lines with a clause that has the words of the condition and tells what they say."""
    for line in later.sharing(pledge.hinge):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        near = shown_ is not None and _overlap(shown_.line.citation, line.citation)
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
                due = _due_of_condition(pledge)
                if happened and due is not None:
                    late = _later_than(clause, line, due, later)
                    if late is None:
                        continue
                    happened = not late
                quote = pledge.condition.quote if pledge.condition is not None else ""
                met = happened != bool(_NEGATED.search(quote))
                # Words alone say that it did not come about only where the act was not done either.
                if met or near or (shown_ is not None and not shown_.done):
                    yield line, met


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
    decided = _decided(
        [
            *told(pledge, later),
            *by_family(pledge, later),
            *passed(pledge, later),
            *named(pledge, later),
            *answered(pledge, later),
        ],
        pledge,
        later,
    )
    shown, since = decided if decided is not None else (None, None)
    act = met = kept = "unknown"
    if shown is not None and (shown.done or not pledge.never):
        act = "done" if shown.done != pledge.never else "not_done"
    hung = condition_told(pledge, shown, later)
    if hung is not None:
        met = hung[0]
    if act == "done" and met == "unmet":
        # What was pledged on a condition is not done without it: one of the two speaks of something else.
        return Outcome(act="unknown", condition="unknown", deadline="unknown"), ()
    if shown is not None and act != "unknown":
        basis = f"{_basis(shown, pledge)}; {later.when(shown.line, pledge)}"
        evidence.append(OutcomeEvidence(for_="act", citation=shown.citation, basis=basis))
    if hung is not None:
        told_as = f"told as {'' if met == 'met' else 'not '}come about"
        basis = f"{told_as}; {later.when(hung[1], pledge)}"
        evidence.append(OutcomeEvidence(for_="condition", citation=hung[1].citation, basis=basis))
    moot = act == "not_done" and pledge.condition is not None and met != "met"
    if shown is not None and act != "unknown" and not moot:
        # What was pledged on a condition that did not come about was not due.
        kept, why = _kept(pledge, shown, since, later)
        if kept != "unknown":
            evidence.append(OutcomeEvidence(for_="deadline", citation=shown.citation, basis=why))
    return Outcome(act=act, condition=met, deadline=kept), tuple(evidence)


def _decided(found: Sequence[Told], pledge: Pledge, later: Later) -> tuple[Told, str | None] | None:
    """The line that serves best as evidence of what came of an act, and when that was first reported; None if
    nothing tells it, or reports tell it both ways."""

    def published(told_: Told) -> str | None:
        return later.articles[told_.line.article_id].published.earliest

    done = [f for f in found if f.done]
    if not found:
        return None
    if done:
        first = min(sort_key(published(f)) for f in done)
        if any(not f.done and sort_key(published(f)) >= first for f in found):
            return None
    told_so = done or list(found)
    earliest = min(told_so, key=lambda f: sort_key(published(f)))
    return min(told_so, key=_rank), published(earliest)


def _rank(told_: Told) -> tuple[bool, bool, bool]:
    """How well a line serves as evidence: text before headline, an outlet's own telling before somebody's word,
    with a day before without."""
    return (told_.line.part == "headline", told_.line.holder is not None, told_.days[1] is None)


def _basis(shown: Told, pledge: Pledge) -> str:
    quoted = ", ".join(f"“{w}”" for w in shown.shared)
    by = f" by {shown.line.holder.name}" if shown.line.holder is not None else ""
    if shown.passed:
        return f"told{by} that the time passed without it ({quoted})"
    told_as = "as done" if shown.done else "as not done"
    return f"told {told_as}{by} ({quoted})"


_LATE = re.compile(
    r"\b(?:later|more\s+slowly)\s+than\b[^.;:!?\n]{0,40}\b(?:promised|planned|pledged|hoped|agreed|announced|"
    r"demanded|due|set|expected)\b"
    r"|\b(?:minutes?|hours?|days?|weeks?|months?|years?)\s+(?:too\s+)?late(?!r)\b|\btoo\s+late\b|\bbelated(?:ly)?\b"
    r"|\b(?:after|past|behind)\s+(?:the|its|his|her|their)\s+(?:\w+\s+)?(?:deadline|schedule|ultimatum)\b"
    r"|\bbehind\s+schedule\b|\boverdue\b|\bafter\s+it\s+(?:had\s+been|was)\s+due\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"(?<!not )\b(?:in\s+(?:good\s+)?time(?!\s+(?:for|to))|on\s+(?:time|schedule)|ahead\s+of\s+(?:time|schedule|the\s+"
    r"(?:\w+\s+)?(?:deadline|ultimatum))|within\s+the\s+(?:\w+\s+)?(?:deadline|ultimatum|term)|before\s+the\s+"
    r"(?:\w+\s+)?(?:deadline|ultimatum)|(?:minutes?|hours?|days?|weeks?|months?)\s+early)\b",
    re.IGNORECASE,
)
"""How a report says itself whether something came in time. A day it names is read apart."""


_NIGHT = re.compile(r"\b(?:mid)?nights?\b|\bovernight\b", re.IGNORECASE)


def _kept(pledge: Pledge, shown: Told, since: str | None, later: Later) -> tuple[str, str]:
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
    if (late := _LATE.search(shown.line.text)) is not None:
        return "missed", f"told as late: “{late.group(0)}”"
    if (early := _EARLY.search(shown.line.text)) is not None:
        return "kept", f"told as in time: “{early.group(0)}”"
    first, last = shown.days
    if last is not None and day_of(last) <= due:
        return "kept", f"done by {last[:10]}, deadline {latest[:10]}"
    if (
        first is not None
        and day_of(first) == day_of(shift_days(latest, 1))
        and "night" in pledge.line.text.lower()
    ):
        # The night of a day ends on the next one.
        return (
            ("kept", f"done in the night to {first[:10]}")
            if _NIGHT.search(shown.line.text)
            else ("unknown", "")
        )
    if first is not None and day_of(first) > due:
        return "missed", f"done {first[:10]}, after {latest[:10]}"
    if first is None and since is not None and day_of(since) <= due:
        return "kept", f"reported as done on {since[:10]}, deadline {latest[:10]}"
    return "unknown", ""
