"""Merging of overlapping spans: the longer and more confident one is kept.

The rules are in ``resources/nesting.yaml``; ``model_and_rules`` combines the trained model with the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.entities.model_and_rules import combined_spans, rank
from nlp.ranges import nesting, overlap


def merge(spans: Iterable[Span], text: str = "", model: str = "") -> tuple[Span, ...]:
    """Return ``spans`` of ``text`` in order of their start, without conflicting spans.

    ``model`` is the origin of the trained model, empty if none was used. With a model, an uncertain span of a rule that
    the model does not confirm is omitted or reduced to a reference. A span may lie within another only if its label may
    be nested in the other's (a date in a citation). Of other overlapping spans the longest is kept; of equally long
    ones that with readings, then the more confident.
    """
    distinct = _distinct((_ended(span, text) for span in spans), model)
    distinct = _distinct((span for cluster in _clusters(distinct) for span in _cut(cluster, text)), model)
    if model:
        distinct = _distinct(span for cluster in _clusters(distinct) for span in combined_spans(cluster, text, model))
    kept = [span for cluster in _clusters(distinct) for span in _without_rivals(_extended(cluster))]
    return tuple(sorted(kept, key=lambda span: (span.start, -span.end)))


def _distinct(spans: Iterable[Span], model: str = "") -> list[Span]:
    """Return the best span of each range and label, by start; spans of ``model`` are separate from those of rules."""
    best: dict[tuple[int, int, str, bool], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.label, span.origin == model)
        if span.start < span.end and (key not in best or rank(best[key]) < rank(span)):
            best[key] = span
    return sorted(best.values(), key=lambda span: span.start)


def _clusters(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the connected groups of overlapping spans; ``spans`` are sorted by start."""
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


# ---------- where names end ----------


def _ended(span: Span, text: str) -> Span:
    """Return a name without final function words, which belong to the following text ("Tribunal de Lima contra")."""
    if span.label not in nesting()["names"]:
        return span
    ending = _no_end().search(text, span.start + 1, span.end)
    return _shortened(span, ending.start(), text) if ending else span


def _cut(cluster: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the spans of a cluster; a body that runs into a date is cut before it ("Cour de Lyon le 20 juin").

    If a single word remains, the span is omitted ("la Cour le 20 juin").
    """
    dates = [span for span in cluster if span.label == "DATE"]
    for span in cluster:
        begun = [date.start for date in dates if span.start < date.start < span.end < date.end]
        if not begun or span.label not in nesting()["families"]["body"]:
            yield span
        elif " " in (shorter := _ended(_shortened(span, min(begun), text), text)).value:
            yield shorter


def _shortened(span: Span, end: int, text: str) -> Span:
    end = span.start + len(text[span.start : end].rstrip(" ,(-"))
    own_words = span.value == " ".join(text[span.start : span.end].split())
    return replace(span, end=end, value=" ".join(text[span.start : end].split()) if own_words else span.value)


@cache
def _no_end() -> regex.Pattern[str]:
    return compiled(rf"(?:\s+(?:{'|'.join(nesting()['no_end'])}))+\Z")


# ---------- rivals ----------


def _extended(cluster: list[Span]) -> list[Span]:
    """Return the spans with names of courts and authorities extended over a country that begins within them."""
    return [_lengthened(span, cluster) if span.label in nesting()["extended"] else span for span in cluster]


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
    for span in sorted(cluster, key=rank, reverse=True):
        if all(_compatible(span, other) for other in kept):
            kept.append(span)
    return kept


def _compatible(span: Span, outer: Span) -> bool:
    if not overlap(span, outer):
        return True
    return span.within(outer) and span.label in nesting()["inside"].get(outer.label, ())
