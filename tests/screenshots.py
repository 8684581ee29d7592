"""Pictures of the main pages in every language: ``python tests/screenshots.py HOME FOLDER`` (``make screenshots``)."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import FloatRect, ViewportSize
from real_browser import launched, served

from app.document_kinds import types_of
from app.rooms.rooms import rooms
from app.web import create_app
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER
from indexing.settings import Settings
from indexing.store.reading import Selection, Store

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PAGES = {
    "home": "/",
    "waiting": "/waiting",
    "results": "/?q=lavado+de+activos",
    "results-law": "/?q=lavado+de+activos&kind=law",
    "results-country": "/?q=decomiso&jurisdiction=PE",
    "nothing-found": "/?q=xylophonist&mode=words",
    "compare-start": "/compare/",
    "compare": "/compare/?concept=ML",
    "matrix-start": "/matrix/",
    "matrix": "/matrix/UNTOC_6",
    "workspaces": "/rooms/",
    "requests": "/requests/",
    "deadlines": "/requests/deadlines",
    "documents": "/documents",
    "documents-law": "/documents?kind=law",
    "concepts": "/concepts/",
    "concept": "/concepts/ML",
    "upload": "/upload",
    "alerts": "/alerts/",
    "help": "/help",
    "guide": "/help/start",
    "keyboard": "/help/keyboard",
    "suggestions": "/suggestions?q=lav",
}


LOADED = "() => [...document.images].every((one) => one.complete || one.getBoundingClientRect().top > 2 * innerHeight)"
SCREENS = 2
"""How much of a long page is shown, in heights of the window."""


def pages_of(store: Store) -> dict[str, str]:
    """Return the pages about one document or workspace by name, of those that the installation has."""
    access = store.access(LOCAL_USER)
    laws = store.latest(access, Selection(document_type="statute"), limit=1)
    letters = store.latest(access, Selection(document_type=types_of("request")), limit=1)
    found = {}
    for law in laws:
        found |= {"reading": f"/documents/{law.id}?q=decomiso", "citations": f"/documents/{law.id}/citations"}
    for letter in letters:
        found |= {"request": f"/requests/{letter.id}", "course": f"/requests/{letter.id}/course"}
    for room in rooms(store, LOCAL_USER)[:1]:
        found |= {"workspace": f"/rooms/{room.id}"}
    return found


def main(home: Path, folder: Path) -> None:
    app = create_app({"SETTINGS": Settings(home=home)})
    pages = {**PAGES, **pages_of(app.extensions["installation"].store)}
    folder.mkdir(parents=True, exist_ok=True)
    with served(app) as site, launched() as browser:
        for size, (width, height) in SIZES.items():
            for language in LANGUAGES:
                size_of_window: ViewportSize = {"width": width, "height": height}
                context = browser.new_context(viewport=size_of_window)
                page = context.new_page()
                page.set_default_timeout(120_000)
                for name, address in pages.items():
                    page.goto(f"{site.address}{address}{'&' if '?' in address else '?'}ui={language}")
                    page.wait_for_function(LOADED)
                    shown = min(SCREENS * height, page.evaluate("document.documentElement.scrollHeight"))
                    clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": shown}
                    page.screenshot(path=folder / f"{name}-{size}-{language}.png", full_page=True, clip=clip)
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
