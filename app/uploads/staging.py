"""Folders of uploaded files: filled under a name of their own, then given to the job that was recorded for them."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.uploads.job_records import job_lock, staging
from indexing.store.reading import Store
from indexing.store.writing import writing

_NEW = "new-"
_SECONDS_KEPT = 86_400
"""A folder without a job is that of a request in progress, or of one that was interrupted."""


@contextmanager
def new_folder(home: Path) -> Iterator[Path]:
    """Create a folder for the files of a request; what was not given to a job is removed at the end."""
    folder = home / "uploads" / f"{_NEW}{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give(folder: Path, home: Path, job: str) -> None:
    """Make ``folder`` the staging folder of a job, within the transaction that records it.

    A folder that is already there is that of a transaction that failed, since only one can record the job.
    """
    target = staging(home, job)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(folder, target)


def remove_abandoned(store: Store, home: Path) -> None:
    """Remove folders of interrupted requests: those without a job, a day after the last file came in."""
    for folder in (home / "uploads").glob("*"):
        try:
            is_old = folder.stat().st_mtime < time.time() - _SECONDS_KEPT
        except FileNotFoundError:  # its job has ended
            continue
        if is_old:
            with writing(store) as session:
                if not job_lock(session, folder.name):
                    shutil.rmtree(folder, ignore_errors=True)
