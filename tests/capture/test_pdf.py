"""PDFs: printed words in reading order, whole words, and one line for what cannot be read."""

from __future__ import annotations

import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.capture.printing import Printed, column, pdf

from onrecord.capture import pdf as reader
from onrecord.capture.capturing import Origin, capture
from onrecord.capture.pdf_layout import Hyphens, Word, clean, text_of
from onrecord.capture.pdf_pages import read
from onrecord.errors import InputError, LimitExceeded
from onrecord.text.citing import address, parse_address
from onrecord.text.decoding import is_derived

LEFT = """The harbour of Osk will open its northern quay on Monday, the harbourmaster said, after divers had looked at every pile and found none that had moved.
Crews of the ferry to Vell were told of the new times on Friday and will meet the line about their hours before the first boat leaves.
Nobody was hurt when part of the old wall gave way in the storm of last week."""
RIGHT = """The town pays for the wall, the line for the gangway, and both will share what the insurer leaves open, according to a letter that was read to the council.
A second report on the piles of the southern quay is due before the end of the month and will be read in public.
Boats to the islands keep to their winter times."""


def words_of(data: bytes) -> str:
    return read(data, 100, 100_000)["text"]


def paragraphs(text: str) -> list[str]:
    return [
        " ".join(part.split()) for part in text.replace("\f", "\n\n").split("\n\n") if part.strip()
    ]


def test_columns_are_read_one_after_the_other_whatever_order_the_file_has() -> None:
    left, right = column(LEFT, 60, 700, 220), column(RIGHT, 310, 700, 220)
    mixed = sorted(left + right, key=lambda p: (-p.y, p.x))
    head = [Printed(60, 740, "The northern quay and what comes after the storm of last week", 20)]
    for order in (left + right, right + left, mixed):
        found = paragraphs(words_of(pdf([head + order])))
        assert found == [head[0].text, *LEFT.split("\n"), *RIGHT.split("\n")]


def test_a_line_that_stands_across_parts_the_columns() -> None:
    upper = column(LEFT, 60, 700, 220) + column(RIGHT, 310, 700, 220)
    across = [
        Printed(
            60,
            440,
            "What the council of Osk decided about both quays in its meeting on Friday",
            11,
            True,
        )
    ]
    lower = column(RIGHT, 60, 400, 220) + column(LEFT, 310, 400, 220)
    found = paragraphs(words_of(pdf([upper + across + lower])))
    left, right = LEFT.split("\n"), RIGHT.split("\n")
    assert found == [*left, *right, across[0].text, *right, *left]


def test_the_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [
        ("Monday", "08:10", "Osk"),
        ("Tuesday", "09:10", "Vell"),
        ("Friday", "07:45", "Osk"),
    ] * 3
    printed = [
        Printed(60 + 150 * k, 700 - 16 * i, cell)
        for i, row in enumerate(rows)
        for k, cell in enumerate(row)
    ]
    assert " ".join(words_of(pdf([printed])).split()).startswith(
        "Monday 08:10 Osk Tuesday 09:10 Vell"
    )


def test_paragraphs_are_told_by_gaps_and_by_indents() -> None:
    for indent in (0, 14):
        found = paragraphs(words_of(pdf([column(LEFT, 60, 700, 450, indent=indent)])))
        assert found == LEFT.split("\n")


def test_pages_are_parted_by_a_form_feed_and_larger_print_by_a_line_more() -> None:
    body = column(LEFT, 60, 650, 450)
    text = words_of(pdf([[Printed(60, 700, "Quay opens", 20), *body], body]))
    assert text.startswith("\nQuay opens\n\nThe harbour of Osk")
    first, second = text.split("\f")
    assert first.endswith("last week.\n") and second.startswith("The harbour of Osk")


def test_a_watermark_stands_last() -> None:
    page = [Printed(200, 300, "DRAFT", 60, turned=True), *column(LEFT, 60, 700, 450)]
    assert words_of(pdf([page])).endswith("last week.\n\nDRAFT\n")


