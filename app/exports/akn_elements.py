"""Elements of Akoma Ntoso 3.0."""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Return a new last child of ``parent``."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        element.set(name, value)
    return element
