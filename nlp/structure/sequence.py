"""Longest consistent numbering; numbers outside it are quotations or references."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def rising(keys: Sequence[tuple[int, ...]]) -> set[int]:
    """Return the indices of a longest non-decreasing subsequence of ``keys``, in O(n log n)."""
    tails: list[tuple[int, ...]] = []
    tail_places: list[int] = []
    before = [-1] * len(keys)
    for place, key in enumerate(keys):
        at = bisect_right(tails, key)
        before[place] = tail_places[at - 1] if at else -1
        tails[at : at + 1] = [key]
        tail_places[at : at + 1] = [place]
    kept: set[int] = set()
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
