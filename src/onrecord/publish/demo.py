"""The bundled sample story: where its manifest lies. Every person, place and outlet in it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def story() -> Iterator[Path]:
    """The sample story's folder, on disk while the context lasts: manifest.csv, outlets.toml, captures."""
    with as_file(files("onrecord.publish").joinpath("story")) as folder:
        yield folder
