"""Transcripts: what is said, by whom, when; and every character of the file accounted for."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.extract.transcripts import TranscriptOptions, clock, read_transcript
from onrecord.gazetteer.outlets import load_outlets
from onrecord.records import Block, Reading
from onrecord.run.memory import capture_of

OUTLETS = load_outlets()


def read(source: str) -> Reading:
    capture = capture_of("talk.vtt", source.encode(), media_type="text/vtt")
    return read_transcript(capture, source, OUTLETS)


def said(reading: Reading) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind == "paragraph"]


def heard(reading: Reading) -> list[tuple[str | None, str | None]]:
    return [(b.begins, b.ends) for b in reading.blocks if b.kind == "paragraph"]


def out(reading: Reading, source: str) -> list[tuple[str, str]]:
    return [(o.reason, source[o.capture_start : o.capture_end]) for o in reading.left_out]


BRIEFING = """\ufeffWEBVTT - Briefing at Osk harbour
Kind: captions
Language: en-GB

NOTE Date: 2031-03-14

STYLE
::cue { color: red }

REGION
id:low

opening
00:01.000 --> 00:04.500 align:start position:10%
<v Mira Olsen>Good morning. The northern quay
will <i>not</i> reopen

00:04.600 --> 00:06.000
<v Mira Olsen>before Monday &amp; that is final.

00:07.000 --> 00:09.000
<v.loud Jon Hale>Why? <v Mira Olsen>Because of cracks.

NOTE a remark
of the captioner

00:10.000 --> 00:12.000
&gt;&gt; A second question. &gt;&gt; Later.

01:00:20.000 --> 01:00:22.000
- Yes
- No
"""


def test_one_speaker_over_many_cues_is_one_paragraph_with_its_time_codes() -> None:
    reading = read(BRIEFING)
    assert said(reading) == [
        "Mira Olsen: Good morning. The northern quay will not reopen before Monday & that is final.",
        "Jon Hale: Why?",
        "Mira Olsen: Because of cracks.",
        ">> A second question.",
        ">> Later.",
        "- Yes",
        "- No",
    ]
    assert heard(reading)[0] == ("00:00:01.000", "00:00:06.000")
    assert heard(reading)[-1] == ("01:00:20.000", "01:00:22.000")


def test_what_is_not_said_is_left_out_with_its_reason() -> None:
    found = out(read(BRIEFING), BRIEFING)
    assert ("time code", "00:01.000 --> 00:04.500 align:start position:10%") in found
    assert ("cue number", "opening") in found
    assert ("style sheet", "::cue { color: red }") in found
    assert ("region", "id:low") in found
    assert ("note", "of the captioner") in found
    assert ("file header", "Kind: captions") in found
    assert ("speaker named before", "<v Mira Olsen>") in found


def test_title_language_and_day_come_from_the_files_header() -> None:
    reading = read(BRIEFING)
    assert reading.title == "Briefing at Osk harbour"
    assert reading.blocks[0].kind == "title" and reading.text.startswith("Briefing at Osk harbour")
    assert reading.language == "en"
    assert (reading.published.earliest, reading.published.basis) == (
        "2031-03-14",
        "the file's header",
    )
    (span,) = reading.evidence["published"]
    assert BRIEFING[span.start : span.end] == "2031-03-14"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_subrip_is_read_leniently(end: str) -> None:
    """No blank lines between cues, a time that cannot be read, one that runs backwards, font tags."""
    source = end.join(
        (
            "1",
            "00:00:01,000 --> 00:00:02,000",
            "MAYOR VALE: We open",
            "the gate",
            "2",
            "00:00:02,100 --> 00:00:04,000 X1:1 X2:2",
            '{\\an8}<font color="red">at noon.</font>',
            "",
            "3",
            "00:0x:05,000 --> 00:00:07,000",
            "Q: And then?",
            "",
            "",
            "4",
            "00:00:09,000 --> 00:00:08,000",
            "MAYOR VALE: Nothing.",
        )
    )
    reading = read(source)
    assert said(reading) == [
        "MAYOR VALE: We open the gate at noon.",
        "Q: And then?",
        "MAYOR VALE: Nothing.",
    ]
    assert heard(reading) == [
        ("00:00:01.000", "00:00:04.000"),
        (None, None),
        ("00:00:09.000", None),
    ]
    assert ("a time code that cannot be read", "00:0x:05,000 --> 00:00:07,000") in out(
        reading, source
    )
    assert reading.title is None


def test_captions_that_roll_up_are_said_once() -> None:
    source = """WEBVTT

