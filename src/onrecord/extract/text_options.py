"""Options of reading text captures."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.options import option


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How readily lines of a text capture are kept."""

    lenience: int = option(
        150,
        "Added to every line's score: more keeps more furniture, less loses more text",
        unit="hundredths of a logit",
    )
    change_price: int = option(
        350,
        "What a change between kept and left-out lines costs: more gives fewer, longer runs",
        unit="hundredths of a logit",
    )
