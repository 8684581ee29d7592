"""Provisions that are compared because a person named them, by id or by a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.comparison.asked import law_asked
from indexing.comparison.table import ComparisonRequest, Provision
from indexing.comparison.whole_provisions import Reasoned, WholeProvisions
from indexing.engine import Engine
from indexing.search.cited_elsewhen import nearest_versions
from indexing.search.provision_scopes import by_ids
from indexing.search.results import CitedElsewhen, Hit, SearchRequest, SearchResult
from indexing.search.search import search
from indexing.store.reading import Store
from indexing.works.works import validities

_PINNED = "citation:"


def named_provisions(request: ComparisonRequest, access: AccessFilter, engine: Engine, store: Store) -> list[Provision]:
    """Return the provisions that were asked for one by one; ``indexing.no_such_provision`` for one not seen."""
    shown = by_ids(request.provisions, access, engine)
    for wanted in request.provisions:
        if wanted not in shown:
            raise RogatioError("indexing.no_such_provision", provision=wanted[:80])
    chosen: list[Reasoned] = [(shown[wanted], ()) for wanted in request.provisions]
    cited = [one for text in request.citations for one in _cited(text, request, access, engine, store)]
    return [replace(one, named=True) for one in WholeProvisions(access, store, request.date).of([*chosen, *cited])]


def _cited(text: str, request: ComparisonRequest, access: AccessFilter, engine: Engine, store: Store) -> list[Reasoned]:
    """Return the provision that a citation names, in each country that it may be of.

    Raises ``indexing.no_such_provision``, and ``indexing.not_of_the_day`` for one that is held of other days.
    """
    asked = SearchRequest(text, law_asked(request) | {"document_type": ()}, limit=10, mode="words")
    result = search(asked, access, engine)
    wanted = _provisions_cited(result)
    hits = [hit for hit in result.hits if _is_cited(hit, wanted)]
    first = {hit.jurisdiction: hit for hit in reversed(hits)}
    held = by_ids(tuple(hit.scope_id for hit in first.values() if hit.unit), access, engine)
    if not held:
        raise _not_found(text, result.cited_elsewhen, request.date, store)
    return [(held[hit.scope_id], hit.why) for hit in first.values() if hit.scope_id in held]


def _not_found(text: str, elsewhen: Sequence[CitedElsewhen], day: str, store: Store) -> RogatioError:
    """Say that a citation finds nothing, or only what is of other days."""
    known = validities(store, {one.document_id for one in elsewhen})
    since = [one.since for one in nearest_versions(elsewhen, day, known) if one.since]
    if not since:
        return RogatioError("indexing.no_such_provision", provision=text[:80])
    return RogatioError("indexing.not_of_the_day", provision=text[:80], day=day, since=", ".join(since))


def _provisions_cited(result: SearchResult) -> frozenset[str]:
    """Return the ids of the provisions that a citation may mean; none where it is of a law as a whole."""
    readings = (reading.canonical for cited in result.citations for reading in cited.readings)
    return frozenset(canonical for canonical in readings if "#" in canonical)


def _is_cited(hit: Hit, wanted: frozenset[str]) -> bool:
    """Tell what a citation names; where it names a provision that is not held, its law is none of ``wanted``."""
    pinned = (reason.removeprefix(_PINNED) for reason in hit.why if reason.startswith(_PINNED))
    return any(one in wanted or not wanted for one in pinned)
