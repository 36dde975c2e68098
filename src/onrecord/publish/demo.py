"""The bundled sample story: where its manifest lies. Every person, place and outlet in it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def manifests() -> Iterator[tuple[Path, ...]]:
    """The manifests of the sample story, as files on disk while the context lasts."""
    with as_file(files("onrecord.publish").joinpath("story")) as folder:
        yield (folder / "manifest.csv",)
