"""Copy of the records of an installation from SQLite to PostgreSQL, as a whole or not at all.

Originals, derived files and keys stay in the home folder, which the machines of an installation share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    bindparam,
    event,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url

from extraction.errors import RogatioError
from indexing.settings import Settings
from indexing.store.database import is_empty, open_database

_ROWS_AT_ONCE = 1000
_OWN = ("alembic_version", "database_owner")  # of each database its own


def migrate(settings: Settings) -> Mapping[str, int]:
    """Copy all records from SQLite in the home folder to the database of ``settings``; return rows by table.

    Nothing is written to SQLite meanwhile, and nothing of it is removed. Raises ``app.migrates_to_postgresql`` if the
    settings name another database, ``app.nothing_to_migrate`` without records in the home folder, and
    ``app.database_not_empty``; what a killed migration left is empty tables, which count as empty.
    """
    source_file = settings.records_file
    if make_url(settings.database).get_backend_name() != "postgresql":
        raise RogatioError("app.migrates_to_postgresql")
    if not source_file.is_file():
        raise RogatioError("app.nothing_to_migrate", file=source_file)
    source, target = open_database(f"sqlite:///{source_file}"), _empty_database(settings.database)
    try:
        return _copied(source, target)
    finally:
        source.dispose()
        target.dispose()


def _empty_database(url: str) -> Engine:
    """Return a database with the newest tables, all of them empty."""
    was_empty = is_empty(url)
    target = open_database(url)
    with target.connect() as connection:
        if not was_empty and any(connection.scalar(select(func.count()).select_from(t)) for t in _tables(target)):
            raise RogatioError("app.database_not_empty")
    return target


def _tables(target: Engine) -> list[Table]:
    """Return the tables of a database with types of no dialect, those that are referred to first."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _generic)
    metadata.reflect(target)
    return [table for table in metadata.sorted_tables if table.name not in _OWN]


def _generic(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    column["type"] = column["type"].as_generic()


def _copied(source: Engine, target: Engine) -> dict[str, int]:
    copied: dict[str, int] = {}
    with source.execution_options(writes=True).connect() as reading, target.begin() as writing:
        for table in _tables(target):
            writing.execute(table.delete())  # rows that a migration of the schema adds to a new database
            copied[table.name] = sum(_copy(reading, writing, table))
            _advance_numbers(writing, table)
        reading.rollback()
    return copied


def _copy(reading: Connection, writing: Connection, table: Table) -> Iterator[int]:
    """Copy a table and yield the numbers of rows; references within it are set when all rows are there."""
    inner = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    for part in reading.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table)).mappings().partitions():
        rows = [{name: _with_zone(value) for name, value in row.items()} for row in part]
        writing.execute(table.insert(), [row | {column.name: None for column in inner} for row in rows])
        yield len(rows)
    for column in inner:
        _set_references(reading, writing, table, column)


def _set_references(reading: Connection, writing: Connection, table: Table, column: Column[Any]) -> None:
    (key,) = table.primary_key.columns
    change = update(table).where(key == bindparam("of_row")).values({column.name: bindparam("referred")})
    found = select(key.label("of_row"), column.label("referred")).where(column.is_not(None))
    for part in reading.execution_options(yield_per=_ROWS_AT_ONCE).execute(found).mappings().partitions():
        writing.execute(change, [dict(row) for row in part])


def _with_zone(value: Any) -> Any:
    """Return a time of SQLite, which has no zone, as the time in UTC that it is."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _advance_numbers(writing: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the copied ones."""
    for column in inspect(table).primary_key.columns:
        sequence = text("SELECT pg_get_serial_sequence(:table, :column)")
        name = writing.scalar(sequence, {"table": table.name, "column": column.name})
        highest = writing.scalar(select(func.max(column))) if name else None
        if name and highest is not None:
            writing.execute(text("SELECT setval(:name, :highest)"), {"name": name, "highest": highest})
