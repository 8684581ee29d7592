"""View data of the first page, and the number of pending items in the bar of every page."""

from __future__ import annotations

import time

from flask import Flask, Response, current_app, g, render_template, request

from app.accounts.authentication import may_open
from app.audit.recording import note_documents
from app.home.examples import examples
from app.home.overview import overview
from app.home.waiting import WaitingItem, number_waiting, to_confirm, waiting
from app.i18n import interface_language, interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.life.summary import summaries
from indexing.store.reading import Selection
from indexing.store.schema import Status
from nlp.elements.instruments import instruments

SHOWN_WAITING = 6
SHOWN_RECENT = 6
_FRESH = 60.0
"""Seconds for which the number in the bar is shown without counting again; a write forgets it at once."""


def first_page() -> str:
    """Show the main functions, the contents of the collection, new documents and pending items."""
    store, access = installation().store, current_access()
    figures = overview(store, access)
    items = waiting_items()
    recent = store.latest(access, Selection(status=Status.INDEXED), limit=SHOWN_RECENT)
    note_documents(document.id for document in recent)
    return render_template(
        "home.html",
        figures=figures,
        examples=_examples(figures.total),
        items=items[:SHOWN_WAITING],
        waiting_total=number_waiting(items),
        recent=recent,
        letters=summaries(store, recent),
        instruments=instruments(),
        own=interface_language(),
    )


def waiting_items() -> list[WaitingItem]:
    """Return the reader's pending items, computed once per request."""
    if "waiting_items" not in g:
        store, access = installation().store, current_access()
        second = to_confirm(store, access) if may_open("deletions.deletion") else []
        g.waiting_items = [*waiting(store, access, current_principal()), *second]
        _numbers()[current_principal().id] = time.monotonic(), number_waiting(g.waiting_items)
    found: list[WaitingItem] = g.waiting_items
    return found


def waiting_number() -> int:
    """Return the number of the reader's pending items, at most one minute old."""
    counted, number = _numbers().get(current_principal().id, (-_FRESH, 0))
    return number if time.monotonic() - counted < _FRESH else number_waiting(waiting_items())


def _numbers() -> dict[str, tuple[float, int]]:
    numbers: dict[str, tuple[float, int]] = current_app.extensions["waiting_numbers"]
    return numbers


def _examples(documents: int) -> tuple[str, ...]:
    """Return the reader's examples; they are searched again whenever the number of documents changes."""
    known: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = current_app.extensions["examples"]
    principal, language = current_principal(), interface_variety()
    if known.get((principal.id, language), (-1, ()))[0] != documents:
        found = examples(installation(), principal, language) if documents else ()
        known[principal.id, language] = documents, found
    return known[principal.id, language][1]


def _count_again(response: Response) -> Response:
    if request.method not in ("GET", "HEAD"):
        _numbers().clear()
    return response


def set_up(app: Flask) -> None:
    """Give every page the number of what waits for its reader, counted again after a request that changes data."""
    app.extensions["waiting_numbers"], app.extensions["examples"] = {}, {}
    app.after_request(_count_again)
    app.context_processor(lambda: {"waiting_number": waiting_number})
