"""A build of a record on disk: resources, processes and the ledger brought together."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import RecordBusy, UsageError
from onrecord.pipeline import STAGES
from onrecord.run.engine import StageReport, build, in_process
from onrecord.run.pool import Pool
from onrecord.run.resources import LazyResources, file_digest, load_nlp, nlp_digest
from onrecord.stage import Stage
from onrecord.store.captures import CaptureFiles
from onrecord.store.record import Store

LOCK = "build.lock"
PATIENCE = 60.0
"""Seconds that another build of the record is waited for."""


def resources(
    captures: Path,
    outlets: tuple[Path, ...],
    weights: Path | None = None,
    offices: tuple[Path, ...] = (),
) -> LazyResources:
    """What the stages of a record work with; `weights` are a tagger's, else the bundled ones; `outlets`
    and `offices` are the user's files beside the bundled tables. Loaded at first use."""
    from onrecord.annotate.tagger import load_tagger
    from onrecord.gazetteer import load_gazetteer, load_outlets

    return LazyResources(
        {
            "captures": lambda: CaptureFiles(captures),
            "nlp": load_nlp,
            "outlets": lambda: load_outlets(outlets),
            "gazetteer": lambda: load_gazetteer(offices),
            "tagger": lambda: load_tagger(weights),
        }
    )


def resource_digests(
    outlets: tuple[Path, ...], weights: Path | None = None, offices: tuple[Path, ...] = ()
) -> dict[str, str]:
    """What each resource's contents hash to; the ledger works a stage again when one changes."""
    from onrecord.annotate.tagger import BUNDLED

    tables = sorted(Path(str(files("onrecord.gazetteer"))).glob("*.toml"))
    known = file_digest(tables)
    return {
        "nlp": nlp_digest(),
        "outlets": f"{known} {file_digest(list(outlets))}",
        "gazetteer": f"{known} {file_digest(list(offices))}" if offices else known,
        "tagger": file_digest([weights or Path(str(files("onrecord.annotate"))) / BUNDLED]),
    }


def registry_files(record: Path, written: str, name: str = "outlets") -> tuple[Path, ...]:
    """The user's registry files: `outlets.toml` (or `offices.toml`) in the record's folder, if there is
    one, and those the settings name. Raises UsageError for one that is named and not there."""
    own = record / f"{name}.toml"
    paths = tuple(Path(part.strip()) for part in written.split(",") if part.strip())
    paths = (own, *paths) if own.is_file() else paths
    for path in paths:
        if not path.is_file():
            raise UsageError(
                "there is no such registry", where=str(path), why=f"registry.{name} names it"
            )
    return paths


def weights_file(written: str) -> Path | None:
    """The tagger's weights that the settings name, None for the bundled ones. Raises UsageError for a
    file that is not there."""
    if not written:
        return None
    path = Path(written)
    if not path.is_file():
        raise UsageError(
            "there are no such weights", where=written, why="registry.statements names them"
        )
    return path


def build_record(
    store: Store,
    settings: Mapping[str, Any],
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    stages: Sequence[Stage] = STAGES,
    patience: float = PATIENCE,
) -> list[StageReport]:
    """Runs the stages on what is new. `settings` as settings.join gives them.

    One build works on a record at a time, two would store the same records twice. Raises RecordBusy if
    another is not done within `patience` seconds.
    """
    with _only_build(store.folder, patience):
        return _build(store, settings, progress, stages)


@contextmanager
def _only_build(folder: Path, patience: float) -> Iterator[None]:
    """Holds the record against a second build. The lock goes with its process, however that ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=patience)
    try:
        lock.acquire()
    except (Timeout, OSError) as error:
        busy = isinstance(error, Timeout)
        raise RecordBusy(
            "the record cannot be built now",
            where=str(folder),
            why="another build works on it" if busy else str(error),
            do="nothing recorded is lost; try again later",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _build(
    store: Store,
    settings: Mapping[str, Any],
    progress: Callable[[str, int, int], None],
    stages: Sequence[Stage],
) -> list[StageReport]:
    outlets = registry_files(store.folder, settings["registry"].outlets)
    weights = weights_file(settings["registry"].statements)
    offices = registry_files(store.folder, settings["registry"].offices, "offices")
    load = functools.partial(resources, store.captures.folder, outlets, weights, offices)
    here = in_process(load())
    chosen = settings["build"]
    run = functools.partial(
        build,
        store,
        stages,
        settings,
        resource_digests(outlets, weights, offices),
        batch=chosen.batch,
        clock=time.perf_counter,
        progress=progress,
    )
    if chosen.processes == 1:
        return run(here)
    with Pool(chosen.processes, load, here) as pool:
        return run(pool.run)
