"""Highlighting: marked ranges of a passage, its snippet, and the reasons of a hit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from indexing.analysis.folding import fold
from indexing.analysis.lemmas import LEMMA_LANGUAGES, lemma
from indexing.analysis.tokens import Tokens, analyse, analysed, other_tilde, written_otherwise
from indexing.records.stored_fields import StoredFields
from indexing.search.clauses import NAMES_BETWEEN
from indexing.search.concept_expansion import ConceptExpansion, lemmas_of
from indexing.search.query_tree import (
    Literal,
    Name,
    Pattern,
    Query,
    Quoted,
    Run,
    content_words,
    phrase_words,
    positive,
    stop_words,
)
from nlp.concepts.false_friends import is_verb

SNIPPET = 320
_LEAD = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range, as offsets in the passage, and the code of its reason (``lemma:blanqueo``).

    ``concept`` is set if the marked text is a label of that concept, and empty for a word of the query.
    """

    start: int
    end: int
    why: str
    concept: str = ""


@dataclass(slots=True)
class Marker:
    """Marks matches of a query: words by form or lemma, phrases, patterns and personal names."""

    forms: dict[str, str] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    phrases: list[Quoted | Literal] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    def marks(self, text: str, language: str) -> list[Mark]:
        """Return the marks of a passage in ``language``, in order."""
        tokens = analysed(text, language)
        plain = tokens.plain
        marks = [mark for phrase in self.phrases for mark in _phrase_marks(phrase, tokens, plain)]
        marks += [mark for name in self.names for mark in _person_marks(name, tokens, plain)]
        marked = {start for mark in marks for start in tokens.starts[slice(*tokens.bounds(mark.start, mark.end))]}
        for at, form in enumerate(plain):
            why = self._why(form, tokens.lemmas[at])
            if why and tokens.starts[at] not in marked:
                marks.append(Mark(tokens.starts[at], tokens.ends[at], why))
        return sorted(marks, key=lambda mark: mark.start)

    def _why(self, form: str, lemma_form: str) -> str:
        if form in self.forms:
            return self.forms[form]
        if lemma_form in self.lemmas:
            return self.lemmas[lemma_form]
        return next((why for wild, why in self.patterns if wild.fullmatch(form)), "")


def marker(query: Query) -> Marker:
    """Return the marker of ``query``."""
    result = Marker()
    for leaf in positive(query.tree):
        if isinstance(leaf, Pattern):
            result.patterns.append((pattern(fold(leaf.text)), f"pattern:{leaf.text}"))
            continue
        if isinstance(leaf, Name):
            result.names.append(leaf)
            continue
        if isinstance(leaf, (Quoted, Literal)):
            result.phrases.append(leaf)
        typed = leaf.typed if isinstance(leaf, Run) else ""
        for word in (*content_words(leaf.text), *content_words(typed)):
            _add_word(
                result, word, lemmas=not isinstance(leaf, (Quoted, Literal)) or getattr(leaf, "gap", None) is not None
            )
    return result


def _add_word(target: Marker, word: str, lemmas: bool) -> None:
    plain = fold(word)
    target.forms.setdefault(plain, f"word:{word}")
    if lemmas:
        for other in other_tilde(plain):
            target.forms.setdefault(other, f"tilde:{other}")
        for code in LEMMA_LANGUAGES:
            target.lemmas.setdefault(lemma(word, code), f"lemma:{lemma(word, code)}")
        for other in written_otherwise(word, ""):
            target.lemmas.setdefault(lemma(other, "pt"), f"lemma:{lemma(other, 'pt')}")


def _phrase_marks(phrase: Quoted | Literal, tokens: Tokens, plain: tuple[str, ...]) -> list[Mark]:
    """Return one mark per occurrence of the phrase; none for a proximity query, whose words are marked singly."""
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
    """Return one mark per place where all parts of a name occur close to each other, in any order."""
    forms = {form: word for word in analyse(" ".join(name.parts)).plain for form in (word, *other_tilde(word))}
    forms_searched = set(forms.values())
    places = [at for at, form in enumerate(plain) if form in forms]
    marks: list[Mark] = []
    for number, first in enumerate(places):
        if marks and tokens.starts[first] < marks[-1].end:
            continue
        row = [at for at in places[number:] if at - first < len(forms_searched) + NAMES_BETWEEN]
        last = next((at for at in row if {forms[plain[part]] for part in row if part <= at} == forms_searched), None)
        if last is not None:
            marks.append(Mark(tokens.starts[first], tokens.ends[last], f"person:{name.text}"))
    return marks


