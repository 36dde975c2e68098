"""Furniture that is certain: lines no report has in its text, each with a plain reason.

Only whole lines of fixed forms are named here. What is furniture by its place or company is left to
the line model, so that clean text is never made worse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.extract.text_lines import Unit, remembered
from onrecord.extract.text_times import names
from onrecord.text.folding import fold_loose

NO_WORDS = "no words"
SKIP = "skip link"
CALENDAR = "calendar"
VIDEO = "video player"
SHARE = "share or print"
TAGS = "tag list"
RELATED = "related stories"
SIGN_UP = "newsletter or sign-up"
COMMENTS = "readers' comments"
ADVERTISEMENT = "advertisement"
COPYRIGHT = "copyright notice"
WORD_COUNT = "word count"
STANDARDS = "standards notice"
NOTICE = "notice of the site"
MENU = "menu"

_LINES: tuple[tuple[str, str], ...] = (
    (SKIP, r"(?:\d+[.)] )?(?:skip|jump) (?:to|next|past|navigation|over)\b.{0,80}"),
    (CALENDAR, r"select (?:a )?date|(?:previous|next) month|choose (?:a )?date"),
    (VIDEO, r"\(?\d{1,2}:\d{2}(?::\d{2})?\)?(?: (?:min(?:utes)?|mins))?"),
    (
        VIDEO,
        r"(?:this|your) (?:web )?browser (?:does|do) not support .{0,80}|sorry, your browser .{0,80}",
    ),
    (
        VIDEO,
        r"video player is loading.{0,20}|(?:play|watch|pause) video|now playing|play|unmute|loading video.{0,20}|media playback is .{0,60}",
    ),
    (WORD_COUNT, r"[\d,]{2,7} words|\d{1,3}[- ]min(?:ute)?s?(?: read)?|reading time:? .{0,20}"),
    (
        TAGS,
        r"(?:tags?|topics|keywords|filed under|categories|in this (?:story|article)|more on(?: this)?|schlagworte|themen|etiquetas|mots[- ]cles)\s?:.{0,400}",
    ),
    (TAGS, r"tags|topics|keywords"),
    (
        RELATED,
        r"(?:related|recommended|popular|latest|trending|more|other|most)(?: \w+){0,1} (?:news|stories|story|articles?|content|coverage|links|posts|reading|topics|videos|materials)(?: (?:from|on|in|by|about) .{1,40})?",
    ),
    (
        RELATED,
        r"related|recommended|latest|trending|(?:the )?latest (?:news|headlines)|most (?:read|popular|viewed|shared|recent|commented)(?: .{0,20})?|read (?:more|next|also|on)|see also|also (?:read|see)|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}|more from .{1,40}|don'?t miss|editor'?s (?:picks?|choice)|(?:up|read) next|what to read next|top stories|[\w'’ ]{1,30} top stor(?:y|ies)|next (?:article|story|post)|previous (?:article|story|post)|lesen sie auch.{0,160}|(?:a )?lire aussi.{0,160}|leer mas|mehr zum thema|(?:leia|lea|leggi) (?:tambem|tambien|anche)\b.{0,160}",
    ),
    (
        RELATED,
        r"(?:read (?:more|next|also|on)|see also|also (?:read|see)|related(?: \w+)?|more|watch|listen|don'?t miss|recommended)\s?[:>»].{1,200}",
    ),
    (
        SIGN_UP,
        r"(?:sign up|subscribe|register|click here to (?:subscribe|sign up))(?: .{0,90})?|(?:get|receive) (?:our|the|all the) .{0,60}(?:newsletter|inbox|alerts).{0,40}|enter your e-?mail.{0,60}|already a (?:subscriber|member).{0,40}|log ?in|sign ?in|log ?out|my account|abonnieren|s'abonner|suscribete",
    ),
    (
        SHARE,
        r"(?:follow|like|find|join) us(?: .{0,40})?|share this (?:article|story|page|post|entry|with)(?: .{0,40})?|print(?:er)?[- ]friendly(?: .{0,20})?|follow @\w+|drucken|teilen|imprimer|partager|imprimir|compartir",
    ),
    (
        COMMENTS,
        r"(?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response).{0,60}|\(?\d{0,6}\)? ?comments?(?: ?\(?\d+\)?)?|(?:view|show|read|hide|see|load)(?: all| more)? (?:\d+ )?comments?.{0,30}|comments are (?:closed|moderated|off).{0,80}|join the (?:conversation|discussion).{0,60}|reply|kommentare|commentaires|comentarios",
    ),
    (
        ADVERTISEMENT,
        r"(?:-+ ?)?(?:advertisement|advertising|sponsored(?: content)?|ad|publicidad|publicite|anzeige|werbung)(?: ?-+)?|(?:story|article) continues (?:below|after).{0,40}|continue reading.{0,60}|scroll (?:down )?(?:to|for).{0,40}|advertisement ?[-:].{0,40}|(?:click|tap) (?:here )?to .{0,40}",
    ),
    (
        COPYRIGHT,
        r"(?:©|\(c\) ?\d{4}|copyright)(?:[^a-z].{0,300})?",
    ),
    (STANDARDS, r"our standards ?:.{0,100}"),
    (
        NOTICE,
        r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies.{0,400}|(?:please )?enable (?:javascript|cookies).{0,80}|(?:accept|manage|reject)(?: all)? cookies.{0,40}|cookie (?:policy|settings|preferences).{0,40}|back to (?:the )?top|return to top|top of (?:the )?page|terms (?:of (?:use|service)|& conditions|and conditions)(?: .{0,60})?|privacy (?:policy|notice|statement|settings)(?: .{0,60})?|about us|contact us",
    ),
    (
        MENU,
        r"menu|home|search|navigation|main menu|sections?|close|more|toggle .{0,30}|show more|see more|view more|load more|show less|expand|next|previous|[<>«»‹›←→☰×✕]+ ?(?:back|next|previous|menu|home|close)?|(?:next|previous) (?:page|slide|image|photo)|\d{1,2} (?:of|/) \d{1,3}|home ?[>»/›|].{0,120}",
    ),
)
_LINE = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(_LINES)))
_REASONS = {f"r{i}": reason for i, (reason, _) in enumerate(_LINES)}
_RESERVED = re.compile(
    r".{0,200}\ball rights reserved\b.{0,200}|.{0,60}this material may not be (?:published|reproduced).{0,200}"
)
_ALNUM = re.compile(r"[^\W_]")

_SHARE_WORDS = frozenset(
    "share tweet print email mail save pin post facebook twitter linkedin whatsapp reddit pinterest telegram "
    "flipboard messenger copy link url send comment bookmark gift google plus instagram viber tumblr".split()
)
_SHARE_FILLERS = frozenset(
    "this via on by to in e it a an the article story page friend with friends your pdf text size version and or x".split()
)


def _is_share(unit: Unit) -> bool:
    """Whether a line holds nothing but names of ways to pass it on, counters and what joins them."""
    if unit.count > 24 or unit.ends_sentence:
        return False
    if _SHARE_WORDS.isdisjoint(unit.folded.replace("-", " ").split()):
        return False
    words = re.findall(r"[^\W_]+", unit.folded)
    return any(w in _SHARE_WORDS for w in words) and all(
        w in _SHARE_WORDS or w in _SHARE_FILLERS or w.isdigit() for w in words
    )


_DIGITS = re.compile(r"[\d\s|]+")
_MONTH_YEAR = re.compile(r"(\w{3,12})\.? \d{4}")
_UNSUPPORTED = re.compile(r"(?:this|your) (?:web )?browser (?:does|do) not support")
_DURATION = re.compile(r"\(?\d{1,2}:\d{2}(?::\d{2})?\)?")


@remembered
def certain_reason(unit: Unit) -> str | None:
    """Why a line by itself is furniture; None if it need not be."""
    if not _ALNUM.search(unit.text):
        return NO_WORDS
    if len(unit.text) > 420:
        return None
    if _is_share(unit):
        return SHARE
    raw = fold_loose(unit.content) if unit.mark else unit.folded
    folded = raw.strip(" .:…!>»|-").strip()
    match = _LINE.fullmatch(folded) or (folded != raw and _LINE.fullmatch(raw)) or None
    if match is None:
        reserved = "all rights reserved" in raw or "this material may not be" in raw
        return COPYRIGHT if reserved and _RESERVED.fullmatch(raw) else None
    return _REASONS[str(match.lastgroup)]


def certain(units: Sequence[Unit]) -> dict[int, str]:
    """Index -> reason of all units that are certainly furniture, neighbours considered."""
    found = {i: reason for i, unit in enumerate(units) if (reason := certain_reason(unit))}
    for i, unit in enumerate(units):
        if _is_week(unit):
            found[i] = CALENDAR
            for near in (i - 1, i - 2):
                if near >= 0 and _is_month(units[near]):
                    found[near] = CALENDAR
            after = i + 1
            while after < len(units) and _DIGITS.fullmatch(units[after].text):
                found[after] = CALENDAR
                after += 1
        if unit.text[0] in "(0123456789" and _DURATION.fullmatch(unit.text):
            behind = fold_loose(units[i + 1].text) if i + 1 < len(units) else ""
            if (
                i
                and _UNSUPPORTED.match(behind)
                and len(units[i - 1].words) <= 16
                and not units[i - 1].ends_sentence
            ):
                found[i - 1] = "title of a video"
    found.update(_tail(units, found))
    found.update(_thread(units, found))
    return found


_THREAD_HEAD = re.compile(
    r"\d{1,5} (?:responses?|repl(?:y|ies)|thoughts?|comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti)"
    r" (?:to|on|so far|for|zu|sur|em|en|su|a)\b.{0,160}"
)
_THREAD_ENTRY = re.compile(
    r"(?:\d{1,4}[.)] )?\S.{0,60}? (?:says?|said|wrote|writes|schreibt|sagt|dit|dice|disse|diz|scrive|пишет|говорит)"
    r"(?: (?:on|at|am) .{0,40})?:"
)
_ENTRY_SIGN = re.compile(r"\d{1,2}:\d{2}|\d{4}|\bago\b|^\d{1,4}[.)] ")
_THREAD_SIGN = re.compile(r"\d{1,2}:\d{2}\b|\bago\b|repl(?:y|ies)\b|^\d{1,4}[.)] |\bsays:")


def _thread(units: Sequence[Unit], found: Mapping[int, str]) -> dict[int, str]:
    """A thread of readers' comments: all that follows its heading ("12 responses to ...") or, without
    one, the first of two entries ("Name on 3 May 2017 at 10:41 said:") below the report's text."""
    text = next((i for i, u in enumerate(units) if i not in found and is_prose(u)), None)
    if text is None:
        return {}
    entries: list[int] = []
    for i in range(text + 1, len(units)):
        unit = units[i]
        if len(unit.text) > 200:
            continue
        opens, ends = unit.text[0].isdigit(), unit.text[-1] == ":"
        low = unit.text.lower() if opens or ends else ""
        if opens and _THREAD_HEAD.fullmatch(low):
            signs = sum(
                bool(_THREAD_SIGN.search(u.text[:120].lower())) for u in units[i + 1 : i + 20]
            )
            if signs >= 2:
                return _rest(units, found, i)
        elif ends and _THREAD_ENTRY.fullmatch(low) and _ENTRY_SIGN.search(low):
            entries.append(i)
    return _rest(units, found, entries[0]) if len(entries) >= 2 else {}


