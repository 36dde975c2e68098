"""Which reader a capture goes to."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.errors import LimitExceeded
from onrecord.extract import readings
from onrecord.gazetteer import load_outlets
from onrecord.records import Capture, Reading
from onrecord.run.memory import MemoryCaptures, capture_of
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


def test_a_capture_over_the_limit_is_named_with_the_limit() -> None:
    with pytest.raises(
        LimitExceeded, match=r"in/fog: too large to read: \d+ characters, the limit is 50 \(raise"
    ):
        read(HTML, "text/html", readings.Options(largest=50))
