"""Search tips: the query language in runnable examples."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from app.i18n import interface_language
from extraction.resource import load

help_pages = Blueprint("help", __name__)


def examples() -> list[dict[str, Any]]:
    """Return the examples in the four languages: ``heading``, and ``rows`` with a query and its explanation."""
    found: list[dict[str, Any]] = load("app.help_examples")
    return found


@help_pages.get("/help/keyboard")
def keyboard() -> str:
    """List the keyboard shortcuts; a script shows the page in a dialog."""
    return render_template("keyboard.html")


@help_pages.get("/help")
def help_page() -> str:
    return render_template("help.html", examples=examples(), language=interface_language())
