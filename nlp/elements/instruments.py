"""Elements of model instruments, worded in four languages.

The wording is our own, for retrieval and labelling, and not that of a treaty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.errors import RogatioError
from extraction.resource import load
from nlp.concepts.layer import LANGUAGES, VARIETIES, concepts


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a model provision; ``description`` and ``keys`` (words and verbs that fulfil it) by language.

    A description may have one of a variety (pt-PT) too.

    ``pinpoint`` is the treaty's key and the place in it (``UNTOC 6(1)(a)(i)``; several places with ``+``). ``concepts``
    are those of the concept layer whose provisions may fulfil it. ``optional``: States may, but need not adopt it.
    ``qualified``: they must, subject to the basic concepts of their legal system. ``group``: one element of a group is
    sufficient; empty for an independent one. ``side`` is that of the offender in a bribe
    (``giving`` or ``taking``), empty for other conduct. ``source`` is ``EU`` if it is required by Union law and not by
    the treaty. ``like`` is an instrument whose element of the same id has the same wording, duty and cues (what
    :mod:`nlp.elements.cues` reads of it too); empty for an element with its own.
    ``official_text`` is the citation of the text against which place, wording and obligation were checked on
    ``checked_on`` (ISO 8601); both are empty if unchecked.
    """

    id: str
    instrument: str
    pinpoint: str
    description: Mapping[str, str]
    keys: Mapping[str, tuple[str, ...]]
    concepts: tuple[str, ...]
    optional: bool
    qualified: bool
    group: str
    side: str
    source: str
    like: str
    official_text: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class ModelInstrument:
    """A provision of a treaty as a list of elements; ``treaty`` is its key in ``treaties.yaml`` and the provision.

    ``administrative``: it has States regulate (mark, record, license) rather than punish.
    """

    id: str
    treaty: str
    name: Mapping[str, str]
    concepts: tuple[str, ...]
    elements: tuple[Element, ...]
    administrative: bool = False

    def element(self, element_id: str) -> Element:
        """Return one element; raise ``nlp.no_such_element``."""
        for element in self.elements:
            if element.id == element_id:
                return element
        known = ", ".join(element.id for element in self.elements)
        raise RogatioError("nlp.no_such_element", element=element_id[:40], instrument=self.id, known=known)


@cache
def instruments() -> Mapping[str, ModelInstrument]:
    """Return every model instrument by its id (``UNTOC_6``), in the order of the file."""
    return {code: _instrument(code, entry) for code, entry in load("nlp.elements").items()}


def instrument(instrument_id: str) -> ModelInstrument:
    """Return a model instrument by its id in any case (``untoc-6`` too); raise ``nlp.no_such_instrument``."""
    normalised = instrument_id.replace("-", "_").casefold()
    for code, model in instruments().items():
        if code.casefold() == normalised:
            return model
    raise RogatioError("nlp.no_such_instrument", instrument=instrument_id[:40], known=", ".join(instruments()))


@cache
def treaty_provisions() -> Mapping[str, tuple[str, ...]]:
    """Return the concepts of each provision of a treaty (``UNTOC 6``) that concepts or model instruments name.

    They are in the order of the treaties' keys and of the articles' numbers.
    """
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts().values():
        for provision in concept.treaties:
            found[provision] = (*found.get(provision, ()), concept.id)
    for model in instruments().values():
        found.setdefault(model.treaty, model.concepts)
    return {provision: found[provision] for provision in sorted(found, key=_by_number)}


def elements_of(concept_id: str) -> list[str]:
    """Return the elements of model instruments that provisions about a concept may fulfil (``UNTOC_6 conversion``)."""
    return [
        f"{instrument.id} {element.id}"
        for instrument in instruments().values()
        for element in instrument.elements
        if concept_id in element.concepts
    ]


def _by_number(provision: str) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", provision)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _instrument(code: str, entry: Mapping[str, Any]) -> ModelInstrument:
    own = tuple(entry["concepts"])
    return ModelInstrument(
        code,
        entry["treaty"],
        {language: entry[language] for language in (*LANGUAGES, *VARIETIES) if language in entry},
        own,
        tuple(_element(name, code, element, own) for name, element in entry["elements"].items()),
        bool(entry.get("administrative", False)),
    )


def _element(name: str, code: str, own: Mapping[str, Any], usual: tuple[str, ...]) -> Element:
    like = own.get("like", "")
    entry = {**load("nlp.elements")[like]["elements"][name], **own} if like else own
    wordings = {language: entry[language].partition(" | ") for language in LANGUAGES}
    described = {language: text for language, (text, _, _) in wordings.items()}
    read = load("nlp.treaty_texts")
    text = read["texts"].get(entry["pinpoint"].rpartition(" ")[0])
    return Element(
        id=name,
        instrument=code,
        pinpoint=entry["pinpoint"],
        description=described | {variety: entry[variety] for variety in VARIETIES if variety in entry},
        keys={language: tuple(keys.split("; ")) for language, (_, _, keys) in wordings.items()},
        concepts=tuple(entry.get("concepts", usual)),
        optional=bool(entry.get("optional", False)),
        qualified=bool(entry.get("qualified", False)),
        group=entry.get("group", ""),
        side=entry.get("side", ""),
        source=entry.get("source", ""),
        like=like,
        official_text=text["cited"] if text else "",
        checked_on=read["checked"][code]["day"] if text else "",
    )
