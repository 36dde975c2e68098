"""Written quantities."""

from __future__ import annotations

import pytest

from onrecord.relate.quantities import quantity


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [
        ("1,200", 1_200_000),
        ("four", 4_000),
        ("1.5 million", 1_500_000_000),
        ("twenty one", 21_000),
        ("million", 1_000_000_000),
        ("5 trillion", 5_000_000_000_000_000),
        ("3.5 trln", 3_500_000_000_000_000),
        ("4bn", 4_000_000_000_000),
        ("m", None),
        ("several", None),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_quantities(written: str, thousandths: int | None) -> None:
    assert quantity(written) == thousandths
