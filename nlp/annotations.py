"""What the pipelines say of a text: ranges with a label, a value, a confidence and an origin.

Offsets are code points of the document's text, half open. Nothing here is evidence: every item is a
proposal of the component that ``origin`` names (``name@version``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a citation or identifier; rivals are kept, the likeliest first.

    ``canonical`` is an ELI, ECLI, CELEX or URN:LEX where one exists, else ``ref:{cc}:{type}:{number}:{year}``.
    ``valid`` is the result of a checksum: ``"true"``, ``"false"`` or ``"unchecked"``.
    """

    canonical: str
    jurisdiction: str
    type: str
    number: str = ""
    year: str = ""
    pinpoint: str = ""
    valid: str = "unchecked"
    score: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """An entity, citation, date, amount or concept.

    ``label`` is upper case (PERSON ORGANISATION LOCATION DATE LAW CASE COURT AUTHORITY COUNTRY NATIONALITY OFFENCE
    TREATY REFERENCE MONEY IDENTIFIER INSTITUTION ...). ``value`` is the normalised form: ISO 8601 date,
    ``AMOUNT CUR``, ISO 3166 alpha-2, concept id, canonical id of a citation. A REFERENCE is an article whose law is
    told from what stands before it.
    """

    start: int
    end: int
    label: str
    value: str
    confidence: float
    origin: str
    readings: tuple[Reading, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Return the name in ``origin``, without its version."""
        return self.origin.partition("@")[0]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in one language: ISO 639-1, or ``und`` for every language but es, pt, en and fr."""

    start: int
    end: int
    label: str
    confidence: float
    origin: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, place or act of one document with all its mentions, in order.

    ``name`` is its fullest form as written, ``aliases`` are the other forms. ``identifiers`` are what tells it from
    all others: ``id:rule:number`` and ``born:date`` of a person, the canonical id, code or value of anything else.
    ``candidates`` are the keys of entities that it may be the same as, where the text does not tell. ``key`` is stable
    within the document and tells nothing of the name. Mentions have neither readings nor attributes, which the span
    of the same range in ``Annotations.spans`` has.
    """

    key: str
    label: str
    name: str
    mentions: tuple[Span, ...]
    confidence: float
    identifiers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A book, article, paragraph, letter, part of a judgment or section of a request.

    ``label`` is stable (``art. 324-1``, ``art. 400 bis``, ``§ 2.º``, ``s. 7(1)``), ``kind`` an English key
    (``book title chapter section article paragraph letter item part request_section disposition schedule``, and
    ``preamble transitory act annex quoted_article former_article closing`` and others of
    ``nlp/resources/structure.yaml``), ``path`` the headings above it, outermost first, ``heading`` its own rubric where
    it has one. ``key`` says what a part of a judgment or a section of a request is in any language (``grounds``;
    ``facts``, ``assistance``).
    """

    start: int
    end: int
    label: str
    kind: str
    path: tuple[str, ...]
    heading: str
    confidence: float
    origin: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document type with the spans that speak for it; ``label`` is ``unknown`` where nothing does."""

    label: str
    confidence: float
    origin: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document before it is read: given by a person, a manifest or the file itself.

    Empty strings mean unknown. ``jurisdiction`` is ISO 3166 alpha-2, ``date`` ISO 8601.
    """

    document_type: str = ""
    jurisdiction: str = ""
    title: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that the pipelines say of one document.

    ``identity`` are the canonical ids that the document itself bears (a law's own number, a judgment's ECLI).
    ``jurisdiction`` is empty where nothing says with enough confidence whose document it is.
    """

    document_type: DocumentType
    segments: tuple[Segment, ...]
    structure: tuple[Unit, ...]
    spans: tuple[Span, ...]
    title: str
    jurisdiction: str
    date: str
    identity: tuple[Reading, ...]
    version: str
    entities: tuple[Entity, ...] = ()
    jurisdiction_confidence: float = 0.0
