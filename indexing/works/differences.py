"""Word-by-word differences of two texts.

White space is not compared, so that a text that was only set anew is the same. Case and punctuation are.
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
_FEWEST_LETTERS = 5
_MANY_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A range of the old text and the range of the new one that stands in its place, in code points.

    Ranges follow each other without a gap; white space belongs to the word before it. ``insert`` has an empty ``old``,
    ``delete`` an empty ``new``.
    """

    kind: Kind
    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts read as one: what was replaced is a ``delete`` before an ``insert``."""

    kind: Literal["equal", "insert", "delete"]
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words ``old`` (first, behind the last) of one text against words ``new`` of the other."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return how ``new`` was made of ``old``; a short word between two changes is part of the change."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    words = [one.group() for one in before]
    # Where there are many words, frequent ones are no anchors: "de" would be compared with every other "de".
    matcher = SequenceMatcher(None, words, [one.group() for one in after], len(words) + len(after) > _MANY_WORDS)
    runs = [_Run(tag == "equal", (i, j), (k, n)) for tag, i, j, k, n in matcher.get_opcodes()]
    ends, new_ends = _bounds(old, before), _bounds(new, after)
    return tuple(
        Difference(_kind(run), (ends[run.old[0]], ends[run.old[1]]), (new_ends[run.new[0]], new_ends[run.new[1]]))
        for run in _readable(runs, words)
    )


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield both texts as one reading, what is equal as the new one has it."""
    for one in differences(old, new):
        if one.kind == "equal":
            yield Piece("equal", new[slice(*one.new)])
            continue
        if one.kind != "insert":
            yield Piece("delete", old[slice(*one.old)])
        if one.kind != "delete":
            yield Piece("insert", new[slice(*one.new)])


def is_same(old: str, new: str) -> bool:
    """Tell whether two texts have the same words."""
    return _WORD.findall(old) == _WORD.findall(new)


def _bounds(text: str, words: Sequence[re.Match[str]]) -> list[int]:
    """Return where each word begins, the first at 0, and the end of the text."""
    return [0, *(word.start() for word in words[1:]), len(text)] if words else [0]


def _readable(runs: Sequence[_Run], words: Sequence[str]) -> Iterator[_Run]:
    inner = range(1, len(runs) - 1)
    kept = (
        run.same and not (at in inner and sum(map(len, words[slice(*run.old)])) < _FEWEST_LETTERS)
        for at, run in enumerate(runs)
    )
    for same, group in groupby(zip(kept, runs, strict=True), key=lambda one: one[0]):
        together = [run for _, run in group]
        first, last = together[0], together[-1]
        yield _Run(same, (first.old[0], last.old[1]), (first.new[0], last.new[1]))


def _kind(run: _Run) -> Kind:
    if run.same:
        return "equal"
    has_old, has_new = run.old[0] < run.old[1], run.new[0] < run.new[1]
    return "replace" if has_old and has_new else "insert" if has_new else "delete"
