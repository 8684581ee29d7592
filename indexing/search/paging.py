"""Pages of results: cursors, continuation after the fused order, and groups by document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import msgspec

from extraction.errors import RogatioError
from indexing.analysis.folding import fold
from indexing.engines.plan import Keyword, MustNot, Plan
from indexing.engines.protocol import Engine, EngineResult
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import day
from indexing.search.fusion import RankedHit, merge_rankings
from indexing.search.grouping import fuse_by_value
from indexing.search.hybrid_retriever import HybridRetriever
from indexing.search.query_fields import field_name_of
from indexing.search.request import INDEXED_FACETS, SearchRequest

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


DOCUMENTS_A_PAGE = 10
_SCOPES_AT_ONCE = 50


def field_of(group_by: str) -> str:
    """Return the keyword field of a grouping by its name in any language: ``document_id`` or a facet; else ``""``."""
    own = field_name_of(group_by) if group_by else ""
    return own if own == "document_id" or own in INDEXED_FACETS else ""


def fuse_by_document(order: list[RankedHit], limit: int, skipped: int) -> tuple[list[RankedHit], int]:
    """Return the best ``limit`` hits of each document after ``skipped`` documents, and the new number skipped."""
    documents: dict[str, list[RankedHit]] = {}
    for hit in order:
        document = hit.ranked.shown.document_id
        documents.setdefault(document, []).append(replace(hit, group=document))
    shown = list(documents.values())[skipped : skipped + DOCUMENTS_A_PAGE]
    return [hit for hits in shown for hit in hits[:limit]], skipped + len(shown)


def group_by_document(plans: list[Plan], engine: Engine) -> tuple[list[RankedHit], dict[str, str]]:
    """Return the best hits of the next documents, and a cursor per partition (empty at the end).

    The rank of a document is that of its best hit; if that precedes the cursor, it was shown on an earlier page.
    """
    shown: list[RankedHit] = []
    seen: set[str] = set()
    documents = 0
    reached = {plan.partition: plan.after for plan in plans}
    for hit in _ranked(plans, engine):
        document = hit.ranked.shown.document_id
        if document not in seen:
            if documents == DOCUMENTS_A_PAGE:
                return shown, reached
            seen.add(document)
            group = _of_document(plans, document, engine)
            if group and group[0].ranked.shown.id == hit.ranked.shown.id:
                shown += group
                documents += 1
        reached[hit.partition] = hit.ranked.cursor
    return shown, {}


def _of_document(plans: list[Plan], document: str, engine: Engine) -> list[RankedHit]:
    """Return the best hits of a document."""
    within = ("document_id", Keyword("document_id", (document,)))
    narrowed = [replace(plan, filters=(*plan.filters, within), facets=(), after="") for plan in plans]
    return merge_rankings({plan.partition: engine.search(plan) for plan in narrowed}, plans[0].limit, document)


def _ranked(plans: list[Plan], engine: Engine) -> Iterator[RankedHit]:
    """Yield all hits of all partitions in their common order."""
    while plans:
        pages = [replace(plan, limit=_SCOPES_AT_ONCE, facets=()) for plan in plans]
        found = {plan.partition: engine.search(plan) for plan in pages}
        batch = merge_rankings(found, _SCOPES_AT_ONCE)
        yield from batch
        if len(batch) < _SCOPES_AT_ONCE:
            return
        reached = {hit.partition: hit.ranked.cursor for hit in batch}
        plans = [replace(plan, after=reached.get(plan.partition, plan.after)) for plan in plans]
