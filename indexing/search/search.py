"""From a request to cited hits: read the query, ask every space that may be seen, show the best passage of each."""

from __future__ import annotations

from collections import Counter

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.plan import Plan
from indexing.engines.protocol import Engine, Question
from indexing.installation import Installation
from indexing.search.concept_expansion import OwnNames, own_names
from indexing.search.facets import facets_of
from indexing.search.false_friend_filter import apart
from indexing.search.fusion import Origin, Placed, merged
from indexing.search.grouping import field_of, grouped_by_document, grouped_by_value
from indexing.search.hit_rendering import Shower
from indexing.search.hybrid_retriever import Fuser, asked_text, required
from indexing.search.lexical_retrieval import Answer, answered, relaxed
from indexing.search.out_of_force_citations import cited_elsewhen, in_force_then
from indexing.search.paging import cursor_of, fused_page
from indexing.search.parser import parse
from indexing.search.plans import asked_fields, plans_of
from indexing.search.point_in_time import left_out, with_versions
from indexing.search.query_citations import Asked, asked_citations
from indexing.search.query_fields import field_named
from indexing.search.query_interpretation import understood
from indexing.search.query_suggestions import nearest
from indexing.search.query_tree import Query
from indexing.search.request import GROUPS, MODES, SearchRequest, SearchResult
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
    return with_versions(result, asked_fields(request, parse(request.query)), installation.store, access)


def retrieve(
    request: SearchRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None = None
) -> SearchResult:
    """Answer ``request`` from what ``access`` lets be seen; raises ``RogatioError`` for a request out of bounds."""
    _check(request, encoder)
    query = parse(request.query)
    asked = asked_citations(query, request.language, access, engine)
    elsewhen = cited_elsewhen(asked, plans_of(request, query, access, 0, asked), engine)
    asked = in_force_then(asked, elsewhen)
    fuser = _fuser(request, query, asked, engine, encoder)
    answer = answered(request, query, access, engine, asked, fuser)
    placed, after, order = _placed(request, answer, engine, fuser)
    origins = Counter(one.origin for one in order)
    names = fuser.names if fuser else None
    shower = Shower(engine, query, request.language, frozenset(asked.pinned), names, asked.whole)
    beside = left_out(answer.plans, asked_fields(request, query), engine, len(placed))
    met = answer.total or origins[Origin.NAMES]
    return SearchResult(
        request=request,
        hits=shower.hits(placed, answer.plans),
        total=answer.total,
        facets=facets_of(request, answer.plans, answer.found, fuser, order),
        citations=asked.citations,
        understood=(*understood(query), *relaxed(answer, asked)),
        after=after,
        nearest="" if met or request.among else _nearest(query, answer.plans, access, engine),
        by_meaning=origins[Origin.MEANING],
        by_names=origins[Origin.NAMES],
        false_friends=fuser.apart.told() if fuser and fuser.apart else (),
        not_in_force=beside.today,
        not_in_force_then=beside.then,
        perhaps_in_force=beside.unknown,
        cited_elsewhen=elsewhen,
    )


def _fuser(request: SearchRequest, query: Query, asked: Asked, engine: Engine, encoder: Encoder | None) -> Fuser | None:
    """Return what fuses words, names and meaning, None where words answer alone.

    That is for a citation or an identifier and nothing else, for a query without bare words that filters by no
    concept, and for an order by date or title, which knows no closeness.
    """
    words = request.mode == "both"
    if request.mode == "words" or asked.whole or not request.limit or (words and request.sort != "relevance"):
        return None
    text = asked_text(query, [citation.text for citation in asked.citations])
    question = Question(encoder.version, encoder.query(text)) if encoder and text else None
    names = _names(request, query, text, question) if words else None
    if not question and not names:
        return None
    other = apart(text, request.language, names)
    return Fuser(engine, required(query), question, names, other, asked.pinned, asked.cited, words)


def _names(request: SearchRequest, query: Query, text: str, question: Question | None) -> OwnNames | None:
    """Return the concepts that the bare words are about, else those that are filtered by: they order what has them."""
    if text:
        return own_names(text, request.language, question)
    fields = (one for one in asked_fields(request, query) if one.name == "concept")
    codes = [code for one in fields for code in one.values if code in concepts()]
    return OwnNames(tuple(ConceptMatch(code, 1.0) for code in codes)) if codes else None


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
        return bool(answered(SearchRequest(text), other, access, engine, Asked()).total)

    return nearest(query, plans, engine, finds)


def _placed(
    request: SearchRequest, answer: Answer, engine: Engine, fuser: Fuser | None
) -> tuple[list[Placed], str, list[Placed]]:
    """Return the scopes to show, by group where asked, the cursor behind them, and what is fused."""
    if fuser:
        return fused_page(request, answer.plans, answer.found, fuser)
    if not answer.total:
        return [], "", []
    field = field_of(request.group_by)
    if field == "document_id":
        placed, reached = grouped_by_document(answer.plans, engine)
        return placed, cursor_of(reached), []
    if field:
        return grouped_by_value(answer.plans, field, engine), "", []
    placed = merged(answer.found, request.limit)
    more = len(placed) == request.limit > 0
    reached = {plan.space: plan.after for plan in answer.plans} | {one.space: one.ranked.cursor for one in placed}
    return placed, cursor_of(reached) if more else "", []
