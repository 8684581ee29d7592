"""Lists of documents by collection, case file and state."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from app.principal import current_access, installation
from indexing.store.reading import Selection
from indexing.store.schema import Status

document_lists = Blueprint("document_lists", __name__)
PAGE_SIZE = 50


@document_lists.get("/documents")
def documents() -> str:
    access, store = current_access(), installation().store
    collection = request.args.get("collection", "")
    selection = Selection(
        collection=collection,
        case_file=request.args.get("case_file", ""),
        status=_status(request.args.get("status", "")),
        document_type=request.args.get("document_type", ""),
    )
    found = store.latest(access, selection, after=request.args.get("after", ""), limit=PAGE_SIZE + 1)
    return render_template(
        "documents.html",
        documents=found[:PAGE_SIZE],
        after=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else "",
        selection=selection,
        collections=[
            (held, store.count(access, replace(selection, collection=held.id, case_file="")))
            for held in store.collections(access)
        ],
        case_files=store.case_files(access, collection) if collection else (),
        states=tuple(Status),
        link=_link,
    )


def _status(asked: str) -> str:
    return asked if asked in {status.value for status in Status} else ""


def _link(selection: Selection, **changes: str) -> dict[str, str]:
    """Return the arguments of the list's address with ``changes`` made."""
    given = {name: getattr(selection, name) for name in ("collection", "case_file", "status", "document_type")}
    return {name: value for name, value in {**given, **changes}.items() if value}
