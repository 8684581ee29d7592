"""Headers and footers of an ODT (ISO 26300-1, 16.9): elements of the master page on which a text begins, and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from extraction.document import FurnitureKind
from extraction.office.odt_numbering import STYLE, TEXT

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
EXTENDED = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"  # before ODF 1.3
DEFAULT = "Standard"
KINDS = {"header": FurnitureKind.RUNNING_HEAD, "footer": FurnitureKind.RUNNING_FOOT}
_FIRST = {name: (STYLE + name + "-first", EXTENDED + name + "-first", STYLE + name) for name in KINDS}
_ALL = {tag: KINDS[name] for name, tags in _FIRST.items() for tag in (*tags, f"{STYLE}{name}-left")}


@dataclass(frozen=True, slots=True)
class PageHead:
    """A header or footer; ``on_first_page``: it is that of the first page."""

    element: etree._Element
    kind: FurnitureKind
    on_first_page: bool


def page_heads(body: etree._Element, roots: Sequence[etree._Element]) -> list[PageHead]:
    """Return the displayed headers and footers that ``roots`` define for the pages of ``body``."""
    master = _first_master(body, roots)
    first = [] if master is None else [_on_first_page(master, tags) for tags in _FIRST.values()]
    elements = dict.fromkeys(element for root in roots for element in root.iter(*_ALL) if _is_shown(element))
    return [PageHead(element, _ALL[str(element.tag)], any(element is other for other in first)) for element in elements]


def _on_first_page(master: etree._Element, tags: Sequence[str]) -> etree._Element | None:
    """Return the first of the elements ``tags`` that ``master`` has and displays."""
    return next((element for tag in tags for element in master.iterchildren(tag) if _is_shown(element)), None)


def _is_shown(element: etree._Element) -> bool:
    return element.get(STYLE + "display") != "false"


def _first_master(body: etree._Element, roots: Sequence[etree._Element]) -> etree._Element | None:
    """Return the master page that the first block of ``body`` asks for, else the default one."""
    masters = {master.get(STYLE + "name", ""): master for root in roots for master in root.iter(STYLE + "master-page")}
    styles = {style.get(STYLE + "name", ""): style for root in roots for style in root.iter(STYLE + "style")}
    asked = next(_asked_masters(_first_style(body), styles), DEFAULT)
    return masters.get(asked, next(iter(masters.values()), None))


def _first_style(body: etree._Element) -> str:
    """Return the name of the style of the first paragraph, heading or table."""
    for block in body.iter(TEXT + "p", TEXT + "h", TABLE + "table"):
        if next(block.iterancestors(TEXT + "tracked-changes"), None) is None:
            return block.get(TEXT + "style-name", block.get(TABLE + "style-name", ""))
    return ""


def _asked_masters(name: str, styles: Mapping[str, etree._Element]) -> Iterator[str]:
    """Yield the master pages of the style ``name`` and of those from which it inherits."""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        if master := styles[name].get(STYLE + "master-page-name"):
            yield master
        name = styles[name].get(STYLE + "parent-style-name", "")
