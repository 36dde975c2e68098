"""Whose deed it is that somebody tells ahead: his own, his side's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from onrecord.records import Citation, Clause, Line, Statement, Version
from onrecord.relate.commitments_parts import BY_WORD, TIMES, Known, titles
from onrecord.relate.keys import name_keys
from onrecord.text.folding import fold_loose, words

_OURS = re.compile(
    r"\b(?:his|her|their|our|its|my)\s+(?:own\s+)?(?:country|nation|government|party|company|firm|union|"
    r"ministry|administration|team|club|city|council|side|people|forces|army|group|members|men|"
    r"troops|soldiers|workers|staff|players|drivers|crews?|fighters|officers|deputies|ministers|supporters)\b",
    re.IGNORECASE,
)
SELF = re.compile(r"\b(?:we|i)\b|\b(?:we|i)['’]ll\b", re.IGNORECASE)
THIRD = re.compile(r"^[\W_]*(?:that\s+)?(?:he|she|it|they)\b", re.IGNORECASE)
"""Words by which somebody tells of himself, quoted and in indirect speech."""
_OFFICE = (
    r"(?:minister|secretary|president|premier|chancellor|spokesman|spokeswoman|spokesperson|chief|"
    r"director|head|leader|chairman|chairwoman|chair|governor|mayor|ambassador|official|commissioner|"
    r"king|queen|general|colonel|admiral|boss|manager|executive|envoy|ministry|government|lawyer|commander|"
    r"attorney|agent|captain|owner|coach|rector|bishop|dean|bureau|board|councillor|prosecutor|sheriff|principal|"
    r"headmaster|headmistress|inspector|judge|trustee|treasurer|curator|superintendent)s?"
)


def holds_office(name: str) -> bool:
    """Whether the words of a name hold an office: "foreign secretary Edith Marlowe"."""
    return re.search(rf"\b{_OFFICE}\b", name, re.IGNORECASE) is not None


def speaks_beside(name: str) -> bool:
    """Whether words name somebody who speaks for those the words around are about: "their union"."""
    return _SPOKESMAN.search(name) is not None


_SPOKESMAN = re.compile(
    r"\b(?:its|their|his|her|the\s+\w+['’]s)\s+(?:\w+\s+)?(?:spokes(?:man|woman|person)|union|association|commissioner|"
    r"minister|secretary|governor|mayor|commander|head|boss|board|council|coach|committee|"
    r"federation|lawyer|agent|manager|leader|president|chairman|chairwoman|party|club|league|company|doctor|sister|"
    r"brother|mother|father|wife|husband|son|daughter|family|office|chief|director|captain|team)\b"
    r"|\bthat\s+(?:union|party|club|company|association|federation|group)\b",
    re.IGNORECASE,
)
"""Somebody who speaks for those the words are about: "they will strike, their union said"."""


def own_side(
    line: Line,
    statement: Statement,
    clause: Clause,
    hung: Citation | None,
    known: Known,
    *,
    harm: bool,
    families: frozenset[str],
) -> bool:
    """Whether who is to act is the speaker, or the side the speaker is shown to speak for. `hung` is the condition
    of the deed, `harm` whether it is done to somebody's harm, `families` the kind of deed."""
    speaker = statement.speaker
    if speaker is None:
        return False
    if speaker.actor_id is not None and speaker.actor_id in clause.doer_ids:
        return True
    content = statement.content[0].quote
    named = {k for k, _ in name_keys(speaker.name, "person" if line.person else "group")}
    doers = {k for k in clause.doers if k not in TIMES}
    if named and named & doers:
        return True
    if statement.manner != "indirect" and SELF.search(content):
        return not doers
    before = content[: max(0, content.find(clause.word))]
    third = statement.manner != "direct" and THIRD.search(content) is not None
    if third and line.person and re.match(r"[\W_]*(?:that\s+)?it\b", content, re.IGNORECASE):
        third = _IT_WOULD.search(content) is None
    if _OURS.search(before) or (third and not clause.doer_ids):
        return True
    if doers & _NATURE:
        return False
    around = _around(statement)
    if _sided(speaker.name, around, before, known) or _DELEGATES.search(speaker.name):
        return True
    if _SPOKESMAN.search(around):
        return bool(doers) or bool(_PRONOUN.search(before))
    if _DECIDES.search(around) and clause.doer_ids:
        return True
    settled = bool(_dated(clause, content)) or hung is not None or bool(WHOEVER.match(content))
    soon = not settled and _IN_TIME.search(content) is not None
    settled = settled or soon or _ALL.match(content) is not None
    if _LAWYERS.search(around) and _CLIENTS.search(before):
        return True
    in_charge = _in_charge(line, statement, known)
    passive = not doers and _PASSIVELY.search(before) is not None
    passive = passive and (statement.act != "warn" or harm or bool(WHOEVER.match(content)))
    if passive and (
        (in_charge and (settled or clause.negative)) or (settled and _DECIDES.search(around))
    ):
        return True
    if in_charge and settled and _GETS.match(content, len(before)):
        return True
    if (
        in_charge
        and settled
        and not (clause.doer_ids and soon)
        and STARTS.match(content, len(before))
    ):
        return True
    if (
        in_charge
        and (settled or clause.negative)
        and _decided(clause, doers, before, around, families)
    ):
        return True
    threatened = hung is not None and (harm or UNLESS.search(hung.quote) is not None)
    if doers and threatened and in_charge:
        return True
    return _speaks_for(speaker.name, clause, known)


