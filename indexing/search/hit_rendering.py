"""Rendering of hits: best passage, snippet, marks and reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexing.engines.plan import Everything, Plan, Should
from indexing.engines.protocol import Engine
from indexing.records.record import RecordKind
from indexing.records.stored_fields import StoredFields
from indexing.search.clauses import passage_clauses
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.fusion import Origin, RankedHit
from indexing.search.highlighting import Mark, Marker, NameMarker, marker, window
from indexing.search.query_citations import QueryCitations
from indexing.search.query_tree import Query
from indexing.search.removed_provisions import removal
from indexing.search.request import CITATION, MEANING, UNIT, Hit


@dataclass(frozen=True, slots=True)
class HitRenderer:
    """Renders the hits of ``query``; ``names`` are its concepts.

    If the query is a citation and nothing else, the cited provision is shown from its beginning, as is the basic
    offence of which it is the name.
    """

    engine: Engine
    query: Query
    language: str
    citations: QueryCitations
    names: ConceptExpansion | None = None

    def hits(self, ranking: list[RankedHit], plans: list[Plan]) -> tuple[Hit, ...]:
        """Return ``ranking`` rendered, in the same order."""
        best: dict[str, StoredFields] = {}
        for plan in plans:
            here = [hit.ranked.shown for hit in ranking if hit.partition == plan.partition and not hit.passage]
            divided = [scope for scope in here if scope.kind is RecordKind.SCOPE]
            whole = {hit.ranked.shown.scope_id for hit in ranking if hit.from_start}
            whole |= {scope.scope_id for scope in divided if self._is_cited(scope)}
            cited = tuple(scope.scope_id for scope in divided if scope.scope_id in whole)
            others = tuple(scope.scope_id for scope in divided if scope.scope_id not in whole)
            if others:
                best |= self.engine.passages(self._passage_plan(plan), others)
            if cited:
                best |= self.engine.passages(replace(self._passage_plan(plan), match=Everything()), cited)
        words, names = marker(self.query), NameMarker(self.names) if self.names else None
        passages = (hit.passage or best.get(hit.ranked.shown.scope_id, hit.ranked.shown) for hit in ranking)
        return tuple(self._hit(hit, passage, words, names) for hit, passage in zip(ranking, passages, strict=True))

    def _is_cited(self, scope: StoredFields) -> bool:
        return self.citations.whole and not set(self.citations.pinned).isdisjoint(scope.identity)

    def _reasons(self, scope: StoredFields) -> tuple[str, ...]:
        """Return the reasons of a scope that the query cites, or names with the title of its law."""
        titled = any(unit.is_titled(scope) for unit in self.citations.units)
        cited = (f"{CITATION}:{canonical}" for canonical in scope.identity if canonical in self.citations.pinned)
        return (*cited, *([f"{UNIT}:{scope.unit}"] if titled else ()))

    def _passage_plan(self, plan: Plan) -> Plan:
        clause = passage_clauses(self.query, self.language) or Everything()
        match = Should((clause, self.names.in_passage)) if self.names else clause
        return replace(plan, match=match, filters=(), pinned=(), facets=(), after="")

    def _hit(self, placed: RankedHit, passage: StoredFields, words: Marker, names: NameMarker | None) -> Hit:
        scope = placed.ranked.shown
        alone = placed.origin is Origin.MEANING
        marked = [] if alone else words.marks(passage.text, passage.language)
        named: tuple[str, ...] = ()
        if placed.named and names:
            labels = names.marks(passage.text, scope.jurisdiction, passage.language)
            named, marked = names.reasons(scope, labels), _merge(labels, marked)
        why = dict.fromkeys(
            (*self._reasons(scope), *named, *(mark.why for mark in marked), *_headings(scope, words, marked))
        )
        start, end = window(passage.text, marked)
        inside = [mark for mark in marked if start <= mark.start and mark.end <= end]
        first = passage.start + (inside[0].start if inside else start)
        return Hit(
            document_id=scope.document_id,
            source=scope.source,
            title=scope.title,
            jurisdiction=scope.jurisdiction,
            document_type=scope.document_type,
            date=scope.date,
            collection=scope.collection,
            unit=passage.unit or scope.unit,
            path=passage.path or scope.path,
            language=passage.language,
            score=placed.ranked.score,
            page=_page(passage, first),
            start=passage.start,
            end=passage.end,
            snippet=passage.text[start:end],
            snippet_start=passage.start + start,
            marks=tuple((passage.start + mark.start, passage.start + mark.end) for mark in marked),
            why=(MEANING,) if alone else tuple(why),
            group=placed.group,
            origin=placed.origin.value,
            scope_id=scope.scope_id,
            since=scope.since,
            removed=removal(scope),
        )


def _merge(names: list[Mark], words: list[Mark]) -> list[Mark]:
    """Return all marks in order, without words inside a marked label."""
    outside = (word for word in words if not any(name.start < word.end and word.start < name.end for name in names))
    return sorted((*names, *outside), key=lambda mark: mark.start)


def _headings(scope: StoredFields, marks: Marker, marked: list[Mark]) -> tuple[str, ...]:
    """Return the reasons in title and headings for query words that are not marked in the passage."""
    in_passage = {mark.why.partition(":")[2] for mark in marked}
    above = marks.marks(" ".join((scope.title, *scope.path)), scope.language)
    words = (mark.why.partition(":")[2] for mark in above)
    return tuple(dict.fromkeys(f"heading:{word}" for word in words if word not in in_passage))


def _page(passage: StoredFields, at: int) -> int:
    return max((number for start, number in passage.pages if start <= at), default=passage.page)
