"""Letters in two columns: the letter in the first, its translation in the second, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from nlp.annotations import Annotations
from nlp.language import UNDETERMINED, find_segments

# A row of a table of two columns, with bars or a tab between them.
_ROW = regex.compile(r"^[ ]*(?:\|(?P<a>[^|\n]*)\|(?P<b>[^|\n]*)\|[ ]*|(?P<c>[^|\t\n]+)\t+(?P<d>[^|\t\n]+))$", regex.M)
_LETTER = regex.compile(r"\p{L}")
_NUMBER = regex.compile(r"\d+")
# Least number of rows, of letters in a column, share of the letters of the text, of rows of a like length, and of rows
# whose numbers both columns have.
_ROWS, _LETTERS, _SHARE, _ALIKE, _SAME_NUMBERS = 4, 100, 0.6, 0.7, 0.8
_LONGER = 2.5  # most that a cell is longer than the other
_HEADING = 14  # most letters of the name of a language, above a column

_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ParallelColumns:
    """Ranges of the text to leave out, the second column with all bars and the names of both, and both languages."""

    left_out: tuple[_Cell, ...]
    languages: tuple[str, str]


def parallel_columns(text: str) -> ParallelColumns | None:
    """Return the columns of a letter that has its translation beside it, None for any other text."""
    found = [(row, _cells(row)) for row in _ROW.finditer(text)]
    found = [(row, cells) for row, cells in found if all(_letters(text, cell) for cell in cells)]
    rows = [cells for _, cells in found]
    first, second = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [])
    sizes = [sum(_letters(text, cell) for cell in column) for column in (first, second)]
    if len(rows) < _ROWS or min(sizes) < _LETTERS or sum(sizes) < _SHARE * len(_LETTER.findall(text)):
        return None
    if not _are_translations(text, rows):
        return None
    languages = _language(text, first), _language(text, second)
    if UNDETERMINED in languages or languages[0] == languages[1]:
        return None
    heading = [first[0]] if max(_letters(text, cell) for cell in rows[0]) <= _HEADING else []
    bars = [part for row, (one, _) in found for part in ((row.start(), one[0]), (one[1], row.end()))]
    return ParallelColumns(tuple(sorted([*heading, *bars])), languages)


def first_column(text: str, annotations: Annotations, columns: ParallelColumns) -> tuple[str, Annotations]:
    """Return the text with spaces for what is left out, each row a paragraph, and the annotations of the rest."""
    for start, end in columns.left_out:
        ends = end > start and text[end : end + 1] in ("\n", "")
        text = text[:start] + ("\n" if ends else "").ljust(end - start) + text[end:]
    spans = [
        span
        for span in annotations.spans
        if not any(span.start < end and start < span.end for start, end in columns.left_out)
    ]
    return text, replace(annotations, spans=tuple(spans))


def _cells(row: regex.Match[str]) -> tuple[_Cell, _Cell]:
    return (row.span("a"), row.span("b")) if row["a"] is not None else (row.span("c"), row.span("d"))


def _letters(text: str, cell: _Cell) -> int:
    return len(_LETTER.findall(text, *cell))


def _are_translations(text: str, rows: Sequence[tuple[_Cell, _Cell]]) -> bool:
    """Return whether the cells of most rows are of a like length and have the same numbers."""
    pairs = [(_letters(text, one), _letters(text, other)) for one, other in rows]
    alike = sum(max(pair) <= _LONGER * min(pair) for pair in pairs)
    numbers = [[Counter(_NUMBER.findall(text, *cell)) for cell in row] for row in rows]
    numbered = [row for row in numbers if row[0] or row[1]]
    same = sum(one == other for one, other in numbered)
    return alike >= _ALIKE * len(rows) and bool(numbered) and same >= _SAME_NUMBERS * len(numbered)


def _language(text: str, column: Sequence[_Cell]) -> str:
    """Return the language (ISO 639-1) of most of a column, ``und`` if it is none of the four."""
    lengths = Counter[str]()
    for segment in find_segments("\n".join(text[start:end].strip() for start, end in column)):
        lengths[segment.label] += segment.end - segment.start
    return max(lengths, key=lambda label: lengths[label], default=UNDETERMINED)
