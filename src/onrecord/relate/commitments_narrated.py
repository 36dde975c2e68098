"""What an outlet tells itself -> Pledge: where it names the act ("promised to"), the ultimatum or the term
("has until Friday")."""

from __future__ import annotations

import re

from msgspec import structs

from onrecord.records import ClaimHolder, Clause, Line
from onrecord.relate.commitments_bound import harms, is_thing
from onrecord.relate.commitments_deeds import mentions
from onrecord.relate.commitments_parts import (
    BY,
    CAUSED,
    GIVES,
    GIVES_TIME,
    Known,
    Pledge,
    ahead_of,
    asked,
    before_date,
    condition_of,
    dates_in,
    families_in,
    hinge_of,
    pledge_of,
    subject_of,
)
from onrecord.relate.commitments_phrases import PASSED
from onrecord.relate.commitments_sides import UNLESS, holds_office, speaks_beside, speaks_for
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose

_GIVEN_UNTIL = re.compile(
    r"\b(?:given|gets?|has|have)\b[^.;:]{0,20}\b(?:until|till)\b", re.IGNORECASE
)

_BINDING = {
    "promised": "promise", "promise": "promise", "promises": "promise", "pledged": "promise",
    "pledges": "promise", "pledge": "promise", "vowed": "promise", "vows": "promise",
    "undertook": "promise", "undertaken": "promise", "undertakes": "promise", "guaranteed": "promise",
    "guarantees": "promise", "sworn": "promise", "swore": "promise", "swears": "promise", "vow": "promise", "vowing": "promise",
    "promising": "promise", "pledging": "promise", "undertaking": "promise",
    "threatened": "threat", "threatens": "threat", "threaten": "threat", "threatening": "threat",
    "offered": "offer", "offering": "offer", "demanded": "demand", "demands": "demand", "demanding": "demand",
    "orders": "demand", "ordered": "demand",
}  # fmt: skip
"""Words by which an outlet tells that somebody bound himself or another, before an infinitive."""

_TERM = re.compile(
    r"\b(?:ultimatum|deadline)\b|\btime\s+(?:limit|to)\b"
    r"|\b(?:has|have)\s+(?:only\s+|just\s+)?(?:[\w-]+\s+){1,2}?(?:hours?|days?|weeks?|months?)\s+to\b"
    r"|\b(?:has|have|had|was|were|been|is|are|be)\s+(?:only\s+)?(?:given\s+)?(?:until|till)\b|\bgiven\s+until\b"
    r"|\b(?:gave|gives|give|giving|given)\s+(?:[\w'’-]+\s+){1,6}?(?:until|till)\b"
    r"|\b(?:gave|gives|give|given)\s+(?:[\w'’-]+\s+){1,5}?(?:hours?|days?|weeks?|months?)\s+to\b"
    r"|\b(?:offer|bid|term|notice|truce|ceasefire|moratorium|amnesty|permit|licence|license|contract|"
    r"registration|applications?)\s+(?:of\s+(?:[\w.,$€£-]+\s+){1,4}|for\s+(?:[\w'’-]+\s+){1,4})?(?:runs?|expires?|ends?|lapses?|closes?|(?:is|are|remains?)\s+"
    r"(?:open|valid))\b"
    r"|\b(?:must|has\s+to|have\s+to)\b",
    re.IGNORECASE,
)
"""How an outlet tells that a term was set: an ultimatum, a deadline, until when somebody has."""

_UNTIL = re.compile(
    r"\b(?:by|before|until|till|within|expires?(?:\s+on)?|ends?(?:\s+on)?|lapses?(?:\s+on)?|runs?\s+out(?:\s+on)?|"
    r"(?:deadline|ultimatum)(?:\s+(?:of|is|was|on|for\s+(?:\w+\s+){1,3}(?:is|was)))?|no\s+later\s+than)\s+"
    r"(?:the\s+)?(?:end\s+of\s+)?(?:\w+\s+on\s+)?$",
    re.IGNORECASE,
)
_SIDES = re.compile(r"\b(?:each|either)\s+(?:side|party)\s+(?:will|shall|must)\b|"
                    r"\b(?:both|the\s+two)\s+(?:sides|parties)\s+(?:will|shall|must)\b", re.IGNORECASE)  # fmt: skip
"""Terms that bind the parties of an agreement, told as such."""


