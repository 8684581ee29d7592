"""Relations between text ranges, and rules for nested labels (``resources/nesting.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from extraction.resource import load


class Ranged(Protocol):
    """An object with a range in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=Ranged)


def overlap(left: Ranged, right: Ranged) -> bool:
    """Return whether two ranges have a character in common."""
    return left.start < right.end and right.start < left.end


def overlapping(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Yield connected groups of overlapping ranges, in order; a range without overlap is a group by itself."""
    group: list[_Item] = []
    end = 0
    for item in sorted(items, key=lambda item: item.start):
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end) if len(group) > 1 else item.end
    if group:
        yield group


def nesting() -> dict[str, Any]:
    """Return the content of ``resources/nesting.yaml``."""
    listed: dict[str, Any] = load("nlp.nesting")
    return listed
