"""Relevant laws that are only available in the text of another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.comparison.table import Column, TextOfAnotherDay
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.validity import today
from indexing.search.clauses import ANY, FIELD
from indexing.search.request import RECOGNISED, Hit, SearchRequest
from indexing.search.search import retrieve
from indexing.store.reading import Store
from indexing.works.works import works_of
from nlp.concepts.layer import concept
from nlp.document_type import national_law_types

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
        if newest and newest.validity.start and not work.on(date) and not documents & shown:
            title = work.title or found[document].source
            text = TextOfAnotherDay(work.collection, title, newest.validity.start)
            held.setdefault(found[document].jurisdiction, {})[work.id] = text
    return tuple(replace(column, other_days=tuple(held.get(column.jurisdiction, {}).values())) for column in columns)


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
        mode="words",
        as_words=RECOGNISED,
    )
    return retrieve(request, access, engine).hits
