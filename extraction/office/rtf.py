"""RTF 1.9: paragraphs, headings, list numbers, tables, notes, header and footer of the first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.draft import CellText, Draft, reads_as_table
from extraction.errors import RogatioError
from extraction.office.pictures import Pictures
from extraction.office.rtf_groups import RtfGroups
from extraction.office.rtf_tokens import tokens
from extraction.page_heads import add_page_heads

MEDIA_TYPE = "application/rtf"
MAX_BYTES = 200 << 20
FURNITURE = {
    place + name: kind
    for place in ("", "first_", "left_")
    for name, kind in (("head", FurnitureKind.RUNNING_HEAD), ("foot", FurnitureKind.RUNNING_FOOT))
}
LINE_ENDS = frozenset({"par", "sect", "cell", "nestcell", "row", "nestrow"})
_PICTURE_DATA = re.compile(r"(?<![0-9a-fA-F\s])[0-9a-fA-F\s]{2000,}")
_PICTURE_NUMBER = re.compile(r"#(\d+)#")
_BLANKS = re.compile(r"\s+")
_FORMATS = ("89504e470d0a1a0a", "ffd8ff")  # first bytes of PNG and JPEG in hexadecimal digits
MAX_BEFORE = 64  # characters before them: the parameter of the last control word


def read_rtf(path: Path) -> Document:
    """Read ``path``.

    Pictures in PNG and JPEG are read by OCR, those in headers and footers are not. Warnings: ``tracked_deletions``,
    ``struck_wording``, ``hidden_text`` (none of these is read), and those of
    :class:`extraction.office.pictures.Pictures`. Raises ``extraction.truncated`` if a group is not closed, and
    ``extraction.too_large``.
    """
    if path.stat().st_size > MAX_BYTES:
        raise RogatioError("extraction.too_large", limit=f"{MAX_BYTES:,}")
    draft = Draft()
    return draft.document(MEDIA_TYPE, "rtf", add_rtf(draft, path.read_bytes()))


def add_rtf(draft: Draft, data: bytes) -> dict[str, str]:
    """Add what :func:`read_rtf` reads of ``data``; return the file's metadata, raise ``extraction.truncated``."""
    source, pictures = _without_pictures(data.decode("latin-1"))
    blocks = RtfBlocks(draft, pictures)
    groups = RtfGroups(blocks)
    for token in tokens(source):
        groups.take(token)
        if groups.ended:
            return blocks.finish()
    raise RogatioError("extraction.truncated")


def _without_pictures(source: str) -> tuple[str, list[str]]:
    """Return ``source`` with a number in place of the digits of each picture, and these digits."""
    pictures: list[str] = []

    def number(match: re.Match[str]) -> str:
        pictures.append(match[0])
        return f" #{len(pictures) - 1}#"

    return _PICTURE_DATA.sub(number, source), pictures


def picture(digits: str) -> bytes:
    """Return the PNG or JPEG file written in hexadecimal ``digits``, ``b""`` for another format."""
    data = _BLANKS.sub("", digits).lower()
    start = min((place for mark in _FORMATS if (place := data.find(mark, 0, MAX_BEFORE)) >= 0), default=-1)
    return bytes.fromhex(data[start : len(data) - (len(data) - start) % 2]) if start >= 0 else b""


class RtfBlocks:
    """Converts the content of RTF groups to blocks (a ``Sink`` of :mod:`extraction.office.rtf_groups`).

    ``pictures`` are the digits of the pictures that the groups name by number.
    """

    def __init__(self, draft: Draft, pictures: Sequence[str] = ()) -> None:
        self._draft = draft
        self._pictures = Pictures(draft)
        self._digits = pictures
        self._anchored: list[str] = []  # pictures of the open paragraph or table
        self._texts: dict[str, list[str]] = {}
        self._level = 0
        self._in_table = False
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._notes: list[str] = []
        self._note_count = 0
        self._heads: dict[str, str] = {}  # headers and footers of the first section
        self._title_page = self._later_section = False

    def write(self, destination: str, text: str) -> None:
        self._texts.setdefault(destination, []).append(text)

    def warn(self, code: str) -> None:
        self._draft.warn(code)

    def heading(self, level: int) -> None:
        self._level = level

    def close(self, destination: str, outer: str) -> None:
        """End a destination: add furniture, collect pictures, or a note whose number goes into the ``outer`` text."""
        if destination in FURNITURE and outer == "unread":  # a text box within
            self.write(destination, "\n")
        elif destination in FURNITURE:
            text = self._take_text(destination)
            self._draft.furnish(text, FURNITURE[destination])
            if not self._later_section:
                self._heads.setdefault(destination, text)
        elif destination == "note" and (note := self._take_text("note").strip()):
            self._note_count += 1
            self._notes.append(f"[{self._note_count}] {note}")
            self.write(outer, f"[{self._note_count}]")
        elif destination == "picture":
            numbers = [int(number) for number in _PICTURE_NUMBER.findall(self._take_text("picture"))]
            if outer not in FURNITURE:  # letterheads are not text
                self._anchored += [self._digits[number] for number in numbers if number < len(self._digits)]

    def control(self, destination: str, word: str) -> None:
        if word in LINE_ENDS:
            self._line_end(destination, word)
        elif word == "intbl" and destination == "body":
            self._in_table = True
        elif word == "titlepg" and not self._later_section:
            self._title_page = True
        elif word == "pard" and destination == "body":
            self._level, self._in_table = 0, False

    def finish(self) -> dict[str, str]:
        """Add the open table and paragraph, then header and footer of the first page; return the file's metadata."""
        self._table()
        self._paragraph()
        place = "first_" if self._title_page else ""
        add_page_heads(self._draft, *(self._heads.get(place + name, "").split("\n") for name in ("head", "foot")))
        return {name: self._take_text(name) for name in ("title", "author", "subject")}

    def _take_text(self, destination: str) -> str:
        """Remove and return the text of a destination, with surrogate pairs combined."""
        text = "".join(self._texts.pop(destination, []))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _line_end(self, destination: str, word: str) -> None:
        if destination != "body":
            self.write(destination, "\n" if destination in FURNITURE else " ")
            return
        self._later_section |= word == "sect"
        if word in ("cell", "nestcell"):
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
        self._add_pictures()

    def _add_pictures(self) -> None:
        anchored, self._anchored = self._anchored, []
        for digits in anchored:
            if data := picture(digits):
                self._pictures.add(data)
            else:
                self._draft.warn("embedded_part_not_read")

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
