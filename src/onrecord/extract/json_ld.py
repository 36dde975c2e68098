"""JSON-LD scripts of a page, read as they come: wrapped, glued, escaped twice, cut off, with slips.

Every script is read by itself, so that a damaged one costs nothing but what stands behind its damage.
All is linear in the script: each mend is tried once, and none on scripts beyond `_LARGEST_MENDED`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.extract.html_source import Page
from onrecord.text.entities import unescape

Node = dict[str, Any]

SIDE_KEYS = frozenset(
    "itemlistelement liveblogupdate comment comments citation mentions about ispartof relatedlink "
    "isrelatedto review reviews potentialaction breadcrumb haspart suggestedanswer isbasedon "
    "significantlink publisher sourceorganization".split()
)
"""Keys below which other pages' articles stand."""
_MAX_NESTING = 8
_MOST_NODES = 20_000
"""Objects of one page that are looked at."""
_LARGEST_MENDED = 2_000_000
_LARGEST_SEARCHED = 200_000
"""Code points of a script in which a value that stands in no common form is searched for."""
_CUT_TRIES = 8
_LONGEST_VALUE = 1_000
_LARGEST_QUOTED = 100_000
"""Code points of a script whose stray quotation marks are escaped: bounds a search in a search."""
_PLACES = 20
_REACH_BACK = 80
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[{}\[\],]', re.DOTALL)
_VALUE = re.compile(
    rf'("[\w@-]{{1,40}}"\s*+:\s*+")([^\n]{{0,{_LONGEST_VALUE}}}?)'
    r'(?="\s*+(?:,\s*+"[\w@-]{1,40}"\s*+:|\}|,?\s*+\n|,\s*+\}))'
)
"""A string behind a key, up to a quotation mark behind which the next key or the object's end stands."""
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)(?:"|\Z)', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)


@dataclass(slots=True)
class Script:
    """One script: its range in the source and the values read from it, in order."""

    source: str
    start: int
    end: int
    values: list[Any]

    def locate(self, name: str, value: str) -> tuple[int, int]:
        """The range of a string behind a key, else anywhere in the script, else of the whole script."""
        source, start, end = self.source, self.start, self.end
        first: tuple[int, int] | None = None
        for raw in _written(value):
            at = source.find(f'"{raw}"', start, end)
            for _ in range(_PLACES):
                if at < 0:
                    break
                found = at + 1, at + 1 + len(raw)
                if self._is_behind(name, at):
                    return found
                first = first or found
                at = source.find(f'"{raw}"', at + 1, end)
        if first is None and end - start <= _LARGEST_SEARCHED:
            for match in _STRING.finditer(source, start, end):
                raw = match[1]
                if ("\\" in raw or "\n" in raw or "&" in raw) and _unquoted(raw) == value:
                    return match.span(1)
        if first is None and (at := source.find(value, start, end)) >= 0:
            first = at, at + len(value)
        return first or (start, end)

    def _is_behind(self, name: str, at: int) -> bool:
        """Whether a string at `at` is the value of a key, or the first of its list."""
        before = self.source[max(self.start, at - _REACH_BACK) : at].rstrip()
        before = before[:-1].rstrip() if before.endswith(("[", "{")) else before
        return before.endswith(":") and before[:-1].rstrip().endswith(f'"{name}"')


def _written(value: str) -> list[str]:
    """The forms in which writers of JSON write a string."""
    forms = [value]
    for form in (json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(value)[1:-1]):
        forms += [form, form.replace("/", "\\/")]
    return list(dict.fromkeys(forms))


def _unquoted(raw: str) -> str | None:
    for form in (raw, unescape(raw)):
        try:
            value = json.loads(f'"{form}"', strict=False)
        except ValueError:
            continue
        if isinstance(value, str):
            return value
    return None


def read_scripts(page: Page) -> list[Script]:
    """The JSON-LD scripts of a page that hold anything readable."""
    found = []
    for element in page.scripts:
        if "ld+json" in element.get("type").lower():
            values = read_values(page.source[element.inner : element.end])
            if values:
                found.append(Script(page.source, element.inner, element.end, values))
    return found


def read_values(text: str) -> list[Any]:
    """The objects and lists of one script, glued or single. What cannot be read is passed over."""
    text = text.replace("<![CDATA[", " ")
    text = text[min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=len(text)) :]
    values, failed = _glued(text)
    if failed is None or len(text) > _LARGEST_MENDED:
        return values
    mended = _TRAILING_COMMA.sub(r"\1", text)
    escaped = unescape(mended) if "&quot;" in mended or "&#34;" in mended else mended
    quoted = _escape_quotes(mended) if len(mended) <= _LARGEST_QUOTED else mended
    for attempt in dict.fromkeys((mended, escaped, quoted)):
        again, failure = _glued(attempt)
        if failure is None:
            return again
        values, failed, text = max((values, failed, text), (again, failure, attempt), key=_reach)
    rest = _closed(text, failed)
    return [*values, rest] if rest else values


def _reach(attempt: tuple[list[Any], int, str]) -> tuple[int, int]:
    return len(attempt[0]), attempt[1]


def _glued(text: str) -> tuple[list[Any], int | None]:
    """(values that stand one behind the other, where reading failed or None)."""
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            return values, error.pos
        except RecursionError:
            return values, at
        if isinstance(value, dict | list):
            values.append(value)
        while at < len(text) and text[at] not in "{[":
            at += 1
    return values, None


def _escape_quotes(text: str) -> str:
    """Quotation marks inside a string, escaped: `"headline": "He said "no" again",`."""
    return _VALUE.sub(lambda m: m[1] + _BARE_QUOTE.sub(r'\\"', m[2]), text)


def _closed(text: str, failed: int) -> Any:
    """The value that begins last before a failure, cut before its damage and closed; else None."""
    open_at: list[int] = []
    cuts: list[tuple[int, str]] = []

    def closing() -> str:
        return "".join("}" if text[i] == "{" else "]" for i in reversed(open_at[-64:]))

    for match in _TOKEN.finditer(text, 0, failed):
        sign = match[0]
        if sign in "{[":
            open_at.append(match.start())
        elif sign in "}]":
            if open_at:
                open_at.pop()
        elif sign == "," and open_at:
            cuts.append((match.start(), closing()))
            del cuts[:-_CUT_TRIES]
    start = open_at[0] if open_at else 0
    for at, ending in reversed([*cuts, (failed, closing())]):
        try:
            return json.loads(text[start:at] + ending, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def kinds(node: Node) -> list[str]:
    """The types of an object, without their vocabulary's address."""
    kind = node.get("@type")
    found = kind if isinstance(kind, list) else [kind]
    return [k.rpartition("/")[2] for k in found if isinstance(k, str)]


def is_article(node: Node) -> bool:
    """Whether an object describes a report."""
    return any(k.endswith(("Article", "Posting", "Report", "Review")) for k in kinds(node))


def nodes(scripts: list[Script]) -> list[tuple[Script, Node]]:
    """Every object of all scripts, outermost first, but for those that describe other pages."""
    found: list[tuple[Script, Node]] = []
    for script in scripts:
        for node in _walk(script.values, 0):
            found.append((script, node))
            if len(found) >= _MOST_NODES:
                return found
    return found


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_NESTING:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, inner in value.items():
            if isinstance(inner, dict | list) and name.lower() not in SIDE_KEYS:
                yield from _walk(inner, depth + 1)


def strings(value: Any) -> list[str]:
    """The texts of a value that may be one or a list."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []
