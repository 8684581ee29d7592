"""Input windows of the tagger: paragraphs, else sentences, else overlapping parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

# Blank lines and cells end a paragraph; a single line feed may be a mere line wrap.
_PARAGRAPH_END = regex.compile(r"\n[^\S\n]*\n\s*|\t+|\f+")
_SENTENCE_END = regex.compile(r"[.;:!?…][”»\")]?\s+")
_WHOLE_WORD = 4  # letters before a full stop that ends a sentence; less may be an abbreviation or initial
LONGEST_SENTENCE = 4_000  # characters
PORTION = 50_000  # characters that are worked on at once: bounds memory


@dataclass(frozen=True, slots=True)
class Sentence:
    """The range of a sentence, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Window:
    """A range of pieces that is run at once, and the part of it whose labels are taken from this run."""

    start: int
    end: int
    owns_from: int
    owns_to: int


def portions(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[list[Sentence]]:
    """Yield the sentences of the ranges of ``text``, about ``PORTION`` characters at once, by whole paragraphs."""
    portion: list[Sentence] = []
    size = 0
    for _, paragraph in groupby(_sentences(text, ranges), lambda one: one.paragraph):
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


def _sentences(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[Sentence]:
    number = 0
    for start, end in ranges:
        for first, last in _between(start, end, _PARAGRAPH_END.finditer(text, start, end)):
            number += 1
            stops = (stop for stop in _SENTENCE_END.finditer(text, first, last) if _ends(text, stop.start(), first))
            for begin, stop in _between(first, last, stops):
                for cut in range(begin, stop, LONGEST_SENTENCE):
                    yield Sentence(cut, min(stop, cut + LONGEST_SENTENCE), number)


def _ends(text: str, stop: int, start: int) -> bool:
    return text[max(start, stop - _WHOLE_WORD) : stop].isalnum()


def _between(start: int, end: int, borders: Iterable[regex.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range, each with the border that ends it."""
    for border in borders:
        yield start, border.end()
        start = border.end()
    if start < end:
        yield start, end


def windows(sentences: Sequence[tuple[int, int]], room: int) -> list[Window]:
    """Return windows of at most ``room`` pieces over sentences, each given as its paragraph and how many pieces it has.

    Only a sentence longer than ``room`` is read in windows that overlap by a quarter.
    """
    found: list[Window] = []
    start = end = 0
    for length in _units(sentences, room):
        if end - start + length > room and end > start:
            found.append(Window(start, end, start, end))
            start = end
        end += length
        if length > room:
            found.extend(_overlapping(start, end, room))
            start = end
    return [*found, Window(start, end, start, end)] if end > start else found


def _units(sentences: Sequence[tuple[int, int]], room: int) -> Iterator[int]:
    """Yield how many pieces stand together: those of a paragraph that fits, else those of each of its sentences."""
    for _, group in groupby(sentences, lambda one: one[0]):
        lengths = [length for _, length in group]
        if sum(lengths) <= room:
            yield sum(lengths)
        else:
            yield from lengths


def _overlapping(start: int, end: int, room: int) -> Iterator[Window]:
    """Yield windows that share a quarter of their pieces; each owns them up to the middle of what it shares."""
    shared = room // 4
    owns_from = start
    while end - start > room:
        owns_to = start + room - shared // 2
        yield Window(start, start + room, owns_from, owns_to)
        owns_from, start = owns_to, start + room - shared
    yield Window(start, end, owns_from, end)
