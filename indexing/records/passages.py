"""Records of a document: its retrieval units (provisions of a law, otherwise the document) and their passages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extraction.document import Document
from indexing.access import PUBLIC_PARTITION
from indexing.analysis.tokens import Tokens, analyse
from indexing.records.record import DocumentFacts, Record, RecordKind
from nlp.annotations import Annotations, Span, Unit
from nlp.citations.identity import cited_ids, document_identities, provision_identities
from nlp.concepts.layer import broader_concepts
from nlp.concepts.tagging import ConceptTag, mentioned_concepts
from nlp.document_kinds import is_legislation
from nlp.entities.identifiers import number_ids
from nlp.provision_roles.learned_subjects import learned_subject_tags
from nlp.provision_roles.nearest_concepts import encoder_version
from nlp.provision_roles.reading import SPLIT_CAPITAL
from nlp.provision_roles.subjects import subject_tags
from nlp.structure.former_wording import since_former, without_period
from nlp.structure.structure import provisions

MIN_LENGTH = 60  # words of a passage
MAX_LENGTH = 250
_SENTENCE_END = (".", ";", ":", "?", "!")


@dataclass(frozen=True, slots=True)
class PassageSplitter:
    """Splits ``text`` into passages at ``bounds``, the sorted starts of paragraphs and structural units."""

    text: str
    tokens: Tokens
    bounds: Sequence[int]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the passages of ``[start, end)``, of about MIN_LENGTH to MAX_LENGTH words, split at ``bounds``."""
        begin, words = start, 0
        inner = self.bounds[bisect_right(self.bounds, start) : bisect_left(self.bounds, end)]
        for at, following in pairwise([start, *inner, end]):
            first, last = self.tokens.bounds(at, following)
            if words >= MIN_LENGTH or (words and words + last - first > MAX_LENGTH):
                yield from self._short(begin, at)
                begin, words = at, 0
            words += last - first
        yield from self._short(begin, end)

    def _short(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield ``[start, end)`` in parts of at most MAX_LENGTH words, split after sentences if possible."""
        first, last = self.tokens.bounds(start, end)
        while last - first > MAX_LENGTH:
            cut = self._sentence_end(first + MIN_LENGTH, first + MAX_LENGTH)
            yield start, self.tokens.starts[cut]
            start, first = self.tokens.starts[cut], cut
        if last > first:
            yield start, end

    def _sentence_end(self, first: int, last: int) -> int:
        """Return the last token from ``first`` to ``last`` that begins a sentence, by default ``last``."""
        for at in range(last, first, -1):
            between = self.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].rstrip()
            if between.endswith(_SENTENCE_END):
                return at
        return last


def document_records(document: Document, annotations: Annotations, facts: DocumentFacts) -> list[Record]:
    """Return all records of ``document`` in reading order, each scope before its passages.

    Words are lemmatised in the language of their segment, by default in that of the document.
    """
    cutter = _Cutter(document, annotations, facts)
    return [
        record
        for number, scope in enumerate(retrieval_units(document, annotations))
        for record in cutter.cut(number, scope)
    ]


def with_learned_concepts(
    records: Sequence[Record], document: Document, annotations: Annotations, facts: DocumentFacts
) -> list[Record]:
    """Return the records of a document with the concepts of provisions that the learned decision gives by vectors.

    Records of other documents than laws, and those without vectors of the model's encoder, stay as they are.
    """
    vectors = {
        (record.unit, record.end): np.frombuffer(record.vectors[0], "<f2")
        for record in records
        if record.vectors and record.vectors[0] and record.encoder == encoder_version()
    }
    if not vectors or not is_legislation(annotations.document_type.label):
        return list(records)
    tagged = learned_subject_tags(
        document.text, annotations.structure, facts.language, facts.jurisdiction, facts.title, vectors
    )
    learned = {(unit.label, unit.end): _with_broader(tags) for unit, tags in tagged}
    return [
        replace(record, entities=(*_without_concepts(record), *learned[record.unit, record.end]))
        if record.id == record.scope_id and (record.unit, record.end) in learned
        else record
        for record in records
    ]


def _without_concepts(record: Record) -> Iterator[tuple[str, str]]:
    return (pair for pair in record.entities if pair[0] != "CONCEPT")


def _with_broader(tags: Iterable[ConceptTag]) -> tuple[tuple[str, str], ...]:
    """Return the concepts of tags and all broader ones, each once, as entities."""
    codes = dict.fromkeys(code for tag in tags for code in (tag.concept, *broader_concepts(tag.concept)))
    return tuple(("CONCEPT", code) for code in codes)


class _Cutter:
    """Makes the records of one document; lookup tables are sorted once."""

    def __init__(self, document: Document, annotations: Annotations, facts: DocumentFacts) -> None:
        self.document = document
        self.segments = annotations.segments
        self.facts = facts
        self.tokens = analyse(document.text, facts.language, annotations.segments)
        self.spans = sorted(annotations.spans, key=lambda span: span.start)
        self.units = sorted(annotations.structure, key=lambda unit: (unit.start, -unit.end))
        bounds = sorted({block.start for block in document.blocks} | {unit.start for unit in self.units})
        self.splitter = PassageSplitter(document.text, self.tokens, bounds)
        self.tags = _tags(document, annotations, facts)
        self.since = since_former(unit.label for unit in annotations.structure)

    def cut(self, number: int, scope: RetrievalUnit) -> Iterator[Record]:
        """Yield the record of one scope, then those of its passages if it is longer than MAX_LENGTH."""
        name = f"{self.facts.document_id}:{number}"
        first, last = self.tokens.bounds(scope.start, scope.end)
        kind = RecordKind.BOTH if last - first <= MAX_LENGTH else RecordKind.SCOPE
        spans = _within(self.spans, scope)
        yield replace(
            self._record(name, name, kind, number, (scope.start, scope.end), scope.unit),
            identity=scope.identity,
            cites=(*cited_ids(spans), *self._numbers(spans)),
            entities=(*self._entities(spans), *self._concepts(scope, spans)),
            context=self._context(scope.unit),
        )
        if kind is RecordKind.SCOPE:
            for ordinal, piece in enumerate(self.splitter.of(scope.start, scope.end)):
                unit = self._innermost_unit(piece[0], scope)
                yield self._record(f"{name}:{ordinal}", name, RecordKind.PASSAGE, ordinal, piece, unit)

    def _context(self, unit: Unit | None) -> tuple[str, ...]:
        """Return the lemmas of title and headings of a provision; none for a preamble, which contains the title."""
        if unit and unit.kind == "preamble":
            return ()
        above = " ".join((self.facts.title, *unit.path, _heading(unit)) if unit else (self.facts.title,))
        return analyse(above, self.facts.language).lemmas

    def _entities(self, spans: Iterable[Span]) -> tuple[tuple[str, str], ...]:
        """Return labels and values; persons in published law are not indexed."""
        public = self.facts.partition == PUBLIC_PARTITION
        pairs = ((span.label, span.value) for span in spans if span.value and not (public and span.label == "PERSON"))
        return tuple(dict.fromkeys(pairs))

    def _numbers(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Return the ids of the numbers of identifiers; those in published law are not linked."""
        return () if self.facts.partition == PUBLIC_PARTITION else number_ids(spans)

    def _concepts(self, scope: RetrievalUnit, spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
        """Return the subject concepts of a provision, or those a document mentions, with their broader concepts."""
        tags = self.tags.get((scope.unit.label, scope.unit.end), ()) if scope.unit else mentioned_concepts(spans)
        return _with_broader(tags)

    def _record(
        self, name: str, scope_id: str, kind: RecordKind, ordinal: int, piece: tuple[int, int], unit: Unit | None
    ) -> Record:
        start, end = piece
        first, last = self.tokens.bounds(start, end)
        return Record(
            id=name,
            scope_id=scope_id,
            kind=kind,
            ordinal=ordinal,
            facts=self.facts,
            start=start,
            end=end,
            page=self.document.page_at(start),
            unit=unit.label if unit else "",
            path=unit.path if unit else (),
            language=self._language(start, end),
            exact=self.tokens.exact[first:last],
            lemmas=self.tokens.lemmas[first:last],
            text="" if kind is RecordKind.SCOPE else self.document.text[start:end],
            pages=tuple((page.start, page.number) for page in self.document.pages if start < page.start < end),
            since=self.since.get(unit.label, "") if unit else "",
            heading=_heading(unit) if unit else "",
        )

    def _language(self, start: int, end: int) -> str:
        """Return the predominant language of a range."""
        lengths: dict[str, int] = {}
        for segment in self.segments:
            shared = min(end, segment.end) - max(start, segment.start)
            if shared > 0:
                lengths[segment.label] = lengths.get(segment.label, 0) + shared
        return max(lengths, key=lambda label: lengths[label]) if lengths else self.facts.language

    def _innermost_unit(self, at: int, scope: RetrievalUnit) -> Unit | None:
        """Return the provision of the scope, else the innermost unit at offset ``at``."""
        if scope.unit:
            return scope.unit
        last = bisect_right(self.units, at, key=lambda unit: unit.start)
        return next((unit for unit in reversed(self.units[:last]) if unit.end > at), None)


def _heading(unit: Unit) -> str:
    """Return the rubric of a provision, mended where a conversion took its capital for the number of an item."""
    return SPLIT_CAPITAL.sub(r"\1", unit.heading)


def _tags(
    document: Document, annotations: Annotations, facts: DocumentFacts
) -> dict[tuple[str, int], tuple[ConceptTag, ...]]:
    """Return the concepts of the provisions of a law, by label and end offset."""
    if not is_legislation(annotations.document_type.label):
        return {}
    tagged = subject_tags(document.text, annotations.structure, facts.language, facts.jurisdiction, facts.title)
    return {(unit.label, unit.end): tags for unit, tags in tagged}


def _within(spans: list[Span], scope: RetrievalUnit) -> list[Span]:
    first = bisect_left(spans, scope.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, scope.end, key=lambda span: span.start)]


@dataclass(frozen=True, slots=True)
class RetrievalUnit:
    """A range of the text with its provision (None for other text) and its canonical ids."""

    start: int
    end: int
    unit: Unit | None = None
    identity: tuple[str, ...] = ()


def retrieval_units(document: Document, annotations: Annotations) -> list[RetrievalUnit]:
    """Return the retrieval units in reading order; the first of a law has the canonical ids of the whole law too."""
    whole = document_identities(annotations)
    if not is_legislation(annotations.document_type.label):
        return [RetrievalUnit(0, len(document.text), None, whole)]
    units = list(_legislation(document.text, annotations))
    first = units[0] if units else RetrievalUnit(0, len(document.text))
    return [replace(first, identity=(*whole, *first.identity)), *units[1:]]


def _legislation(text: str, annotations: Annotations) -> Iterator[RetrievalUnit]:
    """Yield the provisions and the text between them, so that all text of a law is searchable."""
    at = 0
    for unit in provisions(annotations.structure):
        if unit.start < at:
            continue
        if text[at : unit.start].strip():
            yield RetrievalUnit(at, unit.start)
        if text[unit.start : unit.end].strip():
            yield RetrievalUnit(unit.start, unit.end, unit, _identities(annotations, unit))
        at = unit.end
    if text[at:].strip():
        yield RetrievalUnit(at, len(text))


def _identities(annotations: Annotations, unit: Unit) -> tuple[str, ...]:
    """Return the canonical ids of a provision; a former wording has those of the provision too, which is cited."""
    own, article = provision_identities(annotations, unit), without_period(unit.label)
    if article == unit.label:
        return own
    return tuple(dict.fromkeys((*own, *provision_identities(annotations, replace(unit, label=article)))))
