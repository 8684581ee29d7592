"""What one request may keep from others: it waits briefly for the database, and heavy pages have slots of their own."""

from __future__ import annotations

import threading

from flask import Flask, current_app, g, request

from extraction.errors import RogatioError
from indexing.store.database import LOCK_SECONDS

REQUEST_LOCK_SECONDS = 5.0
"""A request that cannot write for so long is answered 503 with ``Retry-After``."""

SLOT_SECONDS = 5.0
"""Seconds that a heavy request waits for a slot before it is answered with 503."""

HEAVY = frozenset(
    {
        "exports.comparison",
        "exports.gap_matrix",
        "exports.law",
        "rooms.export",
        "compare.compare_page",
        "matrices.page",
        "matrices.compared",
        "request_law.dual_criminality_page",
        "request_law.dual_criminality_note",
        "api.compare",
        "api.compare_export",
        "api.matrix",
        "api.matrix_export",
        "api.room_export",
        "api.akoma_ntoso",
        "api.dual_criminality",
        "api.dual_criminality_note",
    }
)
"""Routes that take seconds: exports, comparisons, gap matrices, dual criminality."""


def set_up(app: Flask) -> None:
    """Limit the wait for the database, and the heavy requests at once to ``HEAVY_SLOTS``."""
    app.extensions["heavy_slots"] = threading.BoundedSemaphore(app.config.setdefault("HEAVY_SLOTS", 4))
    app.before_request(_limit)
    app.teardown_request(_give_back)


def _limit() -> None:
    LOCK_SECONDS.set(REQUEST_LOCK_SECONDS)
    if request.endpoint in HEAVY and not request.args.get("background"):
        slots: threading.BoundedSemaphore = current_app.extensions["heavy_slots"]
        if not slots.acquire(timeout=SLOT_SECONDS):
            raise RogatioError("app.server_busy")
        g.heavy_slot = slots


def _give_back(_: BaseException | None) -> None:
    if slots := g.pop("heavy_slot", None):
        slots.release()
