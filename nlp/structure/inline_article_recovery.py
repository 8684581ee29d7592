"""Recovers articles whose marks are inside a paragraph, where the numbering lacks them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from nlp.structure.marks import RESTARTS, Mark

_LONGEST_GROUPING = 300
_FEWEST_IN_A_LINE = 3


def with_lost(found: list[Mark], lost: list[Mark]) -> list[Mark]:
    """Add the articles in the run of a paragraph whose number fills a gap of the count, and groupings before them."""
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
    """Trust the first article of a text without lines where the next ones of its count follow."""
    articles = [mark for mark in lost if mark.kind == "article"]
    for first, *others in (articles[place : place + _FEWEST_IN_A_LINE] for place in range(len(articles))):
        count = [mark.number.key[:2] for mark in (first, *others)]
        if len(count) == _FEWEST_IN_A_LINE and count == [(0, 1 + step) for step in range(_FEWEST_IN_A_LINE)]:
            return [replace(mark, lost=mark is not first) for mark in lost if mark.start >= first.start]
    return lost


def _numbers_ahead(marks: list[Mark]) -> list[tuple[int, ...]]:
    """Return for each mark the number of the next article that was not lost, before the count begins anew."""
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
    """End each mark's line where the next mark begins, if that stands on the same line."""
    return [
        replace(mark, end=min(mark.end, after.line)) if after else mark
        for mark, after in pairwise([*marks, None])
        if mark is not None
    ]


def _fits(mark: Mark, last: tuple[int, ...], ahead: tuple[int, ...]) -> bool:
    if mark.kind != "article":
        return mark.end - mark.start < _LONGEST_GROUPING
    key = mark.number.key
    next_in_count = not last or key[:2] in (last[:2], (last[0], last[1] + 1)) or bool(ahead)
    return key > last and (not ahead or key < ahead) and next_in_count and (bool(ahead) or bool(last))
