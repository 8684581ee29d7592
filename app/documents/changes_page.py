"""Pages that change several documents at once, and the release of a document from quarantine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional, Regexp

from app.audit.recording import note, note_documents
from app.collection_names import COLLECTION, collection_called
from app.documents.changes import MAX_DOCUMENTS, Changes, change_documents, release_documents
from app.documents.corrections_form import DescriptionForm
from app.documents.tags import tags_written
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from extraction.errors import RogatioError
from indexing.store.reading import Selection
from indexing.store.rows import CORRECTABLE, StoredDocument
from indexing.store.tags import tag_counts, tags_of

changes_pages = Blueprint("changes", __name__, url_prefix="/documents")


class ChangesForm(DescriptionForm):
    """Empty fields leave the documents as they are."""

    collection = StringField(
        _("common.collection"), filters=[collection_called], validators=[Optional(), Regexp(f"^{COLLECTION}$")]
    )
    case_file = StringField(_("common.case_file"), validators=[Optional(), Length(max=200)])
    add_tags = StringField(
        _("documents.add_tags"), validators=[Optional(), Length(max=500)], description=_("documents.tags_by_commas")
    )
    no_case_file = BooleanField(_("documents.take_out_of_case_file"))

    def changes(self) -> Changes:
        fields = {name: self[name].data for name in CORRECTABLE if self[name].data}
        case_file = "" if self.no_case_file.data else self.case_file.data or None
        added, removed = tags_written(self.add_tags.data or ""), tuple(request.form.getlist("remove_tag"))
        return Changes(fields, self.collection.data or None, case_file, added, removed)


@changes_pages.route("/changes", methods=["GET", "POST"])
def changes() -> str | Response | tuple[str, int]:
    """Show the selected documents (``document``, repeated) and a form for the fields that all of them have."""
    chosen = request.values.getlist("document")
    if not chosen:
        raise RogatioError("app.no_changes")
    form, store, access = ChangesForm(), installation().store, current_access()
    documents = [store.document(access, document_id) for document_id in chosen[:MAX_DOCUMENTS]]
    if form.validate_on_submit():
        moved = change_documents(installation(), chosen, form.changes(), current_principal())
        note(**moved.audited)
        note_documents(chosen)
        jobs().submit_pending()
        flash(ngettext("documents.changed", "documents.changed", len(documents), n=len(documents)))
        return redirect(url_for("document_lists.documents"))
    page = render_template(
        "changes.html",
        form=form,
        documents=documents,
        collections=store.collections(access),
        tags=_tags(documents),
        known_tags=_known_tags(documents),
    )
    return (page, 422) if form.errors else page


def _tags(documents: Sequence[StoredDocument]) -> list[tuple[str, int]]:
    """Return the tags of the documents, each with how many of them have it."""
    found = tags_of(installation().store, current_access(), [document.id for document in documents])
    return sorted(Counter(tag for tags in found.values() for tag in tags).items())


def _known_tags(documents: Sequence[StoredDocument]) -> list[str]:
    """Return the tags that are used in the collections of the documents."""
    store, access = installation().store, current_access()
    collections = {document.collection for document in documents}
    return sorted({tag for held in collections for tag, _ in tag_counts(store, access, Selection(collection=held))})


@changes_pages.post("/<document_id>/release")
def release(document_id: str) -> Response:
    release_documents(installation(), [document_id], current_principal())
    jobs().submit_pending()
    flash(gettext("documents.is_released"))
    return redirect(url_for("documents.document", document_id=document_id))
