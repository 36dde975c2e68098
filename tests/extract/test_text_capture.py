"""Text captures as a reader meets them: with furniture, clean, short, odd."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import LimitExceeded
from onrecord.extract.make_pages import page
from onrecord.extract.text_capture import read_text
from onrecord.extract.text_options import TextOptions
from onrecord.extract.train_lines import read_page
from onrecord.gazetteer.outlets import load_outlets
from onrecord.records import Reading
from onrecord.run.memory import capture_of

OUTLETS = load_outlets()
BODY = """The council of Veldt voted on Monday to close the old bridge to lorries after cracks were found in two piers.

Engineers had asked for more time, but the mayor said that nobody should wait for an accident.

“We have waited long enough,” said Dana Ostrel, who runs a bakery on the north bank and crosses twice a day.
"""


def read(source: str, *, captured_at: str | None = None, url: str | None = None) -> Reading:
    capture = capture_of("x.txt", source.encode(), captured_at=captured_at, url=url)
    return read_text(capture, source, TextOptions(), OUTLETS)


def kinds(reading: Reading, kind: str) -> list[str]:
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind == kind]


def reasons(reading: Reading, source: str) -> dict[str, str]:
    return {
        source[x.capture_start : x.capture_end].split("\n")[0].strip(): x.reason
        for x in reading.left_out
    }


def test_page_with_menu_calendar_masthead_and_tail() -> None:
    source = f"""1. Skip to content
  2. Skip to main menu

Select date
June 2023
Mon Tue Wed Thu Fri Sat Sun

Bridge at Veldt closed to lorries

23-5-2019 < RT 12 617 words

Photo from the town's archive

{BODY}
Print

Tags:
Latest
"""
    reading = read(source)
    assert reading.title == "Bridge at Veldt closed to lorries"
    assert reading.outlet == "RT"
    assert (reading.published.earliest, reading.published.latest) == ("2019-05-23", "2019-05-23")
    assert len(kinds(reading, "paragraph")) == 3
    assert kinds(reading, "caption") == ["Photo from the town's archive"]
    left = reasons(reading, source)
    assert left["Select date"] == "calendar"
    assert left["1. Skip to content"] == "skip link"
    assert left["Print"] == "share or print"
    assert left["Latest"] == "related stories"
    assert left["23-5-2019 < RT 12 617 words"] == "masthead"


def test_wire_story_with_summary_byline_and_dateline() -> None:
    source = f"""Bridge at Veldt closed to lorries

by Reuters
Tuesday, 21 May 2019 19:19 GMT

* Council votes after cracks are found

* Mayor says nobody should wait

By Ilse Korvan and Tomas Brell

VELDT, May 21 (Reuters) - {BODY}
Our Standards: The Thomson Reuters Trust Principles.
"""
    reading = read(source)
    assert reading.bylines == ("Ilse Korvan", "Tomas Brell")
    assert (reading.dateline.place, reading.dateline.date) == ("Veldt", "2019-05-21")
    assert reading.credits == ("Reuters",)
    assert reading.outlet == "Reuters"
    assert reading.published.earliest == "2019-05-21T19:19:00+00:00"
    assert kinds(reading, "list") == [
        "Council votes after cracks are found",
        "Mayor says nobody should wait",
    ]
    assert kinds(reading, "paragraph")[0].startswith("VELDT, May 21 (Reuters) - The council")


def test_deck_video_and_trailer() -> None:
    source = f"""Bridge at Veldt closed to lorries

May 21, 2019

Lorries have to take a detour from Monday, while engineers look at cracks in two of the piers.

Image: Reuters

Bakers of the north bank

01:52

Your browser does not support this player.

{BODY}
Nobody knows for how long

The ministry said on Tuesday that it would publish a report before the end of the month.

ik/tb (Reuters, AFP)

