"""Facet counts of the result list.

All hits by words are counted; of other hits only those in the fused order, because only these are listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexing.engines.plan import Clause, Keyword, Must, MustNot, Plan, Should
from indexing.engines.protocol import Engine, EngineResult
from indexing.search.fusion import Origin, RankedHit
from indexing.search.hybrid_retriever import WINDOW, HybridRetriever
from indexing.search.request import TAG, FacetValue, SearchRequest
from indexing.search.tags import TaggedDocuments

Counts = Mapping[str, Counter[str]]


def facets_of(
    request: SearchRequest,
    plans: Sequence[Plan],
    found: Mapping[str, EngineResult],
    retriever: HybridRetriever | None,
    order: Sequence[RankedHit],
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the facets in the index of the lexical results ``found`` and of the fused ``order``.

    In the mode ``meaning`` there are no lexical results, so all counts are ``count`` and none ``beside``.
    """
    counts = _sums((name, result.facets.get(name, ())) for name in request.facets for result in found.values())
    unfiltered = _hits_without_filter(plans, retriever) if retriever else {}
    beside = _sums(_counts_without_words(plans, retriever, order, unfiltered)) if retriever else {}
    if retriever and not retriever.words:
        counts, beside = _sums((name, values.items()) for side in (counts, beside) for name, values in side.items()), {}
    is_cut = retriever is not None and _is_cut(order, retriever)
    return {
        name: _values(
            counts.get(name, Counter()),
            beside.get(name, Counter()),
            len(unfiltered[name]) >= WINDOW if name in unfiltered else is_cut,
        )
        for name in request.facets
        if name != TAG
    }


def tag_facet(
    tags: TaggedDocuments,
    plans: Sequence[Plan],
    engine: Engine,
    retriever: HybridRetriever | None,
    order: Sequence[RankedHit],
) -> tuple[FacetValue, ...]:
    """Return the facet of tags, counted as those of :func:`facets_of`."""
    unfiltered = [_without(plan, TAG) for plan in plans]
    counted = [*tags.most_used()]
    counts = Counter({tag: _lexical_count(unfiltered, engine, documents) for tag, documents in counted})
    others, is_cut = Counter[str](), False
    if retriever:
        hits = order if unfiltered == plans else retriever.beside(unfiltered)
        is_cut = _is_cut(order, retriever) if unfiltered == plans else len(hits) >= WINDOW
        found = Counter(_documents_without_words(unfiltered, retriever, hits))
        others.update({tag: sum(found[document] for document in documents) for tag, documents in counted})
        if not retriever.words:
            counts, others = counts + others, Counter()
    return tuple(value for value in _values(counts, others, is_cut) if value.count + value.beside)


def _lexical_count(plans: Sequence[Plan], engine: Engine, documents: tuple[str, ...]) -> int:
    """Return the number of scopes that ``plans`` find in ``documents``."""
    among = (TAG, Keyword("document_id", documents))
    counting = (replace(plan, filters=(*plan.filters, among), limit=0, after="", facets=()) for plan in plans)
    return sum(engine.search(plan).total for plan in counting)


def _documents_without_words(
    plans: Sequence[Plan], retriever: HybridRetriever, hits: Sequence[RankedHit]
) -> Iterator[str]:
    """Yield the document of each of ``hits`` that has none of the words and no other meaning of them."""
    for plan in plans if hits else ():
        match = Must((*_among(hits, plan), _has_no_words(plan), *retriever.false_friend_exclusions(hits)))
        listing = replace(plan, match=match, pinned=(), sort="relevance", limit=len(hits), after="", facets=())
        yield from (ranked.shown.document_id for ranked in retriever.engine.search(listing).ranked)


def _is_cut(order: Sequence[RankedHit], retriever: HybridRetriever) -> bool:
    """Return whether labels or meaning may find more than ``order`` has: so many hits fill the window of a ranking."""
    found = sum(hit.named or hit.origin is not Origin.WORDS for hit in order)
    return found + len(retriever.left_out) >= WINDOW


def _values(counts: Counter[str], beside: Counter[str], at_least: bool) -> tuple[FacetValue, ...]:
    values = (FacetValue(value, counts[value], beside[value], at_least) for value in counts | beside)
    return tuple(sorted(values, key=lambda facet: (-facet.count, -facet.beside, facet.value)))


def _hits_without_filter(plans: Sequence[Plan], retriever: HybridRetriever) -> dict[str, list[RankedHit]]:
    """Return for each filtered facet the hits by labels and meaning without its own filter."""
    filtered = {name for plan in plans for name, _ in plan.filters}
    names = {name for plan in plans for name in plan.facets} & filtered
    return {name: retriever.beside([_without(plan, name) for plan in plans]) for name in names}


def _without(plan: Plan, name: str) -> Plan:
    return replace(plan, filters=tuple(item for item in plan.filters if item[0] != name))


def _counts_without_words(
    plans: Sequence[Plan],
    retriever: HybridRetriever,
    order: Sequence[RankedHit],
    unfiltered: Mapping[str, Sequence[RankedHit]],
) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    """Yield the counts of hits without words for each facet; a filtered one is counted among ``unfiltered``."""
    for plan in plans:
        free = tuple(name for name in plan.facets if name not in unfiltered)
        yield from _counted(retriever.engine, plan, free, Must((*_among(order, plan), _has_no_words(plan))))
    for name, others in unfiltered.items():
        for plan in (_without(plan, name) for plan in plans):
            match = Must((*_among(others, plan), _has_no_words(plan), *retriever.false_friend_exclusions(others)))
            yield from _counted(retriever.engine, plan, (name,), match)


def _among(hits: Iterable[RankedHit], plan: Plan) -> tuple[Clause, ...]:
    ids = tuple(hit.ranked.shown.scope_id for hit in hits if hit.partition == plan.partition)
    return (Keyword("scope_id", ids),)


def _has_no_words(plan: Plan) -> Clause:
    return MustNot(Should((plan.match, Keyword("identity", plan.pinned))) if plan.pinned else plan.match)


def _counted(
    engine: Engine, plan: Plan, names: tuple[str, ...], match: Clause
) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    if names:
        counting = replace(plan, match=match, pinned=(), sort="relevance", limit=1, after="", facets=names)
        yield from engine.search(counting).facets.items()


def _sums(counted: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> Counts:
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, values in counted:
        sums[name].update(dict(values))
    return sums
