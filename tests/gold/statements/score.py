"""Scores a build against the labelled reports beside this file: python -m tests.gold.statements.score [FROM TO]

A statement of the gold and one of the build are a pair if their contents share most of their words
(Dice >= .5, one to one, the most alike first). Figures are F1, in tenths of a per cent, over all pairs:

nesting    of a pair whose gold statement is within another, the build's is within that one's partner
addressee  the build names the gold's addressee: by the fullest name or by the words at the statement
act        of all statements, those that have the gold's act
condition  the conditions share most of their words
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.pipeline import STAGES
from onrecord.records import Given, Statement, Version
from onrecord.run.memory import build_in_memory, capture_of

HERE = Path(__file__).parent
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
ALIKE = 0.5
Words = frozenset[int]


@dataclass(frozen=True)
class Report:
    """A labelled report: its file's name, its text, and what its file says of it."""

    name: str
    text: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """A statement of either side, its spans as numbers of the words they touch."""

    ident: str
    content: Words
    source: Words
    act: str
    condition: Words
    addressee: frozenset[str]
    within: str | None
    speaker: frozenset[str]
    polarity: str
    modality: str
    manner: str
    quote: str = ""


@dataclass
class Tally:
    """Counts of what is right, found and in the gold, by name; `wrong` tells each miss in one line."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def f1(self, name: str) -> int:
        """F1 in tenths of a per cent."""
        total = self.found[name] + self.gold[name]
        return 2000 * self.right[name] // total if total else 0


def reports(first: int = 1, last: int = 44) -> Iterator[Report]:
    """The labelled reports of these numbers, in order."""
    for path in sorted(HERE.glob("[0-9][0-9]-*.toml")):
        if first <= int(path.name[:2]) <= last:
            told = tomllib.loads(path.read_text("utf-8"))
            yield Report(path.stem, told["text"].strip(), told)


def build(found: Sequence[Report]) -> tuple[dict[str, Version], dict[str, list[Statement]]]:
    """Version and statements of each report, by its name."""
    captures = []
    for one in found:
        data = one.text.encode()
        given = Given(
            outlet=one.told["outlet"], published=str(one.told["published"]), language="en"
        )
        captures.append((capture_of(f"{one.name}.txt", data, given=given), data))
    shelf, _ = build_in_memory(captures, STAGES, until="statements")
    names = {capture.article_id: Path(capture.path).stem for capture, _ in captures}
    said: dict[str, list[Statement]] = {one.name: [] for one in found}
    for statement in shelf.all(Statement):
        said[names[statement.article_id]].append(statement)
    return {names[v.article_id]: v for v in shelf.all(Version)}, said


# --------------------------------------------------------------------------- both sides alike


def _spots(text: str, words: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def _place(text: str, written: str) -> tuple[int, int] | None:
    """Where content words stand; `#2` behind them means the second time."""
    words, _, number = (
        written.partition("#") if re.search(r"#\d+$", written) else (written, "", "1")
    )
    spots = _spots(text, words.rstrip() if number != "1" else words)
    return spots[int(number) - 1] if len(spots) >= int(number) else None


def _near(text: str, written: str, at: int) -> tuple[int, int] | None:
    words = re.sub(r"#\d+$", "", written).rstrip()
    return min(_spots(text, words), key=lambda s: (abs(s[0] - at), s[0]), default=None)


def gold_of(report: Report) -> list[Said]:
    """The labelled statements."""
    text = report.text
    places = [m.span() for m in WORD.finditer(text)]

    def touched(spans: Sequence[tuple[int, int] | None]) -> Words:
        return frozenset(
            n for n, (a, b) in enumerate(places) for s in spans if s and a < s[1] and b > s[0]
        )

    found = []
    for row in report.told["statement"]:
        spans = [_place(text, words) for words in row["content"]]
        at = min((s[0] for s in spans if s), default=0)
        named = {_fold(row[k]) for k in ("addressee", "addressee_words") if row.get(k)}
        condition = row.get("condition")
        source = row.get("source")
        found.append(
            Said(
                row["id"],
                touched(spans),
                touched([_near(text, source, at)]) if source else frozenset(),
                row["act"],
                touched([_near(text, condition, at)]) if condition else frozenset(),
                frozenset(named),
                row.get("within"),
                frozenset(_fold(row[k]) for k in ("speaker", "source") if row.get(k)),
                row.get("polarity", "positive"),
                row.get("modality", "asserted"),
                row["manner"],
                " … ".join(row["content"])[:90],
            )
        )
    return found


def found_of(report: Report, said: Sequence[Statement]) -> list[Said]:
    """The build's statements, by the places of their words in the capture."""
    places = [m.span() for m in WORD.finditer(report.text)]

    def touched(citations: Sequence[Any]) -> Words:
        return frozenset(
            n
            for n, (a, b) in enumerate(places)
            for c in citations
            if c and a < c.capture_end and b > c.capture_start
        )

    return [
        Said(
            s.id,
            touched(s.content),
            touched([s.speaker.citation]) if s.speaker else frozenset(),
            s.act,
            touched([s.condition]),
            _names(s.addressee),
            s.within,
            _names(s.speaker),
            s.polarity,
            s.modality,
            s.manner,
            " … ".join(c.quote for c in s.content)[:90],
        )
        for s in said
    ]


