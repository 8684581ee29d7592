"""Ancillary provisions of an offence: attempt, degrees, legal persons, separate and cited penalties.

Such a provision often has no word of the offence ("La tentative des délits prévus à la présente section est punie des
mêmes peines"), so no search finds it. It is one of the following provisions; either no other offence is in between, or
it refers to the offence by number or to its whole law. Words are in ``resources/comparison_beside.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from app.comparison.provisions import parts_of, punishing
from app.comparison.table import Provision
from extraction.resource import load
from nlp.concepts.provision_cues import punishes
from nlp.elements.provision_elements import Part
from nlp.folding import fold
from nlp.provision_roles.classifier import BASIC
from nlp.provision_roles.reading import aggravates

BEFORE, BEHIND = 3, 14  # provisions of the law before and after the offence that are considered
_LIMIT = 3  # ancillary provisions of an offence
_OPENING = 80  # characters
_SUPPLEMENTS = frozenset({"attempt", "participation"})  # punished by themselves, but of another offence
_BELONGS = frozenset(
    "penalty aggravation mitigation negligent_form attempt participation legal_persons exemption".split()
)  # elements that may be separate from the conduct
_OFFENDERS = frozenset({"participation", "legal_persons"})
_NUMBER = regex.compile(r"\d+(?:[.-]\w+)*")
_CITED = 80  # characters from the word "article" to the number
# The verb behind the numbers that are cited.
_VERB = regex.compile(r"\b(?:shall|sera|seran|serao|est|sont|seront|incurr\w+|incorre\w*)\b")
_PARAGRAPH = regex.compile(r"\([^()]*\)")  # of a section: "18(1)"


def ancillary_provisions(chosen: Sequence[Provision], near: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return the provisions among ``near`` that supplement the chosen ones, those behind the first offence first."""
    first = min((provision.start for provision in chosen), default=0)
    stated = frozenset().union(*(_states(provision) for provision in chosen))
    set_apart = not any(map(_has_figures, (part for provision in chosen for part in parts_of(provision))))
    added: list[Provision] = []
    belonging = _belonging(chosen, sorted(near, key=lambda provision: provision.start), set_apart)
    for provision in sorted(belonging, key=lambda provision: (provision.start < first, provision.start)):
        new = _states(provision) - stated
        if new or ("aggravation" in _states(provision) and _is_aggravated_form(provision, chosen)):
            stated |= new
            added.append(provision)
    return tuple(added[:_LIMIT])


def _states(provision: Provision) -> frozenset[str]:
    """Return the elements of an offence that are stated: punishments as figures; offenders only if punished.

    To associate for an offence is participation in it.
    """
    parts = parts_of(provision)
    stated = _BELONGS & {part.element for part in parts if part.element != "penalty" or _has_figures(part)}
    if parts and _words("associates", provision.language).search(_opening(provision, parts[0])):
        stated |= {"participation"}
    return stated if punishes(provision.text, provision.language) else stated - _OFFENDERS


def _is_aggravated_form(provision: Provision, chosen: Sequence[Provision]) -> bool:
    """Return whether a rubric says that a provision has the aggravated forms of the chosen offences, which it cites."""
    behind = provision.text[len(_heading(provision)) :]
    return aggravates(behind[:_OPENING], provision.language) and bool(speaks_of(provision, chosen))


def _opening(provision: Provision, first: Part) -> str:
    return fold(provision.text[first.start : first.start + _OPENING])


def _has_figures(part: Part) -> bool:
    """Return whether a part states a penalty with its extent."""
    return any(penalty.unit for penalty in part.penalties)


def _defines(provision: Provision) -> bool:
    """Return whether a provision is an offence of its own and not a supplement of another."""
    first = next((part.element for part in parts_of(provision) if part.element != "other"), "")
    return punishing(provision) == 0 and first not in _BELONGS - {"penalty"}


def _belonging(chosen: Sequence[Provision], near: Sequence[Provision], set_apart: bool) -> Iterator[Provision]:
    """Yield provisions after a chosen offence that define none; after another offence only those naming a chosen one.

    If the punishment is ``set_apart``, a provision that names the chosen ones is included in any case, and one that
    punishes the attempt of them, or those who associate for them, always is.
    """
    ids = {provision.id for provision in chosen}
    follows = False
    for provision in near:
        if provision.id in ids:
            follows = True
            continue
        named = speaks_of(provision, chosen)
        if (named or follows) and _states(provision):  # dividing a provision takes longest
            defines = _defines(provision) and not _states(provision) & _SUPPLEMENTS
            follows = follows and not defines
            alike = any(provision.path == each.path for each in chosen)
            if (named and (set_apart or not defines)) or (named is None and follows and alike):
                yield provision


