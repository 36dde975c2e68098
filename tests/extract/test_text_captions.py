"""Captions glued to paragraphs are told apart only where that is certain."""

from __future__ import annotations

import pytest

from onrecord.extract.text_captions import glued_caption

PARAGRAPH = (
    "The minister said on Tuesday that the talks would go on. She would not say when the bridge "
    "could be opened again."
)
CAPTIONS = (
    "Minister Dana Ostrel is greeted by the mayor at the door of the town hall",
    "Dana Ostrel, left, and the harbour master of Veldt before their meeting on Monday",
    "Workers of the ferry company shake hands with the mayor of Veldt",
)


@pytest.mark.parametrize("caption", CAPTIONS)
def test_what_a_picture_shows_is_cut_off(caption: str) -> None:
    source = f"{PARAGRAPH} {caption}"
    at = glued_caption(source, 0, len(source))
    assert at is not None
    assert source[at:] == caption


@pytest.mark.parametrize(
    "tail",
    [
        "",
        " The bridge is closed until the summer.",
        " The harbour master of Veldt told reporters that nothing had been decided",
        " “The mayor is greeted by nobody” was all he would say about it in the end",
        " Mr. Ostrel",
    ],
)
def test_text_is_left_whole(tail: str) -> None:
    source = f"{PARAGRAPH}{tail}"
    assert glued_caption(source, 0, len(source)) is None


def test_an_initial_ends_no_sentence() -> None:
    source = f"{PARAGRAPH} U.S. envoy Dana Ostrel is greeted by the mayor at the town hall"
    at = glued_caption(source, 0, len(source))
    assert at is not None
    assert source[at:].startswith("U.S. envoy")
