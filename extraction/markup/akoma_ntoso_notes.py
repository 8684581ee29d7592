"""Notes of Akoma Ntoso: those that stand in the text, and those of the metadata to which the text refers."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from extraction.markup.akoma_ntoso_dates import identifier
from extraction.markup.xml_tree import words_in

EDITORIAL = "commentary"  # class of notes that the publisher adds on amendments


class Notes:
    """Marks and texts of the notes of a file; a note without a mark of its own has the next number."""

    def __init__(self, root: etree._Element) -> None:
        self._texts: Mapping[str, str] = {f"#{identifier(note)}": words_in(note) for note in root.iter("note")}
        self._shown: dict[str, str] = {}
        self._unmarked = 0

    def authorial(self, note: etree._Element) -> tuple[str, str]:
        """Return the mark of an ``authorialNote``, ``[1]``, and its text with that mark."""
        mark = self._mark(note)
        return mark, f"{mark} {words_in(note)}"

    def referred(self, reference: etree._Element) -> tuple[str, str]:
        """Return the mark of a ``noteRef`` and the text of its note; each is ``""`` if the file has no such note.

        The text is also ``""`` where it was returned before. Editorial notes are left out.
        """
        address = reference.get("href", "")
        text = self._texts.get(address, "")
        if not text or EDITORIAL in reference.get("class", "").split():
            return "", ""
        if mark := self._shown.get(address):
            return mark, ""
        mark = self._shown[address] = self._mark(reference)
        return mark, f"{mark} {text}"

    def _mark(self, element: etree._Element) -> str:
        if marker := element.get("marker", "").strip("[] "):
            return f"[{marker}]"
        self._unmarked += 1
        return f"[{self._unmarked}]"