def speaks_of(provision: Provision, chosen: Sequence[Provision]) -> bool | None:
    """Return whether a provision refers to the chosen ones or their chapter; False for others only, None if unclear."""
    return _names(fold(provision.text)[len(_heading(provision)) :], provision, chosen)


def parts_about(provision: Provision, chosen: Sequence[Provision], parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts of a connected rule without paragraphs that concern only other offences than ``chosen``."""
    others = ""
    for part in parts:
        if others and part.label.startswith(others):
            continue
        others = ""
        if _names(fold(provision.text[part.start : part.end]), provision, chosen) is not False:
            yield part
        elif part.label != provision.unit:
            others = part.label


def _names(folded: str, provision: Provision, chosen: Sequence[Provision]) -> bool | None:
    """Return for words of a provision what ``_speaks_of`` returns for all of them.

    "An offence under this Act, other than an offence under section 6 or 18(1)" speaks of every other offence.
    """
    if before := _words("before", provision.language).search(folded):
        return any(_is_before(each, provision, several=before["several"] is not None) for each in chosen)
    if _words("own", provision.language).search(folded) and any(_in_chapter_of(provision, each) for each in chosen):
        return True
    numbers = {_number(each.unit) for each in chosen} - {""}
    others, excluded = False, set[str]()
    for found in _words("cites", provision.language).finditer(folded):
        cited = folded[found.end() : found.end() + _CITED]
        listed = _PARAGRAPH.sub("", _VERB.split(cited, maxsplit=1)[0])
        if _words("other_than", provision.language).search(folded, max(0, found.start() - _CITED), found.start()):
            others = True
            excluded |= set(_NUMBER.findall(listed))
            continue
        if numbers & set(_NUMBER.findall(listed)) or any(_is_within(number, listed) for number in numbers):
            return True
        others = others or not _words("other_law", provision.language).search(cited)
    if numbers - excluded and _words("whole_law", provision.language).search(folded):
        return True
    return False if others else None


def _is_before(offence: Provision, provision: Provision, several: bool) -> bool:
    """Return whether an offence is the provision before another of its law, or one of the ``several`` before it.

    Several are those of the same chapter: behind a new heading "the preceding articles" are the ones below it.
    """
    (document, _, number), (own, _, at) = offence.id.rpartition(":"), provision.id.rpartition(":")
    if document != own or not (number.isdigit() and at.isdigit()):
        return False
    if several and offence.path != provision.path:
        return False
    return 0 < int(at) - int(number) <= (BEHIND if several else 1)


def _in_chapter_of(provision: Provision, offence: Provision) -> bool:
    """Return whether a provision follows an offence in the same chapter."""
    return provision.start > offence.start and provision.path[:-1] == offence.path[:-1]


def _heading(provision: Provision) -> str:
    """Return the beginning of the provision's text with its own number, which is not a citation."""
    at = provision.text.find(_number(provision.unit))
    return provision.text[: at + 1] if at >= 0 else ""


def _is_within(number: str, cited: str) -> bool:
    """Return whether the number of an article is in a range that is cited ("articles 303 to 307")."""
    ranges = regex.finditer(rf"(\d+)\S? (?:{load('indexing.comparison_beside')['range']}) (\d+)", cited)
    return number.isdigit() and any(int(each[1]) <= int(number) <= int(each[2]) for each in ranges)


def _number(unit: str) -> str:
    """Return the number in the label of a unit, empty without any."""
    found = _NUMBER.search(unit)
    return found[0] if found else ""


@cache
def _words(name: str, language: str) -> regex.Pattern[str]:
    """Return the pattern ``name`` of the resource; it matches nothing in a language without one."""
    return regex.compile(rf"(?<!\w)(?:{load('indexing.comparison_beside')[name].get(language, '(?!)')})(?!\w)")


def cited_units(chosen: Sequence[Provision]) -> Iterator[tuple[str, str]]:
    """Yield (document id, unit) of the provision to which a basic offence refers for its penalty, the first if several.

    An example is "puni des peines prévues à l'article 421-5". The words are in ``resources/cited_penalties.yaml``.
    """
    for offence in chosen:
        penalties = [part for part in parts_of(offence) if part.element == "penalty"]
        if offence.role != BASIC or any(penalty.unit for part in penalties for penalty in part.penalties):
            continue
        folded = fold(offence.text)
        for part in penalties:
            if found := _penalty_reference(offence.language).search(folded, part.start, part.end):
                yield offence.document_id, f"art. {offence.text[found.start('number') : found.end('number')]}"
                break


@cache
def _penalty_reference(language: str) -> regex.Pattern[str]:
    return regex.compile(load("indexing.cited_penalties").get(language, "(?!)"))