def narrated(line: Line, known: Known) -> Pledge | None:
    """The pledge that an outlet tells in a line of its own; None if it tells none."""
    condition = condition_of(line, known)
    who = None
    act: str
    clause: Clause | None
    doers: Clause | None
    if (behind := _said_behind(line, known)) is not None:
        act, clause, name, end = behind
        doers = None
        who = ClaimHolder(actor_id=None, name=name)
        cut = cite(known.versions[line.version_id], line.citation.start or 0, end)
        line = structs.replace(line, citation=cut, text=cut.quote)
        condition = condition_of(line, known)
    elif (found := _named(line) or _in_phrases(line, known) or _termed(line, known)) is not None:
        act, clause, doers = found
    else:
        return None
    if doers is not None and act != "deadline":
        version = known.versions[line.version_id]
        titled = _SPEAKS.match(line.text) if line.part == "headline" else None
        subject = subject_of(version.text[doers.start : doers.end], doers)
        subject = titled.group(1) if titled is not None else subject
        if subject is None or subject.lower().split()[0] in _NOBODY or is_thing(subject):
            return None
        ids = doers.doer_ids
        who = ClaimHolder(actor_id=ids[0] if len(ids) == 1 else None, name=subject)
    return pledge_of(
        line,
        None,
        act,
        line.citation,
        who,
        condition,
        hinge_of(line) if condition is not None else frozenset(),
        clause,
        known,
        never=clause is not None and clause.negative,
    )


def _gives(line: Line, clause: Clause) -> bool:
    """Whether words behind a verb of binding name a sum or a deed: "pledges 20m crowns", "demands apology"."""
    behind = line.text[max(0, line.text.find(clause.word)) + len(clause.word) :]
    if clause.figures:
        return True
    return line.part == "headline" and any(m.noun and m.does for m in mentions(behind))


def _named(line: Line) -> tuple[str, Clause | None, Clause] | None:
    """An act of binding told with its infinitive: "The town promised to have the roof mended"."""
    for i, clause in enumerate(line.clauses):
        act = _BINDING.get(fold_loose(clause.word))
        if act is None or clause.negative or clause.told not in ("done", "present"):
            continue
        if not clause.doers and not clause.doer_ids:
            continue
        after = [c for c in line.clauses[i + 1 :] if c.told in ("ahead", "bare", "would")]
        if not after:
            if clause.main and _gives(line, clause):
                return act, None, clause
            continue
        said = after[0]
        caused = [c for c in line.clauses[i + 1 :] if c is not said and c.told == "done"]
        if caused and CAUSED.search(line.text):
            said = caused[0]
        return act, said, clause
    return None


_NOBODY = frozenset("that which who what it this there he she they".split())
"""Subjects that say nobody's name, so that a row would name nobody."""

_COMMITS = re.compile(
    r"\bcommit(?:s|ted|ting)?\s+(?:itself|himself|herself|themselves)\s+to\b|\bcommit(?:s|ted)\s+to\s+\w+ing\b"
    r"|\bg(?:ave|ives?|iven)\s+(?:\w+\s+){0,3}?(?:word|assurances?|undertaking|commitment|guarantees?|pledge|promise|vow)"
    r"\s+(?:\w+\s+){0,3}?(?:that|to)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:served|gave|given|filed|issued)\s+(?:\w+\s+){0,2}?notice\s+(?:of|that|to)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"[\W_]*(?:under|as\s+part\s+of|according\s+to|by)\s+(?:the\s+terms\s+of\s+)?(?:the|a|an|their|its|this)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:pledge|promise|deal|agreement|accord|pact|truce|treaty|settlement|ceasefire|undertaking|terms)\b",
    re.IGNORECASE,
)
"""What opens a sentence that tells the terms of an agreement."""
_SPEAKS = re.compile(r"\s*([A-Z][\w.'’-]+(?:\s+[\w.'’-]+){0,4}):\s+[\"“'‘]?(?:I|We)\b")
"""A headline that names who speaks before a colon."""


def _in_phrases(line: Line, known: Known) -> tuple[str, Clause | None, Clause] | None:
    """An act of binding told by a phrase: "committed itself to closing the plant", "gave its word that", "served notice
    of a walkout", "Under the deal, Ostrand will free 20 prisoners", "Mayor: I will resign"."""
    text = line.text
    main = next((c for c in line.clauses if c.main), None)
    if main is None or main.negative or line.status == "denied":
        return None
    if line.part == "headline" and main.told == "ahead" and _SPEAKS.match(text) is not None:
        hung = any(c.told == "if" for c in line.clauses)
        harm = harms(families_in(line, None, condition_of(line, known), main, known))
        return "threat" if hung and harm else "promise", main, main
    below = next((c for c in line.clauses if c.start >= main.start and c is not main), None)
    if main.told in ("done", "present") and (main.doers or main.doer_ids):
        if _COMMITS.search(text) and below is not None and below.told in ("bare", "ahead", "would"):
            return "promise", below, main
        if (notice := _NOTICE.search(text)) is not None:
            noun = next(
                (m for m in mentions(text) if m.noun and m.does and m.start >= notice.end()), None
            )
            if noun is not None:
                return "threat" if harms(noun.does) else "promise", None, main
    if main.told != "ahead" or not (main.doers or main.doer_ids):
        return None
    if _UNDER.match(text) or _due_by(line, main, known):
        return "promise", main, main
    return None


