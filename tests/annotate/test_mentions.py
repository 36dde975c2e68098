"""Who is named: names, titles, offices, groups, places that speak and places where things are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annotate.reading import find, quotes, read, version

REPORT = (
    "Velmara warns Ostrel over harbour blockade\n\n"
    "PORT SELN, March 3 (CPN) - Velmara's foreign minister, Ilse Varga, said on Monday that her country "
    "would close the strait if Ostrel did not withdraw its ships.\n\n"
    "Varga told reporters that she had spoken with her Ostreli counterpart, Tomas Brenn, for two hours.\n\n"
    "A senior defence ministry official said the navy was ready. The official added that talks would go on."
)


def test_a_person_is_cited_without_the_title_which_becomes_the_office() -> None:
    found = read(
        "Russian Defence Minister Pavel Orlenko met Mr Hadley and Dr Mira Solt in Vienna on Monday."
    )
    orlenko = find(found, "Pavel Orlenko")
    assert (orlenko.kind, orlenko.role, orlenko.office, orlenko.country) == (
        "person",
        "name",
        "defence minister",
        "Russia",
    )
    assert find(found, "Hadley").kind == find(found, "Mira Solt").kind == "person"


def test_a_title_with_of_is_an_office_and_no_body() -> None:
    found = read("U.S. Secretary of State Ellen Marsh will meet UK Prime Minister Robert Dale.")
    assert find(found, "Ellen Marsh").office == "secretary of state"
    assert find(found, "Ellen Marsh").country == "United States"
    assert find(found, "Robert Dale").country == "United Kingdom"
    assert "State" not in quotes(found)


def test_a_surname_joins_the_full_name_and_takes_its_form() -> None:
    found = read(REPORT)
    full, short = find(found, "Ilse Varga"), find(found, "Varga")
    assert short.chain == full.chain == find(found, "foreign minister").id
    assert short.name == "Ilse Varga"


def test_two_bearers_of_a_surname_stay_apart() -> None:
    found = read("Sergei Dolin met his rival Pavel Dolin on Monday. Sergey Dolin left early.")
    assert find(found, "Sergei Dolin").chain == find(found, "Sergey Dolin").chain
    assert find(found, "Sergei Dolin").chain != find(found, "Pavel Dolin").chain


def test_an_office_behind_or_before_a_name_is_its_holder() -> None:
    found = read(
        "Martin Cole, the Defence Secretary, told reporters that he would resign on Monday."
    )
    office = find(found, "the Defence Secretary")
    assert (office.role, office.office, office.chain) == (
        "office",
        "defence secretary",
        find(found, "Martin Cole").chain,
    )


def test_the_minister_is_the_only_minister_named_before() -> None:
    found = read(
        "Foreign Minister Ilse Varga arrived on Monday. Anton Krell came too. The minister said the talks were useful."
    )
    assert find(found, "The minister").chain == find(found, "Ilse Varga").chain


def test_the_minister_is_nobody_known_where_two_were_named() -> None:
    found = read(
        "Foreign Minister Ilse Varga met Interior Minister Tomas Brenn. The minister said the talks were useful."
    )
    minister = find(found, "The minister")
    assert minister.chain not in (find(found, "Ilse Varga").chain, find(found, "Tomas Brenn").chain)


def test_an_unnamed_official_is_an_actor_of_its_own_and_is_taken_up_again() -> None:
    found = read(REPORT)
    first, again = find(found, "A senior defence ministry official"), find(found, "The official")
    assert (first.kind, first.role) == ("office", "office")
    assert again.chain == first.id


def test_a_counterpart_takes_its_country_from_the_adjective() -> None:
    found = read("Kerstin Holm met her Russian counterpart, Pavel Orlenko, in Geneva on Monday.")
    assert find(found, "her Russian counterpart").chain == find(found, "Pavel Orlenko").chain
    assert find(found, "Pavel Orlenko").country == "Russia"
    assert find(found, "Pavel Orlenko").office is None


@pytest.mark.parametrize(
    ("sentence", "town"),
    [
        ("Moscow said it would not attend the talks.", "Moscow"),
        ("The minister warned Moscow of more sanctions.", "Moscow"),
        ("In Moscow's view the vote was lawful.", "Moscow"),
        ("Tension grew between Moscow and the West.", "Moscow"),
        ("Washington was accused by Beijing of meddling.", "Beijing"),
        ("The Kremlin rejected the offer.", "Kremlin"),
    ],
)
def test_a_capital_that_acts_or_is_spoken_to_is_its_government(sentence: str, town: str) -> None:
    mention = find(read(sentence), town)
    assert (mention.kind, mention.role) == ("government", "metonym")
    assert mention.name == mention.country in ("Russia", "China")


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers met in Moscow on Monday.",
        "The envoy flew to Moscow on Monday.",
        "The envoy returned from Moscow on Monday.",
        "The envoy visited Moscow on Monday.",
        "Moscow's airport was closed on Monday.",
    ],
)
def test_a_capital_where_somebody_is_is_a_place(sentence: str) -> None:
    mention = find(read(sentence), "Moscow")
    assert (mention.kind, mention.role, mention.country) == ("place", "place", "Russia")


def test_brussels_speaks_for_the_union() -> None:
    mention = find(read("Brussels has warned the two countries of new tariffs."), "Brussels")
    assert (mention.name, mention.kind, mention.role) == (
        "European Union",
        "organisation",
        "metonym",
    )


def test_what_the_recogniser_mislabels_the_gazetteer_puts_right() -> None:
    found = read("The Duma backed the annexation of Crimea, and the G8 condemned the move.")
    assert (find(found, "Duma").kind, find(found, "Duma").country) == ("organisation", "Russia")
    assert (find(found, "Crimea").kind, find(found, "Crimea").country) == ("place", None)
    assert find(found, "G8").kind == "organisation"


def test_us_the_pronoun_is_no_country() -> None:
    assert "us" not in quotes(read("They asked us to leave on Monday."))


def test_collective_speakers_are_several_mentions() -> None:
    found = read("The Americans and the Russians said that Ukraine must decide.")
    assert find(found, "Americans").country == "United States"
    assert find(found, "Russians").country == "Russia"
    assert find(found, "Americans").chain != find(found, "Russians").chain


def test_a_nationality_as_adjective_is_no_people() -> None:
    found = read("Russian troops seized the airport, and she answered in Russian.")
    assert quotes(found)[0] == "Russian troops"
    assert find(found, "Russian troops").kind == "group"
    assert "Russian" not in quotes(found)


def test_groups_and_bodies_without_a_name() -> None:
    found = read(
        "Police arrested dozens of demonstrators. The prosecutors accused the rebels of murder."
    )
    assert {"Police", "dozens of demonstrators", "The prosecutors", "the rebels"} <= set(
        quotes(found)
    )
    assert {m.kind for m in found} == {"group"}


def test_a_country_and_its_plain_government_are_one_but_a_former_one_is_not() -> None:
    found = read(
        "Ukraine refused. The Ukrainian government said so. The former Ukrainian government had agreed."
    )
    assert find(found, "Ukraine").chain == find(found, "The Ukrainian government").chain
    assert find(found, "The former Ukrainian government").chain != find(found, "Ukraine").chain


def test_an_opponents_epithet_gives_no_country() -> None:
    found = read("Ukraine's pro-Kremlin president, Anton Krell, fled on Monday.")
    assert find(found, "Anton Krell").country == "Ukraine"


def test_an_acronym_joins_the_name_it_stands_for() -> None:
    found = read(
        "Mira Solt leads the Harbour Workers' Union (HWU). Members of the HWU voted to strike on Monday."
    )
    assert (
        find(found, "HWU", 0).chain
        == find(found, "HWU", 1).chain
        == find(found, "Harbour Workers' Union").chain
    )


def test_a_state_no_table_knows_is_told_by_what_states_have() -> None:
    found = read(REPORT)
    assert {find(found, "Velmara", i).kind for i in range(2)} == {"government"}
    assert find(found, "Ilse Varga").country == "Velmara"
    assert find(found, "Tomas Brenn").country == "Ostrel"


def test_a_company_with_a_president_is_no_state() -> None:
    found = read(
        "Nordvik's president said on Monday that Nordvik would open two factories in Spain."
    )
    assert all(m.country is None for m in found if m.citation.quote == "Nordvik")


def test_the_town_of_a_dateline_is_a_place_however_it_is_written() -> None:
    mention = find(read(REPORT), "PORT SELN")
    assert (mention.kind, mention.name) == ("place", "Port Seln")


def test_who_wrote_the_report_is_not_told_of() -> None:
    found = read("Talks stall\n\nBy Maren Holt\n\nThe president left the talks.", kinds="tb")
    assert all("Holt" not in m.name for m in found)


def test_people_are_found_in_headlines() -> None:
    found = read(
        "Orlenko, Varga meet in last-ditch talks\n\nForeign Minister Pavel Orlenko met Ilse Varga.",
        kinds="t",
    )
    assert find(found, "Orlenko").chain == find(found, "Pavel Orlenko").chain
    assert find(found, "Varga").name == "Ilse Varga"


def test_every_mention_resolves_to_its_words_and_none_overlap() -> None:
    text = version(REPORT).text
    found = read(REPORT)
    assert len({m.id for m in found}) == len(found) > 10
    for mention in found:
        assert text[mention.start : mention.end] == mention.citation.quote
    ordered = sorted(found, key=lambda m: m.start)
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    assert {m.chain for m in found} <= {m.id for m in found}


_WORDS = st.sampled_from(
    "Moscow said the U.S. Ilse Varga , . \" “ ” - ( ) he it they President minister of warned Russian troops in 's UN \u00a0 é 7".split(
        " "
    )
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_WORDS, min_size=1, max_size=25))
def test_any_words_give_mentions_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.citation.quote != ""
        assert mention.kind in ("person", "organisation", "government", "office", "place", "group")
        assert mention.role in ("name", "office", "pronoun", "metonym", "place")


def test_a_common_noun_that_begins_a_sentence_or_headline_is_nobody() -> None:
    found = read(
        "Ferry could stop before the winter\n\nWells run dry in the hills. "
        "The mayor of Osk said on Monday that the ferry is old. Trello said it would help."
    )
    assert not {"Ferry", "Wells"} & set(quotes(found))
    assert "Trello" in quotes(found)


def test_a_surname_is_the_persons_whatever_the_recogniser_calls_it() -> None:
    found = read("Ana Dorva, the health minister, opened the clinic. Dorva thanked the nurses.")
    assert find(found, "Dorva").kind == "person"
    assert find(found, "Dorva").chain == find(found, "Ana Dorva").chain
