"""Paging: cursors, and continuation after the fused order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec

from extraction.errors import RogatioError
from indexing.analysis.folding import fold
from indexing.engines.plan import Keyword, MustNot, Plan
from indexing.engines.protocol import EngineResult
from indexing.records.retrieval_units import day
from indexing.records.stored_fields import StoredFields
from indexing.search.fusion import RankedHit, merge_rankings
from indexing.search.grouping import field_of, fuse_by_document, fuse_by_value, group_by_document
from indexing.search.hybrid_retriever import HybridRetriever
from indexing.search.request import SearchRequest

_LAST_DAY = 99_999_999
_ORDERS: Mapping[str, Callable[[StoredFields], int | str]] = {
    "newest": lambda scope: -day(scope.date),
    "oldest": lambda scope: day(scope.date) or _LAST_DAY,
    "title": lambda scope: fold(scope.title),
}
_FUSED = ""  # cursor key of the fused order; no partition has that name


def cursors_of(after: str) -> dict[str, str]:
    """Return the position in each partition from a cursor; raises ``indexing.cursor_unreadable``."""
    try:
        return msgspec.json.decode(bytes.fromhex(after), type=dict[str, str]) if after else {}
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error


def cursor_of(reached: Mapping[str, str]) -> str:
    """Return a printable cursor of the position in each partition, ``""`` for none."""
    return msgspec.json.encode(reached).hex() if reached else ""


def page_of_fused(
    request: SearchRequest, plans: list[Plan], found: Mapping[str, EngineResult], retriever: HybridRetriever
) -> tuple[list[RankedHit], str, list[RankedHit]]:
    """Return a page of the fused order, the cursor after it, and the whole fused order.

    Groups by value have a single page. After the fused order the remaining lexical hits follow.
    """
    field = field_of(request.group_by)
    if field and field != "document_id":
        page = fuse_by_value(plans, field, retriever)
        return page, "", page
    order = retriever.order(plans, found=found)
    if request.sort != "relevance":
        order.sort(key=lambda hit: _ORDERS[request.sort](hit.ranked.shown))
    turn = _by_document if field else _by_scope
    page, after = turn(request, order, plans, retriever)
    return page, after, order


def _by_scope(
    request: SearchRequest, order: list[RankedHit], plans: list[Plan], retriever: HybridRetriever
) -> tuple[list[RankedHit], str]:
    skipped = _skipped(request.after, len(order))
    page = order[skipped : skipped + request.limit]
    reached = skipped + len(page)
    room = request.limit - len(page)
    if reached < len(order) or not retriever.words or not room:
        return page, cursor_of({_FUSED: str(reached)}) if room == 0 and (
            reached < len(order) or retriever.words
        ) else ""
    shown = (*(hit.ranked.shown.scope_id for hit in order), *retriever.left_out)
    remaining = _remaining(plans, "scope_id", shown, request.after, room)
    rest = merge_rankings({plan.partition: retriever.engine.search(plan) for plan in remaining}, room)
    places = {plan.partition: plan.after for plan in remaining} | {hit.partition: hit.ranked.cursor for hit in rest}
    return [*page, *rest], cursor_of(places) if len(rest) == room else ""


def _by_document(
    request: SearchRequest, order: list[RankedHit], plans: list[Plan], retriever: HybridRetriever
) -> tuple[list[RankedHit], str]:
    documents = tuple(dict.fromkeys(hit.ranked.shown.document_id for hit in order))
    page, reached = fuse_by_document(order, request.limit, _skipped(request.after, len(documents)))
    if page or not retriever.words:
        more = reached < len(documents) or retriever.words
        return page, cursor_of({_FUSED: str(reached)}) if page and more else ""
    rest, places = group_by_document(
        _remaining(plans, "document_id", documents, request.after, request.limit), retriever.engine
    )
    return rest, cursor_of(places)


def _remaining(plans: list[Plan], field: str, shown: tuple[str, ...], after: str, limit: int) -> list[Plan]:
    """Return the plans of lexical hits other than those ``shown``."""
    cursors = cursors_of(after)
    without = (field, MustNot(Keyword(field, shown)))
    return [
        replace(plan, filters=(*plan.filters, without), limit=limit, after=cursors.get(plan.partition, ""), facets=())
        for plan in plans
    ]


def _skipped(after: str, length: int) -> int:
    """Return how many hits of the fused order were shown: all if the cursor is after it."""
    cursors = cursors_of(after)
    position = cursors.get(_FUSED, str(length) if cursors else "0")
    if not position.isdecimal() or len(position) > 9:
        raise RogatioError("indexing.cursor_unreadable")
    return min(int(position), length)
