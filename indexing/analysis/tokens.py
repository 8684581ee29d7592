"""Tokenizer of legal texts, shared by both engines: exact form and lemma, with offsets.

Numbers of provisions, statutes and cases are single tokens: ``324-1``, ``400 bis``, ``L. 132-1``, ``368.º-A``, ``1.º``,
``9.613/1998``, ``BOE-A-1995-25444``, a CNJ number. Spelling variants are normalised to one token: ``L. 132-1``,
``L.132-1`` and ``L132-1`` are ``l132-1``; ``1.º``, ``1º`` and ``1er`` are ``1``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexing.analysis.folding import fold
from indexing.analysis.lemmas import lemma
from nlp.annotations import Segment
from nlp.portuguese_spelling import other_spellings

_LATIN = r"(?i:bis|ter|qu[aá]ter|quinquies|quinqui[eé]s|sexies|septies|octies|nonies|novies|decies|undecies|duodecies)"
_NUMBER = r"\d+(?:[.,:]\d+|[-/](?:\d+|[A-Za-zÑñ]{1,2}(?!\w)))*"
_TOKEN = re.compile(
    rf"""
      [LRDA]\.?[ \u00a0]?\*?[ \u00a0]?\d+(?:-\d+)+(?!\w)                # L. 132-1 of a French code
    | \d+(?:\.(?=[ºª°]))?[ºª°](?:-[A-Z]{{1,2}}(?!\w))?(?:[ ]?{_LATIN}\b)?  # 1.º, 368.º-A
    | {_NUMBER}[ \u00a0-]{_LATIN}\b(?![ \u00a0]*')                      # 400 bis
    | {_NUMBER}[A-Za-z]{{0,8}}(?!\w)                                    # 188A, 1er, 15/2015
    | [A-Z]{{1,6}}(?:[-/][A-Z]{{1,4}})*[-/]{_NUMBER}(?!\w)              # BOE-A-1995-25444, T-123/19
    | [^\W_ºª][\w\u00ad\u0300-\u036f]*                                    # a word
    """,
    re.VERBOSE,
)
_SIGNS_OF_PORTUGUESE = frozenset("çãõ")
_SPELLINGS = 3
_THOUSANDS = re.compile(r"^(\d{1,3})((?:\.\d{3})+|(?:,\d{3})+)(?![\d])")
_ORDINAL = re.compile(r"^(\d+)(?:\.?[ºª°]|er|re|ère)(?=$|[-a-z])")
_CODE_LETTER = re.compile(r"^([lrda])[.\s*]+(?=\d)")


@lru_cache(maxsize=500_000)
def exact_form(raw: str) -> str:
    """Return the normal form of a token: NFC, lower case, accents kept, numbers in one spelling."""
    word = unicodedata.normalize("NFC", raw.replace("\u00ad", "")).lower()
    if not any(character.isdigit() for character in word):
        return word.replace("_", "")
    word = _CODE_LETTER.sub(r"\1", word)
    word = _ORDINAL.sub(r"\1", word)
    word = _THOUSANDS.sub(lambda number: number[1] + number[2].replace(".", "").replace(",", ""), word)
    return re.sub(r"[\s_]+|-(?=[a-z]{3,})", "", word)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens as columns of equal length; ``starts`` and ``ends`` are offsets in the analysed text."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    exact: tuple[str, ...]
    lemmas: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the range (first, end) of the tokens that begin within ``[start, end)`` of the text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    @property
    def plain(self) -> tuple[str, ...]:
        """The exact forms with accents folded."""
        return tuple(map(fold, self.exact))


def analyse(text: str, language: str = "und", segments: Iterable[Segment] = ()) -> Tokens:
    """Return the tokens of ``text``, each lemmatised in the language of its segment, by default ``language``."""
    starts: list[int] = []
    ends: list[int] = []
    exact: list[str] = []
    lemmas: list[str] = []
    changes = iter(_changes(segments, language, len(text)))
    section_end, section_language = next(changes)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        form = exact_form(match[0])
        if not form or (form == "s" and start and text[start - 1] in "'’"):
            continue  # the possessive "s" of "John's" is not a word
        while start >= section_end:
            section_end, section_language = next(changes)
        starts.append(start)
        ends.append(end)
        exact.append(form)
        lemmas.append(lemma(form, section_language))
    return Tokens(tuple(starts), tuple(ends), tuple(exact), tuple(lemmas))


@lru_cache(maxsize=512)
def analysed(text: str, language: str) -> Tokens:
    """Return the tokens of a passage, cached because several functions use them while hits are rendered."""
    return analyse(text, language)


def _changes(segments: Iterable[Segment], language: str, length: int) -> list[tuple[int, str]]:
    """Return (end, language) of consecutive sections that cover the whole text."""
    changes: list[tuple[int, str]] = []
    at = 0
    for segment in sorted(segments, key=lambda segment: segment.start):
        if segment.start > at:
            changes.append((segment.start, language))
        if segment.end > at:
            changes.append((segment.end, segment.label))
            at = segment.end
    return [*changes, (length + 1, language)]


def written_otherwise(word: str, language: str) -> tuple[str, ...]:
    """Return the spellings of a word of a query in the other norm of Portuguese, empty in other languages.

    ``language`` is that of the query or ``""``; then only words with a sign of Portuguese are taken.
    """
    is_portuguese = language == "pt" or (not language and not _SIGNS_OF_PORTUGUESE.isdisjoint(word))
    return other_spellings(word)[:_SPELLINGS] if is_portuguese else ()


def other_tilde(word: str) -> tuple[str, ...]:
    """Return the variants of folded ``word`` with one ``n`` and ``ñ`` exchanged (``espana``: ``españa``)."""
    swap = {"n": "ñ", "ñ": "n"}
    return tuple(word[:at] + swap[letter] + word[at + 1 :] for at, letter in enumerate(word) if letter in swap)
