"""Lines that an outlet prints in many reports leave the text, and only those."""

from __future__ import annotations

from onrecord.extract.repeated import is_outlets_own, repeated_lines
from onrecord.pipeline import stages_for
from onrecord.records import Article, Version
from onrecord.run.memory import build_in_memory, capture_of

PROMISE = "Read our harbour letter every Friday and tell us what you think."
BACKGROUND = (
    "The canal was closed in the autumn of last year after divers found a crack in the western "
    "gate, and the authority has spent eleven million crowns on repairs that are still not done."
)
REPORTS = {
    "ferry": "The council voted on Monday to keep the night ferry running until spring.",
    "dam": "Engineers warned the company four years ago that the drain was weak.",
    "tram": "Drivers went back to work after the city offered them a longer break.",
    "bread": "Bakers in the old town say that flour has never been so dear as this winter.",
}


def _page(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def _versions(pages: dict[str, bytes]) -> dict[str, Version]:
    captures = [
        (
            capture_of(
                f"{name}.html", data, url=f"https://courier.example/{name}", media_type="text/html"
            ),
            data,
        )
        for name, data in pages.items()
    ]
    shelf, reports = build_in_memory(captures, stages_for([Version]))
    assert [r.failed for r in reports if r.failed] == []
    names = {a.id: a.path.partition(".")[0] for a in shelf.all(Article)}
    return {names[v.article_id]: v for v in shelf.all(Version)}


def test_what_three_reports_of_an_outlet_repeat_is_left_out_with_the_reason() -> None:
    pages = {
        name: _page(f"About the {name} today", text, f"{text[:-1]}, said a witness.", PROMISE)
        for name, text in REPORTS.items()
    }
    versions = _versions(pages)
    for name, version in versions.items():
        assert PROMISE not in version.text
        assert REPORTS[name] in version.text
        (gone,) = [o for o in version.left_out if "other reports of this outlet" in o.reason]
        assert pages[name].decode()[gone.capture_start : gone.capture_end] == PROMISE
        for block in version.blocks:
            source = pages[name].decode()[block.capture_start : block.capture_end]
            assert source == version.text[block.start : block.end]


def test_two_reports_are_not_enough() -> None:
    two = dict(list(REPORTS.items())[:2])
    versions = _versions({n: _page(f"About the {n}", text, PROMISE) for n, text in two.items()})
    assert all(PROMISE in version.text for version in versions.values())


def test_background_that_an_outlet_repeats_stays() -> None:
    pages = {n: _page(f"About the {n}", text, BACKGROUND) for n, text in REPORTS.items()}
    assert all(BACKGROUND in version.text for version in _versions(pages).values())


def test_one_text_at_many_addresses_counts_once() -> None:
    story = [f"{text} {BACKGROUND[:40]} {i}." for i, text in enumerate(REPORTS.values())]
    reports = [(f"article {i}", [*story, PROMISE.lower()]) for i in range(5)]
    assert repeated_lines(reports) == {}


def test_captures_of_one_article_count_once() -> None:
    reports = [("one article", [PROMISE.lower(), f"change {i}"]) for i in range(9)]
    assert repeated_lines(reports) == {}


def test_running_text_is_the_outlets_own_only_if_it_speaks_to_readers() -> None:
    assert not is_outlets_own(BACKGROUND.lower())
    assert is_outlets_own("photograph by the harbour authority")
    assert not is_outlets_own("what it costs")
    assert not is_outlets_own("the plan was drawn up by an engineer of the harbour office.")
    assert is_outlets_own("follow us")
    assert is_outlets_own(
        "you have read this far, so you may want to know that the letter from the coast comes to "
        "your inbox every morning before seven, and that you can stop it whenever you like."
    )
