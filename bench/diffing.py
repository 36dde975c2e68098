"""Time of comparing two versions: aligning, words, labels and ranks of one pair, as the changes stage
does it, on the shared revisions and on invented pairs of about 1,000 words.

    python bench/run.py diffing      # or python bench/diffing.py, which only prints

CPU milliseconds of this process, one pair after the other, tables loaded before. Beside them, in the
same run, difflib on words and diff-match-patch on characters (with its semantic clean-up, and its
default limit of a second), which give stretches and no labels. Ratios say more than milliseconds on a
busy machine.
"""

from __future__ import annotations

import difflib
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from invented_reports import REPORTS
from peers_env import FOLDER, peers_python
from shared_pages import part_pages

from onrecord.pipeline import STAGES
from onrecord.records import Block, Version
from onrecord.relate import changes
from onrecord.run.memory import build_in_memory
from onrecord.stage import Group

HERE = Path(__file__).resolve().parent
PAIRS = 60
"""Invented pairs of each kind."""
SHORTEST = 300
"""Shared pairs with fewer words are left out of the figures by 1,000 words: there the fixed cost counts."""

Pair = tuple[Version, Version]


def version(number: int, blocks: Sequence[tuple[str, str]]) -> Version:
    """A version of (kind, text)."""
    made, start = [], 0
    for kind, text in blocks:
        end = start + len(text)
        made.append(Block(kind=kind, start=start, end=end, capture_start=start, capture_end=end))
        start = end + 2
    return Version(
        id=f"ver-{number}",
        article_id="art-1",
        capture_id=f"cap-{number}",
        number=number,
        seen_at=None,
        text="\n\n".join(text for _, text in blocks),
        blocks=tuple(made),
        left_out=(),
        segments=(),
        language="en",
        decoder="utf-8",
        sha256="0" * 64,
    )


def shared_pairs(bench: Path) -> list[Pair]:
    """Neighbouring versions of the shared revisions, as the product reads them."""
    captures = [(page.capture, page.data) for page in part_pages(bench / "revisions")]
    shelf, _ = build_in_memory(captures, STAGES, until="articles")
    by_article: dict[str, list[Version]] = {}
    for found in shelf.all(Version):
        by_article.setdefault(found.article_id, []).append(found)
    pairs = []
    for _, versions in sorted(by_article.items()):
        versions.sort(key=lambda v: v.number)
        pairs += itertools.pairwise(versions)
    return pairs


def invented_pairs(share: int) -> list[Pair]:
    """Pairs of about 1,000 words of which `share` per cent of the sentences were rewritten: up to half
    of their words exchanged, or, at 100, all of them."""
    bodies = [r for r in REPORTS if r.language == "en"]
    rows = [("title", bodies[0].title)]
    rows += [("paragraph", " ".join(text.split())) for r in bodies for _, text in r.body]
    vocabulary = sorted({w for _, text in rows for w in text.split()})
    pairs = []
    for seed in range(PAIRS):
        chance = random.Random(1000 * share + seed)
        order = rows[:1] + chance.sample(rows[1:], len(rows) - 1)
        newer = []
        for kind, text in order:
            sentences = text.split(". ")
            for k, sentence in enumerate(sentences):
                if chance.randrange(100) < share:
                    words = sentence.split()
                    for i in range(len(words)):
                        if share == 100 or chance.random() < 0.3:
                            words[i] = chance.choice(vocabulary)
                    sentences[k] = " ".join(words)
            newer.append((kind, ". ".join(sentences)))
        pairs.append((version(1, order), version(2, newer)))
    return pairs


def ours(pair: Pair) -> int:
    """The changes stage on a pair; how many hunks."""
    found = list(changes.work(Group({Version: pair}), changes.Options(), {}))
    return sum(len(change.hunks) for change in found)


def by_difflib(pair: Pair) -> int:
    """difflib on words, its shortcut for frequent words off, as it loses edits."""
    words = [version.text.split() for version in pair]
    return len(difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes())


def diff_match_patch() -> Callable[[Pair], int]:
    """diff-match-patch on characters, from the peers' environment."""
    peers_python()
    (packages,) = FOLDER.glob("lib/python*/site-packages")
    if str(packages) not in sys.path:
        sys.path.append(str(packages))
    import diff_match_patch as module

    def run(pair: Pair) -> int:
        tool = module.diff_match_patch()
        found = tool.diff_main(pair[0].text, pair[1].text)
        tool.diff_cleanupSemantic(found)
        return len(found)

    return run


def milliseconds(work: Callable[[Pair], int], pairs: Sequence[Pair]) -> list[float]:
    """CPU milliseconds of each pair: the better of two runs, as other processes disturb the first."""
    found = []
    for pair in pairs:
        spent = []
        for _ in range(2):
            begun = time.process_time_ns()
            work(pair)
            spent.append((time.process_time_ns() - begun) / 1e6)
        found.append(min(spent))
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and greatest."""
    ordered = sorted(values)
    at = {"p50": len(ordered) // 2, "p95": len(ordered) * 95 // 100, "max": len(ordered) - 1}
    return {name: round(ordered[k], 2) for name, k in at.items()}


def words_of(pair: Pair) -> float:
    """Words of a pair, the mean of both."""
    return sum(len(version.text.split()) for version in pair) / 2


def measure(bench: Path) -> dict[str, Any]:
    """{"figures": ..., "tables": [...]}."""
    sets: dict[str, list[Pair]] = {
        "shared, by 1,000 words": [p for p in shared_pairs(bench) if words_of(p) >= SHORTEST],
        "1,000 words, 5 % of the sentences edited": invented_pairs(5),
        "1,000 words, 40 % of the sentences edited": invented_pairs(40),
        "1,000 words, all rewritten": invented_pairs(100),
    }
    tools = {"onrecord": ours, "difflib": by_difflib, "diff-match-patch": diff_match_patch()}
    for pair in sets["1,000 words, all rewritten"][:3]:
        ours(pair)
    figures: dict[str, Any] = {}
    rows = []
    for name, pairs in sets.items():
        figures[name] = {
            "pairs": len(pairs),
            "words_p50": round(sorted(map(words_of, pairs))[len(pairs) // 2]),
        }
        for tool, work in tools.items():
            # Peers take long where much was rewritten: a part of the pairs will do for them.
            some = pairs if tool == "onrecord" else pairs[:: max(1, len(pairs) // 20)]
            spent = milliseconds(work, some)
            if name.startswith("shared"):
                spent = [s * 1000 / words_of(p) for s, p in zip(spent, some, strict=True)]
            figures[name][tool] = spread(spent)
            ratio = figures[name][tool]["p50"] / figures[name]["onrecord"]["p50"]
            figures[name][tool]["times_ours"] = round(ratio, 1)
            rows.append([name, tool, len(some), *figures[name][tool].values()])
        print(name, figures[name], flush=True)
    return {
        "figures": figures,
        "tables": [
            {
                "caption": "CPU milliseconds of one pair of versions: for onrecord all of the changes stage, labels and "
                "ranks included; for the others the comparison alone.",
                "columns": ["pairs", "tool", "number", "p50", "p95", "max", "p50 in ours"],
                "rows": rows,
            }
        ],
    }


def main() -> None:
    bench = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "bench"
    print(json.dumps(measure(bench)["figures"], indent=1))


if __name__ == "__main__":
    main()
