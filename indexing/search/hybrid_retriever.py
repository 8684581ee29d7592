"""Hybrid retrieval: by words, by national terms of concepts, and by meaning above a calibrated threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.engines.plan import Clause, Everything, Keyword, Must, MustNot, Plan, Should
from indexing.engines.protocol import Engine, EngineResult, NearestPassages, Placed, VectorQuery
from indexing.records.stored_fields import StoredFields
from indexing.search.basic_offence import may_state, read_scopes, with_basic_first
from indexing.search.cited_units import CitedUnit
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.false_friend_filter import FalseFriendFilter
from indexing.search.fusion import Origin, RankedHit, Rankings, by_closeness, fuse_hits, merge_rankings
from indexing.search.headings import AskedHeading, by_heading
from indexing.search.provision_order import (
    HEAD,
    has_contrary,
    with_contrary_last,
    with_laws_before_letters,
    with_subject_first,
    without_closing_first,
)
from indexing.search.query_tree import content_words
from indexing.vectors.encoder import FOLDER

Key = TypeVar("Key", bound=Hashable)
Close = TypeVar("Close", NearestPassages, Placed)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Mean vector of passages (``centre``) and thresholds relative to it (``models/encoder/calibrate.py``).

    ``least`` applies to each hit, ``least_best`` to the best hit of a query, ``least_best_unknown`` to the best hit of
    a query without any dictionary word; all are differences of cosines. They are valid for the version ``encoder``.
    """

    encoder: str
    centre: NDArray[np.float32]
    least: float
    least_best: float
    least_best_unknown: float


class SemanticThreshold:
    """Filters the semantic hits of one query.

    Whether the query has a meaning is decided by the hits of the first call, those of the whole search; later calls for
    groups and facets follow that decision.
    """

    def __init__(self, question: VectorQuery, text: str, calibration: Calibration) -> None:
        self._usual = float(np.asarray(question.vector, np.float32) @ calibration.centre)
        known = any(is_in_a_dictionary(word) for word in content_words(text))
        self._least_best = calibration.least_best if known else calibration.least_best_unknown
        self._least = calibration.least
        self._means_something: bool | None = None

    def near(self, found: Mapping[Key, Sequence[Close]]) -> dict[Key, list[Close]]:
        """Return the hits of each partition (or group) that are close enough; none if the query has no meaning."""
        if self._means_something is None:
            best = max((hit.score for hits in found.values() for hit in hits), default=0.0)
            self._means_something = best - self._usual >= self._least_best
        if not self._means_something:
            return {}
        return {key: [hit for hit in hits if hit.score - self._usual >= self._least] for key, hits in found.items()}


def semantic_threshold(question: VectorQuery | None, text: str) -> SemanticThreshold | None:
    """Return the threshold of a query, None if its encoder is not calibrated (then all hits are kept)."""
    known = calibration()
    if question is None or known is None or known.encoder != question.encoder:
        return None
    return SemanticThreshold(question, text, known)


@cache
def calibration() -> Calibration | None:
    """Return the calibration of the bundled encoder, None if there is none."""
    path = FOLDER / "calibration.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        bounds = (float(arrays[name]) for name in ("least", "least_best", "least_best_unknown"))
        return Calibration(str(arrays["version"]), arrays["centre"].astype(np.float32), *bounds)


