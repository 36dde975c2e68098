"""The line model: which lines of a page are its report, where no rule is certain.

Logistic regression over `text_features`, its weights whole numbers (hundredths of a natural logit) in
line_model.json, then the best sequence of kept and left-out lines (Viterbi, 1967) with a price for
every change from one to the other: reports stand in few, long runs. Trained by
`python -m onrecord.extract.train_lines` on pages written for this project, nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.errors import RecordDamaged
from onrecord.extract.text_features import features
from onrecord.extract.text_lines import Unit

CERTAIN = 100_000


class Model(NamedTuple):
    """Weights by feature name and the constant, in hundredths of a logit; positive means: keep."""

    weights: dict[str, int]
    constant: int


def digest(weights: Mapping[str, int], constant: int) -> str:
    """The SHA-256 over constant and weights in canonical JSON."""
    text = json.dumps([constant, dict(weights)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The bundled weights. Raises RecordDamaged if they do not have the digest written beside them."""
    data = json.loads(files("onrecord.extract").joinpath("line_model.json").read_text("utf-8"))
    if digest(data["weights"], data["constant"]) != data["sha256"]:
        raise RecordDamaged(
            "the line model's weights do not have their digest", where="line_model.json"
        )
    return Model(data["weights"], data["constant"])


def line_scores(units: Sequence[Unit], certain: Mapping[int, str], model: Model) -> list[int]:
    """For every unit hundredths of a logit that it belongs to the report."""
    return [
        -CERTAIN
        if i in certain
        else model.constant + sum(model.weights.get(name, 0) for name in names)
        for i, names in enumerate(features(units, certain))
    ]


def kept_lines(scores: Sequence[int], price: int) -> list[bool]:
    """The labels of the best sequence: sum of the scores kept, less `price` for each change."""
    if not scores:
        return []
    keep, leave = 0, 0
    back: list[tuple[bool, bool]] = []
    for i, score in enumerate(scores):
        if score == -CERTAIN:
            back.append((True, False))
            continue
        cost = price if i else 0
        from_keep, from_leave = keep >= leave - cost, keep - cost > leave
        keep, leave = (
            (keep if from_keep else leave - cost) + score,
            (keep - cost if from_leave else leave) - score,
        )
        back.append((from_keep, from_leave))
    labels: list[bool] = []
    state = keep >= leave
    for i in range(len(scores) - 1, -1, -1):
        sure = scores[i] == -CERTAIN
        labels.append(state and not sure)
        state = back[i][0] if state else back[i][1]
    return labels[::-1]