def test_words_broken_at_a_lines_end_are_whole_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "The self-employed fishermen of Osk heard the an-",
        "nouncement of the well-known harbourmaster, a well-",
        "known critic of the self-",
        "employed, who asked for an announcement in 2030-",
        "2031 about the Osk-",
        "Vell ferry.",
    ]
    text = words_of(pdf([[Printed(60, 700 - 14 * i, line) for i, line in enumerate(lines)]]))
    said = " ".join(text.split())
    assert "heard the announcement of the well-known harbourmaster, a well-known critic" in said
    assert "of the self-employed, who asked" in said
    assert "2030- 2031" in said and "Osk- Vell" in said, "numbers and names are left alone"


def test_a_document_that_never_breaks_words_keeps_its_hyphens() -> None:
    lines = ["plain line without any"] * 60
    assert Hyphens([*lines, "a long-"]).join("a long-", "term plan") == ("a long-term", "plan")
    broken = ["plain line that breaks its wo-", "rds"] * 30
    assert Hyphens(broken).join("the minis-", "try said") == ("the ministry", "said")
    assert Hyphens(broken).join("a self-", "made man") == ("a self-made", "man")


def test_ligatures_are_written_out_and_what_is_no_character_is_marked() -> None:
    assert clean("e\ufb03cient \ufb01re\x00 co\u00adop\u2010ed") == "efficient fire\ufffd co-op-ed"


def test_quotes_signs_and_accents_come_through() -> None:
    line = "“Naïve” – €3.5 million, §12 (b) \\ ‘Čapek’ is not in this code page".replace("Č", "C")
    assert words_of(pdf([[Printed(60, 700, line)]])).strip() == line


