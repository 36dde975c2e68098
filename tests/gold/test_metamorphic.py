"""Change the captures in one known way, and the record changes exactly as it must, no more, no less."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.gold.building import captures_of, exports_of
from tests.gold.checks import Exports

from onrecord.pipeline import STAGES
from onrecord.publish.demo import story
from onrecord.run.memory import build_in_memory, capture_of

Edit = Callable[[str, str], str]
SAME: Edit = lambda path, text: text  # noqa: E731


def rebuilt(folder: Path, outlets: Path | None, edit: Edit) -> Exports:
    """The exports of a story whose captures went through `edit(path, text)`."""
    captures = []
    for capture, data in _captures(folder):
        text = edit(capture.path, data.decode())
        given = capture.given
        if given.published:
            import msgspec

            given = msgspec.structs.replace(given, published=edit("manifest", given.published))
        at = edit("manifest", capture.captured_at) if capture.captured_at else None
        changed = capture_of(
            capture.path,
            text.encode(),
            url=capture.url,
            captured_at=at,
            media_type=capture.media_type,
            given=given,
        )
        captures.append((changed, text.encode()))
    shelf, reports = build_in_memory(captures, STAGES, outlets=[outlets] if outlets else [])
    assert [why for r in reports for _, why in r.failed] == []
    return exports_of(shelf)


def _captures(folder: Path) -> list[Any]:
    if (folder / "manifest.csv").exists():
        return captures_of(folder / "manifest.csv")
    return [
        (capture_of(p.name, p.read_bytes()), p.read_bytes()) for p in sorted(folder.glob("*.txt"))
    ]


def ordered(rows: Any) -> list[Any]:
    """Rows in an order that needs no comparison of None with text."""
    return sorted(rows, key=repr)


def summary(e: Exports, put: Callable[[str], str] = lambda text: text) -> dict[str, list[Any]]:
    """The record without ids, hashes and offsets: what a reader sees. `put` is laid over every text."""
    path = {i: Path(a["path"]).name for i, a in e.articles.items()}

    def words(citation: Any) -> str | None:
        return put(citation["quote"]) if citation else None

    def name(ref: Any) -> str | None:
        return put(ref["name"]) if ref else None

    def plain(value: str | None) -> str | None:
        return put(value) if value else None

    return {
        "articles": ordered(
            [
                p,
                plain(a["title"]),
                a["outlet"],
                plain(a["published"]["earliest"]),
                plain(a["published"]["latest"]),
                a["credits"],
                [put(b) for b in a["bylines"]],
            ]
            for i, a in e.articles.items()
            for p in [path[i]]
        ),
        "dates": ordered(
            [
                path[d["article_id"]],
                words(d["citation"]),
                d["type"],
                plain(d["value"]),
                plain(d["earliest"]),
                plain(d["latest"]),
            ]
            for d in e.kinds["dates"]
        ),
        "statements": ordered(
            [
                path[s["article_id"]],
                name(s["speaker"]),
                [words(c) for c in s["content"]],
                s["act"],
                s["polarity"],
                s["modality"],
                words(s["condition"]),
                s["manner"],
                name(s["addressee"]),
            ]
            for s in e.kinds["statements"]
        ),
        "events": ordered(
            [
                x["kind"],
                x["status"],
                sorted(put(e.actors[a]["name"]) for a in x["actors"]),
                sorted(put(e.actors[a]["name"]) for a in x["recipients"]),
                plain(x["earliest"]),
                plain(x["latest"]),
                sorted(put(c["quote"]) for c in x["citations"]),
            ]
            for x in e.kinds["events"]
        ),
        "actors": ordered(
            [put(a["name"]), a["kind"], sorted(map(put, a["aliases"])), len(a["mentions"])]
            for a in e.kinds["actors"]
        ),
        "reuse": ordered(
            [
                r["kind"],
                [path[a] for a in r["articles"]]
                if r["direction"] == "known"
                else sorted(path[a] for a in r["articles"]),
                r["words"],
                r["direction"],
            ]
            for r in e.kinds["reuse"]
        ),
        "stories": ordered(
            sorted(sorted(path[a] for a in ep["articles"]) for ep in s["episodes"])
            for s in e.kinds["stories"]
        ),
        "relations": ordered(
            [
                r["relation"],
                r["in"] or "",
                sorted([put(m[r["a"]]["citation"]["quote"]), put(m[r["b"]]["citation"]["quote"])]),
            ]
            for claim in e.kinds["claims"]
            for m in [{x["id"]: x for x in claim["members"]}]
            for r in claim["relations"]
        ),
        "commitments": ordered(
            [
                put((c["who"] or {"name": ""})["name"]),
                c["act"],
                words(c["what"]),
                plain(c["deadline"]["latest"]),
                sorted(c["outcome"].items()),
            ]
            for c in e.kinds["commitments"]
        ),
        "timeline": ordered(
            [plain(t["earliest"]), put(t["text"]), t["outlets"], t["independent_sources"]]
            for t in e.kinds["timeline"]
        ),
    }


def _difference(a: dict[str, list[Any]], b: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        kind: {
            "gone": [x for x in a[kind] if x not in b[kind]],
            "new": [x for x in b[kind] if x not in a[kind]],
        }
        for kind in a
        if [x for x in a[kind] if x not in b[kind]] or [x for x in b[kind] if x not in a[kind]]
    }


@pytest.fixture(scope="module")
def plain() -> Exports:
    with story() as folder:
        return rebuilt(folder, folder / "outlets.toml", SAME)


def after(edit: Edit) -> Exports:
    with story() as folder:
        return rebuilt(folder, folder / "outlets.toml", edit)


PEOPLE = {
    "Lindqvist": "Lindstrom",
    "Ebba": "Emma",
    "Brekke": "Jensen",
    "Jonas": "Peter",
    "Hald": "Krog",
    "Tomas": "Anders",
}
"""No name is part of another word of the story."""


def test_rename_the_people(plain: Exports) -> None:
    back = {new: old for old, new in PEOPLE.items()}

    def rename(table: dict[str, str], text: str) -> str:
        return re.sub(r"\b(" + "|".join(table) + r")\b", lambda m: table[m[0]], text)

    renamed = after(lambda path, text: rename(PEOPLE, text))
    assert _difference(summary(plain), summary(renamed, lambda text: rename(back, text))) == {}


def test_shift_all_dates_to_a_year_with_the_same_weekdays(plain: Exports) -> None:
    """ "Four decades ago" moves with them, from 1991 to 2002; a year written out, 2011, stays."""
    shifted = after(lambda path, text: text.replace("2031", "2042"))

    def back(text: str) -> str:
        return text.replace("2042", "2031").replace("2002", "1991")

    assert _difference(summary(plain), summary(shifted, back)) == {}
    values = {d["value"] for d in shifted.kinds["dates"]}
    assert {"2042-05-26", "2002", "2011"} <= values


def test_negate_a_sentence(plain: Exports) -> None:
    old = "The closure began at six in the morning."
    told = "Sundermark closed the Arn bridge to Kelvarian lorries on Monday after talks"
    denied = told.replace("closed", "did not close")

    def edit(path: str, text: str) -> str:
        return text.replace(told, denied) if path == "cwn-0526.txt" else text

    changed = after(edit)

    def statuses(e: Exports, words: str) -> set[str]:
        return {
            x["status"] for x in e.kinds["events"] for c in x["citations"] if words in c["quote"]
        }

    assert "happened" in statuses(
        plain, "closed the Arn bridge to Kelvarian lorries on Monday after talks"
    )
    assert statuses(changed, "did not close the Arn bridge") == {"denied"}
    assert [
        s for s in summary(changed)["statements"] if s not in summary(plain)["statements"]
    ] == []
    assert old in next(v["text"] for v in changed.kinds["versions"] if "did not close" in v["text"])


def test_drop_a_condition(plain: Exports) -> None:
    def edit(path: str, text: str) -> str:
        return text.replace(
            " on May 26 if the gates stay shut.</p>\n<p>Prime", " on May 26.</p>\n<p>Prime"
        )

    changed = after(edit)

    def conditions(e: Exports) -> set[str | None]:
        return {
            s["condition"]["quote"] if s["condition"] else None
            for s in e.kinds["statements"]
            if Path(e.articles[s["article_id"]]["path"]).name.startswith("courier-0508")
            and any("close the Arn bridge" in c["quote"] for c in s["content"])
        }

    assert conditions(plain) == {"if the gates stay shut"}
    assert conditions(changed) == {None}

    def elsewhere(e: Exports) -> list[Any]:
        return [s for s in summary(e)["statements"] if not s[0].startswith("courier-0508")]

    assert elsewhere(changed) == elsewhere(plain)


def test_swap_two_outlets(plain: Exports) -> None:
    def edit(path: str, text: str) -> str:
        if path.startswith("herald"):
            return text.replace("Lakeside Herald", "The Northern Ledger")
        if path.startswith("ledger"):
            return text.replace("The Northern Ledger", "Lakeside Herald")
        return text

    with story() as folder:
        registry = (folder / "outlets.toml").read_text()
        swapped = (
            registry.replace("lakesideherald.example", "x.example")
            .replace("northernledger.example", "lakesideherald.example")
            .replace("x.example", "northernledger.example")
        )
    import tempfile

    with tempfile.TemporaryDirectory() as other, story() as folder:
        (Path(other) / "outlets.toml").write_text(swapped)
        changed = rebuilt(folder, Path(other) / "outlets.toml", edit)
    outlets = lambda e: {Path(a["path"]).name: a["outlet"] for a in e.articles.values()}  # noqa: E731
    exchange = {"Lakeside Herald": "The Northern Ledger", "The Northern Ledger": "Lakeside Herald"}
    assert outlets(changed) == {
        path: exchange.get(name, name) for path, name in outlets(plain).items()
    }
    for kind in ("dates", "statements", "events", "actors", "reuse", "stories", "commitments"):
        assert summary(changed)[kind] == summary(plain)[kind], kind


def test_the_seeds_in_another_year(shared: Path) -> None:
    """2014 and 2025 have the same calendar from March on."""
    folder = shared / "seeds"
    before = rebuilt(folder, None, SAME)
    shifted = rebuilt(folder, None, lambda path, text: text.replace("2014", "2025"))
    back = summary(shifted, lambda text: text.replace("2025", "2014"))
    assert _difference(summary(before), back) == {}


def test_the_seeds_with_other_people(shared: Path) -> None:
    folder = shared / "seeds"
    people = {
        "Hammond": "Harrison",
        "Cameron": "Campbell",
        "Hague": "Hughes",
        "Wroughton": "Wilson",
    }

    def swap(table: dict[str, str], text: str) -> str:
        return re.sub(r"\b(" + "|".join(table) + r")\b", lambda m: table[m[0]], text)

    before = rebuilt(folder, None, SAME)
    renamed = rebuilt(folder, None, lambda path, text: swap(people, text))
    back = {new: old for old, new in people.items()}
    assert _difference(summary(before), summary(renamed, lambda text: swap(back, text))) == {}
