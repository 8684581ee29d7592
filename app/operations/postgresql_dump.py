"""Dump and restoration of a PostgreSQL database by the server's own programs, ``pg_dump`` and ``pg_restore``."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from extraction.errors import RogatioError

DUMP, RESTORE = "pg_dump", "pg_restore"


def dump(url: str, target: Path) -> None:
    """Write the database as of one moment to ``target``, in the custom format of ``pg_dump``.

    Raises ``app.postgresql_program_missing`` and ``app.postgresql_program_failed``.
    """
    _run(DUMP, url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(url: str, source: Path) -> None:
    """Load a dump into an empty database, as a whole or not at all; raises what :func:`dump` does."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run(RESTORE, url, *options, str(source))


def required(program: str) -> str:
    """Return the path of a program; raises ``app.postgresql_program_missing``."""
    path = shutil.which(program)
    if path is None:
        raise RogatioError("app.postgresql_program_missing", program=program)
    return path


def _run(program: str, url: str, *options: str) -> None:
    parsed = make_url(url)
    command = [required(program), f"--dbname={connection_string(parsed)}", *options]
    # the password is not an argument, which other users of the machine could read
    secret = {"PGPASSWORD": str(parsed.password)} if parsed.password is not None else {}
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, check=False)
    if done.returncode:
        raise RogatioError("app.postgresql_program_failed", program=program, status=done.returncode)


def connection_string(url: URL) -> str:
    """Return the libpq connection string of a database address, without its password."""
    parts: dict[str, str | int | None] = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "dbname": url.database,
    }
    given: Mapping[str, str | tuple[str, ...]] = url.query
    parts |= {name: value if isinstance(value, str) else ",".join(value) for name, value in given.items()}
    return " ".join(f"{name}={_quoted(str(value))}" for name, value in parts.items() if value is not None)


def _quoted(value: str) -> str:
    """Quote a value of a connection string (PostgreSQL documentation, 34.1.1.1)."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
