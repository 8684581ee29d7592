"""Page images, rendered once in a confined worker process and cached."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from app.documents.page_drawing import PDF, draw
from extraction.errors import RogatioError
from extraction.worker import MEBIBYTE, Limits, Sandbox, Workers
from indexing.access import AccessFilter
from indexing.installation import Installation

LIMITS = Limits(memory=1024 * MEBIBYTE, seconds=30, processor_seconds=10)
DRAWERS = 2
WAIT_SECONDS = 5.0
"""Seconds that a page waits for another one of the same document."""

HOPELESS = frozenset({"extraction.time_limit", "extraction.memory_limit", "extraction.worker_died"})
MOST_FAILED = 1000
LARGEST_SCALE = 6.0
_starting = threading.Lock()
_drawing = tuple(threading.Lock() for _ in range(256))
_failed: dict[Path, RogatioError] = {}


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
        with _alone(stored.sha256):
            _draw(installation.settings.home, target, original, stored.media_type, number, scale)
        _remove_if_deleted(installation, access, document_id, target)
    return target


@contextmanager
def _alone(sha256: str) -> Iterator[None]:
    """Render one page of a document at a time, so that a malicious document blocks only one renderer.

    Raises ``app.drawing_busy`` while another page of it takes long.
    """
    lock = _drawing[int(sha256[:2], 16)]
    if not lock.acquire(timeout=WAIT_SECONDS):
        raise RogatioError("app.drawing_busy")
    try:
        yield
    finally:
        lock.release()


def _draw(home: Path, target: Path, original: Path, media_type: str, number: int, scale: float) -> None:
    """Render a page; one that exceeded the limits or killed its worker is not tried again by this process."""
    if target.exists():
        return
    if target in _failed:
        raise _failed[target]
    workers = _workers(home)
    try:
        workers.outcome(workers.submit(draw, original, media_type, number, scale, target))
    except RogatioError as error:
        if error.code in HOPELESS and len(_failed) < MOST_FAILED:
            _failed[target] = error
        raise


def _remove_if_deleted(installation: Installation, access: AccessFilter, document_id: str, image: Path) -> None:
    """Remove the image of a document that was deleted during rendering, and raise the store's error."""
    try:
        installation.store.document(access, document_id)
    except RogatioError:
        image.unlink(missing_ok=True)
        raise


@cache
def _pool(home: Path) -> Workers:
    cache_folder = home / "cache"
    cache_folder.mkdir(exist_ok=True)
    return Workers(DRAWERS, LIMITS, ("app.documents.page_drawing",), Sandbox((home / "originals",), (cache_folder,)))


def _workers(home: Path) -> Workers:
    with _starting:
        return _pool(home)
