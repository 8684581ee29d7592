"""The schema of a migrated database, so that tests which begin with a new installation need not migrate one each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, inspect

from indexing.store import database

_upgrade: Callable[[Engine], None] = database._upgrade


def upgrade(engine: Engine) -> None:
    """Do as the function of this name of the store: a new database of SQLite gets the result of all migrations."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(writes=True).connect() as connection:
            connection.begin()
            if not inspect(connection).get_table_names():
                for statement in _migrated():
                    connection.exec_driver_sql(statement)
                connection.commit()
                return
    _upgrade(engine)


@cache
def _migrated() -> tuple[str, ...]:
    """Return the statements that make a migrated database."""
    with TemporaryDirectory() as folder:
        engine = database._connected(f"sqlite:///{Path(folder) / 'records.sqlite'}")
        _upgrade(engine)
        engine.dispose()
        with sqlite3.connect(Path(folder) / "records.sqlite") as migrated:
            dumped = tuple(migrated.iterdump())
        migrated.close()
    return tuple(statement for statement in dumped if statement not in ("BEGIN TRANSACTION;", "COMMIT;"))
