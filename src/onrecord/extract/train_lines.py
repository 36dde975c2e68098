"""Trains the line model: `python -m onrecord.extract.train_lines DIR [-o line_model.json]`.

DIR holds pages as `*.page` files: on each line `+` or `-`, a tab, and a line of the page with its
white space (an empty line is `=`); `+` belongs to the report. `python -m onrecord.extract.make_pages
DIR` writes the pages that the bundled weights were trained on; own pages may be put beside them.

Gradient boosting with second-order leaves (Chen and Guestrin, XGBoost, 2016) of oblivious trees. All
sums are of whole numbers, so that the same pages give the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.extract.line_model import digest
from onrecord.extract.text_features import NAMES, features
from onrecord.extract.text_furniture import certain
from onrecord.extract.text_lines import units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TREES = 80
DEPTH = 5
RATE = 18
"""Hundredths of the step that would be best for the lines alone."""
SEED = 2
"""Which features a tree may ask about is drawn with it."""
RIDGE = 80
"""Added to the weight of every leaf, so that a leaf of few lines says little."""
BINS = 24
"""Thresholds tried of each feature, at equal shares of the lines."""
ASKED = 25
"""Per cent of the features that one tree may ask about."""
MILLION = 1_000_000
FARTHEST = 900
"""Hundredths of a logit beyond which a score counts as certain while training."""


class Examples(NamedTuple):
    """Lines that no rule is certain about: their features, whether they belong to the report, and how
    much each counts."""

    table: NDArray[np.int32]
    wanted: NDArray[np.bool_]
    weight: NDArray[np.int64]


def read_page(text: str) -> tuple[str, list[bool]]:
    """A labelled page as (its text, the label of every non-blank line)."""
    lines: list[str] = []
    labels: list[bool] = []
    for row in text.split("\n"):
        if not row or row == "=":
            lines.append("")
            continue
        mark, _, line = row.partition("\t")
        lines.append(line)
        if line.strip():
            labels.append(mark == "+")
    return "\n".join(lines), labels


def examples(folder: Path) -> Examples:
    """The lines of all pages of a folder, page by page in order of their names.

    A line counts by its length: a paragraph lost is worse than a heading. Raises ValueError for a page
    that is hard-wrapped.
    """
    import numpy as np

    tables: list[Any] = []
    labels: list[Any] = []
    weights: list[Any] = []
    for path in sorted(folder.glob("*.page")):
        source, wanted = read_page(path.read_text("utf-8"))
        page = units(source)
        if len(page) != len(wanted):
            raise ValueError(f"{path}: a hard-wrapped page cannot be trained on")
        sure = certain(page)
        free = [i for i in range(len(page)) if i not in sure]
        tables.append(features(page, sure)[free])
        labels.append(np.array(wanted, bool)[free])
        weights.append(np.array([line_weight(page[i].count) for i in free], np.int64))
    return Examples(np.concatenate(tables), np.concatenate(labels), np.concatenate(weights))


def line_weight(count: int) -> int:
    """How much a line of so many words counts."""
    return 2 + min(count, 40) // 5


def train(data: Examples, *, trees: int = TREES) -> tuple[list[dict[str, Any]], int]:
    """(trees as line_model.json holds them, constant in hundredths of a logit)."""
    import numpy as np

    table, wanted, weight = data
    thresholds = [_thresholds(table[:, f]) for f in range(table.shape[1])]
    bins = np.stack(
        [np.searchsorted(t, table[:, f], "left") for f, t in enumerate(thresholds)]
    ).astype(np.int64)
    chance = _chances()
    target = wanted.astype(np.int64) * MILLION
    scores = np.zeros(len(table), np.int64)
    random = Random(SEED)
    usable = [f for f, t in enumerate(thresholds) if len(t)]
    found: list[dict[str, Any]] = []
    for _ in range(trees):
        expected = chance[np.clip(scores, -FARTHEST, FARTHEST) + FARTHEST]
        slope = (target - expected) * weight
        spread = np.maximum(expected * (MILLION - expected) // MILLION, 100) * weight
        asked = sorted(random.sample(usable, max(1, len(usable) * ASKED // 100)))
        leaf = np.zeros(len(table), np.int64)
        questions: list[tuple[str, int]] = []
        for depth in range(DEPTH):
            feature, cut = _best(bins, thresholds, leaf, 1 << depth, slope, spread, asked)
            questions.append((NAMES[feature], int(thresholds[feature][cut])))
            leaf += (bins[feature] > cut).astype(np.int64) << depth
        total = np.bincount(leaf, slope, 1 << DEPTH)
        held = np.bincount(leaf, spread, 1 << DEPTH)
        values = np.rint(RATE * total / (held + RIDGE * MILLION // 4)).astype(np.int64)
        scores += values[leaf]
        found.append({"ask": [list(q) for q in questions], "leaves": values.tolist()})
    return found, 0


def _thresholds(values: Any) -> Any:
    """Up to BINS values of a feature, at equal shares of the lines; `> value` is asked."""
    import numpy as np

    ordered = np.sort(values)
    picked = ordered[[len(ordered) * (k + 1) // (BINS + 1) for k in range(BINS)]]
    return np.unique(picked[picked < ordered[-1]])


def _chances() -> Any:
    """Millionths of a chance for every score from -FARTHEST to FARTHEST."""
    import numpy as np

    scores = np.arange(-FARTHEST, FARTHEST + 1)
    return np.rint(MILLION / (1 + np.exp(-scores / 100))).astype(np.int64)


def _best(
    bins: Any, thresholds: Any, leaf: Any, leaves: int, slope: Any, spread: Any, asked: list[int]
) -> tuple[int, int]:
    """(feature, index of its threshold) whose question tells most, asked in every leaf at once."""
    import numpy as np

    best: tuple[float, int, int] | None = None
    ridge = RIDGE * MILLION // 4
    for feature in asked:
        width = len(thresholds[feature]) + 1
        place = leaf * width + bins[feature]
        up = np.cumsum(np.bincount(place, slope, leaves * width).reshape(leaves, width), axis=1)
        down = np.cumsum(np.bincount(place, spread, leaves * width).reshape(leaves, width), axis=1)
        left, left_held = up[:, :-1], down[:, :-1]
        right, right_held = up[:, -1:] - left, down[:, -1:] - left_held
        gain = (left * left / (left_held + ridge) + right * right / (right_held + ridge)).sum(
            axis=0
        )
        cut = int(np.argmax(gain))
        if best is None or gain[cut] > best[0]:
            best = (float(gain[cut]), feature, cut)
    assert best is not None
    return best[1], best[2]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, help="folder of labelled *.page files")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(__file__).with_name("line_model.json")
    )
    args = parser.parse_args()
    data = examples(args.pages)
    trees, constant = train(data)
    model = {
        "what": "trees of onrecord's line model, leaves in hundredths of a logit",
        "licence": "Apache-2.0; trained only on pages made by onrecord.extract.make_pages",
        "command": "python -m onrecord.extract.make_pages DIR && python -m onrecord.extract.train_lines DIR",
        "lines": len(data.wanted),
        "sha256": digest(trees, constant),
        "constant": constant,
        "trees": trees,
    }
    rows = ",\n".join(json.dumps(tree) for tree in trees)
    text = json.dumps({**model, "trees": []}, indent=1, sort_keys=True)
    args.output.write_text(text.replace('"trees": []', f'"trees": [\n{rows}\n]') + "\n", "utf-8")
    print(
        f"{len(data.wanted)} lines, {int(data.wanted.sum())} kept, {len(trees)} trees -> {args.output}"
    )


if __name__ == "__main__":
    main()
