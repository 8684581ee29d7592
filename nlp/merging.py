"""One set of spans out of many: of two that say different things of the same words, the longer and surer stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nlp.annotations import Span
from nlp.resource import load


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order of their start, without rivals.

    A span stays inside another one only where ``resources/nesting.yaml`` lets its label stand in the other's: the
    country in a court's name, the date in a citation. Everything else that overlaps is a rival; the longer one stays,
    of two that are equally long the one with readings, then the surer one.
    """
    kept = [span for cluster in _clusters(_distinct(spans)) for span in _without_rivals(_extended(cluster))]
    return tuple(sorted(kept, key=lambda span: (span.start, -span.end)))


def _distinct(spans: Iterable[Span]) -> list[Span]:
    """Return the best of the spans with the same range and label, by start."""
    best: dict[tuple[int, int, str], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.label)
        if span.start < span.end and (key not in best or _rank(best[key]) < _rank(span)):
            best[key] = span
    return sorted(best.values(), key=lambda span: span.start)


def _clusters(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the groups of spans that hang together by overlapping."""
    cluster: list[Span] = []
    reached = 0
    for span in spans:
        if cluster and span.start >= reached:
            yield cluster
            cluster = []
        cluster.append(span)
        reached = max(reached, span.end)
    if cluster:
        yield cluster


def _extended(cluster: list[Span]) -> list[Span]:
    """Lengthen names of courts and authorities over the country that begins inside them."""
    longer: set[str] = set(load("nesting")["extended"])
    ends = {
        span.start: max((other.end for other in cluster if _begins_in(other, span)), default=span.end)
        for span in cluster
        if span.label in longer
    }
    return [
        replace(span, end=ends[span.start]) if span.label in longer and ends[span.start] > span.end else span
        for span in cluster
    ]


def _begins_in(other: Span, span: Span) -> bool:
    return other.label in ("COUNTRY", "LOCATION") and span.start < other.start < span.end


def _without_rivals(cluster: list[Span]) -> list[Span]:
    if len(cluster) == 1:
        return cluster
    kept: list[Span] = []
    for span in sorted(cluster, key=_rank, reverse=True):
        if all(_compatible(span, other) for other in kept):
            kept.append(span)
    return kept


def _compatible(span: Span, outer: Span) -> bool:
    if span.end <= outer.start or outer.end <= span.start:
        return True
    inside = outer.start <= span.start and span.end <= outer.end
    return inside and span.label in load("nesting")["inside"].get(outer.label, ())


def _rank(span: Span) -> tuple[int, bool, float, int]:
    order: list[str] = load("nesting")["order"]
    place = order.index(span.label) if span.label in order else len(order)
    return span.end - span.start, bool(span.readings), span.confidence, -place
