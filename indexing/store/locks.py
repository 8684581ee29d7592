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
    """Wait until no other transaction holds the lock of this name, and hold it to the end of this one.

    SQLite needs none: a transaction that writes has the database to itself.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key(*names)})


@contextmanager
def index_lock(store: Store, engine: str, partition: str) -> Iterator[None]:
    """Let one writer at a time write to a partition of an engine and record what it wrote.

    A killed process releases the lock. Not reentrant. With PostgreSQL it holds between machines, with SQLite between
    the processes that share the home folder.
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
