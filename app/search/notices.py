"""Notices beside search results: the day of the law, citations out of force, a year as a filter, title languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.i18n import last_day, written_date
from app.marked_text import shortened
from app.wording import wording
from indexing.access import AccessFilter
from indexing.records.validity import read_day, today
from indexing.search.clauses import ANY, TODAY, UNKNOWN
from indexing.search.query_days import is_over, offered_day
from indexing.search.request import Hit, OutOfForceCitation, Recognised, SearchResult
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow
from nlp.concepts.abbreviations import find_abbreviations
from nlp.document_kinds import is_legislation

YEAR = "year"
_MAX_TITLE_LENGTH = 120


def long_forms(recognised: Recognised, language: str) -> tuple[str, ...]:
    """Return what a recognised abbreviation stands for, in a ``language`` or variety if that uses it."""
    found = find_abbreviations(recognised.text)
    return found[0].long_in(language[:2]) if found else recognised.values


def out_of_force_sentence(citation: OutOfForceCitation, language: str) -> str:
    """Return in ``language`` which expression of a cited law is available, and its period of validity."""
    return wording(
        f"out_of_force_citations.{_kind(citation)}",
        language,
        cited=citation.text,
        held=", ".join(filter(None, (citation.unit, shortened(citation.title, _MAX_TITLE_LENGTH)))),
        day=written_date(citation.day, language),
        since=written_date(citation.since, language),
        until=written_date(last_day(citation.until), language) if citation.until else "",
    )


def out_of_force_row(citation: OutOfForceCitation, language: str) -> dict[str, Any]:
    """Return the expression as JSON, with its sentence as ``message``."""
    return asdict(citation) | {"message": out_of_force_sentence(citation, language)}


def _kind(citation: OutOfForceCitation) -> str:
    if citation.in_force == "unknown":
        return "unknown_since" if citation.since else "unknown"
    if citation.since > citation.day:
        return "later"
    return "ended" if citation.until else "not_then"


def offered_year(query: str, result: SearchResult) -> tuple[str, str] | None:
    """Return a bare year of the ``query`` that documents of the ``result`` have, and the query without it.

    A year alone is no condition ("laundering 2019" may be about a law of that number): it is searched as a word, and
    the reader decides. The result is None for a year in a citation or in what was read as a date, and for two years.
    """
    offered = _offered(query, result)
    if not offered or YEAR in result.request.filters:
        return None
    return offered if any(item.value == offered[0] for item in result.facets.get(YEAR, ())) else None


def offered_in_force(query: str, result: SearchResult) -> tuple[str, str] | None:
    """Return a bare day or year of the ``query`` that is over, and the query without it: its law may be meant."""
    offered = _offered(query, result)
    return offered if offered and result.in_force == (TODAY,) and is_over(offered[0]) else None


def _offered(query: str, result: SearchResult) -> tuple[str, str] | None:
    """Return the only day or year of the query outside its citations and recognised parts, and the query without it."""
    read = (*(one.text for one in result.citations), *(one.text for one in result.recognised))
    offered = offered_day(query)
    return None if offered and any(offered[0][:4] in text for text in read) else offered


def day_sentence(result: SearchResult, language: str) -> str:
    """Return in ``language`` of which day the law is that was searched, and whether nothing is known to be of it.

    Empty if the results are no law, or several times were asked for, which the filters show.
    """
    if len(result.in_force) != 1:
        return ""
    (value,) = result.in_force
    if value == TODAY:
        return _of_today(result, language)
    if value in (ANY, UNKNOWN):
        return wording(f"law_of.{value}", language)
    value = read_day(value) or value
    precision = ("year", "month", "day")[value.count("-")]
    return wording(f"law_of.{'' if result.listed else 'no_'}{precision}", language, day=written_date(value, language))


def _of_today(result: SearchResult, language: str) -> str:
    is_law = any(is_legislation(hit.document_type) for hit in result.hits)
    return wording("law_of.today", language, day=written_date(today(), language)) if is_law else ""


def title_languages(store: Store, access: AccessFilter, hits: Iterable[Hit]) -> dict[str, str]:
    """Return the language of the documents of ``hits`` by id."""
    named = {hit.document_id for hit in hits}
    query = select(DocumentRow.id, DocumentRow.language)
    query = query.where(DocumentRow.id.in_(named), visible_documents(access))
    with Session(store.database) as session:
        return dict(session.execute(query).tuples().all())
