"""Data classes of annotations: ranges of a text with label, value, confidence and origin.

Offsets are half-open ranges of code points of the document's text. Every item is a proposal of the component named in
``origin`` (``name@version``), not evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """One interpretation of a citation or identifier; alternatives are kept, the most likely first.

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
    inferred from the preceding text.
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
        """The component's name in ``origin``, without version."""
        return self.origin.partition("@")[0]

    def within(self, other: Span) -> bool:
        """Return whether this range is inside the other."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A range in one language: ``label`` is es, pt, en or fr (ISO 639-1), or ``und`` for any other."""

    start: int
    end: int
    label: str
    confidence: float
    origin: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, place or act in one document with all its mentions in order.

    ``name`` is the fullest form as written, ``aliases`` are other forms. ``identifiers`` distinguish it:
    ``id:rule:number`` and ``born:date`` for a person, canonical id, code or value for others. ``candidates`` are keys
    of entities that may be the same if the text is ambiguous. ``key`` is stable within the document and does not reveal
    the name. Mentions have no readings and attributes; the span with the same range in ``Annotations.spans`` has them.
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
    ``nlp/resources/structure.yaml``), ``path`` the headings above it, outermost first, ``heading`` its own rubric, if
    any. ``key`` is the language-independent kind of a part of a judgment or section of a request (``grounds``;
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
    """A document type with its evidence; ``label`` is ``unknown`` without sufficient evidence."""

    label: str
    confidence: float
    origin: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """Metadata known before analysis, from a user, a manifest or the file itself; empty strings mean unknown.

    ``jurisdiction`` is ISO 3166 alpha-2, ``date`` ISO 8601.
    """

    document_type: str = ""
    jurisdiction: str = ""
    title: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class LetterType:
    """The type that the reader of letters of ``version`` gives a document; other documents keep their general type.

    ``author`` is the State that wrote a letter of cooperation (ISO 3166 alpha-2), empty if it is not sure.
    """

    version: str
    document_type: DocumentType
    author: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """All annotations of one document.

    ``identity`` are the canonical ids of the document itself (a law's number, a judgment's ECLI). ``jurisdiction`` is
    empty if it cannot be determined with sufficient confidence. ``letter`` is stored with those of documents that were
    read as letters.
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
    letter: LetterType | None = None
