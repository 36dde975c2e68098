"""What somebody says -> Pledge.

Statements whose act is a threat, promise, offer or demand bind; so does a plain "will" of what the
speaker's own side does. A forecast or a refusal binds nobody.
"""

from __future__ import annotations

import re

from onrecord.records import Citation, ClaimHolder, Clause, Line, Statement
from onrecord.relate.commitments_deeds import mentions
from onrecord.relate.commitments_parts import (
    BY_WORD,
    NOT,
    Known,
    Pledge,
    asked,
    families_in,
    pledge_of,
    spans_of,
)
from onrecord.relate.commitments_sides import SELF, STARTS, THIRD, UNLESS, own_side
from onrecord.text.folding import fold_loose, words

ACTS = {"threaten": "threat", "promise": "promise", "offer": "offer", "demand": "demand"}
"""Acts of statements that commit somebody or bind somebody else."""

_PRONOUNS = frozenset("it this that there what which".split())


def spoken(line: Line, known: Known) -> Pledge | None:
    """The pledge of a line that is a statement; None if it binds nobody."""
    statement = known.statements.get(line.statement_id or "")
    if statement is None or (line.nested and statement.act not in ACTS):
        return None
    act = _spoken_act(line, statement, known)
    if act is None:
        return None
    never = bool(NOT.search(" ".join(c.quote for c in statement.content)))
    refused = never and statement.act not in ACTS
    if (
        statement.polarity == "negative"
        and not (never and statement.act == "promise")
        and not refused
    ):
        return None
    speaker = statement.speaker
    if speaker is None or (speaker.actor_id is None and fold_loose(speaker.name) in _PRONOUNS):
        return None
    if _told_beside(line, statement):
        return None
    clause = asked(line)
    return pledge_of(
        line,
        statement,
        act,
        statement.content[0],
        ClaimHolder(actor_id=speaker.actor_id, name=speaker.name),
        statement.condition,
        frozenset(line.hinge),
        clause,
        known,
        never=(never and clause is not None and clause.negative)
        or bool(_NO_MORE.search(" ".join(c.quote for c in statement.content))),
    )


_BESIDE = re.compile(r"\b(?:as|than|what|which|that)\s*$", re.IGNORECASE)


def _told_beside(line: Line, statement: Statement) -> bool:
    """Whether a sentence tells what was done and names the pledge beside: "three days later than the governor
    had promised"."""
    main = next((c for c in line.clauses if c.main), None)
    return (
        main is not None
        and main.told == "done"
        and bool(_BESIDE.search(statement.content[-1].quote))
    )


_NO_MORE = re.compile(
    r"^[\W_]*(?:no|not\s+an?|never\s+an?)\s+\w+"
    r"|\b(?:to|will|would)\s+(?:refrain\s+from|abstain\s+from|desist\s+from|rule\s+out|avoid|keep\s+(?:away|out|off)|"
    r"stay\s+(?:away|out)|forgo|renounce)\b",
    re.IGNORECASE,
)
"""What is pledged is that something will not be: "promised no cuts", "to refrain from shelling"."""


_WEAK_BINDING = frozenset("undertake undertook undertaken undertakes undertaking".split())
"""Words of binding that are no threat, whatever is to be done: the contract's `promise`."""


def _spoken_act(line: Line, statement: Statement, known: Known) -> str | None:
    if statement.act in ACTS:
        bound = set(words(statement.cue.quote)) if statement.cue else set()
        if statement.act == "threaten" and bound & _WEAK_BINDING:
            return "promise"
        return ACTS[statement.act]
    clause = next((c for c in line.clauses if c.main), None)
    if _refused(line, statement, clause, known):
        return _kind(statement.condition, clause, warned=False) if clause else None
    if statement.polarity == "negative" or clause is None or clause.negative:
        return None
    if statement.act == "agree":
        return "promise" if line.modality == "planned" and clause.told == "ahead" else None
    shall = statement.act == "ask" and _I_SHALL.search(statement.content[0].quote) is not None
    if (statement.act not in ("assert", "warn") and not shall) or line.modality != "planned":
        return None
    if clause.told not in ("ahead", "would") or not _deed(
        clause,
        statement,
        named=_phrase(line, statement, clause, known),
        kinds=bool(families_in(line, statement, statement.condition, clause, known)),
    ):
        return None
    if not own_side(line, statement, clause, known):
        return None
    return _kind(statement.condition, clause, warned=statement.act == "warn")