def _decided(
    clause: Clause, doers: set[str], before: str, around: str, families: frozenset[str]
) -> bool:
    """Whether the deed of those without a name of their own ("a team would fly", "all flats will be treated"), or of the
    one body that a chief can mean ("the central bank will take it over"), is what who is in charge decides."""
    if not families - _HAPPENS or doers & (_NATURE | _OTHER_WILLS):
        return False
    if _GUESSED.search(before) or _ONLOOKERS.search(around):
        return False
    unnamed = (
        _UNNAMED.match(before) is not None and _CAPITAL.search(before.strip("“\"‘' ")[1:]) is None
    )
    if not clause.doer_ids or unnamed:
        return bool(doers)
    return len(clause.doer_ids) == 1 and _CHIEFS.search(around) is not None


_GUESSED = re.compile(r"\b(?:probably|likely|perhaps|possibly|surely|inevitably)\b", re.IGNORECASE)
_ONLOOKERS = re.compile(
    r"\b(?:analysts?|experts?|observers?|economists?|pollsters?|scientists?|researchers?|historians?|critics?|commentators?|"
    r"reports?|institute|study|survey)\b",
    re.IGNORECASE,
)
"""Who sees from outside what others will do."""
_UNNAMED = re.compile(
    r"[\W_]*(?:[a-z]|(?:The|An?|All|Every|Each|No|Its|Our|Their|Some|Otherwise)\b)"
)
_CAPITAL = re.compile(r"\b[A-Z]")
_HAPPENS = frozenset(
    "fall rise win fail come finish deliver end decide change vote ask raise cut".split()
)
"""Families of what also happens by itself, or is for others to decide."""
_OTHER_WILLS = frozenset(
    "voter peopl custom price cost case turnout econom market suspect defend accus court judg juri trial parliament king "
    "presid president minist minister govern government polic".split()
)
"""Keys of those who decide for themselves, or of what nobody decides."""
_CHIEFS = re.compile(
    r"\b(?:chief\s+executive|chairman|chairwoman|chair|director|manager|managing|boss|owner|governor|head|rector|principal|"
    r"president|treasurer|trustee)\b",
    re.IGNORECASE,
)
_LAWYERS = re.compile(r"\b(?:lawyer|attorney|counsel|barrister|solicitor)s?\b", re.IGNORECASE)
_CLIENTS = re.compile(
    r"\b(?:defen[cs]e|(?:his|her|my|our)\s+client|family|families|plaintiffs?)\s", re.IGNORECASE
)
_ALL = re.compile(r"[\W_]*(?:that\s+)?(?:all|every|each|no|not\s+one|otherwise)\b", re.IGNORECASE)
"""Who speaks of all of them gives his word."""
_DELEGATES = re.compile(
    r"\b(?:delegates?|delegation|representatives?|negotiators?|spokes(?:man|woman|person|people)|palace|chancellery|"
    r"presidency|secretariat|organi[sz]ers?)\b",
    re.IGNORECASE,
)
"""Who speaks for others by what he is called."""
_NEGATION = re.compile(r"\s+(?:not|never|also)(?=\s|$)", re.IGNORECASE)
_IT_WOULD = re.compile(
    r"\bit\s+(?:would|will)(?:n['’]t|\s+not)?\s+(?:be|hurt|help|take)\b", re.IGNORECASE
)
_NATURE = frozenset(
    "storm rain snow wind flood river fire blaze heat drought weather water wave eclips tide temperatur epidem viru".split()
)
"""Keys of what nobody commands."""
WHOEVER = re.compile(
    r"[\W_]*(?:any(?:one|body)?|every(?:one|body)?|whoever|those|all|[A-Za-z]+s)\s+(?:\w+\s+)?(?:who|that|which)\b"
    r"|[\W_]*(?:whoever|any\s+\w+)\b",
    re.IGNORECASE,
)
"""Whoever does something: a condition in the words of its subject."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they)\b", re.IGNORECASE)
_PASSIVELY = re.compile(r"\b(?:be|get)\s+(?:\w+\s+)?$")
_GETS = re.compile(r"(?:get|receive|have\s+access)\b")
"""What somebody is to be given by those in charge."""
STARTS = re.compile(
    r"(?:start|begin|resume|run\s+again|run\s+normally|reopen|open|close|end|stop|go\s+(?:out|ahead|on\s+sale|back)|come\s+into\s+(?:force|effect)|"
    r"take\s+(?:effect|place)|appear|lift|return|stay\s+(?:open|closed|shut)|remain\s+(?:open|closed|shut|in\s+place))\b"
)
"""What a thing does because somebody sees to it: "letters will go out", "production will resume"."""


_IN_TIME = re.compile(
    r"\b(?:next\s+(?:week|month|year|spring|summer|autumn|winter)|in\s+(?:the\s+)?(?:spring|summer|autumn|winter|coming\s+\w+|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)|at\s+once|this\s+(?:week|month|"
    r"year|spring|summer|autumn|winter)|tomorrow|tonight)\b",
    re.IGNORECASE,
)


def _dated(clause: Clause, content: str) -> bool:
    return bool(clause.days) or bool(BY_WORD.search(content))


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
    r"parliament|commission|committee|federation|association|university|hospital|police|army|navy|office|department|line|"
    r"operator|works|group|museum|school|college|ministries|institute|theatre|orchestra|mine|factory|plant|utility|carrier|"
    r"supplier|insurer|foundation|fund|trust|society|church|diocese|cathedral|palace|tribunal|watchdog|regulator|hall|"
    r"authorities|assembly|senate|service|zoo|league|movement|militia|rebels)\b",
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
    before = _NEGATION.sub("", before)
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
    beside = " ".join(titles(statement, text))
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
        loose = _office_beside(doer, last[0], r"\w+")
        if likely := [text for text in texts if loose.search(text)]:
            strict = _office_beside(doer, last[0], _OFFICE)
            if any(strict.search(text) for text in likely):
                return True
    return False


def _office_beside(doer: str, last: str, office: str) -> re.Pattern[str]:
    """What gives somebody of this last name an office of a doer. With any word for `office` it is found
    wherever it is with the offices, and seldom elsewhere: compiling the list of them for every doer
    took a sixth of all that commitments cost, searching with it next to nothing."""
    doer, last = re.escape(doer), re.escape(last)
    return re.compile(
        rf"\b{doer}\w{{0,4}}(?:['’]s?)?\s+(?:[\w-]+\s+){{0,3}}{office}\b"
        rf"[^.;:!?\n]{{0,30}}\b{last}\b"
        rf"|\b{last},\s+(?:who\s+(?:leads|heads|chairs|runs|represents|speaks\s+for)|"
        rf"(?:the\s+|a\s+|its\s+)?(?:\w+\s+){{0,2}}{office}\s+(?:of|for|at))\s+"
        rf"[^.;:!?\n]{{0,40}}?\b{doer}",
        re.IGNORECASE,
    )


def _texts_with(name: str, known: Known) -> Iterator[str]:
    """The texts in which the last word of a name stands."""
    last = name.split()[-1] if name.split() else ""
    return islice((v.text for v in known.versions.values() if last in v.text), _TEXTS)


UNLESS = re.compile(r"\b(?:unless|if\b.*(?:\bnot\b|n['’]t\b|\bfail|\brefus|\bno\b))", re.IGNORECASE)
"""A condition that something is not done."""
