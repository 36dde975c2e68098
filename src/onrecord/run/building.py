"""A build of a record on disk: resources, processes and the ledger brought together."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.pipeline import STAGES
from onrecord.run.engine import StageReport, build, in_process
from onrecord.run.pool import Pool
from onrecord.run.resources import LazyResources, file_digest, load_nlp, nlp_digest
from onrecord.stage import Stage
from onrecord.store.captures import CaptureFiles
from onrecord.store.record import Store


def resources(captures: Path, outlets: tuple[Path, ...]) -> LazyResources:
    """What the stages of a record work with. Loaded at first use."""
    from onrecord.gazetteer import load_gazetteer, load_outlets

    return LazyResources(
        {
            "captures": lambda: CaptureFiles(captures),
            "nlp": load_nlp,
            "outlets": lambda: load_outlets(outlets),
            "gazetteer": load_gazetteer,
        }
    )


def resource_digests(outlets: tuple[Path, ...]) -> dict[str, str]:
    """What each resource's contents hash to; the ledger works a stage again when one changes."""
    tables = sorted(Path(str(files("onrecord.gazetteer"))).glob("*.toml"))
    known = file_digest(tables)
    return {
        "nlp": nlp_digest(),
        "outlets": f"{known} {file_digest(list(outlets))}",
        "gazetteer": known,
    }


def registry_files(record: Path, written: str) -> tuple[Path, ...]:
    """The user's registry files: `outlets.toml` in the record's folder, if there is one, and those the
    settings name. Raises UsageError for one that is named and not there."""
    own = record / "outlets.toml"
    paths = tuple(Path(part.strip()) for part in written.split(",") if part.strip())
    paths = (own, *paths) if own.is_file() else paths
    for path in paths:
        if not path.is_file():
            raise UsageError(
                "there is no such registry", where=str(path), why="registry.outlets names it"
            )
    return paths


def build_record(
    store: Store,
    settings: Mapping[str, Any],
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    stages: Sequence[Stage] = STAGES,
) -> list[StageReport]:
    """Runs the stages on what is new. `settings` as settings.join gives them."""
    outlets = registry_files(store.folder, settings["registry"].outlets)
    load = functools.partial(resources, store.captures.folder, outlets)
    here = in_process(load())
    chosen = settings["build"]
    run = functools.partial(
        build,
        store,
        stages,
        settings,
        resource_digests(outlets),
        batch=chosen.batch,
        clock=time.perf_counter,
        progress=progress,
    )
    if chosen.processes == 1:
        return run(here)
    with Pool(chosen.processes, load, here) as pool:
        return run(pool.run)
