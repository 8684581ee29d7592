"""Merges overlapping spans: the longer and more certain one wins.

``resources/nesting.yaml`` holds all that is decided here; ``model_and_rules`` puts the trained model beside the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from nlp.annotations import Span
from nlp.entities.model_and_rules import one_answer, rank
from nlp.entities.nesting import nesting


def merge(spans: Iterable[Span], text: str = "", model: str = "") -> tuple[Span, ...]:
    """Return ``spans`` of ``text`` in order of their start, without rivals.

    ``model`` is the origin of the trained model that read the text, empty where none did: then what a rule is not sure
    of is left out, or is no more than a reference, where the model sees nothing of its kind. A span stays inside
    another one only where its label may stand in the other's: the date in a citation. Everything else that overlaps is
    a rival; the longer one stays, of two that are equally long the one with readings, then the surer one.
    """
    found = _distinct((_ended(span, text) for span in spans), model)
    found = _distinct((span for cluster in _clusters(found) for span in _cut(cluster, text)), model)
    if model:
        found = _distinct(span for cluster in _clusters(found) for span in one_answer(cluster, text, model))
    kept = [span for cluster in _clusters(found) for span in _without_rivals(_extended(cluster))]
    return tuple(sorted(kept, key=lambda span: (span.start, -span.end)))


def _distinct(spans: Iterable[Span], model: str = "") -> list[Span]:
    """Return the best of the spans with the same range and label, by start; those of ``model`` are kept apart."""
    best: dict[tuple[int, int, str, bool], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.label, span.origin == model)
        if span.start < span.end and (key not in best or rank(best[key]) < rank(span)):
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


# ---------- where names end ----------


def _ended(span: Span, text: str) -> Span:
    """Return a name without the small words at its end, which belong to what follows ("Tribunal de Lima contra")."""
    if span.label not in nesting()["names"]:
        return span
    ending = _no_end().search(text, span.start + 1, span.end)
    return _until(span, ending.start(), text) if ending else span


def _cut(cluster: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the spans of a cluster; a body that goes on into a date ends before it ("Cour de Lyon le 20 juin").

    One of which a mere word is left was none ("la Cour le 20 juin").
    """
    dates = [span for span in cluster if span.label == "DATE"]
    for span in cluster:
        begun = [date.start for date in dates if span.start < date.start < span.end < date.end]
        if not begun or span.label not in nesting()["families"]["body"]:
            yield span
        elif " " in (shorter := _ended(_until(span, min(begun), text), text)).value:
            yield shorter


def _until(span: Span, end: int, text: str) -> Span:
    end = span.start + len(text[span.start : end].rstrip(" ,(-"))
    own_words = span.value == " ".join(text[span.start : span.end].split())
    return replace(span, end=end, value=" ".join(text[span.start : end].split()) if own_words else span.value)


@cache
def _no_end() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\s+(?:{'|'.join(nesting()['no_end'])}))+\Z")


# ---------- rivals ----------


def _extended(cluster: list[Span]) -> list[Span]:
    """Lengthen names of courts and authorities over the country that begins inside them."""
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
    if not span.overlaps(outer):
        return True
    return span.within(outer) and span.label in nesting()["inside"].get(outer.label, ())
