"""What the line model looks at: the shape of a line and of its neighbours, as names of yes/no features.

No feature is a word of a report: besides shape there are only the words that pages say of themselves
(`text_words.FURNITURE`). Whole numbers throughout, so that the same page gives the same features on
every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.extract.text_furniture import (
    COMMENTS,
    RELATED,
    SIGN_UP,
    TRUNCATED,
    is_prose,
    word_count,
)
from onrecord.extract.text_lines import Unit
from onrecord.extract.text_words import FURNITURE
from onrecord.text.folding import fold_loose

_WIDTHS = (1, 3, 6, 9, 14, 22, 40)


def _bucket(value: int, limits: Sequence[int]) -> int:
    return next((i for i, limit in enumerate(limits) if value <= limit), len(limits))


def _shape(unit: Unit) -> str:
    """One of prose, line, cut, item: running text, a short sentence, a cut one, anything else short."""
    if is_prose(unit):
        return "prose"
    if TRUNCATED.search(unit.text) and word_count(unit) >= 6:
        return "cut"
    if unit.ends_sentence and word_count(unit) >= 4:
        return "line"
    return "item"


def _own(unit: Unit) -> list[str]:
    count = word_count(unit)
    names = [f"words:{_bucket(count, _WIDTHS)}", f"shape:{_shape(unit)}"]
    if unit.mark:
        names.append("mark:number" if unit.mark[0].isdigit() else "mark:bullet")
    commas = sum(unit.text.count(c) for c in ",،、")
    if commas:
        names.append("comma:many" if commas > 1 else "comma:one")
    cased = [w for w in unit.words if w[0].isalpha() and w[0].lower() != w[0].upper()]
    capital = sum(w[0].isupper() for w in cased)
    if len(cased) >= 2:
        names.append(f"capitals:{_bucket(100 * capital // len(cased), (20, 45, 75, 99))}")
        if all(w.isupper() for w in cased):
            names.append("upper")
    digits = sum(c.isdigit() for c in unit.text)
    if digits * 4 > len(unit.text):
        names.append("digits:many")
    elif digits:
        names.append("digits:some")
    if any(c in "|»›→•·©" for c in unit.content):
        names.append("separators")
    if any(c in '"“”«»„' for c in unit.text):
        names.append("quotes")
    if unit.text.rstrip()[-1:] == ":":
        names.append("colon")
    if unit.text[-1:] == "?":
        names.append("question")
    hits = sum(fold_loose(w) in FURNITURE for w in unit.words)
    if hits:
        names.append(f"furniture:{min(hits, 3)}:{'long' if count > 14 else 'short'}")
    if "@" in unit.text or "http" in unit.text or "www." in unit.text:
        names.append("address")
    return names


def features(units: Sequence[Unit], certain: Mapping[int, str]) -> list[list[str]]:
    """For every unit the names of its features. `certain` are units known to be furniture."""
    count = len(units)
    shapes = ["gone" if i in certain else _shape(u) for i, u in enumerate(units)]
    sizes = [len(u.text) if shapes[i] == "prose" else 0 for i, u in enumerate(units)]
    whole = sum(sizes)
    everything = sum(len(u.text) for u in units) or 1
    by_indent: Counter[int] = Counter()
    for unit, size in zip(units, sizes, strict=True):
        by_indent[unit.indent] += size
    main = max(sorted(by_indent), key=lambda k: by_indent[k]) if whole else 0
    seen: Counter[str] = Counter(u.text for u in units)
    runs = _runs(shapes)
    share = _bucket(100 * whole // everything, (30, 60, 80, 92))
    result: list[list[str]] = []
    passed = 0
    after_related = after_comments = False
    for i, unit in enumerate(units):
        names = _own(unit)
        shape = shapes[i]
        for distance in (1, 2):
            for side, at in (("before", i - distance), ("after", i + distance)):
                names.append(f"{side}{distance}:{shapes[at] if 0 <= at < count else 'edge'}")
        window = sum(sizes[max(0, i - 4) : i]), sum(sizes[i + 1 : i + 5])
        names.append(
            f"near:{_bucket(window[0], (0, 200, 700))}{_bucket(window[1], (0, 200, 700))}:{shape}"
        )
        names.append(f"run:{_bucket(runs[i], (0, 1, 3, 7))}:{shape}")
        if whole:
            done, rest = 100 * passed // whole, 100 * (whole - passed - sizes[i]) // whole
            names.append(f"passed:{_bucket(done, (0, 4, 20, 80, 95))}:{shape}")
            names.append(f"rest:{_bucket(rest, (0, 4, 20, 80))}:{shape}")
            names.append(
                f"indent:{_bucket(100 * by_indent[unit.indent] // whole, (0, 8, 40))}:{shape}"
            )
            if unit.indent != main:
                names.append("deeper" if unit.indent > main else "shallower")
        names.append(f"share:{share}:{shape}")
        if seen[unit.text] > 1:
            names.append(f"repeated:{shape}")
        if unit.blank_before and unit.blank_after:
            names.append(f"alone:{shape}")
        elif not unit.blank_before and not unit.blank_after:
            names.append(f"joined:{shape}")
        if after_related:
            names.append(f"behind-related:{shape}")
        if after_comments:
            names.append(f"behind-comments:{shape}")
        passed += sizes[i]
        if passed * 4 > whole:
            after_related = after_related or certain.get(i) in (RELATED, SIGN_UP)
            after_comments = after_comments or certain.get(i) == COMMENTS
        result.append(names)
    return result


def _runs(shapes: Sequence[str]) -> list[int]:
    """For every unit how many units in a row around it are short or gone."""
    lengths = [0] * len(shapes)
    start = 0
    for i in range(len(shapes) + 1):
        if i == len(shapes) or shapes[i] in ("prose", "line"):
            for k in range(start, i):
                lengths[k] = i - start
            start = i + 1
    return lengths
