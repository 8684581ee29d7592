"""Backup of an installation into one file, while it runs, and its restoration into an empty home folder.

The file is a tar archive compressed by zstd with checksums. It has the database (SQLite's file, or a dump of
PostgreSQL), originals, derived files, the live generations of the embedded index, staged uploads, and the keys of the
installation: whoever reads it reads everything. The index of Elasticsearch is in a snapshot that the backup names.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import msgspec
import zstandard
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.evidence.signing import KEY_FILE
from app.operations import postgresql_dump
from app.operations.index_backup import forget_snapshot, snapshot_index
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.index_snapshot import IndexSnapshot
from indexing.ingest.tasks import work_folder
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.database import is_empty
from indexing.store.index_entries import index_locks
from indexing.store.originals import sync
from indexing.store.schema import DocumentRow

_PART = 1 << 20  # bytes read at once
DATABASE, POSTGRESQL_DUMP, MANIFEST = "records.sqlite", "records.pgdump", "backup.json"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
KEYS = ("secret_key", KEY_FILE)
FOLDERS = ("originals", "derived", "uploads", "partial")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself; ``engine`` is the search engine, whose index it has only if it is the embedded.

    ``database`` is ``sqlite`` or ``postgresql``, ``snapshot`` that of the index of Elasticsearch.
    """

    made: str
    version: str
    engine: str
    documents: int
    database: str = "sqlite"
    snapshot: IndexSnapshot | None = None


def back_up(installation: Installation, file: Path) -> Backup:
    """Write a backup to ``file``, readable by its owner only.

    Nothing is indexed or deleted while the state is taken, which copies the database, links the other files and waits
    for a snapshot of Elasticsearch. Raises ``app.file_exists``, and what :func:`app.operations.postgresql_dump.dump`
    and :func:`app.operations.index_backup.snapshot_index` do; nothing is left then.
    """
    if file.exists():
        raise RogatioError("app.file_exists", file=file)
    store, settings = installation.store, installation.settings
    with work_folder(settings.home) as folder:
        with index_locks(store, settings.engine, store.access(LOCAL_USER).partitions):
            documents = _copy_database(installation, folder)
            _link_files(settings, folder)
            snapshot = snapshot_index(installation)
        try:
            made, database = datetime.now(UTC).isoformat(timespec="seconds"), store.database.dialect.name
            found = Backup(made, version("rogatio"), settings.engine, documents, database, snapshot)
            (folder / MANIFEST).write_text(json.dumps(asdict(found)), encoding="utf-8")
            _archive(folder, file)
        except BaseException:
            forget_snapshot(installation, snapshot)
            raise
    return found


def restore(settings: Settings, file: Path) -> Backup:
    """Restore a backup as the home folder of ``settings``, and into its database if that is PostgreSQL.

    Raises ``app.restore_not_empty`` if the folder exists and is not empty, ``app.database_not_empty`` if the database
    of PostgreSQL is not, ``app.backup_other_database`` for a backup of another kind of database, ``app.no_backup`` for
    a file that is damaged or none, and what :func:`app.operations.postgresql_dump.load` does; then nothing is left.
    """
    home = settings.home
    if home.exists() and any(home.iterdir()):
        raise RogatioError("app.restore_not_empty", home=home)
    home.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{home.name}.restoring-", dir=home.parent))
    try:
        found = _extracted(file, folder)
        _restore_database(settings, found, folder)
        os.replace(folder, home)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def _extracted(file: Path, folder: Path) -> Backup:
    """Extract a backup into ``folder``; raises ``app.no_backup``."""
    try:
        _extract(file, folder)
        found = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Backup)
        (folder / MANIFEST).unlink()
    except (OSError, EOFError, ValueError, tarfile.TarError, zstandard.ZstdError, msgspec.MsgspecError) as error:
        if isinstance(error, OSError) and error.errno is not None and not isinstance(error, FileNotFoundError):
            raise  # a full disk says nothing about the backup
        raise RogatioError("app.no_backup", file=file) from error
    return found


