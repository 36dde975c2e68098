"""Citations to copy: what a reader gets, and that a program finds the same characters by each selector."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish import fixture
from tests.publish.reading import Reader, Site

from onrecord.publish import citations
from onrecord.publish.desk import NO_STORY, Desk
from onrecord.publish.dossier import render
from onrecord.publish.views import said_view
from onrecord.publish.web import create_app
from onrecord.records import Article, Block, Statement, Version
from onrecord.store.record import Store
from onrecord.text.citing import parse_address

BUILDER, VERSIONS = fixture.build()
STATEMENTS = {r.id: r for r in BUILDER.records if isinstance(r, Statement)}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(fixture.library(), NO_STORY)


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(create_app(fixture.library()))


def annotation(desk: Desk, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said_view(desk, STATEMENTS[identity]).cited.annotation)
    return found


def test_a_citation_in_lines_says_all_that_keeps_it_from_being_misread(desk: Desk) -> None:
    threat = said_view(desk, STATEMENTS["stm-threat"]).cited.text
    address = STATEMENTS["stm-threat"].content[0].address
    assert threat.split("\n") == [
        "“no ship will pass,”",
        "Irena Voss; threat; word for word; supposed, not said to be so; to reporters; "
        "on the condition “If the toll stands on Monday”; said 10 May 2031",
        "Harbour Courier, “Voss warns of closing the Halden Strait”, published 10 May 2031, "
        "09:20 UTC+02:00",
        "https://courier.example/strait",
        "Captured 10 May 2031, 10:00 UTC+02:00",
        f"Evidence {address}",
    ]
    denial = said_view(desk, STATEMENTS["stm-not"]).cited.text
    assert "Tomas Berg; denial, with a negation; in the reporter’s words" in denial
    pilot = said_view(desk, STATEMENTS["stm-pilot"]).cited.text
    for words in ("speaker unknown", "Web address unknown", "Captured unknown when"):
        assert words in pilot
    assert "javascript" not in pilot and "through Meridian Wire" in pilot


def test_quotation_marks_are_not_doubled(desk: Desk) -> None:
    said = STATEMENTS["stm-deny"]
    own = fixture.words_of(VERSIONS["today"], "“did not threaten anyone with a closure”")
    text = said_view(desk, msgspec.structs.replace(said, content=(own,))).cited.text
    assert text.split("\n")[0] == "“did not threaten anyone with a closure”"


def test_an_annotation_is_one_of_the_web_annotation_model(desk: Desk) -> None:
    found = annotation(desk, "stm-threat")
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "Annotation" and found["id"].startswith("urn:uuid:")
    target = found["target"]
    assert target["id"] == STATEMENTS["stm-threat"].content[0].address
    assert target["source"] == "https://courier.example/strait"
    assert target["state"] == {
        "type": "TimeState",
        "sourceDate": "2031-05-10T08:00:00Z",
        "cached": f"sha256:{VERSIONS['courier'].sha256}",
    }
    assert [s["type"] for s in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert found["body"]["value"].startswith("“no ship will pass,”\nIrena Voss; threat")


def test_an_annotations_name_hangs_on_the_addresses_alone(desk: Desk) -> None:
    said = STATEMENTS["stm-threat"]
    again = said_view(desk, msgspec.structs.replace(said, id="stm-other", act="warn")).cited
    assert json.loads(again.annotation)["id"] == annotation(desk, "stm-threat")["id"]
    assert annotation(desk, "stm-not")["id"] != annotation(desk, "stm-threat")["id"]


def test_a_statement_in_several_spans_has_a_target_for_each(desk: Desk) -> None:
    version = VERSIONS["courier"]
    spans = tuple(fixture.words_of(version, w) for w in ("no ship will pass,", "we are ready."))
    said = msgspec.structs.replace(STATEMENTS["stm-threat"], content=spans)
    view = said_view(desk, said)
    targets = json.loads(view.cited.annotation)["target"]
    assert [t["selector"][0]["exact"] for t in targets] == [c.quote for c in spans]
    assert view.cited.text.startswith("“no ship will pass, … we are ready.”\n")
    assert view.cited.text.count("\nEvidence sha256:") == 2


def follow(target: dict[str, Any], text: str, source: str) -> list[str]:
    """The characters that a program finds by each way that a target tells."""
    _, _, low, high = parse_address(target["id"])
    quote, place = target["selector"][:2]
    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.count(whole) == 1
    start = text.index(whole) + len(quote["prefix"])
    return [
        text[start : start + len(quote["exact"])],
        text[place["start"] : place["end"]],
        source[low:high],
    ]


def test_every_selector_leads_to_the_same_characters(demo_record: Path) -> None:
    with Store(demo_record, create=False) as store:
        desk = Desk(store, NO_STORY)
        statements = store.all(Statement)
        assert len(statements) > 50
        for item in statements:
            made = json.loads(said_view(desk, item).cited.annotation)["target"]
            targets = made if isinstance(made, list) else [made]
            for target, citation in zip(targets, item.content, strict=True):
                version = store.get(Version, citation.version_id or "")
                assert version is not None
                source = store.source(version.sha256, version.decoder)
                by_words, by_place, by_address = follow(target, version.text, source)
                assert by_words == by_place == citation.quote
                kept = re.sub(r"\W+", "", html.unescape(re.sub(r"<[^>]*>", "", by_address)))
                assert kept == re.sub(r"\W+", "", citation.quote)


def test_of_a_transcript_the_time_is_told_too(desk: Desk) -> None:
    version = VERSIONS["courier"]
    blocks = tuple(
        Block(
            **{
                **{f: getattr(b, f) for f in b.__struct_fields__},
                "begins": "00:01:02.000",
                "ends": "00:01:05.500",
            }
        )
        for b in version.blocks
    )
    heard = msgspec.structs.replace(version, blocks=blocks)
    start = heard.text.index("no ship")
    third = citations.selectors(heard, start, start + 7)[2]
    assert third == {
        "type": "FragmentSelector",
        "conformsTo": "http://www.w3.org/TR/media-frags/",
        "value": "t=00:01:02.000,00:01:05.500",
        "refinedBy": {"type": "TextQuoteSelector", "exact": "no ship"},
    }


@given(st.text(alphabet="ab \n🌊é", min_size=1, max_size=600), st.data())
def test_the_words_around_a_quotation_tell_it_apart(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 9)))
    quote = citations.quote_selector(text, start, end)
    assert quote["exact"] == text[start:end]
    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.find(whole) + len(quote["prefix"]) == start
    assert text.find(whole, text.find(whole) + 1) < 0


def test_a_text_that_only_repeats_itself_ends_the_search() -> None:
    text = "no ship. " * 10_000
    start = 9 * 5_000
    quote = citations.quote_selector(text, start, start + 8)
    assert len(quote["prefix"]) == len(quote["suffix"]) == citations.MOST_AROUND
    with pytest.raises(ValueError, match="is not a range"):
        citations.quote_selector(text, 3, 3)


def copied(page: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The two texts of every citation on a page."""
    boxes = [html.unescape(t) for t in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)]
    for words, made in zip(boxes[::2], boxes[1::2], strict=True):
        yield words, json.loads(made)


