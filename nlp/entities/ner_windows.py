"""Input windows of the tagger: paragraphs, otherwise sentences, otherwise overlapping parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from nlp.compiled_patterns import compiled

# A paragraph ends at a blank line or cell; a single line feed may be a line wrap.
_PARAGRAPH_END = compiled(r"\n[^\S\n]*\n\s*|\t+|\f+")
_SENTENCE_END = compiled(r"[.;:!?…][”»\")]?\s+")
_WORD = compiled(r"\w+")
_UPPER_CASE = compiled(r"\p{Lu}")
_LOWER_CASE_WORD = compiled(r"\b\p{Ll}\w*")
_SHORTEST = 5  # words: a shorter sentence may be an abbreviation before a name ("Sr. ", "MM. ")
_WHOLE_WORD = 4  # minimum letters before a full stop that ends a sentence; fewer may be an abbreviation or initial
MAX_SENTENCE_LENGTH = 4_000  # characters
# Pieces of several paragraphs in one run. Attention costs a piece more the longer the window is: twice as many pieces
# take 15 % more time each, and names are found as well (F1 of 13 corpora in documents 0.002 higher on average).
MAX_JOINED = 128
PORTION = 50_000  # characters processed at once, to limit memory


@dataclass(frozen=True, slots=True)
class Sentence:
    """The range of a sentence in code points, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Window:
    """A range of pieces for one run of the model, and the part of it whose labels are taken from this run."""

    start: int
    end: int
    owns_from: int
    owns_to: int


def portions(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[list[Sentence]]:
    """Yield the sentences of the ranges of ``text`` in portions of about ``PORTION`` characters, by whole paragraphs.

    A paragraph longer than two portions is divided.
    """
    portion: list[Sentence] = []
    size = 0
    for _, paragraph in groupby(_sentences(text, ranges), lambda sentence: sentence.paragraph):
        for sentence in paragraph:
            portion.append(sentence)
            size += sentence.end - sentence.start
            if size >= 2 * PORTION:
                yield portion
                portion, size = [], 0
        if size >= PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def lower_case_words(text: str) -> frozenset[str]:
    """Return the words of ``text`` that stand in lower case somewhere."""
    return frozenset(_LOWER_CASE_WORD.findall(text))


def may_name(text: str, sentence: Sentence, known: Collection[str]) -> bool:
    """Return whether a sentence can contain a name: a capital after its first word, or a first word not in ``known``.

    ``known`` are words in lower case. A number or letter at the beginning is skipped with the word before it
    ("Artículo 5.- El que").
    """
    words = _WORD.findall(text, sentence.start, sentence.end)
    if len(words) < _SHORTEST:
        return True
    first = 0
    while first + 1 < len(words) and (_counts(words[first]) or _counts(words[first + 1])):
        first += 1
    return words[first].lower() not in known or any(_UPPER_CASE.search(word) for word in words[first + 1 :])


def _counts(word: str) -> bool:
    """Return whether a word is a number or the letter of an item."""
    return word[0].isdigit() or len(word) == 1


def _sentences(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Sentence]:
    number = 0
    for start, end in ranges:
        for first, last in _between(start, end, _PARAGRAPH_END.finditer(text, start, end)):
            number += 1
            stops = (stop for stop in _SENTENCE_END.finditer(text, first, last) if _ends(text, stop.start(), first))
            for begin, stop in _between(first, last, stops):
                for cut in range(begin, stop, MAX_SENTENCE_LENGTH):
                    yield Sentence(cut, min(stop, cut + MAX_SENTENCE_LENGTH), number)


def _ends(text: str, stop: int, start: int) -> bool:
    return text[max(start, stop - _WHOLE_WORD) : stop].isalnum()


def _between(start: int, end: int, boundaries: Iterable[regex.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range, each including the boundary that ends it."""
    for boundary in boundaries:
        yield start, boundary.end()
        start = boundary.end()
    if start < end:
        yield start, end


def windows(sentences: Sequence[tuple[int, int]], room: int) -> list[Window]:
    """Return windows of at most ``room`` pieces over ``sentences``, pairs of paragraph number and number of pieces.

    Paragraphs, or sentences of one longer than ``room``, are joined up to ``MAX_JOINED`` pieces. Only a sentence longer
    than ``room`` is divided, into windows that overlap by a quarter.
    """
    result: list[Window] = []
    start = end = 0
    for length in _units(sentences, room):
        if end - start + length > min(room, MAX_JOINED) and end > start:
            result.append(Window(start, end, start, end))
            start = end
        end += length
        if length > room:
            result.extend(_overlapping(start, end, room))
            start = end
    return [*result, Window(start, end, start, end)] if end > start else result


def _units(sentences: Sequence[tuple[int, int]], room: int) -> Iterator[int]:
    """Yield the number of pieces of each paragraph that fits, otherwise of each of its sentences."""
    for _, group in groupby(sentences, lambda sentence: sentence[0]):
        lengths = [length for _, length in group]
        if sum(lengths) <= room:
            yield sum(lengths)
        else:
            yield from lengths


def _overlapping(start: int, end: int, room: int) -> Iterator[Window]:
    """Yield windows that overlap by a quarter; each owns its pieces up to the middle of the overlap."""
    shared = room // 4
    owns_from = start
    while end - start > room:
        owns_to = start + room - shared // 2
        yield Window(start, start + room, owns_from, owns_to)
        owns_from, start = owns_to, start + room - shared
    yield Window(start, end, owns_from, end)
