"""What people decided, kept beside the captures: of no stage, and joined with what is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from onrecord.records import Judgement, Record
from onrecord.store.tables import BY_KIND
from onrecord.text.judgements import joined


@dataclass(frozen=True)
class Put:
    """How many judgements were new, how many were known and are undone now, how many said nothing new."""

    added: int = 0
    undone: int = 0
    known: int = 0


def put(
    connection: Connection,
    found: Iterable[Judgement],
    row: Callable[[Record, str, str], Mapping[str, Any]],
) -> Put:
    """Joins judgements with those that are there, by id. `row` makes the values of a row."""
    table = BY_KIND[Judgement]
    added = undone = known = 0
    for one in found:
        where = table.c.id == one.id
        body = connection.execute(select(table.c.body).where(where)).scalar()
        if body is None:
            connection.execute(insert(table).values(**row(one, "judge", one.id)))
            added += 1
            continue
        before = msgspec.json.decode(body, type=Judgement)
        after = joined(before, one)
        if after == before:
            known += 1
            continue
        connection.execute(update(table).where(where).values(**row(after, "judge", one.id)))
        undone += 1
    return Put(added, undone, known)
