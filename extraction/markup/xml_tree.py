"""Safe XML parsing: no DTD, no entities, no network, bounded depth."""

from __future__ import annotations

import re

from lxml import etree

from extraction.errors import RogatioError

_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_DECLARATIONS = tuple(word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in _ENCODINGS)
# a document type declaration with identifiers alone, which nothing fetches
_BARE_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM|PUBLIC)(?:\s+(?:"[^"<>&%]*"|'[^'<>&%]*')){1,2})?\s*>"""
)
_PROLOG = 4096  # bytes within which it is looked for
_TOO_DEEP = re.compile("depth|XML_PARSE_HUGE", re.IGNORECASE)


def parse_xml(data: bytes, *, recover: bool = False) -> etree._Element:
    """Return the root element of ``data``; ``recover`` reads on behind what is not well-formed.

    A document type declaration that only names its DTD, as older office programs write it, is left out. Raises
    ``extraction.xml_bomb`` for one with declarations of its own, ``extraction.nested_too_deep`` beyond the parser's
    limits, ``extraction.truncated`` if the end is missing, else ``extraction.malformed``.
    """
    if declaration := _BARE_DOCTYPE.search(data, 0, _PROLOG):
        data = data[: declaration.start()] + data[declaration.end() :]
    refuse_entities(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _named(error, data) from error
    if root is None:
        raise RogatioError("extraction.malformed", media_type="application/xml")
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that the byte check does not cover
        raise RogatioError("extraction.xml_bomb")
    return root


def refuse_entities(data: bytes) -> None:
    """Raise ``extraction.xml_bomb`` if ``data``, as ASCII, UTF-16 or UTF-32, declares a document type or entity."""
    if any(declaration in data for declaration in _DECLARATIONS):
        raise RogatioError("extraction.xml_bomb")


def without_namespaces(root: etree._Element) -> etree._Element:
    """Remove all namespaces in place, so that versions of a standard are read alike; return ``root``."""
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def _named(error: etree.XMLSyntaxError, data: bytes) -> RogatioError:
    if _TOO_DEEP.search(error.msg or ""):
        return RogatioError("extraction.nested_too_deep")
    if error.lineno and error.lineno >= data.count(b"\n") and not data.rstrip().endswith(b">"):
        return RogatioError("extraction.truncated")
    return RogatioError("extraction.malformed", media_type="application/xml")


def words_in(element: etree._Element) -> str:
    """Return the text of an element and of all inside, in one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def empty(element: etree._Element) -> None:
    """Remove the attributes and content of ``element``, but not the text behind it."""
    tail = element.tail
    element.clear()
    element.tail = tail
