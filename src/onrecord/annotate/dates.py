"""Version -> DateCandidate: time expressions and the day each means by this version alone.

Found by a grammar over the text (date_words, date_grammar, date_rules); the stored parse decides
what a look-alike is and which way a sentence points (date_direction). Relative expressions count
from the article's day of publication, else from its dateline; where neither is known they stay
underspecified (`XXXX-WXX-7`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from onrecord.annotate.date_direction import direction_of, events_of
from onrecord.annotate.date_grammar import Found, scan
from onrecord.annotate.date_rules import rules
from onrecord.annotate.date_tense import Direction
from onrecord.annotate.date_values import (
    At,
    Context,
    Plain,
    Quarter,
    Spoken,
    Value,
    directional,
    evaluate,
    weekday_of,
)
from onrecord.annotate.date_words import tokens
from onrecord.records import Article, DateCandidate, Sentence, Version
from onrecord.stage import Group, Resources
from onrecord.text.citing import cite
from onrecord.text.ids import make_id
from onrecord.text.instants import bounds_of, day_of, normalise
from onrecord.text.tree import Tree


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the date_candidates stage."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day relative expressions count from, or None, and where it is from."""

    day: date | None
    why: str


def anchor_of(article: Article | None) -> Anchor:
    """The article's local day of publication as written, else its dateline's day.

    A publication known only within bounds of more than a day is no anchor.
    """
    if article is None:
        return Anchor(None, "publication date unknown")
    low, high = article.published.earliest, article.published.latest
    if low and high and low[:10] == high[:10]:
        return Anchor(day_of(low), f"publication on {low[:10]}")
    dateline = normalise(article.dateline.date or "")
    if dateline:
        return Anchor(day_of(dateline), f"the dateline of {dateline[:10]}")
    return Anchor(None, "publication date unknown")


_ONLY_JOINS = re.compile(
    r"[\s,(]*(?:at|around|about|shortly after|just after|just before)?\s*", re.IGNORECASE
)


class Sentences:
    """The sentences of a version by offset, with their trees made on demand."""

    def __init__(self, version: Version, sentences: tuple[Sentence, ...]) -> None:
        self._text = version.text
        self._rows = sorted(sentences, key=lambda s: s.start)
        self._starts = [s.start for s in self._rows]
        self._trees: dict[int, Tree] = {}

    def at(self, offset: int) -> Sentence | None:
        """The sentence an offset stands in, or the last one before it."""
        i = bisect_right(self._starts, offset) - 1
        return self._rows[i] if i >= 0 else None

    def tree(self, sentence: Sentence) -> Tree:
        if sentence.number not in self._trees:
            self._trees[sentence.number] = Tree(self._text, sentence)
        return self._trees[sentence.number]


def work(group: Group, options: Options, resources: Resources) -> Iterator[DateCandidate]:
    """All time expressions of one version, in order of the text."""
    version = group.one(Version)
    articles = group.all(Article)
    anchor = anchor_of(articles[0] if articles else None)
    sentences = Sentences(version, group.all(Sentence))
    context, spoken = Context(anchor.day), 0
    for block in version.blocks:
        for found in scan(tokens(version.text, block.start, block.end), rules()):
            sentence = sentences.at(found.start)
            tree = sentences.tree(sentence) if sentence and found.start < sentence.end else None
            if not plausible(version.text, found, tree, block.kind):
                continue
            if tree and indefinite(tree, found):
                found = replace(
                    found, meaning=Plain("DATE", _unspecific(found), "no particular day")
                )
            way = Direction(None, "")
            if tree and directional(found.meaning):
                way = _direction(tree, found, block.kind)
            number = sentence.number if sentence else 0
            here = replace(context, direction=way.way)
            if isinstance(found.meaning, At) and isinstance(found.meaning.day, Spoken):
                # A clock time alone belongs to the day named right before it, or to none.
                near = _ONLY_JOINS.fullmatch(version.text, spoken, found.start)
                here = replace(here, day=context.day if near else None)
            value = evaluate(found.meaning, here)
            context = _remember(context, value)
            if _day_in(value):
                spoken = found.end
            about = events_of(tree, found.start, found.end) if tree and _day_like(value) else ()
            yield _candidate(version, number, found, value, way, anchor, about)


def indefinite(tree: Tree, found: Found) -> bool:
    """`on a Tuesday`: any such day. "a Tuesday meeting" and "a busy Tuesday" are particular."""
    if weekday_of(found.meaning) is None:
        return False
    inside = tree.tokens_in(found.start, found.end)
    behind = inside[-1] + 1 if inside else 0
    article = bool(inside) and inside[0] > 0 and tree.words[inside[0] - 1].lower() == "a"
    return article and (behind >= len(tree) or tree.pos[behind] not in ("NOUN", "PROPN", "ADJ"))


def _unspecific(found: Found) -> str | None:
    return evaluate(found.meaning, Context(None)).value


def _direction(tree: Tree, found: Found, block: str) -> Direction:
    """The sentence's direction, where it is strong enough for what it has to decide.

    A present tense says which weekday is meant, but little of which October; a quarter that is
    reported on is over unless the verb is in the future.
    """
    way = direction_of(tree, found.start, found.end, block)
    if isinstance(found.meaning, Quarter) and way.way == "after" and "future" not in way.why:
        return Direction(None, "")
    if way.weak and weekday_of(found.meaning) is None:
        return Direction(None, "")
    return way


def _day_like(value: Value) -> bool:
    """A day, or one that only lacks its year or week."""
    return (
        value.type in ("DATE", "TIME") and value.value is not None and value.value.count("-") >= 2
    )


