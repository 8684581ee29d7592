"""Help: the query language by examples that run."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from flask import Blueprint, render_template

from app.interface_language import interface_language

help_pages = Blueprint("help", __name__)


@cache
def examples() -> list[dict[str, Any]]:
    """Return the examples: ``heading``, and ``rows`` of a query and what it finds, in the four languages each."""
    text = files("app").joinpath("resources/help_examples.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


@help_pages.get("/help")
def help_page() -> str:
    return render_template("help.html", examples=examples(), language=interface_language())
