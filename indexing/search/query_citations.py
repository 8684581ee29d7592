"""Citations and identifiers in a query, and which of them are in the collection."""

from __future__ import annotations

from dataclasses import dataclass

from indexing.access import AccessFilter
from indexing.analysis.tokens import analyse
from indexing.engines.plan import Keyword, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.search.query_tree import Query, Quoted, Run, stop_words
from indexing.search.request import QueryCitation
from nlp.citations.queries import CitedInQuery, parse_citation_query

_MAX_FOUND = 200


@dataclass(frozen=True, slots=True)
class QueryCitations:
    """Citations of a query; ``pinned`` are their ids in the collection, the most likely first, ``cited`` all ids.

    ``whole``: the query is a citation and nothing else.
    """

    citations: tuple[QueryCitation, ...] = ()
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    whole: bool = False


def find_query_citations(query: Query, language: str, access: AccessFilter, engine: Engine) -> QueryCitations:
    """Return the citations of a query; in a query with operators citations are treated as words.

    A provision that is not in the collection is replaced by its law if that is.
    """
    if not isinstance(query.tree, Run) and not (isinstance(query.tree, Quoted) and query.tree.gap is None):
        return QueryCitations()
    text = query.tree.text
    citations = parse_citation_query(text, language=language)
    ids = dict.fromkeys(canonical for citation in citations for canonical in _ids(citation))
    available = _available(tuple(ids), access, engine) if ids else frozenset()
    specific = [citation for citation in citations if _is_specific(citation) or _is_whole(text, citation)]
    readings = [reading.canonical for citation in specific for reading in citation.readings]
    pinned = (canonical if canonical in available else whole_law(canonical) for canonical in readings)
    return QueryCitations(
        tuple(QueryCitation(text[each.start : each.end], each.readings, _ids(each, available)) for each in citations),
        tuple(dict.fromkeys(canonical for canonical in pinned if canonical in available)),
        tuple(dict.fromkeys(readings)),
        any(_is_whole(text, citation) for citation in specific),
    )


def whole_law(canonical: str) -> str:
    """Return the id of the law from the id of one of its provisions."""
    return canonical.partition("#")[0]


def _ids(cited: CitedInQuery, among: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the ids of all readings and of their laws, in order, restricted to ``among``."""
    ids = (canonical for reading in cited.readings for canonical in (reading.canonical, whole_law(reading.canonical)))
    return tuple(dict.fromkeys(canonical for canonical in ids if among is None or canonical in among))


def _is_specific(cited: CitedInQuery) -> bool:
    """Return whether a citation has a number or pinpoint; the mere name of a code may be a word of a question."""
    return any(reading.number or reading.pinpoint or "#" in reading.canonical for reading in cited.readings)


def _is_whole(text: str, cited: CitedInQuery) -> bool:
    rest = analyse(text[: cited.start] + " " + text[cited.end :]).plain
    return all(word in stop_words() for word in rest)


def _available(canonical_ids: tuple[str, ...], access: AccessFilter, engine: Engine) -> frozenset[str]:
    """Return the canonical ids of readable scopes that have one of ``canonical_ids``."""
    plans = (
        Plan(part.partition, part.collections, Keyword("identity", canonical_ids), limit=_MAX_FOUND, limits=part.limits)
        for part in readable_partitions(access)
    )
    identities = (ranked.shown.identity for plan in plans for ranked in engine.search(plan).ranked)
    return frozenset(canonical for identity in identities for canonical in identity)
