"""Records of a document: its retrieval units and their passages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.document import Document
from indexing.access import PUBLIC_PARTITION
from indexing.analysis.tokens import Tokens, analyse
from indexing.records.canonical_ids import cited_ids
from indexing.records.record import DocumentFacts, Record, RecordKind
from indexing.records.retrieval_units import RetrievalUnit, retrieval_units
from nlp.annotations import Annotations, Span, Unit
from nlp.concepts.layer import broader_concepts
from nlp.concepts.tagging import ConceptTag, mentioned_concepts, tagged_provisions
from nlp.document_type import is_legislation

SHORTEST = 60
LONGEST = 250
_SENTENCE_END = (".", ";", ":", "?", "!")


@dataclass(frozen=True, slots=True)
class PassageSplitter:
    """Cuts ``text``, with its tokens, where one of ``bounds`` (paragraphs and units, in order) begins."""

    text: str
    tokens: Tokens
    bounds: Sequence[int]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of a scope of about SHORTEST to LONGEST words, cut where paragraphs or units begin."""
        begin, words = start, 0
        inner = self.bounds[bisect_right(self.bounds, start) : bisect_left(self.bounds, end)]
        for at, until in pairwise([start, *inner, end]):
            first, last = self.tokens.bounds(at, until)
            if words >= SHORTEST or (words and words + last - first > LONGEST):
                yield from self._short(begin, at)
                begin, words = at, 0
            words += last - first
        yield from self._short(begin, end)

    def _short(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield ``[start, end)``, cut behind the last sentence that fits while it is too long."""
        first, last = self.tokens.bounds(start, end)
        while last - first > LONGEST:
            cut = self._sentence_end(first + SHORTEST, first + LONGEST)
            yield start, self.tokens.starts[cut]
            start, first = self.tokens.starts[cut], cut
        if last > first:
            yield start, end

    def _sentence_end(self, first: int, last: int) -> int:
        """Return the last token from ``first`` to ``last`` that begins a sentence, ``last`` where none does."""
        for at in range(last, first, -1):
            between = self.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].rstrip()
            if between.endswith(_SENTENCE_END):
                return at
        return last


def document_records(document: Document, annotations: Annotations, facts: DocumentFacts) -> list[Record]:
    """Return every record of ``document``, scopes before their passages, in reading order.

    Words are lemmatised in the language of their segment; where there is none, in the document's.
    """
    cutter = _Cutter(document, annotations, facts)
    return [
        record
        for number, scope in enumerate(retrieval_units(document, annotations))
        for record in cutter.cut(number, scope)
    ]


class _Cutter:
    """Makes the records of one document; what is looked up per scope is sorted once."""

    def __init__(self, document: Document, annotations: Annotations, facts: DocumentFacts) -> None:
        self.document = document
        self.segments = annotations.segments
        self.facts = facts
        self.tokens = analyse(document.text, facts.language, annotations.segments)
        self.spans = sorted(annotations.spans, key=lambda span: span.start)
        self.units = sorted(annotations.structure, key=lambda unit: (unit.start, -unit.end))
        bounds = sorted({block.start for block in document.blocks} | {unit.start for unit in self.units})
        self.pieces = PassageSplitter(document.text, self.tokens, bounds)
        self.tags = _tags(document, annotations, facts)

    def cut(self, number: int, scope: RetrievalUnit) -> Iterator[Record]:
        """Yield the record of one scope, then its passages where it is too long to be shown whole."""
        name = f"{self.facts.document_id}:{number}"
        first, last = self.tokens.bounds(scope.start, scope.end)
        kind = RecordKind.BOTH if last - first <= LONGEST else RecordKind.SCOPE
        spans = _within(self.spans, scope)
        yield replace(
            self._record(name, name, kind, number, (scope.start, scope.end), scope.unit),
            identity=scope.identity,
            cites=cited_ids(spans),
            entities=(*self._entities(spans), *self._concepts(scope, spans)),
            context=self._context(scope.unit),
        )
        if kind is RecordKind.SCOPE:
            for ordinal, piece in enumerate(self.pieces.of(scope.start, scope.end)):
                unit = self._deepest(piece[0], scope)
                yield self._record(f"{name}:{ordinal}", name, RecordKind.PASSAGE, ordinal, piece, unit)

    def _context(self, unit: Unit | None) -> tuple[str, ...]:
        """Return the lemmas of the title and of the headings over a provision; a preamble has the title within it."""
        if unit and unit.kind == "preamble":
            return ()
        above = " ".join((self.facts.title, *unit.path, unit.heading) if unit else (self.facts.title,))
        return analyse(above, self.facts.language).lemmas

    def _entities(self, spans: Iterable[Span]) -> tuple[tuple[str, str], ...]:
        """Return labels and values; persons of public law are nobody's page."""
        public = self.facts.partition == PUBLIC_PARTITION
        pairs = ((span.label, span.value) for span in spans if span.value and not (public and span.label == "PERSON"))
        return tuple(dict.fromkeys(pairs))

    def _concepts(self, scope: RetrievalUnit, spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
        """Return what a provision is about, else what a document speaks of, and the concepts that are wider."""
        tags = self.tags.get((scope.unit.label, scope.unit.end), ()) if scope.unit else mentioned_concepts(spans)
        codes = dict.fromkeys(code for tag in tags for code in (tag.concept, *broader_concepts(tag.concept)))
        return tuple(("CONCEPT", code) for code in codes)

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
        )

    def _language(self, start: int, end: int) -> str:
        """Return the language of most of the range."""
        lengths: dict[str, int] = {}
        for segment in self.segments:
            shared = min(end, segment.end) - max(start, segment.start)
            if shared > 0:
                lengths[segment.label] = lengths.get(segment.label, 0) + shared
        return max(lengths, key=lambda label: lengths[label]) if lengths else self.facts.language

    def _deepest(self, at: int, scope: RetrievalUnit) -> Unit | None:
        """Return the provision, else the innermost unit that holds ``at``."""
        if scope.unit:
            return scope.unit
        last = bisect_right(self.units, at, key=lambda unit: unit.start)
        return next((unit for unit in reversed(self.units[:last]) if unit.end > at), None)


def _tags(
    document: Document, annotations: Annotations, facts: DocumentFacts
) -> dict[tuple[str, int], tuple[ConceptTag, ...]]:
    """Return what the provisions of a law are about, by their label and end."""
    if not is_legislation(annotations.document_type.label):
        return {}
    tagged = tagged_provisions(document.text, annotations.structure, facts.language, facts.jurisdiction, facts.title)
    return {(unit.label, unit.end): tags for unit, tags in tagged}


def _within(spans: list[Span], scope: RetrievalUnit) -> list[Span]:
    first = bisect_left(spans, scope.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, scope.end, key=lambda span: span.start)]