def test_lines_written_from_right_to_left_are_put_together_from_the_right() -> None:
    words = [("הנמל", 500), ("נפתח", 460), ("מחדש", 420), ("ביום", 500), ("שני", 460)]
    page = [Word(text, x, x + 30, 700 - 14 * (i // 3), 12) for i, (text, x) in enumerate(words)]
    assert text_of([page]) == "הנמל נפתח מחדש\nביום שני\n"


numbers = st.floats(0, 900, allow_nan=False)
printed_words = st.builds(
    Word,
    st.text(st.sampled_from("abA.-"), min_size=1, max_size=6),
    numbers,
    numbers,
    numbers,
    st.floats(1, 40),
    st.booleans(),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(st.lists(printed_words, max_size=25), max_size=3))
def test_no_letter_is_lost_or_doubled_wherever_words_stand(pages: list[list[Word]]) -> None:
    text = text_of(pages)
    want = sorted(c for page in pages for word in page for c in word.text if c != "-")
    assert sorted(c for c in text if not c.isspace() and c != "-") == want
    assert text.count("\f") == max(0, len(pages) - 1)
    assert text_of([list(reversed(page)) for page in pages]).count("\f") == text.count("\f")


# ------------------------------------------------------------------ adding


def test_a_pdf_is_one_whatever_its_name_is_and_its_reader_is_named_in_the_address() -> None:
    data = pdf([column(LEFT, 60, 700, 450)])
    found = capture(data, Origin(path="statement.html"))
    assert found.capture.media_type == "application/pdf"
    assert is_derived(found.capture.decoder) and found.capture.decoder == reader.decoder()
    assert found.text is not None and found.text.startswith("The harbour of Osk")
    one = address(found.capture.sha256, found.capture.decoder, 4, 11)
    assert parse_address(one) == (found.capture.sha256, found.capture.decoder, 4, 11)
    assert capture(b"junk before it\n" + data, Origin(path="a.txt")).text == found.text


def error(data: bytes, limits: reader.Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        reader.read_pdf(data, "in/a.pdf", limits)
    line = caught.value.line()
    assert "\n" not in line and line.startswith("in/a.pdf: ")
    return line


def test_a_scan_says_what_to_do() -> None:
    assert "no text in this PDF: its pages (2) hold pictures only: a scan" in error(pdf([[], []]))


def test_a_scanned_page_among_others_is_named() -> None:
    picture = b"q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    stream = f"<< /Length {len(picture)} >>\nstream\n".encode() + picture + b"\nendstream"
    data = pdf([column(LEFT, 60, 700, 450), [], []], extra=stream)
    data = data.replace(b"/Contents 103 0 R", b"/Contents 99 0 R ")
    found = capture(data, Origin(path="a.pdf"))
    assert found.lines == (
        "a.pdf: captured, but not read whole: pages without text, only pictures: 2 "
        "(recognise their text first, e.g. with OCRmyPDF)",
    )


def test_a_locked_pdf_is_one_line() -> None:
    lock = (
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>"
    )
    data = pdf(
        [column(LEFT, 60, 700, 450)],
        extra=lock,
        trailer=b"/Encrypt 99 0 R /ID [<0123> <0123>]",
    )
    assert "the PDF is locked: it opens with a password only" in error(data)


def test_a_damaged_pdf_is_one_line() -> None:
    assert "the PDF is damaged" in error(b"%PDF-1.7\nnothing of the kind")


def test_limits_of_pages_and_characters_name_their_option() -> None:
    page = column(LEFT, 60, 700, 450)
    assert (
        "it has 3 pages, the limit is 2 (read it as a file with a higher capture.pdf_pages)"
        in error(pdf([page] * 3), reader.Limits(pages=2))
    )
    assert (
        "more than 200 characters (read it as a file with a higher capture.pdf_characters)"
        in error(pdf([page]), reader.Limits(characters=200))
    )


def test_a_bomb_ends_at_the_limit_of_time() -> None:
    """A page whose one stream of a few kilobytes draws tens of millions of letters."""
    show = (
        b"BT /F0 9 Tf 1 0 0 1 10 700 Tm "
        + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 500_000
    )
    stream = zlib.compress(show + b" ET")
    body = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream
    data = pdf([[]], extra=body + b"\nendstream").replace(
        b"/Contents 101 0 R", b"/Contents 99 0 R "
    )
    assert len(data) < 200_000
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        reader.read_pdf(data, "bomb.pdf", reader.Limits(seconds=1, memory=800))
    assert time.monotonic() - start < 10, "one second of processor time, five of waiting for it"
    assert "\n" not in caught.value.line()


def test_the_limit_of_time_holds_for_a_reader_that_waits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not only processor time counts: a reader that sleeps is stopped as well."""
    waiting = tmp_path / "python"
    waiting.write_text("#!/bin/sh\nexec sleep 60\n")
    waiting.chmod(0o755)
    monkeypatch.setattr(reader, "SLACK", 0)
    monkeypatch.setattr(sys, "executable", str(waiting))
    with pytest.raises(
        LimitExceeded,
        match=r"longer than 1 seconds \(read it as a file with a higher capture\.pdf_seconds",
    ):
        reader.read_pdf(b"%PDF-", "a.pdf", reader.Limits(seconds=1))


def test_a_reader_that_falls_over_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    falling = tmp_path / "python"
    falling.write_text("#!/bin/sh\nkill -SEGV $$\n")
    falling.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(falling))
    assert "its reader broke off" in error(b"%PDF-")


SEED = pdf([column(LEFT, 60, 700, 220), column(RIGHT, 310, 700, 220)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(SEED)),
)
def test_a_damaged_file_gives_text_or_an_error_and_never_breaks(
    changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(SEED)
    for place, value in changes:
        data[place] = value
    answer = read(bytes(data[:cut] if cut % 3 == 0 else data), 50, 50_000)
    assert set(answer) in ({"text", "scanned"}, {"error", "detail"})
    answer.get("text", "").encode()


def test_letters_that_no_font_explains_are_one_line() -> None:
    assert "its fonts do not say which letters they draw" in error(
        pdf([[Printed(60, 700, "".join(map(chr, range(1, 9))) * 5)]])
    )
