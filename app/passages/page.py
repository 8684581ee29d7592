"""Pages of granted passages: those of the account that asks, and those of a document, for who may grant them."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.audit.recording import note, note_documents
from app.error_pages import status_of
from app.i18n import interface_variety
from app.marked_text import pieces
from app.passages.passages import MAX_NOTE, FoundPassage, own_passages, share, shared, take_back
from app.principal import current_access, current_principal, installation
from extraction.errors import RogatioError

passage_pages = Blueprint("passages", __name__)

CORRECTABLE = frozenset({"app.no_such_account", "app.no_such_grant", "app.no_passage_chosen", "indexing.no_such_place"})
"""Errors of what was chosen and typed."""

_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")


@passage_pages.get("/passages")
def passage_list() -> str:
    query = request.args.get("q", "").strip()[:2000]
    return _page(own_passages(installation().store, current_access(), query), query)


@passage_pages.get("/passages/<document_id>")
def passage_page(document_id: str) -> str:
    return _page(own_passages(installation().store, current_access(), document_id=document_id))


def _page(found: tuple[FoundPassage, ...], query: str = "") -> str:
    note_documents(match.passage.grant.document for match in found)
    shown = [(match.passage, pieces(match.passage.text, 0, match.marks)) for match in found]
    return render_template("granted_passages.html", shown=shown, query=query)


@passage_pages.route("/documents/<document_id>/passages", methods=["GET", "POST"])
def sharing(document_id: str) -> str | Response | tuple[str, int]:
    """Show the passages of a page of a document to choose from, and grant the chosen ones or take a grant back.

    What is refused is explained in the page, with what was chosen and typed.
    """
    number = request.args.get("page", 1, type=int)
    if request.method != "POST":
        return _choice(document_id, number)
    try:
        _change(document_id)
    except RogatioError as error:
        if error.code not in CORRECTABLE:
            raise
        return _choice(document_id, number, error), status_of(error)
    return redirect(url_for(".sharing", document_id=document_id, page=number))


def _choice(document_id: str, number: int, problem: RogatioError | None = None) -> str:
    store, access = installation().store, current_access()
    stored, read = store.document(access, document_id), store.reading(access, document_id)
    page = next((sheet for sheet in read.pages if sheet.number == number), None)
    if page is None:
        raise RogatioError("indexing.no_such_page", page=number, pages=len(read.pages))
    blocks = [block for block in read.blocks if page.start <= block.start < page.end]
    ranges = [(block.start, block.end) for block in blocks] or [(page.start, page.end)]
    return render_template(
        "passage_grants.html",
        stored=stored,
        number=number,
        last=len(read.pages),
        passages=[(start, end, read.text[start:end]) for start, end in ranges if read.text[start:end].strip()],
        grants=[(grant, read.text[grant.start : grant.end]) for grant in shared(store, access, document_id)],
        most=MAX_NOTE,
        problem=problem.sentence(interface_variety()) if problem else "",
        chosen=request.form.getlist("range"),
        typed=request.form if request.form.get("action") != "take" else {},
    )


def _change(document_id: str) -> None:
    form, store, principal = request.form, installation().store, current_principal()
    name = form.get("account", "").strip()
    chosen = [(int(found[1]), int(found[2])) for value in form.getlist("range") if (found := _RANGE.fullmatch(value))]
    note(account=name[:64])
    if not chosen:
        raise RogatioError("app.no_passage_chosen")
    if form.get("action") == "take":
        for start, end in chosen:
            take_back(store, document_id, start, end, principal, name)
        flash(gettext("passages.is_taken_back"))
    else:
        share(store, document_id, chosen, principal, name, form.get("note", ""))
        flash(gettext("passages.is_granted"))
