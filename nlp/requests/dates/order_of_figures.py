"""The order of day and month in the dates in figures of a letter, decided once for all of them."""

from __future__ import annotations

from dataclasses import replace

from nlp.annotations import Annotations, Span
from nlp.entities.dates import in_order


def in_order_of_letter(text: str, annotations: Annotations, *, month_first: bool) -> Annotations:
    """Return the annotations of ``text`` with its dates in figures in that order; other dates remain as they are.

    The annotations were made before the letter's States were known.
    """
    spans = tuple(
        _ordered(text, span, month_first=month_first) if span.label == "DATE" else span for span in annotations.spans
    )
    return replace(annotations, spans=spans)


def _ordered(text: str, span: Span, *, month_first: bool) -> Span:
    value = in_order(text[span.start : span.end], month_first=month_first)
    return replace(span, value=value) if value and value != span.value else span
