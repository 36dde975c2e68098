"""Lines of a story's reports -> Pledge: who binds himself or another, to what, if what, by when.

Statements whose act is a threat, promise, offer or demand bind; so does a plain "will" of what the
speaker's own side does. What an outlet tells itself binds where it names the act ("promised to"), the
ultimatum or the term ("has until Friday"). A forecast or a refusal binds nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.records import (
    Article,
    Bounds,
    Citation,
    ClaimHolder,
    Clause,
    DateExpression,
    Line,
    Statement,
    Version,
)
from onrecord.relate.commitments_deeds import mentions
from onrecord.relate.commitments_shown import families_of
from onrecord.relate.keys import key_of, name_keys, tables
from onrecord.relate.similarity import stop_words
from onrecord.text.citing import cite
from onrecord.text.folding import fold_loose, words
from onrecord.text.instants import day_of, shift_days

ACTS = {"threaten": "threat", "promise": "promise", "offer": "offer", "demand": "demand"}
"""Acts of statements that commit somebody or bind somebody else."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A line that commits somebody, and what later reports must speak of to tell what came of it."""

    line: Line
    statement: Statement | None
    act: str
    what: Citation
    who: ClaimHolder | None
    condition: Citation | None
    hinge: frozenset[str]
    """Keys of its condition."""
    deadline: Bounds
    apart: bool
    """Whether the deadline is that of the condition, not of the act."""
    clause: Clause | None
    """The clause that tells what is to be done; None where a noun tells it."""
    matter: frozenset[str]
    """Keys of what it is about, without words of pledging and of time."""
    own: frozenset[str]
    """Keys of those who are to do it, with the speaker's."""
    own_ids: frozenset[str]
    never: bool
    """Whether it is pledged that something will not be done."""
    hinge_due: str | None = None
    """The last day of its condition ("unless … by Friday")."""
    families: frozenset[str] = frozenset()
    """The families of commitments.toml that what is to be done belongs to."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a story beside its lines: by id, and dates by version."""

    articles: Mapping[str, Article]
    versions: Mapping[str, Version]
    statements: Mapping[str, Statement]
    dates: Mapping[str, Sequence[DateExpression]]


