"""The list of the reader's pending work."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template, request

from app.home.view import waiting_items
from app.home.waiting import KINDS
from app.i18n import interface_language
from nlp.elements.instruments import instruments

home_pages = Blueprint("home", __name__)


@home_pages.get("/waiting")
def waiting_list() -> str:
    """List the pending items, all or of one ``kind``."""
    items, kind = waiting_items(), request.args.get("kind", "")
    counts = Counter[str]()
    for item in items:
        counts[item.kind] += item.count
    return render_template(
        "waiting.html",
        items=[item for item in items if kind in ("", item.kind)],
        kind=kind,
        counts=[(kind, counts[kind]) for kind in KINDS if counts[kind]],
        waiting_total=counts.total(),
        instruments=instruments(),
        own=interface_language(),
    )
