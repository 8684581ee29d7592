"""Ancillary provisions of an offence: attempt, degrees, legal persons, penalties set apart.

Such a provision often has no word of the offence ("La tentative des délits prévus à la présente section est punie des
mêmes peines"), so no search finds it. It is one of the next provisions; either no other offence stands between, or it
names the offence by number or all of its own law. Words are in ``resources/comparison_beside.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from app.comparison.parts import parts_of, punishing
from app.comparison.table import Provision
from extraction.resource import load
from nlp.concepts.provision_cues import punishes
from nlp.elements.provision_elements import Part
from nlp.folding import fold

BEFORE, BEHIND = 3, 14
_MOST = 3
_BELONGS = frozenset(
    "penalty aggravation mitigation attempt participation legal_persons exemption".split()
)  # what may stand apart from the conduct
_WHO = frozenset({"participation", "legal_persons"})
_NUMBER = regex.compile(r"\d+(?:[.-]\w+)*")
_CITED = 80  # characters from the word "article" to the number


def ancillary_provisions(
    chosen: Sequence[Provision], near: Sequence[Provision], about: Sequence[str]
) -> tuple[Provision, ...]:
    """Return those of the provisions ``near`` the chosen ones that state what these do not, in the order of the law."""
    told = frozenset().union(*(_states(one, about) for one in chosen))
    set_apart = not any(map(_has_figures, (part for one in chosen for part in parts_of(one, about))))
    added: list[Provision] = []
    for one in _belonging(chosen, sorted(near, key=lambda one: one.start), about, set_apart):
        if new := _states(one, about) - told:
            told |= new
            added.append(one)
    return tuple(added[:_MOST])


def _states(one: Provision, about: Sequence[str]) -> frozenset[str]:
    """Return what belongs to an offence: punishments as figures, and who is punished only where something is."""
    parts = parts_of(one, about)
    stated = _BELONGS & {part.element for part in parts if part.element != "penalty" or _has_figures(part)}
    return stated if punishes(one.text, one.language) else stated - _WHO


def _has_figures(part: Part) -> bool:
    return any(one.unit for one in part.penalties)


def _defines(one: Provision, about: Sequence[str]) -> bool:
    """Tell whether a provision is an offence of its own, and does not begin with what belongs to another."""
    first = next((part.element for part in parts_of(one, about) if part.element != "other"), "")
    return punishing(one, about) == 0 and first not in _BELONGS - {"penalty"}


def _belonging(
    chosen: Sequence[Provision], near: Sequence[Provision], about: Sequence[str], set_apart: bool
) -> Iterator[Provision]:
    """Yield what follows a chosen offence and defines none itself; behind another offence only what names the chosen.

    Where their punishment is ``set_apart``, a provision that names them is it, whatever else it says.
    """
    ids = {one.id for one in chosen}
    follows = False
    for one in near:
        if one.id in ids:
            follows = True
        elif _states(one, about):
            named = _speaks_of(one, chosen)
            defines = _defines(one, about)
            follows = follows and not defines
            alike = any(one.path == each.path for each in chosen)
            if (named and (set_apart or not defines)) or (named is None and follows and alike):
                yield one


def _speaks_of(one: Provision, chosen: Sequence[Provision]) -> bool | None:
    """Tell whether a provision names the chosen ones or all of their chapter, False for others alone, else None."""
    return _names(fold(one.text)[len(_heading(one)) :], one, chosen)


def parts_about(one: Provision, chosen: Sequence[Provision], parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts of a connected rule without its paragraphs that speak of other offences alone."""
    others = ""
    for part in parts:
        if others and part.label.startswith(others):
            continue
        others = ""
        if _names(fold(one.text[part.start : part.end]), one, chosen) is not False:
            yield part
        elif part.label != one.unit:
            others = part.label


def _names(folded: str, one: Provision, chosen: Sequence[Provision]) -> bool | None:
    """Tell of words of a provision what ``_speaks_of`` tells of all of them."""
    if _words("own", one.language).search(folded) and any(_in_chapter_of(one, each) for each in chosen):
        return True
    numbers = {_number(each.unit) for each in chosen} - {""}
    others = False
    for found in _words("cites", one.language).finditer(folded):
        if _words("other_than", one.language).search(folded, max(0, found.start() - _CITED), found.start()):
            others = True
            continue
        cited = folded[found.end() : found.end() + _CITED]
        if numbers & set(_NUMBER.findall(cited)) or any(_is_within(number, cited) for number in numbers):
            return True
        others = others or not _words("other_law", one.language).search(cited)
    return False if others else None


def _in_chapter_of(one: Provision, offence: Provision) -> bool:
    return one.start > offence.start and one.path[:-1] == offence.path[:-1]


def _heading(one: Provision) -> str:
    """Return how far the provision's own number goes, which is no citation."""
    at = one.text.find(_number(one.unit))
    return one.text[: at + 1] if at >= 0 else ""


def _is_within(number: str, cited: str) -> bool:
    ranges = regex.finditer(rf"(\d+)\S? (?:{load('indexing.comparison_beside')['range']}) (\d+)", cited)
    return number.isdigit() and any(int(each[1]) <= int(number) <= int(each[2]) for each in ranges)


def _number(unit: str) -> str:
    found = _NUMBER.search(unit)
    return found[0] if found else ""


@cache
def _words(name: str, language: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('indexing.comparison_beside')[name].get(language, '(?!)')})(?!\w)")
