"""Runs an answer key (tests/gold/README.md) over a record's exports, read as plain JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Check = Mapping[str, Any]
MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def fold(text: str | None) -> str:
    return " ".join((text or "").translate(MARKS).casefold().split())


def has(text: str | None, phrase: str) -> bool:
    return fold(phrase) in fold(text)


def one_of(value: Any, wanted: Any) -> bool:
    return value in (wanted if isinstance(wanted, list) else [wanted])


class Exports:
    """All kinds of a record's exports, with the look-ups that checks need."""

    def __init__(self, kinds: Mapping[str, list[Row]]) -> None:
        self.kinds = kinds
        self.articles = {a["id"]: a for a in kinds["articles"]}
        self.versions = {v["id"]: v for v in kinds["versions"]}
        self.captures = {c["id"]: c for c in kinds["captures"]}
        self.actors = {a["id"]: a for a in kinds["actors"]}
        self._by_path: dict[str, str] = {}
        for capture in kinds["captures"]:
            self._by_path[Path(capture["path"]).name] = capture["article_id"]
        for article in kinds["articles"]:
            self._by_path.setdefault(Path(article["path"]).name, article["id"])

    def article(self, path: str) -> Row | None:
        return self.articles.get(self._by_path.get(path, ""))

    def article_id(self, path: str) -> str:
        return self._by_path.get(path, f"no article at {path}")

    def versions_of(self, path: str) -> list[Row]:
        article = self.article(path)
        return [self.versions[v] for v in article["versions"]] if article else []

    def names(self, actor_id: str | None) -> list[str]:
        actor = self.actors.get(actor_id or "")
        return [actor["name"], *actor["aliases"]] if actor else []

    def paragraph(self, citation: Row) -> str:
        version = self.versions.get(citation["version_id"] or "")
        if version is None:
            return str(citation["quote"])
        blocks = [b for b in version["blocks"] if b["start"] <= citation["start"] < b["end"]]
        return (
            version["text"][blocks[0]["start"] : blocks[0]["end"]]
            if blocks
            else str(citation["quote"])
        )


def get(row: Any, dotted: str) -> Any:
    for part in dotted.split("."):
        row = row.get(part) if isinstance(row, Mapping) else None
    return row


def check_article(e: Exports, c: Check) -> bool:
    if "url" in c:
        article = next((a for a in e.articles.values() if a["url"] == c["url"]), None)
    else:
        article = e.article(c["path"])
    if article is None:
        return False
    value = get(article, c["field"])
    if c.get("null"):
        return value is None or value == []
    if "has" in c:
        return (
            any(has(v, c["has"]) for v in value)
            if isinstance(value, list)
            else has(value, c["has"])
        )
    if isinstance(value, str):
        return fold(value) == fold(c["is"])
    return bool(value == c["is"])


def check_text(e: Exports, c: Check) -> bool:
    versions = e.versions_of(c["path"])
    if not versions:
        return False
    text = versions[c.get("version", len(versions)) - 1]["text"]
    return all(has(text, p) for p in c.get("with", [])) and not any(
        has(text, p) for p in c.get("without", [])
    )


def check_block(e: Exports, c: Check) -> bool:
    return any(
        b["kind"] == c["block"] and has(v["text"][b["start"] : b["end"]], c["with"])
        for v in e.versions_of(c["path"])
        for b in v["blocks"]
    )


def check_versions(e: Exports, c: Check) -> bool:
    article = e.article(c["path"])
    if article is None:
        return False
    right = len(article["versions"]) == c["count"] if "count" in c else True
    return right and ("announced" not in c or article["announced_versions"] == c["announced"])


def check_change(e: Exports, c: Check) -> bool:
    numbers = {v["id"]: v["number"] for v in e.versions_of(c["path"])}
    for row in e.kinds["changes"]:
        if (
            numbers.get(row["from_version"]) == c["from"]
            and numbers.get(row["to_version"]) == c["to"]
        ):
            return set(c["labels"]) <= set(row["labels"]) and not set(c.get("not", [])) & set(
                row["labels"]
            )
    return False


def check_actor(e: Exports, c: Check) -> bool:
    for actor in e.kinds["actors"]:
        names = {fold(n) for n in (actor["name"], *actor["aliases"])}
        if fold(c["name"]) not in names or not all(fold(n) in names for n in c.get("also", [])):
            continue
        if any(fold(n) in names for n in c.get("not_also", [])):
            continue
        if "kind_is" in c and actor["kind"] != c["kind_is"]:
            continue
        if "country" in c and fold(actor["country"]) != fold(c["country"]):
            continue
        return True
    return False


