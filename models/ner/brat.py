"""Documents in brat's standoff format (a text, and a file with a line for each annotation), divided into rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import regex

from models.ner.speech import Row, Span

LONGEST = 600  # maximum characters of a row
_CUT = regex.compile(r"\n+|(?<=[.;:?!])\s+")


def brat_rows(source: dict[str, Any], files: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of the documents in ``files`` (``x.txt`` and ``x.ann``), and a fifth of those without marks."""
    for name, text in files.items():
        if name.endswith(".txt"):
            marks = [_mark(line) for line in files[f"{name.removesuffix('.txt')}.ann"].splitlines() if line[:1] == "T"]
            for row in _cut_rows(source, text, marks):
                if row["spans"] or sha256(str(row["text"]).encode()).digest()[0] % 5 == 0:
                    yield row


def _mark(line: str) -> Span:
    _, place, _ = line.split("\t", 2)
    label, start, end = place.split()
    return int(start), int(end), label


def _cut_rows(source: dict[str, Any], text: str, marks: Sequence[Span]) -> Iterator[Row]:
    """Yield the rows of a document, divided at ends of lines and sentences outside marks."""
    ends = [m.end() for m in _CUT.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in marks)]
    start = last = 0
    for end in [*ends, len(text)]:
        if end - start > LONGEST and last > start:
            yield _marked_row(source, text, start, last, marks)
            start = last
        last = end
    if text[start:].strip():
        yield _marked_row(source, text, start, len(text), marks)


def _marked_row(source: dict[str, Any], text: str, start: int, end: int, marks: Iterable[Span]) -> Row:
    inside = [(a - start, b - start, label) for a, b, label in sorted(marks) if start <= a and b <= end]
    return row(source, text[start:end], inside)


def row(source: dict[str, Any], text: str, marks: Iterable[Span]) -> Row:
    """Return a row of ``text`` with its marks as our labels.

    Unknown are marks that ``source`` maps to ``unknown``, bare numbers, and marks in the form it specifies for a label.
    """
    spans: list[list[object]] = []
    unknown: list[list[int]] = []
    forms: dict[str, str] = source.get("unknown", {})
    for start, end, label in marks:
        ours = source["labels"].get(label)
        if ours == "unknown" or (ours and regex.search(forms.get(label, r"^\d+$"), text[start:end])):
            unknown.append([start, end])
        elif ours:
            spans.append([start, end, ours])
    fixed = {"corpus": source["name"], "language": source["language"], "text": text}
    return {**fixed, "spans": spans, "unknown": unknown, "marked": source["marked"]}