def pledges(lines: Sequence[Line], known: Known) -> Iterator[Pledge]:
    """The pledges among lines, in their order. What one sentence's statement pledges, the narrated rest
    of that sentence does not pledge again."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        if line.statement_id is None:
            continue
        pledge = _spoken(line, known)
        if pledge is not None:
            taken[line.version_id].append((line.citation.start or 0, line.citation.end or 0))
            yield pledge
    for line in lines:
        low, high = line.citation.start or 0, line.citation.end or 0
        if line.statement_id is None and not any(
            a < high and low < b for a, b in taken[line.version_id]
        ):
            pledge = _narrated(line, known)
            if pledge is not None:
                yield pledge


# --------------------------------------------------------------------------- what somebody says

_PRONOUNS = frozenset("it this that there what which".split())


def _spoken(line: Line, known: Known) -> Pledge | None:
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
    clause = _asked(line)
    return _pledge(
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


def _asked(line: Line) -> Clause | None:
    """The clause of what is to be done: the first that is not told as done or as it is, main first."""
    if _CAUSED.match(line.text):
        caused = next((c for c in line.clauses if c.told == "done" and not c.main), None)
        if caused is not None:
            return caused
    ahead = [c for c in line.clauses if c.told in ("ahead", "would", "must", "bare")]
    first = next((c for c in ahead if c.main), None) or next(iter(ahead), None)
    let = first or next((c for c in line.clauses if c.main), None)
    if let is not None and fold_loose(let.word) in _LETTING:
        # Of "to let doctors examine him" and "was ready to lend" the deed stands below.
        below = [
            c for c in line.clauses if c.start >= let.start and c is not let and c.told == "bare"
        ]
        return next(iter(below), first)
    return first


_LETTING = frozenset("let allow help have make ready prepared willing able".split())


_CAUSED = re.compile(
    r"(?:that\s+)?(?:\w+\s+){0,5}?(?:to|will|would)\s+(?:have|get|see)\s+(?:\w+\s+){1,4}?\w+(?:ed|en|t)\b",
    re.IGNORECASE,
)
"""What somebody pledges to have done: "to have the roof mended"."""

NOT = re.compile(r"\b(?:no|not|never|neither|none|nobody)\b|n['’]t\b", re.IGNORECASE)
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
        kinds=bool(_families(line, statement, statement.condition, clause, known)),
    ):
        return None
    if not _own(line, statement, clause, known):
        return None
    return _kind(statement.condition, clause, warned=statement.act == "warn")


def _phrase(line: Line, statement: Statement, clause: Clause, known: Known) -> bool:
    """Whether commitments.toml has the deed as a phrase, so that its verb alone does not say what it is."""
    text = known.versions[line.version_id].text
    return any(
        len(text[start + m.start : start + m.end].split()) > 1
        for start, end in _spans(statement, line)
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
    return _own(line, statement, clause, known)


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
    starts = _STARTS.match(content, max(0, content.find(clause.word)))
    if starts is not None and (clause.days or statement.condition or clause.negative):
        return True
    if _LOSES.search(content) and _UNLESS.search(
        statement.condition.quote if statement.condition else ""
    ):
        return True
    if word in _STATES or (clause.predicate in _STATES and not kinds):
        said = statement.content[0].quote
        own = bool(_SELF.search(said) or _THIRD.search(said))
        settled = bool(clause.days or statement.condition) and bool(clause.others or clause.days)
        if own and settled and not {clause.predicate, word} & _BEFALLS:
            return True
        due = bool(_SELF.search(said) and _BY_WORD.search(said))
        return clause.predicate == "have" and due and bool(clause.others)
    return bool(clause.others or clause.days or statement.condition)


_LOSES = re.compile(
    r"\b(?:lose|face|pay|forfeit)\s+(?:its|his|her|their|the|a|an)\b", re.IGNORECASE
)
_BY_WORD = re.compile(r"\b(?:by|before|within)\b")
_OURS = re.compile(
    r"\b(?:his|her|their|our|its|my)\s+(?:own\s+)?(?:country|nation|government|party|company|firm|union|"
    r"ministry|administration|team|club|city|council|side|people|forces|army|group|members)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:we|i)\b|\b(?:we|i)['’]ll\b", re.IGNORECASE)
_THIRD = re.compile(r"^[\W_]*(?:that\s+)?(?:he|she|it|they)\b", re.IGNORECASE)
_OFFICE = (
    r"(?:minister|secretary|president|premier|chancellor|spokesman|spokeswoman|spokesperson|chief|"
    r"director|head|leader|chairman|chairwoman|chair|governor|mayor|ambassador|official|commissioner|"
    r"king|queen|general|colonel|admiral|boss|manager|executive|envoy|ministry|government|lawyer|commander|"
    r"attorney|agent|captain|owner|coach|rector|bishop|dean|bureau|board)"
)
_SPOKESMAN = re.compile(
    r"\b(?:its|their|his|her|the\s+\w+['’]s)\s+(?:\w+\s+)?(?:spokes(?:man|woman|person)|union|association|"
    r"federation|lawyer|agent|manager|leader|president|chairman|chairwoman|party|club|league|company|doctor|sister|"
    r"brother|mother|father|wife|husband|son|daughter|family|office|chief|director|captain|team)\b"
    r"|\bthat\s+(?:union|party|club|company|association|federation|group)\b",
    re.IGNORECASE,
)
"""Somebody who speaks for those the words are about: "they will strike, their union said"."""


def _own(line: Line, statement: Statement, clause: Clause, known: Known) -> bool:
    """Whether who is to act is the speaker, or the side the speaker is shown to speak for."""
    speaker = statement.speaker
    if speaker is None:
        return False
    if speaker.actor_id is not None and speaker.actor_id in clause.doer_ids:
        return True
    content = statement.content[0].quote
    named = {k for k, _ in name_keys(speaker.name, "person" if line.person else "group")}
    doers = {k for k in clause.doers if k not in _TIMES}
    if named and named & doers:
        return True
    if statement.manner != "indirect" and _SELF.search(content):
        return not doers
    before = content[: max(0, content.find(clause.word))]
    if _OURS.search(before) or (_THIRD.search(content) and not clause.doer_ids):
        return True
    around = _around(statement)
    if _sided(speaker.name, around, before, known) or _DELEGATES.search(speaker.name):
        return True
    if _SPOKESMAN.search(around):
        return bool(doers) or bool(_PRONOUN.search(before))
    if _DECIDES.search(around):
        return bool(clause.doer_ids)
    settled = bool(_dated(clause, content)) or statement.condition is not None
    in_charge = _in_charge(line, statement, known)
    if in_charge and not doers and (settled or clause.negative) and _PASSIVELY.search(before):
        return True
    if in_charge and settled and _STARTS.match(content, len(before)):
        return True
    threatened = statement.condition is not None and _UNLESS.search(statement.condition.quote)
    if doers and threatened and in_charge:
        return True
    return _speaks_for(speaker.name, clause, known)


_DELEGATES = re.compile(
    r"\b(?:delegates?|delegation|representatives?|negotiators?|spokes(?:man|woman|person|people)|palace|chancellery|"
    r"presidency|secretariat|organi[sz]ers?)\b",
    re.IGNORECASE,
)
"""Who speaks for others by what he is called."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they)\b", re.IGNORECASE)
_PASSIVELY = re.compile(r"\b(?:be|get)\s+(?:\w+\s+)?$")
_STARTS = re.compile(
    r"(?:start|begin|resume|reopen|open|close|end|stop|go\s+(?:out|ahead|on\s+sale|back)|come\s+into\s+(?:force|effect)|"
    r"take\s+(?:effect|place)|appear|lift|return|stay\s+(?:open|closed|shut)|remain\s+(?:open|closed|shut|in\s+place))\b"
)
"""What a thing does because somebody sees to it: "letters will go out", "production will resume"."""


