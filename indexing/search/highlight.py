"""Which words of a passage answer a query: ranges to mark, the snippet around them, and why the hit is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from indexing.analysis import Tokens, analyse, analysed
from indexing.folding import fold, other_tilde
from indexing.lemmas import LEMMA_LANGUAGES, lemma
from indexing.search.query_tree import Literal, Pattern, Query, Quoted
from indexing.search.query_words import content_words, phrase_words, positive

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

    def marks(self, text: str, language: str) -> list[Mark]:
        tokens = analysed(text, language)
        plain = tokens.plain
        found = [mark for phrase in self.phrases for mark in _phrase_marks(phrase, tokens, plain)]
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