_SAID_BEHIND = re.compile(
    r",\s+(?P<who>[^,;:.!?\n]{3,70}?)\s+(?P<cue>said|announced|added|promised|pledged|warned|vowed|told)\b[^,;:!?\n]{0,90}$"
)
"""Who says it behind what is said, where no statement was read: "…, foreign secretary Edith Marlowe said"."""


def _said_behind(line: Line, known: Known) -> tuple[str, Clause, str, int] | None:
    """What somebody behind it says of his own side, or decides: its act, its clause, who says it and where what is
    said ends."""
    found = _SAID_BEHIND.search(line.text)
    clause = next((c for c in line.clauses if c.told == "ahead"), None)
    if found is None or clause is None or clause.negative or line.part == "headline":
        return None
    name, at = found.group("who"), (line.citation.start or 0) + found.start()
    if clause.start >= at or is_thing(name):
        return None
    hung = condition_of(line, known)
    harm = harms(families_in(line, None, hung, clause, known))
    unless = hung is not None and UNLESS.search(hung.quote) is not None
    office = holds_office(name)
    dated = any(
        BY.search(before_date(d, line)) or before_date(d, line).endswith(" on ")
        for d in dates_in(line, known)
    )
    threatens = hung is not None and (harm or unless) and office
    decides = (
        not clause.doers
        and dated
        and office
        and found.group("cue") in ("announced", "promised", "pledged")
    )
    own = speaks_for(name, clause.doers, known.versions) or speaks_beside(name)
    if not (threatens or decides or (own and (hung is not None or dated))):
        return None
    return "threat" if (harm and (hung is not None)) or unless else "promise", clause, name, at


_KEPT = re.compile(
    r"\b(?:before|after|past|ahead\s+of|miss(?:es|ed|ing)|me(?:t|ets)|by)\s+(?:the|its|a|his|her|their)\s+(?:\w+\s+)?"
    r"(?:deadline|ultimatum)\b",
    re.IGNORECASE,
)


def _due_by(line: Line, main: Clause, known: Known) -> bool:
    """Whether an outlet tells what one who is named will do, and by when: "Norrick will write to all owners by the end of
    April". Without a last day it is but an announcement."""
    if line.part == "headline" or line.status == "denied" or len(main.doer_ids) != 1:
        return False
    published = known.articles[line.article_id].published.earliest
    due = any(
        BY.search(before_date(d, line)) and ahead_of(d, published) for d in dates_in(line, known)
    )
    told = families_in(line, None, condition_of(line, known), main, known)
    return due and bool(told - _BY_ITSELF) and _EXPECTED.search(line.text) is None


_BY_ITSELF = frozenset("fall rise win fail come finish end play vote decide".split())
_EXPECTED = re.compile(
    r"\b(?:expect(?:s|ed)?|likely|probably|forecasts?|analysts?|estimated?|hop(?:es|ed))\b",
    re.IGNORECASE,
)


def _passed_by(line: Line) -> bool:
    """Whether a line tells of a term that is over, not of one that was set."""
    if PASSED.search(line.text) is not None or _KEPT.search(line.text) is not None:
        return True
    return re.search(r"\bhad\s+(?:been\s+)?(?:\w+\s+){0,9}?given\b", line.text) is not None


def _termed(line: Line, known: Known) -> tuple[str, Clause | None, Clause | None] | None:
    """A term that was set, with its last day: "He must leave the country by Saturday"."""
    text = line.text
    if line.part == "headline" and _GIVEN_UNTIL.search(text) is None:
        return None
    main = next((c for c in line.clauses if c.main), None)
    if line.status == "denied" and (main is None or main.negative):
        return None
    bound = (
        "ide" in text or "art" in text
    )  # of "side" and "party": cheaper than the words themselves
    if (
        bound
        and _SIDES.search(text)
        and not _passed_by(line)
        and main is not None
        and main.told in ("ahead", "must")
    ):
        return "promise", main, main
    dates = dates_in(line, known)
    found = _TERM.search(text) if dates else None
    if found is None or _passed_by(line):
        return None
    binding = next((c for c in line.clauses if c.told == "must" and not c.negative), None)
    if (
        found.group(0).lower().startswith(("must", "ha"))
        and ("until" not in found.group(0).lower())
    ) and binding is None:
        return None
    published = known.articles[line.article_id].published.earliest
    if not any(
        (_UNTIL.search(before_date(d, line)) or GIVES_TIME.search(before_date(d, line)))
        and ahead_of(d, published)
        for d in dates
    ):
        return None
    gives = next((c for c in line.clauses if fold_loose(c.word) in ("gave", "gives", "give")), None)
    if gives is not None and GIVES.search(text):
        below = next((c for c in line.clauses if c.start > gives.start and c.told == "bare"), None)
        if below is not None and (gives.doers or gives.doer_ids):
            return "demand", below, gives
    return "deadline", binding or asked(line), None
