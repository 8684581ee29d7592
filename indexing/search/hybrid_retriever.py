"""Hybrid retriever: words, national terms of concepts, and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.analysis.tokens import analyse
from indexing.engines.plan import Clause, Everything, Keyword, Must, MustNot, Plan
from indexing.engines.protocol import Engine, EngineResult, NearestPassages, VectorQuery
from indexing.search.clauses import ClauseMaker
from indexing.search.concept_expansion import ConceptExpansion
from indexing.search.false_friend_filter import FalseFriendFilter
from indexing.search.fusion import Origin, RankedHit, Rankings, by_closeness, fuse_rankings, merge_rankings
from indexing.search.query_tree import And, Node, Pattern, Query, Run, content_words, positive
from indexing.search.semantic_threshold import SemanticThreshold
from nlp.citations.pinpoints import find_pinpoints
from nlp.editorial_notes import is_editorial

WINDOW = 100  # of each order is fused; behind it words go on alone
_LOOKED_AT = 40  # of each order, for what must be kept apart
# What words bring too where they do.
_WITHOUT_WORDS = {Origin.NAMES: Origin.WORDS, Origin.MEANING: Origin.BOTH}


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Asks by words, by the names of what is asked and by meaning, and fuses all; ``required_clauses`` binds every hit.

    ``question`` is None where there is no encoder, ``names`` and ``apart`` where no concept is asked for; ``words`` is
    False where meaning alone is. ``threshold`` says what is near enough in meaning, None where all is. ``pinned`` and
    ``cited`` are what the query cites: scopes that are it or mention it are certain.
    """

    engine: Engine
    required: Clause
    question: VectorQuery | None = None
    names: ConceptExpansion | None = None
    apart: FalseFriendFilter | None = None
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    words: bool = True
    threshold: SemanticThreshold | None = None

    def order(
        self, plans: Sequence[Plan], group: str = "", found: Mapping[str, EngineResult] | None = None
    ) -> list[RankedHit]:
        """Return the head of the fused order of ``plans``; ``found`` is what words found where that is known."""
        asked = _heads(plans)
        found = (found or self._found(asked)) if self.words else {}
        words = merge_rankings(found, _size(asked), group)
        bound = self.bound(asked)
        sure = self.names.sure if self.names else 0.0
        orders = Rankings(words, self._names(bound, group), self._close(bound, group), sure)
        return self._told(self._kept(fuse_rankings(orders, self._certain(plans, words)), bound), asked, found)

    def beside(self, plans: Sequence[Plan]) -> list[RankedHit]:
        """Return what names and meaning bring of ``plans``, each scope once and in no order."""
        bound = self.bound(_heads(plans))
        every = [*self._names(bound), *self._close(bound)]
        return list({(one.partition, one.ranked.shown.id): one for one in every}.values())

    def kept_apart(self, placed: Sequence[RankedHit]) -> tuple[Clause, ...]:
        """Return clauses that do not hold for what is about something else under the same word."""
        return tuple(MustNot(clause) for _, clause in self.apart.about_another(_ids(placed))) if self.apart else ()

    def _names(self, bound: Sequence[Plan], group: str = "") -> list[RankedHit]:
        return (
            merge_rankings(self._found([self._named(plan) for plan in bound]), _size(bound), group)
            if self.names
            else []
        )

    def _close(self, bound: Sequence[Plan], group: str = "") -> list[RankedHit]:
        question = self.question
        close = {plan.partition: _of_the_law(self.engine.closest(plan, question)) for plan in bound} if question else {}
        close = self.threshold.near(close) if self.threshold else close
        return by_closeness(close, _size(bound), group)

    def _kept(self, order: list[RankedHit], bound: Sequence[Plan]) -> list[RankedHit]:
        """Return the order without those at its head that are about something else under the same word."""
        if self.apart is None:
            return order
        other: set[str] = set()
        for friend, clause in self.apart.about_another(_ids(order[:_LOOKED_AT])):
            asked = (replace(plan, match=clause, limit=_LOOKED_AT) for plan in bound)
            for scope_id in _ids(merge_rankings(self._found([*asked]), _LOOKED_AT)):
                self.apart.leave_out(scope_id, friend)
                other.add(scope_id)
        return [one for one in order if one.ranked.shown.scope_id not in other]

    def _told(
        self, order: list[RankedHit], asked: Sequence[Plan], found: Mapping[str, EngineResult]
    ) -> list[RankedHit]:
        """Return the order with the origin of what has the words too, though they rank it behind the window."""
        having: set[str] = set()
        for plan in asked:
            ids = tuple(_ids(one for one in order if one.partition == plan.partition and one.origin in _WITHOUT_WORDS))
            if ids and plan.partition in found and found[plan.partition].total > len(found[plan.partition].ranked):
                match = Must((plan.match, Keyword("scope_id", ids)))
                held = self.engine.search(replace(plan, match=match, pinned=(), limit=len(ids)))
                having.update(one.shown.scope_id for one in held.ranked)
        return [
            replace(one, origin=_WITHOUT_WORDS[one.origin]) if one.ranked.shown.scope_id in having else one
            for one in order
        ]

    def bound(self, plans: Sequence[Plan]) -> list[Plan]:
        """Return the plans of what names and meaning may bring: all that fulfils what is required."""
        return [replace(plan, match=self.required, pinned=()) for plan in plans]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The scopes found that are about something else under the same word."""
        return self.apart.left_out if self.apart else ()

    def _found(self, plans: Sequence[Plan]) -> dict[str, EngineResult]:
        return {plan.partition: self.engine.search(plan) for plan in plans}

    def _named(self, bound: Plan) -> Plan:
        assert self.names is not None
        named = self.names.clause(_countries(bound))
        return replace(bound, match=named if isinstance(bound.match, Everything) else Must((bound.match, named)))

    def _certain(self, plans: Sequence[Plan], words: Sequence[RankedHit]) -> frozenset[str]:
        """Return the ids of those scopes that are, or mention, what the query cites."""
        named = {one.ranked.shown.id for one in words if not set(self.pinned).isdisjoint(one.ranked.shown.identity)}
        if self.cited and words:
            mentions = Must((Keyword("cites", self.cited), Keyword("scope_id", tuple(_ids(words)))))
            for plan in plans:
                asked = replace(plan, match=mentions, pinned=(), filters=(), facets=(), after="", limit=len(words))
                named |= {one.shown.id for one in self.engine.search(asked).ranked}
        return frozenset(named)


def _heads(plans: Sequence[Plan]) -> list[Plan]:
    return [replace(plan, limit=max(WINDOW, plan.limit), facets=(), after="") for plan in plans]


def _size(plans: Sequence[Plan]) -> int:
    return max((plan.limit for plan in plans), default=0)


def _of_the_law(close: Iterable[NearestPassages]) -> list[NearestPassages]:
    """Return what is close in meaning without what is nothing but an editor's note, which has none."""
    return [one for one in close if not is_editorial(one.passage.text, one.passage.language)]


