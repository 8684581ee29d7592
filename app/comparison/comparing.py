"""Comparison of provisions across countries: retrieval, split into elements, table, and laws of other days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.comparison.instrument_rows import instrument_rows, instruments_of
from app.comparison.provision_finder import LawHeld, select_provisions
from app.comparison.provisions_beside import provisions_beside, with_further_offered
from app.comparison.question import available_countries, concepts_of_request, question_concepts, unused_words
from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Comparison, ComparisonRequest, TextOfAnotherDay
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.protocol import Engine
from indexing.installation import Installation
from indexing.records.validity import InForce, today, whole_day
from indexing.search.clauses import ANY, FIELD
from indexing.search.request import RECOGNISED, Hit, SearchRequest
from indexing.search.search import retrieve
from indexing.store.reading import Store
from indexing.vectors.encoder import Encoder
from indexing.works.works import Work, works_of
from nlp.concepts.concepts import find_concepts
from nlp.concepts.layer import LANGUAGES, concept
from nlp.document_kinds import national_law_types
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import ORIGIN, provision_elements
from nlp.folding import words_of


def compare(installation: Installation, request: ComparisonRequest, principal: Principal = LOCAL_USER) -> Comparison:
    """Return the comparison for ``principal``; raises what ``build_comparison`` does."""
    store = installation.store
    return build_comparison(request, store.access(principal), installation.engine, installation.encoder, store)


def build_comparison(
    request: ComparisonRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None, store: Store
) -> Comparison:
    """Return the comparison of ``request`` as ``access`` allows.

    Raises ``indexing.nothing_to_compare`` for an empty request, and for unknown values ``indexing.no_such_day``,
    ``indexing.no_such_treaty_provision``, ``indexing.no_such_provision`` (``indexing.not_of_the_day`` if it is only
    available for other days) and ``nlp.no_such_concept``.
    """
    question = validated(request)
    law = LawHeld(access, engine, encoder, store)
    columns = select_provisions(question, question.jurisdictions, question.date, law)
    without: tuple[Column, ...] = ()
    if not question.jurisdictions:
        asks_all = question.concept or question.treaty or question.query
        columns, without = _parted(columns, available_countries(access, engine) if asks_all else ())
    about = concepts_of_request(question)
    with_other_days = with_texts_of_other_days((*columns, *without), about, question.date, access, engine, store)
    columns, without = with_other_days[: len(columns)], with_other_days[len(columns) :]
    read = [read_column(column, about) for column in columns]
    quoted = [column.quoted for column in columns]
    beside = provisions_beside(columns, question.left_out, question.date, law)
    rows = (*structure_rows(read), *instrument_rows(quoted, about, question.treaty, beside))
    columns = with_further_offered(columns, rows, beside)
    return Comparison(question, question.date, columns, rows, ORIGIN, without, unused_words(question))


def _parted(columns: Sequence[Column], held: Sequence[str]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Return the columns with a provision, and those without, of all countries with available law."""
    full = tuple(column for column in columns if column.provisions)
    empty = [column for column in columns if not column.provisions]
    known = {column.jurisdiction for column in columns}
    return full, (*empty, *(Column(country) for country in held if country not in known))


def warm_up() -> None:
    """Load what the first comparison needs: names of concepts and rules of provisions in each language."""
    for language in LANGUAGES:
        find_concepts("", words_of(""), language)
        provision_elements("1. 1 2.", "1", language)
        find_penalties("1 mes", language)
    instruments_of(())


def validated(request: ComparisonRequest) -> ComparisonRequest:
    """Return the request with its date filled in and its countries in capitals without duplicates.

    Raises what ``compare`` does for an invalid request.
    """
    if not (request.concept or request.treaty or request.query.strip() or request.citations or request.provisions):
        raise RogatioError("indexing.nothing_to_compare")
    question_concepts(request)
    countries = tuple(dict.fromkeys(country.strip().upper() for country in request.jurisdictions if country.strip()))
    return replace(
        request, date=whole_day(request.date or today()), jurisdictions=countries, query=request.query.strip()
    )


_A_COUNTRY = 4


def with_texts_of_other_days(
    columns: Sequence[Column], about: Sequence[str], date: str, access: AccessFilter, engine: Engine, store: Store
) -> tuple[Column, ...]:
    """Return the columns with laws about the concepts without an expression known to be in force on ``date``.

    Laws with a compared provision are omitted.
    """
    countries = tuple(column.jurisdiction for column in columns)
    if not countries or date == today():
        return tuple(columns)
    found = {hit.document_id: hit for code in about for hit in _of_any_day(code, countries, access, engine)}
    shown = {provision.document_id for column in columns for provision in column.provisions}
    held: dict[str, dict[str, TextOfAnotherDay]] = {}
    for document, work in works_of(store, access, tuple(found)).items():
        newest, documents = work.newest, {expression.document for expression in work.expressions}
        if newest and newest.validity.start and _is_of_other_days(work, date) and not documents & shown:
            title = work.title or found[document].source
            text = TextOfAnotherDay(work.collection, title, newest.validity.start)
            held.setdefault(found[document].jurisdiction, {})[work.id] = text
    return tuple(replace(column, other_days=tuple(held.get(column.jurisdiction, {}).values())) for column in columns)


def _is_of_other_days(work: Work, date: str) -> bool:
    """Return whether every expression of a law is of a later day than ``date``, or certainly not in force on it."""
    return all(each.validity.start > date or each.validity.on(date) is InForce.NO for each in work.expressions)


def _of_any_day(code: str, countries: tuple[str, ...], access: AccessFilter, engine: Engine) -> tuple[Hit, ...]:
    request = SearchRequest(
        query=concept(code).preferred("es"),
        filters={
            "document_type": national_law_types(),
            "concept": (code,),
            "jurisdiction": countries,
            FIELD: (ANY,),
        },
        language="es",
        limit=_A_COUNTRY,
        group_by="jurisdiction",
        as_words=RECOGNISED,
    )
    return retrieve(request, access, engine).hits
