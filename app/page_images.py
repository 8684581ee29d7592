"""Images of pages, drawn once by a confined worker process and kept in the installation's cache."""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path

from extraction.errors import RogatioError
from extraction.image import frames
from extraction.pdf_images import render_page
from extraction.worker import MEBIBYTE, Limits, Workers
from indexing.access import AccessFilter
from indexing.library import Library

PDF = "application/pdf"
LIMITS = Limits(memory=1024 * MEBIBYTE, seconds=30, processor_seconds=30)
LARGEST_SCALE = 6.0
_starting = threading.Lock()


def can_show(media_type: str) -> bool:
    """Whether pages of such a file can be drawn."""
    return media_type == PDF or media_type.startswith("image/")


def page_image(library: Library, access: AccessFilter, document_id: str, number: int, width: int) -> Path:
    """Return the path of a WebP of page ``number``, ``width`` pixels wide.

    Raises the store's errors for a document that may not be seen, ``app.no_page_image`` for one without pages, and
    the reader's where the page cannot be drawn.
    """
    stored = library.store.document(access, document_id)
    pages = {page.number: page for page in library.store.reading(access, document_id).pages if page.width > 0}
    if not can_show(stored.media_type) or number not in pages:
        raise RogatioError("app.no_page_image", page=number)
    target = library.settings.home / "cache" / "pages" / stored.sha256[:2] / stored.sha256 / f"{number}-{width}.webp"
    if not target.exists():
        original = library.store.original(access, document_id)
        scale = min(LARGEST_SCALE, width / pages[number].width)
        workers = _workers()
        workers.outcome(workers.submit(draw, original, stored.media_type, number, scale, target))
    return target


@cache
def _pool() -> Workers:
    return Workers(1, LIMITS, preload=("app.page_images",))


def _workers() -> Workers:
    with _starting:
        return _pool()


def draw(original: Path, media_type: str, number: int, scale: float, target: Path) -> None:
    """Draw a page to ``target``, a WebP; runs in a worker."""
    if media_type == PDF:
        image = render_page(original, number, scale=scale)
    else:
        image, points, _ = next(frame for at, frame in enumerate(frames(original), 1) if at == number)
        size = (max(1, round(points * scale)), max(1, round(image.height * points * scale / image.width)))
        image = image.resize(size)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    image.save(part, "WEBP", quality=80, method=3)
    os.replace(part, target)
