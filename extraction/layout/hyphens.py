"""End-of-line hyphens: dropped or kept.

The document's own vocabulary decides if it has the word with or without the hyphen. Otherwise the hyphen is dropped
between plain lower-case letters, and kept next to digits, capitals, other hyphens and the pronouns and prefixes of
``resources/blocks.yaml``. A dash that closes a parenthesis ("-si correspondiera- un plazo") is not a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.block_marks import kept_hyphens, words_apart

_EDGES = re.compile(r"^\W+|\W+$")
_ASIDE = re.compile(r"(?<=\s)[-–—]\w(?:[^-–—]|(?<=\w)-(?=\w))*-$")
_LONGEST_ASIDE = 250  # characters
_SHORTEST_PART = 4


class Vocabulary:
    """The vocabulary of a document, in lower case."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._words: set[str] = set()

    def add(self, words: Sequence[str]) -> None:
        """Add the words of a page except those hyphenated at a line end."""
        whole = set(words)
        if any(broken := [word[-1] == "-" for word in words]):
            whole = {word for word, cut, tail in zip(words, broken, [False, *broken], strict=False) if not cut | tail}
        new = whole - self._seen
        self._seen |= new
        self._words.update([word.lower() if word.isalnum() else _EDGES.sub("", word).lower() for word in new])

    def drops_hyphen(self, before: str, after: str) -> bool:
        """Return whether ``before``, which ends in a hyphen, joins ``after`` of the next line without it."""
        head, tail = _EDGES.sub("", before).lower(), _EDGES.sub("", after).lower()
        if not head or not tail or not before[-2:-1].islower() or not after[:1].islower():
            return before[:-1].isupper() and len(head) > 1 and after.isupper() and head + tail in self._words
        if head + tail in self._words:
            return True
        kept_before, kept_after = kept_hyphens()
        if f"{head}-{tail}" in self._words or "-" in head or tail in kept_before or head in kept_after:
            return False
        return not self._both_stand_alone(head, tail)

    def closes_aside(self, text: str, after: str) -> bool:
        """Return whether the dash at the end of ``text`` closes a parenthesis; ``after`` is the next line's first word.

        That is so if a parenthesis was opened, or a known word is followed by a word that is never the end of another.
        """
        head, tail = _EDGES.sub("", text.rsplit(" ", 1)[-1]).lower(), _EDGES.sub("", after).lower()
        if text[-1:] != "-" or head + tail in self._words or head not in self._words:
            return False
        if len(head) > _SHORTEST_PART and tail in words_apart():
            return True
        return tail in self._words and _ASIDE.search(text[-_LONGEST_ASIDE:]) is not None

    def _both_stand_alone(self, head: str, tail: str) -> bool:
        long = min(len(head), len(tail)) >= _SHORTEST_PART
        return long and head in self._words and tail in self._words
