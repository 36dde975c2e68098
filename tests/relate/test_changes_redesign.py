"""A site changes its template between two captures, both read by the same reader: that is no edit of the
report, and what was edited meanwhile is found all the same. On every invented site."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.extract.articles import versions_of
from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.records import Change, Version
from onrecord.relate.changes import Options, work
from onrecord.run.memory import capture_of
from onrecord.stage import Group

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from invented_pages import TEMPLATES, page
from invented_reports import REPORTS

OUTLETS = load_outlets()
CHOSEN = {r.slug: r for r in REPORTS if r.slug in ("lock-gates", "dam-report", "tram-strike")}
EDITS = {
    "lock-gates": ("Around 140 barges", "Around 170 barges", "number"),
    "dam-report": ("the engineer Tomas Reyl", "the engineer Thomas Reyl", "name"),
    "tram-strike": ("“Nobody got everything", "“Nobody got anything", "quote"),
}


@functools.cache
def version(slug: str, template: str, edited: bool) -> Version:
    source = page(CHOSEN[slug], template, int(edited))
    if edited:
        before, after, _ = EDITS[slug]
        assert source.count(before) >= 1
        source = source.replace(before, after)
    seen = f"2031-07-0{1 + edited}T00:00:00Z"
    capture = capture_of("a.html", source.encode(), media_type="text/html", captured_at=seen)
    (found,) = versions_of([read_html(capture, source, OUTLETS)], None)
    return found


def changes(older: Version, newer: Version) -> Iterator[Change]:
    if older.text != newer.text:
        newer = replace(newer, number=2, article_id=older.article_id)
        yield from work(Group({Version: (older, newer)}), Options(), {})


@pytest.mark.parametrize("slug", list(CHOSEN))
def test_another_template_is_no_edit(slug: str) -> None:
    wrong: list[tuple[str, str, object]] = []
    for a in TEMPLATES:
        for b in TEMPLATES:
            for change in changes(version(slug, a, False), version(slug, b, False)):
                if set(change.labels) - {"template", "cosmetic"}:
                    wrong.append((a, b, change.labels))
                elif change.significance >= 150:
                    wrong.append((a, b, change.basis))
    assert wrong == []


@pytest.mark.parametrize("slug", list(CHOSEN))
def test_an_edit_is_found_behind_another_template(slug: str) -> None:
    label = EDITS[slug][2]
    for a in TEMPLATES:
        for b in TEMPLATES:
            (change,) = changes(version(slug, a, False), version(slug, b, True))
            assert set(change.labels) - {"template", "cosmetic"} == {label}, (a, b)
            assert change.significance >= 650
            telling = [h for h in change.hunks if label in h.labels]
            assert len(telling) == 1
