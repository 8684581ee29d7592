"""Cited provisions that are in the collection but not in force on the date of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexing.engines.plan import Keyword, Plan
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import Validity
from indexing.search.clauses import FIELD
from indexing.search.query_citations import QueryCitations
from indexing.search.request import OutOfForceCitation, QueryCitation

_LIMIT = 200
_NEVER_KNOWN = Validity()


def out_of_force_citations(
    citations: QueryCitations, plans: Sequence[Plan], engine: Engine
) -> tuple[OutOfForceCitation, ...]:
    """Return all available expressions of cited provisions if none satisfies the date filter; otherwise nothing.

    A provision that is not in the collection is ignored, even if its law is.
    """
    dated = [plan for plan in plans if FIELD in dict(plan.filters)]
    if not citations.pinned or not dated:
        return ()
    in_force = {canonical for shown in _with_identity(citations.pinned, dated, engine) for canonical in shown.identity}
    missing = {
        citation.text: ids
        for citation in citations.citations
        if (ids := _cited_ids(citation) & set(citations.pinned)) and not ids & in_force
    }
    if not missing:
        return ()
    cited = tuple(canonical for canonical in citations.pinned if any(canonical in ids for ids in missing.values()))
    available = _with_identity(cited, [_of_any_day(plan) for plan in dated], engine)
    return tuple(
        _citation(text, shown) for text, ids in missing.items() for shown in available if ids & set(shown.identity)
    )


def _cited_ids(citation: QueryCitation) -> set[str]:
    """Return the available ids of the cited provision itself, without those of its law."""
    return {reading.canonical for reading in citation.readings} & set(citation.held)


def in_force_at_date(query: QueryCitations, out_of_force: Iterable[OutOfForceCitation]) -> QueryCitations:
    """Return the citations with ids not in force unpinned, so that other hits do not replace them."""
    texts = {citation.text for citation in out_of_force}
    unpinned = {canonical for citation in query.citations if citation.text in texts for canonical in citation.held}
    pinned = tuple(canonical for canonical in query.pinned if canonical not in unpinned)
    return replace(query, pinned=pinned) if unpinned else query


def nearest_expressions(
    citations: Iterable[OutOfForceCitation], day: str, known: Mapping[str, Validity]
) -> tuple[OutOfForceCitation, ...]:
    """Return for each citation the expressions nearest to ``day`` (ISO 8601): the last before and the first after it.

    ``known`` is the validity by document id; expressions of unknown validity are included.
    """
    dated = [_dated(citation, day, known.get(citation.document_id, _NEVER_KNOWN)) for citation in citations]
    chosen: dict[tuple[str, str, str], OutOfForceCitation] = {}
    for each in sorted(dated, key=lambda citation: citation.since, reverse=True):
        side = "unknown" if each.in_force == "unknown" else "after" if each.since > day else "before"
        if side == "after" or (each.text, each.jurisdiction, side) not in chosen:
            chosen[each.text, each.jurisdiction, side] = each
    return tuple(sorted(chosen.values(), key=lambda citation: citation.since))


def _dated(citation: OutOfForceCitation, day: str, validity: Validity) -> OutOfForceCitation:
    return replace(
        citation,
        day=day,
        since=validity.start or validity.earliest,
        until=validity.end or validity.latest,
        in_force=validity.on(day).value,
    )


def _with_identity(ids: tuple[str, ...], plans: Iterable[Plan], engine: Engine) -> list[StoredFields]:
    """Return the scopes that have one of ``ids`` and satisfy the filters."""
    match = Keyword("identity", ids)
    lookups = (
        replace(plan, match=match, pinned=(), sort="relevance", limit=_LIMIT, after="", facets=()) for plan in plans
    )
    return [ranked.shown for lookup in lookups for ranked in engine.search(lookup).ranked]


def _of_any_day(plan: Plan) -> Plan:
    return replace(plan, filters=tuple(item for item in plan.filters if item[0] != FIELD))


def _citation(text: str, shown: StoredFields) -> OutOfForceCitation:
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
