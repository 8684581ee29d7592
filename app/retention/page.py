"""Retention page: rules, due documents, and their deletion by two persons."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app.accounts.authentication import current_account
from app.audit.recording import note
from app.documents.corrections_form import document_types
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from app.retention import rules
from app.retention.deletion import RetentionDeletion, ask_for_deletion, confirm_deletion, retention_deletions

retention_pages = Blueprint("retention", __name__, url_prefix="/retention")
DOCUMENTS_SHOWN = 200


@retention_pages.get("/")
def report() -> str:
    store, access = installation().store, current_access()
    due, own = rules.due_documents(store, access), current_principal().id
    return render_template(
        "retention.html",
        rules=rules.retention_rules(store, access),
        due=due[:DOCUMENTS_SHOWN],
        total=len(due),
        held=sum(item.is_held for item in due),
        to_ask=sum(not item.is_held and not item.asked_by for item in due),
        to_confirm=sum(not item.is_held and item.asked_by not in ("", own) for item in due),
        own=own,
        deletions=_deletions(),
        document_types=document_types(),
        collections=[collection for collection in store.collections(access) if collection.id in access.writable],
    )


@retention_pages.post("/rules")
def new_rule() -> Response:
    form, principal, store = request.form, current_principal(), installation().store
    days = form.get("days", 0, type=int)
    rule = rules.propose_rule(store, form.get("collection", ""), form.get("document_type", ""), days, principal)
    if current_account() is None:  # the local user of an installation without accounts
        rules.approve_rule(store, rule.id, principal, alone=True)
    flash(gettext("retention.rule_is_proposed"))
    return redirect(url_for(".report"))


@retention_pages.post("/rules/<int:number>")
def rule(number: int) -> Response:
    """Approve or remove a rule."""
    store, principal = installation().store, current_principal()
    if request.form.get("action") == "approve":
        rules.approve_rule(store, number, principal)
    else:
        rules.remove_rule(store, number, principal)
    return redirect(url_for(".report"))


@retention_pages.post("/deletion")
def deletion() -> Response:
    """Request the deletion of the due documents, or confirm that of those which another person requested."""
    opened, principal = installation(), current_principal()
    if request.form.get("action") == "ask" and current_account() is not None:
        asked = ask_for_deletion(opened, principal)
        flash(ngettext("retention.deletion_asked", "retention.deletion_asked", asked, n=asked))
        return redirect(url_for(".report"))
    begun = confirm_deletion(opened.store, principal, alone=current_account() is None)
    note(**({"retention_deletion": begun.id} if begun else {}))
    jobs().submit_pending()
    flash(gettext("retention.deletion_begun") if begun else gettext("retention.nothing_to_delete"))
    return redirect(url_for(".report"))


@retention_pages.get("/deletion/state")
def deletion_state() -> str:
    """Return the changing part of the page, for the script that updates it."""
    return render_template("retention_deletions.html", deletions=_deletions())


def _deletions() -> tuple[RetentionDeletion, ...]:
    return retention_deletions(installation().store, current_principal())