def check_date(e: Exports, c: Check) -> bool:
    for row in e.kinds["dates"]:
        if row["article_id"] != e.article_id(c["path"]) or not has(
            row["citation"]["quote"], c["text"]
        ):
            continue
        if "near" in c and not has(e.paragraph(row["citation"]), c["near"]):
            continue
        if c.get("null"):
            if row["earliest"] is None and row["latest"] is None:
                return True
            continue
        if all(row[f] == c[f] for f in ("value", "earliest", "latest") if f in c):
            return True
    return False


def _who(e: Exports, ref: Row | None, wanted: str) -> bool:
    return ref is not None and any(has(n, wanted) for n in (ref["name"], *e.names(ref["actor_id"])))


def _statements(e: Exports, c: Check) -> Iterable[Row]:
    for row in e.kinds["statements"]:
        if row["article_id"] != e.article_id(c["path"]):
            continue
        if not has(" ".join(x["quote"] for x in row["content"]), c["content"]):
            continue
        if "speaker" in c and not _who(e, row["speaker"], c["speaker"]):
            continue
        if c.get("speaker_null") and row["speaker"] is not None:
            continue
        if "addressee" in c and not _who(e, row["addressee"], c["addressee"]):
            continue
        if any(
            f in c and not one_of(row[f], c[f]) for f in ("act", "polarity", "modality", "manner")
        ):
            continue
        if "condition" in c and not (
            row["condition"] and has(row["condition"]["quote"], c["condition"])
        ):
            continue
        if c.get("condition_null") and row["condition"] is not None:
            continue
        if "via" in c and not any(has(v, c["via"]) for v in row["via"]):
            continue
        if "cue" in c and not (row["cue"] and has(row["cue"]["quote"], c["cue"])):
            continue
        if c.get("nested") and row["within"] is None:
            continue
        yield row


def _events(e: Exports, c: Check) -> Iterable[Row]:
    for row in e.kinds["events"]:
        quotes = [x["quote"] for x in row["citations"]]
        if "near" in c and not any(has(q, c["near"]) for q in quotes):
            continue
        if "path" in c and e.article_id(c["path"]) not in row["articles"]:
            continue
        if "kind_is" in c and not one_of(row["kind"], c["kind_is"]):
            continue
        if "status" in c and not one_of(row["status"], c["status"]):
            continue
        if "actor" in c and not any(has(n, c["actor"]) for a in row["actors"] for n in e.names(a)):
            continue
        if "recipient" in c and not any(
            has(n, c["recipient"]) for a in row["recipients"] for n in e.names(a)
        ):
            continue
        if any(f in c and row[f] != c[f] for f in ("earliest", "latest")):
            continue
        yield row


def _reuses(e: Exports, c: Check) -> Iterable[Row]:
    a, b = e.article_id(c["a"]), e.article_id(c["b"])
    for row in e.kinds["reuse"]:
        if row["kind"] != c["kind_is"] or not {a, b} <= set(row["articles"]):
            continue
        if "direction" in c and row["direction"] != c["direction"]:
            continue
        if "source" in c and row["articles"][0] != e.article_id(c["source"]):
            continue
        if "agency" in c and not has(row["source"].get("agency"), c["agency"]):
            continue
        yield row


def check_story(e: Exports, c: Check) -> bool:
    wanted = {e.article_id(p) for p in c.get("together", [])} | {
        e.article_id(p) for x in c.get("episodes", []) for p in x
    }
    for story in e.kinds["stories"]:
        if not wanted <= set(story["articles"]):
            continue
        place = {a: ep["id"] for ep in story["episodes"] for a in ep["articles"]}
        groups = [{place.get(e.article_id(p)) for p in x} for x in c.get("episodes", [])]
        return all(len(g) == 1 for g in groups) and len(
            set().union(*groups) if groups else set()
        ) == len(groups)
    return False


def check_timeline(e: Exports, c: Check) -> bool:
    return any(
        (row["earliest"] or "")[:10] == c["day"]
        and (
            has(row["text"], c["near"]) or any(has(x["quote"], c["near"]) for x in row["citations"])
        )
        for row in e.kinds["timeline"]
    )


