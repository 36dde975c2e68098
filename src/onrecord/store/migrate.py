"""Brings a record's tables to the newest revision. A record from a newer onrecord is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from onrecord.errors import UsageError


def upgrade(connection: Connection) -> None:
    """Runs what migrations are missing. Raises UsageError if the record is newer than this program."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    head = ScriptDirectory.from_config(config).get_current_head()
    try:
        if current(connection) != head:
            command.upgrade(config, "head")
    except CommandError as error:
        raise UsageError(
            "this record was written by a newer onrecord", why=str(error), do="upgrade onrecord"
        ) from error


def current(connection: Connection) -> str | None:
    """The revision a record's tables are at; None for a new record."""
    from sqlalchemy import text

    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("select version_num from alembic_version")).first()
    return str(row[0]) if row else None
