"""Whether the words over a statement bind anybody: not what is only thought of, wished, advised or shown.

A statement's act is read off its words; of those that are a threat, a promise, an offer or a demand by their words
some bind nobody: a river threatens to burst its banks, an analyst offers a view, a speaker should demand, a party
wants to win.
"""

from __future__ import annotations

import re

from onrecord.records import Clause, Line, Statement
from onrecord.relate.commitments_deeds import mentions
from onrecord.relate.commitments_parts import BY, Known, before_date, condition_of, dates_in
from onrecord.relate.commitments_sides import SELF
from onrecord.text.folding import fold_loose, words

NO_CHOICE = re.compile(
    r"\bno\s+(?:other\s+)?(?:choice|option|alternative|way)\s+but\s+to\b", re.IGNORECASE
)
"""Who has no choice but to do something does it."""
RULED_OUT = re.compile(r"\brul(?:e|es|ed|ing)\s+out\b", re.IGNORECASE)
"""Who rules something out pledges that it will not be."""

_THINGS = frozenset(
    "fire blaze flame river flood floodwater water storm hurricane rain snow wind wave lava landslide avalanche heat drought "
    "frost virus disease illness epidemic outbreak crisis recession inflation film movie book novel album song show series "
    "exhibition concert festival season match game race contest weather forecast share stock price market currency economy "
    "work job task day night week month year decade summer winter autumn spring century ad advert advertisement resolution "
    "bill law rule rules criteria criterion ethics remedy remedies original version draft text paper hearing trial debate "
    "release publication effort call comment words idea trend protest-song dispute conflict war row scandal delay damage crack "
    "study survey poll score result figure data evidence experience history past future situation move measure decision deal "
    "strike walkout stoppage shutdown blockade boycott ban tariff sanctions vote election mountain volcano sea tide ocean harvest road bridge building roof wall".split()
)
"""Nouns of what cannot bind itself: "the blaze threatened to reach the village", "the film promises to be a hit"."""
_HARMS = frozenset(
    "strike fine sue ban attack expel arrest sack revoke cutoff veto boycott blockade demolish retaliate cancel "
    "fast resign leave close delete fire".split()
)


def harms(families: frozenset[str]) -> bool:
    """Whether deeds of these families are done to somebody's harm: pledged on a condition they are threats."""
    return bool(families & _HARMS)


_HEAD = re.compile(
    r"\s+(?:of|on|in|at|to|for|from|by|with|about|against|that|which|who|now)\b.*$", re.IGNORECASE
)

_NOT_YET = re.compile(
    r"^to\b|\b(?:must|should|ought|may|might|could|would\s+have|can|if|whether|potentially|possibly|likely|when|"
    r"will\s+(?:\w+\s+)?(?:offer|promise|demand|threaten|call|urge|ask))\b",
    re.IGNORECASE,
)
"""Words in a cue by which the act itself is only thought of: "should demand", "might threaten"."""
_GOES_ON = re.compile(
    r"\b(?:continue[sd]?|continuing|on|began|begun|proceeded|appeared|seemed|rose|wrote|came)\s+$",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:stop(?:s|ped)?\s+short\s+of|declin(?:e|es|ed|ing)\s+to|refus(?:e|es|ed|ing)\s+to|fail(?:s|ed|ing)?\s+to|den(?:y|ies|ied)|"
    r"instead\s+of|rather\s+than|without|never|(?:has|had|have|did|does|do|is|was|are|were)(?:\s+not|n['’]t)|"
    r"no\s+one|nobody|avoid(?:s|ed)?)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Words before a cue by which the act was not done: "stopped short of calling on him to cancel"."""

_OFFERS = re.compile(r"\boffer(?:s|ed|ing)?\b", re.IGNORECASE)
_WORDS = frozenset(
    "insight insights analysis assessment explanation explanations view views glimpse look comment comments criticism praise "
    "detail details specifics vision opinion opinions revelation revelations clue clues hint hints defence defense testimony "
    "evidence perspective summary prayer prayers condolences congratulations thanks sympathy prospect advice guidance "
    "description account accounts version excuse excuses apology apologies reason reasons argument arguments observation "
    "reminder proposal speech speeches answer answers response support suggestion suggestions idea ideas story example examples "
    "tribute encouragement reassurance lesson lessons estimate forecast prediction confidence diversity choice alternative "
    "opportunity opportunities chance opening course courses tour tours service services comfort hope".split()
)
"""Nouns of words, views and prospects: who offers one has given it, and binds himself to nothing."""
_AGAIN = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|yearly|regularly|always|usually|often|(?:mon|tues|wednes|thurs|fri|satur|sun)days|"
    r"weekends)\b",
    re.IGNORECASE,
)
"""What happens again and again is no single offer: "offers tours on Sundays"."""

