"""Trains the line model: `python -m onrecord.extract.train_lines DIR [-o line_model.json]`.

DIR holds pages as `*.page` files: on each line `+` or `-`, a tab, and a line of the page with its
white space (an empty line is `=`); `+` belongs to the report. `python -m onrecord.extract.make_pages
DIR` writes the pages that the bundled weights were trained on; own pages may be put beside them.
Iteratively reweighted least squares with a ridge (Hastie, Tibshirani, Friedman, 4.4.1).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from onrecord.extract.line_model import digest
from onrecord.extract.text_features import features
from onrecord.extract.text_furniture import certain
from onrecord.extract.text_lines import units

RIDGE = 3.0
STEPS = 15
RAREST = 12
"""A feature seen on fewer lines gets no weight."""


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


def examples(folder: Path) -> tuple[list[list[str]], list[bool]]:
    """Feature names and labels of every line that no rule is certain about, page by page in order."""
    rows: list[list[str]] = []
    wanted: list[bool] = []
    for path in sorted(folder.glob("*.page")):
        source, labels = read_page(path.read_text("utf-8"))
        page = units(source)
        if len(page) != len(labels):
            raise ValueError(f"{path}: a hard-wrapped page cannot be trained on")
        sure = certain(page)
        for i, names in enumerate(features(page, sure)):
            if i not in sure:
                rows.append(names)
                wanted.append(labels[i])
    return rows, wanted


def train(rows: list[list[str]], wanted: list[bool]) -> tuple[dict[str, int], int]:
    """(weights, constant) in hundredths of a logit."""
    import numpy as np

    counts: dict[str, int] = {}
    for names in rows:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    vocabulary = sorted(name for name, count in counts.items() if count >= RAREST)
    place = {name: i for i, name in enumerate(vocabulary)}
    matrix = np.zeros((len(rows), len(vocabulary) + 1))
    matrix[:, -1] = 1
    for i, names in enumerate(rows):
        for name in names:
            if name in place:
                matrix[i, place[name]] = 1
    target = np.array(wanted, dtype=float)
    beta = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        hessian = (matrix * spread[:, None]).T @ matrix + np.diag(ridge)
        beta += np.linalg.solve(hessian, matrix.T @ (target - chance) - ridge * beta)
    values = [round(100 * float(b)) for b in beta]
    return {n: v for n, v in zip(vocabulary, values[:-1], strict=True) if v}, values[-1]


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
    rows, wanted = examples(args.pages)
    weights, constant = train(rows, wanted)
    model = {
        "what": "weights of onrecord's line model, hundredths of a logit",
        "licence": "Apache-2.0; trained only on pages made by onrecord.extract.make_pages",
        "command": "python -m onrecord.extract.make_pages DIR && python -m onrecord.extract.train_lines DIR",
        "lines": len(rows),
        "sha256": digest(weights, constant),
        "constant": constant,
        "weights": weights,
    }
    args.output.write_text(json.dumps(model, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{len(rows)} lines, {sum(wanted)} kept, {len(weights)} weights -> {args.output}")


if __name__ == "__main__":
    main()
