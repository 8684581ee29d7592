"""The articles of a law in which it amends another one, whose articles they name without the law.

``Artículo único. Modificación de la Ley 2/2022 … Uno. Se modifica el apartado 4 del artículo 56``: article 56 is that
of the amended law, as are the articles in the quoted text that replaces it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.patterns import compile_pattern

_BEFORE = 200
_OWN = frozenset({"article", "disposition", "transitory", "annex", "schedule", "act"})


@dataclass(frozen=True, slots=True)
class OwnText:
    """Where the provisions of a text begin, and the ranges of what they quote."""

    provisions: Sequence[int] = ()
    quotations: Sequence[tuple[int, int]] = ()
    items: Collection[str] = ()

    @classmethod
    def of(cls, units: Sequence[Unit], items: Collection[str] = ()) -> OwnText:
        """Return the own text of a law by its ``units``, the provisions of which are ``items``."""
        quotations = sorted((unit.start, unit.end) for unit in units if unit.kind == "quoted_article")
        return cls(sorted({unit.start for unit in units if unit.kind in _OWN}), quotations, items)

    def provision_end(self, offset: int) -> int:
        """Return the end of the provision at ``offset``, -1 before the first one; the last one has no end."""
        place = bisect_right(self.provisions, offset)
        if not place:
            return -1
        return self.provisions[place] if place < len(self.provisions) else 1 << 40

    def is_quoted(self, offset: int) -> bool:
        """Return whether ``offset`` is in a quoted article."""
        place = bisect_right(self.quotations, (offset, 1 << 40)) - 1
        return place >= 0 and offset < self.quotations[place][1]


def begins_amendment(text: str, start: int, end: int, *, with_articles: bool) -> bool:
    """Return whether the law cited from ``start`` to ``end`` is the one that a provision amends.

    ``with_articles``: the articles that it amends stand before the law, so that only what follows tells it.
    """
    if _pattern("articles" if with_articles else "opens").match(text, end):
        return True
    return not with_articles and _pattern("announced").search(text, max(0, start - _BEFORE), start) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return compile_pattern("".join(load("nlp.references")["amendments"][name]))