def _relations(e: Exports, c: Check) -> Iterable[Row]:
    def is_side(member: Row, side: Row) -> bool:
        if member["article_id"] != e.article_id(side["path"]):
            return False
        return has(member["citation"]["quote"], side["near"])

    for claim in e.kinds["claims"]:
        members = {m["id"]: m for m in claim["members"]}
        for r in claim["relations"]:
            pair = members[r["a"]], members[r["b"]]
            if not any(is_side(x, c["a"]) and is_side(y, c["b"]) for x, y in (pair, pair[::-1])):
                continue
            if "relation" in c and not one_of(r["relation"], c["relation"]):
                continue
            if "in" in c and not one_of(r["in"], c["in"]):
                continue
            yield r


def check_commitment(e: Exports, c: Check) -> bool:
    for row in e.kinds["commitments"]:
        who = row["who"] or {"actor_id": None, "name": ""}
        if "who" in c and not any(
            has(n, c["who"]) for n in (who["name"], *e.names(who["actor_id"]))
        ):
            continue
        if "act" in c and not one_of(row["act"], c["act"]):
            continue
        if "near" in c and not has(row["what"]["quote"], c["near"]):
            continue
        if "condition" in c and not (
            row["condition"] and has(row["condition"]["quote"], c["condition"])
        ):
            continue
        if "deadline" in c and (row["deadline"]["latest"] or "")[:10] != c["deadline"]:
            continue
        if any(
            f"outcome_{f}" in c and row["outcome"][f] != c[f"outcome_{f}"]
            for f in ("act", "condition", "deadline")
        ):
            continue
        return True
    return False


def check_figure(e: Exports, c: Check) -> bool:
    return any(
        row["article_id"] == e.article_id(c["path"])
        and has(row["citation"]["quote"], c.get("near", ""))
        and all(row[f] == c[f] for f in ("low", "high", "as_of", "unit", "what") if f in c)
        and ("holder" not in c or has((row["holder"] or {"name": ""})["name"], c["holder"]))
        for row in e.kinds["figures"]
    )


def check_source(e: Exports, c: Check) -> bool:
    held = e.captures
    return any(
        row["article_id"] == e.article_id(c["path"])
        and has(row["text"]["quote"], c.get("near", ""))
        and one_of(row["kind"], c.get("source", row["kind"]))
        and all(
            f not in c or has((row[f] or {"name": ""})["name"], c[f])
            for f in ("author", "to", "released_by")
        )
        and ("held" not in c or Path(held.get(row["held"], {"path": ""})["path"]).name == c["held"])
        for row in e.kinds["sources"]
    )


def check_silent(e: Exports, c: Check) -> bool:
    return any(
        any(has(m["citation"]["quote"], c["near"]) for m in claim["members"])
        and e.article_id(c["path"]) in claim["silent"]
        for claim in e.kinds["claims"]
    )


CHECKS: dict[str, Callable[[Exports, Check], bool]] = {
    "article": check_article,
    "text": check_text,
    "block": check_block,
    "versions": check_versions,
    "change": check_change,
    "actor": check_actor,
    "date": check_date,
    "statement": lambda e, c: any(True for _ in _statements(e, c)),
    "no_statement": lambda e, c: not any(True for _ in _statements(e, c)),
    "event": lambda e, c: any(True for _ in _events(e, c)),
    "no_event": lambda e, c: not any(True for _ in _events(e, c)),
    "reuse": lambda e, c: any(True for _ in _reuses(e, c)),
    "no_reuse": lambda e, c: not any(True for _ in _reuses(e, c)),
    "story": check_story,
    "timeline": check_timeline,
    "relation": lambda e, c: any(True for _ in _relations(e, c)),
    "no_relation": lambda e, c: not any(True for _ in _relations(e, c)),
    "commitment": check_commitment,
    "figure": check_figure,
    "source": check_source,
    "silent": check_silent,
}


def read_key(path: Path) -> list[Check]:
    """The checks of a key. Raises ValueError for an unknown kind, so that no check passes unread."""
    checks: list[Check] = tomllib.loads(path.read_text("utf-8"))["check"]
    for check in checks:
        if check["kind"] not in CHECKS:
            raise ValueError(f"{path.name}: {check['name']}: no such kind: {check['kind']}")
    return checks


def run(exports: Exports, checks: Iterable[Check]) -> list[Check]:
    """The checks that do not hold."""
    return [check for check in checks if not CHECKS[check["kind"]](exports, check)]
