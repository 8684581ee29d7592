"""Notices beside search results: citations out of force, a year as a filter, and the languages of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.i18n import last_day, written_date
from app.marked_text import shortened
from app.wording import wording
from indexing.access import AccessFilter
from indexing.search.request import Hit, OutOfForceCitation, SearchResult
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow

YEAR = "year"
_MAX_TITLE_LENGTH = 120
# A year that is no part of a number, of a date or of a field, and a query without quotation marks and operators.
_BARE_YEAR = re.compile(r"(?<![\w/.:-])(?:19|20)\d{2}(?![\w/.:-])")
_PLAIN_QUERY = re.compile(r"[^\"“”«»:()*]+")


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
    years = _BARE_YEAR.findall(query)
    if len(years) != 1 or not _PLAIN_QUERY.fullmatch(query):
        return None
    (year,) = years
    rest = " ".join(_BARE_YEAR.sub(" ", query).split())
    read = (*(one.text for one in result.citations), *(one.text for one in result.recognised))
    if not rest or any(year in text for text in read) or YEAR in result.request.filters:
        return None
    return (year, rest) if any(item.value == year for item in result.facets.get(YEAR, ())) else None


def title_languages(store: Store, access: AccessFilter, hits: Iterable[Hit]) -> dict[str, str]:
    """Return the language of the documents of ``hits`` by id."""
    named = {hit.document_id for hit in hits}
    query = select(DocumentRow.id, DocumentRow.language)
    query = query.where(DocumentRow.id.in_(named), visible_documents(access))
    with Session(store.database) as session:
        return dict(session.execute(query).tuples().all())