def _dated(clause: Clause, content: str) -> bool:
    return bool(clause.days) or bool(_BY_WORD.search(content))


def _in_charge(line: Line, statement: Statement, known: Known) -> bool:
    """Whether the speaker decides: an organisation, or somebody with an office and no other name beside it."""
    speaker = statement.speaker
    if speaker is None:
        return False
    if not line.person and (speaker.actor_id is not None or _BODY.search(speaker.name)):
        return True
    return _unnamed_office(statement, speaker.name, known)


_BODY = re.compile(
    r"\b(?:company|firm|government|ministry|council|board|club|party|union|railway|airline|agency|authority|bank|court|"
    r"parliament|commission|committee|federation|association|university|hospital|police|army|navy|office|department)\b",
    re.IGNORECASE,
)


_OF_A_SIDE = re.compile(
    r"\b(?:the|his|her|its|their)\s+(company|firm|club|group|party|union|government|state|city|town|council|bank|airline|"
    r"ministry|country|association|federation|league|team|army|military|troops|forces|police|navy|church|university|"
    r"school|hospital|party|movement|board|plant|operator|carrier|network|province|region)\s+(?:also\s+)?(?:will|would|"
    r"shall|['’]ll|was\s+going|is\s+going|is\s+ready|was\s+ready|intends?|intended)\b",
    re.IGNORECASE,
)
_ARMED = frozenset("general colonel admiral commander major captain marshal".split())
_ARMS = frozenset("army military troops forces navy".split())


def _sided(name: str, around: str, before: str, known: Known) -> bool:
    """Whether "the company", "the army" in front of the deed is the speaker's own, who has an office and
    names no other: a general speaks for the army, a lawyer or a director for the company."""
    found = _OF_A_SIDE.search(before + " would")
    if found is None or found.end() < len(before.rstrip()):
        return False
    if found.group(1).lower() in _ARMS:
        return bool(_ARMED & set(words(around)) or _ARMED & set(words(name)))
    return _has_office(around, name, known)


_DECIDES = re.compile(r"\b(?:announce[sd]?|announcing|decree[sd]|ordered)\b", re.IGNORECASE)
"""Who announces what will be done has decided it."""


def _unnamed_office(statement: Statement, name: str, known: Known) -> bool:
    """Whether the speaker has an office and the words beside the name name nobody else whose it is ("the
    deputy minister, Ilsa Brandt, said"): what is done he decides, or his own do it."""
    text = known.versions[statement.citation.version_id or ""].text
    beside = " ".join(_titles(statement, text))
    own = set(words(name))
    capitals = re.findall(r"\b[A-Z]\w+", beside)
    if not all(fold_loose(w) in own or re.fullmatch(_OFFICE, w, re.IGNORECASE) or fold_loose(w) in _FIELDS
               for w in capitals):  # fmt: skip
        return False
    return _has_office(beside, name, known)


