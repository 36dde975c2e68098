"""Outlet, address and tags of pages."""

from __future__ import annotations

import pytest

from onrecord.extract.html_about import canonical_url, read_outlet, read_tags
from onrecord.extract.structured import Fact, Facts
from onrecord.gazetteer import load_outlets

OUTLETS = load_outlets()
URL = "https://www.tidewater-post.example/harbour/strike-ends"


def facts(*values: str, where: str = "meta og:site_name") -> list[Fact]:
    return [Fact(v, 10 * i, 10 * i + len(v), where) for i, v in enumerate(values)]


def outlet(
    *sites: str, url: str | None = URL, title: str = "", urls: tuple[str, ...] = ()
) -> str | None:
    document = (title, 0, len(title)) if title else None
    name, fact = read_outlet(url, Facts(sites=facts(*sites), urls=facts(*urls)), OUTLETS, document)
    assert name is None or fact is not None or OUTLETS.by_url(url)
    return name


@pytest.mark.parametrize(
    ("sites", "name"),
    [
        (("Tidewater Post",), "Tidewater Post"),
        (("Tidewater Post | News of the coast",), "Tidewater Post"),
        (("News of the coast - Tidewater Post",), "Tidewater Post"),
        (("@tidewater", "Tidewater Post"), "Tidewater Post"),
        (("https://tidewater-post.example",), None),
        (("https://coast.example",), "coast.example"),
        (("x", ""), None),
        (("The " + "very long " * 10,), None),
    ],
)
def test_names_that_a_site_gives_itself(sites: tuple[str, ...], name: str | None) -> None:
    assert outlet(*sites) == name


def test_the_registry_comes_first() -> None:
    assert outlet("Reuters World", url="https://www.reuters.com/world/ships") == "Reuters"
    assert outlet("REUTERS", url="https://mirror.example/ships") == "Reuters"
    assert outlet(url=None, urls=("https://www.reuters.com/x",)) == "Reuters"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ships wait | Tidewater Post", "Tidewater Post"),
        ("Ships wait - Harbour - tidewater-post.example", "tidewater-post.example"),
        ("Ships wait | Coast", None),
        ("Ships wait | Tidewater Post asks who pays for the new cranes of the port", None),
        ("Tidewater Post", None),
    ],
)
def test_a_part_of_the_title_that_the_address_bears_out(title: str, name: str | None) -> None:
    assert outlet(title=title) == name


def test_the_front_page_is_no_reports_address() -> None:
    found = Facts(urls=facts("/relative", "https://tidewater-post.example/", URL))
    fact = canonical_url(found)
    assert fact is not None and fact.value == URL
    assert canonical_url(Facts(urls=facts("/relative"))) is None


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        (("ports, Vellmouth,strikes",), ("ports", "Vellmouth", "strikes")),
        (("ports", "Ports", "strikes"), ("ports", "strikes")),
        (("ports;fish;coal",), ("ports", "fish", "coal")),
        (("fish &amp;amp; coal",), ("fish & coal",)),
        (
            (
                "@river",
                "_prio_3",
                "Category: Sea",
                "26157981-b4f7-4929-adc1-e860c6f03636",
                "1003123",
            ),
            (),
        ),
        (("Ships wait", "ports"), ("ports",)),
        (("Rusk Corp., U.S.",), ("Rusk Corp.", "U.S.")),
    ],
)
def test_tags(values: tuple[str, ...], tags: tuple[str, ...]) -> None:
    rows = [
        Fact(f.value.replace("&amp;amp;", "&amp;"), f.start, f.end, f.where) for f in facts(*values)
    ]
    assert read_tags(rows, "Ships wait")[0] == tags


def test_tags_of_the_first_source_that_has_any() -> None:
    rows = [
        *facts("@river", where="meta a"),
        *facts("ports", where="meta b"),
        *facts("fish", where="meta c"),
    ]
    assert read_tags(rows, None) == (("ports",), rows[1:2])
