"""The target of a link into a document: its address, and the range that is marked and cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.documents.sheets import unit_at
from indexing.search.request import Hit
from nlp.annotations import Unit
from nlp.document_kinds import is_legislation
from nlp.structure.structure import provisions

WHOLE_UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Place:
    """A range of the document's text; ``unit`` is the label of the provision or section that contains it."""

    start: int
    end: int
    unit: str = ""


def place_address(document_id: str, start: int, end: int = 0, query: str = "", external: bool = False) -> str:
    """Return the address that marks a range; without an ``end`` the provision that contains ``start``."""
    to = end if end > start else WHOLE_UNIT
    given = {"at": start, "to": to, "q": query or None, "_anchor": "hit", "_external": external}
    return url_for("documents.document", document_id=document_id, **given)  # type: ignore[arg-type]


def hit_address(hit: Hit, query: str = "") -> str:
    """Return the address that marks a hit: its provision, or in other documents the range of its snippet."""
    if is_legislation(hit.document_type) and hit.unit:
        return place_address(hit.document_id, hit.start, hit.end, query)
    return place_address(hit.document_id, hit.snippet_start, hit.snippet_start + len(hit.snippet), query)


def place_at(structure: Sequence[Unit], is_law: bool, at: int, to: str, length: int) -> Place | None:
    """Return the range marked by an address, from its ``at`` to its ``to``; None if it marks none."""
    if not 0 <= at < length:
        return None
    unit = holding_unit(structure, is_law, at)
    label = unit.label if unit else ""
    if to.isascii() and to.isdecimal() and at < int(to[:12]):
        return Place(at, min(int(to[:12]), length), label)
    return Place(unit.start, unit.end, label) if unit and to == WHOLE_UNIT else None


def holding_unit(structure: Sequence[Unit], is_law: bool, at: int) -> Unit | None:
    """Return the provision of a law, else the innermost unit, that contains an offset.

    The headings above a provision belong to its range but not to its name.
    """
    found = provisions(structure) if is_law else ()
    return next((unit for unit in found if unit.start <= at < unit.end), None) or unit_at(structure, at)
