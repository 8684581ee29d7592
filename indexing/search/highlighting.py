"""Highlighting: ranges of a passage that answer the query, the snippet, the reasons of a hit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from indexing.analysis.folding import fold, other_tilde
from indexing.analysis.lemmas import LEMMA_LANGUAGES, lemma
from indexing.analysis.tokens import Tokens, analyse, analysed
from indexing.records.stored_fields import StoredFields
from indexing.search.clauses import NAMES_BETWEEN
from indexing.search.concept_expansion import ConceptExpansion, lemmas_of
from indexing.search.query_tree import (
    Literal,
    Name,
    Pattern,
    Query,
    Quoted,
    content_words,
    phrase_words,
    positive,
    stop_words,
)

SNIPPET = 320
_LEAD = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the passage, from its own beginning, and the code of why it is marked (``lemma:blanqueo``).

    ``concept`` is the concept whose name is marked, empty where a word of the query is.
    """

    start: int
    end: int
    why: str
    concept: str = ""


@dataclass(slots=True)
class Marker:
    """Marks what a query asks for: words by form or lemma, phrases as wholes, patterns."""

    forms: dict[str, str] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    phrases: list[Quoted | Literal] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    def marks(self, text: str, language: str) -> list[Mark]:
        tokens = analysed(text, language)
        plain = tokens.plain
        found = [mark for phrase in self.phrases for mark in _phrase_marks(phrase, tokens, plain)]
        found += [mark for name in self.names for mark in _person_marks(name, tokens, plain)]
        taken = {start for mark in found for start in tokens.starts[slice(*tokens.bounds(mark.start, mark.end))]}
        for at, form in enumerate(plain):
            why = self._why(form, tokens.lemmas[at])
            if why and tokens.starts[at] not in taken:
                found.append(Mark(tokens.starts[at], tokens.ends[at], why))
        return sorted(found, key=lambda mark: mark.start)

    def _why(self, form: str, lemma_form: str) -> str:
        if form in self.forms:
            return self.forms[form]
        if lemma_form in self.lemmas:
            return self.lemmas[lemma_form]
        return next((why for wild, why in self.patterns if wild.fullmatch(form)), "")


def marker(query: Query) -> Marker:
    """Return what marks the words of ``query`` in a text."""
    made = Marker()
    for leaf in positive(query.tree):
        if isinstance(leaf, Pattern):
            made.patterns.append((pattern(fold(leaf.text)), f"pattern:{leaf.text}"))
            continue
        if isinstance(leaf, Name):
            made.names.append(leaf)
            continue
        if isinstance(leaf, (Quoted, Literal)):
            made.phrases.append(leaf)
        for word in content_words(leaf.text):
            _add_word(
                made, word, lemmas=not isinstance(leaf, (Quoted, Literal)) or getattr(leaf, "gap", None) is not None
            )
    return made


def _add_word(made: Marker, word: str, lemmas: bool) -> None:
    plain = fold(word)
    made.forms.setdefault(plain, f"word:{word}")
    if lemmas:
        for other in other_tilde(plain):
            made.forms.setdefault(other, f"tilde:{other}")
        for code in LEMMA_LANGUAGES:
            made.lemmas.setdefault(lemma(word, code), f"lemma:{lemma(word, code)}")


def _phrase_marks(phrase: Quoted | Literal, tokens: Tokens, plain: tuple[str, ...]) -> list[Mark]:
    """Return one mark for each place where the words of the phrase stand in a row."""
    if isinstance(phrase, Quoted) and phrase.gap is not None:
        return []
    exact = isinstance(phrase, Literal)
    words = analyse(phrase.text).exact if exact else phrase_words(phrase.text)
    row, length = (tokens.exact if exact else plain), len(words)
    if not words:
        return []
    code = "exact" if exact else "phrase"
    return [
        Mark(tokens.starts[at], tokens.ends[at + length - 1], f"{code}:{phrase.text}")
        for at in range(len(row) - length + 1)
        if all(map(_is, row[at : at + length], words))
    ]


def _person_marks(name: Name, tokens: Tokens, plain: tuple[str, ...]) -> list[Mark]:
    """Return one mark for each place where all parts of a name stand near each other, in any order."""
    forms = {form: word for word in analyse(" ".join(name.parts)).plain for form in (word, *other_tilde(word))}
    wanted = set(forms.values())
    places = [at for at, form in enumerate(plain) if form in forms]
    marks: list[Mark] = []
    for number, first in enumerate(places):
        if marks and tokens.starts[first] < marks[-1].end:
            continue
        row = [at for at in places[number:] if at - first < len(wanted) + NAMES_BETWEEN]
        last = next((at for at in row if {forms[plain[one]] for one in row if one <= at} == wanted), None)
        if last is not None:
            marks.append(Mark(tokens.starts[first], tokens.ends[last], f"person:{name.text}"))
    return marks


