"""Penalties of the basic offence among all penalties of a provision.

An article often punishes other acts, other offenders and graver forms behind the basic offence. The penalty of the
basic offence is the first that has a figure, with what is added to it: further kinds of penalty, the items of a list,
and tiers ("cuando el valor no exceda de ..., prisión de ...; cuando exceda, prisión de ...").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.elements.clause_reading import DEGREES, OFFENCE, OTHER
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import Part
from nlp.folding import fold

_PENALTY = "penalty"
_CONDITION, _ITEM, _ADDED = "condition:", "handed_down:", "same:"


def with_tiers(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts with the tiers of the basic offence's penalty as penalties.

    They are tiers if every penalty of the provision with a figure has a condition and all begin with the same word.
    """
    tiers = _tiers(parts)
    return tuple(replace(part, element=_PENALTY) if part.start in tiers else part for part in parts)


def penalties_apart(text: str, language: str, jurisdiction: str, parts: Sequence[Part]) -> frozenset[int]:
    """Return the starts of the penalties that are not of the basic offence, or that may not be.

    All are apart where it is uncertain which ones are of the basic offence: there are several but no act beside the
    first, some have conditions that are no tiers, or a paragraph behind the list or the tiers has a penalty that is not
    understood.
    """
    stated = [place for place, part in enumerate(parts) if part.element == _PENALTY and _has_figure(part)]
    if not stated:
        return frozenset()
    own = _own(text, language, parts, stated[0])
    behind = parts[own[-1] + 1 : own[-1] + 2]
    certain = (
        _states_act(parts, next((place for place in stated if place not in own), 0))
        and _are_all_tiers(parts, own)
        and not (_is_list(parts, own) and any(_is_unread(text, language, jurisdiction, part) for part in behind))
    )
    return frozenset(part.start for place, part in enumerate(parts) if not certain or place not in own)


def _states_act(parts: Sequence[Part], another: int) -> bool:
    """Return whether there is an act before ``another`` penalty, or there is no other one (0)."""
    return not another or any(part.element in OFFENCE for part in parts[:another])


def _is_list(parts: Sequence[Part], own: range) -> bool:
    return any(_why(parts[place]).startswith((_CONDITION, _ITEM)) for place in own)


def _own(text: str, language: str, parts: Sequence[Part], first: int) -> range:
    """Return the places of the first penalty and of those directly behind it that belong to it."""
    end = first + 1
    while (
        end < len(parts) and parts[end].element == _PENALTY and _belongs(text, language, parts[first:end], parts[end])
    ):
        end += 1
    return range(first, end)


def _belongs(text: str, language: str, own: Sequence[Part], part: Part) -> bool:
    """Return whether a penalty directly behind others is of the same offence."""
    if _why(part).startswith((_ITEM, _ADDED)) or _is_tier(part):
        return True
    if _trial(language).match(fold(text), part.start, part.end):
        return True
    stated = {penalty.kind for each in own for penalty in each.penalties if penalty.unit}
    repeated = any(penalty.kind in stated for penalty in part.penalties if penalty.unit)
    return not repeated and "\n" not in text[own[-1].end : part.start]


def _are_all_tiers(parts: Sequence[Part], own: range) -> bool:
    """Return whether the penalties are unconditional, or the only conditional one, or all tiers of the provision."""
    if not _why(parts[own[0]]).startswith(_CONDITION):
        return True
    conditional = [place for place, part in enumerate(parts) if _is_conditional(part)]
    return all(place in own for place in conditional) and (len(conditional) == 1 or bool(_tiers(parts)))


def _tiers(parts: Sequence[Part]) -> frozenset[int]:
    """Return the starts of tiers: adjacent conditional penalties, the only ones of the provision with a figure."""
    places = [place for place, part in enumerate(parts) if part.element in (_PENALTY, *DEGREES) and _has_figure(part)]
    adjacent = bool(places) and places == [*range(places[0], places[-1] + 1)]
    conditions = {fold(_why(parts[place])) for place in places}
    alike = len(conditions) == 1 and all(map(_is_tier, (parts[place] for place in places)))
    if len(places) < 2 or not adjacent or not alike:
        return frozenset()
    return frozenset(parts[place].start for place in places)


def _is_tier(part: Part) -> bool:
    return _why(part).startswith(_CONDITION) and _has_figure(part)


def _is_conditional(part: Part) -> bool:
    return part.element in (_PENALTY, *DEGREES) and _is_tier(part)


def _is_unread(text: str, language: str, jurisdiction: str, part: Part) -> bool:
    """Return whether a part that is no penalty as far as it was understood has the figure of one."""
    found = find_penalties(text[part.start : part.end], language, jurisdiction) if part.element == OTHER else ()
    return any(penalty.unit for penalty in found)


def _has_figure(part: Part) -> bool:
    return any(penalty.unit for penalty in part.penalties)


def _why(part: Part) -> str:
    return part.why[0] if part.why else ""


@cache
def _trial(language: str) -> regex.Pattern[str]:
    """Return the pattern of the mode of trial that begins a penalty ("(b) on conviction on indictment, to ...")."""
    return regex.compile(rf"(?:\(\w+\)\s*)?(?:{load('indexing.comparison_beside')['trial'].get(language, '(?!)')})")
