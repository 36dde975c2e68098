"""Ranges of a version's text: put in order, trimmed, and closed over the quotations they cut."""

from __future__ import annotations

import re

from onrecord.annotate.quotation import Quoted, Range

_DANGLING = re.compile(r"[\s,;]+(?:and|but|or)[\s,;]*\Z")


def tidy(text: str, parts: list[Range]) -> list[Range]:
    """Ranges in order, overlaps joined, without blanks and commas at their ends."""
    merged: list[Range] = []
    for start, end in sorted(parts):
        while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
            end -= 1
        if match := _DANGLING.search(text, start, end):
            end = match.start()
        if (
            end > start
            and text[end - 1] == "."
            and text[start:end].count(" ")
            and not (end > 2 and text[end - 3] == ".")
        ):
            end -= 1
        if start >= end or not any(c.isalnum() for c in text[start:end]):
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def close_quotations(
    quoted: Quoted, parts: tuple[Range, ...], keep_out: tuple[Range, ...]
) -> tuple[Range, ...]:
    """Ranges that cut a quotation in two take in the whole of it, but nothing of `keep_out`."""
    grown: list[Range] = []
    for start, end in parts:
        grown.append((start, end))
        for a, b, number in quoted.in_range(start, end):
            if a >= start and b <= end:
                if len(quoted.ranges(number)) > 1:
                    grown.extend(quoted.ranges(number))
                continue
            if min(b, end) - max(a, start) < 2:
                continue
            grown.extend(quoted.ranges(number))
    cut: list[Range] = []
    for start, end in grown:
        pieces = [(start, end)]
        for low, high in keep_out:
            pieces = [
                p for a, b in pieces for p in ((a, min(b, low)), (max(a, high), b)) if p[0] < p[1]
            ]
        cut.extend(pieces)
    return tuple(tidy(quoted.text, cut))
