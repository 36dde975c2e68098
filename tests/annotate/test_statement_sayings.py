"""What a plain "said" does by what is said, family by family: threats, offers, refusals, denials, ...

Each family stands beside its look-alikes, which must stay what they are.
"""

from __future__ import annotations

import pytest
from tests.annotate.stating import told


def _acts(text: str) -> set[str]:
    return {s.act for s in told(text) if s.within is None}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # what the speaker's own side will do to others
        ("The note said they would burn down the mill.", "threaten"),
        ('"If she denies it, we will release the letters," Kirin said.', "threaten"),
        ('"If you take the ferry away, I will tell the papers," Lund said.', "threaten"),
        ("Kirin said he would stop sharing the figures unless the board paid.", "threaten"),
        ("Norland will not hesitate to use force, its defence minister said.", "threaten"),
        ("The firm said it would have no choice but to close the plant.", "threaten"),
        ("Lund warned that she would name the members of the club.", "threaten"),
        # what whoever does something is going to suffer
        ("Lund said anyone who entered the zone would be arrested.", "threaten"),
        ("The minister said the firm would be fined if it missed the deadline.", "threaten"),
        ('"You will regret this," Dorva told the envoy.', "threaten"),
        # either this or that
        ('"Leave the bay or face the courts," Dorva said.', "threaten"),
        # what nobody does to others
        ('"Unless we act, the lake will die," Lund said.', "warn"),
        ('"If the rain goes on, the dam will burst," the engineer said.', "warn"),
        # what one does for others, or to win an election
        ('"If we win, we will publish the letters," Kirin said.', "promise"),
        ("Kirin said he would pay unless the shop was robbed again.", "promise"),
        ("The lake will be dead by spring, Orlin said.", "assert"),
    ],
)
def test_threats_and_warnings(text: str, act: str) -> None:
    assert _acts(text) == {act}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ('"If they stop shooting, we will free the crew," the general said.', "offer"),
        ("Kirin said he would halve the rent if the village bought the field.", "offer"),
        ("Norland's minister said it was willing to host the talks.", "offer"),
        ("Kirin said he would look at the plan as long as the sums added up.", "promise"),
        ("Kirin said he would not raise the matter if Dorva kept the peace.", "promise"),
        ("Kirin said his government would spare no effort.", "promise"),
        ("The mayor assured the farmers that the road would stay open.", "promise"),
        ("Lund said nobody would be laid off.", "promise"),
        ("The airline said all passengers would be refunded.", "promise"),
        ('"Every family will get its money back by Easter," said Mayor Lund.', "promise"),
        ('"It will not happen again," Kirin said.', "promise"),
        ("Lund said work on the roof would start on Monday.", "assert"),
        ("Kirin said the visitors would be stopped by the guards.", "assert"),
        ('"I accept the verdict," Kirin said.', "agree"),
        ("The club said it would comply with the order.", "agree"),
    ],
)
def test_offers_promises_and_agreements(text: str, act: str) -> None:
    assert _acts(text) == {act}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Kirin said he was not going to resign.", "refuse"),
        ("Kirin said he would rather resign than sign the paper.", "refuse"),
        ('"We do not negotiate with pirates," the admiral said.', "refuse"),
        ('"I am not paying the fee," Lund said.', "refuse"),
        ("Lund said nothing would make her sell the farm.", "refuse"),
        ("Lund said she had no intention of apologising.", "refuse"),
        ("Lund said the farm was not for sale.", "refuse"),
        ("Lund said she would not be bullied.", "refuse"),
        ('"No way," Lund said.', "refuse"),
        ("The board rejected the request.", "refuse"),
        ("The board rejected the allegation.", "deny"),
        ("Kirin ruled out an early vote.", "refuse"),
        ("Kirin ruled out sabotage.", "deny"),
        ("Kirin said he had never met any of the smugglers.", "deny"),
        ("Kirin said he had no plans to invade the island.", "deny"),
        ("The firm said it was not responsible for the spill.", "deny"),
        ('"That is simply not true," Dorva said.', "deny"),
        ("The claim was invented, Dorva said.", "deny"),
        ("Kirin said he had agreed to nothing of the sort.", "deny"),
        ("Kirin insisted that the bridge was not closed.", "deny"),
        # what is not done, known or decided is no denial of a reproach
        ("Lund said no decision had been made.", "assert"),
        ('"I have never seen so dry a summer," Kirin said.', "assert"),
        ("The bill would not apply to the islands, the ministry said.", "assert"),
        ("Lund said the others might not be so lucky.", "assert"),
        ("Kirin did not deny that he knew the smugglers.", "assert"),
    ],
)
def test_refusals_and_denials(text: str, act: str) -> None:
    assert _acts(text) == {act}


