"""Packages of XML parts: ZIP files (DOCX, XLSX, ODT), whose parts are checked before they are parsed, and flat ODT."""

from __future__ import annotations

import base64
import posixpath
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extraction.containers.zip_files import DAMAGE, open_zip
from extraction.errors import RogatioError
from extraction.markup.xml_tree import parse_xml, refuse_entities
from extraction.office.odt_numbering import OFFICE

MAX_PART = 400 << 20  # bytes of one XML part
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
# ISO 29500 Strict has other namespaces than Transitional, which nearly all programs write
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Relationship:
    """Reference from one part to another; ``kind`` is the last segment of its type: ``footnotes``, ``header``…"""

    kind: str
    identifier: str
    target: str


class OfficePackage:
    """An opened package; the constructor raises what :func:`extraction.containers.zip_files.open_zip` does."""

    def __init__(self, path: Path) -> None:
        self._package = open_zip(path)
        self.names = frozenset(self._package.namelist())

    def __enter__(self) -> OfficePackage:
        return self

    def __exit__(self, *_: object) -> None:
        self._package.close()

    def part(self, name: str) -> etree._Element | None:
        """Return the root element of the XML part ``name``, or None if it does not exist.

        Raises what :func:`extraction.markup.xml_tree.parse_xml` does, ``extraction.unpacked_too_large`` and
        ``extraction.truncated``.
        """
        if name not in self.names:
            return None
        return parse_xml(self._bytes(name).replace(STRICT, TRANSITIONAL))

    def data(self, name: str) -> bytes:
        """Return the bytes of the part ``name``, empty if it does not exist; raises what :meth:`part` does."""
        return self._bytes(name) if name in self.names else b""

    def refuse_entities(self) -> None:
        """Raise ``extraction.xml_bomb`` for any part with a DTD, before another library parses the package."""
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                refuse_entities(self._bytes(name))

    def related(self, name: str) -> list[Relationship]:
        """Return the internal relationships of the part ``name``, with full target names."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        elements = [] if root is None else root.iterchildren(RELATIONSHIP)
        return [
            Relationship(
                element.get("Type", "").rpartition("/")[2],
                element.get("Id", ""),
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))[1:],
            )
            for element in elements
            if element.get("TargetMode") != "External"
        ]

    def _bytes(self, name: str) -> bytes:
        if self._package.getinfo(name).file_size > MAX_PART:
            raise RogatioError("extraction.unpacked_too_large", limit=MAX_PART >> 20)
        try:
            return self._package.read(name)
        except DAMAGE as error:
            raise RogatioError("extraction.truncated") from error


class FlatPackage:
    """The parts and pictures of a flat ODT, which has all parts in one XML file."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._pictures: dict[str, str] = {}
        for number, picture in enumerate(root.iter(DRAW + "image")):
            picture.set(HREF, str(number))
            self._pictures[str(number)] = picture.findtext(OFFICE + "binary-data", "")

    def part(self, name: str) -> etree._Element | None:
        """Return the root element, which holds the part ``name``."""
        return self._root

    def data(self, name: str) -> bytes:
        """Return the picture ``name``, empty if it does not exist or is no valid BASE64."""
        try:
            return base64.b64decode(self._pictures.get(name, ""))
        except ValueError:
            return b""
