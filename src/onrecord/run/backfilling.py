"""Backfilling: the captures that a web archive lists, into the record.

What the record keeps of a listed capture:

- a page that was fetched: its bytes, with the time at which the archive took it;
- a capture with the digest of one that was fetched raw, and so with its bytes: a capture of its own with
  its own time, marked `by_digest`. The times at which the same bytes were seen are truth too: that a text
  stood unchanged, or came back, shows only there;
- an archived error page, a picture, or a capture that the archive answers with another one for: a note
  that it need not be asked for again.

A second run asks only for what is in none of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.capture.archives import Archive, Options, Span, all_pages, listed
from onrecord.capture.capturing import Found
from onrecord.capture.mementos import AlreadyHeld, Reader, by_digest, digest_key, unfit
from onrecord.capture.timemaps import Listed, in_time_order, read_listing
from onrecord.capture.web import Busy, Fetcher, Forbidden, NotAPage, Unreachable
from onrecord.errors import InputError, UsageError
from onrecord.records import Capture
from onrecord.store.record import Store
from onrecord.text.instants import is_instant, moment
from onrecord.text.urls import article_id, identity

FAILURES = 3
"""Captures in a row that an archive does not answer for, after which it is left for another time."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """Which captures: of an address in an archive, or what a time map or CDX listing names (its name
    and bytes); of the address alone where both are given."""

    url: str | None = None
    archive: Archive | None = None
    listing: tuple[str, bytes] | None = None
    span: Span = field(default_factory=Span)
    limit: int | None = None


@dataclass(frozen=True)
class Planned:
    """A listed capture, where it is asked for, and what there is to do: `fetch`; `held`; `same bytes`
    as a capture in the record or one fetched before; or the line that says why it is not captured."""

    listed: Listed
    address: str
    plan: str

    @property
    def short(self) -> str:
        """The plan without the address in front."""
        return self.plan.removeprefix(f"{self.address}: ")


@dataclass
class BackfillReport:
    """What backfilling did. All but `lines` count listed captures: in the record before, added, of
    those added the ones known by their digest and the ones as the archive shows them (`replayed`),
    settled before or now without being captured, left for another time."""

    listed: int = 0
    held: int = 0
    added: int = 0
    by_digest: int = 0
    replayed: int = 0
    settled: int = 0
    failed: int = 0
    left: int = 0
    lines: list[str] = field(default_factory=list)


HELD, FETCH, SAME = "held", "fetch", "same bytes"


def backfill(
    store: Store,
    fetcher: Fetcher,
    wanted: Wanted,
    options: Options,
    progress: Progress = lambda stage, done, total: None,
) -> BackfillReport:
    """Takes into the record what is listed and not there yet. Each capture is stored as it comes, so
    that a run which is cut off goes on where it stopped.

    Raises UsageError if neither an archive nor a listing is named, InputError if there is no listing.
    """
    run = _Run(store, fetcher, wanted, options)
    plan = run.plan()
    todo = [one for one in plan if one.plan in (FETCH, SAME)]
    run.report.held = sum(one.plan == HELD for one in plan)
    run.report.settled = len(plan) - len(todo) - run.report.held
    for number, one in enumerate(todo):
        progress("backfill", number, len(todo))
        if not run.take(one):
            run.report.left += len(todo) - number
            break
    progress("backfill", len(todo), len(todo))
    return run.report


def dry_run(
    store: Store, fetcher: Fetcher, wanted: Wanted, options: Options
) -> tuple[list[Planned], list[str]]:
    """What is listed, by time, and what `backfill` would do; and lines about what of the listing cannot
    be used. Nothing is captured or noted. Raises as `backfill`."""
    run = _Run(store, fetcher, wanted, options, dry=True)
    return run.plan(), run.report.lines


class _Run:
    """One run: what is listed, what the record knows of it, and what becomes of each."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        wanted: Wanted,
        options: Options,
        dry: bool = False,
    ) -> None:
        self.store, self.wanted, self.dry = store, wanted, dry
        self.report = BackfillReport()
        self._times: set[tuple[str, str]] = set()
        self._paths: set[str] = set()
        self._digests: dict[str, Capture] = {}
        self._asked = 0
        self._unanswered = 0
        replay = wanted.archive.replay if wanted.archive else ""
        self._captures = self._listed(fetcher, options)
        self._coming = {(identity(one.url), one.at) for one in self._captures}
        self._reader = Reader(fetcher, self._expects, replay, options.raw)
        for article in sorted({article_id(one.url, "") for one in self._captures}):
            self._learn(store.by(Capture, "article_id", article))

    def _listed(self, fetcher: Fetcher, options: Options) -> list[Listed]:
        captures: list[Listed] = []
        for one in _all_listed(fetcher, self.wanted, options):
            if isinstance(one, InputError):
                self._tell(one)
            elif self._is_wanted(one):
                captures.append(one)
        ordered = list(in_time_order(captures))
        self.report.listed = len(ordered)
        return ordered

    def _is_wanted(self, one: Listed) -> bool:
        """What an archive lists when it is asked for an address is of that address, also where it takes
        more writings of it for one than we do. A file may list many pages."""
        wanted = self.wanted
        if not (wanted.listing and wanted.url):
            return True
        return identity(one.url) == identity(wanted.url)

    # ------------------------------------------------------------------ what the record knows

    def _learn(self, captures: Iterable[Capture]) -> None:
        for one in sorted(captures, key=lambda c: (c.captured_at or "", c.id)):
            if one.url and one.captured_at and is_instant(one.captured_at):
                self._times.add((identity(one.url), moment(one.captured_at).isoformat()))
            self._paths.add(one.path)
            if one.memento and one.memento.form == "raw" and one.memento.digest:
                self._digests.setdefault(digest_key(one.memento.digest), one)

    def _has(self, url: str, at: str) -> bool:
        return (identity(url), at) in self._times

    def _expects(self, url: str, at: str) -> bool:
        return self._has(url, at) or (identity(url), at) in self._coming

    def plan(self) -> list[Planned]:
        """What is to be done with each capture, by time. What the listing itself shows to be no page
        is settled."""
        addressed: list[tuple[Listed, str]] = []
        for one in self._captures:
            try:
                addressed.append((one, self._reader.address(one)))
            except InputError as unclear:
                self.report.failed += 1
                self._tell(unclear)
        settled = self.store.settled([address for _, address in addressed])
        coming = set(self._digests)
        plan = []
        for one, address in addressed:
            digest = digest_key(one.digest) if one.digest else None
            if self._has(one.url, one.at) or address in self._paths:
                what = HELD
            elif address in settled:
                what = settled[address]
            elif error := unfit(one, address):
                what = error.line()
                self._settle(address, error, told=True)
            elif digest in coming:
                what = SAME
            else:
                what = FETCH
                coming |= {digest} if digest else set()
            plan.append(Planned(one, address, what))
        return plan

    # ------------------------------------------------------------------ what becomes of each

    def take(self, planned: Planned) -> bool:
        """Captures one, or says why not. False if the archive is to be left alone."""
        one, address = planned.listed, planned.address
        if self._has(one.url, one.at):
            self.report.held += 1
            return True
        if one.digest and (twin := self._digests.get(digest_key(one.digest))):
            self._add(Found(by_digest(one, twin, address), self.store.data(twin.sha256)))
            return True
        if self._asked == self.wanted.limit:
            self.report.left += 1
            return True
        self._asked += 1
        try:
            found = self._reader.take(one)
        except (AlreadyHeld, NotAPage) as error:
            self.report.settled += 1
            self._settle(address, error, told=isinstance(error, NotAPage))
        except InputError as error:
            return self._failed(error, address)
        else:
            self.store.forget_notices(address)
            self._add(found)
        self._unanswered = 0
        return True

    def _failed(self, error: InputError, address: str) -> bool:
        there = f"{error.where}: " if error.where != address else ""
        self._tell(type(error)(error.what, where=address, why=there + error.why, do=error.do))
        self._unanswered += isinstance(error, Unreachable)
        if isinstance(error, Busy | Forbidden) or self._unanswered == FAILURES:
            return False
        self.report.failed += 1
        return True

    def _add(self, found: Found) -> None:
        capture, report = found.capture, self.report
        if not self.store.add(capture, found.data, found.text):
            report.held += 1
            return
        report.added += 1
        form = capture.memento.form if capture.memento else ""
        report.by_digest += form == "by_digest"
        report.replayed += form == "replayed"
        self._learn([capture])
        for line in found.lines:
            report.lines.append(line)
            self.store.notice(capture.path, line)

    def _settle(self, address: str, error: InputError, *, told: bool) -> None:
        if self.dry:
            return
        self.store.settle(address, error.line())
        if told:
            self._tell(error)

    def _tell(self, error: InputError) -> None:
        self.report.lines.append(error.line())
        if not self.dry:
            self.store.notice(error.where or "backfill", error.line())


def _all_listed(
    fetcher: Fetcher, wanted: Wanted, options: Options
) -> Iterator[Listed | InputError]:
    if wanted.listing:
        name, data = wanted.listing
        first = read_listing(data, name)
        for one in all_pages(fetcher, first, name, wanted.url or "", wanted.span, options):
            if isinstance(one, Listed) and not one.url:
                raise UsageError(
                    "the time map does not say of which page it is",
                    where=name,
                    do="name the page's address as well",
                )
            yield one
    elif wanted.archive and wanted.url:
        yield from listed(fetcher, wanted.archive, wanted.url, wanted.span, options)
    else:
        raise UsageError(
            "nothing to ask for", do="name an address and --archive, or a listing with --timemap"
        )
