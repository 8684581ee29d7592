"""View data and JSON form of a law's expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from app.api_parameters import iso_time
from indexing.records.validity import today
from indexing.works.differences import Piece, is_same, pieces
from indexing.works.provision_history import ProvisionChange, ProvisionVersion
from indexing.works.works import Expression, Work


@dataclass(frozen=True, slots=True)
class LawVersion:
    """An expression of a law; ``in_force`` is of today, ``before`` the document of the expression it replaced."""

    expression: Expression
    in_force: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionStep:
    """A provision in one expression; ``pieces`` mark the changes from the preceding expression.

    ``state`` is ``first`` (the oldest available), ``same``, ``changed``, ``new`` (not in the preceding expression) or
    ``without`` (not in this one).
    """

    version: ProvisionVersion
    in_force: str
    state: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedProvision:
    """A provision that differs between two expressions, word by word."""

    change: ProvisionChange
    pieces: tuple[Piece, ...]


def law_versions(work: Work) -> list[LawVersion]:
    """Return the expressions of a law, newest first, undated ones last."""
    dated = [expression for expression in work.expressions if expression.validity.start]
    before = {later.document: earlier.document for earlier, later in _in_a_row(dated)}
    undated = [expression for expression in work.expressions if not expression.validity.start]
    return [
        LawVersion(expression, expression.validity.on(today()).value, before.get(expression.document, ""))
        for expression in (*reversed(dated), *undated)
    ]


def provision_steps(versions: Sequence[ProvisionVersion]) -> list[ProvisionStep]:
    """Return the history of a provision, newest first; undated expressions are not compared."""
    dated = [provision_version for provision_version in versions if provision_version.expression.validity.start]
    steps = [_step(dated[at - 1] if at else None, version) for at, version in enumerate(dated)]
    undated = [
        _step(None, provision_version)
        for provision_version in versions
        if not provision_version.expression.validity.start
    ]
    return [*reversed(steps), *undated]


def changed_provisions(changes: Iterable[ProvisionChange]) -> Iterator[ChangedProvision]:
    """Yield changes of provisions with the differences of their texts."""
    for change in changes:
        yield ChangedProvision(change, tuple(pieces(change.old, change.new)))


def _in_a_row(dated: Sequence[Expression]) -> Iterator[tuple[Expression, Expression]]:
    """Yield each expression with the next one in its language."""
    for language in dict.fromkeys(expression.language for expression in dated):
        yield from pairwise(expression for expression in dated if expression.language == language)


def _step(before: ProvisionVersion | None, version: ProvisionVersion) -> ProvisionStep:
    in_force = version.expression.validity.on(today()).value
    if not version.text:
        return ProvisionStep(version, in_force, "without")
    whole = (Piece("equal", version.text),)
    if before is None:
        return ProvisionStep(version, in_force, "first", whole)
    if not before.text:
        return ProvisionStep(version, in_force, "new", whole)
    if is_same(before.text, version.text):
        return ProvisionStep(version, in_force, "same")
    return ProvisionStep(version, in_force, "changed", tuple(pieces(before.text, version.text)))


def law_json(work: Work) -> dict[str, Any]:
    """Return a law with its expressions, newest first; ``before`` is the document of the replaced expression."""
    versions = [expression_json(version.expression) | {"before": version.before} for version in law_versions(work)]
    return {"work": work.id, "canonical": work.canonical, "collection": work.collection, "versions": versions}


def expression_json(expression: Expression) -> dict[str, Any]:
    """Return an expression; from ``possible_from`` to ``possible_to`` it may be in force if days are unknown."""
    return {
        "document_id": expression.document,
        "title": expression.title,
        "language": expression.language,
        "valid_from": expression.validity.first_day,
        "valid_to": expression.validity.end,
        "text_of": expression.validity.day_of_text,
        "possible_from": expression.validity.earliest,
        "possible_to": expression.validity.latest,
        "in_force": expression.validity.on(today()).value,
        "source": expression.source,
        "basis": expression.basis,
        "known_from": iso_time(expression.known_from),
    }


def provision_json(versions: tuple[ProvisionVersion, ...]) -> dict[str, Any]:
    """Return a provision in each expression; ``differences`` are relative to the preceding one."""
    rows = [
        expression_json(step.version.expression)
        | {name: getattr(step.version, name) for name in ("unit", "path", "page", "start", "end", "text")}
        | {"state": step.state, "differences": _pieces(step.pieces) if step.state == "changed" else []}
        for step in provision_steps(versions)
    ]
    return {
        "unit": next((provision_version.unit for provision_version in versions if provision_version.unit), ""),
        "versions": rows,
    }


def changes_json(changes: Iterable[ProvisionChange]) -> dict[str, Any]:
    """Return changes of provisions as JSON, each with ``differences``: pieces that are equal, removed or added."""
    rows = [
        asdict(changed.change) | {"differences": _pieces(changed.pieces)} for changed in changed_provisions(changes)
    ]
    return {"changes": rows}


def _pieces(found: Iterable[Piece]) -> list[dict[str, str]]:
    return [{"kind": piece.kind, "text": piece.text} for piece in found]
