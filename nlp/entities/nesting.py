"""Which of two overlapping labels is kept (``resources/nesting.yaml``)."""

from __future__ import annotations

from typing import Any

from extraction.resource import load


def nesting() -> dict[str, Any]:
    listed: dict[str, Any] = load("nlp.nesting")
    return listed
