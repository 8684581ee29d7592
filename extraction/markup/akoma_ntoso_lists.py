"""Numbers of HTML lists in Akoma Ntoso as its ``symbol`` says (``1°``, ``dash``), else as browsers show them."""

from __future__ import annotations

import re

from lxml import etree

from extraction.numbering import numeral

_SYMBOL = re.compile(r"(?P<before>\W*)(?P<style>[1aAiI])(?P<after>[\W_]*)")
_SHOWN = {"dash": "–", "bullet": "•", "none": "", "custom": ""}
_TYPES = frozenset("1aAiI")


def list_marker(item: etree._Element) -> str:
    """Return the number or mark before the list item ``item`` (``li``); ``""`` in a list without marks."""
    own, parent = _attribute(item, "symbol"), item.getparent()
    if own or parent is None or parent.tag not in ("ol", "ul"):
        return _SHOWN.get(own, own)
    symbol = _attribute(parent, "symbol")
    if symbol in _SHOWN or parent.tag == "ul":
        return _SHOWN.get(symbol, symbol)
    number = _integer(_attribute(item, "value"), 0) or _integer(_attribute(parent, "start"), 1) + _place(item)
    form = _SYMBOL.fullmatch(symbol)
    if form is None:
        style = _attribute(parent, "type")
        return symbol or f"{numeral(number, style if style in _TYPES else '1')}."
    return f"{form['before']}{numeral(number, form['style'])}{form['after']}"


def _place(item: etree._Element) -> int:
    return sum(1 for _ in item.itersiblings("li", preceding=True))


def _attribute(element: etree._Element, name: str) -> str:
    """Return the attribute ``name`` of any namespace; national profiles have their own."""
    found = (str(value) for key, value in element.items() if etree.QName(key).localname == name)
    return next(found, "")


def _integer(value: str, default: int) -> int:
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default