00:00:00.000 --> 00:00:02.000
hello<00:00:00.500><c> and</c><00:00:01.000><c> welcome</c>

00:00:02.000 --> 00:00:02.010
hello and welcome

00:00:02.010 --> 00:00:04.000
hello and welcome
to<00:00:02.500><c> the</c> quay

00:00:04.000 --> 00:00:04.010
to the quay

00:00:04.010 --> 00:00:06.000
to the quay
of<00:00:04.500><c> Osk</c>
"""
    reading = read(source)
    assert said(reading) == ["hello and welcome to the quay of Osk"]
    assert heard(reading) == [("00:00:00.000", "00:00:06.000")]
    repeated = [words for reason, words in out(reading, source) if reason.startswith("repeated")]
    assert repeated == ["hello and welcome", "hello and welcome", "to the quay", "to the quay"]


def test_captions_that_grow_word_by_word_are_said_once() -> None:
    source = cues("The quay", "The quay is shut", "The quay is shut until Monday.", "Crews wait.")
    assert said(read(source)) == ["The quay is shut until Monday. Crews wait."]


def test_what_a_speaker_says_twice_stays_twice() -> None:
    texts = [
        "Never.",
        "Never.",
        "We will not sell.",
        "Not this year.",
        "Nor the next.",
        "Thank you.",
    ]
    source = cues(*texts, "Any questions?", "There are none.")
    assert said(read(source))[0].startswith("Never. Never. We will not sell.")


def cues(*texts: str, pause: int = 0) -> str:
    """SubRip of cues of two seconds each, `pause` seconds apart."""
    step = 2000 + 1000 * pause
    return "\n".join(
        f"{i + 1}\n{clock(i * step)} --> {clock(i * step + 2000)}\n{text}\n"
        for i, text in enumerate(texts)
    )


def test_long_silence_ends_a_paragraph_behind_a_sentence_only() -> None:
    assert said(read(cues("We met in Osk", "on Monday.", "Then we left.", pause=4))) == [
        "We met in Osk on Monday.",
        "Then we left.",
    ]
    assert said(read(cues("We met in Osk", "on Monday.", pause=20))) == [
        "We met in Osk",
        "on Monday.",
    ]


def test_a_long_speech_is_broken_behind_a_sentence() -> None:
    sentences = [f"The ferry made its run number {i} without harm." for i in range(40)]
    found = said(read(cues(*sentences)))
    assert len(found) > 1 and all(text.endswith(".") for text in found)
    assert " ".join(found) == " ".join(sentences)


def test_a_speech_without_any_full_stop_is_broken_all_the_same() -> None:
    found = said(
        read(cues(*["and so we went on along the quay"] * 100)),
    )
    assert max(map(len, found)) < 2 * TranscriptOptions().paragraph + 100


def test_a_subrip_file_may_begin_with_its_title() -> None:
    source = "Briefing on the quay\n\n" + cues("We open on Monday.")
    reading = read(source)
    assert reading.title == "Briefing on the quay"
    assert reading.text == "Briefing on the quay\n\nWe open on Monday."


def test_a_file_with_blank_lines_everywhere_and_no_numbers() -> None:
    source = "\n\n".join(
        ("00:01.0 --> 00:02.0", "One.", "2", "00:00:02.000 --> 00:00:03.000", "Two.", "More.")
    )
    reading = read(source)
    assert said(reading) == ["One. Two. More."]
    assert heard(reading) == [("00:00:01.000", "00:00:03.000")]


def test_a_clock_that_begins_anew_begins_a_paragraph() -> None:
    source = "00:10:00.000 --> 00:10:02.000\nand so on\n\n00:00:01.000 --> 00:00:02.000\nPart two."
    assert said(read(source)) == ["and so on", "Part two."]


def test_arrows_in_speech_are_no_time_codes() -> None:
    source = cues("From A --> B it takes one hour.")
    assert said(read(source)) == ["From A --> B it takes one hour."]


def test_no_cue_is_no_article() -> None:
    reading = read("WEBVTT\n\nNOTE nothing here yet\n")
    assert (reading.kind, reading.text) == ("empty", "")


def test_the_same_file_with_other_line_ends_says_the_same() -> None:
    first = read(BRIEFING)
    second = read(BRIEFING.replace("\n", "\r\n"))
    assert (first.text, heard(first)) == (second.text, heard(second))


# ------------------------------------------------------------------ every character accounted for

LINES = (
    "WEBVTT", "WEBVTT - Quay", "NOTE", "NOTE Title: Fog", "STYLE", "1", "23", "intro", "", "", " ",
    "00:01.000 --> 00:02.000", "00:00:02,000 --> 00:00:03,500 align:end", "00:03 -> 00:04",
    "00:05.000 --> 00:01.000", "99:0x --> 12:34:56", "-->", "Hello there.", "Hello there. And more",
    "<v Mira>Yes", "<v Mira>Yes <v Jon>No", "<v >odd", "<i>so</i>", "a < b & c &amp; d &lt;", "&nbsp;",
    ">> Who? >> Me.", "&gt;&gt; He.", "- Yes", "MAYOR VALE: no", "<00:01.000><c>word</c>", "{\\an8}top",
    "<unclosed", "&#1;", "&#0;", "&#x1F600;&#128512;", "&ampere &notit; &#12345678901234567890;", "naïve\u200b text", "2014",
)  # fmt: skip
files = st.lists(st.sampled_from(LINES), max_size=30).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)


@example("WEBVTT - Quay\nNOTE Title: Fog")
@given(st.one_of(files, files.map(lambda text: "\ufeffWEBVTT\n\n" + text), st.text(max_size=200)))
def test_every_character_is_read_or_left_out_and_every_block_reads_as_its_source(
    source: str,
) -> None:
    reading = read(source)
    assert reading.text == "\n\n".join(reading.text[b.start : b.end] for b in reading.blocks)
    for start, end, low, high in reading.segments:
        shown, raw = reading.text[start:end], source[low:high]
        if len(raw) == len(shown):
            alike = all(a == b or (a.isspace() and b == " ") for a, b in zip(raw, shown))  # noqa: B905
            assert alike or not blank(raw)
        else:
            assert html.unescape(raw) == shown or (raw, shown) == (">", ": ") or not blank(raw)
    seen = [False] * len(source)
    spans = [(b.capture_start, b.capture_end) for b in reading.blocks]
    assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))  # noqa: B905, RUF007
    left = [(o.capture_start, o.capture_end) for o in reading.left_out]
    assert all(a[1] <= b[0] for a, b in zip(left, left[1:]))  # noqa: B905, RUF007
    for low, high in [*spans, *left]:
        seen[low:high] = [True] * (high - low)
    lost = "".join(c for c, s in zip(source, seen, strict=True) if not s)
    assert not blank(lost)
    for block in reading.blocks:
        check_times(block)


def blank(text: str) -> str:
    """What of a text is neither white space nor a mark without width."""
    return re.sub(r"[\s\u200b\ufeff]", "", text)


def check_times(block: Block) -> None:
    for value in (block.begins, block.ends):
        assert value is None or re.fullmatch(r"\d{2,}:\d\d:\d\d\.\d{3}", value)
    assert block.begins is None or block.ends is None or block.begins <= block.ends


@pytest.mark.parametrize(
    "line",
    [
        "<v" + " " * 30_000 + "x" + " " * 30_000 + "y>",
        "<v" + ".a" * 30_000,
        "<" * 50_000,
        "&gt;" * 20_000,
        "{\\" * 30_000,
        "A " * 30_000 + ":",
        "&#" + "1" * 9_000 + ";",
        "00:00:01.000 --> " * 5_000,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    read("00:01.000 --> 00:02.000\n" + line)
    assert time.process_time() - start < 2
