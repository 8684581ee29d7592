"""Citations and identifiers in a query: which are held, and what is put before every other hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexing.analysis import analyse
from indexing.engine import Engine
from indexing.plan import Keyword, Plan
from indexing.query_clauses import stop_words
from indexing.query_tree import Query, Quoted, Run
from indexing.results import CitationAsked
from nlp.citation_queries import CitedInQuery, parse_citation_query

_MOST_HELD = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The citations of a query; ``pinned`` are the ids of what was asked for, the likeliest reading first."""

    citations: tuple[CitedInQuery, ...] = ()
    pinned: tuple[str, ...] = ()


def asked_citations(query: Query, language: str) -> Asked:
    """Return the citations of a query without operators; in others they are words like any."""
    if not isinstance(query.tree, Run) and not (isinstance(query.tree, Quoted) and query.tree.gap is None):
        return Asked()
    text = query.tree.text
    cited = tuple(parse_citation_query(text, language=language))
    named = [one for one in cited if _is_one_thing(one) or _is_whole(text, one)]
    exact = (reading.canonical for one in named for reading in one.readings)
    laws = (whole_law(reading.canonical) for one in named for reading in one.readings)
    return Asked(cited, tuple(dict.fromkeys((*exact, *laws))))


def whole_law(canonical: str) -> str:
    """Return the id of the law that the id of a provision points into."""
    return canonical.partition("#")[0]


def _is_one_thing(cited: CitedInQuery) -> bool:
    """Tell a citation with a number or a place from the mere name of a code, which may be a word of a question."""
    return any(reading.number or reading.pinpoint or "#" in reading.canonical for reading in cited.readings)


def _is_whole(text: str, cited: CitedInQuery) -> bool:
    rest = analyse(text[: cited.start] + " " + text[cited.end :]).plain
    return all(word in stop_words() for word in rest)


def told(asked: Asked, query: Query, plans: Iterable[Plan], engine: Engine) -> tuple[CitationAsked, ...]:
    """Return every citation with all its readings and the ids of those that ``plans`` may see and find held."""
    wanted = dict.fromkeys(
        canonical
        for one in asked.citations
        for reading in one.readings
        for canonical in (reading.canonical, whole_law(reading.canonical))
    )
    if not wanted or not isinstance(query.tree, (Run, Quoted)):
        return ()
    held = _held(tuple(wanted), plans, engine)
    text = query.tree.text
    return tuple(
        CitationAsked(
            text[one.start : one.end],
            one.readings,
            tuple(canonical for canonical in wanted if canonical in held and _reads(one, canonical)),
        )
        for one in asked.citations
    )


def _reads(cited: CitedInQuery, canonical: str) -> bool:
    return any(canonical in (reading.canonical, whole_law(reading.canonical)) for reading in cited.readings)


def _held(wanted: tuple[str, ...], plans: Iterable[Plan], engine: Engine) -> frozenset[str]:
    """Return those ids that a scope bears which the access filter lets be seen, whatever else is asked."""
    bearing = Keyword("identity", wanted)
    found = (
        ranked.shown.identity
        for plan in plans
        for ranked in engine.search(Plan(plan.space, plan.collections, bearing, limit=_MOST_HELD)).ranked
    )
    return frozenset(canonical for identity in found for canonical in identity)
