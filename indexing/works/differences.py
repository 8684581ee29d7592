"""Word-level differences of two texts.

White space is ignored, so that reformatting is no difference; case and punctuation are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["equal", "insert", "delete", "replace"]

_WORD = re.compile(r"\w+(?:[-.'’/·]\w+)*[ºª°]?|[^\w\s]")
_MIN_LETTERS = 5
_MANY_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Corresponding ranges of the old and the new text, in code points.

    Ranges are contiguous; white space belongs to the preceding word. ``insert`` has an empty ``old``, ``delete`` an
    empty ``new``.
    """

    kind: Kind
    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of both texts merged into one; a replacement is a ``delete`` followed by an ``insert``."""

    kind: Literal["equal", "insert", "delete"]
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Corresponding word ranges (first, end) of both texts."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return the differences from ``old`` to ``new``; a short word between two changes counts as changed."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    words = [match.group() for match in before]
    # In long texts frequent words are no anchors: each "de" would be compared with every other "de".
    matcher = SequenceMatcher(None, words, [match.group() for match in after], len(words) + len(after) > _MANY_WORDS)
    runs = [_Run(tag == "equal", (i, j), (k, n)) for tag, i, j, k, n in matcher.get_opcodes()]
    ends, new_ends = _bounds(old, before), _bounds(new, after)
    return tuple(
        Difference(_kind(run), (ends[run.old[0]], ends[run.old[1]]), (new_ends[run.new[0]], new_ends[run.new[1]]))
        for run in _readable(runs, words)
    )


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield both texts merged, with equal parts as in the new text."""
    for difference in differences(old, new):
        if difference.kind == "equal":
            yield Piece("equal", new[slice(*difference.new)])
            continue
        if difference.kind != "insert":
            yield Piece("delete", old[slice(*difference.old)])
        if difference.kind != "delete":
            yield Piece("insert", new[slice(*difference.new)])


def is_same(old: str, new: str) -> bool:
    """Return whether two texts have the same words and punctuation."""
    return _WORD.findall(old) == _WORD.findall(new)


def _bounds(text: str, words: Sequence[re.Match[str]]) -> list[int]:
    """Return the start of each word (0 for the first) and the length of the text."""
    return [0, *(word.start() for word in words[1:]), len(text)] if words else [0]


def _readable(runs: Sequence[_Run], words: Sequence[str]) -> Iterator[_Run]:
    inner = range(1, len(runs) - 1)
    kept = (
        run.same and not (at in inner and sum(map(len, words[slice(*run.old)])) < _MIN_LETTERS)
        for at, run in enumerate(runs)
    )
    for same, group in groupby(zip(kept, runs, strict=True), key=lambda item: item[0]):
        together = [run for _, run in group]
        first, last = together[0], together[-1]
        yield _Run(same, (first.old[0], last.old[1]), (first.new[0], last.new[1]))


def _kind(run: _Run) -> Kind:
    if run.same:
        return "equal"
    has_old, has_new = run.old[0] < run.old[1], run.new[0] < run.new[1]
    return "replace" if has_old and has_new else "insert" if has_new else "delete"
