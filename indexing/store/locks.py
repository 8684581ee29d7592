"""Locks between processes: serialised transactions by name, and one writer per partition of an engine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.orm import Session

from indexing.store.reading import Store


def serialise(session: Session, *names: str) -> None:
    """Hold the lock of this name until the end of the transaction.

    SQLite needs none: a writing transaction has exclusive access to the database.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key(*names)})


@contextmanager
def index_lock(store: Store, engine: str, partition: str) -> Iterator[None]:
    """Hold the writer's lock of a partition of an engine, for writing and recording what was written.

    Not reentrant; released when the process is killed. With PostgreSQL it is shared by all machines, with SQLite by the
    processes that use the same home folder.
    """
    if store.database.dialect.name == "sqlite":
        folder = store.derived.home / "locks"
        folder.mkdir(exist_ok=True)
        with (folder / quote(f"{engine}-{partition}", safe="")).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with store.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": _key("index", engine, partition)}
        connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def _key(*names: str) -> int:
    digest = blake2b("\0".join(names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