def _phrase(line: Line, statement: Statement, clause: Clause, known: Known) -> bool:
    """Whether commitments.toml has the deed as a phrase, so that its verb alone does not say what it is."""
    text = known.versions[line.version_id].text
    return any(
        len(text[start + m.start : start + m.end].split()) > 1
        for start, end in spans_of(statement, line)
        for m in mentions(text[start:end])
        if m.does and not m.noun and m.first == fold_loose(clause.word)
    )


_I_SHALL = re.compile(r"\b(?:i|we)(?:\s+(?:will|shall)|['’]ll)\b", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\b(?:will|would|shall|['’]ll)\s+(?:not|never)\b|\b(?:won|wouldn|shan)['’]t\b", re.IGNORECASE
)


def _refused(line: Line, statement: Statement, clause: Clause | None, known: Known) -> bool:
    """Whether somebody says of his own side what it will not do: "We will not pay" binds, "refused to pay"
    tells only what happened."""
    if statement.act not in ("refuse", "deny", "assert") or line.nested or clause is None:
        return False
    if not clause.negative or clause.told not in ("ahead", "would"):
        return False
    if not any(_WILL_NOT.search(c.quote) for c in statement.content):
        return False
    if clause.predicate in _BEFALLS or not (clause.others or statement.condition):
        return False
    return own_side(line, statement, clause, known)


_BEFALLS = frozenset(
    "be have see lose suffer fall rise become happen continue know think feel hope believe like want face cost need "
    "seem appear prove win grow remain last mean benefit understand get die find learn regret survive expect depend "
    "matter show forget rest forgiv".split()
)
"""Predicates that nobody can promise, whoever says them and on whichever condition."""

_STATES = frozenset(
    "be have see lose suffer fall rise become happen continue know think feel hope believe like want "
    "face cost need seem appear prove win grow remain stay last mean lead benefit understand come "
    "seek try attempt ask talk travel speak watch look listen discuss consid decide "
    "get die find learn regret survive expect depend matter show begin end take never".split()
)
"""Predicates of what befalls somebody: told ahead they are forecasts, not deeds."""


def _deed(clause: Clause, statement: Statement, *, named: bool, kinds: bool) -> bool:
    """Whether a clause tells of something its doer can decide to do, and of something in particular.

    `named`: whether commitments.toml knows the deed by a phrase ("stop eating"), so that the verb alone does not say
    what it is; `kinds`: whether it knows it at all."""
    word = fold_loose(clause.word)
    if named and not {clause.predicate, word} & _BEFALLS:
        return bool(clause.others or clause.days or statement.condition)
    content = statement.content[0].quote
    starts = STARTS.match(content, max(0, content.find(clause.word)))
    if starts is not None and (clause.days or statement.condition or clause.negative):
        return True
    if _LOSES.search(content) and UNLESS.search(
        statement.condition.quote if statement.condition else ""
    ):
        return True
    if word in _STATES or (clause.predicate in _STATES and not kinds):
        said = statement.content[0].quote
        own = bool(SELF.search(said) or THIRD.search(said))
        settled = bool(clause.days or statement.condition) and bool(clause.others or clause.days)
        if own and settled and not {clause.predicate, word} & _BEFALLS:
            return True
        due = bool(SELF.search(said) and BY_WORD.search(said))
        return clause.predicate == "have" and due and bool(clause.others)
    return bool(clause.others or clause.days or statement.condition)


_LOSES = re.compile(
    r"\b(?:lose|face|pay|forfeit)\s+(?:its|his|her|their|the|a|an)\b", re.IGNORECASE
)

_HARM = frozenset(
    "close prevent strike sue attack sanction expel withdraw end bomb kill dismiss arrest cancel fire "
    "punish retali boycott veto oppose invad destroy charge suspend reply leav cut evict block fight "
    "fall walk quit resign extend".split()
)
"""Keys of what is done to somebody's harm: pledged on a condition it is a threat."""


def _kind(condition: Citation | None, clause: Clause, *, warned: bool) -> str:
    """threat, offer or promise, of something that one's own side will do."""
    if warned:
        return "threat"
    if condition is not None:
        if UNLESS.search(condition.quote) or clause.predicate in _HARM:
            return "threat"
        return "offer" if _OTHERS.search(condition.quote) else "promise"
    return "promise"


_OTHERS = re.compile(r"\b(?:you|they|he|she|[A-Z][a-z]+|(?:the|its|his|her|their)\s+(?:\w+\s+)?(?:government|"
                     r"company|council|union|owners?|workers?|parties|sides?|firm))\b")  # fmt: skip
"""Somebody else in a condition: what is given for what he does is an offer."""
