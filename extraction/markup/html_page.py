"""What a web page shows around its document: menus, breadcrumbs, heads and feet of the site, and the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extraction.document import FurnitureKind
from extraction.resource import load

_PAGE: dict[str, Any] = load("extraction.html")["page"]
_UNREAD = frozenset(load("extraction.html")["unread"])
_MARKED, _ROLES = frozenset(_PAGE["elements"]), frozenset(_PAGE["roles"])
_NAMED = re.compile(_PAGE["named"], re.IGNORECASE)
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,6}/?", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:[|•·»›–—-]|::)\s+")
_MOST_OF_PAGE = 0.6  # least share of a page's text in its main part, from which everything else is around it
_MOST_MARKED = 2_000  # characters of an element marked by its role, class or label

Furniture = dict[etree._Element, FurnitureKind]


def page_furniture(root: etree._Element) -> Furniture:
    """Return the elements of a page that are not of its document, with their kind."""
    marked = {element: FurnitureKind.RUNNING_HEAD for element in root.iter(etree.Element) if _is_marked(element)}
    return marked | dict(_around_main(root))


def title_without_site(root: etree._Element, title: str) -> str:
    """Return the title of a page without the name of its site before or behind it."""
    names = {name.casefold() for name in _site_names(root)}
    parts = [part for part in _BETWEEN.split(title.strip()) if part]
    own = [part for part in parts if part.casefold() not in names and not _DOMAIN.fullmatch(part)]
    if not own or len(own) == len(parts):
        return title
    first, last = title.index(own[0]), title.rindex(own[-1]) + len(own[-1])
    return title[first:last]


def _is_marked(element: etree._Element) -> bool:
    """Return whether an element is marked as no part of the document; the class of a whole page may say what it has."""
    if element.tag in _MARKED:
        return True
    named = any(_NAMED.search(element.get(name, "")) for name in ("class", "aria-label"))
    return (named or element.get("role", "") in _ROLES) and _length(element) <= _MOST_MARKED


def _around_main(root: etree._Element) -> Iterator[tuple[etree._Element, FurnitureKind]]:
    """Yield the elements before and behind the only main part of a page, if it has most of its text."""
    body = next(root.iter("body"), root)
    mains = [each for each in body.iter(etree.Element) if each.tag == "main" or each.get("role") == "main"]
    if len(mains) != 1 or _length(mains[0]) < _MOST_OF_PAGE * _length(body):
        return
    inner = mains[0]
    while inner is not body and (outer := inner.getparent()) is not None:
        for kind, before in ((FurnitureKind.RUNNING_HEAD, True), (FurnitureKind.RUNNING_FOOT, False)):
            yield from ((each, kind) for each in inner.itersiblings(etree.Element, preceding=before))
        inner = outer


def _length(element: etree._Element) -> int:
    """Return the number of characters, apart from white space, of the text that an element shows."""
    unread, length = 0, 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        skips = each.tag in _UNREAD
        unread += skips if event == "start" else -skips
        text = (each.text if event == "start" else each.tail if each is not element else "") or ""
        length += 0 if unread else sum(map(len, text.split()))
    return length


def _site_names(root: etree._Element) -> Iterator[str]:
    for element in root.iter("meta", "link"):
        named = element.get("property") or element.get("name") or element.get("rel") or ""
        value = element.get("content") or element.get("href") or ""
        if named in ("og:site_name", "application-name"):
            yield value.strip()
        elif named in ("og:url", "canonical") and (host := _HOST.match(value)):
            yield host[1]
