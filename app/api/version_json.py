"""A law's versions as JSON, the same for the API and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from app.api.as_json import moment
from app.pages.version_view import changed_provisions, law_versions, provision_steps
from indexing.works.differences import Piece
from indexing.works.provision_versions import ProvisionChange, ProvisionVersion
from indexing.works.timeline import Expression
from indexing.works.validity import today
from indexing.works.works import Work


def law_json(work: Work) -> dict[str, Any]:
    """Return a law with its versions, the newest first; ``before`` is the document of the version it replaced."""
    versions = [expression_json(one.expression) | {"before": one.before} for one in law_versions(work)]
    return {"work": work.id, "canonical": work.canonical, "collection": work.collection, "versions": versions}


def expression_json(one: Expression) -> dict[str, Any]:
    """Return a version; between ``possible_from`` and ``possible_to`` it may be in force where days are not known."""
    return {
        "document_id": one.document,
        "title": one.title,
        "language": one.language,
        "valid_from": one.validity.start,
        "valid_to": one.validity.end,
        "possible_from": one.validity.earliest,
        "possible_to": one.validity.latest,
        "in_force": one.validity.on(today()).value,
        "source": one.source,
        "basis": one.basis,
        "known_from": moment(one.known_from),
    }


def provision_json(versions: tuple[ProvisionVersion, ...]) -> dict[str, Any]:
    """Return a provision in each version; ``differences`` are against the version before."""
    rows = [
        expression_json(step.version.expression)
        | {name: getattr(step.version, name) for name in ("unit", "path", "page", "start", "end", "text")}
        | {"state": step.state, "differences": _pieces(step.pieces) if step.state == "changed" else []}
        for step in provision_steps(versions)
    ]
    return {"unit": next((one.unit for one in versions if one.unit), ""), "versions": rows}


def changes_json(changes: Iterable[ProvisionChange]) -> dict[str, Any]:
    rows = [asdict(one.change) | {"differences": _pieces(one.pieces)} for one in changed_provisions(changes)]
    return {"changes": rows}


def _pieces(found: Iterable[Piece]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "text": one.text} for one in found]
