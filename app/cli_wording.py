"""Wording of the command line in the user's language, from the catalogue."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from app.wording import counted, wording
from extraction.errors import LANGUAGES, RogatioError


class _Chosen:
    language = ""


def set_language(language: str) -> None:
    """Use ``language`` (es, pt, en or fr) from now on."""
    _Chosen.language = language


def language() -> str:
    """Return the language in use: the chosen one, else that of the environment, else English."""
    return _Chosen.language or environment_language(os.environ)


def environment_language(environment: Mapping[str, str]) -> str:
    """Return the language of the first locale set (``LC_ALL``, ``LC_MESSAGES``, ``LANG``), else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value[:2].lower() if value[:2].lower() in LANGUAGES else "en"
    return "en"


def say(key: str, **facts: object) -> str:
    """Return the wording of ``key``, filled with ``facts``."""
    return wording(f"command_line.{key}", language(), **facts)


def say_count(key: str, count: int) -> str:
    """Return the wording of ``key`` in the form for ``count``."""
    return counted(f"command_line.{key}", count, language())


def write_file(path: Path, content: bytes) -> None:
    """Write ``content``; raises ``app.file_not_written`` if the folder is missing, not writable or full."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RogatioError("app.file_not_written", file=path) from error