def _day_in(value: Value) -> str | None:
    """The day of a DATE or TIME value, if it has one."""
    if value.type not in ("DATE", "TIME") or not value.anchored:
        return None
    low, high = bounds_of(value.value)
    return low[:10] if low and high and low[:10] == high[:10] else None


def _remember(context: Context, value: Value) -> Context:
    """What the text has spoken of by now: a quarter, a day, a year."""
    if value.type not in ("DATE", "TIME") or not value.value or not value.anchored:
        return context
    if "-Q" in value.value and value.value[0] != "X":
        if "before the quarter" in value.why:
            return context
        return replace(context, quarter=value.value)
    if day := _day_in(value):
        return replace(context, day=day, year=day[:4])
    if value.value[:4].isdigit() and not value.why.startswith("a year before"):
        return replace(context, year=value.value[:4])
    return context


def _side(value: str | None, anchor: date | None) -> str | None:
    """Which side of the anchor a value lies on wholly."""
    low, high = bounds_of(value)
    if value in ("PAST_REF", "FUTURE_REF"):
        return "before" if value == "PAST_REF" else "after"
    if anchor is None or not low or not high:
        return None
    day = anchor.isoformat()
    return "before" if high[:10] < day else "after" if low[:10] > day else None


def _basis(found: Found, value: Value, way: Direction, anchor: Anchor) -> str:
    """Why, in plain words."""
    parts = [value.why]
    if way.way or way.why:
        parts.append(way.why)
    elif value.anchored and directional(found.meaning):
        parts.append("no tense to go by")
    if not value.anchored and way.way:
        parts.append(f"the sentence points {'ahead' if way.way == 'after' else 'back'}")
    text = ": ".join(part for part in parts[:2] if part) + "".join(f"; {p}" for p in parts[2:])
    if anchor.day and "publication" in text and not anchor.why.startswith("publication"):
        text += f"; counted from {anchor.why}"
    return text


def _candidate(
    version: Version,
    number: int,
    found: Found,
    value: Value,
    way: Direction,
    anchor: Anchor,
    about: tuple[str, ...],
) -> DateCandidate:
    return DateCandidate(
        id=make_id("dc", version.id, "date", found.start, found.end),
        version_id=version.id,
        article_id=version.article_id,
        sentence=number,
        type=value.type,
        value=value.value,
        direction=way.way
        or (None if directional(found.meaning) else _side(value.value, anchor.day)),
        anchored=value.anchored,
        weekday=weekday_of(found.meaning),
        about=about,
        basis=_basis(found, value, way, anchor),
        citation=cite(version, found.start, found.end),
    )


# ------------------------------------------------------------------------------- look-alikes


_NOT_DAYS = frozenset(
    "black good bloody super ash cyber holy palm easter maundy whit shrove".split()
)
_TITLES = frozenset(
    "ledger gazette standard journal observer independent chronicle star record review times telegraph "
    "mail mirror express herald post tribune news world sun people life live market school agreement "
    "accord club group".split()
)
_GROUPS = frozenset(
    "brigade movement alliance group front coalition party battalion street square avenue martyrs bridge "
    "committee force regiment division".split()
)


def plausible(text: str, found: Found, tree: Tree | None, block: str = "paragraph") -> bool:
    """False for names that only hold a date ("Sunday Ledger", "March 9 Brigade", "June Harrow")."""
    if found.rule == "length" and block not in ("title", "deck", "heading"):
        unit = text[found.start : found.end].split()[-1]
        if unit[0].isupper() and not unit.isupper():
            return False
    before = text[max(0, found.start - 24) : found.start].split()
    after = text[found.end : found.end + 24].split()
    next_word = after[0].strip(".,;:'’s\"”)").lower() if after else ""
    if found.rule in ("weekday", "weekday alone", "weekdays"):
        if before and before[-1].lower() in _NOT_DAYS and before[-1][:1].isupper():
            return False
        if (
            next_word in _TITLES
            and after[0][:1].isupper()
            and text[found.end : found.end + 1] == " "
        ):
            return False
    if found.rule in ("month day", "day month") and next_word in _GROUPS and after[0][:1].isupper():
        return False
    return tree is None or _parsed_plausible(tree, found)


def _parsed_plausible(tree: Tree, found: Found) -> bool:
    inside = tree.tokens_in(found.start, found.end)
    if not inside:
        return True
    first, last = inside[0], inside[-1]
    if found.rule == "month" and len(inside) == 1:
        word = tree.words[first]
        if tree.ents[first].endswith("PERSON") or tree.tags[first] in ("MD", "VB", "VBD", "VBP"):
            return False
        head = tree.heads[first]
        if tree.deps[first] == "compound" and head == last + 1 and tree.pos[head] == "PROPN":
            return False
        if word in ("March", "May") and (
            first == 0 or tree.tags[first - 1] not in ("IN", "TO", "CC", "VBD", ",")
        ):
            return False
    if found.rule == "year" and len(inside) == 1:
        return _is_year(tree, first)
    return True


def _is_year(tree: Tree, i: int) -> bool:
    """A four-digit number that counts nothing: "2000 people", "about 1900 of them" are no years."""
    if (
        i + 1 < len(tree)
        and tree.tags[i + 1] == "NNS"
        and tree.deps[i] == "nummod"
        and not tree.words[i + 1][0].isupper()
    ):
        return i > 0 and tree.words[i - 1].lower() in ("the", "in", "since", "for", "its", "their")
    return not (
        i > 0
        and tree.words[i - 1].lower()
        in ("about", "some", "nearly", "almost", "roughly", "room", "flight", "no.", "number")
    )