_FIELDS = frozenset(
    "the prime foreign finance interior justice trade transport health education defence defense energy labour labor "
    "agriculture environment culture housing deputy vice first chief president minister mayor governor premier acting "
    "general economy economics home treasury state council green liberal regional local national opposition party".split()
)
"""Words of a title that say of what, not of whom."""


def _has_office(around: str, name: str, known: Known) -> bool:
    """Whether the speaker's office stands beside the name, here or elsewhere in the story."""
    if re.search(rf"\b{_OFFICE}\b", around, re.IGNORECASE):
        return True
    last = words(name)[-1:]
    beside = (
        re.compile(
            rf"\b{_OFFICE}\b,?\s+(?:[A-Z][\w.-]+\s+){{0,3}}{re.escape(last[0])}\b"
            rf"|\b{re.escape(last[0])},\s+(?:the\s+|a\s+)?(?:[\w'’-]+\s+){{0,4}}{_OFFICE}\b",
            re.IGNORECASE,
        )
        if last
        else None
    )
    return beside is not None and any(beside.search(text) for text in _texts_with(name, known))


def _around(statement: Statement) -> str:
    """The words of a statement's sentence that are not what is said: its speaker and cue."""
    text = statement.citation.quote
    for part in statement.content:
        text = text.replace(part.quote, " … ")
    return text


def _speaks_for(name: str, clause: Clause, known: Known) -> bool:
    """Whether a report of the story gives the speaker an office of who is to act."""
    return speaks_for(name, clause.doers, known.versions)


_TEXTS = 40
"""Reports of a story that are asked who somebody is; in a story of a thousand the rest say the same."""


def speaks_for(name: str, doers: Sequence[str], versions: Mapping[str, Version]) -> bool:
    """Whether a report gives somebody an office of those whose keys these are: "Ostrand's harbour minister,
    Oskar Venn", "the Velmoran foreign minister Ilsa Brandt", "Petra Halm, who leads the drivers' union"."""
    last = name.split()[-1:]
    if not last or len(last[0]) < 3:
        return False
    texts: list[str] | None = None
    for doer in doers:
        if len(doer) < 3 or not doer.isalpha():
            continue
        if texts is None:
            naming = (v.text for v in versions.values() if last[0] in v.text)
            texts = list(islice(naming, _TEXTS))
        pattern = re.compile(
            rf"\b{re.escape(doer)}\w{{0,4}}(?:['’]s?)?\s+(?:[\w-]+\s+){{0,3}}{_OFFICE}\b"
            rf"[^.;:!?\n]{{0,30}}\b{re.escape(last[0])}\b"
            rf"|\b{re.escape(last[0])},\s+(?:who\s+(?:leads|heads|chairs|runs|represents|speaks\s+for)|"
            rf"(?:the\s+|a\s+|its\s+)?(?:\w+\s+){{0,2}}{_OFFICE}\s+(?:of|for|at))\s+[^.;:!?\n]{{0,40}}?\b{re.escape(doer)}",
            re.IGNORECASE,
        )
        if any(pattern.search(text) for text in texts):
            return True
    return False


def _texts_with(name: str, known: Known) -> Iterator[str]:
    """The texts in which the last word of a name stands."""
    last = name.split()[-1] if name.split() else ""
    return islice((v.text for v in known.versions.values() if last in v.text), _TEXTS)


_HARM = frozenset(
    "close prevent strike sue attack sanction expel withdraw end bomb kill dismiss arrest cancel fire "
    "punish retali boycott veto oppose invad destroy charge suspend reply leav cut evict block fight "
    "fall walk quit resign extend".split()
)
"""Keys of what is done to somebody's harm: pledged on a condition it is a threat."""

_UNLESS = re.compile(
    r"\b(?:unless|if\b.*(?:\bnot\b|n['’]t\b|\bfail|\brefus|\bno\b))", re.IGNORECASE
)


def _kind(condition: Citation | None, clause: Clause, *, warned: bool) -> str:
    """threat, offer or promise, of something that one's own side will do."""
    if warned:
        return "threat"
    if condition is not None:
        if _UNLESS.search(condition.quote) or clause.predicate in _HARM:
            return "threat"
        return "offer" if _OTHERS.search(condition.quote) else "promise"
    return "promise"


_OTHERS = re.compile(r"\b(?:you|they|he|she|[A-Z][a-z]+|(?:the|its|his|her|their)\s+(?:\w+\s+)?(?:government|"
                     r"company|council|union|owners?|workers?|parties|sides?|firm))\b")  # fmt: skip
