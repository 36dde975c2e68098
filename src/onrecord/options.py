"""A stage's options: frozen dataclasses whose fields carry their own documentation.

Command-line flags, config keys, environment variables and docs/options.md all derive from these
fields (see settings.py); nothing is declared twice. Values are whole numbers, strings and booleans:
no floats, so that an options hash is the same on every machine. Shares are in per cent or per mille.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any


def option(default: int | str | bool, doc: str, *, unit: str = "") -> Any:
    """A documented dataclass field. `unit` is shown behind the default (per cent, days, ...)."""
    return dataclasses.field(default=default, metadata={"doc": doc, "unit": unit})


@dataclasses.dataclass(frozen=True, slots=True)
class NoOptions:
    """A stage without options."""


def options_hash(options: Any) -> str:
    """Twelve hex digits over the options' names and values."""
    text = json.dumps(dataclasses.asdict(options), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
