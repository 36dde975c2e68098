"""Finding trafilatura's paragraphs again among the page's own runs."""

from __future__ import annotations

from onrecord.extract.html_choice import key, locate


def chosen(units: list[tuple[str, ...]], keys: list[str]) -> list[int]:
    return [i for i, n in enumerate(locate(units, keys)) if n]


def test_key_folds_what_extractors_change() -> None:
    assert key("Co\u00adop\u00e9ration \u2013 12,5\u00a0%") == key("COOPE\u0301RATION 125")


def test_the_copy_between_its_neighbours_is_taken() -> None:
    teaser = key("The strike is over.")
    keys = [
        teaser,
        key("First long paragraph about the ships in port."),
        teaser,
        key("Second long paragraph about pay."),
    ]
    units = [(keys[1],), (teaser,), (keys[3],)]
    assert chosen(units, keys) == [1, 2, 3]


def test_a_paragraph_that_joins_two_runs_counts_for_both() -> None:
    keys = [key("One half of a sentence"), key("and the other half of it"), key("Footer")]
    assert chosen([(keys[0] + keys[1],)], keys) == [0, 1]


def test_a_paragraph_with_something_dropped_inside_is_found_by_its_parts() -> None:
    keys = [
        key("Before the widget it says this at length"),
        key("Share"),
        key("and after the widget it goes on"),
    ]
    unit = (keys[0] + keys[2], keys[0], keys[2])
    assert chosen([unit], keys) == [0, 2]


def test_many_like_cells_do_not_take_forever() -> None:
    keys = ["abc", "1"] * 5000
    assert sum(locate([(k,) for k in keys], keys)) > 0
