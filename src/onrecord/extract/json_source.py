"""JSON with the place of every value in its source, also of a source that is cut off.

Python's json gives values without places. Strings are read by its own scanner, so that escapes mean
the same here as there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]

_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")


DEEPEST = 200
"""Lists and objects inside one another; what is deeper is not read, and json.loads gives up as well."""
MOST = 1_000_000
"""Values that are read: about 200 MB."""


class Literal(str):
    """A number, `true`, `false` or `null`, as written."""


@dataclass(slots=True)
class Node:
    """A value and where it stands: a text without its quotation marks. `whole` is False for a list or
    object whose end is missing: it holds what stands before the cut."""

    value: str | Literal | list[Node] | dict[str, Node]
    start: int
    end: int
    whole: bool = True

    def text(self) -> str | None:
        """The value, if it is a text."""
        is_text = isinstance(self.value, str) and not isinstance(self.value, Literal)
        return str(self.value) if is_text else None

    def members(self) -> Mapping[str, Node]:
        """The members of an object; none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """The items of a list; none of anything else."""
        return self.value if isinstance(self.value, list) else []


def scan(source: str) -> Node | None:
    """The value that a source holds, of a damaged one what stands before the damage; None if there is
    nothing. A text or literal that is cut off is left out, and so is a name without a value.

    A repeated name's last value counts, as with json.loads. What is deeper than DEEPEST or more than
    MOST values counts as damage.
    """
    open_nodes: list[Node] = []
    names: list[str] = []
    root: Node | None = None
    at = _after_space(source, 1 if source.startswith("\ufeff") else 0)
    expects_value = True
    count = 0
    while at < len(source) and len(open_nodes) <= DEEPEST and count < MOST:
        char = source[at]
        if not expects_value:
            top = open_nodes[-1]
            if char == ",":
                at = _after_space(source, at + 1)
                if isinstance(top.value, dict):
                    named = _name(source, at)
                    if named is None:
                        break
                    names[-1], at = named
                expects_value = True
                continue
            if char != ("}" if isinstance(top.value, dict) else "]"):
                break
            node = _close(open_nodes, names, at + 1)
            at = _after_space(source, at + 1)
        elif char in "[{":
            count += 1
            node = Node([] if char == "[" else {}, at, len(source), whole=False)
            _add(open_nodes, names, node)
            root = root or node
            open_nodes.append(node)
            names.append("")
            at = _after_space(source, at + 1)
            if source[at : at + 1] == ("]" if char == "[" else "}"):
                expects_value = False
                continue
            if char == "{":
                named = _name(source, at)
                if named is None:
                    break
                names[-1], at = named
            continue
        else:
            simple = _simple(source, at)
            if simple is None:
                break
            node, at = simple
            count += 1
            _add(open_nodes, names, node)
            root = root or node
            at = _after_space(source, at)
        expects_value = False
        if not open_nodes:
            break
    return root


def _after_space(source: str, at: int) -> int:
    match = _SPACE.match(source, at)
    return match.end() if match else at


def _name(source: str, at: int) -> tuple[str, int] | None:
    """A member's name, and where its value begins."""
    if source[at : at + 1] != '"':
        return None
    try:
        name, at = scanstring(source, at + 1)
    except ValueError:
        return None
    at = _after_space(source, at)
    return (name, _after_space(source, at + 1)) if source[at : at + 1] == ":" else None


def _simple(source: str, at: int) -> tuple[Node, int] | None:
    """A text or literal, and where it ends."""
    if source[at] == '"':
        try:
            value, end = scanstring(source, at + 1)
        except ValueError:
            return None
        return Node(value, at + 1, end - 1), end
    match = _ATOM.match(source, at)
    return (Node(Literal(match[0]), at, match.end()), match.end()) if match else None


def _add(open_nodes: list[Node], names: list[str], node: Node) -> None:
    if open_nodes:
        into = open_nodes[-1].value
        if isinstance(into, dict):
            into[names[-1]] = node
        elif isinstance(into, list):
            into.append(node)


def _close(open_nodes: list[Node], names: list[str], end: int) -> Node:
    names.pop()
    node = open_nodes.pop()
    node.end, node.whole = end, True
    return node
