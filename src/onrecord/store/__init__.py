"""The only SQL: tables, migrations, SQLite and PostgreSQL, search; and the captures on disk."""
