"""Help: the user guide, the query language by examples that run, and the keyboard shortcuts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from flask import Blueprint, render_template
from markdown_it import MarkdownIt

from app.i18n import interface_variety
from extraction.errors import RogatioError
from extraction.resource import load

help_pages = Blueprint("help", __name__)
TOPICS = ("start", "search", "comparing", "requests", "administration")


def examples() -> list[dict[str, Any]]:
    """Return the examples: ``heading``, and ``rows`` of a query and what it finds, in the four languages each."""
    found: list[dict[str, Any]] = load("app.help_examples")
    return found


@cache
def guide(language: str, topic: str) -> tuple[str, str]:
    """Return the title of a topic of the guide and its HTML below the title, made from Markdown without raw HTML.

    ``language`` is one of the interface or a variety (pt-PT), which has a guide of its own.
    """
    written = files("app.help").joinpath(f"resources/guide/{language}/{topic}.md").read_text(encoding="utf-8")
    title, _, text = written.partition("\n")
    return title.removeprefix("# ").strip(), MarkdownIt("commonmark", {"html": False}).render(text)


@help_pages.get("/help/keyboard")
def keyboard() -> str:
    """List the keyboard shortcuts; a script shows the page in a dialog."""
    return render_template("keyboard.html", topics=_topics(interface_variety()), topic="keyboard")


@help_pages.get("/help")
def help_page() -> str:
    return render_template("help.html", examples=examples(), topics=_topics(interface_variety()), topic="")


@help_pages.get("/help/<topic>")
def topic_page(topic: str) -> str:
    """Show a topic of the guide; ``app.no_such_topic`` for any other."""
    if topic not in TOPICS:
        raise RogatioError("app.no_such_topic", topic=topic[:40])
    language = interface_variety()
    title, text = guide(language, topic)
    return render_template("guide.html", title=title, text=text, topics=_topics(language), topic=topic)


def _topics(language: str) -> list[tuple[str, str]]:
    return [(topic, guide(language, topic)[0]) for topic in TOPICS]
