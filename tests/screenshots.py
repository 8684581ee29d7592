"""Pictures of the main pages in every language: ``python tests/screenshots.py HOME FOLDER`` (``make screenshots``)."""

from __future__ import annotations

import sys
from pathlib import Path

from real_browser import launched, served

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


def reading_page(store: Store) -> str:
    """Return the address of a law, opened at a word that it contains."""
    laws = store.latest(store.access(LOCAL_USER), Selection(document_type="statute"), limit=1)
    return f"/documents/{laws[0].id}?q=pena" if laws else "/documents"


def main(home: Path, folder: Path) -> None:
    app = create_app({"SETTINGS": Settings(home=home)})
    pages = {**PAGES, "reading": reading_page(app.extensions["installation"].store)}
    folder.mkdir(parents=True, exist_ok=True)
    with served(app) as site, launched() as browser:
        for size, (width, height) in SIZES.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            for language in LANGUAGES:
                for name, address in pages.items():
                    page.goto(f"{site.address}{address}{'&' if '?' in address else '?'}ui={language}")
                    page.screenshot(path=folder / f"{name}-{size}-{language}.png")
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
