"""A block of text under construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_LINES_BACK = 5


@dataclass(slots=True)
class WrittenBlock:
    """A block being written: ``parts`` of its text, and start and end of each word as offsets."""

    position: int
    parts: list[str]
    starts: list[int]
    ends: list[int]

    @property
    def text(self) -> str:
        """The last ``_LINES_BACK`` lines written, enough for one sentence."""
        return "".join(self.parts[-2 * _LINES_BACK : -1])

    def line(self, words: Sequence[str]) -> None:
        """Write the words of a line."""
        starts = list(accumulate([len(word) + 1 for word in words], initial=self.position))
        self.position = starts.pop()
        self.starts += starts
        self.ends += [start - 1 for start in starts[1:]]
        self.ends.append(self.position - 1)
        self.parts += (" ".join(words), " ")

    def mend(self, word: str, drops_hyphen: bool) -> None:
        """Join ``word`` to the hyphenated end of the previous line; both boxes then refer to the whole word."""
        self.parts.pop()
        self.position -= 1
        if drops_hyphen:
            self.parts[-1] = self.parts[-1][:-1]
            self.position -= 1
        self.parts += (word, " ")
        self.position += len(word) + 1
        begin = self.starts[-1]
        self.starts.append(begin)
        self.ends.append(self.position - 1)
        index = len(self.starts) - 2
        while index >= 0 and self.starts[index] == begin:
            self.ends[index] = self.position - 1
            index -= 1
