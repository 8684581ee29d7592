"""Text that a publisher keeps as typed: lines of sixty columns, and notes on amendments in the margin.

The Biblioteca del Congreso Nacional of Chile indents the first line of each paragraph and prints from which law a part
comes to the right of the text; nothing else tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

INDENT = 2  # columns with which a paragraph begins
MARGIN = 60  # column from which everything is a note
_BESIDE = re.compile(r"(?<=\S) {4,}(?=\S)")
_NOTE = re.compile(r"(?:CPR|LEY|Ley|D\.?F?\.?L|DTO|DECRETO|Decreto|D\. ?O\.|Art\.|ART\.|N[°ºo]|Rectif|RECTIF)\b")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of ``text``; each line is one where no line is indented."""
    lines = list(_without_notes(text.splitlines()))
    if not any(_indent(line) >= INDENT for line in lines):
        return [line.strip() for line in lines if line.strip()]
    found: list[list[str]] = []
    goes_on = False
    for line in lines:
        if goes_on and line.strip() and _indent(line) < INDENT:
            found[-1].append(line.strip())
        elif line.strip():
            found.append([line.strip()])
        goes_on = bool(line.strip())
    return [" ".join(parts) for parts in found]


def _without_notes(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        beside = next((gap for gap in _BESIDE.finditer(line) if _is_note(line, gap.end())), None)
        if beside:
            yield line[: beside.start()]
        elif not line.strip() or _indent(line) < MARGIN:
            yield line


def _is_note(line: str, column: int) -> bool:
    """Return whether what stands at ``column`` is a note: beyond the text, or named as one within a line."""
    return column >= MARGIN or (column > len(line) / 3 and _NOTE.match(line, column) is not None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
