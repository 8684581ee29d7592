"""Provisions of the compared laws that are not compared: those around the compared ones, and those offered.

A law of one subject has more offences than a comparison shows. A cell says where these may state its element, so that
an empty cell is not taken for an act that the country does not punish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.comparison.ancillary_provisions import BEFORE, BEHIND
from app.comparison.provision_finder import LawHeld
from app.comparison.provisions import WholeProvisions
from app.comparison.selection import without_copies
from app.comparison.table import Column, Provision, Quotation, Row
from indexing.search.provision_lookup import by_ids, provisions_around
from nlp.elements.provision_kinds import is_frame
from nlp.structure.former_wording import is_of_day

_OFFERED = 6  # provisions that cells refer to


def provisions_beside(
    columns: Sequence[Column], left_out: Sequence[str], date: str, law: LawHeld
) -> list[tuple[Provision, ...]]:
    """Return for each column the provisions of its compared laws that are neither quoted nor ``left_out``.

    Former wordings as of ``date``, preambles and copies of quoted provisions are not among them.
    """
    ids = dict.fromkeys(near for column in columns for near in _around(column.provisions))
    held = by_ids(tuple(ids), law.access, law.engine)
    of_day = [held[one] for one in ids if one in held and is_of_day(held[one].unit, date, held[one].since)]
    whole = WholeProvisions(law.access, law.store, date).of((one, ()) for one in of_day)
    return [tuple(_beside(column, whole, frozenset(left_out))) for column in columns]


def _around(provisions: Iterable[Provision]) -> Iterable[str]:
    return (near for provision in provisions for near in provisions_around(provision.id, BEFORE, BEHIND))


def _beside(column: Column, near: Iterable[Provision], left_out: frozenset[str]) -> list[Provision]:
    documents = {provision.document_id for provision in column.provisions}
    quoted = {provision.id for provision in column.quoted}
    of_laws = {one.id: one for one in (*near, *column.offered) if one.document_id in documents}
    others = [one for one in of_laws.values() if one.id not in quoted | left_out and not is_frame(one.unit)]
    distinct = {one.id for one in without_copies([*column.quoted, *others])}
    return [one for one in others if one.id in distinct]


def with_further_offered(
    columns: Sequence[Column], rows: Sequence[Row], beside: Sequence[Sequence[Provision]]
) -> tuple[Column, ...]:
    """Return the columns offering first the provisions ``beside`` that cells refer to, those of most cells first."""
    return tuple(
        replace(column, offered=_first_offered(column, others, [row.cells[place].further for row in rows]))
        for place, (column, others) in enumerate(zip(columns, beside, strict=True))
    )


def _first_offered(
    column: Column, beside: Sequence[Provision], further: Sequence[Sequence[Quotation]]
) -> tuple[Provision, ...]:
    by_id = {provision.id: provision for provision in beside}
    referred = Counter(quotation.passage_id for cell in further for quotation in cell).most_common(_OFFERED)
    first = {scope_id: by_id[scope_id] for scope_id, _ in referred}
    others = {provision.id: provision for provision in column.offered}
    return tuple((first | {one: other for one, other in others.items() if one not in first}).values())
