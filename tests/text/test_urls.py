"""The frozen URL rule. A changed expectation here breaks every record there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.ids import make_id
from onrecord.text.urls import host_of, identity


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://WWW.Tern.example/News/1/", "https://tern.example/News/1"),
        ("https://tern.example/a?id=7&utm_source=x&fbclid=2", "https://tern.example/a?id=7"),
        ("https://tern.example/a?b=2&a=1#top", "https://tern.example/a?a=1&b=2"),
        ("https://tern.example:443/%7Ex%2f", "https://tern.example/~x%2F"),
        ("https://user:pw@tern.example:8080", "https://tern.example:8080/"),
        ("feed item 3", "feed item 3"),
    ],
)
def test_what_counts(url: str, same: str) -> None:
    assert identity(url) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://tern.example/a?id=1", "https://tern.example/a?id=2"),
        ("https://tern.example/a", "https://tern.example/A"),
        ("https://tern.example/a", "https://m.tern.example/a"),
        ("https://tern.example/a", "https://tern.example:81/a"),
    ],
)
def test_what_keeps_apart(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@given(st.text(max_size=60))
def test_the_rule_never_fails_and_is_settled_after_one_step(text: str) -> None:
    for url in (text, f"https://tern.example/{text}"):
        assert identity(identity(url)) == identity(url)


def test_hosts() -> None:
    assert host_of("https://www.Tern.example:80/x") == "tern.example"
    assert host_of(None) is None
    assert host_of("https://[broken") is None


def test_ids_are_frozen() -> None:
    assert make_id("cap", "ab", "c") != make_id("cap", "a", "bc")
    assert make_id("cap", None) != make_id("cap", "") != make_id("cap", "-")
    assert make_id("x", "y", 3) == "x-54611b2b8748b8c8d2c0"
