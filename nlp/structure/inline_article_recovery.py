"""Recovery of articles whose marks are within a paragraph, from gaps in the numbering."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from nlp.structure.marks import RESTARTS, Mark

_MAX_GROUPING_LENGTH = 300
_MIN_IN_A_LINE = 3


def with_lost(found: list[Mark], lost: list[Mark]) -> list[Mark]:
    """Return ``found`` with the inline articles whose number fills a gap in the numbering, and groupings before them.

    ``lost`` are the candidates within paragraphs (see ``inline_marks``).
    """
    starts = {mark.start for mark in found}
    lost = [mark for mark in lost if mark.start not in starts]
    if not any(mark.kind == "article" for mark in found):
        lost = _in_one_line(lost)
    merged = _cut(sorted([*found, *lost], key=lambda mark: mark.line))
    kept: list[Mark] = []
    last: tuple[int, ...] = ()
    for mark, ahead in zip(merged, _numbers_ahead(merged), strict=True):
        if mark.kind in RESTARTS:
            last = ()
        if mark.lost and not _fits(mark, last, ahead):
            continue
        if mark.kind == "article":
            last = mark.number.key
        kept.append(mark)
    return kept


def _in_one_line(lost: list[Mark]) -> list[Mark]:
    """Return ``lost`` with article 1 as a regular mark if articles 2 and 3 follow: a text without line breaks."""
    articles = [mark for mark in lost if mark.kind == "article"]
    for first, *others in (articles[place : place + _MIN_IN_A_LINE] for place in range(len(articles))):
        count = [mark.number.key[:2] for mark in (first, *others)]
        if len(count) == _MIN_IN_A_LINE and count == [(0, 1 + step) for step in range(_MIN_IN_A_LINE)]:
            return [replace(mark, lost=mark is not first) for mark in lost if mark.start >= first.start]
    return lost


def _numbers_ahead(marks: list[Mark]) -> list[tuple[int, ...]]:
    """Return for each mark the number of the next regular article, within the same numbering."""
    following: list[tuple[int, ...]] = []
    upcoming: tuple[int, ...] = ()
    for mark in reversed(marks):
        following.append(upcoming)
        if mark.kind in RESTARTS:
            upcoming = ()
        elif mark.kind == "article" and not mark.lost:
            upcoming = mark.number.key
    return following[::-1]


def _cut(marks: list[Mark]) -> list[Mark]:
    """Return the marks, each ending at the start of the next if that is on the same line."""
    return [
        replace(mark, end=min(mark.end, after.line)) if after else mark
        for mark, after in pairwise([*marks, None])
        if mark is not None
    ]


def _fits(mark: Mark, last: tuple[int, ...], ahead: tuple[int, ...]) -> bool:
    if mark.kind != "article":
        return mark.end - mark.start < _MAX_GROUPING_LENGTH
    key = mark.number.key
    next_in_count = not last or key[:2] in (last[:2], (last[0], last[1] + 1)) or bool(ahead)
    return key > last and (not ahead or key < ahead) and next_in_count and (bool(ahead) or bool(last))
