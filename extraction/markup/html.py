"""HTML: visible text in order. Struck-through wording (repealed) is omitted with a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from extraction.document import Document
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.markup.eur_lex import read_eur_lex
from extraction.markup.html_blocks import STRUCK_BEGINS, STRUCK_ENDS, HtmlBlocks
from extraction.markup.html_page import title_without_site

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=["']([\w.-]+)""", re.IGNORECASE
)
# WHATWG Encoding: pages declared Latin-1 or ASCII are Windows-1252
_AS_DECLARED = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")
_ENCODING_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# The parser ends a strike at a nested paragraph, browsers do not. Comments keep their position, so they mark it.
_STRIKE = re.compile(r"<(/?)(?:strike|s|del)(?:\s[^<>]*)?>", re.IGNORECASE)
_META_DATE = ("dc.date", "dcterms.issued", "dcterms.date", "article:published_time", "date")


def read_html(path: Path) -> Document:
    """Read ``path``.

    Warnings: ``struck_wording``, ``hidden_text``, those of :func:`extraction.encoding.decode`.
    Raises ``extraction.nested_too_deep``.
    """
    data = path.read_bytes()
    match = _DECLARED.search(data[:4096])
    declared = (match[1] or match[2]).decode("ascii", "replace").lower() if match else ""
    decoded = decode(data, _AS_DECLARED.get(declared, declared))
    draft = Draft()
    for warning in decoded.warnings:
        draft.warn(warning)
    root = parse_html(decoded.text)
    metadata = dict(_metadata(root)) | read_eur_lex(root)
    add_html(draft, root)
    return draft.document("text/html", "html", metadata)


def parse_html(text: str) -> etree._Element:
    """Return the root element of ``text``.

    ``huge_tree`` allows unclosed ``<font>`` tags of old law portals to nest deeper than 256. Raises
    ``extraction.nested_too_deep`` beyond the parser's limit. A text without any element gives an empty one.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    text = _ENCODING_DECLARATION.sub("", text).replace("\x00", "")
    text = _STRIKE.sub(lambda tag: STRUCK_ENDS if tag[1] else STRUCK_BEGINS, text)
    root = etree.fromstring(text.encode("utf-8", "replace") or b" ", parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise RogatioError("extraction.nested_too_deep")
    # Comments or the end of an element alone have no element: a part of a page may be that ("</div>").
    return etree.Element("html") if root is None else root


def add_html(draft: Draft, root: etree._Element) -> None:
    """Add the visible content of ``root`` to ``draft``."""
    HtmlBlocks(draft).read(root)


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("html", "title", "meta"):
        if element.tag == "html" and element.get("lang"):
            yield "language", element.get("lang", "")
        elif element.tag == "title" and element.text:
            yield "title", title_without_site(root, element.text)
        elif element.tag == "meta":
            name = (element.get("name") or element.get("property") or "").lower()
            if name in _META_DATE:
                yield "date", element.get("content", "")
