"""Opening and migration of the database, SQLite (WAL) or PostgreSQL."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from extraction.errors import RogatioError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.orm import DeclarativeBase, Session

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x526F6761
_CHECKPOINTS, _CHECKPOINT_PAUSE = 20, 0.25  # seconds
LOCK_SECONDS: ContextVar[float] = ContextVar("LOCK_SECONDS", default=60.0)
"""How long a writing transaction waits for another: a web request less long than a background job."""

_MIN_SPACE = 64 << 10  # bytes of free disk; the write-ahead log index alone takes 32 KiB
_POSTGRESQL_DISK_FULL = "53100"  # SQLSTATE, class 53: insufficient resources
_POSTGRESQL_LOCKED = "55P03"  # SQLSTATE lock_not_available


def open_database(url: str) -> Engine:
    """Connect to ``url`` and run missing migrations; safe for concurrent processes.

    Raises ``indexing.database_not_opened`` if it does not answer, is damaged or read-only, and
    ``indexing.database_newer`` if it was migrated by a later release. Later failures of the database or disk raise
    ``indexing.database_failed`` or ``extraction.disk_full``, a lock that is not free after ``LOCK_SECONDS``
    ``indexing.database_busy``.
    """
    try:
        engine = _connected(url)
        _migrate(engine)
        event.listen(engine, "handle_error", _report_failure)
    except (SQLAlchemyError, ImportError) as error:
        if _is_on_full_disk(url):
            raise RogatioError("extraction.disk_full") from error
        raise RogatioError("indexing.database_not_opened", reason=type(error).__name__) from error
    return engine


def is_empty(url: str) -> bool:
    """Return whether a database has no tables; raises ``indexing.database_not_opened``."""
    try:
        engine = _connected(url)
        tables = inspect(engine).get_table_names()
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        raise RogatioError("indexing.database_not_opened", reason=type(error).__name__) from error
    return not tables


def forget_deleted(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which contains pages as they were before a deletion.

    Rows of the database itself are overwritten on deletion (``secure_delete``). Active readers prevent the log from
    being emptied; it is tried for some seconds, and again after the next deletion.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(_CHECKPOINTS):
            busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if not busy:
                return
            time.sleep(_CHECKPOINT_PAUSE)


def insert(session: Session, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    """Return the dialect's INSERT into ``table``, which supports ON CONFLICT.

    Dialects are imported on use: that of PostgreSQL is as large as a tenth of the library.
    """
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def _connected(url: str) -> Engine:
    # errors are logged without parameters, which contain names and titles
    engine = create_engine(_with_driver(url), pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "handle_error", _report_full_disk)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _limit_wait)
    return engine


def _report_full_disk(context: ExceptionContext) -> None:
    """Raise ``extraction.disk_full`` if the database could not write because the disk is full."""
    failure = context.original_exception
    full = getattr(failure, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    if full or getattr(failure, "sqlstate", None) == _POSTGRESQL_DISK_FULL:
        raise RogatioError("extraction.disk_full") from failure


def _report_failure(context: ExceptionContext) -> None:
    """Raise ``indexing.database_failed`` for failures of the server or disk, not of a statement.

    A lock that another transaction holds is ``indexing.database_busy``.
    """
    failure = context.original_exception
    locked = getattr(failure, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    if locked or getattr(failure, "sqlstate", None) == _POSTGRESQL_LOCKED:
        raise RogatioError("indexing.database_busy") from failure
    if isinstance(context.sqlalchemy_exception, OperationalError) and not context.is_pre_ping:
        raise RogatioError("indexing.database_failed", reason=type(context.original_exception).__name__)


def _is_on_full_disk(url: str) -> bool:
    """Return whether SQLite's disk is full, which it reports only as a failed read when opening."""
    parsed = re.fullmatch(r"sqlite:///(.+)", url)
    try:
        return parsed is not None and shutil.disk_usage(Path(parsed[1]).parent).free < _MIN_SPACE
    except OSError:  # no such folder
        return False


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _tune_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's recipe: BEGIN is emitted by us, not by the driver
    cursor = connection.cursor()
    # busy_timeout first, because entering WAL mode takes a lock; secure_delete overwrites deleted content
    pragmas = ("busy_timeout=60000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start of a writing transaction: SQLite cannot wait for it later."""
    writes = connection.get_execution_options().get("writes")
    if writes:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(LOCK_SECONDS.get() * 1000)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _limit_wait(connection: Connection) -> None:
    """Limit the wait of a writing transaction of PostgreSQL for each lock."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(LOCK_SECONDS.get() * 1000)}")


def _migrate(engine: Engine) -> None:
    if _revision(engine) != newest_revision():
        _upgrade(engine)


def newest_revision() -> str:
    """Return the revision of the last migration, which begins the name of its file."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(engine: Engine) -> str:
    """Return the revision of a database, empty for a new one."""
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _upgrade(engine: Engine) -> None:
    # imported here: most processes find the database up to date, and Alembic takes half a second
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(writes=True).connect() as connection:
        _lock(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # its revision is unknown
            raise RogatioError("indexing.database_newer") from error
        connection.commit()


def _lock(connection: Connection) -> None:
    """Hold the migration lock until the transaction ends.

    The transaction begins before the migrations, otherwise each would have its own and another process could intervene;
    with SQLite it takes the write lock.
    """
    connection.begin()
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})


def utc(moment: datetime) -> datetime:
    """Return a time of the store with its zone, which SQLite does not return."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def serialise(session: Session, *names: str) -> None:
    """Hold the lock of this name until the end of the transaction.

    SQLite needs none: a writing transaction has exclusive access to the database.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(*names)})


def lock_key(*names: str) -> int:
    """Return the number of an advisory lock of PostgreSQL, a signed 64-bit integer, for a name."""
    digest = blake2b("\0".join(names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
