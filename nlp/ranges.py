"""Relations between text ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Ranged(Protocol):
    """Anything that stands at a range of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=Ranged)


def overlap(left: Ranged, right: Ranged) -> bool:
    """Tell whether two ranges have a character in common."""
    return left.start < right.end and right.start < left.end


def overlapping(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Yield groups of ranges in which each overlaps another, in order; a range apart is a group of its own."""
    group: list[_Item] = []
    end = 0
    for item in sorted(items, key=lambda one: one.start):
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end) if len(group) > 1 else item.end
    if group:
        yield group
