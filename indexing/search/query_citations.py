"""Citations and identifiers in a query: which are in the collection, and which only out of force on its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from indexing.access import AccessFilter
from indexing.analysis.tokens import analyse
from indexing.engines.plan import Keyword, Plan, readable_partitions
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import Validity, validity_of_unit
from indexing.search.cited_units import CitedUnit, cited_units
from indexing.search.clauses import FIELD
from indexing.search.dated_laws import with_laws_of_date
from indexing.search.query_recognition import country_mentions
from indexing.search.query_tree import Query, Quoted, Run, stop_words
from indexing.search.request import IDENTIFIER, OutOfForceCitation, QueryCitation
from indexing.search.titled_units import titled_units
from nlp.citations.identity import other_identities
from nlp.citations.query import CitedInQuery, language_of_citation, parse_citation_query
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_query_countries
from nlp.entities.identifiers import number_id
from nlp.state_languages import legislators

_MAX_FOUND = 200
_SHORTEST_PHONE = 9  # digits, with the country's

# A number of at least six digits with letters, points, hyphens and slashes, and one in groups ("ES91 2100 0418").
_NUMBER = compiled(r"(?<![\w+])(?=(?:[\p{L}./-]*\d){6})\+?[\p{L}\d][\p{L}\d./-]*\d\p{L}?(?!\w)")
_GROUPS = compiled(r"\s*(?=(?:\D*\d){6})\+?[\p{Lu}\d]{1,8}(?:[ .\-/][\p{Lu}\d]{1,8})+\s*")
_NEVER_KNOWN = Validity()


@dataclass(frozen=True, slots=True)
class QueryCitations:
    """Citations of a query; ``pinned`` are their ids in the collection, the most likely first, ``cited`` all ids.

    ``cited`` also has the ids of numbers, which find an identifier however it is written in a document. ``whole``: the
    query is a citation or a number in groups and nothing else. ``units`` are the articles that laws of any title may
    contain (see ``indexing.search.cited_units``).
    """

    citations: tuple[QueryCitation, ...] = ()
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    whole: bool = False
    units: tuple[CitedUnit, ...] = ()


def find_query_citations(query: Query, language: str, access: AccessFilter, engine: Engine) -> QueryCitations:
    """Return the citations of a query; in a query with operators citations are treated as words.

    A provision that is not in the collection is replaced by its law if that is.
    """
    if not isinstance(query.tree, Run) and not (isinstance(query.tree, Quoted) and query.tree.gap is None):
        return QueryCitations()
    text = query.tree.text
    named = _named_countries(text)
    read = (_of_countries(cited, named) for cited in parse_citation_query(text, language=language))
    parsed = [with_laws_of_date(cited, access, engine) for cited in read]
    ids = dict.fromkeys(canonical for citation in parsed for canonical in (*_ids(citation), *_other_ids(citation)))
    available = _available(tuple(ids), access, engine) if ids else frozenset()
    citations = [_as_available(citation, available) for citation in parsed]
    specific = [citation for citation in citations if _is_specific(citation) or _is_whole(text, citation)]
    readings = [reading.canonical for citation in specific for reading in citation.readings]
    pinned = (canonical for citation in specific for canonical in _pinned(citation, available))
    is_found = any("#" in canonical for canonical in available & set(readings))
    titled = () if is_found else titled_units(text, language, access, engine)
    return QueryCitations(
        tuple(_query_citation(text, each, available) for each in citations),
        tuple(dict.fromkeys(pinned)),
        tuple(dict.fromkeys((*readings, *_numbers(text, citations)))),
        any(_is_whole(text, citation) for citation in specific) or _GROUPS.fullmatch(text) is not None,
        (*cited_units(text, citations, available), *titled),
    )


def _named_countries(text: str) -> set[str]:
    """Return the countries that a query names and does not exclude."""
    excluded = {value for mention in country_mentions(text) if mention.excluded for value in mention.values}
    return {span.value for span in find_query_countries(text)} - excluded


def _of_countries(cited: CitedInQuery, named: Set[str]) -> CitedInQuery:
    """Return a citation with its readings of the ``named`` countries ("código penal 121 Brasil"), if it has any."""
    readings = tuple(reading for reading in cited.readings if reading.jurisdiction in named)
    return replace(cited, readings=readings) if readings else cited


def _pinned(cited: CitedInQuery, available: Set[str]) -> tuple[str, ...]:
    """Return the ids of the cited provisions in the collection, else of their law if only one is meant and available.

    The beginnings of all codes that lack the provision of "artículo 451 CP" are no answer.
    """
    provisions = tuple(reading.canonical for reading in cited.readings if reading.canonical in available)
    laws = dict.fromkeys(law for reading in cited.readings if (law := whole_law(reading.canonical)) in available)
    return provisions or (tuple(laws) if len(laws) == 1 else ())


def _query_citation(text: str, cited: CitedInQuery, available: frozenset[str]) -> QueryCitation:
    absent = [reading for reading in cited.readings if _is_of_code(reading.canonical)]
    absent = [reading for reading in absent if not available & {reading.canonical, whole_law(reading.canonical)}]
    words = text[cited.start : cited.end]
    own = legislators(language_of_citation(words))
    return QueryCitation(
        words,
        cited.readings,
        _ids(cited, available),
        tuple(reading.jurisdiction for reading in absent if reading.jurisdiction in own),
    )


def _is_of_code(canonical: str) -> bool:
    """Return whether an id is of a code or a provision of one, which many States have by the same name."""
    return canonical.split(":")[2:3] in (["codigo"], ["code"])


def _numbers(text: str, citations: Iterable[CitedInQuery]) -> list[str]:
    """Return the ids of the identifiers and long numbers in a query, and of a query that is one number in groups."""
    words = [form for word in _NUMBER.finditer(text) for form in _dialled(word[0])]
    known = [one.number for cited in citations for one in cited.readings if one.canonical.startswith(IDENTIFIER)]
    return [number_id(number) for number in (*known, *words, *([text] if _GROUPS.fullmatch(text) else ()))]


def _dialled(number: str) -> tuple[str, ...]:
    """Return a number, and one of digits alone also with the sign of an international telephone number."""
    if not number.isdigit() or len(number) < _SHORTEST_PHONE:
        return (number,)
    return number, f"+{number.removeprefix('00')}"


def whole_law(canonical: str) -> str:
    """Return the id of the law from the id of one of its provisions."""
    return canonical.partition("#")[0]


def _ids(cited: CitedInQuery, among: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the ids of all readings and of their laws, in order, restricted to ``among``."""
    ids = (canonical for reading in cited.readings for canonical in (reading.canonical, whole_law(reading.canonical)))
    return tuple(dict.fromkeys(canonical for canonical in ids if among is None or canonical in among))


