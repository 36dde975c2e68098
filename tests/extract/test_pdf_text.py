"""What a PDF's reader gave, read: paragraphs over pages, and what stands at the edges of pages."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.extract.pdf_text import read_pdf_text
from onrecord.gazetteer.outlets import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of
from onrecord.text.offsets import to_capture

OUTLETS = load_outlets()


def read(source: str) -> Reading:
    capture = capture_of(
        "quay.pdf", b"%PDF-", media_type="application/pdf", decoder="pdf-1-pdfium-8149"
    )
    return read_pdf_text(capture, source, OUTLETS)


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(b.kind, reading.text[b.start : b.end]) for b in reading.blocks]


def out(reading: Reading, source: str) -> dict[str, str]:
    return {
        " ".join(source[o.capture_start : o.capture_end].split()): o.reason
        for o in reading.left_out
    }


ONE = "The harbour of Osk opens its quay on Monday, the harbourmaster\nsaid after the divers had come up."
TWO = "Boats to the islands keep to their winter times until the end\nof the month, the ferry line said on Friday."
THREE = (
    "Nobody was hurt when the old wall gave way in the storm, and\nthe town will pay for a new one."
)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_lines_are_joined_and_paragraphs_kept() -> None:
    reading = read(f"\nQuay opens again after the storm\n\n{ONE}\n\n{TWO}\n")
    assert blocks(reading) == [
        ("title", "Quay opens again after the storm"),
        ("paragraph", flat(ONE)),
        ("paragraph", flat(TWO)),
    ]
    assert reading.extractor.startswith("pdf 1, text ")


def test_a_paragraph_goes_on_over_the_border_of_pages() -> None:
    head, foot = "Harbour Office of Osk", "Page {} of 3"
    parts = [
        "The talks went on and\non until the",
        "tide was out and\nnobody could leave the",
        "quay.",
    ]
    pages = [f"{head}\n\n{text}\n\n{foot.format(i + 1)}\n" for i, text in enumerate(parts)]
    source = f"\nTalks on the quay at Osk\n\n{ONE}\n\n" + "\f".join(pages)
    reading = read(source)
    assert blocks(reading)[-1] == (
        "paragraph",
        "The talks went on and on until the tide was out and nobody could leave the quay.",
    )
    found = out(reading, source)
    assert found["Page 2 of 3"] == "page number"
    assert found["Harbour Office of Osk"] == "repeated on the pages"


def test_a_word_broken_over_two_pages_has_no_space_put_into_it() -> None:
    source = f"\nTalks on the quay at Osk\n\n{ONE}\n\nThey asked the well-\n\fknown keeper of the light.\n"
    assert "They asked the well-known keeper of the light." in read(source).text


def test_sentences_that_end_with_the_page_do_not_run_together() -> None:
    source = f"\nTalks on the quay at Osk\n\n{ONE}\n\f{TWO}\n"
    assert [text for _, text in blocks(read(source))][1:] == [flat(ONE), flat(TWO)]


def test_bare_page_numbers_must_count_and_numbers_in_the_text_stay() -> None:
    source = "\f".join(f"{text}\n\n{number}\n" for text, number in ((ONE, 4), (TWO, 5), (THREE, 6)))
    found = out(read(source), source)
    assert {number: found.get(number) for number in "456"} == dict.fromkeys("456", "page number")
    lone = f"{ONE}\n\n2031\n\f{TWO}\n"
    assert "2031" not in out(read(lone), lone) or out(read(lone), lone)["2031"] != "page number"


def test_the_title_is_what_is_printed_large_and_the_letterhead_is_left_out() -> None:
    source = (
        "Ministry of Harbours\n\nPress Office\n\nOsk, 14 March 2031\n\n"
        f"\nJoint statement on the northern quay\n\n{ONE}\n\n{TWO}\n"
    )
    reading = read(source)
    assert reading.title == "Joint statement on the northern quay"
    assert out(reading, source)["Press Office"] == "letterhead"
    assert reading.published.earliest == "2031-03-14"
    (span,) = reading.evidence["published"]
    assert "14 March 2031" in source[span.start : span.end]


def test_a_large_line_that_reads_like_a_masthead_is_the_title_all_the_same() -> None:
    source = f"\nOn disagreement 14 March announcement\n\n{ONE}\n\n{TWO}\n"
    reading = read(source)
    assert reading.title == "On disagreement 14 March announcement"
    (span,) = reading.evidence["title"]
    assert source[span.start : span.end] == reading.title


def test_a_short_large_word_is_no_title() -> None:
    source = f"\nSTATEMENT\n\nJoint statement on the quay\n\n{ONE}\n\n{TWO}\n"
    assert "letterhead" not in out(read(source), source).values()


def test_the_time_of_printing_is_no_time_of_the_report() -> None:
    pages = [
        f"3/15/31, 2:09 PM Quay opens again\n\n{text}\n\nhttps://harbour.example/quay {i}/2\n"
        for i, text in ((1, f"\nQuay opens again after the storm\n\n{ONE}"), (2, TWO))
    ]
    source = "\f".join(pages)
    reading = read(source)
    assert reading.published.earliest is None
    assert set(out(reading, source).values()) == {"printed by a browser"}
    assert [kind for kind, _ in blocks(reading)] == ["title", "paragraph", "paragraph"]


def test_a_pdf_without_words_is_no_article() -> None:
    assert read("\f\f\n").kind == "empty"


LINES = (
    "Harbour Office", "Page 1 of 3", "1", "2", "- 3 -", "14 March 2031", "Quay opens again in Osk today",
    "The harbour of Osk opens its quay on Monday, the harbourmaster", "said.", "and more", "well-",
    "known", "• a point", "https://a.example/b 1/2", "3/15/31, 2:09 PM Quay", "\ufffd", "naïve 𝒳",
    "Share this article", "Reuters",
)  # fmt: skip
decoded = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\n\n\n", "\n\f", "\n\f\n"])),
    max_size=25,
).map(lambda rows: "".join(line + gap for line, gap in rows))


@settings(deadline=None, max_examples=150)
@example("1\n\f2\n\f")
@given(decoded)
def test_every_character_is_read_or_left_out_and_maps_back(source: str) -> None:
    reading = read(source)
    assert reading.text == "\n\n".join(text for _, text in blocks(reading))
    for start, end, low, high in reading.segments:
        if end - start == high - low:
            pairs = zip(reading.text[start:end], source[low:high], strict=True)
            assert all(a == b or (a == " " and b.isspace()) for a, b in pairs)
        else:
            assert reading.text[start:end] == " " and not source[low:high].strip()
    seen = [False] * len(source)
    for block in reading.blocks:
        assert (block.capture_start, block.capture_end) == to_capture(
            reading.segments, block.start, block.end
        )
    spans = [(low, high) for _, _, low, high in reading.segments]
    spans += [(o.capture_start, o.capture_end) for o in reading.left_out]
    for low, high in spans:
        assert not any(
            c and not s.isspace() for c, s in zip(seen[low:high], source[low:high], strict=True)
        )
        seen[low:high] = [True] * (high - low)
    lost = "".join(c for c, s in zip(source, seen, strict=True) if not s)
    assert not re.sub(r"\s", "", lost)
    for name, evidence in reading.evidence.items():
        for span in evidence:
            assert 0 <= span.start < span.end <= len(source), name


@pytest.mark.parametrize("source", ["a" * 300_000, "a\n\n" * 20_000, "1\n\f" * 2_000])
def test_large_texts_are_read_in_time(source: str) -> None:
    start = time.process_time()
    read(source)
    assert time.process_time() - start < 8
