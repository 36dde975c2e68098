"""Telling hooks of edits: webhooks and a command, each at least once of every edit that is wanted.

What a hook was told of is kept in the record, one edit at a time, behind its success: a watcher that is
killed tells at most one edit again. Receivers know doubles by the item's `id`, which does not change.

An edit is told oldest first. A hook that cannot be reached is left for the next round, with everything
that is not told yet; one that refuses a single edit (a status of 400 to 499) is told of the others.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from onrecord.capture import posting, web
from onrecord.errors import InputError, UsageError
from onrecord.relate.labelling import LABELS
from onrecord.store.edits import Filter, Row, listed

BEGUN = "begun"
"""Stands among what a hook was told of once it was told for the first time."""
EVERYTHING = Filter(also=("minor", "first"))
LONGEST_WAIT = 60
"""Seconds that a receiver may ask to be left alone; for more, the next round goes on."""
REFUSED = range(400, 500)
AGAIN = frozenset({408, 425, 429})
"""Statuses under 500 that tell nothing of the edit: the receiver wants to be asked again."""
MANY = 1_000_000
IN_A_ROW = 3
"""Edits that fail one after the other from which a hook itself is taken to fail."""
LAST_LINE = 200
"""Characters shown of what a command that failed wrote last."""

AT_NEXT = "it is told again in the next round"
REST = "what is not told waits for the next round"

Describe = Callable[[Row], Mapping[str, Any] | None]
"""The values of an edit, as JSON can hold them; None if its records went in the meantime."""
Post = Callable[[str, bytes, Mapping[str, str]], posting.Posted]
Run = Callable[[Sequence[str], bytes, Mapping[str, str], int], None]
"""Runs a command with its input, more environment and its seconds. Raises InputError if it fails."""


class Hooked(Protocol):
    """What is needed of a store."""

    def edits(
        self, wanted: Filter, limit: int, offset: int = 0, untold: str | None = None
    ) -> Sequence[Row]: ...

    def tell(self, hook: str, items: Sequence[str]) -> None: ...

    def was_told(self, hook: str, item: str) -> bool: ...


@dataclass
class TellReport:
    """What was told: `told` counts edits by hook together, `waiting` those left for the next round;
    `notes` say what a user should know, `problems` what failed, one line each."""

    told: int = 0
    waiting: int = 0
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Hook:
    """Somebody who is told. `key` names it in the record, without its secrets; `name` in messages."""

    key: str
    name: str
    tell: Callable[[Mapping[str, Any], bytes], None]


class Unable(InputError):
    """A program that cannot be run at all, or that does not end: no edit can be told now."""


class _Later(Exception):
    """The hook cannot be told now; what is not told yet waits."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def wanted_of(options: posting.Options) -> Filter:
    """Which edits hooks are told of. Raises UsageError for a label or a level that there is not."""
    known = (*LABELS, "returned", "first")
    labels = tuple(name.strip() for name in options.labels.split(",") if name.strip())
    for name in labels:
        if name not in known:
            raise UsageError(
                f"there is no label {name!r}",
                where="hooks.labels",
                why=f"there are {', '.join(known)}",
            )
    if not 0 <= options.least <= 1000:
        raise UsageError(
            f"{options.least} is no significance", where="hooks.least", why="it is 0 to 1000"
        )
    return Filter(labels=labels, least=options.least)


def check(options: posting.Options) -> None:
    """Raises UsageError if an option of hooks is nonsense: to be known before anything is watched."""
    wanted_of(options)
    _hooks(options, _nobody, run_command, time.sleep)


def _nobody(url: str, body: bytes, headers: Mapping[str, str]) -> posting.Posted:
    raise AssertionError("nothing is posted where options are only checked")


