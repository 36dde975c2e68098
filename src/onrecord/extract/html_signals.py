"""What a page says of its own completeness, and whether it is a report at all.

A consent wall, a login form, an error page and an empty page are captures too: they are read as what
they are and never become a version of the report they stand in for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.extract.html_blocks import Line
from onrecord.records import CaptureSpan

SHORT = 400
"""A report of fewer letters and digits is looked at for signs that it is none."""

_ERROR = re.compile(
    r"\b(?:page (?:can(?:no|['’])t be|could(?:n['’]t| not) be|was not|not) found|(?:error|http) ?(?:40[0-9]|41[0-9]|50[0-9])|"
    r"40[34] (?:-|–|:|error|not found|forbidden)|404|access denied|forbidden|just a moment|attention required|are you a robot|"
    r"verify (?:that )?you are (?:a )?human|checking your browser|enable javascript and cookies|bad gateway|service unavailable|"
    r"temporarily unavailable|internal server error|gateway time-?out|no longer (?:available|exists)|has been (?:removed|deleted)|"
    r"not available in your (?:region|country)|unavailable (?:for legal reasons|in your)|seite (?:wurde )?nicht gefunden|"
    r"page (?:introuvable|non trouv[ée]e)|p[áa]gina no encontrada|too many requests)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:before you continue|we (?:and our partners )?(?:value|respect|care about) your privacy|your privacy (?:choices|matters)|"
    r"accept (?:all )?cookies|cookie (?:consent|settings|policy)|we use cookies|manage (?:your )?(?:consent|preferences)|"
    r"consent to|zustimmung|einwilligung|datenschutzeinstellungen|consentement|aceptar (?:todas )?(?:las )?cookies)\b",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:(?:log|sign) ?in (?:to|with|or)|log ?in|sign ?in|forgot(?:ten)? (?:your )?password|create (?:an|your) account|"
    r"already (?:have an account|a subscriber)|register to|anmelden|se connecter|iniciar sesi[óo]n)\b",
    re.IGNORECASE,
)
_VERSIONS = (
    re.compile(r"\bversions?\s+\d{1,3}\s+(?:of|/)\s+(?P<n>\d{1,3})\b", re.IGNORECASE),
    re.compile(
        r"\b(?P<n>\d{1,3})\s+(?:saved |known |archived )?versions? of this (?:article|page|story|report)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bthis (?:article|page|story|report) has (?:had )?(?P<n>\d{1,3}) (?:versions|revisions)\b",
        re.IGNORECASE,
    ),
)
_UPDATES = re.compile(
    r"\b(?:updated|changed|edited|revised) (?P<n>\d{1,2}|once|twice|three|four|five) ?(?:times?)?(?: since(?: it was)? (?:first )?(?:published|publication))?\b",
    re.IGNORECASE,
)
_NUMBERS = {"once": 1, "twice": 2, "three": 3, "four": 4, "five": 5}
_PAGE = re.compile(
    r"\b(?:page|seite|página|pagina)\s+(?P<at>\d{1,2})\s+(?:of|von|de|di|sur|/)\s+(?P<of>\d{1,2})\b",
    re.IGNORECASE,
)
_REST_PAID = re.compile(
    r"\b(?:subscribe|log in|sign in|register|become a (?:member|subscriber))\b[^.]{0,40}\b(?:to (?:continue|keep) reading|to read (?:the )?(?:full|rest|more|this)|for full access)"
    r"|\bthis (?:article|content|story) is (?:for|available to|reserved for|only available to) (?:our )?(?:subscribers|members)\b"
    r"|\bto (?:continue|keep) reading\b[^.]{0,60}\b(?:subscribe|log in|sign in|register)\b",
    re.IGNORECASE,
)
_LONGEST_STATEMENT = 200


def page_kind(
    title: str | None, kept: Sequence[str], every: Iterable[str], status: int | None, passwords: int
) -> str:
    """article, or why the page is none: error, login, consent, empty.

    `kept` are the texts of its blocks, `every` those of all its lines. A page with a report's worth
    of text is an article whatever its words.
    """
    letters = sum(map(len, kept))
    if status is not None and status >= 400:
        return "error"
    if letters >= SHORT:
        return "article"
    head = " ".join([title or "", *kept])
    if _ERROR.search(head):
        return "error"
    everything = " ".join([head, *every])[:4000]
    if not everything.strip():
        return "empty"
    if passwords or _LOGIN.search(title or ""):
        return "login"
    if _CONSENT.search(head) or (letters < 100 and _CONSENT.search(everything)):
        return "consent"
    if letters < 200 and _LOGIN.search(head):
        return "login"
    body = sum(map(len, kept[1:])) if title else letters
    if not body:
        return "error" if _ERROR.search(everything) else "empty"
    return "article"


def announced_versions(lines: Sequence[Line]) -> tuple[int | None, tuple[CaptureSpan, ...]]:
    """How many versions a page says there were, with the lines that say it; the largest number counts."""
    best: int | None = None
    spans: list[CaptureSpan] = []
    for line in lines:
        if len(line.text) > _LONGEST_STATEMENT:
            continue
        found = [int(m["n"]) for pattern in _VERSIONS for m in pattern.finditer(line.text)]
        if not line.kind:
            for m in _UPDATES.finditer(line.text):
                counted = _NUMBERS.get(m["n"].lower()) or (int(m["n"]) if m["n"].isdecimal() else 0)
                if counted and ("time" in m[0].lower() or m["n"].lower() in ("once", "twice")):
                    found.append(counted + 1)
        found = [n for n in found if 1 <= n <= 500]
        if found:
            best = max([*found, best or 0])
            spans.append(CaptureSpan(start=line.run.start, end=line.run.end))
    return best, tuple(spans[:5])


def missing_parts(lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[CaptureSpan, ...]]:
    """What the page says exists and this capture does not hold: further pages, a part for subscribers."""
    notes: dict[str, CaptureSpan] = {}
    for line in lines:
        if len(line.text) > 300 or line.kind:
            continue
        span = CaptureSpan(start=line.run.start, end=line.run.end)
        if (
            (match := _PAGE.search(line.text))
            and 1 < int(match["of"]) <= 50
            and int(match["at"]) <= int(match["of"])
        ):
            notes.setdefault(f"the page says it is page {match['at']} of {match['of']}", span)
        elif _REST_PAID.search(line.text):
            notes.setdefault("the page says that the rest is for subscribers", span)
    return tuple(notes), tuple(notes.values())
