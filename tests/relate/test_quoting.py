"""One utterance in two reports: what is the same quotation, what was changed, who is said to have said it."""

from __future__ import annotations

import pytest
from tests.relate.reports import story

from onrecord.records import Claim

Found = tuple[str, str | None]


def told(a: str, b: str) -> dict[Found, str]:
    """The relations between two reports of one line each, with their bases."""
    shelf = story(("Tern Post", "2031-05-02", a), ("Oldmoor Mail", "2031-05-02", b))
    said = {m.id: m.citation.quote for c in shelf.all(Claim) for m in c.members}
    return {
        (r.relation, r.in_): r.basis
        for c in shelf.all(Claim)
        for r in c.relations
        if any(said[x] in a and said[y] in b for x, y in ((r.a, r.b), (r.b, r.a)))
    }


WHOLE = "“We did not ask for this ferry, and the island will not pay for it,” Ilsa Brandt said."


@pytest.mark.parametrize(
    "other",
    [
        WHOLE,
        "“We didn't ask for this ferry, and the island won't pay for it,” Ilsa Brandt said.",
        "“We did not ask for this ferry,” Ilsa Brandt said.",
        "Ilsa Brandt said that “the island will not pay for it”.",
        "“We did not ask for this ferry,” Ilsa Brandt said, “and the island will not pay for it.”",
        "“We did not ask for this … and the island will not pay for it,” Ilsa Brandt said.",
    ],
)
def test_another_cut_of_one_quotation_is_the_same_quotation(other: str) -> None:
    assert set(told(WHOLE, other)) == {("same_quote", None)}


def test_a_word_that_says_something_else_is_told_with_both_wordings() -> None:
    found = told(WHOLE, WHOLE.replace("ask for", "wait for"))
    assert set(found) == {("differs", "wording")}
    basis = found["differs", "wording"]
    assert "Tern Post quotes “did not ask for this”" in basis
    assert "Oldmoor Mail quotes “did not wait for this”" in basis


def test_a_word_left_out_or_put_in_is_the_same_quotation_in_other_words() -> None:
    found = told(WHOLE, WHOLE.replace("this ferry", "this second ferry"))
    assert set(found) == {("same_quote", "wording")}
    assert "“for this second ferry and”" in found["same_quote", "wording"]


def test_one_remark_in_two_translations_does_not_differ() -> None:
    found = told(
        "“We did not ask for this ferry, and the island will not pay for it,” Ilsa Brandt said.",
        "“The island will not pay for a ferry that nobody asked for,” Ilsa Brandt said.",
    )
    assert set(found) == {("same_quote", "wording")}


def test_what_only_one_puts_in_marks_is_a_paraphrase() -> None:
    plain = "Ilsa Brandt said they did not ask for this ferry and the island will not pay for it."
    assert {relation for relation, _ in told(WHOLE, plain)} == {"paraphrase"}


@pytest.mark.parametrize(
    "other",
    [
        "“We did not ask for this ferry,” Oskar Venn said.",
        "“We did not ask for this ferry” was how the harbour master, Oskar Venn, put it on the quay.",
        "“We did not ask for this ferry”: the words came from Venn, the harbour master.",
    ],
)
def test_one_utterance_in_two_mouths_differs_in_attribution(other: str) -> None:
    found = told(WHOLE, other)
    assert set(found) == {("differs", "attribution")}
    assert "Ilsa Brandt" in found["differs", "attribution"] and "Venn" in str(found)


def test_one_speaker_in_two_spellings_is_one() -> None:
    found = told(
        "“We did not ask for this ferry,” Vicenda Foss said.",
        "“We did not ask for this ferry,” Vincenda Foss said.",
    )
    assert ("differs", "attribution") not in found


def test_a_name_in_two_mouths_is_no_shared_quotation() -> None:
    found = told(
        "Ilsa Brandt spoke of “the great fishermen of the United Isles”.",
        "Oskar Venn warned of “the empty treasury of the United Isles”.",
    )
    assert "same_quote" not in {relation for relation, _ in found}


def test_a_place_named_in_two_utterances_is_no_shared_quotation() -> None:
    found = told(
        "Ilsa Brandt said she was “alarmed by the warships in Ostrand and along the northern coast”.",
        "Ilsa Brandt saw “no reason for a truce in Ostrand and along the southern coast”.",
    )
    assert not {relation for relation, _ in found} & {"same_quote", "differs"}


def test_a_stock_phrase_in_two_mouths_is_nobody_s_own() -> None:
    found = told(
        "“The Ostrand people deserve to know who sank the ferry,” Ilsa Brandt said of the ferry.",
        "“The Ostrand people deserve to see that the ferry is raised,” Oskar Venn said of the ferry.",
    )
    assert ("differs", "attribution") not in found
