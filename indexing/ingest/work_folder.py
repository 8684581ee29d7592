"""Passing files of a process, in the installation's own ``work`` folder so that they can be renamed into place.

What a killed process left behind is removed by the next one: it may hold content of documents.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def work_folder(home: Path) -> Iterator[Path]:
    """Give an empty folder for as long as the block runs."""
    work = home / "work"
    work.mkdir(exist_ok=True)
    _sweep(work)
    prefix = f"{socket.gethostname()}.{os.getpid()}."
    # what a program that outlives its worker still writes is left to the next sweep
    with tempfile.TemporaryDirectory(prefix=prefix, dir=work, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sweep(work: Path) -> None:
    for folder in work.glob(f"{socket.gethostname()}.*.*"):
        process = folder.name.split(".")[-2]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
