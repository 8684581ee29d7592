"""Wording of the demonstration corpus, read once from ``resources/*.yaml``."""

from __future__ import annotations

from typing import Any

from extraction.resource import load

LANGUAGES = ("es", "pt", "en", "fr")


def words(name: str) -> dict[str, Any]:
    """Return one resource: a language (``es``, ``pt``, ``en``, ``fr``), ``states`` or ``vocabulary``."""
    loaded: dict[str, Any] = load(f"app.demonstration.{name}")
    return loaded