def _countries(plan: Plan) -> frozenset[str]:
    """Return the countries that a plan is filtered to, none where it is not."""
    chosen = dict(plan.filters).get("jurisdiction")
    return frozenset(chosen.values) if isinstance(chosen, Keyword) else frozenset()


def _ids(placed: Iterable[RankedHit]) -> list[str]:
    return [one.ranked.shown.scope_id for one in placed]


SHORTEST_WORD = 4


def semantic_query(query: Query, cited: Sequence[str] = ()) -> str:
    """Return what of ``query`` may be asked by meaning, empty where there are no bare words.

    A citation, an article's number, an identifier or a name means nothing that could be near to anything else: beside
    what is ``cited`` there must be a word.
    """
    leaves = [leaf for leaf in positive(query.tree) if not isinstance(leaf, Pattern)]
    if not any(isinstance(leaf, Run) and _has_meaning(leaf.text, cited) for leaf in leaves):
        return ""
    return " ".join(leaf.text for leaf in leaves)


def required_clauses(query: Query) -> Clause:
    """Return the clause that hits by meaning are bound to."""
    maker = ClauseMaker(strict=True)
    if query.tree is None:
        return Everything()
    return maker.clause(query.tree) if query.strict else _bound(query.tree, maker)


def _bound(node: Node, maker: ClauseMaker) -> Clause:
    match node:
        case Run():
            return Everything()
        case And(parts):
            bound = tuple(clause for part in parts if not isinstance(clause := _bound(part, maker), Everything))
            return Must(bound) if bound else Everything()
        case _:
            return maker.clause(node)


def _has_meaning(text: str, cited: Sequence[str]) -> bool:
    for one in (*cited, *(text[found.start : found.end] for found in find_pinpoints(text))):
        text = text.replace(one, " ")
    asked = set(content_words(text))
    tokens = analyse(text)
    return any(
        len(word) >= SHORTEST_WORD and word.isalpha() and word in asked and not _is_a_name(text[start], word)
        for start, word in zip(tokens.starts, tokens.exact, strict=True)
    )


def _is_a_name(first: str, word: str) -> bool:
    return first.isupper() and not is_in_a_dictionary(word)
