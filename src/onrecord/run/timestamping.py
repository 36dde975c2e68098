"""Independent time-stamps over the captures of each day, so that nobody need take the record's word.

`timestamps/2031-03-14-1.txt` lists the captures of a day (UTC), one a line, sorted:

    SHA-256 CAPTURE_ID CAPTURED_AT URL

and `timestamps/2031-03-14-1.tsr` is what a time-stamp service (RFC 3161) answered for the SHA-256 of
that file. Captures of the day that are added later are listed in a file of the next number; what
nothing dates is listed as `undated`. A list is never altered: it is proof that those bytes, with that
address and time, were in the record when the service signed, and of nothing before.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from onrecord.capture import timestamps, web
from onrecord.capture.timestamps import NoStamp, Token, check, stamp
from onrecord.errors import InputError, UsageError
from onrecord.records import Capture
from onrecord.store.captures import write_once
from onrecord.store.record import Store
from onrecord.text.instants import is_instant, moment, normalise

FOLDER = "timestamps"
UNDATED = "undated"
FAILURES = 3
"""Lists in a row that a service does not stamp, after which it is left for another time."""
SKEW = timedelta(minutes=10)
"""By how much the clock of a machine that captures may be ahead of a service's."""
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}|undated)-([1-9]\d*)\.txt", re.ASCII)
_SAFE = "".join(chr(c) for c in range(0x21, 0x7F))
VERIFY = "openssl ts -verify -attime {at} -data {list} -in {token} -CAfile CERTIFICATES.pem"
"""How anybody checks a token's signature, by certificates as they held when it was made (`at`, seconds
since 1970); CERTIFICATES.pem is what the service publishes."""


@dataclass(frozen=True)
class DayList:
    """A list that is in the record, by its day and number; `token` need not be there."""

    day: str
    number: int
    path: Path

    @property
    def token(self) -> Path:
        return self.path.with_suffix(".tsr")

    def digest(self) -> bytes:
        """SHA-256 of the list."""
        return hashlib.sha256(self.path.read_bytes()).digest()


@dataclass
class Stamped:
    """What stamping did: lists written, lists stamped, lists left without a stamp, and why."""

    written: int = 0
    stamped: int = 0
    left: int = 0
    lines: list[str] = field(default_factory=list)


def day_of(capture: Capture) -> str:
    """The day (UTC) a capture is listed under."""
    if capture.captured_at is None:
        return UNDATED
    if is_instant(capture.captured_at):
        return moment(capture.captured_at).date().isoformat()
    return capture.captured_at


def line_of(capture: Capture) -> str:
    """A capture's line; what is no printable ASCII in an address is percent-encoded."""
    url = quote(capture.url, safe=_SAFE) if capture.url else "-"
    return f"{capture.sha256} {capture.id} {capture.captured_at or '-'} {url}"


def lists(store: Store) -> list[DayList]:
    """The lists of a record, by day and number."""
    found = []
    for path in (store.folder / FOLDER).glob("*.txt"):
        if match := _NAME.fullmatch(path.name):
            found.append(DayList(match[1], int(match[2]), path))
    return sorted(found, key=lambda one: (one.day, one.number))


def wanted_day(written: str) -> str:
    """A day as a user names it. Raises UsageError if it is none."""
    try:
        return UNDATED if written == UNDATED else date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{written!r} is not a day", do=f"write 2014-03-14, or {UNDATED}"
        ) from error


def stamp_days(
    store: Store,
    options: timestamps.Options,
    fetching: web.Options,
    now: str,
    *,
    days: Sequence[str] | None = None,
    today: bool = False,
    nonce: Callable[[], int] = lambda: secrets.randbits(64),
    sleep: Callable[[float], None] = time.sleep,
) -> Stamped:
    """Lists what no list holds yet and has every list without a token stamped: of those days, or of all
    that are over (`now`, UTC), of this one too with `today`. Without a service in the options it does
    nothing.

    One failing list is one line; nothing but a checked answer is stored as a token, and the next call
    asks again. Raises RecordBusy if the record's folder cannot be written to.
    """
    report = Stamped()
    if not options.service:
        return report
    this_day = datetime.fromisoformat(now).astimezone(UTC).date().isoformat()

    def is_wanted(day: str) -> bool:
        if days is not None:
            return day in days
        return day == UNDATED or day < this_day or (today and day == this_day)

    report.written = _write_lists(store, is_wanted)
    failed = 0
    for number, one in enumerate(
        one for one in lists(store) if is_wanted(one.day) and not one.token.exists()
    ):
        if failed == FAILURES:
            report.left += 1
            continue
        if number:
            sleep(fetching.pause / 1000)
        try:
            answer, _ = stamp(options.service, one.digest(), nonce(), fetching)
        except InputError as error:
            failed += 1
            report.left += 1
            report.lines.append(f"{FOLDER}/{one.path.name}: {error.line()}")
            continue
        failed = 0
        write_once(one.token, answer, "a time-stamp")
        report.stamped += 1
    return report