_WISHES = re.compile(
    r"\b(?:wants?|wanted|wanting|hop(?:e|es|ed|ing)|wish(?:es|ed)?|fear(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|attempt\w*|think(?:s|ing)?|"
    r"thought|believ\w+|expect\w*|consider\w*|seek(?:s|ing)?|sought|determined|persuad\w+|likes?|liked|aim(?:s|ed)?)\b",
    re.IGNORECASE,
)
_PLANS = re.compile(r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|committed)\b", re.IGNORECASE)
"""Words of an outlet for what somebody has in mind: a plan binds only with a day that it names."""
_NAMES_ACT = re.compile(
    r"\b(?:promis|pledg|vow|sw[eo]re?|guarant|assur|threat|warn|undert|commit|word)", re.IGNORECASE
)
_NEVER_PLEDGED = frozenset(
    "forget be remember regret know feel believ love think hope see understand".split()
)

_THREATENS = re.compile(r"\bthreat(?:en|ens|ened|ening|s)?\b", re.IGNORECASE)
_ACTIONS = re.compile(
    r"\b(?:action|actions|step|steps|measures?|sanctions?|retaliation|revenge|reprisals?|force|violence|war|lawsuits?|legal|strikes?|"
    r"consequences|punishment|walkout|stoppages?|resignation|veto|boycott|impeachment|death|fines?|closure|dismissal)\b",
    re.IGNORECASE,
)
"""What is threatened itself; of "threatens the savings of millions" nobody threatens anything."""

