"""The order of numbers in a law: marks that break it are references, quotations or items of lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from nlp.structure.marks import RESTARTS, Mark

_COUNTED = ("article", "numbered", "ordinal")
_MIN_HEADINGS = 3
_MIN_TITLE = 4  # characters after the number
_HEADING_WEIGHT = 4  # marks without typography that a heading outweighs where their numbers contradict each other


def in_sequence(found: list[Mark], breaks: Sequence[int] = ()) -> list[Mark]:
    """Return the marks without weak ones whose number breaks the numbering between two headings that restart it.

    The numbering also restarts at the offsets ``breaks``, in order.
    """
    kept: list[Mark] = []
    region: list[Mark] = []
    passed = 0
    for place, mark in enumerate(found):
        before, passed = passed, bisect_right(breaks, mark.line)
        if passed > before or _restarts(mark, region) or _begins_an_act(found, place, region):
            kept += [*_rising_region(region), *([] if mark.is_basic else [mark])]
            region = [mark] if mark.is_basic else []
        else:
            region.append(mark)
    return [*kept, *_rising_region(region)]


def _restarts(mark: Mark, region: list[Mark]) -> bool:
    """Return whether the numbering of articles restarts at ``mark``: at a heading, or at article I after 198."""
    if mark.kind in RESTARTS or (mark.kind == "disposition" and not mark.number.key):
        return True
    return mark.kind == "article" and mark.number.key == (-1, 1) and any(item.number.key[:1] == (0,) for item in region)


def _begins_an_act(found: list[Mark], place: int, region: list[Mark]) -> bool:
    """Return whether the articles of the next act of a gazette begin: 1, 2 and 3 after a higher number."""
    if found[place].kind != "article" or found[place].number.key[:2] != (0, 1):
        return False
    following = [mark.number.key[:2] for mark in found[place + 1 : place + 40] if mark.kind == "article"]
    before = [mark.number.key[:2] for mark in region if mark.kind == "article"]
    return following[:2] == [(0, 2), (0, 3)] and bool(before) and before[-1] > (0, 1)


def _without_paragraphs(region: list[Mark]) -> list[Mark]:
    """Return the marks without numbers that do not lie between those of the articles above and below.

    They are of paragraphs, if articles have headings.
    """
    headings = [mark.number.key[:2] for mark in region if _is_article_heading(mark)]
    if len(headings) < _MIN_HEADINGS:
        return region
    kept: list[Mark] = []
    passed = 0
    for mark in region:
        passed += _is_article_heading(mark)
        above, below = headings[max(0, passed - 1) : passed], headings[passed : passed + 1]
        number = mark.number.key[:2]
        if mark.kind != "numbered" or ([number] > above and (not below or not above or [number] < below)):
            kept.append(mark)
    return kept


def _rising_region(region: list[Mark]) -> list[Mark]:
    region = _without_paragraphs(region)
    counted = [mark for mark in region if mark.kind in _COUNTED and mark.number.key]
    weights = [_HEADING_WEIGHT if _has_title(mark) else 1 for mark in counted]
    in_count = {counted[place].line for place in rising([mark.number.key[:2] for mark in counted], weights)}
    return [mark for mark in region if mark.line in in_count or mark.kind not in _COUNTED or _is_article_heading(mark)]


def _has_title(mark: Mark) -> bool:
    """Return whether this is a heading with words: a number that is a line by itself may be that of a page."""
    return mark.strong and (mark.kind == "article" or mark.end - mark.body > _MIN_TITLE)


def _is_article_heading(mark: Mark) -> bool:
    return mark.strong and mark.kind == "article"


def rising(keys: Sequence[tuple[int, ...]], weights: Sequence[int] | None = None) -> set[int]:
    """Return the indices of a heaviest non-decreasing subsequence of ``keys``, in O(n log n).

    Without ``weights`` it is a longest one.
    """
    weights = weights or [1] * len(keys)
    ranks = sorted(set(keys))
    best = _Heaviest(len(ranks))
    before = [-1] * len(keys)
    for place, (key, weight) in enumerate(zip(keys, weights, strict=True)):
        rank = bisect_left(ranks, key) + 1
        total, before[place] = best.up_to(rank)
        best.add(rank, total + weight, place)
    place = best.up_to(len(ranks))[1]
    kept: set[int] = set()
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


class _Heaviest:
    """The heaviest subsequence that ends at each rank: a Fenwick tree of (weight, last place)."""

    def __init__(self, size: int) -> None:
        self._totals = [(0, -1)] * (size + 1)

    def up_to(self, rank: int) -> tuple[int, int]:
        """Return the weight and the last place of the heaviest one that ends at ``rank`` or below, the latest one."""
        found = (0, -1)
        while rank > 0:
            found = max(found, self._totals[rank])
            rank -= rank & -rank
        return found

    def add(self, rank: int, weight: int, place: int) -> None:
        """Record a subsequence of ``weight`` that ends at ``rank``, at ``place``."""
        while rank < len(self._totals):
            self._totals[rank] = max(self._totals[rank], (weight, place))
            rank += rank & -rank