"""Somebody else in a condition: what is given for what he does is an offer."""


# --------------------------------------------------------------------------- what an outlet tells

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


def _narrated(line: Line, known: Known) -> Pledge | None:
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
    return _pledge(
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
        if caused and _CAUSED.search(line.text):
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
    if not _TERM.search(text):
        return None
    found = _TERM.search(text)
    binding = next((c for c in line.clauses if c.told == "must" and not c.negative), None)
    if (
        found is not None
        and found.group(0).lower().startswith(("must", "ha"))
        and ("until" not in found.group(0).lower())
    ) and binding is None:
        return None
    published = known.articles[line.article_id].published.earliest
    if not any(
        (_UNTIL.search(_before(d, line)) or _GIVES_TIME.search(_before(d, line)))
        and _ahead(d, published)
        for d in _dates(line, known)
    ):
        return None
    gives = next((c for c in line.clauses if fold_loose(c.word) in ("gave", "gives", "give")), None)
    if gives is not None and _GIVES.search(text):
        below = next((c for c in line.clauses if c.start > gives.start and c.told == "bare"), None)
        if below is not None and (gives.doers or gives.doer_ids):
            return "demand", below, gives
    return "deadline", binding or _asked(line), None


_GIVES = re.compile(
    r"\b(?:gave|gives|give)\s+((?:[\w'’-]+\s+){1,6}?)(?:(?:until|till)\b|(?:\w+\s+)?(?:hours?|days?|weeks?|months?)\s+to\b)",
    re.IGNORECASE,
)
"""Who gives another a term to do something in demands it; the words between are those who are to do it."""
_GIVES_TIME = re.compile(r"\b(?:gave|gives|give|given)\s+(?:[\w'’-]+\s+){1,5}$", re.IGNORECASE)


_IF = re.compile(r"\b(?:if|unless|provided(?:\s+that)?|as\s+long\s+as|in\s+case)\b[^,;.:!?”\"]*")


def _condition_of(line: Line, known: Known) -> Citation | None:
    """The words of a condition in what an outlet tells."""
    version = known.versions[line.version_id]
    low, high = line.citation.start or 0, line.citation.end or 0
    found = _IF.search(version.text, low, high)
    if found is None or not any(c.told == "if" for c in line.clauses):
        return None
    return cite(version, found.start(), found.start() + len(found.group(0).rstrip()))


# --------------------------------------------------------------------------- parts of both

_GIVEN = re.compile(r"\b(?:gave|given|gives|has|have|had|was|were)\b.{0,60}?\b(?:until|till)\b")
"""Who gives another until Friday is not the one who is to act."""

_TIMES = frozenset(
    "afternoon monday tuesday wednesday thursday friday saturday sunday januari februari march april may june "
    "juli august septemb octob novemb decemb morn even night midnight noon onc today tomorrow week "
    "month year day spring summer autumn winter date deadlin hour easter christma ramadan".split()
)
"""Keys of time: two lines that share a weekday do not speak of one thing."""


def matter_of(keys: Sequence[str]) -> frozenset[str]:
    """Keys that name what is done and to what: no words of pledging or of time."""
    speech = tables()["speech"]
    return frozenset(k for k in keys if k not in _TIMES and k not in speech)


def _pledge(
    line: Line,
    statement: Statement | None,
    act: str,
    what: Citation,
    who: ClaimHolder | None,
    condition: Citation | None,
    hinge: frozenset[str],
    clause: Clause | None,
    known: Known,
    *,
    never: bool,
) -> Pledge | None:
    matter = matter_of([k for k, _ in line.keys if k not in hinge or statement is not None])
    if not matter:
        return None
    deadline, apart = (Bounds(), False) if never else _deadline(line, statement, condition, known)
    named = frozenset(k for k, _ in name_keys(who.name, "group")) if who else frozenset()
    if statement is not None and act not in ("demand", "deadline"):
        named |= _beside_name(statement, known.versions[line.version_id].text)
    ids = {who.actor_id} if who and who.actor_id else set()
    binds_other = act in ("demand", "deadline")
    gives = _GIVES.search(line.text)
    if gives is not None:
        given = set(words(gives.group(1)))
        doers = {k for k, w in line.keys if fold_loose(w) in given} - _TIMES
    else:
        doers = set(clause.doers) - _TIMES if clause and not _GIVEN.search(line.text) else set()
    return Pledge(
        line=line,
        statement=statement,
        act=act,
        what=what,
        who=who,
        condition=condition,
        hinge=frozenset(k for k in hinge if k not in _TIMES),
        deadline=deadline,
        apart=apart,
        clause=clause,
        matter=matter,
        own=frozenset(doers if binds_other else doers | named),
        own_ids=frozenset(
            (set(clause.doer_ids) if clause and gives is None else set())
            | (set() if binds_other else ids)
        ),
        never=never,
        hinge_due=_hinge_due(line, condition, known),
        families=_families(line, statement, condition, clause, known),
    )


def _hinge_due(line: Line, condition: Citation | None, known: Known) -> str | None:
    """The day by which a condition is to come about; None if it names none or several."""
    if condition is None or condition.start is None or condition.end is None:
        return None
    text = known.versions[line.version_id].text
    published = known.articles[line.article_id].published.earliest
    found = {
        bounds.latest
        for d in known.dates.get(line.version_id, ())
        if d.citation.start is not None
        and condition.start <= d.citation.start < condition.end
        and _BY.search(text[max(0, d.citation.start - 40) : d.citation.start])
        and (bounds := _ahead(d, published)) is not None
    }
    return found.pop() if len(found) == 1 else None


_BESIDE_AFTER = re.compile(
    r"\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?)|,\s+(?:the\s+|a\s+)?([^,.;:!?\n]{3,50}),"
)
_BESIDE_BEFORE = re.compile(
    r"(?:^|[.,;:!?“”\"\n]\s*|\bthe\s+|\ba\s+)((?:[\w’'-]+\s+){1,4})$", re.IGNORECASE
)


def _titles(statement: Statement, text: str) -> list[str]:
    """The words right before and right behind a speaker's name that say who that is."""
    cited = statement.speaker.citation if statement.speaker is not None else None
    if cited is None or cited.start is None or cited.end is None:
        return []
    found = []
    before = _BESIDE_BEFORE.search(text[max(0, cited.start - 60) : cited.start])
    if before is not None:
        found.append(before.group(1))
    after = _BESIDE_AFTER.match(text, cited.end)
    if after is not None:
        found.append(after.group(1) or after.group(2))
    found.append(text[cited.start : cited.end])
    return found


def _beside_name(statement: Statement, text: str) -> frozenset[str]:
    """Keys of the words that say who the speaker is: "council leader" before the name, "Nordvinge" behind
    "the airline", ", who leads the union," behind a name."""
    said = [w for title in _titles(statement, text) for w in words(title)]
    found = (key_of(w.removesuffix("'s").removesuffix("’s")) for w in said)
    common = stop_words() | _TIMES
    return frozenset(k for k in found if k and k not in common and k not in tables()["speech"])


def _families(
    line: Line,
    statement: Statement | None,
    condition: Citation | None,
    clause: Clause | None,
    known: Known,
) -> frozenset[str]:
    """The families of the deed, by the words of what is pledged without those of its condition."""
    text = known.versions[line.version_id].text
    low, high = (condition.start or 0, condition.end or 0) if condition is not None else (0, 0)
    for start, end in _spans(statement, line):
        said = text[start:end]
        if start <= low < end:
            said = said[: low - start] + " " * (min(high, end) - low) + said[high - start :]
        if found := families_of(said, start, clause):
            return found
    return frozenset()


def _dates(line: Line, known: Known) -> list[DateExpression]:
    low, high = line.citation.start or 0, line.citation.end or 0
    return [
        d
        for d in known.dates.get(line.version_id, ())
        if d.citation.start is not None and low <= d.citation.start < high
    ]


def _before(date: DateExpression, line: Line) -> str:
    """The words of a line that stand before a date in it."""
    offset = (date.citation.start or 0) - (line.citation.start or 0)
    return line.citation.quote[max(0, offset - 40) : max(0, offset)]


_BY = re.compile(
    r"\b(?:by|before|until|till|within|from|beginning(?:\s+on)?|starting(?:\s+on)?|"
    r"no\s+later\s+than|not\s+later\s+than)\s+(?:the\s+)?(?:\w+\s+on\s+)?$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]\s|\n")


def _spans(statement: Statement | None, line: Line) -> list[tuple[int, int]]:
    cited = statement.content if statement is not None else (line.citation,)
    return [(c.start, c.end) for c in cited if c.start is not None and c.end is not None]


def _deadline(
    line: Line, statement: Statement | None, condition: Citation | None, known: Known
) -> tuple[Bounds, bool]:
    """The day named in what is pledged, or behind it after "by" in the same sentence; else the day in
    its condition after "by" (and True). Unknown if there is none or several."""
    text = known.versions[line.version_id].text
    spans = _spans(statement, line)
    if not spans:
        return Bounds(), False
    last = spans[-1][1]
    stop = _STOP.search(text, last)
    behind = (last, min(last + 60, stop.start() if stop else len(text)))
    hinge = (condition.start or 0, condition.end or 0) if condition is not None else (0, 0)
    inside: list[DateExpression] = []
    last_days: list[DateExpression] = []
    hung: list[DateExpression] = []
    for date in known.dates.get(line.version_id, ()):
        at = date.citation.start
        if at is None:
            continue
        by = bool(_BY.search(text[max(0, at - 40) : at]))
        before = text[max(0, at - 60) : at]
        if date.type == "DURATION" and not (
            _WITHIN.search(before) or (_GIVES_TIME.search(before) and _GIVES.search(line.text))
        ):
            continue
        if hinge[0] <= at < hinge[1]:
            hung += [date] if by else []
        elif (
            any(low <= at < high for low, high in spans) or (behind[0] <= at < behind[1] and by)
        ) and not _BINDS_BEFORE.search(text[max(0, at - 40) : at]):
            inside.append(date)
            last_days += [date] if by else []
    said = statement.said.latest if statement is not None else None
    said = said or known.articles[line.article_id].published.earliest
    for dates, apart in ((last_days, False), (inside, False), (hung, True)):
        later = [found for d in dates if (found := _ahead(d, said)) is not None]
        if len({(d.earliest, d.latest) for d in later}) == 1:
            return later[0], apart
    term = _NAMED_TERM.search(text, spans[0][0], behind[1])
    if term is not None and not hinge[0] <= term.start() < hinge[1]:
        named = term.group(1)
        return Bounds(text=named, basis=f"no day could be read from ‘{named}’"), False
    return Bounds(), False


_NAMED_TERM = re.compile(r"\b(?:by|before|until)\s+((?:Easter|Christmas|Ramadan|Passover|Pentecost|"
                         r"spring|summer|autumn|winter|harvest)(?:\s+\d{4})?)\b")  # fmt: skip
"""Terms that have no day on every calendar: named in words, so that a later line can name them."""
_BINDS_BEFORE = re.compile(
    r"\b(?:promised|pledged|vowed|demanded|threatened|said|offered|agreed|announced|warned|ordered|told)\s+"
    r"(?:late\s+|early\s+)?on\s+$",
    re.IGNORECASE,
)
"""A day right behind the act is the day of binding: "promised on Monday to pay"."""

_WITHIN = re.compile(
    r"\b(?:within|in\s+less\s+than|no\s+later\s+than)\s+(?:the\s+next\s+)?$", re.IGNORECASE
)
_LENGTH = re.compile(r"P(\d{1,3})([DWM])")
_WEEKDAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def _ahead(date: DateExpression, said: str | None) -> Bounds | None:
    """The bounds of a deadline; None if it lies before the day of the saying.

    "Within ten days" is counted from that day. A weekday after "by" that the tense of its clause put
    in the past ("unless it was mended by Tuesday") is the next one.
    """
    text, earliest, latest, basis = date.citation.quote, date.earliest, date.latest, date.basis
    if date.type == "DURATION":
        length = _LENGTH.fullmatch(date.value or "")
        if length is None or said is None:
            return None
        days = int(length.group(1)) * {"D": 1, "W": 7, "M": 30}[length.group(2)]
        end = shift_days(said, days)
        return Bounds(earliest=said[:10], latest=end, text=text, basis=f"counted from {said[:10]}")
    if date.type not in ("DATE", "TIME") or earliest is None or latest is None:
        return None
    if said is not None and day_of(latest) < day_of(said):
        moved = shift_days(latest, 7)
        if not _WEEKDAYS.search(text) or day_of(moved) < day_of(said):
            return None
        earliest, latest, basis = moved, moved, "the next such weekday: a deadline lies ahead"
    return Bounds(earliest=earliest, latest=latest, text=text, basis=basis)
