"""Files, folders and standard input -> Found, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.capture.capturing import Found, Origin, capture
from onrecord.errors import InputError

PAGES = frozenset(
    {"", ".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom"}
    | {".pdf", ".mhtml", ".mht", ".vtt", ".srt"}
)
"""Extensions of what a folder is searched for; a file named by itself is read whatever its name is."""


def from_path(path: Path) -> Iterator[Found | InputError]:
    """The captures of a file or of all files below a folder, ordered by path; errors in their place."""
    if path.is_dir():
        yield from _from_folder(path)
    else:
        yield from from_file(path, Origin(path=path.name))


def from_file(path: Path, origin: Origin) -> Iterator[Found | InputError]:
    """The capture of one file."""
    try:
        yield capture(path.read_bytes(), origin)
    except InputError as error:
        yield error
    except OSError as error:
        why = error.strerror or str(error)
        yield InputError("cannot be read", where=origin.path, why=why, do="check the path")


def _from_folder(folder: Path) -> Iterator[Found | InputError]:
    usable = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in Path(name).parts):
            continue
        if path.suffix.lower() not in PAGES:
            hint = (
                "use --manifest for a manifest"
                if path.stem == "manifest"
                else "name the file itself to read it"
            )
            yield InputError(
                "left out",
                where=name,
                why=f"not a page, text or feed by its name ({path.suffix})",
                do=hint,
            )
            continue
        for one in from_file(path, Origin(path=name)):
            usable += isinstance(one, Found)
            yield one
    if not usable:
        yield InputError(
            "nothing usable in this folder",
            where=folder.name or str(folder),
            why="no page, text or feed",
        )


def from_standard_input(data: bytes) -> Iterator[Found | InputError]:
    """The capture of a text pasted into standard input."""
    try:
        yield capture(data, Origin(path="-"))
    except InputError as error:
        yield error