def _write_lists(store: Store, is_wanted: Callable[[str], bool]) -> int:
    """Writes a list for every wanted day that has captures in none; how many."""
    known: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, int] = defaultdict(int)
    for one in lists(store):
        numbers[one.day] = max(numbers[one.day], one.number)
        if is_wanted(one.day):
            known[one.day] |= set(one.path.read_text("utf-8", errors="replace").splitlines())
    new: dict[str, list[str]] = defaultdict(list)
    for capture in store.stream(Capture):
        if is_wanted(day := day_of(capture)) and (line := line_of(capture)) not in known[day]:
            new[day].append(line)
    for day, lines in sorted(new.items()):
        path = store.folder / FOLDER / f"{day}-{numbers[day] + 1}.txt"
        data = "".join(f"{line}\n" for line in sorted(lines)).encode("ascii")
        write_once(path, data, "a list of captures")
    return len(new)


# --------------------------------------------------------------------------- verifying


@dataclass
class TokensChecked:
    """How much of it was checked."""

    lists: int = 0
    tokens: int = 0


def problems(
    store: Store, checked: TokensChecked, certificates: Path | None = None
) -> Iterator[tuple[str, str]]:
    """(where, why) of every list that is not what the captures say, and of every token that is not of
    its list; with the service's `certificates` (PEM) also of those whose signature openssl does not
    find good. Raises UsageError if openssl is needed and not installed."""
    program = shutil.which("openssl") if certificates else None
    if certificates and not certificates.is_file():
        raise UsageError("there is no such file of certificates", where=str(certificates))
    if certificates and program is None:
        raise UsageError(
            "signatures of time-stamps cannot be checked here",
            why="openssl is not installed",
            do="install it, or check them elsewhere with `openssl ts -verify`",
        )
    every = lists(store)
    for one in every:
        checked.lists += 1
        where = f"{FOLDER}/{one.path.name}"
        for why in _list_problems(store, one):
            yield where, why
        if not one.token.exists():
            continue
        checked.tokens += 1
        token = f"{FOLDER}/{one.token.name}"
        try:
            stamped = check(one.token.read_bytes(), one.digest(), None)
        except NoStamp as error:
            yield token, f"{error.what}: {error.why}"
            continue
        if late := _taken_after(one, stamped):
            yield (
                token,
                f"it was signed at {stamped.at}, before a capture it lists was taken ({late})",
            )
        if program and certificates and (why := _signature(program, one, stamped, certificates)):
            yield token, f"its signature is not good by {certificates.name}: {why}"
    known = {one.token for one in every}
    for path in sorted((store.folder / FOLDER).glob("*.tsr")):
        if path not in known:
            yield f"{FOLDER}/{path.name}", "the list that it stamps is missing"


def _taken_after(one: DayList, token: Token) -> str:
    """The time of a listed capture that was taken after the token was made; "" if there is none."""
    cells = (line.split(" ") for line in one.path.read_text("utf-8", "replace").splitlines())
    times = [c[2] for c in cells if len(c) == 4 and is_instant(c[2]) and normalise(c[2]) == c[2]]
    latest = max(times, key=moment, default="")
    return latest if latest and moment(latest) > moment(token.at) + SKEW else ""


def _list_problems(store: Store, one: DayList) -> Iterator[str]:
    lines = one.path.read_text("utf-8", errors="replace").splitlines()
    if lines != sorted(lines):
        yield "its lines are not in order: it was altered"
    ids = [line.split(" ")[1] for line in lines if line.count(" ") == 3]
    held = {capture.id: capture for capture in store.load(Capture, ids)}
    for line in lines:
        capture = held.get(line.split(" ")[1]) if line.count(" ") == 3 else None
        if capture is None:
            yield f"it lists a capture that is not in the record: {line[:120]}"
        elif line_of(capture) != line:
            yield f"it lists {capture.id} otherwise than the record has it"
        elif day_of(capture) != one.day:
            yield f"it lists {capture.id}, which is of another day"


def _seconds(token: Token) -> str:
    return f"{moment(token.at).timestamp():.0f}"


def _signature(program: str, one: DayList, token: Token, certificates: Path) -> str:
    """Why openssl does not find a token good; "" if it does."""
    command = [program, "ts", "-verify", "-attime", _seconds(token), "-data", str(one.path)]
    command += ["-in", str(one.token), "-CAfile", str(certificates)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    told = [line for line in done.stderr.splitlines() if "error:" in line.lower()]
    return (told or done.stderr.splitlines() or ["no reason is given"])[0].strip()


def commands(store: Store) -> Iterable[str]:
    """The commands that check the signatures of a record's tokens, those left out that are none."""
    for one in lists(store):
        with suppress(OSError, NoStamp):
            at = _seconds(check(one.token.read_bytes(), one.digest(), None))
            yield VERIFY.format(at=at, list=one.path, token=one.token)
