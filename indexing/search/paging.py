"""Pages of any depth: cursors, and continuation of the fused order."""

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
_FUSED = ""  # the key of a cursor within the fused order; no partition has that name


def cursors_of(after: str) -> dict[str, str]:
    """Read a cursor: where to go on in each partition."""
    try:
        return msgspec.json.decode(bytes.fromhex(after), type=dict[str, str]) if after else {}
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error


def cursor_of(reached: Mapping[str, str]) -> str:
    """Return where to go on in each partition as one printable word, empty for nowhere."""
    return msgspec.json.encode(reached).hex() if reached else ""


def page_of_fused(
    request: SearchRequest, plans: list[Plan], found: Mapping[str, EngineResult], fuser: HybridRetriever
) -> tuple[list[RankedHit], str, list[RankedHit]]:
    """Return a page of the fused order, the cursor behind it, and all that is fused.

    Groups by value have no further pages. Behind the head of the order come the other hits by words.
    """
    field = field_of(request.group_by)
    if field and field != "document_id":
        placed = fuse_by_value(plans, field, fuser)
        return placed, "", placed
    order = fuser.order(plans, found=found)
    if request.sort != "relevance":
        order.sort(key=lambda one: _ORDERS[request.sort](one.ranked.shown))
    turned = _by_document if field else _by_scope
    placed, after = turned(request, order, plans, fuser)
    return placed, after, order


def _by_scope(
    request: SearchRequest, order: list[RankedHit], plans: list[Plan], fuser: HybridRetriever
) -> tuple[list[RankedHit], str]:
    skipped = _skipped(request.after, len(order))
    page = order[skipped : skipped + request.limit]
    reached = skipped + len(page)
    room = request.limit - len(page)
    if reached < len(order) or not fuser.words or not room:
        return page, cursor_of({_FUSED: str(reached)}) if room == 0 and (reached < len(order) or fuser.words) else ""
    shown = (*(one.ranked.shown.scope_id for one in order), *fuser.left_out)
    behind = _behind(plans, "scope_id", shown, request.after, room)
    rest = merge_rankings({plan.partition: fuser.engine.search(plan) for plan in behind}, room)
    places = {plan.partition: plan.after for plan in behind} | {one.partition: one.ranked.cursor for one in rest}
    return [*page, *rest], cursor_of(places) if len(rest) == room else ""


def _by_document(
    request: SearchRequest, order: list[RankedHit], plans: list[Plan], fuser: HybridRetriever
) -> tuple[list[RankedHit], str]:
    documents = tuple(dict.fromkeys(one.ranked.shown.document_id for one in order))
    page, reached = fuse_by_document(order, request.limit, _skipped(request.after, len(documents)))
    if page or not fuser.words:
        more = reached < len(documents) or fuser.words
        return page, cursor_of({_FUSED: str(reached)}) if page and more else ""
    rest, places = group_by_document(
        _behind(plans, "document_id", documents, request.after, request.limit), fuser.engine
    )
    return rest, cursor_of(places)


def _behind(plans: list[Plan], field: str, shown: tuple[str, ...], after: str, limit: int) -> list[Plan]:
    """Return the plans of what words find beyond what was ``shown``."""
    cursors = cursors_of(after)
    without = (field, MustNot(Keyword(field, shown)))
    return [
        replace(plan, filters=(*plan.filters, without), limit=limit, after=cursors.get(plan.partition, ""), facets=())
        for plan in plans
    ]


def _skipped(after: str, length: int) -> int:
    """Return how many of the fused order were shown: all of them where the cursor is one behind it."""
    cursors = cursors_of(after)
    told = cursors.get(_FUSED, str(length) if cursors else "0")
    if not told.isdecimal() or len(told) > 9:
        raise RogatioError("indexing.cursor_unreadable")
    return min(int(told), length)
