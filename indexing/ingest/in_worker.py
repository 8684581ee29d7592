"""The way into a worker process and out of it."""

from __future__ import annotations

import os
import tempfile
import traceback
from multiprocessing import parent_process
from pathlib import Path

from extraction.errors import RogatioError, is_storage_failure, storage_error
from indexing.ingest.tasks import Prepared, Task


def prepare_in_worker(task: Task) -> Prepared:
    """Do the task; the pipelines are imported here, so that who only hands out tasks starts fast."""
    from indexing.ingest.preparation import prepare

    if parent_process():
        # what libraries and programs write for a while lies where it is removed even when they are killed
        tempfile.tempdir = os.environ["TMPDIR"] = str(task.scratch)
    try:
        return prepare(task)
    except (RogatioError, MemoryError):
        raise
    except Exception as error:
        if is_storage_failure(error):
            raise storage_error(error) from error
        # A fault of ours fails one file, not the run; kind and place are told, the message may hold content.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        raise RogatioError("indexing.unexpected", kind=type(error).__name__, where=where) from error
