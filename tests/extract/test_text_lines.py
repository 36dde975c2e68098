"""Lines, hard wraps and the offset map of folded white space."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.text_lines import fold, hard_wrapped, units

SPACES = " \t\u00a0\u200b\ufeff\r\n"


def test_hard_wrapped_paragraphs_become_one_unit() -> None:
    source = (
        "The council of the harbour town voted late on Tuesday to close the\n"
        "old bridge to lorries, after engineers had found cracks in two of\n"
        "its piers and asked for more time.\n"
        "\n"
        "A detour of nine kilometres is signposted, and the ferry runs until\n"
        "midnight.\n"
    )
    assert hard_wrapped(source)
    first, second = units(source)
    assert first.text.startswith("The council") and first.text.endswith("more time.")
    assert second.text.endswith("until midnight.")


def test_sentences_one_a_line_and_menus_are_not_joined() -> None:
    sentences = "\n".join(
        f"The ferry number {n} left the harbour at noon and came back by night." for n in range(9)
    )
    assert not hard_wrapped(sentences)
    assert len(units(sentences)) == 9
    assert len(units("Home\nWorld\nSport\nWeather")) == 4


def test_list_marks_and_indents() -> None:
    first, second, third = units("  * Sport\n\t3. The third step\nA ship — and a boat")
    assert (first.mark, first.content, first.indent) == ("*", "Sport", 2)
    assert (second.mark, second.content) == ("3.", "The third step")
    assert third.mark == ""


def test_blank_means_nothing_but_white_space() -> None:
    assert units(" \u200b\n\ufeff\n\t") == ()


@given(st.text(alphabet=st.sampled_from(SPACES + "abÄ.|*1"), max_size=80))
def test_fold_maps_every_character(source: str) -> None:
    text, rows = fold(source, 0, len(source))
    assert (
        "".join(
            source[c:d] if e - s == d - c and source[c:d].strip(SPACES) else " "
            for s, e, c, d in rows
        )
        == text
    )
    assert "  " not in text.replace("\u00a0", "")
    at = 0
    for start, end, low, high in rows:
        assert start == at
        assert low < high
        at = end
    assert at == len(text)


@given(st.text(alphabet=st.sampled_from(SPACES + "abÄ.|*1"), max_size=80))
def test_every_visible_character_is_in_one_unit(source: str) -> None:
    found = units(source)
    covered = [i for u in found for i in range(u.start, u.end)]
    assert covered == sorted(set(covered))
    assert set(range(len(source))) - set(covered) <= {
        i for i, c in enumerate(source) if c in SPACES
    }