def _rest(units: Sequence[Unit], found: Mapping[int, str], start: int) -> dict[int, str]:
    return {i: COMMENTS for i in range(start, len(units)) if i not in found}


def _is_week(unit: Unit) -> bool:
    """Whether a line is the head of a calendar: five words or more, and all but one are weekdays."""
    if len(unit.text) > 120 or not 5 <= unit.count <= 14:
        return False
    words = unit.folded.split()
    return any(map(_is_day, words[:2])) and sum(map(_is_day, words)) >= len(words) - 1


def _is_day(word: str) -> bool:
    word = word.strip(".,")
    return word in _SHORT_DAYS or word in names().weekdays


_SHORT_DAYS = frozenset("m t w f s mo tu we th fr sa su di mi do so l ma me j v d".split())


def _is_month(unit: Unit) -> bool:
    match = _MONTH_YEAR.fullmatch(fold_loose(unit.text))
    return bool(match and match[1] in names().months)


def is_prose(unit: Unit) -> bool:
    """A line that reads as running text: a sentence of ten words or more, or half as long again."""
    return unit.prose


def word_count(unit: Unit) -> int:
    """Words; in scripts without spaces between them two characters count as one."""
    return unit.count


def _tail(units: Sequence[Unit], found: dict[int, str]) -> dict[int, str]:
    """What follows a heading of related stories, where no running text comes after it any more."""
    last = max((i for i, u in enumerate(units) if i not in found and is_prose(u)), default=None)
    if last is None:
        return {}
    for i in range(last + 1, len(units)):
        skipped = found.get(i) == SKIP and "next section" in fold_loose(units[i].text)
        if skipped or found.get(i) in (RELATED, TAGS, COMMENTS):
            reason = RELATED if skipped or found[i] == TAGS else found[i]
            return {
                k: reason
                for k in range(i + 1, len(units))
                if k not in found and not units[k].ends_sentence
            }
    return {}
