"""Provisions of amending acts that amend a code since replaced: their wording ended with it.

The codes are data (``resources/replaced_codes.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.structure.marks import Mark

_YEAR = regex.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ANNOUNCED_WITHIN = 300  # characters behind the number of a provision


@dataclass(frozen=True, slots=True)
class ReplacedCode:
    """The name of a code in folded text, the year in which its successor was enacted, and its last day (ISO 8601)."""

    name: regex.Pattern[str]
    successor: int
    until: str


def with_replaced_codes(text: str, found: Sequence[Mark], jurisdiction: str) -> list[Mark]:
    """Return the marks, those of amendments to a replaced code with its last day as the end of their period.

    ``jurisdiction`` is ISO 3166 alpha-2. The act is dated by the latest year named above its first provision; without
    a year nothing is decided.
    """
    codes = _codes(jurisdiction)
    year = _year_of_act(text, found) if codes else 0
    replaced = [code for code in codes if 0 < year < code.successor]
    return list(_ended(text, found, replaced)) if replaced else list(found)


def _year_of_act(text: str, found: Sequence[Mark]) -> int:
    first = next((mark.line for mark in found if mark.is_basic), 0)
    return max((int(year[0]) for year in _YEAR.finditer(text, 0, first)), default=0)


def _ended(text: str, found: Sequence[Mark], codes: Sequence[ReplacedCode]) -> Iterator[Mark]:
    for mark in found:
        amended = _amended(text, mark, codes) if mark.is_basic and not mark.former else None
        yield replace(mark, former=f"../{amended.until}") if amended else mark


def _amended(text: str, mark: Mark, codes: Sequence[ReplacedCode]) -> ReplacedCode | None:
    """Return the code that a provision amends by a line up to the colon before the new wording."""
    announced = text[mark.body : mark.body + _ANNOUNCED_WITHIN].partition(":")[0]
    lines = [line for line in fold(announced).splitlines() if _amends().search(line)]
    return next((code for code in codes if any(map(code.name.search, lines))), None)


@cache
def _amends() -> regex.Pattern[str]:
    return regex.compile(load("nlp.replaced_codes")["amends"])


@cache
def _codes(jurisdiction: str) -> tuple[ReplacedCode, ...]:
    resource = load("nlp.replaced_codes")
    return tuple(
        ReplacedCode(regex.compile(rf"\b{resource['names'][row['code']]}"), row["enacted"], str(row["until"]))
        for row in resource["codes"].get(jurisdiction, ())
    )
