"""The words of the demonstration corpus, read once from ``resources/*.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("es", "pt", "en", "fr")


@cache
def words(name: str) -> dict[str, Any]:
    """Return one resource: a language (``es``, ``pt``, ``en``, ``fr``), ``states`` or ``vocabulary``."""
    text = files("app.demonstration").joinpath(f"resources/{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
