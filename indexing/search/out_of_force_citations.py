"""Cited provisions that are in the collection but not in force at the date of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexing.engines.plan import Keyword, Plan
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import Validity
from indexing.search.in_force_clauses import FIELD
from indexing.search.query_citations import QueryCitations
from indexing.search.request import OutOfForceCitation, QueryCitation

_MOST = 200
_NEVER_KNOWN = Validity()


def out_of_force_citations(
    asked: QueryCitations, plans: Sequence[Plan], engine: Engine
) -> tuple[OutOfForceCitation, ...]:
    """Return every version held of what is cited, where none passes the filter of days; nothing where one does.

    A provision that is not held is of no day, whatever is held of its law.
    """
    dated = [plan for plan in plans if FIELD in dict(plan.filters)]
    if not asked.pinned or not dated:
        return ()
    then = {own for shown in _bearing(asked.pinned, dated, engine) for own in shown.identity}
    left = {
        citation.text: ids
        for citation in asked.citations
        if (ids := _meant(citation) & set(asked.pinned)) and not ids & then
    }
    if not left:
        return ()
    gone = tuple(one for one in asked.pinned if any(one in ids for ids in left.values()))
    held = _bearing(gone, [_of_any_day(plan) for plan in dated], engine)
    return tuple(_told(text, one) for text, ids in left.items() for one in held if ids & set(one.identity))


def _meant(citation: QueryCitation) -> set[str]:
    """Return the held ids of what a citation names itself: of a provision, not those of its law."""
    return {reading.canonical for reading in citation.readings} & set(citation.held)


def in_force_at_date(asked: QueryCitations, elsewhen: Iterable[OutOfForceCitation]) -> QueryCitations:
    """Return what is asked for without what no version of the day has: no other hits are to fill its place."""
    texts = {one.text for one in elsewhen}
    gone = {own for citation in asked.citations if citation.text in texts for own in citation.held}
    return replace(asked, pinned=tuple(one for one in asked.pinned if one not in gone)) if gone else asked


def nearest_expressions(
    told: Iterable[OutOfForceCitation], day: str, known: Mapping[str, Validity]
) -> tuple[OutOfForceCitation, ...]:
    """Return of each citation the versions next to ``day`` (ISO 8601): the last before it and the first behind it.

    ``known`` gives when each document is in force; one of which nobody knows whether it was is told too.
    """
    dated = [_dated(one, day, known.get(one.document_id, _NEVER_KNOWN)) for one in told]
    chosen: dict[tuple[str, str, str], OutOfForceCitation] = {}
    for one in sorted(dated, key=lambda one: one.since, reverse=True):
        side = "unknown" if one.in_force == "unknown" else "behind" if one.since > day else "before"
        if side == "behind" or (one.text, one.jurisdiction, side) not in chosen:
            chosen[one.text, one.jurisdiction, side] = one
    return tuple(sorted(chosen.values(), key=lambda one: one.since))


def _dated(one: OutOfForceCitation, day: str, validity: Validity) -> OutOfForceCitation:
    return replace(
        one,
        day=day,
        since=validity.start or validity.earliest,
        until=validity.end or validity.latest,
        in_force=validity.on(day).value,
    )


def _bearing(ids: tuple[str, ...], plans: Iterable[Plan], engine: Engine) -> list[StoredFields]:
    """Return the scopes that bear one of ``ids`` and pass the filters."""
    wanted = Keyword("identity", ids)
    asked = (replace(one, match=wanted, pinned=(), sort="relevance", limit=_MOST, after="", facets=()) for one in plans)
    return [ranked.shown for plan in asked for ranked in engine.search(plan).ranked]


def _of_any_day(plan: Plan) -> Plan:
    return replace(plan, filters=tuple(one for one in plan.filters if one[0] != FIELD))


def _told(text: str, shown: StoredFields) -> OutOfForceCitation:
    return OutOfForceCitation(
        text=text,
        document_id=shown.document_id,
        title=shown.title or shown.source,
        jurisdiction=shown.jurisdiction,
        language=shown.language,
        unit=shown.unit,
        page=shown.page,
        start=shown.start,
    )
