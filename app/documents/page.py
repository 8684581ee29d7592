"""The document page: text beside page image, original file, corrections."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from app.audit.recording import note_documents
from app.documents.citations import citations_in, cited, citing
from app.documents.corrections_form import CorrectionsForm, correct
from app.documents.link_target import place_at
from app.documents.marks import DocumentHits, hits_of, kind_style
from app.documents.page_images import can_show, page_image
from app.documents.sheets import OpenDocument, Sheet, open_document, sheet_at, sheets
from app.documents.view import PERSONAL, SHOWN_AT_FIRST, DocumentView
from app.exports.report import safe_name
from app.jobs import jobs
from app.people.occurrences import document_entities
from app.people.view import follow_entity, named_by_kind
from app.principal import current_access, current_principal, installation
from app.requests.schema import REQUEST_TYPES
from app.versions.view import law_versions
from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.records.validity import today
from indexing.search.point_in_time import hit_expression
from indexing.search.query_fields import known_value
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.tags import tags_of
from indexing.works.works import works_of
from nlp.document_kinds import is_legislation
from nlp.structure.structure import provisions

documents = Blueprint("documents", __name__, url_prefix="/documents")
TRANSLATED = 1_000
"""Characters in a second language from which a letter is taken to hold a translation, not only a quotation."""
IMAGE_WIDTHS = (400, 900, 1400, 2000)


@documents.get("/<document_id>")
def document(document_id: str) -> str:
    """Show one sheet: ``page`` is its number, ``at`` an offset on it, ``q`` a query whose hits are marked.

    With ``to``, an offset or ``unit``, the range from ``at`` is marked and cited.
    """
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    if stored.error or stored.status in (Status.WAITING, Status.FAILED, Status.QUARANTINED):
        return _unread(document_id)
    opened = open_document(store, access, stored)
    query, found = request.args.get("q", "").strip(), sheets(opened.document)
    view, hits, at = _view(stored, opened, found, query)
    work = works_of(store, access, [stored.id]).get(stored.id)
    segments = opened.annotations.segments
    return render_template(
        "document.html",
        view=view,
        hits=hits,
        query=query,
        image=view.sheet.has_image and can_show(stored.media_type),
        place=view.place.start if view.place else hits.now[0] if hits.now else max(at, view.sheet.start),
        sheet_number=lambda offset: sheet_at(found, offset).number,
        kind_style=kind_style,
        form=CorrectionsForm.of(view),
        family=_family(stored.id, stored.parent),
        tags=tags_of(store, access, [stored.id]).get(stored.id, ()),
        version=hit_expression(stored.id, work, today()),
        versions=law_versions(work)[::-1] if work and len(work.expressions) > 1 else (),
        citations=len(citations_in(opened.annotations)),
        is_letter=stored.document_type in REQUEST_TYPES,
        translated=len({part.label for part in segments if part.end - part.start >= TRANSLATED}) > 1,
    )


@documents.get("/<document_id>/citations")
def citations(document_id: str) -> str:
    """Show the citations in the document, and those of the document or of its provision ``unit`` in others."""
    access, store, principal = current_access(), installation().store, current_principal()
    stored = store.document(access, document_id)
    annotations = open_document(store, access, stored).annotations
    units = provisions(annotations.structure) if is_legislation(stored.document_type) else ()
    unit = next((provision for provision in units if provision.label == request.args.get("unit", "")), None)
    found = citing(installation(), principal, stored.id, annotations, unit)
    note_documents(place.hit.document_id for place in found)
    return render_template(
        "document_citations.html",
        stored=stored,
        cited=cited(installation(), principal, open_document(store, access, stored).document.text, annotations),
        citing=found,
        citable=bool(annotations.identity),
        units=tuple(dict.fromkeys(provision.label for provision in units)),
        unit=unit.label if unit else "",
    )


@documents.get("/<document_id>/pages/<int:number>.webp")
def page(document_id: str, number: int) -> Response:
    """Return the image of a page, ``width`` pixels wide (one of ``IMAGE_WIDTHS``)."""
    asked = request.args.get("width", 900, type=int)
    width = min(IMAGE_WIDTHS, key=lambda known: abs(known - asked))
    path = page_image(installation(), current_access(), document_id, number, width)
    return send_file(path, mimetype="image/webp", conditional=True)


@documents.get("/<document_id>/original")
def original(document_id: str) -> Response:
    """Return the original bytes, always as a download because the file may contain anything."""
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    name = safe_name(one_line(stored.source)) or "document"
    return send_file(
        store.original(access, document_id),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
        conditional=True,
    )


@documents.post("/<document_id>/corrections")
def corrections(document_id: str) -> AnyResponse:
    stored = installation().store.document(current_access(), document_id)
    form = CorrectionsForm(date=stored.date)
    if not form.validate_on_submit():
        if form.date.errors:
            known_value("date", form.date.data or "")  # raises what is wrong with it
        raise RogatioError("app.form_invalid")
    changed = correct(jobs(), stored, form)
    flash(gettext("common.saved_survive_every_new") if changed else gettext("documents.nothing_changed"))
    return redirect(url_for(".document", document_id=document_id, page=form.page.data or None))


def _unread(document_id: str) -> str:
    stored = installation().store.document(current_access(), document_id)
    error = RogatioError(stored.error, **stored.error_facts) if stored.error else None
    return render_template("document_unread.html", stored=stored, error=error)


def _view(
    stored: StoredDocument, opened: OpenDocument, found: list[Sheet], query: str
) -> tuple[DocumentView, DocumentHits, int]:
    """Return the requested one of the sheets ``found``, its hits, and the offset shown, -1 for the sheet's start."""
    access, store = current_access(), installation().store
    text, annotations = opened.document, opened.annotations
    at = request.args.get("at", -1, type=int)
    collection = store.collection(access, stored.collection)
    hidden = PERSONAL if collection.is_public else frozenset[str]()
    kinds = named_by_kind(annotations, document_entities(store, access, stored.id), hidden)
    followed = follow_entity(kinds, request.args.get("entity", ""), at)
    if followed and "page" not in request.args:
        at = followed.now.start
    sheet = _sheet(found, at)
    is_law = is_legislation(stored.document_type)
    place = place_at(annotations.structure, is_law, at, request.args.get("to", ""), len(text.text))
    hits = hits_of(query, stored, text, annotations, found, sheet, at, place)
    view = DocumentView(
        stored=stored,
        collection=collection,
        document=text,
        annotations=annotations,
        words=opened.words,
        sheet=sheet,
        sheet_count=len(found),
        shown_kinds=_shown_kinds(),
        hits=hits.marks,
        now=hits.now,
        kinds_named=tuple(kinds),
        followed=followed,
        place=place,
    )
    return view, hits, at


def _sheet(found: list[Sheet], at: int) -> Sheet:
    number = request.args.get("page", 1, type=int)
    chosen = found[min(max(number, 1), len(found)) - 1]
    # The page number may be that of the original, which may be divided into several sheets.
    return sheet_at(found, at) if at >= 0 else chosen


def _shown_kinds() -> frozenset[str]:
    return frozenset(request.args.getlist("show")) if "kinds" in request.args else SHOWN_AT_FIRST


def _family(document_id: str, parent: str) -> dict[str, object]:
    """Return the container of the document and its attachments."""
    access, store = current_access(), installation().store
    above = store.document(access, parent) if parent else None
    return {"parent": above, "members": store.documents(access, Selection(parent=document_id))}
