"""The outlet registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.gazetteer.outlets import load_outlets
from onrecord.text.folding import fold_loose

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("The Associated Press", "AP"),
        ("Agence France-Presse", "AFP"),
        ("ITAR-TASS", "TASS"),
        ("the guardian", "Guardian"),
        ("independent", "Independent"),
        ("Deutsche Welle", "DW"),
        ("Thomson Reuters", "Reuters"),
    ],
)
def test_names_and_aliases(written: str, name: str) -> None:
    found = OUTLETS.by_name(written)
    assert found is not None
    assert found.name == name


def test_domains_with_and_without_subdomain() -> None:
    for url in ("http://www.independent.co.uk/news/a.html", "https://blogs.independent.co.uk/x"):
        found = OUTLETS.by_url(url)
        assert found is not None
        assert found.name == "Independent"
    assert OUTLETS.by_url("https://paper.example/") is None
    assert OUTLETS.by_url(None) is None


def test_no_name_and_no_domain_stands_for_two() -> None:
    for keys in (
        [
            fold_loose(n)
            for o in OUTLETS.entries
            for n in dict.fromkeys(map(fold_loose, (o.name, *o.aliases)))
        ],
        [d for o in OUTLETS.entries for d in o.domains],
    ):
        assert sorted(k for k in set(keys) if keys.count(k) > 1) == []


def test_size_and_agencies() -> None:
    assert len(OUTLETS.entries) >= 150
    names = {o.name for o in OUTLETS.agencies}
    assert names >= {
        "Reuters",
        "AP",
        "AFP",
        "dpa",
        "TASS",
        "Interfax",
        "RIA Novosti",
        "Xinhua",
        "PA",
        "UPI",
        "Kyodo",
        "Bloomberg",
    }
    assert not names & {"BBC", "RT", "DW", "Independent", "Guardian"}


def test_find_wants_whole_words_in_their_case() -> None:
    text = "ik (Reuters, AFP, AP) for RIA Novosti and The Guardian"
    assert [o.name for _, _, o in OUTLETS.find(text)] == [
        "Reuters",
        "AFP",
        "AP",
        "RIA Novosti",
        "Guardian",
    ]
    assert all(text[a:b] for a, b, _ in OUTLETS.find(text))
    assert OUTLETS.find("a map of the tap, an APPLE, @AP and #AFP") == ()


def test_users_add_files_and_wrong_files_are_named(tmp_path: Path) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text('[[outlet]]\nname = "Valley Echo"\ndomains = ["valley.example"]\n', "utf-8")
    found = load_outlets([extra]).by_url("https://valley.example/a")
    assert found is not None
    assert found.name == "Valley Echo"
    extra.write_text("[[outlet]]\ndomains = []\n", "utf-8")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        load_outlets([extra])
