"""Flat ODT: the parts of the package in one XML file."""

from __future__ import annotations

import base64

from lxml import etree

from extraction.office.odt_numbering import OFFICE

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"


class FlatPackage:
    """Gives the parts and pictures of a flat file as :class:`extraction.office.office_package.OfficePackage` does."""

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