def _restore_database(settings: Settings, found: Backup, folder: Path) -> None:
    """Load the dump of PostgreSQL into its empty database; SQLite's file is in its place."""
    named = make_url(settings.database).get_backend_name()
    if named != found.database:
        raise RogatioError("app.backup_other_database", held=NAMES[found.database], named=NAMES.get(named, named))
    if named == "sqlite":
        return
    postgresql_dump.required(postgresql_dump.RESTORE)
    if not is_empty(settings.database):
        raise RogatioError("app.database_not_empty")
    postgresql_dump.load(settings.database, folder / POSTGRESQL_DUMP)
    (folder / POSTGRESQL_DUMP).unlink()


def _copy_database(installation: Installation, folder: Path) -> int:
    """Copy the database as of one moment (SQLite's online backup, ``pg_dump``); return the number of documents."""
    url = installation.settings.database
    if installation.store.database.dialect.name == "postgresql":
        postgresql_dump.dump(url, folder / POSTGRESQL_DUMP)
        with Session(installation.store.database) as session:
            return session.scalar(select(func.count()).select_from(DocumentRow)) or 0
    source = make_url(url).database or ""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(folder / DATABASE)) as copy:
        live.backup(copy)
        (count,) = copy.execute("SELECT count(*) FROM documents").fetchone()
        return int(count)


def _link_files(settings: Settings, folder: Path) -> None:
    """Link the files of an installation into ``folder``: they are replaced, never changed in place."""
    for name in KEYS:
        if (settings.home / name).exists():
            os.link(settings.home / name, folder / name)
    for name in FOLDERS:
        _link_tree(settings.home / name, folder / name)
    if settings.engine == "embedded":
        _link_index(settings.home / "index", folder / "index")


def _link_index(source: Path, target: Path) -> None:
    """Link the live generation of each partition."""
    for pointer in source.glob("*/current"):
        place, generation = target / pointer.parent.name, pointer.read_text(encoding="ascii")
        place.mkdir(parents=True)
        shutil.copy(pointer, place / "current")
        _link_tree(pointer.parent / generation, place / generation)


def _link_tree(source: Path, target: Path) -> None:
    for path in _files(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except FileNotFoundError:  # a scratch file that is gone
            continue


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def _archive(folder: Path, file: Path) -> None:
    """Write the files of ``folder`` to a new archive, the manifest first; nothing is left of one that fails."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise RogatioError("app.file_exists", file=file) from error
    try:
        compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        with (
            os.fdopen(handle, "wb") as written,
            compressor.stream_writer(written, closefd=False) as stream,
            tarfile.open(fileobj=stream, mode="w|") as archive,
        ):
            for path in sorted(_files(folder), key=lambda path: (path.name != MANIFEST, path)):
                archive.add(path, str(path.relative_to(folder)), recursive=False)
            written.flush()
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    sync(file)


def _extract(file: Path, folder: Path) -> None:
    """Extract an archive; members that lead outside of ``folder`` are refused (``tarfile.data_filter``).

    What was extracted is used only if the archive was read to the end of its checksum, behind the last member: one that
    was cut off between two members would lack the rest.
    """
    with file.open("rb") as source:
        frame = _Frame(source)
        with tarfile.open(fileobj=frame, mode="r|") as archive:
            archive.extractall(folder, filter="data")
        while frame.read(_PART):
            pass


class _Frame(io.RawIOBase):
    """Decompressed content of a file of one zstd frame, to be read once."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._held, self._at = b"", 0

    def read(self, size: int = _PART, /) -> bytes:
        """Return at most ``size`` bytes, none only at the end.

        Raises ``EOFError`` if the file ends before its checksum, ``zstandard.ZstdError`` if it differs from it.
        """
        while self._at == len(self._held) and not self._frame.eof:
            part = self._source.read(_PART)
            if not part:
                raise EOFError
            self._held, self._at = self._frame.decompress(part), 0
        given = self._held[self._at : self._at + size]
        self._at += len(given)
        return given
