"""Data model of a comparison: request, provisions, rows, cells and quotations.

A column is a country, a row an element of the provisions, a cell what the country's law says of it in its own words.
Every range is one of the document's text in code points, half open; every text is the document's between its offsets.
``msgspec.json`` writes a comparison and reads it back (``encoded``, ``decoded``).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from extraction.errors import RogatioError
from indexing.search.request import MEANING

STRUCTURE = "structure"
ELEMENTS = (
    "subject",
    "conduct",
    "object",
    "mental_element",
    "penalty",
    "aggravation",
    "mitigation",
    "attempt",
    "participation",
    "legal_persons",
    "exemption",
    "other",
    "repealed",
    "vetoed",
)


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """What is to be compared: a concept, a provision of a treaty, words, or provisions named one by one.

    ``concept`` is an id of ``nlp.concepts.layer``, ``treaty`` a provision as concepts name it (``UNTOC 6``),
    ``citations`` are written as in a search (``art. 324-1 code pénal``), ``provisions`` are ids of ``Provision``.
    ``jurisdictions`` are ISO 3166 alpha-2, in the order of the columns, empty for all that answer; ``date`` is ISO
    8601, empty for today; ``language`` is that of the question. ``most`` is how many provisions a country brings at
    most beside those that are named; ``left_out`` are ids of provisions that are not to be compared.
    """

    concept: str = ""
    treaty: str = ""
    query: str = ""
    citations: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    most: int = 3
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or section with its whole text, in the version that was chosen for the date.

    ``id`` is that of its scope in the index, ``pages`` are (offset, number) of the pages that begin within it.
    ``valid_from`` and ``valid_to`` (the first day no longer) are empty where they are not known, the second also where
    no end is in sight; ``in_force`` on the date is ``yes``, ``no``, ``unknown``, or empty for what is no version of a
    law. ``text_of`` is the day whose text it is where no source says since when that is in force; ``valid_from`` is
    empty then, and on a later day it is not known whether it still is. ``why`` are codes of reasons as in a search's
    hit, ``named`` tells that a person asked for this very provision. ``source`` is the name of the file it came in.
    ``role`` is what the provision is to the concept that is compared: ``basic`` (the offence itself or, of what is no
    offence, the rule that regulates it), ``special`` (a special, aggravated or attenuated form) or ``connected``
    (attempt, legal persons and other rules that go with it); empty for provisions that were named, and for words
    without a concept.
    """

    id: str
    document_id: str
    collection: str
    title: str
    jurisdiction: str
    unit: str
    path: tuple[str, ...]
    language: str
    date: str
    page: int
    start: int
    end: int
    text: str
    valid_from: str = ""
    valid_to: str = ""
    in_force: str = ""
    why: tuple[str, ...] = ()
    named: bool = False
    pages: tuple[tuple[int, int], ...] = ()
    source: str = ""
    role: str = ""
    text_of: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """A feature that can be compared across languages (``knowledge``, ``imprisonment``), where the text shows it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A penalty as figures: ``kind`` is ``imprisonment``, ``fine``, ``day_fine`` and others of the rules.

    ``least`` and ``most`` are in ``unit`` (``month``, ``day``, a currency, a unit that a law defines); None where the
    law gives no such bound.
    """

    kind: str
    least: float | None
    most: float | None
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """A range of a provision, shown as it stands: what fills a cell.

    ``passage_id`` is the ``Provision.id``, ``pinpoint`` the innermost unit that holds it (``art. 301.1``). ``why`` are
    codes with their fact (``cue:a sabiendas``, ``words:origen``, ``meaning:0.83``), ``confidence`` is from 0 to 1.
    ``role`` and ``text_of`` are those of the provision.
    """

    document_id: str
    passage_id: str
    pinpoint: str
    language: str
    page: int
    start: int
    end: int
    text: str
    valid_from: str
    valid_to: str
    in_force: str
    confidence: float
    why: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    figures: tuple[Figure, ...] = ()
    role: str = ""
    text_of: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one country says of one element; empty where nothing was found, which says nothing of its law."""

    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """A trait of a row and the columns that have it, by their places; ``kind`` is ``all``, ``some`` or ``one``.

    ``all`` and ``one`` are of the columns that have anything in the row, of which there are at least two.
    """

    trait: str
    columns: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """An element: one of ``ELEMENTS`` where ``source`` is ``structure``, else an element of the instrument ``source``.

    ``wording`` are (language, words) of an instrument's element, worded by us. ``found`` are the places of the columns
    that have anything, ``lightest`` and ``heaviest`` (figure's kind, columns) those whose upper bound is the least and
    the greatest, where all of one kind and unit can be compared.
    """

    element: str
    source: str
    cells: tuple[Cell, ...]
    found: tuple[int, ...] = ()
    common: tuple[Common, ...] = ()
    lightest: tuple[tuple[str, tuple[int, ...]], ...] = ()
    heaviest: tuple[tuple[str, tuple[int, ...]], ...] = ()
    wording: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TextOfAnotherDay:
    """A law that is held, but in no version known to be in force on the day; ``day`` is the first of its text."""

    collection: str
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class Column:
    """A country with the ``provisions`` that are compared, and with ``connected`` rules, which its cells quote too.

    ``found`` tells whether a provision is compared at all; where none is, no provision was found in the texts that are
    available, which says nothing of the country's law. ``offered`` are others that answer less well, the nearest first,
    ``other_days`` laws about the concept that the day leaves out.
    """

    jurisdiction: str
    provisions: tuple[Provision, ...] = ()
    offered: tuple[Provision, ...] = ()
    connected: tuple[Provision, ...] = ()
    found: bool = False
    other_days: tuple[TextOfAnotherDay, ...] = ()

    @property
    def quoted(self) -> tuple[Provision, ...]:
        """Everything that the cells quote: what is compared, then the connected rules."""
        return (*self.provisions, *self.connected)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``question`` with its date and language filled in; ``origin`` names what split the provisions (name@version).

    ``without`` are countries whose law is held and that have no column, since none were chosen and nothing of theirs
    surely answers; what may answer is offered.
    """

    question: ComparisonRequest
    date: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    origin: str = ""
    without: tuple[Column, ...] = ()

    @property
    def by_meaning_alone(self) -> bool:
        """Tell whether words were asked for that no provision has: all are merely the nearest in meaning."""
        found = [provision for column in self.columns for provision in column.provisions if not provision.named]
        return bool(found) and all(provision.why == (MEANING,) for provision in found)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Comparison)


def encoded(comparison: Comparison) -> bytes:
    """Return the comparison as JSON, the same bytes for the same comparison."""
    return _encoder.encode(comparison)


def decoded(kept: bytes) -> Comparison:
    """Read what ``encoded`` wrote; raises ``indexing.comparison_unreadable``."""
    try:
        return _decoder.decode(kept)
    except msgspec.DecodeError as error:
        raise RogatioError("indexing.comparison_unreadable") from error