WINDOW = 100  # hits of each ranking that are fused; after them the lexical ranking continues
FILTERED = 40  # hits at the head of the order that are checked for false friends
# Origin of a hit of names or meaning that turns out to match the words as well.
_WITHOUT_WORDS = {Origin.NAMES: Origin.WORDS, Origin.MEANING: Origin.BOTH}


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Fuses rankings by words, labels and meaning; all hits satisfy ``required``.

    ``question`` is None without an encoder, ``names`` and ``false_friends`` without a concept; ``words`` is False in
    the mode ``meaning``. ``threshold`` limits semantic hits, None keeps all. ``pinned`` and ``cited`` are ids cited in
    the query; scopes that have or cite them are certain, as are the ``units`` that it names with the title of their
    law, and those with all words of a proper name one behind the other (``phrase``). ``offence`` is that of which the
    query is the name: the basic offence comes first among the provisions of a law. ``asked`` is the concept of which it
    is the name, offence or not. ``heading`` are its words as a heading of provisions, ``form`` the clause for
    all of them if the query names an aggravated form of ``offence``. ``text`` are the bare words of the query,
    ``languages`` those of which it may be.
    """

    engine: Engine
    required: Clause
    question: VectorQuery | None = None
    names: ConceptExpansion | None = None
    false_friends: FalseFriendFilter | None = None
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    units: tuple[CitedUnit, ...] = ()
    phrase: Clause | None = None
    words: bool = True
    threshold: SemanticThreshold | None = None
    offence: str = ""
    asked: str = ""
    heading: AskedHeading | None = None
    form: Clause | None = None
    text: str = ""
    languages: frozenset[str] = frozenset()

    def order(self, plans: Sequence[Plan], found: Mapping[str, EngineResult] | None = None) -> list[RankedHit]:
        """Return the head of the fused order of ``plans``; ``found`` are the lexical results if already known."""
        heads = _heads(plans)
        found = (found or self._found(heads)) if self.words else {}
        words = merge_rankings(found, _size(heads))
        bound = self.bound(heads)
        orders = Rankings(words, self._names(bound), self._close(bound), self.certainty)
        headed = self._headed(bound)
        strengths = by_heading(self.heading, [*words, *headed]) if self.heading else {}
        fused = fuse_hits(orders, self.certain(plans, words), headed, strengths, self.languages)
        other = self.about_another(fused[:FILTERED], bound)
        taken = Counter(hit.partition for hit in words)
        more = [plan for plan in heads if (of := found.get(plan.partition)) and of.total > taken[plan.partition]]
        order = self.with_origins([hit for hit in fused if hit.ranked.shown.scope_id not in other], more)
        order = without_closing_first(order, self.text)
        order = with_laws_before_letters(order) if self.asked else order
        if not self.offence:
            return self._with_contrary_last(order, heads)
        read = read_scopes(order)
        holders = self._matching(self.form, read, heads) if self.form else None
        return with_basic_first(order, self.offence, self._texts(read, heads), self.heading_text, holders)

    def _with_contrary_last(self, order: list[RankedHit], heads: Sequence[Plan]) -> list[RankedHit]:
        if self.asked and self.names and self.names.is_weak:
            about = self._matching(Keyword("concept", (self.asked,)), order[:HEAD], heads)
            order = with_subject_first(order, about)
        if not has_contrary(self.asked):
            return order
        head = [hit for hit in order[:HEAD] if hit.ranked.shown.unit]
        return with_contrary_last(order, self.asked, self._texts(head, heads))

    def _matching(self, clause: Clause, hits: Sequence[RankedHit], plans: Sequence[Plan]) -> frozenset[str]:
        """Return the ids of those of ``hits`` that satisfy ``clause``."""
        among = Must((clause, Keyword("scope_id", tuple(_ids(hits)))))
        asked = [replace(plan, match=among, pinned=(), limit=len(hits)) for plan in plans] if hits else []
        return frozenset(_ids(merge_rankings(self._found(asked), len(hits))))

    def may_state(self, order: Sequence[RankedHit], plans: Sequence[Plan]) -> bool:
        """Return whether a provision at the head of ``order`` may be the offence of which the query is the name."""
        heads = _heads(plans)
        return bool(self.offence) and may_state(order, self.offence, self._texts(read_scopes(order), heads))

    def _texts(self, hits: Sequence[RankedHit], plans: Sequence[Plan]) -> dict[str, str]:
        """Return the text of each provision by its id, of a divided one the text of its first passage."""
        texts = {hit.ranked.shown.scope_id: hit.ranked.shown.text for hit in hits}
        for plan in plans:
            divided = [hit for hit in hits if hit.partition == plan.partition and not hit.ranked.shown.text]
            if divided:
                first = self.engine.passages(replace(plan, match=Everything(), pinned=()), tuple(_ids(divided)))
                texts |= {scope_id: passage.text for scope_id, passage in first.items()}
        return texts

    def beside(self, plans: Sequence[Plan]) -> list[RankedHit]:
        """Return the hits of ``plans`` by labels and meaning, each scope once, unordered."""
        bound = self.bound(_heads(plans))
        every = [*self._names(bound), *self._close(bound)]
        return list({(hit.partition, hit.ranked.shown.id): hit for hit in every}.values())

    def by_words_or_names(self, plans: Sequence[Plan]) -> list[Plan]:
        """Return ``plans`` for what matches the words or has a label of a concept that the query surely names."""
        if not self.names or not self.names.is_stated:
            return list(plans)
        named = self.named(self.bound(plans))
        return [
            replace(plan, match=Should((plan.match, other.match))) for plan, other in zip(plans, named, strict=True)
        ]

    def false_friend_exclusions(self, placed: Sequence[RankedHit]) -> tuple[Clause, ...]:
        """Return clauses that exclude hits with another meaning of the same word."""
        return (
            tuple(MustNot(clause) for _, clause in self.false_friends.about_another(_ids(placed)))
            if self.false_friends
            else ()
        )

    @property
    def certainty(self) -> float:
        """The certainty of the concepts, from 0 to 1."""
        return self.names.sure if self.names else 0.0

    @property
    def heading_text(self) -> str:
        """The words of the query as a heading, ``""`` if they are none."""
        return self.heading.text if self.heading else ""

    def _headed(self, bound: Sequence[Plan]) -> list[RankedHit]:
        """Return the hits with the words of the query in their headings."""
        if self.heading is None or not self.words:
            return []
        return merge_rankings(self._found([_narrowed(plan, self.heading.clause) for plan in bound]), _size(bound))

    def _names(self, bound: Sequence[Plan]) -> list[RankedHit]:
        return merge_rankings(self._found(self.named(bound)), _size(bound)) if self.names else []

    def _close(self, bound: Sequence[Plan]) -> list[RankedHit]:
        """Return the semantic hits; whether the query means something is decided by those of all countries."""
        question = self.question
        if question and self.threshold and any(_countries(plan) for plan in bound):
            anywhere = [replace(plan, filters=_without_countries(plan), limit=1) for plan in bound]
            self.near({plan.partition: self.engine.closest(plan, question) for plan in anywhere})
        close = {plan.partition: self.engine.closest(plan, question) for plan in bound} if question else {}
        return by_closeness(self.near(close), _size(bound))

    def near(self, close: Mapping[Key, Sequence[Close]]) -> dict[Key, list[Close]]:
        """Return the semantic hits that are close enough.

        The first call decides whether the query has a meaning, so it must have the closest hits of the whole search.
        """
        return self.threshold.near(close) if self.threshold else {key: list(hits) for key, hits in close.items()}

    def about_another(self, hits: Sequence[RankedHit], bound: Sequence[Plan]) -> frozenset[str]:
        """Return the ids of those of ``hits`` that are about another meaning of the same word, and record them."""
        if self.false_friends is None or not hits:
            return frozenset()
        other: set[str] = set()
        for friend, clause in self.false_friends.about_another(_ids(hits)):
            others = [replace(plan, match=clause, limit=len(hits)) for plan in bound]
            for scope_id in _ids(merge_rankings(self._found(others), len(hits))):
                self.false_friends.leave_out(scope_id, friend)
                other.add(scope_id)
        return frozenset(other)

    def with_origins(self, order: Sequence[RankedHit], plans: Sequence[Plan]) -> list[RankedHit]:
        """Return the order with the origin corrected of hits that match the words of ``plans`` after their window."""
        matching: set[str] = set()
        for plan in plans:
            ids = tuple(_ids(hit for hit in order if hit.partition == plan.partition and hit.origin in _WITHOUT_WORDS))
            if ids:
                match = Must((plan.match, Keyword("scope_id", ids)))
                result = self.engine.search(replace(plan, match=match, pinned=(), limit=len(ids)))
                matching.update(ranked.shown.scope_id for ranked in result.ranked)
        return [
            replace(hit, origin=_WITHOUT_WORDS[hit.origin]) if hit.ranked.shown.scope_id in matching else hit
            for hit in order
        ]

    def bound(self, plans: Sequence[Plan]) -> list[Plan]:
        """Return the plans for labels and meaning: everything that satisfies the required clauses."""
        return [replace(plan, match=self.required, pinned=()) for plan in plans]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The ids of hits excluded as false friends."""
        return self.false_friends.left_out if self.false_friends else ()

    def _found(self, plans: Sequence[Plan]) -> dict[str, EngineResult]:
        return {plan.partition: self.engine.search(plan) for plan in plans}

    def named(self, bound: Sequence[Plan]) -> list[Plan]:
        """Return the plans ``bound`` with the labels of the query's concepts; none without a concept."""
        return [self._named(plan, self.names) for plan in bound] if self.names else []

    def _named(self, bound: Plan, names: ConceptExpansion) -> Plan:
        return _narrowed(bound, names.clause(_countries(bound)))

    def certain(self, plans: Sequence[Plan], words: Sequence[RankedHit]) -> frozenset[str]:
        """Return the ids of the scopes that are, or cite, what the query cites."""
        named = {hit.ranked.shown.id for hit in words if self._is_named(hit.ranked.shown)}
        named_by = (*((Keyword("cites", self.cited),) if self.cited else ()), *((self.phrase,) if self.phrase else ()))
        if named_by and words:
            mentions = Must((Should(named_by), Keyword("scope_id", tuple(_ids(words)))))
            for plan in plans:
                citing = replace(plan, match=mentions, pinned=(), filters=(), facets=(), after="", limit=len(words))
                named |= {ranked.shown.id for ranked in self.engine.search(citing).ranked}
        return frozenset(named)

    def _is_named(self, shown: StoredFields) -> bool:
        """Return whether the query cites a scope, or names it with the title of its law."""
        cited = not set(self.pinned).isdisjoint(shown.identity)
        return cited or any(unit.is_titled(shown) for unit in self.units)


def _heads(plans: Sequence[Plan]) -> list[Plan]:
    return [replace(plan, limit=max(WINDOW, plan.limit), facets=(), after="") for plan in plans]


def _narrowed(plan: Plan, clause: Clause) -> Plan:
    """Return a plan that finds only what satisfies ``clause`` too."""
    return replace(plan, match=clause if isinstance(plan.match, Everything) else Must((plan.match, clause)))


def _size(plans: Sequence[Plan]) -> int:
    return max((plan.limit for plan in plans), default=0)


def _countries(plan: Plan) -> frozenset[str]:
    """Return the countries to which a plan is filtered, empty without such a filter."""
    chosen = dict(plan.filters).get("jurisdiction")
    return frozenset(chosen.values) if isinstance(chosen, Keyword) else frozenset()


def _without_countries(plan: Plan) -> tuple[tuple[str, Clause], ...]:
    return tuple(item for item in plan.filters if item[0] != "jurisdiction")


def _ids(hits: Iterable[RankedHit]) -> list[str]:
    return [hit.ranked.shown.scope_id for hit in hits]
