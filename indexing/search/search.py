"""Search: from a request to rendered hits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.plan import Plan
from indexing.engines.protocol import Engine, VectorQuery
from indexing.installation import Installation
from indexing.search.concept_expansion import ConceptExpansion, expand_concepts
from indexing.search.facets import facets_of
from indexing.search.false_friend_filter import false_friend_filter
from indexing.search.fusion import Origin, RankedHit, merge_rankings
from indexing.search.grouping import field_of, group_by_document, group_by_value
from indexing.search.hit_rendering import HitRenderer
from indexing.search.hybrid_retriever import HybridRetriever, required_clauses, semantic_query
from indexing.search.lexical_retrieval import LexicalResult, relaxations, retrieve_lexically
from indexing.search.out_of_force_citations import in_force_at_date, out_of_force_citations
from indexing.search.paging import cursor_of, page_of_fused
from indexing.search.parser import parse
from indexing.search.plans import plans_of, query_filter_fields
from indexing.search.point_in_time import count_out_of_force, with_expressions
from indexing.search.query_citations import QueryCitations, find_query_citations
from indexing.search.query_fields import field_named
from indexing.search.query_interpretation import interpret_query
from indexing.search.query_recognition import recognise, recognised_fields
from indexing.search.query_suggestions import suggest_query
from indexing.search.query_tree import Query
from indexing.search.request import COUNTRY, GROUPS, MODES, Recognised, SearchRequest, SearchResult
from indexing.search.semantic_threshold import semantic_threshold
from indexing.vectors.encoder import Encoder
from nlp.concepts.layer import concepts
from nlp.concepts.query import ConceptMatch

SORTS = ("relevance", "newest", "oldest", "title")
_MOST = 1000


def search(installation: Installation, request: SearchRequest, principal: Principal = LOCAL_USER) -> SearchResult:
    """Answer ``request`` for ``principal``, with the versions of laws that each hit belongs to.

    Raises ``RogatioError`` for a request that is out of bounds.
    """
    access = installation.store.access(principal)
    result = retrieve(request, access, installation.engine, installation.encoder)
    fields = (*query_filter_fields(request, parse(request.query)), *recognised_fields(result.recognised))
    return with_expressions(result, fields, installation.store, access)


def retrieve(
    request: SearchRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None = None
) -> SearchResult:
    """Answer ``request`` from what ``access`` lets be seen; raises ``RogatioError`` for a request out of bounds.

    Where nothing is found in a country that the query names, its name is searched as words.
    """
    result = _retrieve(request, access, engine, encoder)
    countries = [one for one in result.recognised if one.field == COUNTRY]
    if not countries or result.total or result.by_meaning or result.by_names:
        return result
    others = _retrieve(replace(request, as_words=(*request.as_words, COUNTRY)), access, engine, encoder)
    told = (*others.recognised, *(replace(one, applied=False) for one in countries))
    return replace(others, request=request, recognised=told)


def _retrieve(request: SearchRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None) -> SearchResult:
    _check(request, encoder)
    query = parse(request.query)
    asked = find_query_citations(query, request.language, access, engine)
    said, recognised = interpret_query(query), tuple[Recognised, ...]()
    if not asked.whole:
        taken = [field.name for field in query_filter_fields(request, query)]
        query, recognised = recognise(query, request.as_words, taken)
    elsewhen = out_of_force_citations(asked, plans_of(request, query, access, 0, asked), engine)
    asked = in_force_at_date(asked, elsewhen)
    fuser = _fuser(request, query, asked, engine, encoder)
    answer = retrieve_lexically(request, query, access, engine, asked, fuser)
    placed, after, order = _placed(request, answer, engine, fuser)
    origins = Counter(one.origin for one in order)
    names = fuser.names if fuser else None
    shower = HitRenderer(engine, query, request.language, frozenset(asked.pinned), names, asked.whole)
    beside = count_out_of_force(answer.plans, query_filter_fields(request, query), engine, len(placed))
    met = answer.total or origins[Origin.NAMES]
    return SearchResult(
        request=request,
        hits=shower.hits(placed, answer.plans),
        total=answer.total,
        facets=facets_of(request, answer.plans, answer.found, fuser, order),
        citations=asked.citations,
        understood=(*said, *relaxations(answer, asked)),
        after=after,
        nearest="" if met or request.among else _nearest(query, answer.plans, access, engine),
        by_meaning=origins[Origin.MEANING],
        by_names=origins[Origin.NAMES],
        false_friends=fuser.apart.told() if fuser and fuser.apart else (),
        not_in_force=beside.today,
        not_in_force_then=beside.then,
        perhaps_in_force=beside.unknown,
        cited_elsewhen=elsewhen,
        recognised=recognised,
    )


def _fuser(
    request: SearchRequest, query: Query, asked: QueryCitations, engine: Engine, encoder: Encoder | None
) -> HybridRetriever | None:
    """Return what fuses words, names and meaning, None where words answer alone.

    That is for a citation or an identifier and nothing else, for a query without bare words that filters by no
    concept, and for an order by date or title, which knows no closeness.
    """
    words = request.mode == "both"
    if request.mode == "words" or asked.whole or not request.limit or (words and request.sort != "relevance"):
        return None
    text = semantic_query(query, [citation.text for citation in asked.citations])
    question = VectorQuery(encoder.version, encoder.query(text)) if encoder and text else None
    names = _names(request, query, text, question) if words else None
    if not question and not names:
        return None
    other = false_friend_filter(text, request.language, names)
    near = semantic_threshold(question, text)
    return HybridRetriever(
        engine, required_clauses(query), question, names, other, asked.pinned, asked.cited, words, near
    )


def _names(request: SearchRequest, query: Query, text: str, question: VectorQuery | None) -> ConceptExpansion | None:
    """Return the concepts that the bare words are about, else those that are filtered by: they order what has them."""
    if text:
        return expand_concepts(text, request.language, question)
    fields = (one for one in query_filter_fields(request, query) if one.name == "concept")
    codes = [code for one in fields for code in one.values if code in concepts()]
    return ConceptExpansion(tuple(ConceptMatch(code, 1.0) for code in codes)) if codes else None


def _check(request: SearchRequest, encoder: Encoder | None) -> None:
    if request.mode not in MODES:
        raise RogatioError("indexing.no_such_mode", mode=request.mode)
    if request.mode == "meaning" and encoder is None:
        raise RogatioError("indexing.no_encoder")
    if request.sort not in SORTS or not 0 <= request.limit <= _MOST:
        raise RogatioError("indexing.request_out_of_bounds", sort=request.sort, limit=request.limit)
    if request.group_by and not field_of(request.group_by):
        raise RogatioError("indexing.no_such_group", group=request.group_by[:40], known=", ".join(GROUPS))
    for name in request.filters:
        if not field_named(name):
            raise RogatioError("indexing.no_such_filter", field=name)


def _nearest(query: Query, plans: list[Plan], access: AccessFilter, engine: Engine) -> str:
    def finds(text: str) -> bool:
        other = parse(text)
        return bool(retrieve_lexically(SearchRequest(text), other, access, engine, QueryCitations()).total)

    return suggest_query(query, plans, engine, finds)


def _placed(
    request: SearchRequest, answer: LexicalResult, engine: Engine, fuser: HybridRetriever | None
) -> tuple[list[RankedHit], str, list[RankedHit]]:
    """Return the scopes to show, by group where asked, the cursor behind them, and what is fused."""
    if fuser:
        return page_of_fused(request, answer.plans, answer.found, fuser)
    if not answer.total:
        return [], "", []
    field = field_of(request.group_by)
    if field == "document_id":
        placed, reached = group_by_document(answer.plans, engine)
        return placed, cursor_of(reached), []
    if field:
        return group_by_value(answer.plans, field, engine), "", []
    placed = merge_rankings(answer.found, request.limit)
    more = len(placed) == request.limit > 0
    reached = {plan.partition: plan.after for plan in answer.plans} | {
        one.partition: one.ranked.cursor for one in placed
    }
    return placed, cursor_of(reached) if more else "", []