_ORDERS = re.compile(
    r"\b(?:demand\w*|insist\w*|order(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?\s+(?:\w+\s+){0,2}(?:for|on|upon)|ultimatum|press(?:es|ed|ing)?|pressur\w+|"
    r"appeal(?:s|ed|ing)?|claim(?:s|ed|ing)?|warn(?:s|ed|ing)?|want(?:s|ed|ing)?|g(?:ive|ives|ave|iven))\b",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\b(?:demand\w*|insist\w*|ultimatum)\b", re.IGNORECASE)
_WEAK = re.compile(
    r"\b(?:want(?:s|ed|ing)?|press(?:es|ed|ing)?|claim(?:s|ed|ing)?|warn(?:s|ed|ing)?|g(?:ive|ives|ave|iven))\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:now|immediately|at\s+once|without\s+delay|forthwith|right\s+away|instantly)\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:must|ha(?:s|ve)\s+(?:got\s+)?to)\b(?!\s+have\b)", re.IGNORECASE)
_ADVICE = re.compile(r"\b(?:should|ought|needs?\s+to|need\s+to)\b", re.IGNORECASE)
_GENERAL = re.compile(r"\b(?:you|we|i|one|people|us|let['’]s|everyone|everybody)\b", re.IGNORECASE)
_OR = re.compile(
    r"\bor\s+(?:else\b|(?:we|i|it|they|he|she)\b|(?:face|be|lose|risk)\s)", re.IGNORECASE
)


def void(line: Line, statement: Statement, act: str, clause: Clause | None, known: Known) -> bool:
    """Whether a statement binds nobody, though its words are those of `act`; `clause` tells what is to be done."""
    cue = statement.cue.quote if statement.cue is not None else ""
    if _a_thing(line, statement, known) or _unmade(line, statement, cue, known):
        return True
    said = " ".join(c.quote for c in statement.content)
    if statement.act == "offer":
        return _no_offer(statement, cue, said)
    if statement.act == "threaten":
        named = clause is not None or bool(_ACTIONS.search(said)) or bool(mentions(said))
        named = named or re.search(r"\bwith\b", said) is not None
        return bool(_THREATENS.search(cue)) and not named
    if statement.act == "demand":
        return _no_demand(line, cue, said, clause, known)
    if act in ("promise", "threat"):
        return _no_promise(line, statement, cue, said, clause, known)
    return False


def _a_thing(line: Line, statement: Statement, known: Known) -> bool:
    """Whether who speaks is no person and no body: a film, a fire, a law."""
    speaker = statement.speaker
    if speaker is None or line.person:
        return False
    at = speaker.citation.start if speaker.citation is not None else None
    before = known.versions[line.version_id].text[max(0, at - 12) : at] if at is not None else ""
    beside = words(before)[-1:] if before.endswith(" ") else []
    return is_thing(speaker.name) or bool(beside and beside[0] in _THINGS)


_ARTICLE = re.compile(r"(?:The|An?|This|These|His|Her|Its|Their|Our)\b")


def is_thing(name: str) -> bool:
    """Whether a name is that of a thing that binds nobody."""
    written = name[:1].isupper() and not _ARTICLE.match(name)
    if written and (len(name.split()) == 1 or name.istitle()):
        return False
    head = words(_HEAD.sub("", name))[-1:]
    return bool(head) and (head[0] in _THINGS or head[0].removesuffix("s") in _THINGS)


def _unmade(line: Line, statement: Statement, cue: str, known: Known) -> bool:
    """Whether the act is only thought of, or was not done."""
    at = statement.cue.start if statement.cue is not None else None
    before = known.versions[line.version_id].text[max(0, at - 45) : at] if at is not None else ""
    before = re.split(r"[.!?]\s|\n", before)[-1]
    if _NOT_YET.search(cue) and not (cue.lower().startswith("to ") and _GOES_ON.search(before)):
        return True
    return bool(_NOT_DONE.search(before))


def _due(line: Line, known: Known) -> bool:
    """Whether a line names a last day."""
    return any(BY.search(before_date(d, line)) for d in dates_in(line, known))


def _no_offer(statement: Statement, cue: str, said: str) -> bool:
    if not _OFFERS.search(cue) or re.match(r"[\W_]*to\b", said):
        return False
    opening = set(words(said)[:7])
    if (opening and words(said)[0] in ("what", "how", "why")) or len(opening) < 2:
        given = any(m.noun for m in mentions(said)) and not opening & _WORDS
        return not (given or any(c.isdigit() for c in said))
    return bool(opening & _WORDS) or bool(_AGAIN.search(statement.citation.quote))


def _no_promise(
    line: Line, statement: Statement, cue: str, said: str, clause: Clause | None, known: Known
) -> bool:
    if _WISHES.search(cue):
        return True
    if re.search(r"\bundert(?:ook|akes?|aken)\b", cue, re.IGNORECASE):
        return not re.match(r"[\W_]*(?:to|that|not)\b", said)
    if _PLANS.search(cue) and not _due(line, known):
        return True
    plain = not _NAMES_ACT.search(cue)
    told_be = clause is not None and fold_loose(clause.word) in ("be", "trust")
    if statement.act == "promise" and plain and told_be:
        return True
    direct = statement.manner != "indirect"
    return (
        direct
        and clause is not None
        and bool(SELF.search(said))
        and clause.predicate in _NEVER_PLEDGED
    )


def _no_demand(line: Line, cue: str, said: str, clause: Clause | None, known: Known) -> bool:
    """Whether what is called a demand is advice, a wish, a rule or a fragment."""
    pressing = (
        _due(line, known) or condition_of(line, known) is not None or bool(_AT_ONCE.search(said))
    )
    if _FIRM.search(cue) and not re.match(r"[\W_]*\w+[\W_]*$", said):
        return False
    if _ORDERS.search(cue):
        if _WEAK.search(cue) and not pressing:
            return True
        deed = clause is not None and clause.told != "done"
        return not (deed or any(m.noun and m.does for m in mentions(said)) or pressing)
    if re.search(r"\b(?:requires?|required)\b", cue, re.IGNORECASE):
        return True
    if pressing or _OR.search(said):
        return _SELFISH.match(said) is not None
    if _MUST.search(said) and not _ADVICE.search(said) and clause is not None:
        before = said[: max(0, said.find(clause.word))]
        return bool(_GENERAL.search(before)) or not (
            clause.doers or clause.doer_ids or _THEY.search(before)
        )
    return True


_SELFISH = re.compile(r"^[\W_]*(?:i|we)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|he|she|it|the\s+\w+)\b", re.IGNORECASE)