@pytest.mark.parametrize("word", ["denied that the road was closed", "said it was not true"])
def test_a_denial_is_told_as_negative(word: str) -> None:
    assert {(s.act, s.polarity) for s in told(f"Kirin {word}.")} == {("deny", "negative")}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Vesk must pull back its troops, Dorva said.", "demand"),
        ("The report says that the law should be changed.", "demand"),
        ('"The ministers need to act now," the bishop said.', "demand"),
        ('"Release the sailors," Dorva said.', "demand"),
        ('"We are calling for an inquiry," Lund said.', "demand"),
        ("The union wants the board to resign.", "demand"),
        ("The union wants to meet the board.", "assert"),
        ('"Let us meet halfway," the chairman said.', "propose"),
        ("Lund suggested that the vote be put off.", "propose"),
        ("Lund suggested that the town should wait.", "propose"),
        ('"I am asking only for your help," Lund told the crowd.', "ask"),
        ('"Who will pay for it?" Lund said.', "ask"),
        ("Lund begged the ministers to come.", "ask"),
        # what must or should be so is no deed, and one's own duty is nobody else's
        ("The dam must be safe, the engineer said.", "assert"),
        ("The bridge should be finished by May, the builder said.", "assert"),
        ("Kirin said he had to go home.", "assert"),
    ],
)
def test_demands_proposals_and_requests(text: str, act: str) -> None:
    assert _acts(text) == {act}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ('"This is a disgrace," the bishop said.', "condemn"),
        ("The minister called the strike irresponsible.", "condemn"),
        ("Lund said the mayor had betrayed the farmers.", "condemn"),
        ('"They broke every promise," Lund said.', "condemn"),
        ("Dorva expressed outrage at the raid.", "condemn"),
        ("The critic called the opera a masterpiece.", "praise"),
        ('"They did a fantastic job," the mayor said.', "praise"),
        ("Lund said she admired the nurses.", "praise"),
        ('"I am proud of these boys," the coach said.', "praise"),
        # facts and what one says of oneself are no verdicts
        ("The mayor called the ship a ferry.", "assert"),
        ("The bridge is dangerous, the engineer said.", "assert"),
        ('"I have been a fool," Kirin said.', "assert"),
    ],
)
def test_praise_and_blame(text: str, act: str) -> None:
    assert _acts(text) == {act}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Kirin promised an answer by Christmas.", "planned"),
        ("Lund proposed a fund for the villages.", "required"),
        ("Lund proposed that the court sit in the barn.", "required"),
        ("Lund made clear that the speech would have to be short.", "required"),
        ("The Bill says that no farmer shall draw water.", "required"),
        ('"We shall see," Kirin said.', "planned"),
        ("Kirin said that Lund would have beaten anyone.", "hypothetical"),
        ("Kirin wondered what would become of the dam.", "hypothetical"),
        ("Kirin warned the villagers against swimming in the lake.", "required"),
    ],
)
def test_modality_that_the_act_gives(text: str, modality: str) -> None:
    assert {s.modality for s in told(text)} == {modality}


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Kirin said the houses were no longer safe.", "negative"),
        ("Kirin doubted that the fund would last.", "negative"),
        ("Kirin said that not one crown would be spent.", "negative"),
        ("Kirin said the mill would eat everything and give nothing back.", "positive"),
        ("Kirin did not deny that he knew the smugglers.", "positive"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert {s.polarity for s in told(text) if s.within is None} == {polarity}
