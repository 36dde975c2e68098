"""By which phrases later reports tell what came of a pledge."""

from __future__ import annotations

import re
from collections.abc import Set

TRANSFER = frozenset("payment give send hand receive award transfer get publish free".split())
"""Predicates by which something changes hands: who pledged to pay has sent, and somebody received."""

CARRIES = frozenset(
    "take come enter begin impos introduc apply appli start carri go make place happen".split()
)
"""Predicates that say of a noun of doing that it was done: "the ban took effect"."""

DONE_NOUN = re.compile(
    r"\b(?:since|after|following|despite)\s+(?:the|its|his|her|their)\s+(imposition|introduction|"
    r"publication|payment|release|closure|reopening|withdrawal|resignation|signing|adoption|delivery|"
    r"deployment|suspension|cancellation|restoration|lifting)\s+of\b[^.;:!?\n]*",
    re.IGNORECASE,
)
"""Nouns that tell an act as done where a sentence takes it for granted: "since the imposition of …"."""

UNSURE = re.compile(r"\b(?:if|would|could|may|might|will|not|no)\b", re.IGNORECASE)
YET = re.compile(r"\b(?:not|n['’]t)\b[^.;]*\byet\b|\bnot\s+yet\b|\byet\s+to\b", re.IGNORECASE)
STILL = re.compile(r"\bstill\b|\bas\s+before\b", re.IGNORECASE)
PASSED = re.compile(
    r"\b(?:passed|expired|lapsed|elapsed|came\s+and\s+went|come\s+and\s+gone|gone\s+by|went\s+by|"
    r"ran\s+out)\b",
    re.IGNORECASE,
)


WITHOUT = re.compile(r"\b(?:without|with\s+no|but\s+no|and\s+no)\b", re.IGNORECASE)


AS_SAID = re.compile(
    r"\bas\s+(?:(?:it|he|she|they|had|been|was|were|previously|first)\s+){0,3}"
    r"(promised|pledged|vowed|agreed|threatened|warned|offered|demanded|announced|ordered)\b",
    re.IGNORECASE,
)
OF_ACT = {
    "threat": "threat", "threats": "threat", "warning": "threat", "ultimatum": "demand deadline threat",
    "promise": "promise", "promises": "promise", "pledge": "promise", "vow": "promise",
    "word": "promise", "commitment": "promise", "undertaking": "promise", "offer": "offer",
    "demand": "demand", "demands": "demand", "deadline": "demand deadline",
    "promised": "promise", "pledged": "promise", "vowed": "promise", "agreed": "promise",
    "threatened": "threat", "warned": "threat", "offered": "offer", "demanded": "demand",
    "announced": "promise threat", "ordered": "demand deadline",
}  # fmt: skip
"""Which acts of pledging a word names."""

NOUNS = r"(?:\w+['’]?s?\s+){0,3}?(threats?|warning|ultimatum|promises?|pledge|vow|word|commitment|" \
         r"undertaking|offer|demands?|deadline)\b"  # fmt: skip
CARRIED = re.compile(
    r"\b(?:made\s+good\s+on|makes\s+good\s+on|carried\s+out|followed\s+through\s+on|kept|keeps|honou?red|"
    r"fulfilled|lived\s+up\s+to|delivered\s+on|bowed\s+to|gave\s+in\s+to|yielded\s+to|complied\s+with)\s+"
    + NOUNS,
    re.IGNORECASE,
)
DROPPED = re.compile(
    r"\b(?:broke|breaks|broken|reneged\s+on|went\s+back\s+on|backed\s+(?:down|off|away)\s+(?:from|on)|dropped|"
    r"abandoned|withdrew|took\s+back|retracted|ignored|ignores|defied|missed|rejected|"
    r"(?:failed\s+to|did\s+not|has\s+not|never)\s+(?:keep|kept|honou?r(?:ed)?|carr(?:y|ied)\s+out|"
    r"ma[dk]e\s+good\s+on|meet|met|follow(?:ed)?\s+through\s+on))\s+" + NOUNS,
    re.IGNORECASE,
)
"""How a report says what came of a pledge by naming it. To withdraw or reject an offer is not to fulfil it;
whoever ignores an ultimatum has not done what it demands."""


SAID_BESIDE = re.compile(
    r"\b(?P<how>as|than|that|which|what)\s+(?:[\w'’-]+\s+){0,5}?(?:had\s+|has\s+|have\s+|was\s+|were\s+)?(?:first\s+)?"
    r"(?P<act>promised|pledged|vowed|threatened|offered|demanded|announced|agreed|ordered|warned)\b",
    re.IGNORECASE,
)
"""A pledge named beside: "later than the governor had promised", "none of the help that the state promised"."""

LET_PASS = re.compile(
    r"\b(?:let|lets|letting|allowed)\s+(?:[\w'’-]+\s+){1,5}?(?:pass|lapse|expire|run\s+out|slip)\b"
    r"|\b(?:misse[sd]|missing|ignore[sd]|defie[sd]|flouted|overran)\s+(?P<own>its\s+own|his\s+own|her\s+own|their\s+own)?"
    r"\s*(?:[\w'’-]+\s+){0,3}?(?:deadline|ultimatum|target)\b",
    re.IGNORECASE,
)
"""Somebody did not do what he was to do by a day."""

GAVE_IN = re.compile(
    r"\b(?:backed\s+down|backs\s+down|climbed\s+down|gave\s+in|gives\s+in|gave\s+way|relented|relents|caved\s+in|"
    r"caves\s+in|bowed\s+to|bows\s+to|yielded|blinked|complied|complies|obeyed|obeys|toed\s+the\s+line)\b",
    re.IGNORECASE,
)
"""Somebody did what another wanted of him: of who threatened it is not done, of who was threatened it is."""

STOOD_FIRM = re.compile(
    r"\b(?:stood|stands|held|holds|remained|remains)\s+firm\b|\brefuse[sd]\s+to\s+(?:budge|give\s+(?:in|way)|back\s+down|"
    r"yield|comply|move|obey)\b|\b(?:did|has|have)(?:\s+not|n['’]t)\s+(?:budged?|give[n]?\s+(?:in|way)|back(?:ed)?\s+down|"
    r"yield(?:ed)?|compl(?:y|ied)|obey(?:ed)?|relent(?:ed)?)\b|\bdug\s+in\s+(?:his|her|its|their)\s+heels\b",
    re.IGNORECASE,
)


_NAMING = (AS_SAID, CARRIED, DROPPED, SAID_BESIDE, LET_PASS, GAVE_IN, STOOD_FIRM)
_NAMED_BY = frozenset(
    "threat threats warning ultimatum promise promises pledge vow word commitment undertaking offer demand demands "
    "deadline target promised pledged vowed agreed threatened warned offered demanded announced ordered let lets letting "
    "allowed backed backs climbed gave gives relented relents caved caves bowed bows yielded blinked complied complies "
    "obeyed obeys toed firm refuse refused refuses budge budged give given back yield comply obey relent heels".split()
)
"""Every phrase by which a pledge is named has one of these words."""
_PASSED_BY = frozenset("passed expired lapsed elapsed came come gone went ran".split())


def names_a_pledge(text: str, words: Set[str]) -> bool:
    """Whether a text names a pledge and says what came of it; `words` are its words, folded."""
    return not words.isdisjoint(_NAMED_BY) and any(p.search(text) for p in _NAMING)


def says_passed(text: str, words: Set[str]) -> bool:
    """Whether a text says of something that it has passed or run out; `words` are its words, folded."""
    return not words.isdisjoint(_PASSED_BY) and PASSED.search(text) is not None
