"""The ledger of statements and a person's page: what they list, how they are filtered, their table."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish import fixture
from tests.publish.reading import Reader, Site, folded, source_words

from onrecord.errors import InputError
from onrecord.publish import cited_csv, statement_filter
from onrecord.publish.library import MemoryLibrary
from onrecord.publish.web import create_app
from onrecord.publish.web_statements import PER_PAGE
from onrecord.records import Actor, ActorRef, Article, Bounds, Record, Statement
from onrecord.store.sayings import Filter

BUILDER, VERSIONS = fixture.build()
STATEMENTS = {r.id: r for r in BUILDER.records if isinstance(r, Statement)}
COURIER = VERSIONS["courier"].article_id


def library(*more: Record) -> MemoryLibrary:
    """The invented story, with records put in or put in place of others."""
    records = {r.id: r for r in BUILDER.records} | {r.id: r for r in more}
    return MemoryLibrary(records.values(), BUILDER.data)


@pytest.fixture(scope="module")
def site() -> Site:
    berg = next(r for r in BUILDER.records if isinstance(r, Actor) and r.id == "act-berg")
    named = fixture.words_of(VERSIONS["post1"], "foreign minister")
    voss = next(r for r in BUILDER.records if isinstance(r, Actor) and r.id == "act-voss")
    voss = msgspec.structs.replace(voss, mentions=(*voss.mentions, named))
    return Site(create_app(library(berg, voss)))


def listed(site: Site, query: str = "") -> list[str]:
    """Ids of the statements on a page, in order."""
    answer = site.get(f"/statements{query}")
    assert answer.status_code == 200, query
    return [a["id"] for a in Reader(answer.text).all("div", "said")]


def test_statements_stand_under_the_days_they_were_said(site: Site) -> None:
    page = site.get("/statements").text
    assert listed(site)[:2] == ["stm-threat", "stm-not"]
    headings = [folded(source_words(h)) for h in re.findall(r"<h2>(.*?)</h2>", page, re.DOTALL)]
    assert headings == [
        "10 May 2031 2 statements here",
        "11 May 2031 2 statements here",
        "Day unknown 3 statements here",
    ]
    assert "Statements 7" in Reader(page).text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("?speaker=act-voss", ["stm-threat", "stm-promise"]),
        ("?speaker=unknown", ["stm-pilot"]),
        ("?name=berg&manner=indirect", ["stm-not"]),
        ("?addressee=name:reporters", ["stm-threat"]),
        ("?outlet=Lowmark+Today&act=deny", ["stm-deny"]),
        ("?act=threaten&act=promise", ["stm-threat", "stm-promise"]),
        ("?act=threaten,promise&condition=yes&q=strait", ["stm-promise"]),
        ("?from=2031-05-11&to=2031-05-11&sort=newest", ["stm-law", "stm-deny"]),
        ("?about=act-voss", ["stm-not"]),
        (f"?article={COURIER}&q=&from=&sort=", ["stm-threat", "stm-stay"]),
        (f"?story={fixture.STORY}&q=%22will+stay%22", ["stm-stay"]),
        ("?q=zebra", []),
    ],
)
def test_the_form_leaves_what_was_asked_for(site: Site, query: str, ids: list[str]) -> None:
    assert sorted(listed(site, query)) == sorted(ids)


def test_by_speaker_each_has_a_heading_that_leads_to_their_page(site: Site) -> None:
    page = Reader(site.get("/statements?sort=speaker").text)
    assert [a["href"] for a in page.all("a", "actor")][:1] == ["/actor/act-voss"]
    assert listed(site, "?sort=speaker")[-1] == "stm-pilot"
    assert page.text.index("a spokesman for Irena Voss") < page.text.index("Speaker unknown")


def test_numbers_stand_beside_what_can_be_chosen(site: Site) -> None:
    page = Reader(site.get("/statements?outlet=Lowmark+Today&act=deny").text)
    assert "Statements 1" in page.text
    assert "denial 1" in page.text and "statement 1" in page.text and "threat 0" in page.text
    assert "Lowmark Today (1)" in page.text and "Eastmere Post (1)" in page.text
    assert [o["value"] for o in page.all("option") if "selected" in o] == ["Lowmark Today", ""]
    checked = [i["value"] for i in page.all("input") if "checked" in i]
    assert checked == ["deny"]


def test_a_choice_that_leaves_nothing_can_still_be_seen_and_undone(site: Site) -> None:
    page = Reader(site.get("/statements?speaker=act-voss&outlet=Lowmark+Today").text)
    assert "said by Irena Voss; Lowmark Today" in page.text
    chosen = [o["value"] for o in page.all("option") if "selected" in o]
    assert chosen[:2] == ["act-voss", "Lowmark Today"]
    assert "/statements" in {a["href"] for a in page.all("a")}


def test_every_line_is_one_click_from_its_evidence(site: Site) -> None:
    page = Reader(site.get("/statements").text)
    cited = page.all("a", "cite")
    assert len(cited) > 20
    for link in cited:
        marked = Reader(site.get(link["href"]).text).marked
        assert marked is not None
        assert folded(link["data-quote"]) in (folded(marked), source_words(marked))


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("?act=threatn", "there is no such act (did you mean threaten?)"),
        ("?speakr=x", "there is no such key (did you mean speaker?)"),
        ("?from=yesterday", "it is no day (write it as 2031-03-14)"),
        ("?from=2031-05-02&to=2031-05-01", "it ends before it begins"),
        ("?q=%22%22", "it holds no word"),
        ("?sort=loudest", "there is no such sort"),
        ("?speaker=a&speaker=b", "speaker stands twice"),
    ],
)
def test_nonsense_is_said_in_one_line_above_the_form(site: Site, query: str, line: str) -> None:
    answer = site.get(f"/statements{query}")
    assert answer.status_code == 400
    page = Reader(answer.text)
    assert line in page.text
    assert len(page.all("form", "edit-filter")) == 1 and not page.all("div", "said")
    assert "Eastmere Post (1)" in page.text
    refused = site.get(f"/statements.csv{query}")
    assert refused.status_code == 400 and line in refused.text


def test_a_story_or_a_report_that_is_not_there_is_not_found(site: Site) -> None:
    assert site.get("/statements?story=sto-none").status_code == 404
    assert site.get("/statements.csv?article=art-none").status_code == 404


def many(number: int) -> MemoryLibrary:
    first = STATEMENTS["stm-threat"]
    return library(
        *(
            msgspec.structs.replace(
                first, id=f"stm-{n:03}", said=Bounds(latest=f"2031-06-{n % 28 + 1:02}")
            )
            for n in range(number)
        )
    )


def test_pages_go_on_with_the_filter_and_hold_every_statement_once() -> None:
    crowd = Site(create_app(many(2 * PER_PAGE)))
    query, found = "?act=threaten&sort=newest", []
    for _ in range(5):
        page = Reader(crowd.get(f"/statements{query}").text)
        found += [a["id"] for a in page.all("div", "said")]
        following = [a["href"] for a in page.all("a") if a.get("rel") == "next"]
        if not following:
            break
        assert "act=threaten" in following[0] and "sort=newest" in following[0]
        query = following[0].removeprefix("/statements")
    assert len(found) == len(set(found)) == 2 * PER_PAGE + 1
    assert listed(crowd, "?act=threaten&page=999") == listed(crowd, "?act=threaten&page=3")


# --------------------------------------------------------------------------- a person's page


def test_a_persons_page_tells_what_they_said_heard_and_what_others_said(site: Site) -> None:
    text = site.get("/actor/act-voss").text
    said, about, heard = (
        [a["id"] for a in Reader(part).all("div", "said")]
        for part in re.split(r'<section class="section"', text)[1:4]
    )
    assert said == ["stm-threat", "stm-promise"]
    assert about == ["stm-not"]
    assert heard == ["stm-law"]
    page = Reader(text)
    for words in ("10 May 2031", "Day unknown", "Condition:", "to reporters", "Harbour Courier"):
        assert words in page.text
    assert "told inside another statement" in page.text
    assert {"/statements?speaker=act-voss", "/statements.csv?about=act-voss"} <= {
        a["href"] for a in page.all("a")
    }


def test_a_persons_page_is_filtered_by_act_and_outlet(site: Site) -> None:
    page = Reader(site.get("/actor/act-voss?act=promise").text)
    assert [a["id"] for a in page.all("div", "said")] == ["stm-promise"]
    assert "Only: promise" in page.text
    page = Reader(site.get("/actor/act-voss?outlet=Lowmark+Today").text)
    assert [a["id"] for a in page.all("div", "said")] == ["stm-law"]
    wrong = site.get("/actor/act-voss?act=promis")
    assert wrong.status_code == 400 and "did you mean promise?" in wrong.text


def test_each_list_of_a_persons_page_has_its_own_pages() -> None:
    crowd = Site(create_app(many(PER_PAGE + 3)))
    page = Reader(crowd.get("/actor/act-voss?said=2&act=threaten").text)
    assert len(page.all("div", "said")) == 4
    back = [a["href"] for a in page.all("a") if a.get("rel") == "prev"]
    assert back == ["/actor/act-voss?act=threaten&said=1"]


# --------------------------------------------------------------------------- the table


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_holds_what_the_page_lists_with_its_citations(site: Site) -> None:
    answer = site.get("/statements.csv?act=threaten,deny")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="statements.csv"'
    found = rows(answer.content)
    assert [row["id"] for row in found] == listed(site, "?act=threaten,deny")
    first = found[0]
    assert (
        first
        | {
            "speaker": "Irena Voss",
            "quotation": "no ship will pass,",
            "act": "threaten",
            "addressee": "reporters",
            "condition": "If the toll stands on Monday",
            "said_earliest": "2031-05-10",
            "outlet": "Harbour Courier",
            "headline": "Voss warns of closing the Halden Strait",
            "published_earliest": "2031-05-10T09:20:00+02:00",
            "url": "https://courier.example/strait",
            "captured_at": "2031-05-10T10:00:00+02:00",
            "capture_sha256": VERSIONS["courier"].sha256,
            "manner": "direct",
            "polarity": "positive",
            "modality": "hypothetical",
        }
        == first
    )
    assert 'mark id="cited"' in site.get(f"/evidence?address={first['address']}").text
    assert next(r for r in found if r["id"] == "stm-not")["polarity"] == "negative"


def test_an_address_that_is_none_is_not_in_the_table(site: Site) -> None:
    pilot = rows(site.get("/statements.csv?speaker=unknown").content)[0]
    assert (pilot["url"], pilot["speaker"], pilot["outlet"], pilot["captured_at"]) == ("",) * 4
    assert pilot["via"] == "Meridian Wire"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " \n=1", "'=1", "＝1", "=cmd|' /C calc'!A0"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    first = STATEMENTS["stm-threat"]
    article = next(r for r in BUILDER.records if isinstance(r, Article) and r.id == COURIER)
    evil = library(
        msgspec.structs.replace(
            first, speaker=ActorRef(actor_id=None, name=text, citation=None), via=(text,)
        ),
        msgspec.structs.replace(article, title=text),
    )
    found = rows(b"".join(cited_csv.whole(evil, Filter(article=COURIER))))
    row = next(r for r in found if r["id"] == first.id)
    for name in ("speaker", "headline", "via"):
        assert row[name] == f"'{text.strip()}"


def test_words_and_numbers_stay_as_they_are() -> None:
    for text in ("no ship", "1-2", "a=b", "“-1”", "'tis", "", "5 + 5"):
        assert cited_csv.cell(text) == text


@given(st.text())
def test_the_text_of_a_cell_can_be_got_back(text: str) -> None:
    written = cited_csv.cell(text)
    assert written[:1] not in tuple("=+-@＝＋－＠")
    assert not any(c < " " for c in written)
    guarded = re.match("'+[=+\\-@＝＋－＠]", written)
    assert folded(written[1:] if guarded else written) == folded(
        re.sub(r"[\x00-\x1f\x7f]", " ", text)
    )


# --------------------------------------------------------------------------- queries

FILTERS = st.builds(
    Filter,
    story=st.sampled_from(["", "sto-1"]),
    speaker=st.sampled_from(["", "act-1", "name:a, b&c=d", "unknown"]),
    name=st.sampled_from(["", "Ana Ruhl"]),
    addressee=st.sampled_from(["", "name:reporters"]),
    about=st.sampled_from(["", "act-2"]),
    outlet=st.sampled_from(["", "Tern & Post", "unknown"]),
    acts=st.lists(st.sampled_from(statement_filter.ACTS), unique=True).map(
        lambda some: tuple(act for act in statement_filter.ACTS if act in some)
    ),
    manner=st.sampled_from(["", *statement_filter.MANNERS]),
    condition=st.sampled_from(["", "yes", "no"]),
    words=st.sampled_from(["", 'grain* "12 crossings" #+%']),
    since=st.sampled_from(["", "2031-03-01"]),
    until=st.sampled_from(["", "2031-03-02"]),
    sort=st.sampled_from(list(statement_filter.SORTS)),
)


@given(FILTERS)
def test_a_filter_is_the_same_after_its_query_is_read_again(wanted: Filter) -> None:
    from urllib.parse import parse_qsl

    query = statement_filter.query_of(wanted)
    assert statement_filter.parse(parse_qsl(query)) == wanted
    assert (query == "") == (wanted == Filter())


@given(st.lists(st.tuples(st.sampled_from([*statement_filter.KEYS, "x"]), st.text(max_size=8))))
def test_any_query_is_a_filter_or_one_line_of_error(pairs: list[tuple[str, str]]) -> None:
    try:
        statement_filter.parse(pairs)
    except InputError as error:
        assert "\n" not in error.line() and error.line().startswith("not a filter of statements")
