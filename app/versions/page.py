"""Pages of a law over time: expressions, changes, one provision through its expressions."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, render_template, request

from app.principal import current_access, installation
from app.versions.view import changed_provisions, law_versions, provision_steps
from indexing.works.provision_history import law_changes, law_of, provision_versions

versions = Blueprint("versions", __name__, url_prefix="/documents/<document_id>/versions")
PROVISIONS_A_PAGE = 50


@versions.get("/")
def law(document_id: str) -> str:
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    return render_template("versions.html", stored=stored, versions=law_versions(law_of(store, access, document_id)))


@versions.get("/provision")
def provision(document_id: str) -> str:
    """Show one provision, ``pinpoint`` (``art. 301``), in every expression."""
    access, store = current_access(), installation().store
    found = provision_versions(store, access, document_id, request.args.get("pinpoint", "").strip())
    stored = store.document(access, document_id)
    named = next(provision_version for provision_version in reversed(found) if provision_version.unit)
    return render_template("provision_versions.html", stored=stored, unit=named.unit, steps=provision_steps(found))


@versions.get("/changes")
def changes(document_id: str) -> str:
    """Show the changes relative to another expression, ``old`` (a document), from the change ``first``."""
    access, store = current_access(), installation().store
    old, first = request.args.get("old", ""), max(0, request.args.get("first", 0, type=int))
    found = law_changes(store, access, old, document_id)
    held = {expression.document: expression for expression in law_of(store, access, document_id).expressions}
    return render_template(
        "version_changes.html",
        stored=store.document(access, document_id),
        old=held[old],
        new=held[document_id],
        total=len(found),
        first=first,
        following=first + PROVISIONS_A_PAGE if first + PROVISIONS_A_PAGE < len(found) else 0,
        changes=list(changed_provisions(islice(found, first, first + PROVISIONS_A_PAGE))),
    )
