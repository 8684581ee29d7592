"""Search: from a request to rendered hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.plan import Plan
from indexing.engines.protocol import Engine, VectorQuery
from indexing.installation import Installation
from indexing.search.absent_concepts import asked_concept, is_absent, states_without_law
from indexing.search.basic_offence import asked_form, asked_offence
from indexing.search.clauses import TODAY, ClauseMaker
from indexing.search.concept_expansion import ConceptExpansion, expand_concepts
from indexing.search.facets import facets_of, tag_facet
from indexing.search.false_friend_filter import false_friend_filter
from indexing.search.fusion import Origin, RankedHit, merge_rankings
from indexing.search.grouping import group_by_value
from indexing.search.headings import asked_heading
from indexing.search.hit_rendering import HitRenderer
from indexing.search.hybrid_retriever import HybridRetriever, semantic_threshold
from indexing.search.lexical_retrieval import (
    LexicalResult,
    plans_of,
    query_filter_fields,
    relaxations,
    retrieve_lexically,
    without_scopes,
)
from indexing.search.paging import cursor_of, field_of, group_by_document, page_of_fused
from indexing.search.parser import parse
from indexing.search.point_in_time import count_out_of_force, times_in_force, with_expressions
from indexing.search.query_citations import (
    QueryCitations,
    find_query_citations,
    in_force_at_date,
    out_of_force_citations,
)
from indexing.search.query_fields import field_name_of
from indexing.search.query_language import languages_of_query
from indexing.search.query_meaning import required_clauses, semantic_query
from indexing.search.query_recognition import is_proper_name, recognise, recognised_fields, spell_out
from indexing.search.query_suggestions import correct_query, suggest_query
from indexing.search.query_tree import Query, Quoted, Run, interpret_query, is_searchable
from indexing.search.request import (
    ABBREVIATION,
    CITATION,
    CONCEPT,
    COUNTRY,
    GROUPS,
    MODES,
    TAG,
    OutOfForceCitation,
    Recognised,
    SearchRequest,
    SearchResult,
)
from indexing.search.tags import NO_TAGS, TaggedDocuments, tagged_documents, with_tagged_documents
from indexing.vectors.encoder import Encoder
from nlp.concepts.layer import concepts
from nlp.concepts.query import ConceptMatch

SORTS = ("relevance", "newest", "oldest", "title")
_LIMIT = 1000


def search(installation: Installation, request: SearchRequest, principal: Principal = LOCAL_USER) -> SearchResult:
    """Return the hits of ``request`` readable by ``principal``, with the expression of the law of each hit.

    Raises ``indexing.nothing_to_search`` for a query of signs or operators alone, and what :func:`retrieve` does.
    """
    if request.query.strip() and not is_searchable(parse(request.query)):
        raise RogatioError("indexing.nothing_to_search")
    access = installation.store.access(principal)
    tags = tagged_documents(request, installation.store, access)
    result = retrieve(request, access, installation.engine, installation.encoder, tags)
    if request.mode != "words":
        result = replace(result, words_only=installation.words_only(access))
    fields = (*query_filter_fields(request, parse(request.query)), *recognised_fields(result.recognised))
    return with_expressions(result, fields, installation.store, access)


def retrieve(
    request: SearchRequest,
    access: AccessFilter,
    engine: Engine,
    encoder: Encoder | None = None,
    tags: TaggedDocuments = NO_TAGS,
) -> SearchResult:
    """Return the hits of ``request`` within ``access``, without expressions of laws.

    A filter by a tag that is not among ``tags`` finds nothing. If nothing is found in a country named in the query, its
    name is searched as words, unless the law of another day is asked for, of which there may be no text. Raises
    ``indexing.no_such_mode``, ``no_encoder``, ``request_out_of_bounds``, ``no_such_group``, ``no_such_filter``,
    ``no_such_time_in_force`` and what :func:`.parser.parse` does.
    """
    result = _retrieve(request, access, engine, encoder, tags)
    countries = [each for each in result.recognised if each.field == COUNTRY and not each.excluded]
    if not countries or result.total or result.by_meaning or result.by_names or result.in_force != (TODAY,):
        return result
    without = _retrieve(replace(request, as_words=(*request.as_words, COUNTRY)), access, engine, encoder, tags)
    recognised = (*without.recognised, *(replace(country, applied=False) for country in countries))
    return replace(without, request=request, recognised=recognised, states_without_law=result.states_without_law)


@dataclass(frozen=True, slots=True)
class _ReadQuery:
    """A query without what was recognised in it: citations, countries, days and names of persons.

    ``interpretation`` are codes of its clauses; ``out_of_force`` are the citations that the date filter excludes.
    """

    query: Query
    interpretation: tuple[str, ...]
    recognised: tuple[Recognised, ...]
    citations: QueryCitations
    out_of_force: tuple[OutOfForceCitation, ...]


def _read(request: SearchRequest, access: AccessFilter, engine: Engine, tags: TaggedDocuments) -> _ReadQuery:
    query = with_tagged_documents(parse(request.query), request, tags)
    declined = CITATION in request.as_words
    citations = QueryCitations() if declined else find_query_citations(query, request.language, access, engine)
    interpretation, recognised = interpret_query(query), tuple[Recognised, ...]()
    if not citations.whole:
        taken = [field.name for field in query_filter_fields(request, query)]
        query, recognised = recognise(query, request.as_words, taken)
        if ABBREVIATION not in request.as_words:
            query, abbreviated = spell_out(query, request.language)
            recognised = (*recognised, *abbreviated)
    out_of_force = out_of_force_citations(citations, plans_of(request, query, access, 0, citations), engine)
    return _ReadQuery(query, interpretation, recognised, in_force_at_date(citations, out_of_force), out_of_force)


def _retrieve(
    request: SearchRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None, tags: TaggedDocuments
) -> SearchResult:
    check_request(request)
    if request.mode == "meaning" and encoder is None:
        raise RogatioError("indexing.no_encoder")
    read = _read(request, access, engine, tags)
    query, citations = read.query, read.citations
    retriever = _retriever(request, query, citations, engine, encoder)
    lexical = retrieve_lexically(request, query, access, engine, citations, retriever)
    ranking, after, order = _page(request, lexical, engine, retriever)
    notices = relaxations(lexical, citations)
    lexical = without_scopes(lexical, retriever.left_out, engine) if retriever else lexical
    origins = Counter(hit.origin for hit in order)
    names = retriever.names if retriever else None
    renderer = HitRenderer(engine, query, request.language, citations, names)
    counted = retriever.by_words_or_names(lexical.plans) if retriever else lexical.plans
    excluded = count_out_of_force(counted, query_filter_fields(request, query), engine, len(ranking))
    found = lexical.total or origins[Origin.NAMES]
    facets = facets_of(request, lexical.plans, lexical.found, retriever, order) if request.facets else {}
    if TAG in request.facets:
        facets[TAG] = tag_facet(tags, lexical.plans, engine, retriever, order)
    return SearchResult(
        request=request,
        hits=renderer.hits(ranking, lexical.plans),
        total=lexical.total,
        facets=facets,
        citations=citations.citations,
        understood=(*read.interpretation, *notices),
        after=after,
        nearest="" if request.among or citations.whole else _nearest(query, lexical, access, engine, found=bool(found)),
        by_meaning=origins[Origin.MEANING],
        by_names=origins[Origin.NAMES],
        false_friends=retriever.false_friends.notices() if retriever and retriever.false_friends else (),
        not_in_force=excluded.today,
        not_in_force_then=excluded.then,
        perhaps_in_force=excluded.unknown,
        out_of_force_citations=read.out_of_force,
        recognised=read.recognised,
        concepts=_concepts_of_words(request, query, names),
        absent=_absent(retriever, order, lexical.plans, engine),
        states_without_law=_without_law(read.recognised, names, lexical.plans, engine),
        in_force=times_in_force(query_filter_fields(request, query)),
    )


def _absent(
    retriever: HybridRetriever | None, order: Sequence[RankedHit], plans: Sequence[Plan], engine: Engine
) -> str:
    """Return the concept that the bare words name and no scope is about, ``""`` if there is none."""
    if not retriever or not retriever.asked or not is_absent(retriever.asked, plans, engine):
        return ""
    return "" if retriever.may_state(order, plans) else retriever.asked


def _without_law(
    recognised: Sequence[Recognised], names: ConceptExpansion | None, plans: Sequence[Plan], engine: Engine
) -> tuple[str, ...]:
    """Return the States that a query names beside a concept, and of which the collection has no law."""
    if not names or not names.is_stated:
        return ()
    states = (state for one in recognised if one.field == COUNTRY and not one.excluded for state in one.values)
    return states_without_law(states, plans, engine)


def _retriever(
    request: SearchRequest, query: Query, citations: QueryCitations, engine: Engine, encoder: Encoder | None
) -> HybridRetriever | None:
    """Return the hybrid retriever of a query, None if the search is lexical only.

    That is the case for a query that is only a citation or identifier, for one without bare words or concept filter,
    and for sorting by date or title, which has no order by relevance.
    """
    words = request.mode == "both"
    if request.mode == "words" or citations.whole or not request.limit or (words and request.sort != "relevance"):
        return None
    text = semantic_query(query, [citation.text for citation in citations.citations])
    question = VectorQuery(encoder.version, encoder.query(text)) if encoder and text else None
    names = _names(request, query, text, question) if words else None
    if not question and not names:
        return None
    friends = false_friend_filter(text, request.language, names)
    form = asked_form(text, names)
    languages = languages_of_query(text, request.language, names)
    return HybridRetriever(
        engine,
        required_clauses(query),
        question,
        names,
        friends,
        citations.pinned,
        citations.cited,
        citations.units,
        ClauseMaker(request.language).clause(Quoted(text)) if is_proper_name(text) else None,
        words,
        semantic_threshold(question, text),
        asked_offence(text, names) or form,
        asked_concept(text, names) if text else "",
        asked_heading(text, languages) if words and text else None,
        ClauseMaker(request.language, strict=True).clause(Run(text)) if form else None,
        text,
        languages,
    )


def _names(request: SearchRequest, query: Query, text: str, question: VectorQuery | None) -> ConceptExpansion | None:
    """Return the concepts of the bare words, otherwise those of a concept filter, which then rank its hits."""
    if text:
        return None if CONCEPT in request.as_words else expand_concepts(text, request.language, question)
    fields = (field for field in query_filter_fields(request, query) if field.name == "concept")
    codes = [code for field in fields for code in field.values if code in concepts()]
    return ConceptExpansion(tuple(ConceptMatch(code, 1.0) for code in codes)) if codes else None


def _concepts_of_words(request: SearchRequest, query: Query, names: ConceptExpansion | None) -> tuple[str, ...]:
    """Return the concepts that the bare words of a query were surely read as, not those of a concept filter."""
    filtered = any(field.name == CONCEPT for field in query_filter_fields(request, query))
    return tuple(match.concept for match in names.matches) if names and names.is_stated and not filtered else ()


def check_request(request: SearchRequest) -> None:
    """Raise as ``retrieve`` does for an unknown mode, group or filter, and what is out of bounds."""
    if request.mode not in MODES:
        raise RogatioError("indexing.no_such_mode", mode=request.mode)
    if request.sort not in SORTS or not 0 <= request.limit <= _LIMIT:
        raise RogatioError("indexing.request_out_of_bounds", sort=request.sort, limit=request.limit)
    if request.group_by and not field_of(request.group_by):
        raise RogatioError("indexing.no_such_group", group=request.group_by[:40], known=", ".join(GROUPS))
    for name in request.filters:
        if not field_name_of(name):
            raise RogatioError("indexing.no_such_filter", field=name)


def _nearest(query: Query, lexical: LexicalResult, access: AccessFilter, engine: Engine, *, found: bool) -> str:
    """Return a similar query if nothing was ``found``, or its correction if no hit has all of its words."""
    if found and (not lexical.relaxed or lexical.complete):
        return ""
    suggest = correct_query if found else suggest_query
    return suggest(query, lexical.plans, engine, lambda text: _finds(text, access, engine))


def _finds(text: str, access: AccessFilter, engine: Engine) -> bool:
    """Return whether the words of ``text``, or what countries call the concept that it names, find something."""
    request, query = SearchRequest(text), parse(text)
    if retrieve_lexically(request, query, access, engine, QueryCitations()).total:
        return True
    names = expand_concepts(semantic_query(query), "")
    if not names or not names.is_stated:
        return False
    plans = plans_of(request, query, access, 0, QueryCitations())
    return any(engine.search(replace(plan, match=names.clause(), limit=1)).total for plan in plans)


def _page(
    request: SearchRequest, lexical: LexicalResult, engine: Engine, retriever: HybridRetriever | None
) -> tuple[list[RankedHit], str, list[RankedHit]]:
    """Return the hits of the page, grouped if requested, the cursor after them, and the fused order."""
    if retriever:
        return page_of_fused(request, lexical.plans, lexical.found, retriever)
    if not lexical.total:
        return [], "", []
    field = field_of(request.group_by)
    if field == "document_id":
        ranking, reached = group_by_document(lexical.plans, engine)
        return ranking, cursor_of(reached), []
    if field:
        return group_by_value(lexical.plans, field, engine), "", []
    ranking = merge_rankings(lexical.found, request.limit)
    more = len(ranking) == request.limit > 0
    reached = {plan.partition: plan.after for plan in lexical.plans} | {
        hit.partition: hit.ranked.cursor for hit in ranking
    }
    return ranking, cursor_of(reached) if more else "", []
