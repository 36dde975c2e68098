"""In which words somebody binds himself or another, and in which nobody does: found and not found, by sentences
printed alone."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from onrecord import settings
from onrecord.pipeline import STAGES
from onrecord.records import Commitment, Given
from onrecord.run.memory import build_in_memory, capture_of

FORMS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "commitment_forms.toml").read_text("utf-8")
)["form"]
APART = {"stories.same_story": 1000, "stories.same_event": 1000}
"""Every sentence is a story of its own."""


@pytest.fixture(scope="module")
def acts() -> list[set[str]]:
    """By sentence the acts of the commitments found in it."""
    captures, number = [], {}
    for i, form in enumerate(FORMS):
        head, body = (
            (form["says"], "") if form.get("headline") else ("Notes from Harne", form["says"])
        )
        data = f"{head}\n\n{body}\n\nThe morning in Harne was dry and cold.".encode()
        given = Given(outlet=f"Outlet {i}", published="2032-06-07T10:00+01:00", language="en")
        capture = capture_of(f"{i}.txt", data, url=f"https://outlet{i}.example/x", given=given)
        captures.append((capture, data))
        number[capture.id] = i
    shelf, _ = build_in_memory(captures, STAGES, options=settings.join(APART))
    found: dict[int, set[str]] = defaultdict(set)
    for row in shelf.all(Commitment):
        found[number[row.what.capture_id or ""]].add(row.act)
    return [found[i] for i in range(len(FORMS))]


def test_most_ways_of_binding_are_found_with_their_act(acts: list[set[str]]) -> None:
    """203 of 234 when written, 195 with the act a reader would give it. What is missed says who is bound in another
    sentence, or binds by "He stays" and "Then we are out"."""
    asked = [(form, got) for form, got in zip(FORMS, acts, strict=True) if form["acts"]]
    missed = [form["says"] for form, got in asked if not got]
    other = [form["says"] for form, got in asked if got and not got & set(form["acts"])]
    assert len(asked) - len(missed) >= 202, missed
    assert len(asked) - len(missed) - len(other) >= 194, other


def test_hardly_anything_is_told_where_nobody_is_bound(acts: list[set[str]]) -> None:
    """3 of 90 when written; 21 before. A river that threatens, a film that promises, a forecast and a view bind nobody."""
    told = [form["says"] for form, got in zip(FORMS, acts, strict=True) if got and not form["acts"]]
    assert len(told) <= 3, told
