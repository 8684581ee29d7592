"""A document's records: its scopes (provisions of legislation, else the whole document) and their passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extraction.document import Document
from indexing.access import PUBLIC_SPACE
from indexing.analysis import Tokens, analyse
from indexing.identity import document_identity, provision_identities
from indexing.records import DocumentFacts, Record, RecordKind
from nlp.annotations import Annotations, Span, Unit
from nlp.structure import provisions

LEGISLATION = frozenset(
    {
        "constitution",
        "code",
        "statute",
        "decree_with_force_of_law",
        "regulation",
        "consolidated_version",
        "bill",
        "treaty",
        "eu_act",
    }
)
SHORTEST = 60
LONGEST = 250
_CITED = frozenset({"LAW", "CASE", "TREATY"})
_SENTENCE_END = (".", ";", ":", "?", "!")


@dataclass(frozen=True, slots=True)
class _Scope:
    start: int
    end: int
    unit: Unit | None = None
    identity: tuple[str, ...] = ()


def records(document: Document, annotations: Annotations, facts: DocumentFacts) -> list[Record]:
    """Return every record of ``document``, scopes before their passages, in reading order.

    Words are lemmatised in the language of their segment; where there is none, in the document's.
    """
    tokens = analyse(document.text, facts.language, annotations.segments)
    cutter = _Cutter(document, annotations, facts, tokens)
    return [
        record for number, scope in enumerate(_scopes(document, annotations)) for record in cutter.cut(number, scope)
    ]


def _scopes(document: Document, annotations: Annotations) -> list[_Scope]:
    whole = document_identity(annotations)
    if annotations.document_type.label not in LEGISLATION:
        return [_Scope(0, len(document.text), None, whole)]
    scopes = list(_legislation(document.text, annotations))
    first = scopes[0] if scopes else _Scope(0, len(document.text))
    return [_Scope(first.start, first.end, first.unit, (*whole, *first.identity)), *scopes[1:]]


def _legislation(text: str, annotations: Annotations) -> Iterator[_Scope]:
    """Yield the provisions and what stands between them, so that no word of a law is lost."""
    at = 0
    for unit in provisions(annotations.structure):
        if unit.start < at:
            continue
        if text[at : unit.start].strip():
            yield _Scope(at, unit.start)
        yield _Scope(unit.start, unit.end, unit, provision_identities(annotations, unit))
        at = unit.end
    if text[at:].strip():
        yield _Scope(at, len(text))


@dataclass(slots=True)
class _Cutter:
    document: Document
    annotations: Annotations
    facts: DocumentFacts
    tokens: Tokens

    def cut(self, number: int, scope: _Scope) -> Iterator[Record]:
        """Yield the record of one scope, then its passages where it is too long to be shown whole."""
        name = f"{self.facts.document_id}:{number}"
        first, last = self.tokens.bounds(scope.start, scope.end)
        if last - first <= LONGEST:
            yield self._scope_record(name, number, scope, RecordKind.BOTH)
            return
        yield self._scope_record(name, number, scope, RecordKind.SCOPE)
        for ordinal, (start, end) in enumerate(self._pieces(scope)):
            unit = scope.unit or _deepest(self.annotations.structure, start)
            yield self._record(f"{name}:{ordinal}", name, RecordKind.PASSAGE, ordinal, start, end, unit)

    def _scope_record(self, name: str, number: int, scope: _Scope, kind: RecordKind) -> Record:
        spans = [span for span in self.annotations.spans if scope.start <= span.start < scope.end]
        return self._record(
            name,
            name,
            kind,
            number,
            scope.start,
            scope.end,
            scope.unit,
            scope.identity,
            _cites(spans),
            self._entities(spans),
        )

    def _entities(self, spans: Iterable[Span]) -> tuple[tuple[str, str], ...]:
        """Return labels and values; persons of public law are nobody's page (brief 6.3)."""
        public = self.facts.space == PUBLIC_SPACE
        pairs = ((span.label, span.value) for span in spans if span.value and not (public and span.label == "PERSON"))
        return tuple(dict.fromkeys(pairs))

    def _record(
        self,
        name: str,
        scope: str,
        kind: RecordKind,
        ordinal: int,
        start: int,
        end: int,
        unit: Unit | None,
        identity: tuple[str, ...] = (),
        cites: tuple[str, ...] = (),
        entities: tuple[tuple[str, str], ...] = (),
    ) -> Record:
        first, last = self.tokens.bounds(start, end)
        return Record(
            id=name,
            scope_id=scope,
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
            identity=identity,
            cites=cites,
            entities=entities,
            text="" if kind is RecordKind.SCOPE else self.document.text[start:end],
            pages=tuple((page.start, page.number) for page in self.document.pages if start < page.start < end),
        )

    def _language(self, start: int, end: int) -> str:
        """Return the language of most of the range."""
        lengths: dict[str, int] = {}
        for segment in self.annotations.segments:
            shared = min(end, segment.end) - max(start, segment.start)
            if shared > 0:
                lengths[segment.label] = lengths.get(segment.label, 0) + shared
        return max(lengths, key=lambda label: lengths[label]) if lengths else self.facts.language

    def _pieces(self, scope: _Scope) -> Iterator[tuple[int, int]]:
        """Yield ranges of about SHORTEST to LONGEST words, cut where paragraphs or units begin."""
        start, words = scope.start, 0
        bounds = [*self._paragraphs(scope), scope.end]
        for at, until in pairwise(bounds):
            first, last = self.tokens.bounds(at, until)
            if words >= SHORTEST or (words and words + last - first > LONGEST):
                yield from self._short(start, at)
                start, words = at, 0
            words += last - first
        yield from self._short(start, scope.end)

    def _paragraphs(self, scope: _Scope) -> list[int]:
        starts = {block.start for block in self.document.blocks} | {unit.start for unit in self.annotations.structure}
        return [scope.start, *sorted(start for start in starts if scope.start < start < scope.end)]

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
        for at in range(last, first, -1):
            between = self.document.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].rstrip()
            if between.endswith(_SENTENCE_END):
                return at
        return last


def _cites(spans: Iterable[Span]) -> tuple[str, ...]:
    canonical = (reading.canonical for span in spans if span.label in _CITED for reading in span.readings)
    return tuple(dict.fromkeys(canonical))


def _deepest(units: tuple[Unit, ...], at: int) -> Unit | None:
    """Return the innermost unit that holds ``at``."""
    last = bisect_left([unit.start for unit in units], at + 1)
    holding = [unit for unit in units[:last] if unit.end > at]
    return max(holding, key=lambda unit: (unit.start, -unit.end), default=None)
