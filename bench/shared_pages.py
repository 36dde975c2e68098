"""The shared benchmark's pages as the product would capture them: what the other scripts here read."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.capture.capturing import Origin, capture
from onrecord.errors import InputError
from onrecord.records import Capture
from onrecord.text.decoding import decode

HTML_PARTS = ("html-aeb", "html-fundus")
TEXT_PARTS = ("text-hard", "text-mild", "datelines")


@dataclass(frozen=True)
class SharedPage:
    """A capture with its bytes and its decoded text; `path` is as the gold has it."""

    capture: Capture
    data: bytes
    source: str

    @property
    def path(self) -> str:
        return self.capture.path


def captured(path: str, data: bytes, url: str | None = None) -> SharedPage:
    """The page of these bytes. Raises InputError where they are no text."""
    found = capture(data, Origin(path=path, url=url)).capture
    return SharedPage(found, data, decode(data, found.decoder))


def part_pages(folder: Path) -> Iterator[SharedPage]:
    """The pages of a part (a folder with manifest.csv), in the manifest's order."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            data = (folder / row["path"]).read_bytes()
            path = row["path"].removesuffix(".gz")
            if path != row["path"]:
                data = gzip.decompress(data)
            try:
                yield captured(path, data, row["url"] or None)
            except InputError as error:
                print(f"left out: {error.line()}")


def seed_pages(folder: Path) -> Iterator[SharedPage]:
    """The plain-text captures of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield captured(path.name, path.read_bytes())
