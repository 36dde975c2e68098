"""Which reader a capture goes to."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.errors import LimitExceeded
from onrecord.extract import readings
from onrecord.gazetteer import load_outlets
from onrecord.pipeline import STAGES
from onrecord.records import Article, Capture, Reading, Version
from onrecord.run.memory import MemoryCaptures, build_in_memory, capture_of
from onrecord.stage import Group

HTML = b"<html><body><h1>Fog over Osk</h1><p>The ferry stays in port until the fog lifts, the line said on Monday.</p></body></html>"


def read(data: bytes, media_type: str, options: readings.Options | None = None) -> list[Reading]:
    capture = capture_of("in/fog", data, media_type=media_type)
    resources = {
        "captures": MemoryCaptures({hashlib.sha256(data).hexdigest(): data}),
        "outlets": load_outlets(),
    }
    group = Group({Capture: (capture,)})
    return list(readings.work(group, options or readings.Options(), resources))


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/xhtml+xml", "text/html; charset=utf-8"]
)
def test_pages_are_read_without_their_tags(media_type: str) -> None:
    (reading,) = read(HTML, media_type)
    assert reading.text.startswith("Fog over Osk\n\nThe ferry stays")
    assert reading.capture_path == "in/fog"


@pytest.mark.parametrize("media_type", ["text/plain", "application/pdf", "application/json"])
def test_decoded_texts_go_to_the_reader_of_texts(media_type: str) -> None:
    (reading,) = read(
        b"Fog over Osk\n\nThe ferry <b>stays</b> in port until the fog lifts, the line said.\n",
        media_type,
    )
    assert "<b>stays</b>" in reading.text


@pytest.mark.parametrize("media_type", ["text/vtt", "application/x-subrip"])
def test_transcripts_keep_their_time_codes_beside_the_text(media_type: str) -> None:
    (reading,) = read(
        b"1\n00:00:01.000 --> 00:00:02.000\nThe ferry <b>stays</b> in port.\n", media_type
    )
    (block,) = reading.blocks
    assert reading.text == "The ferry stays in port."
    assert (block.begins, block.ends) == ("00:00:01.000", "00:00:02.000")


def test_silence_of_the_length_an_option_gives_begins_a_paragraph() -> None:
    cues = b"00:01.000 --> 00:02.000\nFog.\n\n00:04.000 --> 00:05.000\nStill fog.\n"
    (one,) = read(cues, "application/x-subrip")
    (two,) = read(cues, "application/x-subrip", readings.Options(pause=2))
    assert (one.text, two.text) == ("Fog. Still fog.", "Fog.\n\nStill fog.")


def test_a_feed_tells_of_reports_and_is_none() -> None:
    feed = b"<rss><channel><item><title>Fog over Osk</title><link>https://a.example/fog</link></item></channel></rss>"
    (item,) = read(feed, "application/rss+xml")
    assert (item.kind, item.text, item.title) == ("feed", "", "Fog over Osk")


def test_a_capture_over_the_limit_is_unreadable_and_named_with_the_limit() -> None:
    capture = capture_of("in/fog", HTML, media_type="text/html")
    resources = {"captures": MemoryCaptures({capture.sha256: HTML}), "outlets": load_outlets()}
    found = readings.work(Group({Capture: (capture,)}), readings.Options(largest=50), resources)
    reading = next(found)
    assert (reading.kind, reading.text, reading.title, reading.blocks) == (
        "unreadable",
        "",
        None,
        (),
    )
    (left,) = reading.left_out
    assert (left.capture_start, left.capture_end) == (0, len(HTML))
    assert left.reason == f"too large to read: {len(HTML)} characters, the limit is 50"
    with pytest.raises(
        LimitExceeded, match=r"in/fog: too large to read: \d+ characters, the limit is 50 \(raise"
    ):
        next(found)


def test_a_page_over_a_limit_stays_in_the_record_beside_the_others_and_is_told_at_every_build() -> (
    None
):
    log = b"The ferry stays in port.\n" * 50_001
    rows = [
        (capture_of("in/log.txt", log), log),
        (capture_of("in/fog.html", HTML, media_type="text/html"), HTML),
    ]
    shelf, reports = build_in_memory(rows, STAGES, until="articles")
    line = "in/log.txt: too many lines: 50,001, and no report has more than 50,000"
    for _ in range(2):
        assert [why.partition(" (")[0] for r in reports for _, why in r.failed] == [line]
        assert sorted(r.kind for r in shelf.all(Reading)) == ["article", "unreadable"]
        assert sorted(a.path for a in shelf.all(Article)) == ["in/fog.html", "in/log.txt"]
        (version,) = shelf.all(Version)
        assert version.text.startswith("Fog over Osk")
        _, reports = build_in_memory(rows, STAGES, until="articles", shelf=shelf)
