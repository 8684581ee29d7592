"""One set of spans out of many: of two that say different things of the same words, the longer and surer stays.

The trained model reads every name with what stands around it; rules and lists know what courts, laws and states are
called, and which one is meant. So where both see one mention, the model says where it ends unless the rule is one
that knows better, and the rule says what it is. ``resources/nesting.yaml`` holds all that is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from nlp.annotations import Span
from nlp.resource import load


def merge(spans: Iterable[Span], model: str = "") -> tuple[Span, ...]:
    """Return ``spans`` in order of their start, without rivals.

    ``model`` is the origin of the trained model that read the text, empty where none did: then what a rule is not sure
    of stays only where the model sees the same. A span stays inside another one only where its label may stand in the
    other's: the date in a citation. Everything else that overlaps is a rival; the longer one stays, of two that are
    equally long the one with readings, then the surer one.
    """
    found = _distinct(spans)
    if model:
        found = _distinct(span for cluster in _clusters(found) for span in _joined(cluster, model))
    kept = [span for cluster in _clusters(found) for span in _without_rivals(_extended(cluster))]
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


# ---------- the model beside the rules ----------


def _joined(cluster: Sequence[Span], model: str) -> Iterator[Span]:
    """Yield the mentions that the model sees, each with what rules know of it, and the rules that stand alone."""
    rules = [span for span in cluster if span.origin != model]
    whole = [span for span in cluster if span.origin == model and span.label in _nesting()["whole"]]
    for seen in (span for span in cluster if span.origin == model):
        same = [rule for rule in rules if _overlap(seen, rule) and _family(seen.label) == _family(rule.label)]
        rules = [rule for rule in rules if rule not in same]
        yield from _one_mention(seen, same, rules)
    yield from (rule for rule in rules if _stands_alone(rule) and not any(_within(rule, name) for name in whole))


def _one_mention(seen: Span, same: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yield what the model and the ``same`` rules see as one span: edges of the one, label and value of the other."""
    cited = [rule for rule in same if rule.readings]
    if len(cited) > 1:
        yield from cited
    elif cited:
        yield _cited(seen, cited[0], others)
    else:
        yield _named(seen, max(same, key=_rank)) if same else seen


def _cited(seen: Span, rule: Span, others: Sequence[Span]) -> Span:
    """Return a citation: as long as either sees it, but without the date of a law that the model leaves out."""
    end = max(seen.end, rule.end)
    if any(other.label == "DATE" and seen.end <= other.start and other.end == end for other in others):
        end = seen.end
    confidence = max(seen.confidence, rule.confidence)
    return replace(rule, start=min(seen.start, rule.start), end=end, confidence=confidence)


def _named(seen: Span, rule: Span) -> Span:
    """Return a name: a pattern knows by the first word what it is of, and less well than the model where it ends."""
    confidence = max(seen.confidence, rule.confidence)
    if _source(rule) in _nesting()["lists"] and _within(seen, rule):
        return replace(rule, confidence=confidence)
    if _source(rule) in _nesting()["heads"] and seen.start <= rule.start:
        return replace(rule, start=seen.start, end=seen.end, value=seen.value, confidence=confidence)
    return seen


def _stands_alone(rule: Span) -> bool:
    """Say whether a rule is sure enough to be believed where the model sees nothing of its kind."""
    needed: dict[str, float] = _nesting()["alone"]
    return rule.confidence >= needed.get(_source(rule), 0.0)


@cache
def _family(label: str) -> str:
    families: dict[str, list[str]] = _nesting()["families"]
    return next((name for name, labels in families.items() if label in labels), label)


def _source(span: Span) -> str:
    return span.origin.partition("@")[0]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


# ---------- rivals ----------


def _extended(cluster: list[Span]) -> list[Span]:
    """Lengthen names of courts and authorities over the country that begins inside them."""
    return [_lengthened(span, cluster) if span.label in _nesting()["extended"] else span for span in cluster]


def _lengthened(span: Span, cluster: Sequence[Span]) -> Span:
    begun = (
        other.end
        for other in cluster
        if other.label in ("COUNTRY", "LOCATION") and span.start < other.start < span.end < other.end
    )
    return replace(span, end=max(begun, default=span.end))


def _without_rivals(cluster: list[Span]) -> list[Span]:
    if len(cluster) == 1:
        return cluster
    kept: list[Span] = []
    for span in sorted(cluster, key=_rank, reverse=True):
        if all(_compatible(span, other) for other in kept):
            kept.append(span)
    return kept


def _compatible(span: Span, outer: Span) -> bool:
    if not _overlap(span, outer):
        return True
    return _within(span, outer) and span.label in _nesting()["inside"].get(outer.label, ())


def _rank(span: Span) -> tuple[int, bool, float, int]:
    order: list[str] = _nesting()["order"]
    place = order.index(span.label) if span.label in order else len(order)
    return span.end - span.start, bool(span.readings), span.confidence, -place


def _nesting() -> dict[str, Any]:
    nesting: dict[str, Any] = load("nesting")
    return nesting
