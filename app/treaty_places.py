"""Where an element stands in its treaty, cited as each language does: ``UNTOC 6(1)(a)(i)`` is *art. 6.1 a) i)*."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extraction.resource import load
from nlp.elements.instruments import Element, ModelInstrument

_PLACE = re.compile(r"(\d+)([a-z]?)((?:-?\([^)]+\))*)")
_LEVEL = re.compile(r"\(([^)]+)\)(?:-\(([^)]+)\))?")


def treaty_key(pinpoint: str) -> str:
    """Return the key of the treaty; that of an instrument that is a treaty as a whole (``EU 2024/1260``) is its own."""
    return pinpoint if pinpoint in load("app.treaty_places")["treaties"] else pinpoint.rpartition(" ")[0]


def treaty_name(pinpoint: str, language: str) -> str:
    """Return what the treaty of a pinpoint or of an instrument's ``treaty`` is called."""
    name: str = load("app.treaty_places")["treaties"][treaty_key(pinpoint)][language]
    return name


def treaty_place(pinpoint: str, language: str) -> str:
    """Return the article, paragraph and letter of an element's pinpoint, several joined."""
    forms = load("app.treaty_places")["forms"][language]
    places = (_PLACE.fullmatch(place) for place in pinpoint.rpartition(" ")[2].split("+"))
    joined: str = forms["and"].join(_place(place, forms) for place in places if place)
    return joined


def element_place(element: Element, model: ModelInstrument, language: str) -> str:
    """Return the place of an element, with the name of the treaty where it is not the instrument's own."""
    place = treaty_place(element.pinpoint, language)
    own = treaty_key(element.pinpoint) == treaty_key(model.treaty)
    return place if own else f"{treaty_name(element.pinpoint, language)}, {place}"


def _place(found: re.Match[str], forms: Mapping[str, str]) -> str:
    number, inserted, below = found.groups()
    said, letters = forms["inserted" if inserted else "article"].format(n=number), 0
    for first, last in _LEVEL.findall(below):
        kind = "paragraph" if first.isdigit() else "item" if letters else "letter"
        letters += kind != "paragraph"
        joined = forms["to_paragraph" if kind == "paragraph" else "to_letter"].join(filter(None, (first, last)))
        said += forms[kind].format(n=joined)
    return said
