"""A scope that is too long to be shown whole, cut into pieces."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexing.analysis import Tokens

SHORTEST = 60
LONGEST = 250
_SENTENCE_END = (".", ";", ":", "?", "!")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Cuts ``text``, with its tokens, where one of ``bounds`` (paragraphs and units, in order) begins."""

    text: str
    tokens: Tokens
    bounds: Sequence[int]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of a scope of about SHORTEST to LONGEST words, cut where paragraphs or units begin."""
        begin, words = start, 0
        inner = self.bounds[bisect_right(self.bounds, start) : bisect_left(self.bounds, end)]
        for at, until in pairwise([start, *inner, end]):
            first, last = self.tokens.bounds(at, until)
            if words >= SHORTEST or (words and words + last - first > LONGEST):
                yield from self._short(begin, at)
                begin, words = at, 0
            words += last - first
        yield from self._short(begin, end)

    def _short(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield ``[start, end)``, cut behind the last sentence that fits while it is too long."""
        first, last = self.tokens.bounds(start, end)
        while last - first > LONGEST:
            cut = self._sentence_end(first + SHORTEST, first + LONGEST)
            yield start, self.tokens.starts[cut]
            start, first = self.tokens.starts[cut], cut
        if last > first:
            yield start, end

    def _sentence_end(self, first: int, last: int) -> int:
        """Return the last token from ``first`` to ``last`` that begins a sentence, ``last`` where none does."""
        for at in range(last, first, -1):
            between = self.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].rstrip()
            if between.endswith(_SENTENCE_END):
                return at
        return last
