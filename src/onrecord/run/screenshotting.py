"""Screenshots of captures: taken right after a page was captured, kept with it, checked like it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.capture import screenshots, web
from onrecord.errors import InputError, RecordDamaged
from onrecord.records import Capture, Screenshot
from onrecord.store.record import Store
from onrecord.text.ids import make_id


def take(
    store: Store,
    capture: Capture,
    options: screenshots.Options,
    fetching: web.Options,
    now: Callable[[], str],
) -> Screenshot:
    """Takes a screenshot of a capture's page as it is now and keeps it. `now` gives the time in UTC.

    Raises InputError, one line, if there is none to be had; RecordBusy if it cannot be stored.
    """
    url = capture.final_url or capture.url
    if not url:
        raise InputError("no screenshot", where=capture.path, why="the capture has no address")
    shot = screenshots.screenshot(url, options, fetching)
    at = now()
    sha = hashlib.sha256(shot.png).hexdigest()
    taken = Screenshot(
        id=make_id("scr", capture.id, sha, at),
        capture_id=capture.id,
        article_id=capture.article_id,
        url=shot.url,
        sha256=sha,
        bytes=len(shot.png),
        width=shot.width,
        height=shot.height,
        cut=shot.cut,
        taken_at=at,
        agent=shot.agent,
    )
    store.add_screenshot(taken, shot.png)
    return taken


@dataclass
class PicturesChecked:
    """How many were checked."""

    pictures: int = 0


def problems(store: Store, checked: PicturesChecked) -> Iterator[tuple[str, str]]:
    """(where, why) of every screenshot whose picture is missing or altered, or whose capture is gone."""
    for taken in store.stream(Screenshot):
        checked.pictures += 1
        where = f"screenshots/{taken.sha256[:2]}/{taken.sha256}.png"
        if store.get(Capture, taken.capture_id) is None:
            yield where, f"its capture {taken.capture_id} is not in the record"
        try:
            found = hashlib.sha256(store.picture(taken.sha256)).hexdigest()
        except RecordDamaged as error:
            yield where, error.why
            continue
        if found != taken.sha256:
            yield where, f"it hashes to {found[:12]}…, not to its name: it was altered"
