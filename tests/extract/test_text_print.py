"""Print views and reader-mode dumps: the frame is left out, its address is the report's."""

from __future__ import annotations

from onrecord.extract.text_capture import read_text
from onrecord.extract.text_lines import units
from onrecord.extract.text_print import PRINT, print_view
from onrecord.gazetteer.outlets import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of

BODY = """The council of Veldt voted on Monday to close the old bridge to lorries after cracks were found in two piers.

Engineers had asked for more time, but the mayor said that nobody should wait for an accident.
"""


def read(source: str, url: str | None = None) -> Reading:
    return read_text(capture_of("x.txt", source.encode(), url=url), source, None, load_outlets())


def test_a_print_view_tells_its_address() -> None:
    source = f"""Printed from https://paper.example/bridge
Print this page

Bridge at Veldt closed to lorries

{BODY}
URL: https://paper.example/bridge?print=1
Close window
"""
    reading = read(source)
    assert reading.url == "https://paper.example/bridge"
    assert [source[s.start : s.end] for s in reading.evidence["url"]] == [reading.url]
    assert reading.title == "Bridge at Veldt closed to lorries"
    assert reading.text.startswith("Bridge at Veldt")
    assert reading.text.endswith("for an accident.")
    assert {x.reason for x in reading.left_out} == {PRINT}


def test_a_known_address_is_not_replaced() -> None:
    reading = read(
        f"Printed from https://other.example/x\n\n{BODY}", "https://paper.example/bridge"
    )
    assert reading.url == "https://paper.example/bridge"
    assert "url" not in reading.evidence


def test_what_a_browser_prints_at_the_edge_of_a_page() -> None:
    lines = units(
        f"14/03/2014, 09:30 Bridge closed - The Paper\n\n{BODY}\nhttps://paper.example/bridge 1/2"
    )
    found, printed = print_view(lines)
    assert sorted(found) == [0, len(lines) - 1]
    assert printed is not None
    assert printed.url == "https://paper.example/bridge"


def test_a_reader_mode_dump() -> None:
    found, printed = print_view(
        units(f"https://paper.example/b\nBridge closed\n3-4 minutes\n{BODY}")
    )
    assert sorted(found) == [0, 2]
    assert printed is not None


def test_an_address_in_a_report_is_its_text() -> None:
    source = f"Bridge closed\n\n{BODY}\nhttps://town.example/notice\n"
    assert print_view(units(source)) == ({}, None)
    assert "town.example" in read(source).text
