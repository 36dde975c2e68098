"""Which files of a folder or a ZIP archive are read, by their names alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from onrecord.errors import InputError

PAGES = frozenset(
    {"", ".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom"}
    | {".pdf", ".mhtml", ".mht", ".vtt", ".srt"}
)
"""Extensions of what is captured; a file named by itself is read whatever its name is."""
ARCHIVES = frozenset({".warc", ".gz", ".wacz", ".zip"})
BESIDE = frozenset(
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .css .js .mjs .map .woff .woff2 .ttf "
    ".otf .eot .mp3 .m4a .ogg .wav .mp4 .webm .m4v .mov .swf".split()
)
"""Extensions of what pages are made of beside their text; these are counted, not told one by one."""
SAVED = tuple(
    "_files .files -files -filer -Dateien _bestanden _fichiers _archivos _ficheiros _arquivos _file "
    "_pliki _soubory _elemei _tiedostot _dosyalar _datoteke _fitxers _failid _fails _bylos _fajlovi "
    "_fitxategiak".split()
)
"""How browsers in different languages end the name of the folder that they save a page's parts in."""


@dataclass(frozen=True)
class Choice:
    """`read` is to be captured; `look` only if its bytes say that it is a page. Both in order."""

    read: tuple[str, ...]
    look: frozenset[str]
    beside: Counter[str]
    saved: Counter[str]

    def lines(self, where: str, misfits: Iterable[str]) -> Iterator[InputError]:
        """One line for each reason to leave files out. `misfits` are those of `look` that are no page."""
        by_suffix: dict[str, list[str]] = defaultdict(list)
        for name in misfits:
            by_suffix[PurePosixPath(name).suffix.lower()].append(name)
        for suffix, names in sorted(by_suffix.items()):
            first = PurePosixPath(names[0])
            more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
            yield InputError(
                "left out",
                where=f"{shown(names[0])}{more}",
                why=f"not a page, text or feed by its name ({suffix})",
                do="use --manifest for a manifest"
                if first.stem == "manifest"
                else "name the file itself to read it",
            )
        if self.beside:
            counted = ", ".join(
                f"{suffix} ({count:,})" for suffix, count in sorted(self.beside.items())
            )
            yield InputError("left out", where=where, why=f"no pages, texts or feeds: {counted}")
        if self.saved:
            yield InputError(
                "left out",
                where=where,
                why=f"{self.saved.total():,} parts of saved pages in {len(self.saved):,} folders "
                f"beside them ({shown(min(self.saved))})",
            )


def shown(name: str) -> str:
    """A file's name as a record keeps it: bytes that are no UTF-8 and control characters written out
    (`caf\\xe9.html`)."""

    def written(match: re.Match[str]) -> str:
        code = ord(match[0])
        return f"\\x{code - 0xDC00 if code >= 0xDC80 else code:02x}"

    return re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", written, name)


def choose(names: Iterable[str]) -> Choice:
    """Which of these files are read, folder by folder. `names` are relative paths with `/`; hidden
    ones, and what macOS puts into archives, are passed over without a word."""
    shown = sorted(
        (
            name
            for name in names
            if not any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
        ),
        key=lambda name: name.split("/"),
    )
    every = set(shown)
    read: list[str] = []
    look: set[str] = set()
    beside: Counter[str] = Counter()
    saved: Counter[str] = Counter()
    for name in shown:
        suffix = PurePosixPath(name).suffix.lower()
        if folder := _saved_folder(name, every):
            saved[folder] += 1
        elif suffix in BESIDE:
            beside[suffix] += 1
        else:
            read.append(name)
            if suffix not in PAGES and suffix not in ARCHIVES:
                look.add(name)
    return Choice(tuple(read), frozenset(look), beside, saved)


def _saved_folder(name: str, every: set[str]) -> str | None:
    """The folder of a saved page's parts that a file is in: one named as a page beside it."""
    parts = name.split("/")
    for depth, part in enumerate(parts[:-1]):
        for ending in SAVED:
            if len(part) > len(ending) and part.endswith(ending):
                page = "/".join([*parts[:depth], part.removesuffix(ending)])
                if any(page + suffix in every for suffix in (".html", ".htm", ".xhtml", "")):
                    return "/".join(parts[: depth + 1])
    return None
