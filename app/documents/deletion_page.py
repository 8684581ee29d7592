"""The page on which the deletion of a document is requested, confirmed by another person, or withdrawn."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.accounts.authentication import current_account
from app.documents.four_eyes import delete_by_two, deletion_request, was_deleted_by, withdraw_deletion
from app.documents.holds import hold
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from app.uploads import job_records
from extraction.errors import RogatioError
from indexing.ingest.corrections import remove, require_write
from indexing.store.holds import hold_on

deletions = Blueprint("deletions", __name__, url_prefix="/documents")


def delete_or_request(document_id: str) -> tuple[str, ...]:
    """Delete a document at once or, if there are accounts, only as the second person; return all deleted ids."""
    deleting = delete_by_two if current_account() is not None else remove
    deleted = deleting(
        installation(), document_id, current_principal(), partial(job_records.forget, installation().store)
    )
    if deleted:
        jobs().submit_pending()
    return deleted


@deletions.route("/<document_id>/deletion", methods=["GET", "POST"])
def deletion(document_id: str) -> str | Response:
    """Show the page, or do what it asks for; a form that is sent twice has the answer of the first time."""
    try:
        return _page_or_change(document_id)
    except RogatioError as error:
        if request.method == "POST" and error.code == "app.second_person_needed":
            flash(gettext("documents.deletion_is_asked_for"))
            return redirect(url_for("deletions.deletion", document_id=document_id))
        is_repeated = request.method == "POST" and error.code == "indexing.no_such_document"
        if not is_repeated or not was_deleted_by(installation().store, document_id, current_principal()):
            raise
    flash(gettext("documents.is_deleted"))
    return redirect(url_for("document_lists.documents"))


def _page_or_change(document_id: str) -> str | Response:
    access, store, principal = current_access(), installation().store, current_principal()
    stored = store.document(access, document_id)
    require_write(store, access, stored, principal)
    if request.method == "GET":
        pending = deletion_request(store, document_id)
        own = pending is not None and pending.account == principal.id
        return render_template("deletion.html", stored=stored, asked=pending, own=own, hold=hold_on(store, stored))
    if request.form.get("action") == "withdraw":
        withdraw_deletion(store, document_id, principal)
        return redirect(url_for("documents.document", document_id=document_id))
    if delete_or_request(document_id):
        flash(gettext("documents.is_deleted"))
        return redirect(url_for("document_lists.documents"))
    flash(gettext("documents.deletion_is_asked_for"))
    return redirect(url_for("deletions.deletion", document_id=document_id))


@deletions.post("/<document_id>/hold")
def holding(document_id: str) -> Response:
    """Put a document under legal hold, or release it."""
    principal, held = current_principal(), request.form.get("action") != "release"
    hold(installation().store, document_id, principal, author=principal.id, held=held)
    flash(gettext("documents.is_under_hold") if held else gettext("documents.hold_is_released"))
    return redirect(url_for("deletions.deletion", document_id=document_id))
