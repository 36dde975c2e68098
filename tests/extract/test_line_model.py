"""The line model: its weights, its decoding, its training."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.extract.line_model import CERTAIN, digest, kept_lines, load_model
from onrecord.extract.make_pages import page
from onrecord.extract.train_lines import examples, read_page, train


def test_bundled_weights_have_their_digest() -> None:
    model = load_model()
    assert len(model.weights) > 50
    assert all(isinstance(w, int) for w in model.weights.values())
    assert digest(model.weights, model.constant) != digest(model.weights, model.constant + 1)


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


def test_training_learns_text_from_furniture(tmp_path: Path) -> None:
    for number in range(45):
        tmp_path.joinpath(f"{number:03d}.page").write_text(page(number), "utf-8")
    rows, wanted = examples(tmp_path)
    weights, constant = train(rows, wanted)
    assert (weights, constant) == train(rows, wanted)
    right = sum(
        (constant + sum(weights.get(n, 0) for n in names) > 0) == label
        for names, label in zip(rows, wanted, strict=True)
    )
    assert right * 100 >= 95 * len(rows)


def test_a_page_whose_labels_do_not_fit_is_refused(tmp_path: Path) -> None:
    wrapped = "\n".join(f"+\t{'word ' * 13}{n:04d}" for n in range(6))
    tmp_path.joinpath("a.page").write_text(wrapped, "utf-8")
    with pytest.raises(ValueError, match="hard-wrapped"):
        examples(tmp_path)
