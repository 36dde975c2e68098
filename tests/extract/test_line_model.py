"""The line model: its weights, its decoding, its training."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.extract.line_model import (
    CERTAIN,
    digest,
    kept_lines,
    load_model,
    model_of,
    table_scores,
)
from onrecord.extract.make_pages import page
from onrecord.extract.text_features import NAMES, features
from onrecord.extract.text_lines import units
from onrecord.extract.train_lines import examples, read_page, train


def test_bundled_weights_have_their_digest() -> None:
    model = load_model()
    assert model.asks.shape == model.thresholds.shape
    assert model.leaves.shape == (model.questions.shape[1] * 2 ** model.questions.shape[0],)
    assert model.questions.max() == len(model.asks) - 1
    assert digest([], model.constant) != digest([], model.constant + 1)


def test_one_weak_line_between_strong_ones_is_kept() -> None:
    assert kept_lines([500, -100, 500], 300) == [True, True, True]
    assert kept_lines([500, -100, 500], 0) == [True, False, True]
    assert kept_lines([-500, 100, -500], 300) == [False, False, False]
    assert kept_lines([500, -CERTAIN, 500], 300) == [True, False, True]
    assert kept_lines([], 300) == []


def test_pages_are_the_same_for_the_same_number() -> None:
    assert page(7) == page(7)
    assert page(7) != page(10)
    source, labels = read_page("+\tA line\n=\n-\tHome\n")
    assert (source.split("\n")[:3], labels) == (["A line", "", "Home"], [True, False])


def test_training_learns_text_from_furniture_and_always_the_same(tmp_path: Path) -> None:
    for number in range(30):
        tmp_path.joinpath(f"{number:03d}.page").write_text(page(number), "utf-8")
    data = examples(tmp_path)
    trees, constant = train(data, trees=12)
    assert (trees, constant) == train(data, trees=12)
    assert all(isinstance(leaf, int) for tree in trees for leaf in tree["leaves"])
    right = (table_scores(data.table, model_of(trees, constant)) > 0) == data.wanted
    assert right.sum() * 100 >= 93 * len(right)


def test_the_table_of_a_page_has_a_row_a_line_and_a_column_a_feature() -> None:
    lines = units("Home\nBridge at Veldt closed\n\nThe council of Veldt voted to close it.")
    table = features(lines, {0: "menu"})
    assert table.shape == (3, len(NAMES))
    assert table[:, NAMES.index("sure")].tolist() == [1, 0, 0]
    assert table[:, NAMES.index("words")].tolist() == [1, 4, 8]
    assert table[:, NAMES.index("lines left")].tolist() == [2, 1, 0]


def test_a_page_whose_labels_do_not_fit_is_refused(tmp_path: Path) -> None:
    wrapped = "\n".join(f"+\t{'word ' * 13}{n:04d}" for n in range(6))
    tmp_path.joinpath("a.page").write_text(wrapped, "utf-8")
    with pytest.raises(ValueError, match="hard-wrapped"):
        examples(tmp_path)
