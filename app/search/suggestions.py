"""Suggestions for a query being typed: concepts by any of their names, titles of laws and judgments, citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.document_kinds import types_of
from extraction.errors import LANGUAGES
from indexing.access import AccessFilter, Principal
from indexing.analysis.folding import fold
from indexing.installation import Installation
from indexing.search.request import Hit, SearchRequest
from indexing.search.search import search
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow
from nlp.citations.query import parse_citation_query
from nlp.concepts.layer import concepts

MIN_TYPED, MAX_TYPED = 2, 200  # characters
_MOST = 5
_MOST_CITED = 2
_LEAST_CORRECTED, _LONG = 5, 8  # characters: from which a misspelt name is corrected, and from which by two edits
_READ = 200  # titles that are compared by their folded words
_MAY_HAVE_ACCENTS = re.compile("[aceinouyçñ]|[^\\x00-\\x7f]")
_TITLED = (*types_of("law"), *types_of("judgment"))


@dataclass(frozen=True, slots=True)
class SuggestedConcept:
    """A concept whose ``name`` in ``language`` begins with the typed words."""

    id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class SuggestedDocument:
    """A law or judgment whose title or number begins with the typed words."""

    id: str
    title: str
    jurisdiction: str
    language: str
    document_type: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions for a typed query; ``cited`` are the provisions that it cites, the most likely first."""

    concepts: tuple[SuggestedConcept, ...] = ()
    documents: tuple[SuggestedDocument, ...] = ()
    cited: tuple[Hit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.concepts or self.documents or self.cited)


def suggestions(installation: Installation, principal: Principal, typed: str, language: str) -> Suggestions:
    """Return completions of ``typed`` that ``principal`` may see; names in ``language`` come first."""
    words = fold(" ".join(typed.split()))
    if not MIN_TYPED <= len(words) <= MAX_TYPED:
        return Suggestions()
    return Suggestions(
        suggested_concepts(words, language),
        suggested_documents(installation.store, installation.store.access(principal), words),
        _cited(installation, principal, typed),
    )


def suggested_concepts(words: str, language: str) -> tuple[SuggestedConcept, ...]:
    """Return the concepts with a name in which a word begins with ``words`` (folded), or else that is misspelt so.

    Names that begin with them come before names that contain them.
    """
    return _completed(words, language) or _corrected(words, language)


def _completed(words: str, language: str) -> tuple[SuggestedConcept, ...]:
    found: dict[str, tuple[tuple[bool, bool, int], SuggestedConcept]] = {}
    for folded, suggested in _names():
        at = f" {folded}".find(f" {words}")
        rank = (at != 0, suggested.language != language, len(folded))
        if at >= 0 and (suggested.id not in found or rank < found[suggested.id][0]):
            found[suggested.id] = rank, suggested
    return tuple(suggested for _, suggested in sorted(found.values(), key=lambda item: (item[0], item[1].name)))[:_MOST]


def _corrected(words: str, language: str) -> tuple[SuggestedConcept, ...]:
    """Return the concepts with a name that is ``words`` but for one or two letters, the nearest first."""
    if len(words) < _LEAST_CORRECTED or any(letter.isdigit() for letter in words):
        return ()
    edits = 2 if len(words) >= _LONG else 1
    found: dict[str, tuple[tuple[int, bool], SuggestedConcept]] = {}
    for folded, suggested in _names():
        rank = (OSA.distance(folded, words, score_cutoff=edits), suggested.language != language)
        if rank[0] <= edits and (suggested.id not in found or rank < found[suggested.id][0]):
            found[suggested.id] = rank, suggested
    return tuple(suggested for _, suggested in sorted(found.values(), key=lambda item: (item[0], item[1].name)))[:_MOST]


@cache
def _names() -> tuple[tuple[str, SuggestedConcept], ...]:
    """Return every name of every concept, folded and as written."""
    names = tuple(
        (fold(label.text), SuggestedConcept(entry.id, label.text, language))
        for entry in concepts().values()
        for language in LANGUAGES
        for label in entry.labels_in(language)
    )
    return (*names, *_short_names())


def _short_names() -> Iterator[tuple[str, SuggestedConcept]]:
    """Yield the abbreviations of concepts, folded, with the names that they stand for."""
    for entry in concepts().values():
        for language, written in entry.short.items():
            yield from ((fold(short), SuggestedConcept(entry.id, long, language)) for short, long in written.items())


def suggested_documents(store: Store, access: AccessFilter, words: str) -> tuple[SuggestedDocument, ...]:
    """Return laws and judgments with a title word that begins with ``words`` (folded), each title once."""
    titles = {
        document.title: document
        for document in _titled(store, access, words)
        if f" {words}" in f" {fold(document.title)}"
    }
    ranked = sorted(
        titles.values(), key=lambda document: (not fold(document.title).startswith(words), len(document.title))
    )
    return tuple(ranked[:_MOST])


def _titled(store: Store, access: AccessFilter, words: str) -> Iterator[SuggestedDocument]:
    """Yield documents whose title matches ``words`` in any accentuation, the shortest title first."""
    escaped = re.sub(r"([\\%_])", r"\\\1", words)
    pattern = _MAY_HAVE_ACCENTS.sub("_", escaped)
    columns = (DocumentRow.id, DocumentRow.title, DocumentRow.jurisdiction, DocumentRow.language)
    query = select(*columns, DocumentRow.document_type).where(
        visible_documents(access), DocumentRow.document_type.in_(_TITLED), DocumentRow.title.ilike(f"%{pattern}%", "\\")
    )
    with Session(store.database) as session:
        for row in session.execute(query.order_by(func.length(DocumentRow.title), DocumentRow.id).limit(_READ)):
            yield SuggestedDocument(*row)


def _cited(installation: Installation, principal: Principal, typed: str) -> tuple[Hit, ...]:
    """Return the provisions in the collection that ``typed`` cites; none if it is no citation."""
    if not any(reading.number for cited in parse_citation_query(typed) for reading in cited.readings):
        return ()
    result = search(installation, SearchRequest(typed, limit=_MOST_CITED, mode="words"), principal)
    return result.hits if any(citation.held for citation in result.citations) else ()
