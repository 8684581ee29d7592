"""Columns of tables that are drawn with bars."""

from __future__ import annotations

from nlp.folding import fold


def column_head(text: str, start: int) -> str:
    """Return the folded head of the column of a table drawn with bars that holds a place, else an empty text."""
    line = text.rfind("\n", 0, start) + 1
    number = text.count("|", line, start)
    if not number and "|" not in text[start : text.find("\n", start)]:
        return ""
    head = ""
    for row in reversed(text[:line].splitlines()):
        if row.strip() and "|" not in row and not set(row.strip()) <= set("-+=:|"):
            break
        head = row if "|" in row and any(letter.isalpha() for letter in row) else head
    cells = head.split("|")
    return fold(cells[number]) if number < len(cells) else ""
