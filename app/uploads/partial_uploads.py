"""Resumable uploads (tus 1.0): bytes and description are kept in the home folder until a job takes them.

The offset of an upload is the size of its file, so that a killed server loses nothing that it acknowledged.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from extraction.errors import RogatioError

DAYS_KEPT = 2
_DAY = 86_400
_PIECE = 1 << 20  # bytes
RESERVED = 1 << 30
"""Bytes of free disk that resumable uploads leave to the database, the index and everything else."""


@dataclass(frozen=True, slots=True)
class PartialUpload:
    """An upload of ``length`` bytes by ``owner``; ``expires`` is in seconds since the epoch."""

    id: str
    owner: str
    name: str
    length: int
    expires: float


def begin_upload(home: Path, owner: str, name: str, length: int) -> PartialUpload:
    """Begin an upload; expired uploads are removed.

    Raises ``extraction.disk_full`` if it would leave less than ``RESERVED`` of the disk.
    """
    folder = _folder(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    remove_expired(home)
    _require_space(folder, length)
    made = PartialUpload(uuid.uuid4().hex, owner, name, length, time.time() + DAYS_KEPT * _DAY)
    (folder / made.id).touch(0o600)
    _describe(home, made)
    return made


def partial_upload(home: Path, owner: str, upload_id: str) -> PartialUpload:
    """Return an upload; raises ``app.no_such_upload`` if it has expired, was taken or belongs to another account."""
    try:
        known = uuid.UUID(upload_id).hex == upload_id
        found = msgspec.json.decode((_folder(home) / f"{upload_id}.json").read_bytes(), type=PartialUpload)
    except (ValueError, FileNotFoundError) as error:
        raise RogatioError("app.no_such_upload") from error
    if not known or found.owner != owner or found.expires < time.time():
        raise RogatioError("app.no_such_upload")
    return found


def offset(home: Path, upload: PartialUpload) -> int:
    """Return the number of bytes that have arrived."""
    return _path(home, upload).stat().st_size


def append(home: Path, upload: PartialUpload, start: int, content: IO[bytes]) -> int:
    """Append bytes that begin at ``start`` and return the new offset; bytes received before a failure are kept.

    Raises ``app.wrong_offset`` if ``start`` is not the present offset or another request is appending, and
    ``app.upload_too_long``, and ``extraction.disk_full`` if less than ``RESERVED`` of the disk would be left.
    """
    with _held(home, upload) as file:
        at = file.seek(0, os.SEEK_END)
        if at != start:
            raise RogatioError("app.wrong_offset", offset=at)
        while piece := content.read(_PIECE):
            if at + len(piece) > upload.length:
                raise RogatioError("app.upload_too_long", length=upload.length)
            _require_space(_folder(home), len(piece))
            at += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return at


@contextmanager
def claimed(home: Path, uploads: Sequence[PartialUpload], job: str) -> Iterator[None]:
    """Claim ``uploads`` for one job, and remove them once it is recorded; without an error in the context it is.

    Raises ``app.no_such_upload`` if another job has claimed one. An error of the database leaves the claims, since the
    job may have been recorded: only the same request can then be repeated.
    """
    claims = [_folder(home) / f"{upload.id}.claim" for upload in uploads]
    try:
        for claim in claims:
            _claim(claim, job)
        yield
    except RogatioError as error:
        if error.code != "indexing.database_failed":
            _release(claims, job)
        raise
    for upload in uploads:
        abandon(home, upload)


def _claim(claim: Path, job: str) -> None:
    """Name the job in the file ``claim``, which one process alone can make."""
    written = claim.with_suffix(f".{uuid.uuid4().hex}")
    written.write_text(job, encoding="ascii")
    try:
        os.link(written, claim)
    except FileExistsError as error:
        if claim.read_text(encoding="ascii") != job:
            raise RogatioError("app.no_such_upload") from error
    finally:
        written.unlink()


def _release(claims: Sequence[Path], job: str) -> None:
    for claim in claims:
        with suppress(FileNotFoundError):
            if claim.read_text(encoding="ascii") == job:
                claim.unlink()


def link(home: Path, upload: PartialUpload, target: Path) -> None:
    """Link a complete upload to ``target``; raises ``app.upload_incomplete`` and ``app.no_such_upload``."""
    try:
        if offset(home, upload) != upload.length:
            raise RogatioError("app.upload_incomplete", name=upload.name)
        os.link(_path(home, upload), target)
    except FileNotFoundError as error:  # the same request, repeated at another server, was faster
        raise RogatioError("app.no_such_upload") from error


def abandon(home: Path, upload: PartialUpload) -> None:
    """Remove an upload and the claim on it."""
    for name in (f"{upload.id}.json", upload.id, f"{upload.id}.claim"):
        (_folder(home) / name).unlink(missing_ok=True)


def remove_expired(home: Path) -> None:
    """Remove the files of uploads that received no bytes for ``DAYS_KEPT``."""
    for path in _folder(home).glob("*"):
        with suppress(FileNotFoundError):  # removed by another request
            if path.stat().st_mtime < time.time() - DAYS_KEPT * _DAY:
                path.unlink()


def _require_space(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free - size < RESERVED:
        raise RogatioError("extraction.disk_full")


@contextmanager
def _held(home: Path, upload: PartialUpload) -> Iterator[IO[bytes]]:
    try:
        file = _path(home, upload).open("r+b")
    except FileNotFoundError as error:
        raise RogatioError("app.no_such_upload") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RogatioError("app.wrong_offset", offset=offset(home, upload)) from error
        yield file


def _describe(home: Path, upload: PartialUpload) -> None:
    (_folder(home) / f"{upload.id}.json").write_bytes(msgspec.json.encode(upload))


def _folder(home: Path) -> Path:
    return home / "partial"


def _path(home: Path, upload: PartialUpload) -> Path:
    return _folder(home) / upload.id
