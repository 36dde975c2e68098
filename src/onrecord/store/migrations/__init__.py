"""Migrations of the record's tables, run by Alembic whenever a record is opened for writing."""
