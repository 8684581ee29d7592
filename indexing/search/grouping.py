"""Hits grouped by country, type or document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from indexing.engines.plan import Keyword, Must, Plan
from indexing.engines.protocol import Engine
from indexing.search.fusion import RankedHit, merge_rankings
from indexing.search.hybrid_retriever import HybridRetriever
from indexing.search.query_fields import field_named
from indexing.search.request import FACETS

DOCUMENTS_A_PAGE = 10
MOST_GROUPS = 60
_SCOPES_AT_ONCE = 50


def field_of(group_by: str) -> str:
    """Return the keyword field of a grouping, a facet's or ``document_id``, by its name in any language, else empty."""
    own = field_named(group_by)
    return own if own == "document_id" or own in FACETS else ""


def group_by_value(plans: list[Plan], field: str, engine: Engine) -> list[RankedHit]:
    """Return the best of every value of ``field``, the group with the best hit first."""
    groups = [_group(plans, field, value, engine) for value in _values(plans, field, engine)]
    return [one for group in sorted(filter(None, groups), key=lambda group: group[0].ranked.key) for one in group]


def fuse_by_value(plans: list[Plan], field: str, fuser: HybridRetriever) -> list[RankedHit]:
    """Return the best of every value of ``field`` by words and meaning, asked for each value by itself.

    The group of what is best among all comes first, then the group of what is closest in meaning.
    """
    best = {one.ranked.shown.id: place for place, one in enumerate(fuser.order(plans))}
    groups: list[tuple[int, str, list[RankedHit]]] = []
    for value in _values(fuser.bound(plans), field, fuser.engine):
        placed = fuser.order(_within(plans, field, value), value)[: plans[0].limit]
        place = min((best.get(one.ranked.shown.id, len(best)) for one in placed), default=len(best))
        groups.append((place, value, placed))
    return [one for _, _, placed in sorted(groups, key=lambda group: group[:2]) for one in placed]


def fuse_by_document(order: list[RankedHit], limit: int, skipped: int) -> tuple[list[RankedHit], int]:
    """Return the best ``limit`` scopes of the documents after ``skipped`` ones, and how many documents that reaches."""
    documents: dict[str, list[RankedHit]] = {}
    for one in order:
        document = one.ranked.shown.document_id
        documents.setdefault(document, []).append(replace(one, group=document))
    shown = list(documents.values())[skipped : skipped + DOCUMENTS_A_PAGE]
    return [one for scopes in shown for one in scopes[:limit]], skipped + len(shown)


def _values(plans: list[Plan], field: str, engine: Engine) -> list[str]:
    """Return the values of ``field`` that most of what the plans find has."""
    counts: Counter[str] = Counter()
    for plan in plans:
        counts.update(dict(engine.search(_counting(plan, field)).facets[field]))
    return sorted(counts, key=lambda value: (-counts[value], value))[:MOST_GROUPS]


def _within(plans: list[Plan], field: str, value: str) -> list[Plan]:
    within = (field, Keyword(field, (value,)))
    return [replace(plan, filters=(*plan.filters, within), facets=(), after="") for plan in plans]


def group_by_document(plans: list[Plan], engine: Engine) -> tuple[list[RankedHit], dict[str, str]]:
    """Return the best scopes of the next documents, and where to go on in each partition (empty at the end).

    A document's place is that of its best scope; one whose best scope came before was shown on an earlier page.
    """
    shown: list[RankedHit] = []
    seen: set[str] = set()
    documents = 0
    reached = {plan.partition: plan.after for plan in plans}
    for placed in _ranked(plans, engine):
        document = placed.ranked.shown.document_id
        if document not in seen:
            if documents == DOCUMENTS_A_PAGE:
                return shown, reached
            seen.add(document)
            group = _group(plans, "document_id", document, engine)
            if group and group[0].ranked.shown.id == placed.ranked.shown.id:
                shown += group
                documents += 1
        reached[placed.partition] = placed.ranked.cursor
    return shown, {}


def _counting(plan: Plan, field: str) -> Plan:
    """Return the plan that counts the values of ``field`` under every filter, its own too."""
    own = tuple(clause for name, clause in plan.filters if name == field)
    others = tuple(one for one in plan.filters if one[0] != field)
    return replace(plan, match=Must((plan.match, *own)), filters=others, facets=(field,), limit=1, after="")


def _group(plans: list[Plan], field: str, value: str, engine: Engine) -> list[RankedHit]:
    narrowed = _within(plans, field, value)
    return merge_rankings({plan.partition: engine.search(plan) for plan in narrowed}, plans[0].limit, value)


def _ranked(plans: list[Plan], engine: Engine) -> Iterator[RankedHit]:
    """Yield all scopes of all partitions in their common order."""
    while plans:
        asked = [replace(plan, limit=_SCOPES_AT_ONCE, facets=()) for plan in plans]
        found = {plan.partition: engine.search(plan) for plan in asked}
        batch = merge_rankings(found, _SCOPES_AT_ONCE)
        yield from batch
        if len(batch) < _SCOPES_AT_ONCE:
            return
        reached = {one.partition: one.ranked.cursor for one in batch}
        plans = [replace(plan, after=reached.get(plan.partition, plan.after)) for plan in plans]
