"""JSON-LD as pages bring it: wrapped, glued, cut off, hostile."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.html_source import read_page
from onrecord.extract.json_ld import Script, nodes, read_scripts, read_values

PLAIN = (
    '{"@type":"NewsArticle","headline":"Ships wait","datePublished":"2031-05-02T09:15:00+03:00"}'
)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"<!-- {PLAIN} -->",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/* <![CDATA[ */ {PLAIN} /* ]]> */",
        f"window.data = {PLAIN};",
        PLAIN.replace('"}', '",}'),
        PLAIN.replace('"', "&quot;"),
        f"\ufeff{PLAIN}",
        f"{PLAIN}{PLAIN}",
        PLAIN[:-1],
        PLAIN + ',"author":{"name":"Il',
        PLAIN[:-1] + ',"author":[{"name":"Ilse","url":"ht',
        PLAIN[:-1] + ',"description":"They said "never" again","name":"x"}',
        PLAIN[:-1] + ',"description":"two\nlines","tab":"a\tb"}',
    ],
)
def test_what_can_be_read_is_read(text: str) -> None:
    first = read_values(text)[0]
    assert first["headline"] == "Ships wait"
    assert first["datePublished"] == "2031-05-02T09:15:00+03:00"


def test_quotation_marks_inside_a_string_cost_nothing_behind_them() -> None:
    text = '{"headline":"They said "never" again","author":{"name":"Ilse Marrow"}}'
    (value,) = read_values(text)
    assert value == {"headline": 'They said "never" again', "author": {"name": "Ilse Marrow"}}


def test_of_glued_objects_a_damaged_last_one_costs_only_itself() -> None:
    first, second = read_values(PLAIN + '{"@type":"Person","name":"Ilse","url":"cut o')
    assert first["headline"] == "Ships wait"
    assert second["name"] == "Ilse"


@pytest.mark.parametrize(
    "text", ["", "  ", "no json", "{", "[", '{"a', "}", "[" * 9000, "null", "7"]
)
def test_nothing_readable_is_nothing(text: str) -> None:
    assert read_values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"' + '\\"' * 400_000,
        '{"k": "' * 200_000,
        "[" * 1_000_000,
        '{"a":' * 300_000 + "1",
        "," * 1_000_000 + PLAIN,
        "{}" * 300_000 + "{",
        '{"a":"' + "x" * 5_000_000,
        json.dumps([{"@type": "NewsArticle", "headline": f"Ships {i}"} for i in range(60_000)]),
        '{"a"' + " " * 1_000_000 + ":1,",
    ],
    ids="quotes keys open nested commas glued long many blanks".split(),
)
def test_hostile_scripts_take_linear_time(text: str) -> None:
    page = read_page(f'<script type="application/ld+json">{text}</script>')
    begun = time.process_time()
    scripts = read_scripts(page)
    assert len(nodes(scripts)) <= 20_000
    for script in scripts:
        script.locate("headline", "nowhere to be found")
    assert time.process_time() - begun < 5


def script(text: str) -> Script:
    return Script(text, 0, len(text), read_values(text))


def test_a_value_is_found_behind_its_key_in_any_writing() -> None:
    text = '{"publisher":{"name":"Caf\\u00e9 "},"author":[{"name": "Café"},{"name":"A\\/B"}],"x":"Café"}'
    low, high = script(text).locate("name", "Café")
    assert text[low - 9 : high] == '"name": "Café'[: 9 + 4]
    low, high = script(text).locate("name", "A/B")
    assert text[low:high] == "A\\/B"
    assert script(text).locate("name", "nobody") == (0, len(text))


@given(
    st.recursive(
        st.text(max_size=12) | st.integers() | st.none(),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
        ),
        max_leaves=12,
    ).filter(lambda v: isinstance(v, dict | list))
)
def test_every_json_reads_as_it_was_written(value: Any) -> None:
    assert read_values(json.dumps(value)) == [value]


@given(st.text(alphabet='{}[]",:\\ab1 \n&;quot', max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for value in read_values(text):
        assert isinstance(value, dict | list)


@given(st.text(min_size=1, max_size=30).filter(lambda t: t.strip() and max(t) < "\ud800"))
def test_every_string_is_found_where_it_stands(value: str) -> None:
    text = json.dumps({"other": "x", "headline": value})
    low, high = script(text).locate("headline", value)
    assert json.loads(f'"{text[low:high]}"') == value
