"""The gazetteer: what a word stands for, and what a user's file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.gazetteer import load_gazetteer

G = load_gazetteer()


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Russian", "Russia"),
        ("Russians", "Russia"),
        ("Moscow", "Russia"),
        ("the Kremlin", "Russia"),
        ("Kyiv's", "Ukraine"),
        ("the U.S.'s", "United States"),
        ("Downing Street", "United Kingdom"),
        ("Élysée", "France"),
        ("Spaniard", "Spain"),
        ("Verkhovna Rada", "Ukraine"),
        ("Crimea", None),
        ("Brussels", None),
        ("NATO", None),
        ("Atlantis", None),
    ],
)
def test_the_country_a_word_stands_for(phrase: str, country: str | None) -> None:
    assert G.country_of(phrase) == country


def test_the_country_within_a_phrase() -> None:
    assert G.country_within("South Korean Foreign Minister") == "South Korea"
    assert G.country_within("U.S. Secretary of State") == "United States"
    assert G.country_within("the old minister") is None


def test_kinds_of_places() -> None:
    kinds = {
        name: G.place_kind(name)
        for name in ("Kyiv", "Ukraine", "Crimea", "Donetsk", "Kremlin", "the West", "Duma")
    }
    assert kinds == {
        "Kyiv": "capital", "Ukraine": "country", "Crimea": "region", "Donetsk": "city",
        "Kremlin": "seat", "the West": "bloc", "Duma": None,
    }  # fmt: skip
    assert G.place_name("Kyiv") == G.place_name("Kiev")
    assert G.is_metonym("Moscow") and not G.is_metonym("Donetsk") and not G.is_metonym("Singapore")


def test_organisations_by_acronym() -> None:
    assert G.organisation("U.N.") == G.organisation("United Nations")
    osce = G.organisation("Organization for Security and Co-operation in Europe")
    assert osce is not None and osce.name == "OSCE"
    union = G.seated_in("Brussels")
    assert union is not None and union.name == "European Union"


def test_offices_end_the_words() -> None:
    titles = [
        (o.title, o.role)
        for words in ("Russian Foreign Minister", "FM", "Spokeswoman")
        if (o := G.office(words))
    ]
    assert titles == [
        ("foreign minister", "foreign"),
        ("foreign minister", "foreign"),
        ("spokesperson", "spokesperson"),
    ]
    assert G.office("the weather") is None


def test_holders_by_any_spelling_and_only_with_the_office() -> None:
    assert {h.country for h in G.holders_of("Sergey Lavrov")} == {"Russia"}
    held = G.held("Lavrov", "Foreign Minister")
    assert held is not None and held.person == "Sergei Lavrov"
    assert G.held("Lavrov", "Prime Minister") is None
    assert G.held("Lavrov", "Foreign Minister", "France") is None


def test_days_of_office_are_in_order() -> None:
    assert len(G.holders) > 50
    assert all(h.earliest < h.latest for h in G.holders if h.earliest and h.latest)
    assert {h.country for h in G.holders if h.country} <= {c.name for c in G.countries}


def test_the_longest_name_wins_and_short_acronyms_need_capitals() -> None:
    found = G.longest_name("The UN Security Council met".split(), 1)
    assert found is not None and found[0] == 4 and found[2] == "UN Security Council"
    assert G.longest_name("Us too".split(), 0) is None
    assert G.longest_name("Nato said".split(), 0) == (1, "organisation", "NATO")
    assert G.longest_name("Kiev .".split(), 0) == (1, "capital", "Kiev")


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[country]]\nname = "Velmara"\nadjectives = ["Velmaran"]\ncapital = "Selna"\n'
        '[[organisation]]\nname = "NATO"\naliases = ["the Pact"]\nsort = "intergovernmental"\n'
        '[[holder]]\nperson = "Ilse Varga"\ntitle = "foreign minister"\ncountry = "Velmara"\nearliest = 2031-02-01\n',
        "utf-8",
    )
    own = load_gazetteer([file])
    assert own.country_of("Velmarans") == own.country_of("Selna") == "Velmara"
    assert own.organisation("the Pact") is not None
    assert own.holders_of("Ilse Varga")[0].earliest == "2031-02-01"
    assert G.country_of("Velmaran") is None


@pytest.mark.parametrize(
    "text",
    [
        "not toml [",
        "[[countries]]\nname = 'X'\n",
        "[[country]]\ncapital = 'X'\n",
        "[[holder]]\nperson='A'\ntitle='b'\nearliest='soon'\n",
        "[[holder]]\nperson='A'\ntitle='reeve of no table'\n",
        "[[holder]]\nperson='A'\ntitle='minister'\nearliest=2031-02-01\nlatest=2030-02-01\n",
        "[[holder]]\nperson='A'\ntitle='minister'\nuntil=2031-02-01\n",
        "[[office]]\ntitle='reeve'\nrole='rural'\n",
        "[[office]]\nrole='regional'\n",
    ],
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"odd\.toml"):
        load_gazetteer([file])
