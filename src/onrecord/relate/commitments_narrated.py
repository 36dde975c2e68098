"""What an outlet tells itself -> Pledge: where it names the act ("promised to"), the ultimatum or the term
("has until Friday")."""

from __future__ import annotations

import re

from onrecord.records import Citation, ClaimHolder, Clause, Line
from onrecord.relate.commitments_parts import (
    CAUSED,
    GIVES,
    GIVES_TIME,
    Known,
    Pledge,
    ahead_of,
    asked,
    before_date,
    dates_in,
    pledge_of,
)
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose

_BINDING = {
    "promised": "promise", "promise": "promise", "promises": "promise", "pledged": "promise",
    "pledges": "promise", "pledge": "promise", "vowed": "promise", "vows": "promise",
    "undertook": "promise", "undertaken": "promise", "guaranteed": "promise", "swore": "promise",
    "threatened": "threat", "threatens": "threat", "threaten": "threat",
    "offered": "offer", "demanded": "demand", "demands": "demand",
}  # fmt: skip
"""Words by which an outlet tells that somebody bound himself or another, before an infinitive."""

_TERM = re.compile(
    r"\b(?:ultimatum|deadline)\b"
    r"|\b(?:has|have|had|was|were|been|is|are|be)\s+(?:only\s+)?(?:given\s+)?(?:until|till)\b"
    r"|\b(?:gave|gives|give|giving|given)\s+(?:[\w'’-]+\s+){1,6}?(?:until|till)\b"
    r"|\b(?:gave|gives|give|given)\s+(?:[\w'’-]+\s+){1,4}?(?:hours?|days?|weeks?|months?)\s+to\b"
    r"|\b(?:offer|bid|term|notice|truce|ceasefire|moratorium|amnesty|permit|licence|license|contract|"
    r"registration|applications?)\s+(?:runs?|expires?|ends?|lapses?|closes?|(?:is|are|remains?)\s+"
    r"(?:open|valid))\b"
    r"|\b(?:must|has\s+to|have\s+to)\b",
    re.IGNORECASE,
)
"""How an outlet tells that a term was set: an ultimatum, a deadline, until when somebody has."""

_UNTIL = re.compile(
    r"\b(?:by|before|until|till|within|expires?(?:\s+on)?|ends?(?:\s+on)?|lapses?(?:\s+on)?|"
    r"(?:deadline|ultimatum)(?:\s+(?:of|is|was|for\s+\w+\s+is))?|no\s+later\s+than)\s+"
    r"(?:the\s+)?(?:end\s+of\s+)?(?:\w+\s+on\s+)?$",
    re.IGNORECASE,
)
_SIDES = re.compile(r"\b(?:each|either)\s+(?:side|party)\s+(?:will|shall|must)\b|"
                    r"\b(?:both|the\s+two)\s+(?:sides|parties)\s+(?:will|shall|must)\b", re.IGNORECASE)  # fmt: skip
"""Terms that bind the parties of an agreement, told as such."""


def narrated(line: Line, known: Known) -> Pledge | None:
    """The pledge that an outlet tells in a line of its own; None if it tells none."""
    found = _named(line) or _termed(line, known)
    if found is None:
        return None
    act, clause, doers = found
    condition = _condition_of(line, known)
    who = None
    if doers is not None and act != "deadline":
        version = known.versions[line.version_id]
        name = _subject(version.text[doers.start : doers.end], doers)
        if name is None:
            return None
        ids = doers.doer_ids
        who = ClaimHolder(actor_id=ids[0] if len(ids) == 1 else None, name=name)
    hinge = frozenset(
        k for c in line.clauses if c.told == "if" for k in (c.predicate, *c.doers, *c.others)
    )
    return pledge_of(
        line,
        None,
        act,
        line.citation,
        who,
        condition,
        hinge if condition is not None else frozenset(),
        clause,
        known,
        never=clause is not None and clause.negative,
    )


def _subject(text: str, clause: Clause) -> str | None:
    """The words before the verb of a clause, without what opens the sentence; None if there are none
    or too many to be a name."""
    before = text[: text.find(clause.word)].strip(" ,;:–—-\"“”'‘’")
    before = re.sub(
        r"\s+(?:has|have|had|also|once|already|is|was|were|will|shall|must)$", "", before
    )
    before = before.split(",")[0].strip()
    return before if len(before) > 0 and len(before.split()) <= 8 else None


def _named(line: Line) -> tuple[str, Clause, Clause] | None:
    """An act of binding told with its infinitive: "The town promised to have the roof mended"."""
    for i, clause in enumerate(line.clauses):
        act = _BINDING.get(fold_loose(clause.word))
        if act is None or clause.negative or clause.told not in ("done", "present"):
            continue
        if not clause.doers and not clause.doer_ids:
            continue
        after = [c for c in line.clauses[i + 1 :] if c.told in ("ahead", "bare", "would")]
        if not after:
            continue
        said = after[0]
        caused = [c for c in line.clauses[i + 1 :] if c is not said and c.told == "done"]
        if caused and CAUSED.search(line.text):
            said = caused[0]
        return act, said, clause
    return None


def _termed(line: Line, known: Known) -> tuple[str, Clause | None, Clause | None] | None:
    """A term that was set, with its last day: "He must leave the country by Saturday"."""
    if line.status == "denied" or line.part == "headline":
        return None
    text = line.text
    main = next((c for c in line.clauses if c.main), None)
    if _SIDES.search(text) and main is not None and main.told in ("ahead", "must"):
        return "promise", main, main
    dates = dates_in(line, known)
    found = _TERM.search(text) if dates else None
    if found is None:
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


_IF = re.compile(r"\b(?:if|unless|provided(?:\s+that)?|as\s+long\s+as|in\s+case)\b[^,;.:!?”\"]*")


def _condition_of(line: Line, known: Known) -> Citation | None:
    """The words of a condition in what an outlet tells."""
    version = known.versions[line.version_id]
    low, high = line.citation.start or 0, line.citation.end or 0
    found = _IF.search(version.text, low, high)
    if found is None or not any(c.told == "if" for c in line.clauses):
        return None
    return cite(version, found.start(), found.start() + len(found.group(0).rstrip()))
