"""Articles cited in a query by their number alone, or in a code that amending acts in the collection may quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import regex

from indexing.records.stored_fields import StoredFields
from nlp.citations.pinpoints import Pinpoint, find_pinpoints
from nlp.citations.query import CitedInQuery
from nlp.compiled_patterns import compiled

_WORDS = {"art": "art.", "s": "s."}  # kind of an id -> word of the label of the unit
_ID = compiled(r"(?P<kind>art|s)-(?P<number>\d[\d.-]*)(?P<suffix>[a-z]*)")
_ACCENTED = {"quater": "quáter"}
_CODE = compiled(r":(?:codigo|code|codigo-\w+):")
_BARE_NUMBER = compiled(
    r"\d{1,4}(?:-\d{1,3}){1,3}|\d{1,4}(?:-\d{1,3}){0,3}[\s-]?(?:[A-Z]|bis|ter|qu[aá]ter|quinquies)", regex.I
)
"""A number that only articles have: "324-1", "129-A", "301 bis"."""
_INSERTED_FROM = 100  # a code's article with a lower number and no suffix has too many namesakes in other laws


@dataclass(frozen=True, slots=True)
class CitedUnit:
    """An article by the written forms of its label (``art. 269 A``, ``art. 269A``).

    It is one in the law of ``countries`` or in one of ``documents``; without either an article of any law.
    """

    labels: tuple[str, ...]
    countries: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def is_titled(self, scope: StoredFields) -> bool:
        """Return whether a scope is the article, in a law that the query names by its title."""
        return scope.unit in self.labels and scope.document_id in self.documents


def cited_units(text: str, citations: Sequence[CitedInQuery], available: Set[str]) -> tuple[CitedUnit, ...]:
    """Return the article that the query ``text`` consists of, or those of codes that are not ``available``.

    "art." may be missing before a number that only articles have. The article that an act inserts in a code is stored
    as one of the act, whose id the citation of the code is not.
    """
    if _BARE_NUMBER.fullmatch(text.strip()):
        text = f"art. {text.strip()}"
    pins = list(find_pinpoints(text))
    if not citations and len(pins) == 1 and _is_whole(text, pins[0]):
        return tuple(CitedUnit(labels) for labels in filter(None, map(labels_of, pins[0].items)))
    return tuple(dict.fromkeys(_of_codes(citations, available)))


def _is_whole(text: str, pin: Pinpoint) -> bool:
    return not regex.search(r"[\p{L}\d]", text[: pin.start] + text[pin.end :])


def _of_codes(citations: Iterable[CitedInQuery], available: Set[str]) -> Iterator[CitedUnit]:
    for cited in citations:
        ids = [reading.canonical for reading in cited.readings]
        codes = [reading for reading in cited.readings if _CODE.search(reading.canonical) and reading.jurisdiction]
        if codes and available.isdisjoint(ids):
            item = codes[0].canonical.partition("#")[2]
            labels = labels_of(item) if _may_be_inserted(item) else ()
            if labels:
                yield CitedUnit(labels, tuple(dict.fromkeys(reading.jurisdiction for reading in codes)))


def _may_be_inserted(item: str) -> bool:
    match = _ID.match(item)
    return match is not None and (
        bool(match["suffix"]) or "-" in match["number"] or int(regex.split(r"\D", match["number"])[0]) >= _INSERTED_FROM
    )


def labels_of(item: str) -> tuple[str, ...]:
    """Return the labels under which structures of laws have the article ``art-269a`` or the section ``s-44``."""
    match = _ID.match(item)
    if match is None:
        return ()
    word, number, suffix = _WORDS[match["kind"]], match["number"].rstrip("-."), match["suffix"]
    if not suffix:
        return tuple(f"{word} {number}{mark}" for mark in _ordinal_marks(number))
    forms = {suffix, suffix.upper(), _ACCENTED.get(suffix, suffix)}
    return tuple(f"{word} {number}{space}{form}" for form in sorted(forms) for space in (" ", "", "-"))


def _ordinal_marks(number: str) -> tuple[str, ...]:
    """Return the marks of ordinals that laws print behind low numbers of articles ("art. 1er", "art. 5º")."""
    marks = ("", "º", ".º") if len(number) == 1 else ("",)
    return (*marks, "er") if number == "1" else marks
