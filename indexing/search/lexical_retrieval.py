"""Lexical retrieval, relaxed until a page is full."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexing.access import AccessFilter
from indexing.engines.plan import Keyword, Plan
from indexing.engines.protocol import Engine, EngineResult
from indexing.search.clauses import RELAXATIONS
from indexing.search.hybrid_retriever import WINDOW, HybridRetriever
from indexing.search.plans import plans_of
from indexing.search.query_citations import QueryCitations
from indexing.search.query_tree import Query, has_bare_words
from indexing.search.request import SearchRequest

_RELAXED_BESIDE_A_CITATION = 2
_PAGE = 10


@dataclass(frozen=True, slots=True)
class LexicalResult:
    """What the partitions found at the last relaxation; ``complete`` counts what they found at the first."""

    plans: list[Plan]
    found: dict[str, EngineResult]
    relaxed: int
    complete: int

    @property
    def total(self) -> int:
        return sum(one.total for one in self.found.values())


def retrieve_lexically(
    request: SearchRequest,
    query: Query,
    access: AccessFilter,
    engine: Engine,
    asked: QueryCitations,
    fuser: HybridRetriever | None = None,
) -> LexicalResult:
    """Ask for all words first, then for fewer until a page is full; beside a citation not for any one of them.

    The figures of a citation that is not held are no words to fill a page by: then only what cites it is found, and
    what has all of it.

    In groups a full page says nothing of the group that has few, so there all words and any are asked for at once.
    """
    if fuser and not fuser.words:
        return _close_alone(plans_of(request, query, access, 0, asked), fuser)
    if fuser:
        request = replace(request, after="")  # what follows the fused hits is asked for by itself
    most = _RELAXED_BESIDE_A_CITATION if asked.pinned else RELAXATIONS
    if not has_bare_words(query) or (asked.whole and not asked.pinned) or request.among:
        most = 0
    complete = 0
    for step in (0, most) if request.group_by and most else range(most + 1):
        plans = plans_of(request, query, access, step, asked)
        size = max(WINDOW, request.limit) if fuser else request.limit
        found = {plan.partition: engine.search(replace(plan, limit=size)) for plan in plans}
        answer = LexicalResult(plans, found, step, complete)
        complete = complete if step else answer.total
        if answer.total >= min(request.limit, _PAGE) and not request.group_by:
            break
    return answer


def _close_alone(plans: list[Plan], fuser: HybridRetriever) -> LexicalResult:
    """Return what is closest in meaning as an answer that can be counted, sorted and filtered like any other."""
    ids = tuple(one.ranked.shown.scope_id for one in fuser.order(plans))
    plans = [replace(plan, match=Keyword("scope_id", ids), pinned=()) for plan in plans]
    return LexicalResult(plans, {plan.partition: fuser.engine.search(plan) for plan in plans}, 0, len(ids))


def relaxations(answer: LexicalResult, asked: QueryCitations) -> tuple[str, ...]:
    """Say that words are missing from some hits, unless what was cited is there and they only fill the page."""
    if not answer.relaxed or not answer.total or asked.pinned or answer.total == answer.complete:
        return ()
    return (f"filled:{answer.complete}" if answer.complete else f"relaxed:{answer.relaxed}",)
