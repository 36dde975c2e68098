"""What a stage is: a pure function and how records are brought together for it.

    work(group, options, resources) -> iterable of records

`group` maps each record type the stage reads to a tuple. A stage is driven in one of three ways:

  each=T           one group for every record of T
  by=(T, "field")  one group for all records of T that share the field's value
  whole=T          one group of all records of T

`joins` adds, to every group, records of other types: those whose `field` equals the driver's `on`
(or is among its values, where that is a tuple). A join with `field=None` brings in every record.

Groups are the unit of the ledger: a group whose members and their contents did not change is not
worked again. Records a group no longer yields are withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.options import NoOptions
from onrecord.records import Record

R = TypeVar("R", bound=Record)


class Group(dict[type[Record], tuple[Record, ...]]):
    """Record type -> its members in this group, ordered by id."""

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """All members of one type, ordered by id; empty if there are none."""
        return self.get(kind, ())  # type: ignore[return-value]

    def one(self, kind: type[R]) -> R:
        """The only member of a type. Raises ValueError if there is not exactly one."""
        (record,) = self.all(kind)
        return record


Resources = Mapping[str, Any]
Work = Callable[[Group, Any, Resources], Iterable[Record]]


@dataclass(frozen=True)
class Join:
    """Records of `kind` whose `field` is among the values that the drivers' `on` holds.

    `field` is a column of the store: id, article_id, version_id, capture_id or story_id (of another
    field every record of the kind is read, so let there be few drivers); None brings in all records
    of the kind. `on` is a string or tuple field of the driver. `where` takes only
    those whose field has this value.
    """

    kind: type[Record]
    field: str | None
    on: str = "id"
    where: tuple[str, str] | None = None


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline. Raise `version` whenever its output may differ for the same input."""

    name: str
    version: int
    work: Work
    writes: tuple[type[Record], ...]
    each: type[Record] | None = None
    by: tuple[type[Record], str] | None = None
    whole: type[Record] | None = None
    joins: tuple[Join, ...] = ()
    options: type[Any] = NoOptions
    resources: tuple[str, ...] = ()
    english: bool = False
    """Only groups whose driver's `language` is English; the others are listed as skipped."""

    @property
    def driver(self) -> type[Record]:
        """The record type that makes the groups."""
        kind = self.each or (self.by[0] if self.by else self.whole)
        if kind is None:
            raise ValueError(f"stage {self.name} has no driver")
        return kind
