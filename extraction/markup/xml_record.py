"""XML that is not Akoma Ntoso: the text of its elements in document order."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from extraction.document import Document
from extraction.draft import Draft
from extraction.markup.html import parse_html
from extraction.markup.html_blocks import HtmlBlocks
from extraction.markup.xml_tree import parse_xml, without_namespaces
from extraction.markup.xml_vocabulary import as_html, metadata_of, vocabulary_of
from extraction.media_type import XML

_HTML = re.compile(r"</?(?:p|br|div|span|table|tr|td|b|i|u|strong|em|a|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)


def read_xml(path: Path) -> Document:
    """Read ``path`` by its vocabulary; of an unknown one, elements named like HTML inline elements are inline.

    HTML written as text, as gazettes do in CDATA sections, is read as HTML.

    Warnings: ``unknown_xml`` and those of HTML. Raises what :func:`extraction.markup.xml_tree.parse_xml` does.
    """
    root: etree._Element = without_namespaces(parse_xml(path.read_bytes()))
    for element in list(root.iter(etree.Element)):
        if _HTML.search(element.text or ""):
            _parse_text(element)
    draft = Draft()
    metadata = {"root": str(root.tag)}
    if vocabulary := vocabulary_of(root):
        metadata |= metadata_of(root, vocabulary)
        as_html(root, vocabulary)
    else:
        draft.warn("unknown_xml")
    HtmlBlocks(draft).read(root)
    return draft.document(XML, "xml_record", metadata)


def _parse_text(element: etree._Element) -> None:
    """Replace the text of ``element``, which is HTML, by its elements."""
    content = parse_html(element.text or "")
    element.text = None
    element.insert(0, content)