More stories from DW
"""
    reading = read(source)
    assert len(kinds(reading, "deck")) == 1
    assert kinds(reading, "heading") == ["Nobody knows for how long"]
    assert reading.credits == ("Reuters", "AFP")
    assert reading.outlet == "DW"
    left = reasons(reading, source)
    assert left["Bakers of the north bank"] == "title of a video"
    assert left["Image: Reuters"] == "image credit"
    assert left["ik/tb (Reuters, AFP)"] == "agency trailer"


def test_title_and_lead_printed_twice_are_kept_once() -> None:
    lead = BODY.split("\n")[0]
    source = f"Bridge at Veldt closed to lorries\n\n21 May 2019 14:57 (UTC +04:00)\n{lead[:-1]}\nBridge at Veldt closed to lorries\n\n{BODY}\nTags:\n"
    reading = read(source)
    assert reading.text.count("Bridge at Veldt") == 1
    assert reading.text.count(lead[:-1]) == 1
    assert set(reasons(reading, source).values()) >= {
        "repeats the title",
        "repeats the beginning of another paragraph",
    }


def test_post_set_into_the_page_is_one_block() -> None:
    source = f"Bridge at Veldt closed\n\n{BODY}\nThe bridge is shut, take the ferry. #veldt pic.twitter.com/abc\n\n— Town of Veldt (@veldt) May 21, 2019\n\n{BODY.replace('Monday', 'Sunday')}"
    reading = read(source)
    assert kinds(reading, "embed") == [
        "The bridge is shut, take the ferry. #veldt pic.twitter.com/abc — Town of Veldt (@veldt) May 21, 2019"
    ]
    assert reading.published.earliest is None


def test_ambiguous_and_missing_dates_stay_unknown() -> None:
    unsure = read(f"Bridge closed to lorries\n\n3/4/2014\n\n{BODY}")
    assert (unsure.published.earliest, unsure.published.latest) == (None, None)
    assert unsure.published.text == "3/4/2014"
    assert read(f"Bridge closed to lorries\n\nThursday 10:48\n\n{BODY}").published.earliest is None
    assert (
        read(
            f"Bridge closed to lorries\n\n{BODY}It was in a 21.03.2013 newspaper.\n"
        ).published.earliest
        is None
    )
    changed = read(f"Bridge closed to lorries\n\nUpdated 21 May 2019\n\n{BODY}")
    assert (changed.published.earliest, changed.published.latest) == (None, "2019-05-21")
    assert changed.modified.earliest == "2019-05-21"


def test_capture_time_and_address_help_where_the_page_is_silent() -> None:
    ago = read(
        f"Bridge closed\n\nPublished 3 hours ago\n\n{BODY}", captured_at="2019-05-21T18:00:00+00:00"
    )
    assert ago.published.earliest == ago.published.latest == "2019-05-21"
    dated = read(
        f"Bridge closed\n\nVELDT, May 20 (AP) - {BODY}", captured_at="2019-05-21T18:00:00+00:00"
    )
    assert (dated.dateline.date, dated.published.earliest) == ("2019-05-20", "2019-05-20")
    address = read(f"Bridge closed\n\n{BODY}", url="https://paper.example/2019/05/19/bridge")
    assert address.published.earliest == "2019-05-19"


def test_clean_text_is_kept_whole() -> None:
    source = f"Bridge at Veldt closed to lorries\n\n{BODY}\nWhy now?\n\n{BODY}"
    reading = read(source)
    assert reading.left_out == ()
    assert reading.text.split() == source.split()


def test_headline_alone_sentence_alone_nothing_at_all() -> None:
    assert read("Bridge at Veldt closed to lorries\n").title == "Bridge at Veldt closed to lorries"
    sentence = read("The council of Veldt voted on Monday to close the old bridge.")
    assert sentence.title is None
    assert [b.kind for b in sentence.blocks] == ["paragraph"]
    empty = read(" \n\n")
    assert (empty.text, empty.kind, empty.title, empty.language) == ("", "empty", None, None)


def test_dateline_on_a_line_of_its_own() -> None:
    reading = read(f"VELDT, May 21, 2019 (Xinhua) --\n\n{BODY}")
    assert kinds(reading, "dateline") == ["VELDT, May 21, 2019 (Xinhua) --"]
    assert reading.published.earliest == "2019-05-21"


def test_walls_are_no_articles() -> None:
    assert read("404\n\nPage not found\n\nGo to the start page").kind == "error"
    assert read("The Paper\n\nPlease enable JavaScript to continue using this site.").kind == (
        "challenge"
    )
    wall = "The Paper\n\nSubscribe to continue reading\n\nAlready a subscriber? Log in\n"
    assert read(wall).kind == "paywall"
    login = "The Paper\n\nLog in to your account\n\nEmail\n\nPassword\n\nForgot your password?\n"
    assert read(login).kind == "login"
    consent = (
        "We value your privacy\n\nWe and our 312 partners store and access information on a device "
        "and process personal data.\n\nAccept all cookies\n\nManage preferences\n"
    )
    assert read(consent).kind == "consent"
    long = consent + "Our partners use cookies to store and access information on a device.\n\n" * 9
    assert read(long).kind == "consent"
    assert read(f"Bridge closed\n\n{BODY}").kind == "article"
    assert read(f"Cookies and consent: the new law\n\n{BODY}{BODY}").kind == "article"
    assert read("The council of Veldt voted on Monday to close the old bridge.").kind == "article"


THREAD = """2 responses to “Bridge at Veldt closed to lorries”

