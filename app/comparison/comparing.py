"""Comparison of provisions across countries: retrieval, split into elements, table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.comparison.instruments import instrument_rows, instruments_of
from app.comparison.other_days import with_texts_of_other_days
from app.comparison.question import available_countries, concepts_meant, question_concepts
from app.comparison.rows import read_column, structure_rows
from app.comparison.selecting import LawHeld, select_provisions
from app.comparison.table import Column, Comparison, ComparisonRequest
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.protocol import Engine
from indexing.installation import Installation
from indexing.records.validity import today, whole_day
from indexing.store.reading import Store
from indexing.vectors.encoder import Encoder
from nlp.concepts.concepts import find_concepts
from nlp.concepts.layer import LANGUAGES
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import ORIGIN, provision_elements
from nlp.lexicon import words_of


def compare(installation: Installation, request: ComparisonRequest, principal: Principal = LOCAL_USER) -> Comparison:
    """Return the table that answers ``request`` for ``principal``; raises what ``build_comparison`` does."""
    store = installation.store
    return build_comparison(request, store.access(principal), installation.engine, installation.encoder, store)


def build_comparison(
    request: ComparisonRequest, access: AccessFilter, engine: Engine, encoder: Encoder | None, store: Store
) -> Comparison:
    """Return the table that answers ``request``, of what ``access`` lets be seen.

    Raises ``indexing.nothing_to_compare`` for an empty request, and for what is unknown ``indexing.no_such_day``,
    ``indexing.no_such_treaty_provision``, ``indexing.no_such_provision`` (``indexing.not_of_the_day`` for what is held
    of other days) and ``nlp.no_such_concept``.
    """
    asked = validated(request)
    columns = select_provisions(asked, asked.jurisdictions, asked.date, LawHeld(access, engine, encoder, store))
    without: tuple[Column, ...] = ()
    if not asked.jurisdictions:
        asks_all = asked.concept or asked.treaty or asked.query
        columns, without = _parted(columns, available_countries(access, engine) if asks_all else ())
    said = with_texts_of_other_days((*columns, *without), concepts_meant(asked), asked.date, access, engine, store)
    columns, without = said[: len(columns)], said[len(columns) :]
    about = question_concepts(asked)
    read = [read_column(column, about) for column in columns]
    rows = (*structure_rows(read), *instrument_rows(read, about, asked.treaty))
    return Comparison(asked, asked.date, columns, rows, ORIGIN, without)


def _parted(columns: Sequence[Column], held: Sequence[str]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Return the columns with a provision, and those without, of all countries whose law is held."""
    full = tuple(one for one in columns if one.provisions)
    empty = [one for one in columns if not one.provisions]
    known = {one.jurisdiction for one in columns}
    return full, (*empty, *(Column(country) for country in held if country not in known))


def warm_up() -> None:
    """Load what the first comparison would wait for: names of concepts and rules of provisions in each language."""
    for language in LANGUAGES:
        find_concepts("", words_of(""), language)
        provision_elements("1. 1 2.", "1", language)
        find_penalties("1 mes", language)
    instruments_of(())


def validated(request: ComparisonRequest) -> ComparisonRequest:
    """Return the request with its date filled in and its countries in capitals, each once.

    Raises what ``compare`` does for a question that can't be asked, whatever is held.
    """
    if not (request.concept or request.treaty or request.query.strip() or request.citations or request.provisions):
        raise RogatioError("indexing.nothing_to_compare")
    question_concepts(request)
    countries = tuple(dict.fromkeys(country.strip().upper() for country in request.jurisdictions if country.strip()))
    return replace(
        request, date=whole_day(request.date or today()), jurisdictions=countries, query=request.query.strip()
    )
