"""The pipeline in memory, without a record on disk: for tests, notebooks and benchmarks of one stage."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from onrecord.errors import RecordDamaged
from onrecord.records import Capture, Given, Record, encode
from onrecord.run.engine import Result, StageReport, Values, build, in_process
from onrecord.run.resources import LazyResources, load_nlp
from onrecord.stage import Stage
from onrecord.text.decoding import decode, is_derived
from onrecord.text.ids import make_id
from onrecord.text.urls import article_id

R = TypeVar("R", bound=Record)


class MemoryShelf:
    """A shelf in a dict. Raises RecordDamaged where two groups give one id."""

    def __init__(self, records: Sequence[Record] = ()) -> None:
        self._records: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        self._digests: dict[str, str] = {}
        self._made: dict[tuple[str, str], list[tuple[type[Record], str]]] = defaultdict(list)
        self._ledger: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for record in records:
            self._put(record)

    def _put(self, record: Record) -> None:
        self._records[type(record)][record.id] = record
        self._digests[record.id] = hashlib.sha256(encode(record).encode()).hexdigest()[:16]

    def index(self, kind: type[Record], fields: Sequence[str]) -> list[tuple[str, str, Values]]:
        return [
            (i, self._digests[i], {name: getattr(record, name) for name in fields})
            for i, record in sorted(self._records[kind].items())
        ]

    def load(self, kind: type[Record], ids: Sequence[str]) -> tuple[Record, ...]:
        return tuple(self._records[kind][i] for i in sorted(ids))

    def ledger(self, stage: str) -> dict[str, tuple[str, str]]:
        return self._ledger[stage]

    def withdraw(self, stage: Stage, keys: Sequence[str]) -> None:
        for key in keys:
            self._ledger[stage.name].pop(key, None)
            for kind, i in self._made.pop((stage.name, key), []):
                del self._records[kind][i]

    def commit(self, stage: Stage, results: Sequence[Result]) -> None:
        for result in results:
            self._ledger[stage.name][result.key] = (result.fingerprint, result.outcome)
            for record in result.records:
                if record.id in self._records[type(record)]:
                    raise RecordDamaged(
                        f"stage {stage.name} gave {record.id} twice", where=result.key
                    )
                self._put(record)
                self._made[stage.name, result.key].append((type(record), record.id))

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All records of a kind, ordered by id."""
        return tuple(r for _, r in sorted(self._records[kind].items()))  # type: ignore[misc]


class MemoryCaptures:
    """The resource `captures` over a dict of bytes by SHA-256, and of the texts that derived decoders
    gave by (SHA-256, decoder)."""

    def __init__(
        self,
        data: Mapping[str, bytes],
        texts: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        self._data = data
        self._texts = texts

    def data(self, capture: Capture) -> bytes:
        """The raw bytes."""
        return self._data[capture.sha256]

    def text(self, sha256: str, decoder: str) -> str:
        """The decoded capture."""
        if is_derived(decoder):
            return self._texts[sha256, decoder]
        return decode(self._data[sha256], decoder)


def capture_of(
    path: str,
    data: bytes,
    *,
    url: str | None = None,
    captured_at: str | None = None,
    media_type: str = "text/plain",
    decoder: str = "utf-8",
    given: Given | None = None,
) -> Capture:
    """A Capture as `onrecord add` would record it."""
    sha = hashlib.sha256(data).hexdigest()
    ident = make_id("cap", sha, url or path, captured_at)
    return Capture(
        id=ident,
        path=path,
        url=url,
        captured_at=captured_at,
        media_type=media_type,
        decoder=decoder,
        sha256=sha,
        bytes=len(data),
        article_id=article_id(url, ident),
        given=given or Given(),
    )


def build_in_memory(
    captures: Sequence[tuple[Capture, bytes]],
    stages: Sequence[Stage],
    *,
    until: str | None = None,
    options: Mapping[str, Any] | None = None,
    outlets: Sequence[Path] = (),
    weights: Path | None = None,
    shelf: MemoryShelf | None = None,
    texts: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> tuple[MemoryShelf, list[StageReport]]:
    """Runs the stages (up to and with `until`) over captures. `outlets` extend the registry, `weights`
    are a tagger's instead of the bundled ones; a `shelf`
    of an earlier build is built further; `texts` are what derived decoders gave, by (SHA-256, decoder)."""
    from onrecord.annotate.tagger import load_tagger
    from onrecord.gazetteer import load_gazetteer, load_outlets

    shelf = shelf or MemoryShelf([capture for capture, _ in captures])
    source = MemoryCaptures({capture.sha256: data for capture, data in captures}, texts)
    resources = LazyResources(
        {
            "captures": lambda: source,
            "nlp": load_nlp,
            "outlets": lambda: load_outlets(outlets),
            "gazetteer": load_gazetteer,
            "tagger": lambda: load_tagger(weights),
        }
    )
    chosen = list(stages)
    if until is not None:
        names = [stage.name for stage in chosen]
        chosen = chosen[: names.index(until) + 1]
    return shelf, build(shelf, chosen, options or {}, {}, in_process(resources))
