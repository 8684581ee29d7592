"""Citations of treaty provisions in each language: ``UNTOC 6(1)(a)(i)`` is *art. 6.1 a) i)*."""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping

from app.wording import base_language, worded_in
from extraction.resource import load
from nlp.elements.instruments import Element, ModelInstrument
from nlp.folding import fold

_PLACE = re.compile(r"(\d+|[IVXL]+)([a-z]?)(?:-(\d+))?((?:-?\([^)]+\))*)")
_LEVEL = re.compile(r"\(([^)]+)\)(?:-\(([^)]+)\))?")


def treaty_key(pinpoint: str) -> str:
    """Return the key of the treaty; an instrument that is a treaty as a whole (``EU 2024/1260``) is its own key."""
    return pinpoint if pinpoint in _names() else pinpoint.rpartition(" ")[0]


def treaty_name(pinpoint: str, language: str) -> str:
    """Return the name of the treaty of a pinpoint or of an instrument's ``treaty``."""
    return worded_in(_names()[treaty_key(pinpoint)], language)


def treaty_place(pinpoint: str, language: str) -> str:
    """Return the article, paragraph and letter of a pinpoint, several joined; empty for a treaty as a whole."""
    key = treaty_key(pinpoint)
    if key == pinpoint:
        return ""
    by_language = load("app.treaty_places")["forms"]
    forms = by_language.get(language) or by_language[base_language(language)]
    unit = "recommendation" if key in load("app.treaty_places")["recommendations"] else "article"
    places = (_PLACE.fullmatch(place) for place in pinpoint.rpartition(" ")[2].split("+"))
    joined: str = forms["and"].join(_place(place, forms, unit) for place in places if place)
    return joined


def treaty_cited(pinpoint: str, language: str) -> str:
    """Return a pinpoint as a citation: the name of its treaty and the place in it."""
    return ", ".join(filter(None, (treaty_name(pinpoint, language), treaty_place(pinpoint, language))))


def treaties_cited(pinpoints: Iterable[str], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return pinpoints by the name of their treaty, each with its place in it, sorted by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for pinpoint in pinpoints:
        found[treaty_name(pinpoint, language)].append(pinpoint)
    places = ((name, [(place, treaty_place(place, language) or name) for place in own]) for name, own in found.items())
    return sorted(places, key=lambda place: fold(place[0]))


def element_place(element: Element, model: ModelInstrument, language: str) -> str:
    """Return the place of an element, with the name of the treaty unless it is the instrument's own."""
    place = treaty_place(element.pinpoint, language)
    own = treaty_key(element.pinpoint) == treaty_key(model.treaty)
    return place if own else f"{treaty_name(element.pinpoint, language)}, {place}"


def _place(found: re.Match[str], forms: Mapping[str, str], unit: str) -> str:
    number, inserted, last, below = found.groups()
    kind = "inserted" if inserted else f"{unit}s" if last else unit if number.isdigit() else "roman"
    ends = _counted((number, last), forms) if unit == "article" else list(filter(None, (number, last)))
    text, letters = forms[kind].format(n=(forms["to_article"] if unit == "article" else "-").join(ends)), 0
    for first, end in _LEVEL.findall(below):
        kind = "paragraph" if first.isdigit() else "item" if letters else "letter"
        letters += kind != "paragraph"
        joined = forms["to_paragraph" if kind == "paragraph" else "to_letter"].join(_counted((first, end), forms))
        text += forms[f"{kind}s" if end and kind == "paragraph" else kind].format(n=joined)
    return text


def _counted(range_ends: Iterable[str | None], forms: Mapping[str, str]) -> list[str]:
    """Return the one or two ends of a range, those from 1 to 9 as ordinals where the language has them."""
    return [end + forms.get("ordinal", "") * (len(end) == 1 and end.isdigit()) for end in range_ends if end]


def _names() -> Mapping[str, Mapping[str, str]]:
    return ChainMap(load("app.treaty_places")["treaties"], load("app.instrument_names")["treaties"])


def obligation_level(element: Element) -> str:
    """Return the code of the element's obligation level, a key of ``obligation_level`` in ``resources/labels.yaml``."""
    if element.optional:
        return "optional"
    if element.qualified:
        return "qualified"
    if element.group:
        return "one_of_several"
    return "eu_law" if element.source else "mandatory"