def _is(token: str, wanted: str) -> bool:
    return token == wanted or (("*" in wanted or "?" in wanted) and bool(pattern(wanted).fullmatch(token)))


@lru_cache(maxsize=1000)
def pattern(wild: str) -> re.Pattern[str]:
    """Return the expression for a token with ``*`` and ``?``."""
    return re.compile("".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in wild))


def window(text: str, marks: list[Mark], size: int = SNIPPET) -> tuple[int, int]:
    """Return the range of ``text`` to show: about ``size`` characters with as many different marks as possible."""
    if len(text) <= size:
        return 0, len(text)
    best, most = 0, -1.0
    for first in marks:
        inside = [mark for mark in marks if first.start <= mark.start and mark.end <= first.start + size - _LEAD]
        worth = len({mark.why for mark in inside}) + len(inside) / 100
        if worth > most:
            best, most = first.start, worth
    start = _begin(text, best)
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", start + size // 2, end), start + size // 2)
    return start, end


def _begin(text: str, at: int) -> int:
    """Return where to begin so that ``at`` is seen: a sentence's beginning close before it, else a word's."""
    earliest = max(0, at - _LEAD)
    if earliest == 0:
        return 0
    sentence = max(text.rfind(mark, earliest, at) for mark in (". ", "; ", "\n"))
    if sentence >= 0:
        return sentence + 1 + (text[sentence] != "\n")
    blank = text.find(" ", earliest, at)
    return blank + 1 if blank >= 0 else at


_SENTENCE_END = re.compile(r"[.;:]\s|\n\s*\n")
_SLACK = 2  # words of no name that may stand between two words of one (``tráfico [ilícito de] drogas``)


@dataclass(frozen=True, slots=True)
class NameMarker:
    """Marks the names that a country's law gives to what is asked."""

    names: ConceptExpansion

    def marks(self, text: str, country: str, language: str) -> list[Mark]:
        """Return the names in ``text``, the longest where several stand at one place (``name:trata de personas``)."""
        tokens = analysed(text, language)
        where = _where(tokens)
        found = [
            Mark(tokens.starts[first], tokens.ends[last], f"name:{label.text}", concept)
            for concept, label in self.names.names(country, language)
            for first, last in _places(_lemmas(label.text, language), tokens, where)
            if not _SENTENCE_END.search(text, tokens.starts[first], tokens.ends[last])
        ]
        kept: list[Mark] = []
        for mark in sorted(found, key=lambda mark: (mark.start - mark.end, mark.start)):
            if not any(mark.start < other.end and other.start < mark.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda mark: mark.start)

    def reasons(self, scope: StoredFields, marked: Sequence[Mark]) -> tuple[str, ...]:
        """Return which concept finds ``scope`` under which of its names; of the names above it those not within it."""
        above = self.marks(" \n ".join((*scope.path, scope.title)), scope.jurisdiction, scope.language)
        marks = (*marked, *above)
        concepts = dict.fromkeys(mark.concept for mark in marks)
        first = [*concepts] or [self.names.matches[0].concept]
        return (*(f"concept:{one}" for one in first), *dict.fromkeys(mark.why for mark in marks))


@lru_cache(maxsize=10_000)
def _lemmas(name: str, language: str) -> tuple[str, ...]:
    return tuple(lemma for word in content_words(name) for lemma in lemmas_of(word, language))


def _where(tokens: Tokens) -> dict[str, list[int]]:
    where: dict[str, list[int]] = {}
    for at, one in enumerate(tokens.lemmas):
        where.setdefault(one, []).append(at)
    return where


def _places(wanted: Sequence[str], tokens: Tokens, where: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return the first and the last token of each place where the words stand in order and near each other."""
    begins = where.get(wanted[0], ()) if wanted else ()
    found = ((first, _last(wanted[1:], tokens, first)) for first in begins)
    return [(first, last) for first, last in found if last is not None]


def _last(wanted: Sequence[str], tokens: Tokens, at: int) -> int | None:
    for word in wanted:
        passed = 0
        at += 1
        while at < len(tokens) and tokens.lemmas[at] != word:
            passed += fold(tokens.exact[at]) not in stop_words()
            at += 1
            if passed > _SLACK:
                return None
        if at == len(tokens):
            return None
    return at
