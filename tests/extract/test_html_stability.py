"""The same report visited twice has the same text, whatever stands around it: on every invented site."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.extract.html_reading import read_html
from onrecord.gazetteer import load_outlets
from onrecord.run.memory import capture_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from invented_pages import TEMPLATES, page
from invented_reports import REPORTS

OUTLETS = load_outlets()


def text_of(source: str) -> str:
    capture = capture_of("a.html", source.encode(), media_type="text/html")
    return read_html(capture, source, OUTLETS).text


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_two_visits_give_one_text(template: str) -> None:
    for report in REPORTS:
        first, second = (page(report, template, visit) for visit in (0, 1))
        assert first != second
        assert text_of(first) == text_of(second), report.slug
