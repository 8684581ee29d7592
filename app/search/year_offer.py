"""The offer to restrict a search to the documents of a year that stands in the query as a word."""

from __future__ import annotations

import re

from indexing.search.request import SearchResult

YEAR = "year"
# Without what makes it part of a number, of a date or of a field, and outside quotation marks and operators.
_BARE = re.compile(r"(?<![\w/.:-])(?:19|20)\d{2}(?![\w/.:-])")
_PLAIN = re.compile(r"[^\"“”«»:()*]+")


def offered_year(query: str, result: SearchResult) -> tuple[str, str] | None:
    """Return a bare year of the ``query`` that documents of the ``result`` have, and the query without it.

    A year alone is no condition ("laundering 2019" may be about a law of that number): it is searched as a word, and
    the reader decides. The result is None for a year in a citation or in what was read as a date, and for two years.
    """
    years = _BARE.findall(query)
    if len(years) != 1 or not _PLAIN.fullmatch(query):
        return None
    (year,) = years
    rest = " ".join(_BARE.sub(" ", query).split())
    read = (*(one.text for one in result.citations), *(one.text for one in result.recognised))
    if not rest or any(year in text for text in read) or YEAR in result.request.filters:
        return None
    return (year, rest) if any(item.value == year for item in result.facets.get(YEAR, ())) else None