def _names(who: Any) -> frozenset[str]:
    if who is None:
        return frozenset()
    return frozenset(_fold(w) for w in (who.name, who.citation.quote if who.citation else "") if w)


def _fold(words: str) -> str:
    folded = " ".join(WORD.findall(words.lower().replace("’", "'")))
    return re.sub(r"^(?:the|a|an) ", "", folded)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one of the names of one side is in one of the other's, word by word."""
    return any(f" {x} " in f" {y} " or f" {y} " in f" {x} " for x in a for y in b)


def dice(a: Words, b: Words) -> float:
    """Share of words in common."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def pairs(gold: Sequence[Said], found: Sequence[Said]) -> dict[str, Said]:
    """Gold id -> the build's statement, the most alike first; of equals the one with the same source."""
    rows = sorted(
        (
            (-dice(g.content, f.content), -dice(g.source, f.source), g.ident, f.ident, f)
            for g in gold
            for f in found
            if dice(g.content, f.content) >= ALIKE
        ),
        key=lambda row: row[:4],
    )
    made: dict[str, Said] = {}
    used: set[str] = set()
    for _, _, ident, other, one in rows:
        if ident not in made and other not in used:
            made[ident] = one
            used.add(other)
    return made


# --------------------------------------------------------------------------- the score


def count(report: Report, said: Sequence[Statement], tally: Tally) -> None:
    """Adds one report."""
    gold, found = gold_of(report), found_of(report, said)
    paired = pairs(gold, found)
    partner = {f.ident: ident for ident, f in paired.items()}

    def add(name: str, in_gold: bool, in_found: bool, right: bool) -> None:
        tally.gold[name] += in_gold
        tally.found[name] += in_found
        tally.right[name] += right

    for g in gold:
        f = paired.get(g.ident)
        add("statement", True, False, f is not None)
        if f is None:
            tally.wrong.append(f"{report.name} {g.ident}: not found: {g.quote}")
        checks = (
            ("speaker", bool(g.speaker), f is not None and _alike(g.speaker, f.speaker)),
            ("act", True, f is not None and f.act == g.act),
            ("addressee", bool(g.addressee), f is not None and _alike(g.addressee, f.addressee)),
            (
                "condition",
                bool(g.condition),
                f is not None and bool(f.condition) and dice(g.condition, f.condition) >= ALIKE,
            ),
            (
                "nesting",
                g.within is not None,
                f is not None and f.within is not None and partner.get(f.within) == g.within,
            ),
            ("polarity", True, f is not None and f.polarity == g.polarity),
            ("modality", True, f is not None and f.modality == g.modality),
            ("manner", True, f is not None and f.manner == g.manner),
        )
        for name, there, right in checks:
            add(name, there, False, there and right)
            if there and not right and f is not None:
                has = {
                    "act": f"{g.act}, not {f.act}",
                    "addressee": f"{sorted(g.addressee)}, not {sorted(f.addressee)}",
                    "nesting": f"in {g.within}, not {partner.get(f.within or '', f.within)}",
                    "speaker": f"{sorted(g.speaker)}, not {sorted(f.speaker)}",
                }.get(name, "")
                tally.wrong.append(f"{report.name} {g.ident}: {name} {has}: {g.quote}")
    for f in found:
        add("statement", False, True, False)
        for name, there in (
            ("speaker", bool(f.speaker)),
            ("act", True),
            ("addressee", bool(f.addressee)),
            ("condition", bool(f.condition)),
            ("nesting", f.within is not None),
            ("polarity", True),
            ("modality", True),
            ("manner", True),
        ):
            add(name, False, there, False)
        if f.ident not in partner:
            tally.wrong.append(f"{report.name}: too many ({f.act}): {f.quote}")


def score(first: int = 1, last: int = 44) -> Tally:
    """The tally over the reports of these numbers."""
    tally = Tally()
    chosen = list(reports(first, last))
    _, said = build(chosen)
    for one in chosen:
        count(one, said[one.name], tally)
    return tally


def main() -> None:
    """Prints the figures, and with `-v` every miss."""
    numbers = [int(a) for a in sys.argv[1:] if a.isdecimal()]
    tally = score(*(numbers or (1, 44)))
    for name in tally.gold:
        right, found, gold = tally.right[name], tally.found[name], tally.gold[name]
        print(
            f"{name:10} F1 {tally.f1(name) / 10:5.1f}  right {right:4}  found {found:4}  gold {gold:4}"
        )
    if "-v" in sys.argv:
        print("\n".join(tally.wrong))


if __name__ == "__main__":
    main()
