"""Revision pages as text."""

from __future__ import annotations

from onrecord.extract.text_capture import read_text
from onrecord.gazetteer.outlets import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of

OUTLETS = load_outlets()
FRAME = """This report is from the source 'independent' and was first seen on . Its last change is 12 days old.
The current article is at its original source http://paper.example/news/ferry-1.html
The article has changed 3 times.
Version 0 | Version 1 |
---|---|
"""


def read(source: str) -> Reading:
    return read_text(capture_of("x.txt", source.encode()), source, OUTLETS)


def test_frame_gives_source_address_and_count() -> None:
    reading = read(
        FRAME
        + "Ferry runs aground near Veldt | |\n(about 9 hours later) | |\nA ferry ran aground on Monday. | |\n"
    )
    assert (reading.outlet, reading.announced_versions) == ("Independent", 3)
    assert reading.url == "http://paper.example/news/ferry-1.html"
    assert reading.title == "Ferry runs aground near Veldt"
    assert reading.text == "Ferry runs aground near Veldt\n\nA ferry ran aground on Monday."
    assert reading.published.earliest is None
    assert reading.missing[0] == "Version 0 is named, its own text is not held"
    assert any(left.reason == "time between two versions" for left in reading.left_out)


def test_of_two_wordings_the_newer_is_read_and_the_older_named() -> None:
    source = FRAME + "Ferry runs aground | |\nNine were hurt. | Ten were hurt. |\n"
    reading = read(source)
    assert "Ten were hurt." in reading.text
    assert "Nine were hurt." not in reading.text
    (older,) = [left for left in reading.left_out if "older wording" in left.reason]
    assert source[older.capture_start : older.capture_end] == "Nine were hurt."
    assert older.reason == "older wording, of Version 0"


def test_when_it_was_first_seen_bounds_publication_from_above() -> None:
    reading = read(
        FRAME.replace("seen on .", "seen on 3 May 2019.") + "Ferry runs aground | |\nIt sank. | |\n"
    )
    assert (reading.published.earliest, reading.published.latest) == (None, "2019-05-03")


def test_a_table_alone_is_no_revision_page() -> None:
    reading = read("Version 0 | Version 1 |\n---|---|\nred | blue |\n")
    assert reading.announced_versions is None
