"""Data model of a comparison: request, provisions, rows, cells and quotations.

A column is a country, a row an element of the provisions, a cell the country's law on it in quotations. Every range is
of the document's text in code points, half open; every text is the document's between its offsets. ``msgspec.json``
serialises a comparison (``encoded``, ``decoded``).
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
    "negligent_form",
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
    """The question of a comparison: a concept, a treaty provision, words, or provisions named individually.

    ``concept`` is an id of ``nlp.concepts.layer``, ``treaty`` a provision as in concepts (``UNTOC 6``), ``citations``
    are written as in a search (``art. 324-1 code pénal``), ``provisions`` are ids of ``Provision``. ``jurisdictions``
    are ISO 3166 alpha-2, in the order of the columns, by default all with results; ``date`` is ISO 8601, by default
    today; ``language`` is that of the question. ``most`` is the maximum number of provisions per country in addition to
    named ones; ``left_out`` are ids of excluded provisions.
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
    """An article or section with its full text, in the expression selected for the date.

    ``id`` is that of its scope in the index, ``pages`` are (offset, number) of the pages that begin within it.
    ``valid_from`` and ``valid_to`` (the first day no longer in force) are empty if unknown, ``valid_to`` also without
    an end; ``in_force`` on the date is ``yes``, ``no``, ``unknown``, or empty if it is not an expression of a law.
    ``text_of`` is the date of the text if no source states its first day in force; ``valid_from`` is then empty, and it
    is unknown whether the text is in force on later days.

    ``why`` are reasons as in a search hit, ``named`` tells that the user named this provision. ``source`` is the file
    name. ``role`` is that for the compared concept: ``basic`` (the offence itself or, for other concepts, the rule that
    regulates it), ``special`` (a special, aggravated or attenuated form) or ``connected`` (attempt, legal persons and
    other related rules); empty for named provisions and without a concept. ``heading`` is its rubric.
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
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """A feature comparable across languages (``knowledge``, ``imprisonment``), with its range in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A penalty as figures: ``kind`` is ``imprisonment``, ``fine``, ``day_fine`` and others of the rules.

    ``least`` and ``most`` are in ``unit`` (``month``, ``day``, a currency, a unit defined by a law); None without such
    a bound. ``by`` is the article whose table gives the years of a degree ("presidio menor en su grado medio").
    """

    kind: str
    least: float | None
    most: float | None
    unit: str
    start: int
    end: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A range of a provision, quoted verbatim in a cell.

    ``passage_id`` is the ``Provision.id``, ``pinpoint`` the innermost unit that contains it (``art. 301.1``). ``why``
    are codes with their fact (``cue:a sabiendas``, ``words:origen``, ``meaning:0.83``), ``confidence`` is from 0 to 1.
    ``role`` and ``text_of`` are those of the provision. ``apart`` tells that a penalty in the provision of a basic
    offence is not that offence's, or may not be: it is of another act, of another offender or of a graver form.
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
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One country's quotations for one element; an empty cell implies nothing about its law.

    ``further`` are clauses that may state the element in provisions of the compared laws that are not compared.
    """

    quotations: tuple[Quotation, ...] = ()
    further: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """A trait of a row and the places of the columns that have it; ``kind`` is ``all``, ``some`` or ``one``.

    ``all`` and ``one`` refer to the columns with content in the row, of which there are at least two.
    """

    trait: str
    columns: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """An element: one of ``ELEMENTS`` if ``source`` is ``structure``, else an element of the instrument ``source``.

    ``wording`` are (language, words) of an instrument's element, in our own wording. ``found`` are the places of the
    columns with content, ``lightest`` and ``heaviest`` (figure's kind, columns) those with the lowest and highest upper
    bound, if all of one kind and unit are comparable and their minimum does not say the contrary.
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
    """An available law without an expression known to be in force on the day; ``day`` is the first of its text."""

    collection: str
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class Column:
    """A country with its compared ``provisions`` and ``connected`` rules, which are quoted too.

    ``found`` tells whether any provision is compared; otherwise none was found in the available texts, which implies
    nothing about the country's law. ``offered`` are less relevant ones, the most relevant first, ``other_days`` laws
    about the concept excluded by the date.
    """

    jurisdiction: str
    provisions: tuple[Provision, ...] = ()
    offered: tuple[Provision, ...] = ()
    connected: tuple[Provision, ...] = ()
    found: bool = False
    other_days: tuple[TextOfAnotherDay, ...] = ()

    @property
    def quoted(self) -> tuple[Provision, ...]:
        """All provisions quoted in the cells: the compared ones, then the connected rules."""
        return (*self.provisions, *self.connected)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``question`` with its date and language filled in; ``origin`` is the splitter of provisions (name@version).

    ``without`` are countries with available law but without a column, because no country was selected and none of their
    provisions is certainly relevant; possibly relevant ones are offered. ``unused_words`` are words of the question
    beside the name of its concept ("with cryptocurrency"): they helped to find provisions, but decided on none.
    """

    question: ComparisonRequest
    date: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    origin: str = ""
    without: tuple[Column, ...] = ()
    unused_words: tuple[str, ...] = ()

    @property
    def by_meaning_alone(self) -> bool:
        """Return whether no provision has the words of the question: all are only semantically close."""
        found = [provision for column in self.columns for provision in column.provisions if not provision.named]
        return bool(found) and all(provision.why == (MEANING,) for provision in found)

    @property
    def by_words_alone(self) -> bool:
        """Return whether the words of the question name no concept, so that nothing tells what a provision is about."""
        asked = self.question
        named = asked.concept or asked.treaty or asked.citations or asked.provisions
        found = [provision for column in self.columns for provision in column.provisions]
        return bool(asked.query and not named and found) and not any(provision.role for provision in found)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Comparison)


def encoded(comparison: Comparison) -> bytes:
    """Return the comparison as JSON; equal comparisons give equal bytes."""
    return _encoder.encode(comparison)


def decoded(kept: bytes) -> Comparison:
    """Parse the result of ``encoded``; raises ``indexing.comparison_unreadable``."""
    try:
        return _decoder.decode(kept)
    except msgspec.DecodeError as error:
        raise RogatioError("indexing.comparison_unreadable") from error
