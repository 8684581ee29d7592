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

from extraction.resource import load
from nlp.annotations import Span

# A citation that says an article and not the law, and that the model does not take for a law.
REFERENCE = "REFERENCE"


def merge(spans: Iterable[Span], text: str = "", model: str = "") -> tuple[Span, ...]:
    """Return ``spans`` of ``text`` in order of their start, without rivals.

    ``model`` is the origin of the trained model that read the text, empty where none did: then what a rule is not sure
    of is left out, or is no more than a reference, where the model sees nothing of its kind. A span stays inside
    another one only where its label may stand in the other's: the date in a citation. Everything else that overlaps is
    a rival; the longer one stays, of two that are equally long the one with readings, then the surer one.
    """
    found = _distinct(spans, model)
    if model:
        found = _distinct(span for cluster in _clusters(found) for span in _joined(cluster, text, model))
    kept = [span for cluster in _clusters(found) for span in _without_rivals(_extended(cluster))]
    return tuple(sorted(kept, key=lambda span: (span.start, -span.end)))


def _distinct(spans: Iterable[Span], model: str = "") -> list[Span]:
    """Return the best of the spans with the same range and label, by start; those of ``model`` are kept apart."""
    best: dict[tuple[int, int, str, bool], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.label, span.origin == model)
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


def _joined(cluster: Sequence[Span], text: str, model: str) -> Iterator[Span]:
    """Yield the mentions that the model sees, each with what rules know of it, and the rules that stand alone."""
    seen = [span for span in cluster if span.origin == model]
    rules = [span for span in cluster if span.origin != model]
    for name in seen:
        same = [rule for rule in rules if _overlap(name, rule) and _family(name.label) == _family(rule.label)]
        rules = [rule for rule in rules if rule not in same]
        yield from _one_mention(name, same, cluster, text)
    whole = [name for name in seen if name.label in _nesting()["whole"]]
    for rule in rules:
        if not any(_within(rule, name) for name in whole):
            yield from _rule_alone(rule)


def _one_mention(seen: Span, same: Sequence[Span], cluster: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield what the model and the ``same`` rules see as one span: edges of the one, label and value of the other."""
    cited = [rule for rule in same if rule.readings]
    if len(cited) > 1:
        cited = [rule for rule in cited if not _is_inferred(rule)] or cited
    if len(cited) > 1:
        yield from cited
    elif cited:
        yield _cited(seen, cited[0], cluster)
    elif not same:
        yield from _seen_alone(seen, cluster)
    else:
        yield _named(seen, max(same, key=lambda rule: _likeness(seen, rule)), text)


def _cited(seen: Span, rule: Span, cluster: Sequence[Span]) -> Span:
    """Return a citation: as long as either sees it, but no further than to what the model calls something else."""
    end = max(seen.end, rule.end)
    if any(other.label in _nesting()["beside"] and seen.end <= other.start < end for other in cluster):
        end = seen.end
    confidence = max(seen.confidence, rule.confidence)
    return replace(rule, start=min(seen.start, rule.start), end=end, confidence=confidence)


def _named(seen: Span, rule: Span, text: str) -> Span:
    """Return a name as the model sees it, or as a rule does that sees more of it or knows that it ends before.

    What follows a comma or bracket is where a body is, not what it is called ("Juzgado 8 Penal de Lugo, Lugo").
    """
    if _source(rule) not in _nesting()["named"]:
        return seen
    ends_before = rule.start == seen.start and text[rule.end : seen.end].lstrip().startswith((",", "("))
    if _within(seen, rule) or ends_before:
        return replace(rule, confidence=max(seen.confidence, rule.confidence))
    return seen if rule.start != seen.start or _source(rule) in _nesting()["lists"] else _of_kind(seen, rule)


def _of_kind(seen: Span, rule: Span) -> Span:
    """Return the name that the model sees as what its first words say that it is."""
    confidence = max(seen.confidence, rule.confidence)
    return replace(rule, start=seen.start, end=seen.end, value=seen.value, confidence=confidence)


def _likeness(seen: Span, rule: Span) -> tuple[bool, bool, tuple[int, bool, float, int]]:
    return (rule.start, rule.end) == (seen.start, seen.end), rule.start == seen.start, _rank(rule)


def _seen_alone(seen: Span, cluster: Sequence[Span]) -> Iterator[Span]:
    """Yield what no rule sees as the model does, if it is sure enough of it and it is no number or amount."""
    needed: dict[str, float] = _nesting()["seen_alone"]
    counted = (other for other in cluster if _source(other) in _nesting()["counted"] and _overlap(seen, other))
    if seen.confidence >= needed.get(seen.label, 0.0) and not any(counted):
        yield seen


def _rule_alone(rule: Span) -> Iterator[Span]:
    """Yield a rule's span for which the model sees nothing of its kind, if the rule is sure enough."""
    needed: dict[str, float] = _nesting()["rule_alone"]
    if rule.confidence >= needed.get(_source(rule), 0.0):
        yield replace(rule, label=REFERENCE) if _is_inferred(rule) else rule


def _is_inferred(rule: Span) -> bool:
    """Say whether a citation names an article and leaves its law to be told from what stands before."""
    return "inferred" in rule.attributes


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
    nesting: dict[str, Any] = load("nlp.nesting")
    return nesting
