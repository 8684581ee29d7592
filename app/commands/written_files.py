"""Files that a command writes where its user says."""

from __future__ import annotations

from pathlib import Path

from extraction.errors import RogatioError


def write_file(path: Path, content: bytes) -> None:
    """Write ``content``; raises ``app.file_not_written`` where there is no such folder, no right or no room."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RogatioError("app.file_not_written", file=path) from error