def tell(
    store: Hooked,
    options: posting.Options,
    fetching: web.Options,
    describe: Describe,
    *,
    now: Callable[[], datetime],
    post: Post | None = None,
    run: Run | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> TellReport:
    """Tells every hook of the edits that it was not told of.

    A hook that is new is told of nothing: what is there is marked as told, and a note says so. Edits
    that the options do not want are passed over for good, so that an option that is changed later
    brings up nothing old. `now` gives the time in UTC. Raises UsageError if an option is nonsense,
    RecordBusy if the record cannot be written to.
    """
    report = TellReport()
    wanted = wanted_of(options)
    poster: posting.Poster | None = None
    try:
        if options.webhook.split() and post is None:
            poster = posting.Poster(fetching, options.timeout)
        for hook in _hooks(options, post or poster or _nobody, run or run_command, sleep):
            _tell_one(store, hook, options, wanted, describe, now(), report)
    finally:
        if poster:
            poster.close()
    return report


def _hooks(
    options: posting.Options, post: Post, run: Run, sleep: Callable[[float], None]
) -> list[Hook]:
    """The hooks that the options name. Raises UsageError for what is no address or no command."""
    found = []
    for url in dict.fromkeys(options.webhook.split()):
        posting.check_address(url)
        found.append(
            Hook(
                _key("webhook", url),
                f"webhook {posting.shown(url)}",
                _webhook(url, options, post, sleep),
            )
        )
    if options.command.strip():
        try:
            words = shlex.split(options.command)
        except ValueError as error:
            raise UsageError("not a command", where="hooks.command", why=str(error)) from error
        name = f"command {words[0]}"
        found.append(Hook(_key("command", options.command), name, _command(words, options, run)))
    return found


def _key(kind: str, what: str) -> str:
    return f"{kind} {hashlib.sha256(what.encode('utf-8', 'replace')).hexdigest()[:20]}"


def _tell_one(
    store: Hooked,
    hook: Hook,
    options: posting.Options,
    wanted: Filter,
    describe: Describe,
    now: datetime,
    report: TellReport,
) -> None:
    rows = store.edits(EVERYTHING, MANY, untold=hook.key)
    if not store.was_told(hook.key, BEGUN):
        store.tell(hook.key, [*(row.id for row in rows), BEGUN])
        report.notes.append(
            f"{hook.name} is new: it is told of edits from now on, not of the {len(rows)} there are"
        )
        return
    store.tell(hook.key, [row.id for row in rows if not listed(row, wanted)])
    rows = [row for row in rows if listed(row, wanted)]
    limit = _limit(now, options.oldest)
    old = [row for row in rows if row.moment and row.moment < limit]
    if old:
        store.tell(hook.key, [row.id for row in old])
        report.notes.append(
            f"{hook.name} is not told of {len(old)} edits seen more than {options.oldest} days ago"
        )
    todo = sorted(
        (row for row in rows if not (row.moment and row.moment < limit)),
        key=lambda row: (row.moment, row.id),
    )
    done = failed = 0
    for row in todo[: options.most]:
        values = describe(row)
        if values is None:
            continue
        try:
            hook.tell(values, _json(values))
        except _Later as error:
            report.problems.append(f"{hook.name}: {error.line}")
            break
        except InputError as error:
            report.problems.append(f"{hook.name}: {row.id}: {error.line()}")
            failed += 1
            if failed == IN_A_ROW:
                report.problems.append(f"{hook.name}: {failed} edits failed in a row; {REST}")
                break
            continue
        store.tell(hook.key, [row.id])
        done, failed = done + 1, 0
    report.told += done
    report.waiting += len(todo) - done


def _limit(now: datetime, days: int) -> str:
    """The moment before which an edit is too old; empty for none."""
    if days <= 0:
        return ""
    try:
        return (now.astimezone(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    except OverflowError:
        return ""


def _json(values: Mapping[str, Any]) -> bytes:
    """UTF-8; lone surrogates, which it cannot hold, as question marks."""
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")


# --------------------------------------------------------------------------- webhooks


def signature(secret: str, body: bytes) -> str:
    """What `X-Onrecord-Signature` holds: `sha256=` and HMAC-SHA256 (RFC 2104) of the body, in hex."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def _webhook(
    url: str, options: posting.Options, post: Post, sleep: Callable[[float], None]
) -> Callable[[Mapping[str, Any], bytes], None]:
    """Posts one edit: told if the answer is 2xx. A redirect is not followed."""

    def tell_it(values: Mapping[str, Any], body: bytes) -> None:
        headers = {"Content-Type": "application/json", "X-Onrecord-Id": str(values["id"])}
        if options.secret:
            headers["X-Onrecord-Signature"] = signature(options.secret, body)
        why = ""
        for attempt in range(options.retries + 1):
            wait = 2.0**attempt
            try:
                answer = post(url, body, headers)
            except web.Forbidden as error:
                raise _Later(f"{_why(error)}; {REST}") from error
            except InputError as error:
                why = _why(error)
            else:
                if 200 <= answer.status < 300:
                    return
                why = f"it answered {answer.status}"
                if answer.status in REFUSED and answer.status not in AGAIN:
                    raise InputError("not told", why=why, do=AT_NEXT)
                if (answer.wait or 0) > LONGEST_WAIT:
                    break
                wait = max(wait, answer.wait or 0)
            if attempt < options.retries:
                sleep(wait)
        raise _Later(f"{why}; {REST}")

    return tell_it


def _why(error: InputError) -> str:
    return f"{error.why} ({error.do})" if error.do else error.why


# --------------------------------------------------------------------------- commands


def _command(
    words: Sequence[str], options: posting.Options, run: Run
) -> Callable[[Mapping[str, Any], bytes], None]:
    def tell_it(values: Mapping[str, Any], body: bytes) -> None:
        try:
            run(words, body, variables(values), options.command_timeout)
        except Unable as error:
            raise _Later(f"{_why(error)}; {REST}") from error

    return tell_it


def variables(values: Mapping[str, Any]) -> dict[str, str]:
    """The main values of an edit as variables of an environment; unknown is empty."""
    article = values["article"]
    found = {
        **{name: values[name] for name in ("id", "kind", "at", "title", "significance", "link")},
        "labels": ",".join(values["labels"]),
        **{f"article_{name}": article[name] for name in ("id", "url", "outlet", "title")},
    }
    return {
        f"{posting.VARIABLES}{name.upper()}": _plain("" if value is None else str(value))
        for name, value in found.items()
    }


def _plain(text: str) -> str:
    """What an environment can hold: no NUL, no lone surrogates."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def run_command(words: Sequence[str], given: bytes, more: Mapping[str, str], seconds: int) -> None:
    """Runs a program without a shell and waits for it; on time-out it is killed with all it started.

    What it prints goes nowhere, but the last line of its errors into the message. Raises Unable if it
    cannot be run or takes too long, InputError if it ends with another status than 0.
    """
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**os.environ, **more},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise Unable("not told", why=f"it cannot be run: {why}") from error
        try:
            process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            _kill(process)
            raise Unable("not told", why=f"it was not done within {seconds} s") from error
        except BaseException:
            _kill(process)
            raise
        if process.returncode:
            why = f"it ended with status {process.returncode}"
            said = _last_line(errors)
            raise InputError("not told", why=f"{why}: {said}" if said else why, do=AT_NEXT)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
    else:
        process.kill()
    process.communicate()


def _last_line(errors: Any) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - 4000))
    lines = errors.read().decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return said[:LAST_LINE]
