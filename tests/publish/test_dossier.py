"""The one file: complete in itself, every citation leads to its passage, whole texts only when asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.publish import fixture
from tests.publish.reading import Reader, folded

from onrecord.errors import UsageError
from onrecord.publish.dossier import render


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(render(fixture.library(), fixture.STORY))


def test_every_citation_leads_to_its_passage_with_address_and_hash(page: Reader) -> None:
    text = render(fixture.library(), fixture.STORY)
    passages = {
        m[1]: m[0]
        for m in re.finditer(r'<li class="passage-item" id="([^"]+)".*?</li>', text, re.DOTALL)
    }
    links = page.all("a", "cite")
    assert len(links) > 50
    for link in links:
        passage = passages[link["href"].removeprefix("#")]
        words = Reader(passage)
        assert link["data-address"] in words.text
        assert link["data-address"].partition("/")[0].removeprefix("sha256:") in words.text
        assert folded(link["data-quote"]) in words.text


def test_no_anchor_leads_nowhere_and_no_id_stands_twice(page: Reader) -> None:
    ids = page.ids
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids, link["href"]


def test_the_file_loads_nothing_and_links_only_to_outlets(page: Reader) -> None:
    for name, attributes in page.elements:
        if name == "a":
            assert attributes["href"].startswith(("#", "https://")), attributes
            continue
        for key in ("src", "srcset", "action", "data"):
            assert key not in attributes, (name, attributes)
        if name == "link":
            assert attributes["href"] == "data:,"
    policy = next(a["content"] for n, a in page.elements if n == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy


def test_hostile_words_stay_words(page: Reader) -> None:
    assert not page.all("img")
    assert len(page.all("script")) == 1
    assert '<img src=x onerror="document.title=1">' in page.text


def test_a_passage_links_to_the_words_on_the_outlets_page(page: Reader) -> None:
    assert any("#:~:text=" in a["href"] for a in page.all("a", "out"))


def test_whole_texts_stand_in_the_file_only_when_asked_for(page: Reader) -> None:
    whole = Reader(render(fixture.library(), fixture.STORY, full_text=True))
    uncited = "We do not want this, but we are ready."
    passages = page.text
    assert uncited in whole.text
    assert "Minister plays down talk of a closure" in whole.text
    assert "Minister plays down talk of a closure" not in passages
    for link in whole.all("a"):
        if link["href"].startswith("#t-"):
            assert link["href"][1:] in whole.ids


def test_the_same_record_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib\n"
        "from tests.publish import fixture\n"
        "from onrecord.publish.dossier import render\n"
        "print(hashlib.sha256(render(fixture.library(), fixture.STORY, True).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8", "PYTHONPATH": "."},
            cwd=Path(__file__).resolve().parents[2],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


def test_a_story_that_is_not_there_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="no such story"):
        render(fixture.library(), "sto-none")