1. ostrel77 says:

21 May 2019 at 10:41

My grandfather worked at that bridge for thirty years, and he would be ashamed of the lot of them. Thank you.

2. Brell says:

22 May 2019 at 7:15

Who pays for the ferry?
"""


def test_a_thread_of_comments_is_no_report() -> None:
    for tail in (THREAD, THREAD.partition("\n\n")[2]):
        source = f"Bridge at Veldt closed to lorries\n\n{BODY}\n{tail}"
        reading = read(source)
        assert reading.text.endswith("twice a day.")
        assert "readers' comments" in set(reasons(reading, source).values())


def test_a_speaker_before_a_colon_opens_no_thread() -> None:
    source = f"Bridge at Veldt closed to lorries\n\n{BODY}\nThe mayor says:\n\n{BODY}"
    reading = read(source)
    assert reading.text.split() == source.split()


def test_lines_that_credit_a_picture_are_captions() -> None:
    lines = (
        "Die alte Brücke am Hafen von Veldt nach dem Regen. Bildrechte: Ilse Korvan",
        "The old bridge at Veldt after the rain. © Ilse Korvan",
        "Legende: Die alte Brücke am Hafen von Veldt nach dem Regen.",
        "The old bridge at Veldt after the rain (file photo)",
    )
    for line in lines:
        reading = read(f"Bridge at Veldt closed to lorries\n\n{BODY}\n{line}\n\n{BODY}")
        assert kinds(reading, "caption") == [line]


def test_a_programme_of_days_is_text_of_the_report() -> None:
    days = "\n\n".join(f"{n} June: Veldt, Town Hall" for n in range(3, 10))
    source = f"Menu\n\nConcerts by the river\n\n{BODY}\nThe concerts:\n\n{days}\n\nTags:\n"
    assert "9 June: Veldt, Town Hall" in read(source).text


def test_short_sentences_without_spaces_are_no_calendar() -> None:
    lines = ["橋は火曜日まで閉鎖される。", "市議会が昨夜決めた。", "理由は語られなかった。"]
    body = "市議会は昨夜の会合で、川の西側にある古い橋を火曜日まで閉鎖することを決めた。"
    page = ["古い橋を閉鎖", "", body, *lines, body.replace("昨夜", "先週")]
    reading = read("\n\n".join(page))
    assert [line for line in kinds(reading, "paragraph") if line in lines] == lines


def test_furniture_in_other_languages() -> None:
    source = f"""{BODY}
Sie lesen gern über Brücken? Abonnieren Sie jetzt unseren Newsletter und bleiben Sie auf dem Laufenden.

