"""Sums and counts with scales in words and written short, what is announced and what was, quotations cut short."""

from __future__ import annotations

import pytest
from tests.relate.test_comparing import details, told

GUARDS = "Governor Ilsa Brandt will send {} guards to the northern pier of Harne."


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        (
            "The ministry will share up to 60m doses of the vaccine with Ostrand.",
            "The ministry plans to give 60 million doses of the vaccine to Ostrand.",
            "number",
        ),
        (
            "Mayor Ilsa Brandt will propose a harbour budget of $5 trillion on Friday.",
            "Mayor Ilsa Brandt will propose a harbour budget of $6tn on Friday.",
            "number",
        ),
        (
            "The fund paid £4bn for the northern pier of Harne.",
            "The fund paid £3 billion for the northern pier of Harne.",
            "number",
        ),
        (GUARDS.format("up to 50"), GUARDS.format("50"), "number"),
        # the saying itself is still to come
        (
            "Mayor Ilsa Brandt will announce on Thursday that the town is closing the northern pier by autumn.",
            "Mayor Ilsa Brandt announced that the town is closing the northern pier by autumn.",
            "modality",
        ),
        # hoped for, and what was said to be to come
        (
            "Mayor Ilsa Brandt hopes all sailors will oppose the harbour treaty, she said on Monday.",
            "Mayor Ilsa Brandt said that all sailors would oppose the harbour treaty.",
            "modality",
        ),
        # what only brings the news is no act
        (
            "The ferry ticket will soon have a new fee for bicycles, it was revealed on Monday.",
            "The ferry company added a new fee for bicycles to the ferry ticket on Monday.",
            "modality",
        ),
        # the plan does nothing itself
        (
            "The council of Oldmoor bought 500 new lanterns for the northern pier.",
            "The council of Oldmoor announced its plan to buy and hang up 500 new lanterns for the northern pier.",
            "modality",
        ),
        (
            "“It is the council's business if we have to pay for the pier,” said Mayor Ilsa Brandt.",
            "“It is the council's business if the board closes the ferry,” Mayor Ilsa Brandt said.",
            "condition",
        ),
    ],
)
def test_two_accounts_differ(a: str, b: str, detail: str) -> None:
    assert detail in details(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The ministry will share 60m doses of the vaccine with Ostrand.",
            "The ministry plans to give 60 million doses of the vaccine to Ostrand.",
        ),
        (
            "Mayor Ilsa Brandt will propose a harbour budget of $6 trillion on Friday.",
            "Mayor Ilsa Brandt will propose a harbour budget of $6tn on Friday.",
        ),
        # fewer than the most that may be
        (GUARDS.format("up to 50"), GUARDS.format("40")),
        # who defeats somebody wins
        (
            "Teague won by 134 votes to 63, a harbour vote that surprised Harne.",
            "Teague defeated her lone challenger by a vote of 134 to 63 in Harne, a surprise to the harbour.",
        ),
        # what is announced is still to come in both
        (
            "Captain Jory Teague announced his run for the harbour board on Tuesday.",
            "Captain Jory Teague announced on Tuesday that he will run for the harbour board.",
        ),
        # both were said
        (
            "Mayor Ilsa Brandt announced that the town is closing the northern pier by autumn.",
            "Mayor Ilsa Brandt said the town is closing the northern pier by autumn.",
        ),
        # an editor cut the condition short
        (
            "“It is the council's business if we have to pay for the pier and the ferry,” said Mayor Ilsa Brandt.",
            "“It is the council's business if we have to pay for the pier and the ferry and help reopen the market "
            "...” Mayor Ilsa Brandt said.",
        ),
    ],
)
def test_two_accounts_agree(a: str, b: str) -> None:
    assert told(a, b)
    assert not details(a, b)
