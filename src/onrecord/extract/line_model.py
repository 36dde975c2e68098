"""The line model: which lines of a page are its report, where no rule is certain.

Boosted decision trees over `text_features`, every tree asking the same question of all lines at one
depth ("oblivious" trees: Prokhorenkova et al., CatBoost, 2018), so that a page is scored by a few array
operations. Thresholds and leaves are whole numbers (hundredths of a natural logit) in line_model.json.
Then the best sequence of kept and left-out lines (Viterbi, 1967) with a price for every change from one
to the other: reports stand in few, long runs. Trained by `python -m onrecord.extract.train_lines` on
pages written for this project, nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.errors import RecordDamaged
from onrecord.extract.sequence import best_sequence
from onrecord.extract.text_features import NAMES, features
from onrecord.extract.text_lines import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CERTAIN = 100_000


class Model(NamedTuple):
    """Trees as arrays. A question is a column and a threshold (`asks`: columns, `thresholds`), and many
    trees ask the same: of each tree stand in `questions` (depth x trees) which it asks. `leaves` holds
    2 ** depth hundredths of a logit a tree, tree by tree; positive means: keep. Depth is 8 at most."""

    asks: NDArray[np.intp]
    thresholds: NDArray[np.int32]
    questions: NDArray[np.intp]
    leaves: NDArray[np.int64]
    constant: int


def digest(trees: Sequence[Mapping[str, Any]], constant: int) -> str:
    """The SHA-256 over constant and trees in canonical JSON."""
    text = json.dumps([constant, list(trees)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def model_of(trees: Sequence[Mapping[str, Any]], constant: int) -> Model:
    """Trees as their JSON holds them (`ask`: pairs of feature name and threshold; `leaves`) as arrays."""
    import numpy as np

    place = {name: i for i, name in enumerate(NAMES)}
    asked = sorted({(place[name], value) for tree in trees for name, value in tree["ask"]})
    number = {question: i for i, question in enumerate(asked)}
    return Model(
        np.array([column for column, _ in asked], np.intp),
        np.array([value for _, value in asked], np.int32),
        np.array([[number[place[k], v] for k, v in tree["ask"]] for tree in trees], np.intp).T,
        np.array([tree["leaves"] for tree in trees], np.int64).ravel(),
        constant,
    )


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The bundled trees. Raises RecordDamaged if they do not have the digest written beside them."""
    data = json.loads(files("onrecord.extract").joinpath("line_model.json").read_text("utf-8"))
    if digest(data["trees"], data["constant"]) != data["sha256"]:
        raise RecordDamaged(
            "the line model's weights do not have their digest", where="line_model.json"
        )
    return model_of(data["trees"], data["constant"])


def table_scores(table: NDArray[np.int32], model: Model) -> NDArray[np.int64]:
    """For every row of a table of features hundredths of a logit that it belongs to the report."""
    import numpy as np

    depth, trees = model.questions.shape
    answers = (table.T[model.asks] > model.thresholds[:, None]).view(np.uint8)[model.questions]
    leaf = answers[-1]
    for level in reversed(answers[:-1]):
        leaf = leaf << 1 | level
    first = np.arange(0, trees << depth, 1 << depth)[:, None]
    total: NDArray[np.int64] = model.leaves.take(first + leaf).sum(axis=0) + model.constant
    return total


def line_scores(units: Sequence[Unit], certain: Mapping[int, str], model: Model) -> list[int]:
    """For every unit hundredths of a logit that it belongs to the report."""
    if not units:
        return []
    scores: list[int] = table_scores(features(units, certain), model).tolist()
    for i in certain:
        scores[i] = -CERTAIN
    return scores


def kept_lines(scores: Sequence[int], price: int) -> list[bool]:
    """The labels of the best sequence: sum of the scores kept, less `price` for each change."""
    open_ones = [i for i, score in enumerate(scores) if score != -CERTAIN]
    labels = [False] * len(scores)
    best = best_sequence([scores[i] for i in open_ones], [price] * len(open_ones))
    for i, kept in zip(open_ones, best, strict=True):
        labels[i] = kept
    return labels