def _is(token: str, form: str) -> bool:
    return token == form or (("*" in form or "?" in form) and bool(pattern(form).fullmatch(token)))


@lru_cache(maxsize=1000)
def pattern(wild: str) -> re.Pattern[str]:
    """Return the regular expression of a token with ``*`` and ``?``."""
    return re.compile("".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in wild))


def window(text: str, marks: list[Mark], size: int = SNIPPET) -> tuple[int, int]:
    """Return the range of ``text`` for the snippet: about ``size`` characters with the most distinct marks."""
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
    """Return the start of the snippet before ``at``: a sentence start within ``_LEAD``, else a word start."""
    earliest = max(0, at - _LEAD)
    if earliest == 0:
        return 0
    sentence = max(text.rfind(mark, earliest, at) for mark in (". ", "; ", "\n"))
    if sentence >= 0:
        return sentence + 1 + (text[sentence] != "\n")
    blank = text.find(" ", earliest, at)
    return blank + 1 if blank >= 0 else at


_SENTENCE_END = re.compile(r"[.;:]\s|\n\s*\n")
_BESIDE = 40  # characters beside a label that tell whether it is a verb
_SLACK = 2  # content words allowed between two words of a label (``tráfico [ilícito de] drogas``)


@dataclass(frozen=True, slots=True)
class NameMarker:
    """Marks a country's own labels of the query's concepts."""

    names: ConceptExpansion

    def marks(self, text: str, country: str, language: str) -> list[Mark]:
        """Return marks of labels in ``text`` (``name:trata de personas``); of overlapping ones the longest."""
        tokens = analysed(text, language)
        positions = _positions(tokens)
        matches = [
            Mark(tokens.starts[first], tokens.ends[last], f"name:{label.text}", concept)
            for concept, label in self.names.names(country, language)
            for first, last in _places(_lemmas(label.text, language), tokens, positions)
            if not _SENTENCE_END.search(text, tokens.starts[first], tokens.ends[last])
            and not _is_verb(label.text, language, text, tokens.starts[first], tokens.ends[last])
        ]
        kept: list[Mark] = []
        for mark in sorted(matches, key=lambda mark: (mark.start - mark.end, mark.start)):
            if not any(mark.start < other.end and other.start < mark.end for other in kept):
                kept.append(mark)
        return sorted(kept, key=lambda mark: mark.start)

    def reasons(self, scope: StoredFields, marked: Sequence[Mark]) -> tuple[str, ...]:
        """Return the reasons of ``scope``: concepts, and their labels marked in it or in its title and headings."""
        above = self.marks(" \n ".join((*scope.path, scope.title)), scope.jurisdiction, scope.language)
        marks = (*marked, *above)
        concepts = dict.fromkeys(mark.concept for mark in marks)
        first = [*concepts] or [self.names.matches[0].concept]
        return (*(f"concept:{name}" for name in first), *dict.fromkeys(mark.why for mark in marks))


def _is_verb(label: str, language: str, text: str, start: int, end: int) -> bool:
    return is_verb(label, language, text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])


@lru_cache(maxsize=10_000)
def _lemmas(name: str, language: str) -> tuple[str, ...]:
    return tuple(lemma for word in content_words(name) for lemma in lemmas_of(word, language))


def _positions(tokens: Tokens) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for at, form in enumerate(tokens.lemmas):
        positions.setdefault(form, []).append(at)
    return positions


def _places(phrase: Sequence[str], tokens: Tokens, positions: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    """Return first and last token of each place where the words occur in order within ``_SLACK``."""
    starts = positions.get(phrase[0], ()) if phrase else ()
    ranges = ((first, _last(phrase[1:], tokens, first)) for first in starts)
    return [(first, last) for first, last in ranges if last is not None]


def _last(phrase: Sequence[str], tokens: Tokens, at: int) -> int | None:
    for word in phrase:
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
