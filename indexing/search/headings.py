"""Provisions whose heading, or whose law's title, is what a query says.

A query that is the heading of a provision ("peculato", "moeda falsa") names it. Words in a heading count in the lexical
ranking too, but there a heading that has them among many others, or a long text, may be before it. Candidates are found
by the words of titles and headings in either engine; how far a heading is the query is decided here, so that both
engines order alike. Strengths are in ``indexing/resources/headings.yaml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile
from typing import TypeAlias

from extraction.resource import load
from indexing.analysis.lemmas import LEMMA_LANGUAGES, lemma
from indexing.analysis.tokens import analyse, written_otherwise
from indexing.engines.plan import CONTEXT, Alternatives, Clause, Must, Term
from indexing.records.stored_fields import StoredFields
from indexing.search.fusion import RankedHit
from indexing.search.query_tree import content_words, stop_words
from nlp.concepts.provision_cues import joined_parts, name_of_grouping
from nlp.folding import fold

_Words: TypeAlias = tuple[frozenset[str], ...]  # the folded form and the lemma of each word
_MOST_WORDS = 8  # a longer query is no heading


@dataclass(frozen=True, slots=True)
class AskedHeading:
    """The bare words of a query as a heading; ``language`` is that of the query, ``""`` if it may be several."""

    text: str
    language: str = ""

    @property
    def clause(self) -> Clause:
        """The clause for provisions with all the words among those of their headings and of the title of the law."""
        return Must(tuple(_in_headings(word, self.language) for word in content_words(self.text)))

    def own(self, scope: StoredFields) -> float:
        """Return how far the query is the heading of a provision or the name of its law, from 0 to 1."""
        in_title = _weights()["title"] * _is_in(self.text, scope.title, scope.language)
        return self._weight(scope) * max(_share(self._words(scope), scope.heading, scope.language), in_title)

    def above(self, scope: StoredFields) -> float:
        """Return how far the query is a heading above a provision, from 0 to 1."""
        shares = (_share(self._words(scope), name_of_grouping(above), scope.language) for above in scope.path)
        return self._weight(scope) * max(shares, default=0.0)

    def _words(self, scope: StoredFields) -> _Words:
        return _words(self.text, scope.language)

    def _weight(self, scope: StoredFields) -> float:
        foreign = self.language in LEMMA_LANGUAGES and scope.language != self.language
        return _weights()["other_language"] if foreign else 1.0


def asked_heading(text: str, languages: Collection[str]) -> AskedHeading | None:
    """Return the bare words ``text`` of a query as a heading, None without words or for a longer text.

    ``languages`` are those of which the query may be.
    """
    (language,) = languages if len(languages) == 1 else ("",)
    return AskedHeading(text, language) if 0 < len(content_words(text)) <= _MOST_WORDS else None


def by_heading(asked: AskedHeading, hits: Sequence[RankedHit]) -> dict[str, float]:
    """Return the ids of those of ``hits`` whose heading is what the query says, with its strength, the strongest first.

    Of equal ones, those come first that are first in ``hits``.
    """
    scopes = {hit.ranked.shown.id: hit.ranked.shown for hit in hits}
    first = _first_under(scopes.values())
    strengths = {name: _strength(asked, scope, is_first=name in first) for name, scope in scopes.items()}
    kept = [name for name, strength in strengths.items() if strength >= _weights()["least"]]
    return {name: strengths[name] for name in sorted(kept, key=lambda name: -strengths[name])}


def _strength(asked: AskedHeading, scope: StoredFields, *, is_first: bool) -> float:
    above = asked.above(scope)
    return max(asked.own(scope), above * _weights()["above" if is_first and above == 1.0 else "further"])


def _first_under(scopes: Iterable[StoredFields]) -> frozenset[str]:
    """Return the ids of the first of the provisions under the same headings of a law."""
    first: dict[tuple[str, tuple[str, ...]], StoredFields] = {}
    for scope in scopes:
        known = first.setdefault((scope.document_id, scope.path), scope)
        first[scope.document_id, scope.path] = min(known, scope, key=lambda own: own.start)
    return frozenset(scope.id for scope in first.values())


def is_heading(text: str, heading: str, language: str) -> bool:
    """Return whether ``text`` is ``heading`` or the first of the names that it joins."""
    return bool(text) and _share(_words(text, language), heading, language) == 1.0


def _weights() -> dict[str, float]:
    weights: dict[str, float] = load("indexing.headings")
    return weights


def _in_headings(word: str, language: str) -> Alternatives:
    lemmas = dict.fromkeys(lemma(word, code) for code in LEMMA_LANGUAGES)
    others = dict.fromkeys(lemma(other, "pt") for other in written_otherwise(word, language))
    return Alternatives(tuple(Term(CONTEXT, value) for value in {**lemmas, **others}))


@lru_cache(maxsize=50_000)
def _words(text: str, language: str) -> _Words:
    """Return the folded forms of each word of a name but stop words and, at its start, common words of headings."""
    tokens = analyse(text, language)
    every = dict.fromkeys(frozenset({plain, fold(own)}) for plain, own in zip(tokens.plain, tokens.lemmas, strict=True))
    content = [forms for forms in every if not forms & stop_words()] or every
    return tuple(dropwhile(lambda forms: forms & _common(language), content)) or tuple(content)


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(map(fold, load("indexing.headings")["common"].get(language, ())))


@lru_cache(maxsize=50_000)
def _share(asked: _Words, heading: str, language: str) -> float:
    """Return the share of the words ``asked`` in a heading that has them all, or in one of the names that it joins.

    A heading that begins with others is about something else of it ("Revocación de la suspensión de la pena").
    """
    named = _words(heading, language) if heading else ()
    if not asked or not _has(named, asked):
        return 0.0
    first, *others = joined_parts(heading, language) or (heading,)
    later = max((_part(asked, part, language) for part in others), default=0.0)
    share = len(asked) / len(named) * (1.0 if _has(asked, named[:1]) else _weights()["behind"])
    return max(share, _part(asked, first, language), _weights()["joined"] * later)


def _part(asked: _Words, part: str, language: str) -> float:
    named = _words(part, language)
    return float(len(asked) == len(named) and _has(named, asked))


def _has(named: _Words, asked: _Words) -> bool:
    return all(any(forms & other for other in named) for forms in asked)


@lru_cache(maxsize=50_000)
def _is_in(text: str, title: str, language: str) -> bool:
    """Return whether a title has the words of a query one behind the other."""
    asked, named = (
        [word for word in analyse(words, language).plain if word not in stop_words()] for words in (text, title)
    )
    size = len(asked)
    return bool(asked) and any(named[at : at + size] == asked for at in range(len(named) - size + 1))
