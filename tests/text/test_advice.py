"""What a model answers: taken only if it is exactly what was asked for, and told in one line if not."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.text import advice

GOOD = {"relation": "differs", "in": "number", "why": "“six” / “nine” boats"}


def completion(content: Any) -> bytes:
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}]}
    ).encode()


def test_an_answer_alone_or_in_one_fence_is_read() -> None:
    for text in (json.dumps(GOOD), f"\n```json\n{json.dumps(GOOD, indent=1)}\n```\n"):
        found = advice.read(completion(text))
        assert (found.relation, found.in_, found.why) == tuple(GOOD.values())
    none = advice.read(completion(json.dumps({**GOOD, "relation": "unrelated", "in": None})))
    assert (none.relation, none.in_) == ("unrelated", None)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>", "this is no completion"),
        (b'{"choices": []}', "holds no text, or more than one"),
        (completion(None), "holds no text"),
        (completion(f"Sure! {json.dumps(GOOD)}"), "not the JSON that was asked for"),
        (completion(json.dumps(GOOD)[:-5]), "not the JSON that was asked for"),
        (completion(json.dumps([GOOD])), "not the JSON that was asked for"),
        (completion(json.dumps({**GOOD, "confidence": 1})), "not the JSON that was asked for"),
        (completion(json.dumps({**GOOD, "why": 7})), "not the JSON that was asked for"),
        (completion(json.dumps({"relation": "differs", "why": "x"})), "not the JSON"),
        (completion(json.dumps({**GOOD, "relation": "agrees"})), "'agrees' is no relation"),
        (completion(json.dumps({**GOOD, "in": "tone"})), "'tone' is nothing a relation can be in"),
        (completion(json.dumps({**GOOD, "in": None})), "differs must say what it is in"),
        (completion(json.dumps({**GOOD, "relation": "unsure"})), "unsure cannot be in number"),
        (completion(json.dumps({**GOOD, "why": " \n"})), "does not say why"),
        (completion(json.dumps({**GOOD, "why": "x" * 601})), "does not say why"),
        (completion(json.dumps({**GOOD, "why": "\x1b[2J done"})), "does not say why"),
    ],
)
def test_anything_else_is_one_line(body: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        advice.read(body)
    line = caught.value.line()
    assert line.startswith("the answer cannot be used: ") and why in line
    assert line.isprintable() and len(line) < 300


WORDS = st.sampled_from([*advice.RELATIONS, "agrees", "", "number", "wording"])


@given(st.one_of(st.binary(), st.text().map(completion)))
@example(b'{"choices": [{"message": {"content": "\\ud800"}}]}')
@example(b"[" * 5000)
@example(completion("[" * 5000))
def test_nothing_that_a_server_sends_is_more_than_one_line(body: bytes) -> None:
    with pytest.raises(InputError):
        advice.read(body)


@given(WORDS, st.none() | WORDS, st.text())
def test_what_is_read_can_be_kept_and_checked(relation: str, in_: str | None, why: str) -> None:
    body = completion(json.dumps({"relation": relation, "in": in_, "why": why}))
    try:
        found = advice.read(body)
    except InputError:
        return
    one = advice.made(
        "sha256:b", "sha256:a", "host.example", "m", "2031-05-02T10:00:00+00:00", found
    )
    advice.check(one)
    assert (one.a, one.b) == ("sha256:a", "sha256:b")
    assert advice.told(one).startswith("m at host.example: ") and advice.told(one).isprintable()
    with pytest.raises(InputError):
        advice.check(msgspec.structs.replace(one, model="other"))


def test_who_is_asked_and_by_which_instructions_makes_another_question() -> None:
    ids = {
        advice.advice_id(*question)
        for question in (
            ("a", "b", "host.example", "m"),
            ("a", "c", "host.example", "m"),
            ("a", "b", "other.example", "m"),
            ("a", "b", "host.example", "n"),
            ("a", "b", "host.example", "m", "0" * 12),
        )
    }
    assert len(ids) == 5
    assert advice.advice_id("b", "a", "host.example", "m") in ids


def test_a_passage_is_sent_in_one_line_and_not_without_end() -> None:
    assert advice.sendable(" Six\n\tboats \ud800 ") == "Six boats ?"
    assert len(advice.sendable("x" * 99_999)) == advice.LONGEST_TEXT + 1
