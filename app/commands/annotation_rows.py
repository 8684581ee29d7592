"""The machine form of annotations: one JSON object a document, fixed for scripts and other systems."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from nlp.annotations import Annotations, DocumentType, Segment, Span, Unit

Row = dict[str, Any]


def document_row(identifier: object, text: str, annotations: Annotations) -> Row:
    """Return ``id``, ``text``, ``document_type``, ``segments``, ``structure`` and ``spans``.

    Every item has ``start`` and ``end`` in code points of ``text``, ``label``, ``value``, ``confidence``, ``origin``.
    """
    return {
        "id": identifier,
        "text": text,
        "document_type": _document_type(annotations.document_type, len(text)),
        "segments": [_segment(segment) for segment in annotations.segments],
        "structure": [_unit(unit) for unit in annotations.structure],
        "spans": [_span(span) for span in annotations.spans],
    }


def _item(found: Span | Segment | Unit, value: str) -> Row:
    return {
        "start": found.start,
        "end": found.end,
        "label": found.label,
        "value": value,
        "confidence": found.confidence,
        "origin": found.origin,
    }


def _document_type(kind: DocumentType, length: int) -> Row:
    return {
        "start": 0,
        "end": length,
        "label": kind.label,
        "value": kind.label,
        "confidence": kind.confidence,
        "origin": kind.origin,
        "evidence": [_span(span) for span in kind.evidence],
    }


def _segment(segment: Segment) -> Row:
    return _item(segment, segment.label)


def _unit(unit: Unit) -> Row:
    return {**_item(unit, unit.kind), "path": list(unit.path), "heading": unit.heading}


def _span(span: Span) -> Row:
    row = _item(span, span.value)
    if span.attributes:
        row["attributes"] = dict(span.attributes)
    if span.readings:
        row["readings"] = [asdict(reading) for reading in span.readings]
    return row
