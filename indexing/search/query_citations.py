"""Citations and identifiers in a query: which are in the collection and rank first."""

from __future__ import annotations

from dataclasses import dataclass

from indexing.access import AccessFilter
from indexing.analysis.tokens import analyse
from indexing.engines.plan import Keyword, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.search.query_tree import Query, Quoted, Run, stop_words
from indexing.search.request import QueryCitation
from nlp.citations.queries import CitedInQuery, parse_citation_query

_MOST_HELD = 200


@dataclass(frozen=True, slots=True)
class QueryCitations:
    """``pinned`` are the held ids of what was asked for, the likeliest reading first; ``cited`` all that it may be.

    ``whole`` tells a query that is a citation and nothing else.
    """

    citations: tuple[QueryCitation, ...] = ()
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    whole: bool = False


def find_query_citations(query: Query, language: str, access: AccessFilter, engine: Engine) -> QueryCitations:
    """Return the citations of a query without operators; in others they are words like any.

    A provision that is not held stands for its law, where that is.
    """
    if not isinstance(query.tree, Run) and not (isinstance(query.tree, Quoted) and query.tree.gap is None):
        return QueryCitations()
    text = query.tree.text
    found = parse_citation_query(text, language=language)
    ids = dict.fromkeys(one for cited in found for one in _ids(cited))
    held = _held(tuple(ids), access, engine) if ids else frozenset()
    named = [one for one in found if _is_one_thing(one) or _is_whole(text, one)]
    readings = [reading.canonical for one in named for reading in one.readings]
    pinned = (one if one in held else whole_law(one) for one in readings)
    return QueryCitations(
        tuple(QueryCitation(text[one.start : one.end], one.readings, _ids(one, held)) for one in found),
        tuple(dict.fromkeys(one for one in pinned if one in held)),
        tuple(dict.fromkeys(readings)),
        any(_is_whole(text, one) for one in named),
    )


def whole_law(canonical: str) -> str:
    """Return the id of the law that the id of a provision points into."""
    return canonical.partition("#")[0]


def _ids(cited: CitedInQuery, among: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the ids of all readings and of the laws that they point into, in order."""
    ids = (one for reading in cited.readings for one in (reading.canonical, whole_law(reading.canonical)))
    return tuple(dict.fromkeys(one for one in ids if among is None or one in among))


def _is_one_thing(cited: CitedInQuery) -> bool:
    """Tell a citation with a number or a place from the mere name of a code, which may be a word of a question."""
    return any(reading.number or reading.pinpoint or "#" in reading.canonical for reading in cited.readings)


def _is_whole(text: str, cited: CitedInQuery) -> bool:
    rest = analyse(text[: cited.start] + " " + text[cited.end :]).plain
    return all(word in stop_words() for word in rest)


def _held(wanted: tuple[str, ...], access: AccessFilter, engine: Engine) -> frozenset[str]:
    """Return those ids that a scope bears which may be seen, whatever else is asked."""
    plans = (
        Plan(part.partition, part.collections, Keyword("identity", wanted), limit=_MOST_HELD, limits=part.limits)
        for part in readable_partitions(access)
    )
    found = (ranked.shown.identity for plan in plans for ranked in engine.search(plan).ranked)
    return frozenset(canonical for identity in found for canonical in identity)
