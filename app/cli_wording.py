"""Wording of the command line in the user's language, from the catalogue."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from app.wording import base_language, counted, wording
from extraction.errors import LANGUAGES, RogatioError
from nlp.state_languages import writes_european_portuguese


class _Chosen:
    language = ""


def set_language(language: str) -> None:
    """Use ``language`` (es, pt, pt-PT, en or fr) from now on."""
    _Chosen.language = language


def language() -> str:
    """Return the language in use (es, pt, en or fr), of which ``variety`` may be that of Portugal."""
    return base_language(variety())


def variety() -> str:
    """Return the language or variety in use: the chosen one, else that of the environment, else English."""
    return _Chosen.language or environment_language(os.environ)


def environment_language(environment: Mapping[str, str]) -> str:
    """Return the language or variety of the first locale set (``LC_ALL``, ``LC_MESSAGES``, ``LANG``), else English.

    Locales of Portugal and of the States that write as it does (``pt_AO.UTF-8``) have its variety.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            own, _, place = value.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")
            if own.lower() not in LANGUAGES:
                return "en"
            return "pt-PT" if own.lower() == "pt" and writes_european_portuguese(place.upper()) else own.lower()
    return "en"


def say(key: str, **facts: object) -> str:
    """Return the wording of ``key``, filled with ``facts``."""
    return wording(f"command_line.{key}", variety(), **facts)


def say_count(key: str, count: int) -> str:
    """Return the wording of ``key`` in the form for ``count``."""
    return counted(f"command_line.{key}", count, variety())


def write_file(path: Path, content: bytes) -> None:
    """Write ``content``; raises ``app.file_not_written`` if the folder is missing, not writable or full."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RogatioError("app.file_not_written", file=path) from error
