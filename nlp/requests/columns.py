"""Columns of tables in the text of a letter, whose cells bars, tabulators or wide spaces part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from nlp.folding import fold

Row = tuple[int, str]  # offset of a line in the text, and the line
Cell = tuple[int, str]  # offset of a cell in its line, and its text

_BETWEEN = {"|": regex.compile(r"[ ]*\|[ \t]*"), "\t": regex.compile(r"[ ]*\t[ ]*")}
_WIDE = regex.compile(r"[ ]{2,}")
_LONGEST, _LONGEST_HEAD = 1000, 40  # characters of the first rows of a table, and of the head of a column
_RULE = regex.compile(r"[\s|+=:_–—-]*")


def column_head(text: str, start: int) -> str:
    """Return the folded head of the column of a table with bars or tabulators that holds a place, else nothing."""
    line, whole = line_at(text, start)
    sign = next((one for one in _BETWEEN if one in whole), "")
    if not sign:
        return ""
    head = ""
    for row in reversed(text[:line].splitlines()):
        if sign not in row and (sign == "\t" or not _RULE.fullmatch(row)):
            break
        head = row if sign in row and any(letter.isalpha() for letter in row) else head
    cells, number = head.split(sign), text.count(sign, line, start)
    return fold(cells[number]) if number < len(cells) else ""


def line_at(text: str, place: int) -> Row:
    """Return the line of a text that holds a place, with its offset."""
    start = text.rfind("\n", 0, place) + 1
    return start, text[start : text.find("\n", place) % (len(text) + 1)]


def rows_of(text: str) -> list[Row]:
    """Return the lines of a text with their offsets."""
    return [(line.start(), line[0].rstrip()) for line in regex.finditer(r"[^\n]*\n?", text)]


def table_rows(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows below a head, without drawn lines, up to a blank line; one may follow the head."""
    for passed, (start, line) in enumerate(rows):
        if not line and passed:
            return
        if not _RULE.fullmatch(line):
            yield start, line


def is_head(text: str, start: int) -> bool:
    """Return whether the line at a place is the head of a table: words in cells, with a row divided like it below."""
    line, *rows = rows_of(text[text.rfind("\n", 0, start + 1) + 1 :][:_LONGEST])
    cells = [words for _, words in split_cells(line[1]) if words.strip()]  # an indented line has one
    below = next(table_rows(rows), (0, ""))[1]
    is_worded = len(cells) > 1 and not any(map(str.isdigit, line[1])) and max(map(len, cells)) <= _LONGEST_HEAD
    return is_worded and cell_below(line[1], below, 0) is not None


def split_cells(line: str) -> list[Cell]:
    """Return the cells of a line, empty ones too, with their offsets."""
    gap = next((gap for sign, gap in _BETWEEN.items() if sign in line), _WIDE)
    cells, start = [], 0
    for found in (*gap.finditer(line), None):
        end = found.start() if found else len(line)
        cells.append((start, line[start:end]))
        start = found.end() if found else end
    return cells


def cell_below(head: str, row: str, column: int) -> Cell | None:
    """Return the cell of a row below a cell of a head, with its offset; None if the row is divided in another way.

    ``column`` is the number of the cell in the head. Rows may have more tabulators than their head, or fewer.
    """
    above, below = split_cells(head), split_cells(row)
    if len(above) == len(below):
        return below[column]
    filled = [cell for cell in below if cell[1].strip()]
    named = [number for number, (_, words) in enumerate(above) if words.strip()]
    if len(filled) == len(named):
        return filled[named.index(column)] if column in named else None
    is_cut = "\t" in row and len(below) < len(above)  # the last cells of the row are empty
    return below[column] if is_cut and column < len(below) else None