@pytest.mark.parametrize(
    "path", ["/statements", "/actor/act-voss", f"/story/{fixture.STORY}/statements"]
)
def test_every_statement_on_every_page_can_be_cited(site: Site, path: str) -> None:
    page = site.get(path).text
    found = list(copied(page))
    assert len(found) == len(Reader(page).all("div", "said")) > 1
    for words, made in found:
        targets = made["target"] if isinstance(made["target"], list) else [made["target"]]
        assert [f"Evidence {t['id']}" for t in targets] == [
            line for line in words.split("\n") if line.startswith("Evidence ")
        ]
        assert made["body"]["value"] == words


def test_the_evidence_page_cites_the_words_and_the_statement_made_of_them(site: Site) -> None:
    content = STATEMENTS["stm-threat"].content[0]
    page = site.get(f"/evidence?address={content.address}").text
    (statement, made), (words, same) = copied(page)
    assert "Irena Voss; threat" in statement and "Irena Voss" not in words
    assert made["target"] == same["target"]
    assert "The statement read from these words" in Reader(page).text
    assert 'id="stm-threat"' not in page
    masthead = BUILDER.at_source(
        next(
            r
            for r in BUILDER.records
            if getattr(r, "path", "") == "courier.txt" and not isinstance(r, Article)
        ),  # type: ignore[arg-type]
        "HARBOUR COURIER",
    )
    ((_, only),) = copied(site.get(f"/evidence?address={masthead.address}").text)
    target = only["target"]
    assert target["source"] == masthead.address.rpartition(":")[0]
    source = BUILDER.sources[masthead.capture_id]
    place = target["selector"][1]
    assert source[place["start"] : place["end"]] == target["selector"][0]["exact"]


def test_the_one_file_has_them_too_and_stays_small() -> None:
    text = render(fixture.library(), fixture.STORY)
    found = list(copied(text.partition('id="evidence"')[0]))
    assert len(found) == len(STATEMENTS)
    assert all("body" not in made for _, made in found)
    boxes = re.findall(r'<li class="to-cite">.*?</li>', text, re.S)
    assert sum(map(len, boxes)) < len(text) / 4


def test_a_citation_of_hostile_words_is_words(site: Site) -> None:
    page = site.get("/statements?speaker=unknown").text
    ((words, _),) = copied(page)
    assert 'Strait closed <img src=x onerror="document.title=1">' in words
    assert "<img" not in page
