"""Facet counts of the result list.

What has the words is counted wholly; of the rest the list shows only what is fused, and that is what is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexing.engines.plan import Clause, Keyword, Must, MustNot, Plan, Should
from indexing.engines.protocol import Engine, EngineResult
from indexing.search.fusion import RankedHit
from indexing.search.hybrid_retriever import HybridRetriever
from indexing.search.request import FacetValue, SearchRequest

Counts = Mapping[str, Counter[str]]


def facets_of(
    request: SearchRequest,
    plans: Sequence[Plan],
    found: Mapping[str, EngineResult],
    fuser: HybridRetriever | None,
    order: Sequence[RankedHit],
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the facets of what words ``found`` and of the fused ``order``.

    By meaning alone there are no words to count apart.
    """
    counts = _sums((name, one.facets.get(name, ())) for name in request.facets for one in found.values())
    beside = _sums(_beside(plans, fuser, order)) if fuser and request.facets else {}
    if fuser and not fuser.words:
        counts, beside = _sums((name, one.items()) for side in (counts, beside) for name, one in side.items()), {}
    return {name: _values(counts.get(name, Counter()), beside.get(name, Counter())) for name in request.facets}


def _values(counts: Counter[str], beside: Counter[str]) -> tuple[FacetValue, ...]:
    values = (FacetValue(value, counts[value], beside[value]) for value in counts | beside)
    return tuple(sorted(values, key=lambda one: (-one.count, -one.beside, one.value)))


def _beside(
    plans: Sequence[Plan], fuser: HybridRetriever, order: Sequence[RankedHit]
) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    """Yield the counts of every facet; one with a filter of its own counts what is fused without that filter."""
    filtered = {name for plan in plans for name, _ in plan.filters}
    for plan in plans:
        free = tuple(name for name in plan.facets if name not in filtered)
        yield from _counted(fuser.engine, plan, free, Must((*_among(order, plan), _has_no_words(plan))))
    for name in {name for plan in plans for name in plan.facets} & filtered:
        unfiltered = [replace(plan, filters=tuple(one for one in plan.filters if one[0] != name)) for plan in plans]
        others = fuser.beside(unfiltered)
        for plan in unfiltered:
            match = Must((*_among(others, plan), _has_no_words(plan), *fuser.kept_apart(others)))
            yield from _counted(fuser.engine, plan, (name,), match)


def _among(placed: Iterable[RankedHit], plan: Plan) -> tuple[Clause, ...]:
    return (Keyword("scope_id", tuple(one.ranked.shown.scope_id for one in placed if one.partition == plan.partition)),)


def _has_no_words(plan: Plan) -> Clause:
    return MustNot(Should((plan.match, Keyword("identity", plan.pinned))) if plan.pinned else plan.match)


def _counted(
    engine: Engine, plan: Plan, names: tuple[str, ...], match: Clause
) -> Iterator[tuple[str, Iterable[tuple[str, int]]]]:
    if names:
        asked = replace(plan, match=match, pinned=(), sort="relevance", limit=1, after="", facets=names)
        yield from engine.search(asked).facets.items()


def _sums(counted: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> Counts:
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, values in counted:
        sums[name].update(dict(values))
    return sums
