"""Facet counts of the result list.

All hits by words are counted; of other hits only those in the fused order, because only these are listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexing.engines.plan import Clause, Keyword, Must, MustNot, Plan, Should
from indexing.engines.protocol import Engine, EngineResult
from indexing.search.fusion import RankedHit
from indexing.search.hybrid_retriever import HybridRetriever
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
    beside = _sums(_counts_without_words(plans, retriever, order)) if retriever else {}
    if retriever and not retriever.words:
        counts, beside = _sums((name, values.items()) for side in (counts, beside) for name, values in side.items()), {}
    names = [name for name in request.facets if name != TAG]
    return {name: _values(counts.get(name, Counter()), beside.get(name, Counter())) for name in names}


def tag_facet(
    tags: TaggedDocuments,
    plans: Sequence[Plan],
    engine: Engine,
    retriever: HybridRetriever | None,
    order: Sequence[RankedHit],
) -> tuple[FacetValue, ...]:
    """Return the facet of tags, counted as those of :func:`facets_of`."""
    unfiltered = [replace(plan, filters=tuple(item for item in plan.filters if item[0] != TAG)) for plan in plans]
    counted = [*tags.most_used()]
    counts = Counter({tag: _lexical_count(unfiltered, engine, documents) for tag, documents in counted})
    others = Counter[str]()
    if retriever:
        hits = order if unfiltered == plans else retriever.beside(unfiltered)
        found = Counter(_documents_without_words(unfiltered, retriever, hits))
        others.update({tag: sum(found[document] for document in documents) for tag, documents in counted})
        if not retriever.words:
            counts, others = counts + others, Counter()
    return tuple(value for value in _values(counts, others) if value.count + value.beside)


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
        match = Must((*_among(hits, plan), _has_no_words(plan), *retriever.kept_apart(hits)))
        listing = replace(plan, match=match, pinned=(), sort="relevance", limit=len(hits), after="", facets=())
        yield from (ranked.shown.document_id for ranked in retriever.engine.search(listing).ranked)


def _values(counts: Counter[str], beside: Counter[str]) -> tuple[FacetValue, ...]:
    values = (FacetValue(value, counts[value], beside[value]) for value in counts | beside)
    return tuple(sorted(values, key=lambda facet: (-facet.count, -facet.beside, facet.value)))


def _counts_without_words(
    plans: Sequence[Plan], retriever: HybridRetriever, order: Sequence[RankedHit]
) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    """Yield the counts of hits without words for each facet; a filtered facet is counted without its own filter."""
    filtered = {name for plan in plans for name, _ in plan.filters}
    for plan in plans:
        free = tuple(name for name in plan.facets if name not in filtered)
        yield from _counted(retriever.engine, plan, free, Must((*_among(order, plan), _has_no_words(plan))))
    for name in {name for plan in plans for name in plan.facets} & filtered:
        unfiltered = [replace(plan, filters=tuple(item for item in plan.filters if item[0] != name)) for plan in plans]
        others = retriever.beside(unfiltered)
        for plan in unfiltered:
            match = Must((*_among(others, plan), _has_no_words(plan), *retriever.kept_apart(others)))
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
