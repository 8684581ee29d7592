"""RTF 1.9: paragraphs, headings, list numbers, tables and notes; headers and footers as furniture."""

from __future__ import annotations

import re
from pathlib import Path

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.draft import CellText, Draft, reads_as_table
from extraction.errors import RogatioError
from extraction.office.rtf_groups import RtfGroups
from extraction.office.rtf_tokens import tokens

MEDIA_TYPE = "application/rtf"
MAX_BYTES = 200 << 20
FURNITURE = {"head": FurnitureKind.RUNNING_HEAD, "foot": FurnitureKind.RUNNING_FOOT}
LINE_ENDS = frozenset({"par", "sect", "cell", "nestcell", "row", "nestrow"})
_PICTURE_DATA = re.compile(r"(?<![0-9a-fA-F\s])[0-9a-fA-F\s]{2000,}")


def read_rtf(path: Path) -> Document:
    """Read ``path``.

    Warnings: ``tracked_deletions``, ``struck_wording``, ``hidden_text`` (none of these is read). Raises
    ``extraction.truncated`` if a group is not closed, and ``extraction.too_large``.
    """
    if path.stat().st_size > MAX_BYTES:
        raise RogatioError("extraction.too_large", limit=f"{MAX_BYTES:,}")
    draft = Draft()
    blocks = RtfBlocks(draft)
    groups = RtfGroups(blocks)
    for token in tokens(_PICTURE_DATA.sub("", path.read_bytes().decode("latin-1"))):
        groups.take(token)
        if groups.ended:
            return draft.document(MEDIA_TYPE, "rtf", blocks.finish())
    raise RogatioError("extraction.truncated")


class RtfBlocks:
    """Converts the content of RTF groups to blocks (a ``Sink`` of :mod:`extraction.office.rtf_groups`)."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._texts: dict[str, list[str]] = {}
        self._level = 0
        self._in_table = False
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._notes: list[str] = []
        self._note_count = 0

    def write(self, destination: str, text: str) -> None:
        self._texts.setdefault(destination, []).append(text)

    def warn(self, code: str) -> None:
        self._draft.warn(code)

    def heading(self, level: int) -> None:
        self._level = level

    def close(self, destination: str, outer: str) -> None:
        """End a destination: add furniture, or collect a note and insert its number into the ``outer`` text."""
        if destination in FURNITURE:
            self._draft.furnish(self._take_text(destination), FURNITURE[destination])
        elif destination == "note" and (note := self._take_text("note").strip()):
            self._note_count += 1
            self._notes.append(f"[{self._note_count}] {note}")
            self.write(outer, f"[{self._note_count}]")

    def control(self, destination: str, word: str) -> None:
        if word in LINE_ENDS:
            self._line_end(destination, word)
        elif word == "intbl":
            self._in_table = True
        elif word == "pard" and destination == "body":
            self._level, self._in_table = 0, False

    def finish(self) -> dict[str, str]:
        """Add the open table and paragraph; return the file's metadata."""
        self._table()
        self._paragraph()
        return {name: self._take_text(name) for name in ("title", "author", "subject")}

    def _take_text(self, destination: str) -> str:
        """Remove and return the text of a destination, with surrogate pairs combined."""
        text = "".join(self._texts.pop(destination, []))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _line_end(self, destination: str, word: str) -> None:
        if destination != "body":
            self.write(destination, " ")
        elif word in ("cell", "nestcell"):
            self._cells.append(self._take_paragraph()[0])
        elif word in ("row", "nestrow"):
            self._rows.append(self._cells)
            self._cells = []
        elif self._in_table:
            self.write("body", "\n")
        else:
            self._table()
            self._paragraph()

    def _take_paragraph(self) -> tuple[str, bool]:
        """Return the paragraph with its list number, and whether it has a number or bullet."""
        text, marker = self._take_text("body"), self._take_text("marker").strip()
        number = marker if any(map(str.isalnum, marker)) else ""
        return (f"{number} {text.lstrip()}" if number and text.strip() else text), bool(marker)

    def _paragraph(self) -> None:
        text, listed = self._take_paragraph()
        kind = BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH
        self._draft.add(BlockKind.HEADING if self._level else kind, text, self._level)
        for note in self._notes:
            self._draft.add(BlockKind.FOOTNOTE, note)
        self._notes.clear()

    def _table(self) -> None:
        cells = [
            CellText(row, column, text, header=row == 0)
            for row, texts in enumerate(self._rows)
            for column, text in enumerate(texts)
        ]
        self._rows = []
        if reads_as_table((cell.row, cell.column, len(cell.text)) for cell in cells):
            self._draft.add_table(cells)
            return
        for line in (line for cell in cells for line in cell.text.split("\n")):
            self._draft.add(BlockKind.PARAGRAPH, line)
