"""Rendering of hits: best passage, marks, reasons."""

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
from indexing.search.query_tree import Query
from indexing.search.request import MEANING, Hit


@dataclass(frozen=True, slots=True)
class HitRenderer:
    """Shows what answers ``query``; ``pinned`` are the canonical ids that it cites, ``names`` those of what it asks.

    Where ``whole``, it is a citation and nothing else: what it cites is shown from its beginning.
    """

    engine: Engine
    query: Query
    language: str
    pinned: frozenset[str]
    names: ConceptExpansion | None = None
    whole: bool = False

    def hits(self, placed: list[RankedHit], plans: list[Plan]) -> tuple[Hit, ...]:
        shown: dict[str, StoredFields] = {}
        for plan in plans:
            here = [one.ranked.shown for one in placed if one.partition == plan.partition and not one.passage]
            cut = [scope for scope in here if scope.kind is RecordKind.SCOPE]
            begun = tuple(scope.scope_id for scope in cut if self._is_what_is_cited(scope))
            asked = tuple(scope.scope_id for scope in cut if not self._is_what_is_cited(scope))
            if asked:
                shown |= self.engine.passages(self._passage_plan(plan), asked)
            if begun:
                shown |= self.engine.passages(replace(self._passage_plan(plan), match=Everything()), begun)
        words, names = marker(self.query), NameMarker(self.names) if self.names else None
        passages = (one.passage or shown.get(one.ranked.shown.scope_id, one.ranked.shown) for one in placed)
        return tuple(self._hit(one, passage, words, names) for one, passage in zip(placed, passages, strict=True))

    def _is_what_is_cited(self, scope: StoredFields) -> bool:
        return self.whole and not self.pinned.isdisjoint(scope.identity)

    def _passage_plan(self, plan: Plan) -> Plan:
        wanted = passage_clauses(self.query, self.language) or Everything()
        match = Should((wanted, self.names.in_passage)) if self.names else wanted
        return replace(plan, match=match, filters=(), pinned=(), facets=(), after="")

    def _hit(self, placed: RankedHit, passage: StoredFields, words: Marker, names: NameMarker | None) -> Hit:
        scope = placed.ranked.shown
        cited = tuple(f"citation:{canonical}" for canonical in scope.identity if canonical in self.pinned)
        alone = placed.origin is Origin.MEANING
        marked = [] if alone else words.marks(passage.text, passage.language)
        named: tuple[str, ...] = ()
        if placed.named and names:
            own = names.marks(passage.text, scope.jurisdiction, passage.language)
            named, marked = names.reasons(scope, own), _together(own, marked)
        why = dict.fromkeys((*cited, *named, *(mark.why for mark in marked), *_headings(scope, words, marked)))
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
        )


def _together(names: list[Mark], words: list[Mark]) -> list[Mark]:
    """Return all marks in order; a word within a name is marked with it."""
    outside = (one for one in words if not any(name.start < one.end and one.start < name.end for name in names))
    return sorted((*names, *outside), key=lambda mark: mark.start)


def _headings(scope: StoredFields, marks: Marker, marked: list[Mark]) -> tuple[str, ...]:
    """Return what the title and the headings over a provision answer beyond its own words."""
    said = {mark.why.partition(":")[2] for mark in marked}
    above = marks.marks(" ".join((scope.title, *scope.path)), scope.language)
    words = (mark.why.partition(":")[2] for mark in above)
    return tuple(dict.fromkeys(f"heading:{word}" for word in words if word not in said))


def _page(passage: StoredFields, at: int) -> int:
    return max((number for start, number in passage.pages if start <= at), default=passage.page)
