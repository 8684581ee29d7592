"""Order at the head of a search by what provisions are, whatever the query's words: rules before transitional articles.

Words and patterns are in ``indexing/resources/provision_order.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from indexing.records.stored_fields import StoredFields
from indexing.search.fusion import CERTAIN, RankedHit
from indexing.search.removed_provisions import removal
from nlp.compiled_patterns import compiled
from nlp.document_kinds import is_legislation, is_letter, is_request
from nlp.folding import fold

HEAD = 20  # hits at the head of the order whose texts are compared
LETTERS = 60  # hits at the head of the order among which laws come before letters


def without_closing_first(order: Sequence[RankedHit], text: str) -> list[RankedHit]:
    """Return the order with transitional and repealed articles, preambles and closing formulas behind all other hits.

    What the query cites keeps its place, and all do if the ``text`` of the query asks for them.
    """
    if _pattern("asked").search(fold(text)):
        return list(order)
    return _sorted_by(order, lambda hit: _is_closing(hit.ranked.shown) or bool(removal(hit.ranked.shown)))


def with_laws_before_letters(order: Sequence[RankedHit]) -> list[RankedHit]:
    """Return the order with the letters at its head behind the provisions there that have a name of the concept.

    For the bare name of a concept ("extradición"): letters repeat it, laws state what it is. Provisions with a part of
    its words or near in meaning, judgments and what the query cites keep their places.
    """
    moved = list(order)
    places = [place for place, hit in enumerate(order[:LETTERS]) if _is_letter(hit) or _is_named_law(hit)]
    own = sorted((order[place] for place in places), key=_is_letter)
    put_at(moved, places, own)
    return moved


def _is_letter(hit: RankedHit) -> bool:
    kind = hit.ranked.shown.document_type
    return hit.ranked.score < CERTAIN / 2 and (is_letter(kind) or is_request(kind))


def _is_named_law(hit: RankedHit) -> bool:
    return hit.named and hit.ranked.score < CERTAIN / 2 and is_legislation(hit.ranked.shown.document_type)


def with_contrary_last(order: Sequence[RankedHit], asked: str, texts: Mapping[str, str]) -> list[RankedHit]:
    """Return the order with provisions that state the contrary of the concept ``asked`` behind the others of its head.

    A confiscation on conviction has all words of "confiscation without conviction". ``texts`` has the text of the
    provisions that are compared, by id.
    """
    pattern = _contrary(asked)
    if pattern is None:
        return list(order)
    states = {scope_id for scope_id, text in texts.items() if pattern.search(fold(text))}
    return _sorted_by(order, lambda hit: hit.ranked.shown.scope_id in states)


def with_subject_first(order: Sequence[RankedHit], about: Collection[str]) -> list[RankedHit]:
    """Return the order with the provisions of each law that are ``about`` the concept asked for at its first places.

    For a name of one general word ("contrainte"), which provisions on many other things have too.
    """
    moved = list(order)
    for document_id in {hit.ranked.shown.document_id for hit in order[:HEAD]}:
        places = [n for n, hit in enumerate(order[:HEAD]) if hit.ranked.shown.document_id == document_id]
        own = sorted((order[n] for n in places), key=lambda hit: hit.ranked.shown.scope_id not in about)
        put_at(moved, places, own)
    return moved


def has_contrary(asked: str) -> bool:
    """Return whether provisions are known by their words to state the contrary of a concept."""
    return asked in load("indexing.provision_order")["contrary"]


@cache
def _contrary(asked: str) -> regex.Pattern[str] | None:
    own = load("indexing.provision_order")["contrary"].get(asked)
    return compiled(rf"\A(?!.*(?:{own['unless']})).*(?:{own['words']})", regex.S) if own else None


def _sorted_by(order: Sequence[RankedHit], is_behind: Callable[[RankedHit], bool]) -> list[RankedHit]:
    """Return the order with the hits that are behind after the others, each with the sort key of its place."""
    moved = sorted(order, key=lambda hit: hit.ranked.score < CERTAIN / 2 and is_behind(hit))
    return [_at_place(place, hit) for place, hit in zip(order, moved, strict=True)]


def put_at(moved: list[RankedHit], places: Sequence[int], hits: Sequence[RankedHit]) -> None:
    """Put ``hits``, which stand at ``places`` of an order, there in their new order."""
    for place, hit in zip(places, hits, strict=True):
        moved[place] = _at_place(moved[place], hit)


def _at_place(place: RankedHit, hit: RankedHit) -> RankedHit:
    """Return ``hit`` with the score and the sort key of the place that it takes."""
    return replace(hit, ranked=replace(hit.ranked, score=place.ranked.score, key=place.ranked.key))


def _is_closing(scope: StoredFields) -> bool:
    label = fold(scope.unit)
    if _pattern("frame").fullmatch(label):
        return True
    return any(_pattern("closing").search(words) for words in (label, *map(fold, scope.path)))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return compiled(load("indexing.provision_order")[name])
