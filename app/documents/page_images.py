"""Page images, rendered once in a confined worker process and cached."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from app.documents.page_drawing import PDF, draw
from extraction.errors import RogatioError
from extraction.worker import MEBIBYTE, Limits, Workers
from indexing.access import AccessFilter
from indexing.installation import Installation

LIMITS = Limits(memory=1024 * MEBIBYTE, seconds=30, processor_seconds=30)
LARGEST_SCALE = 6.0
_starting = threading.Lock()


def can_show(media_type: str) -> bool:
    """Whether pages of this type of file can be rendered."""
    return media_type == PDF or media_type.startswith("image/")


def page_image(installation: Installation, access: AccessFilter, document_id: str, number: int, width: int) -> Path:
    """Return the path of a WebP image of page ``number``, ``width`` pixels wide.

    Raises the store's errors for a document that may not be seen, ``app.no_page_image`` for one without pages, and the
    reader's errors if the page cannot be rendered.
    """
    stored = installation.store.document(access, document_id)
    pages = {page.number: page for page in installation.store.reading(access, document_id).pages if page.width > 0}
    if not can_show(stored.media_type) or number not in pages:
        raise RogatioError("app.no_page_image", page=number)
    target = (
        installation.settings.home / "cache" / "pages" / stored.sha256[:2] / stored.sha256 / f"{number}-{width}.webp"
    )
    if not target.exists():
        original = installation.store.original(access, document_id)
        scale = min(LARGEST_SCALE, width / pages[number].width)
        workers = _workers()
        workers.outcome(workers.submit(draw, original, stored.media_type, number, scale, target))
        _remove_if_deleted(installation, access, document_id, target)
    return target


def _remove_if_deleted(installation: Installation, access: AccessFilter, document_id: str, image: Path) -> None:
    """Remove the image of a document that was deleted during rendering, and raise the store's error."""
    try:
        installation.store.document(access, document_id)
    except RogatioError:
        image.unlink(missing_ok=True)
        raise


@cache
def _pool() -> Workers:
    return Workers(1, LIMITS, preload=("app.documents.page_drawing",))


def _workers() -> Workers:
    with _starting:
        return _pool()