Alle Rechte vorbehalten. Impressum und Datenschutz.

Teilen
"""
    assert read(f"Bridge closed\n\n{source}").text.endswith("twice a day.")


def test_language_is_two_letters_or_unknown() -> None:
    assert read(BODY).language == "en"
    assert (
        read(
            "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke für Lastwagen zu sperren."
        ).language
        == "de"
    )
    assert read("Veldt").language is None


def test_whole_pages_lose_most_furniture_and_little_text() -> None:
    kept = lost = leaked = 0
    for number in range(100_000, 100_030, 3):
        source, labels = read_page(page(number))
        reading = read(source)
        inside = [(b.capture_start, b.capture_end) for b in reading.blocks]
        lines = [line for line in source.split("\n") if line.strip()]
        at = 0
        for line, wanted in zip(lines, labels, strict=True):
            at = source.index(line, at)
            held = any(low <= at + len(line) - 1 < high for low, high in inside)
            kept += wanted and held
            lost += wanted and not held
            leaked += not wanted and held
            at += len(line)
    assert kept > 20 * lost
    assert kept > 4 * leaked


def assert_sound(source: str, reading: Reading) -> None:
    """Text and blocks agree, the map is exact, and no visible character is unaccounted for."""
    assert reading.text == "\n\n".join(reading.text[b.start : b.end] for b in reading.blocks)
    covered = {i for b in reading.blocks for i in range(b.capture_start, b.capture_end)}
    covered |= {i for x in reading.left_out for i in range(x.capture_start, x.capture_end)}
    assert not [c for i, c in enumerate(source) if c.isalnum() and i not in covered]
    for line in re.finditer(r"[^\r\n\u2028\u2029]+", source):
        if line[0].strip(" \t\u00a0\u200b\ufeff\x0b\x0c\x1c\x1d\x1e\x1f\x85\u3000"):
            assert line[0].isspace() or not covered.isdisjoint(range(*line.span())), line[0]
    for block in reading.blocks:
        assert (
            source[block.capture_start : block.capture_end].split()
            == reading.text[block.start : block.end].split()
        )
    last = 0
    for start, end, low, high in reading.segments:
        assert last <= low < high
        if end - start == high - low and reading.text[start:end].strip():
            assert reading.text[start:end].split() == source[low:high].split()
        last = high
    for x in reading.left_out:
        assert x.reason


LINES = st.sampled_from(
    [
        "",
        "",
        "Home",
        "  * Sport",
        "Bridge at Veldt closed to lorries",
        "By Ilse Korvan",
        "21 May 2019",
        "3/4/2014",
        "Share",
        "Tags: a, b",
        "1. First",
        "2. Second",
        "Version 0 | Version 1 |",
        "It has been changed 2 times.",
        "---|---|",
        "old | new |",
        "— Town (@veldt) May 21, 2019",
        "01:52",
        "This browser does not support video",
        "...",
        "VELDT (AP) — A ship ran aground on Monday.",
        "(AFP)",
        "\ufeffMenu",
        "Image: AP",
        "PTI | Veldt | May 6, 2018",
        "A ship with nineteen crew ran aground near the lighthouse on a clear night, the harbour master said.",
        "A ship with nineteen crew ran aground near the lighthouse on a clear",
        "\u00a0",
        "Read more",
        "June 2023",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_nothing_is_lost_whatever_the_page(lines: list[str], end: str) -> None:
    source = end.join(lines)
    reading = read(source)
    assert_sound(source, reading)
    assert read(source) == reading


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(source: str) -> None:
    clean = source.encode("utf-8", "replace").decode()
    assert_sound(clean, read(clean))


def test_a_text_of_too_many_lines_is_one_clear_line_and_no_text() -> None:
    source = "The ferry stayed in port.\n" * 50_001
    with pytest.raises(LimitExceeded, match="too many lines") as caught:
        read_text(capture_of("log.txt", b""), source)
    assert "log.txt" in caught.value.line()
