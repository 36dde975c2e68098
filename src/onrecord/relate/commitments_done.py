"""Was a pledged act done: told by its own words, by a family of deeds, by the name of the pledge, by a term that
passed, or by what an offer met with.

A line shows the act if one of its clauses tells the pledged deed of those who pledged it and of what they
pledged it about, as done or as not done; a plan, a wish, a warning and a repetition show nothing. Active and
passive, synonyms and nouns of doing meet in the keys of the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from onrecord.records import (
    Clause,
    Line,
)
from onrecord.relate.commitments_deeds import mentions, told_as
from onrecord.relate.commitments_later import Later, Told
from onrecord.relate.commitments_parts import Pledge, matter_of
from onrecord.relate.commitments_phrases import (
    AS_SAID,
    CARRIED,
    CARRIES,
    DONE_NOUN,
    DROPPED,
    GAVE_IN,
    LET_PASS,
    OF_ACT,
    PASSED,
    SAID_BESIDE,
    STILL,
    STOOD_FIRM,
    TRANSFER,
    UNSURE,
    WITHOUT,
    YET,
)
from onrecord.relate.commitments_shown import Deed, alike, shown
from onrecord.relate.keys import key_of
from onrecord.relate.quantities import quantity
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of


def asserted(line: Line) -> bool:
    """Whether a line tells what is so: not what somebody wants, warns of, or would do."""
    return not line.nested and line.act in ("assert", "deny") and line.condition is None


def was_done(clause: Clause, line: Line) -> bool:
    if clause.told == "present":
        return line.part == "headline" or fold_loose(clause.word) in _STATES
    return clause.told == "done"


_STATES = frozenset({"open", "closed", "shut", "free", "empty"})
"""Adjectives of how something is once a deed is done: "is open again"."""


def clause_keys(clause: Clause) -> set[str]:
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
        if not asserted(line):
            continue
        for clause in line.clauses:
            found = _shows(pledge, clause, line, later)
            if found is not None:
                yield found
                break
        else:
            found = _granted(pledge, line, later)
            if found is not None:
                yield found


def _made(line: Line, clause: Clause, pledge: Pledge, *, done: bool) -> Told:
    shared = [w for k, w in line.keys if k in pledge.matter and k in clause_keys(clause)]
    return Told(line, line.citation, clause, done, _days(clause.days), tuple(shared[:4]))


def _days(days: Sequence[tuple[str, str]]) -> tuple[str | None, str | None]:
    return days[0] if len(set(days)) == 1 else (None, None)


def _shows(pledge: Pledge, clause: Clause, line: Line, later: Later) -> Told | None:
    if not was_done(clause, line) or before_pledge(clause, pledge, later):
        return None
    if clause.predicate in _FAILED | _BEGUN:
        below = [c for c in line.clauses if c.start >= clause.start and c is not clause]
        deed = next((c for c in below if c.told in ("ahead", "bare")), None)
        if deed is not None and _one_act(pledge, deed, line):
            done = clause.negative != (clause.predicate in _BEGUN)
            return _made(line, deed, pledge, done=done)
    if not _one_act(pledge, clause, line):
        return None
    if clause.negative and YET.search(line.text) and not comes_after(pledge, line, later):
        return None
    return _made(line, clause, pledge, done=not clause.negative)


_BEGUN = frozenset({"begin", "manag", "proceed"})
"""Predicates that say of the deed below them that it was done, or is being done."""

_FAILED = frozenset({"fail", "declin", "refuse", "neglect"})
"""Predicates that say of the deed below them that it was not done."""


def before_pledge(clause: Clause, pledge: Pledge, later: Later) -> bool:
    """Whether a clause names a day before the pledge."""
    said = later.articles[pledge.line.article_id].published.earliest
    return (
        said is not None
        and bool(clause.days)
        and all(day_of(latest) < day_of(said) for _, latest in clause.days)
    )


def comes_after(pledge: Pledge, line: Line, later: Later) -> bool:
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
    return frozenset(k for k in matter_of(sorted(clause_keys(clause))) if not k.startswith("#"))


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
    found = DONE_NOUN.search(line.text)
    if found is None or UNSURE.search(line.text) or len(pledge.own) == 0:
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

TOLD_ACTS = frozenset({"assert", "deny", "agree", "refuse", "praise", "condemn"})
"""Acts of statements whose words tell what is so, or that are themselves the deed ("accepted the offer")."""


def by_family(pledge: Pledge, later: Later) -> Iterator[Told]:
    """Later lines that tell the deed of a pledge by any word of its family, or by the opposite."""
    if not pledge.families:
        return
    deed = _deed(pledge, later)
    for line in later.of(pledge.families):
        if later.when(line, pledge) is None or line.nested or line.condition is not None:
            continue
        if line.act not in TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
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
            if before_pledge(found.clause, pledge, later):
                continue
            over = comes_after(pledge, line, later)
            if not found.done and not over and (found.lasting or YET.search(line.text)):
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
        known=partial(later.known, pledge),
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
        if later.when(line, pledge) is None or not asserted(line):
            continue
        if not _term_named(pledge, line):
            continue
        asked = set(matter_of(pledge.clause.others)) if pledge.clause else set(pledge.matter)
        deed = {pledge.clause.predicate} if pledge.clause else set()
        without = WITHOUT.search(line.text)
        if without is not None:
            behind = set(words(line.text[without.end() :]))
            rest = {k for k, w in line.keys if fold_loose(w) in behind}
            enough = bool((asked | deed) & rest)
        elif STILL.search(line.text):
            rest = {
                k
                for c in line.clauses
                if not PASSED.search(c.word) and c.told in ("done", "present") and not c.negative
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
            clause = next((c for c in line.clauses if c.main and c.told == "done"), None)
            if clause is None or (lasting and not comes_after(pledge, line, later)):
                continue
            shared = [w for k, w in line.keys if k in pledge.matter | pledge.own]
            yield Told(line, line.citation, clause, done, _days(clause.days), tuple(shared[:4]))
            break


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
    doing = next((c for c in line.clauses if c.main), None)
    did = doing is not None and bool(
        alike(pledge.own, set(doing.doers)) or pledge.own_ids & set(doing.doer_ids)
    )
    negative = doing is not None and doing.negative
    if asserted(line):
        for pattern, done in ((AS_SAID, True), (CARRIED, True), (DROPPED, False)):
            found = pattern.search(text)
            if found is None or pledge.act not in OF_ACT[found.group(1).lower()].split():
                continue
            close = (
                (due or len(objects) >= 2) if pattern is AS_SAID else (whose and (due or objects))
            )
            if close and not (negative and done):
                yield done, False
        if pledge.deadline.latest is not None and (found := LET_PASS.search(text)) is not None:
            own = found.groupdict()["own"] is not None
            if (did and not own and binds_other) or (
                (did or owned) and own != binds_other and (objects or due or own)
            ):
                yield False, False
        if (
            did
            and not negative
            and (pledge.act == "threat" or binds_other)
            and GAVE_IN.search(text)
        ):
            yield binds_other, False
        if did and binds_other and STOOD_FIRM.search(text):
            yield False, False
    found = SAID_BESIDE.search(text)
    if found is not None and owned and doing is not None and line.act in (*TOLD_ACTS, "promise"):
        right = pledge.act in OF_ACT[found.group("act").lower()].split()
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
        if line.act not in TOLD_ACTS or (line.act == "agree" and line.modality == "planned"):
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
            blamed = mention.first.endswith("ing") and re.search(
                r"\b(?:for|of)\s+$", text[: mention.start]
            )
            if not so or clause is None or blamed:
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
            if itself or points < 2 or before_pledge(clause, pledge, later):
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
