"""Suggests a similar query that finds something, from readable text and from the names of concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from rapidfuzz.distance import OSA

from indexing.analysis.folding import fold
from indexing.analysis.lemmas import LEMMA_LANGUAGES, is_in_a_dictionary, languages_of_word
from indexing.analysis.tokens import analyse
from indexing.engines.plan import PLAIN, Fuzzy, Plan
from indexing.engines.protocol import Engine
from indexing.records.record import RecordKind
from indexing.records.stored_fields import StoredFields
from indexing.search.clauses import ClauseMaker
from indexing.search.query_tree import Pattern, Query, content_words, positive
from nlp.concepts.layer import concepts

_MIN_CORRECTED_LENGTH = 4
_LONG_WORD = 7
_READ = 10  # texts that are read for a word, of which those in another language are left out
_ANY_LANGUAGE = frozenset(LEMMA_LANGUAGES)


def suggest_query(query: Query, plans: list[Plan], engine: Engine, finds: Callable[[str], bool]) -> str:
    """Return the most similar query that ``finds`` something, ``""`` if there is none.

    ``plans`` include the access filter, so no word is suggested from text that the user may not see. A word of a
    dictionary is right, though no text has it, and a word is only replaced by one in the language of the others.
    """
    return next((text for text in _candidates(query, plans, engine) if text != query.text and finds(text)), "")


def correct_query(query: Query, plans: list[Plan], engine: Engine, finds: Callable[[str], bool]) -> str:
    """Return ``query`` with its misspelt words corrected if that ``finds`` something, ``""`` if none is misspelt."""
    corrected = next(_candidates(query, plans, engine))
    return corrected if corrected != query.text and finds(corrected) else ""


def _candidates(query: Query, plans: list[Plan], engine: Engine) -> Iterator[str]:
    leaves = [leaf for leaf in positive(query.tree) if not isinstance(leaf, Pattern)]
    words = list(dict.fromkeys(word for leaf in leaves for word in content_words(leaf.text)))
    corrected = query.text
    known: list[str] = []
    languages = _common_languages(words)
    for word in words[:12]:
        if _is_indexed(word, plans, engine):
            known.append(word)
        elif not is_in_a_dictionary(word) and (correction := _corrected(word, languages, plans, engine)):
            corrected = re.sub(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", correction.form, corrected)
            known.append(correction.form)
            languages &= correction.languages
    yield corrected
    yield " ".join(leaf.text for leaf in leaves)
    yield " ".join(known)
    yield " OR ".join(known)


def _is_indexed(word: str, plans: list[Plan], engine: Engine) -> bool:
    match = ClauseMaker().word(word)
    return any(
        engine.search(replace(plan, match=match, pinned=(), filters=(), facets=(), limit=1)).total for plan in plans
    )


@dataclass(frozen=True, slots=True)
class _Correction:
    """A word of the texts, and the languages of those that have it."""

    form: str
    languages: frozenset[str]


def _common_languages(words: Sequence[str]) -> frozenset[str]:
    """Return the languages of all words that a dictionary has; all languages if there is none of them."""
    common = _ANY_LANGUAGE
    for word in words:
        common = common & languages_of_word(word) or common
    return common


def _corrected(word: str, languages: frozenset[str], plans: list[Plan], engine: Engine) -> _Correction | None:
    """Return the word of texts in ``languages`` most similar to ``word``, at edit distance 1, or 2 for a long word.

    If no text has one, the word is of the name of a concept, which finds what other countries call it.
    """
    plain = fold(word)
    if len(plain) < _MIN_CORRECTED_LENGTH or any(letter.isdigit() for letter in plain):
        return None
    for distance in (1, 2) if len(plain) >= _LONG_WORD else (1,):
        forms = _forms(Fuzzy(PLAIN, plain, distance), languages, plans, engine)
        forms = forms or words_of_concepts(plain, distance, languages)
        close = [(SequenceMatcher(None, fold(form), plain).ratio(), form) for form in forms]
        best = max(close, default=(0.0, ""))
        if best[0] >= 1 - (distance + 1) / len(plain):
            return _Correction(best[1], frozenset(forms[best[1]]))
    return None


def _forms(match: Fuzzy, languages: frozenset[str], plans: list[Plan], engine: Engine) -> dict[str, set[str]]:
    """Return the words of passages in ``languages`` that match ``match``, with the languages of the passages."""
    forms: dict[str, set[str]] = {}
    for passage in (passage for plan in plans for passage in _passages(plan, match, engine)):
        own = languages & {passage.language} if passage.language in _ANY_LANGUAGE else languages
        for form in analyse(passage.text).exact if own else ():
            forms.setdefault(form, set()).update(own)
    return forms


def words_of_concepts(plain: str, distance: int, languages: frozenset[str]) -> dict[str, set[str]]:
    """Return the words in names of concepts at most ``distance`` edits from ``plain`` (folded), with their languages.

    Only names in ``languages`` are read. Two letters in the wrong order are one edit.
    """
    return {
        form: own & languages
        for folded, form, own in _words_of_names()
        if own & languages and OSA.distance(folded, plain, score_cutoff=distance) <= distance
    }


@cache
def _words_of_names() -> tuple[tuple[str, str, set[str]], ...]:
    """Return each word in a name of a concept, folded and as written, with the languages of its names."""
    words: dict[str, set[str]] = {}
    for label in (label for entry in concepts().values() for label in entry.labels):
        for form in analyse(label.text).exact:
            words.setdefault(form, set()).add(label.language)
    return tuple((fold(form), form, own) for form, own in words.items())


def _passages(plan: Plan, match: Fuzzy, engine: Engine) -> list[StoredFields]:
    similar = replace(plan, match=match, pinned=(), filters=(), facets=(), limit=_READ, after="", sort="relevance")
    scopes = [ranked.shown for ranked in engine.search(similar).ranked]
    divided = tuple(scope.scope_id for scope in scopes if scope.kind is RecordKind.SCOPE)
    return [*(engine.passages(similar, divided).values() if divided else ()), *scopes]
