"""A document's outline: its structure units as a tree, opened where the reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.annotations import Unit

# Below an article the text itself is the outline.
KINDS = frozenset(
    "book title part chapter section subsection article request_section disposition schedule annex".split()
)
MOST_SHOWN = 400


@dataclass(slots=True)
class Branch:
    unit: Unit
    is_open: bool
    children: list[Branch] = field(default_factory=list)


def outline(units: Sequence[Unit], start: int, end: int) -> list[Branch]:
    """Return the tree of ``units``; a branch is open where it holds some of ``[start, end)``.

    What is not open keeps its children to itself, so that a law of thousands of articles stays light.
    """
    roots: list[Branch] = []
    way: list[Branch] = []
    for unit in sorted((u for u in units if u.kind in KINDS), key=lambda u: (u.start, -u.end)):
        while way and unit.start >= way[-1].unit.end:
            way.pop()
        branch = Branch(unit, unit.start < end and unit.end > start)
        if not way:
            roots.append(branch)
        elif way[-1].is_open:
            way[-1].children.append(branch)
        way.append(branch)
    return _near(roots, start)


def _near(branches: list[Branch], start: int) -> list[Branch]:
    """Return at most ``MOST_SHOWN`` of ``branches``, those around the reader."""
    if len(branches) <= MOST_SHOWN:
        return branches
    here = sum(branch.unit.start <= start for branch in branches)
    first = max(0, min(here - MOST_SHOWN // 2, len(branches) - MOST_SHOWN))
    return branches[first : first + MOST_SHOWN]


def unit_at(units: Sequence[Unit], offset: int) -> Unit | None:
    """Return the innermost unit of the outline's kinds that holds ``offset``."""
    around = [unit for unit in units if unit.kind in KINDS and unit.start <= offset < unit.end]
    return min(around, key=lambda unit: unit.end - unit.start, default=None)
