"""Example queries of the first page; each has results among the documents that the reader may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.labels import country_in
from app.wording import base_language
from extraction.resource import load
from indexing.access import Principal
from indexing.installation import Installation
from indexing.search.request import COUNTRY, Hit, SearchRequest
from indexing.search.search import search
from nlp.concepts.layer import COUNTRY_OF_VARIETY, concept
from nlp.document_kinds import is_legislation

LIMIT, _READ = 4, 5
_TITLE = 60
"""Characters: a longer title is no example of a citation that someone would type."""
_NUMBERED = re.compile(r"\D{1,30}\d\S*")


def examples(installation: Installation, principal: Principal, language: str) -> tuple[str, ...]:
    """Return up to ``LIMIT`` queries: a concept in a country, concepts, a provision by its citation.

    ``language`` is one of the interface or a variety (pt-PT), whose names of concepts are used.
    """
    return tuple(islice(dict.fromkeys(_finding(installation, principal, language)), LIMIT))


def _finding(installation: Installation, principal: Principal, language: str) -> Iterator[str]:
    cited = False
    for code in load("app.example_queries")["concepts"]:
        name, hits, places = _named(installation, principal, code, language)
        if not hits:
            continue
        in_country = f"{name} {country_in(language, places[0])}" if places else name
        yield in_country if not cited and _found(installation, principal, in_country)[0] else name
        own = () if cited else _in_own_language(installation, principal, name, language)
        citation = "" if cited else next(filter(None, map(_citation, (*own, *hits))), "")
        if citation and _found(installation, principal, citation)[0]:
            cited = True
            yield citation


def _named(
    installation: Installation, principal: Principal, code: str, language: str
) -> tuple[str, tuple[Hit, ...], list[str]]:
    """Return a name of a concept that has hits, with these and their countries; that of the variety comes first."""
    names = dict.fromkeys((concept(code).written(language), concept(code).preferred(base_language(language))))
    found = ((name, *_found(installation, principal, name)) for name in names)
    return next((item for item in found if item[1]), ("", (), []))


def _found(installation: Installation, principal: Principal, query: str) -> tuple[tuple[Hit, ...], list[str]]:
    """Return the first lexical hits of a query, and the countries of all, the most frequent first."""
    result = search(installation, SearchRequest(query, limit=_READ, facets=(COUNTRY,)), principal)
    places = sorted(result.facets.get(COUNTRY, ()), key=lambda item: -item.count)
    return (result.hits if result.total else ()), [item.value for item in places if item.count]


def _in_own_language(installation: Installation, principal: Principal, query: str, language: str) -> Iterator[Hit]:
    """Yield the first lexical hits of a query in the reader's language, whose laws the reader is likely to cite.

    Those of the State of the reader's variety (pt: Brazil, pt-PT: Portugal) come first.
    """
    own = {"language": (base_language(language),)}
    state = COUNTRY_OF_VARIETY.get(language)
    for filters in ({**own, COUNTRY: (state,)}, own) if state else (own,):
        result = search(installation, SearchRequest(query, filters=filters, limit=_READ), principal)
        yield from result.hits if result.total else ()


def _citation(hit: Hit) -> str:
    """Return the citation of a provision: its label and the title of its law up to the first comma, empty for others.

    Of a longer title it is the part up to the number: "Loi n° 2020-595 relative à …".
    """
    if not is_legislation(hit.document_type):
        return ""
    title = hit.title.partition(",")[0].strip()
    numbered = _NUMBERED.match(title)
    if len(title) > _TITLE and numbered:
        title = numbered[0]
    is_numbered = any(letter.isdigit() for letter in hit.unit)
    return f"{hit.unit} {title}" if is_numbered and 0 < len(title) <= _TITLE else ""
