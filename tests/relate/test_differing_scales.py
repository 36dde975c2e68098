"""Sums and counts with scales in words and written short, what is announced and what was, quotations cut short."""

from __future__ import annotations

import pytest
from tests.relate.test_comparing import details, told

GUARDS = "Governor Ilsa Brandt will send {} guards to the northern pier of Harne."


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        (
            "The ministry will share up to 45m doses of the fever serum with Ostrand.",
            "The ministry plans to give 45 million doses of the fever serum to Ostrand.",
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
            "The ministry will share 45m doses of the fever serum with Ostrand.",
            "The ministry plans to give 45 million doses of the fever serum to Ostrand.",
        ),
        (
            "Mayor Ilsa Brandt will propose a harbour budget of $6 trillion on Friday.",
            "Mayor Ilsa Brandt will propose a harbour budget of $6tn on Friday.",
        ),
        # fewer than the most that may be
        (GUARDS.format("up to 50"), GUARDS.format("40")),
        # who defeats somebody wins
        (
            "Teague won by 71 votes to 38, a harbour vote that surprised Harne.",
            "Teague defeated her lone challenger by a vote of 71 to 38 in Harne, a surprise to the harbour.",
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


PIER = "the northern pier of Harne."
SEND = f"Governor Ilsa Brandt will send up to 50 guards to {PIER}"


@pytest.mark.parametrize(
    ("a", "b", "not_in"),
    [
        # what is wished or judged is not to come
        (
            f"Mayor Ilsa Brandt said it would be wrong to close {PIER}",
            f"Mayor Ilsa Brandt said it may be wrong to close {PIER}",
            "modality",
        ),
        # one number of guards, sent by another, to another place, in another act
        (SEND, f"Minister Oskar Venn withdrew 50 guards from {PIER}", "number"),
        (
            SEND,
            "Governor Ilsa Brandt will send 50 guards to the southern market of Kelm.",
            "number",
        ),
        (
            f"The council will spend up to $5 million on {PIER}",
            f"The council lost $5 million on {PIER[:-1]} last year.",
            "number",
        ),
        # no scales
        (
            f"The ferry company sold $20 T-shirts on {PIER}",
            f"The ferry company sold $20 shirts on {PIER}",
            "number",
        ),
        (
            f"The council felled 30m trees on {PIER}",
            f"The council felled 30 trees on {PIER}",
            "number",
        ),
        (f"The army sent 38 Bn troops to {PIER}", f"The army sent 38 troops to {PIER}", "number"),
        # both ends of a range
        (
            f"The ministry will send 3m-5m doses to {PIER}",
            f"The ministry will send 3 million to 5 million doses to {PIER}",
            "number",
        ),
        # rounded, a capacity, a sentence
        (
            f"Mayor Ilsa Brandt proposed $5 trillion for {PIER}",
            f"Mayor Ilsa Brandt proposed $4.9 trillion for {PIER}",
            "number",
        ),
        (
            f"The ferry carries up to 50 cars to {PIER}",
            f"The ferry carries 50 cars to {PIER}",
            "number",
        ),
        (
            f"Captain Jory Teague faces up to 12 years in jail for the fire on {PIER}",
            f"Captain Jory Teague faces 12 years in jail for the fire on {PIER}",
            "number",
        ),
        (
            "The first woman to lead the harbour council of Velmora, Ilsa Brandt.",
            "Ilsa Brandt led the harbour council of Velmora.",
            "modality",
        ),
    ],
)
def test_what_only_looks_like_another_number_or_plan(a: str, b: str, not_in: str) -> None:
    assert not_in not in details(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            f"It may emerge that the ferry company closed {PIER}",
            f"The ferry company did not close {PIER}",
        ),
        (
            f"It has not been confirmed whether the ferry company closed {PIER}",
            f"The ferry company did not close {PIER}",
        ),
        (
            f"The harbour board defeated the motion on {PIER}",
            f"The motion on {PIER[:-1]} lost in the harbour board.",
        ),
    ],
)
def test_what_is_open_or_won_by_another_contradicts_nothing(a: str, b: str) -> None:
    assert not {"contradicts", "incompatible_accounts"} & {relation for relation, _ in told(a, b)}