def _other_ids(cited: CitedInQuery) -> Iterator[str]:
    return (other for reading in cited.readings for other in other_identities(reading))


def _as_available(cited: CitedInQuery, available: frozenset[str]) -> CitedInQuery:
    """Return the citation with the ids that the collection has for "art. 9.4" and for articles of an Act."""
    found = (
        next((other for other in other_identities(reading) if other in available), "") for reading in cited.readings
    )
    readings = (
        replace(reading, canonical=other) if other else reading
        for reading, other in zip(cited.readings, found, strict=True)
    )
    return replace(cited, readings=tuple(readings))


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


def out_of_force_citations(
    citations: QueryCitations, plans: Sequence[Plan], engine: Engine
) -> tuple[OutOfForceCitation, ...]:
    """Return all available expressions of cited provisions if none satisfies the date filter; otherwise nothing.

    A provision that is not in the collection is ignored, even if its law is.
    """
    dated = [plan for plan in plans if FIELD in dict(plan.filters)]
    if not citations.pinned or not dated:
        return ()
    in_force = {canonical for shown in _with_identity(citations.pinned, dated, engine) for canonical in shown.identity}
    missing = {
        citation.text: ids
        for citation in citations.citations
        if (ids := _cited_ids(citation) & set(citations.pinned)) and not ids & in_force
    }
    if not missing:
        return ()
    cited = tuple(canonical for canonical in citations.pinned if any(canonical in ids for ids in missing.values()))
    available = _with_identity(cited, [_of_any_day(plan) for plan in dated], engine)
    return tuple(
        _out_of_force(text, shown) for text, ids in missing.items() for shown in available if ids & set(shown.identity)
    )


def _cited_ids(citation: QueryCitation) -> set[str]:
    """Return the available ids of the cited provision itself, without those of its law."""
    return {reading.canonical for reading in citation.readings} & set(citation.held)


def in_force_at_date(query: QueryCitations, out_of_force: Iterable[OutOfForceCitation]) -> QueryCitations:
    """Return the citations with ids not in force unpinned, so that other hits do not replace them."""
    texts = {citation.text for citation in out_of_force}
    unpinned = {canonical for citation in query.citations if citation.text in texts for canonical in citation.held}
    pinned = tuple(canonical for canonical in query.pinned if canonical not in unpinned)
    return replace(query, pinned=pinned) if unpinned else query


def nearest_expressions(
    citations: Iterable[OutOfForceCitation], day: str, known: Mapping[str, Validity]
) -> tuple[OutOfForceCitation, ...]:
    """Return for each citation the expressions nearest to ``day`` (ISO 8601): the last before and the first after it.

    ``known`` is the validity by document id; expressions of unknown validity are included.
    """
    dated = [_dated(citation, day, known.get(citation.document_id, _NEVER_KNOWN)) for citation in citations]
    chosen: dict[tuple[str, str, str], OutOfForceCitation] = {}
    for each in sorted(dated, key=lambda citation: citation.since, reverse=True):
        side = "unknown" if each.in_force == "unknown" else "after" if each.since > day else "before"
        if side == "after" or (each.text, each.jurisdiction, side) not in chosen:
            chosen[each.text, each.jurisdiction, side] = each
    return tuple(sorted(chosen.values(), key=lambda citation: citation.since))


def _dated(citation: OutOfForceCitation, day: str, validity: Validity) -> OutOfForceCitation:
    validity = validity_of_unit(validity, citation.unit, citation.since)
    return replace(
        citation,
        day=day,
        since=validity.start or validity.earliest,
        until=validity.end or validity.latest,
        in_force=validity.on(day).value,
    )


def _with_identity(ids: tuple[str, ...], plans: Iterable[Plan], engine: Engine) -> list[StoredFields]:
    """Return the scopes that have one of ``ids`` and satisfy the filters."""
    match = Keyword("identity", ids)
    lookups = (
        replace(plan, match=match, pinned=(), sort="relevance", limit=_MAX_FOUND, after="", facets=()) for plan in plans
    )
    return [ranked.shown for lookup in lookups for ranked in engine.search(lookup).ranked]


def _of_any_day(plan: Plan) -> Plan:
    return replace(plan, filters=tuple(item for item in plan.filters if item[0] != FIELD))


def _out_of_force(text: str, shown: StoredFields) -> OutOfForceCitation:
    return OutOfForceCitation(
        text=text,
        document_id=shown.document_id,
        title=shown.title or shown.source,
        jurisdiction=shown.jurisdiction,
        language=shown.language,
        unit=shown.unit,
        page=shown.page,
        start=shown.start,
        since=shown.since,
    )
