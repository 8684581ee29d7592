"""Which of the compared provisions without a rubric is the basic offence, and which one has its penalty.

In a code without rubrics the basic offence is the first article of the chapter that has its name; the articles behind
it punish the same offence of other persons or in graver forms. An aggravated form is the basic offence only if nothing
else is compared. A code that defines an offence in one article may set its penalty in another ("Le vol est puni de
trois ans d'emprisonnement"): both together are the basic offence. Words are in
``nlp/resources/provision_roles.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from app.comparison.table import Provision
from extraction.resource import load
from nlp.concepts.layer import concept
from nlp.concepts.provision_cues import name_of_grouping
from nlp.concepts.query import content_of, names_in
from nlp.folding import fold
from nlp.provision_roles.classifier import BASIC, SPECIAL
from nlp.provision_roles.reading import ProvisionReading

_NAMED = 0.85  # least confidence of a heading above, or of words, that have a name of the offence and little else
_MARKS = " .-*\n()[]:”—–"
_Chosen = Sequence[tuple[int, str]]


def with_basic_form(
    code: str, chosen: _Chosen, kept: Sequence[Provision], readings: Sequence[ProvisionReading], most: int
) -> list[tuple[int, str]]:
    """Return the ``chosen`` provisions (place, role) with those as the basic offence that evidently are it."""
    first = _with_first_of_chapter(code, chosen, kept, readings)
    return _with_separate_penalty(code, first, kept, readings)[:most]


def _with_first_of_chapter(
    code: str, chosen: _Chosen, kept: Sequence[Provision], readings: Sequence[ProvisionReading]
) -> list[tuple[int, str]]:
    surest = next((place for place, role in chosen if role == BASIC), None)
    if surest is None or code in readings[surest].heading_names:
        return list(chosen)
    others = [place for place, _ in chosen if place != surest and _is_plain(readings[place])]
    own_law = [place for place in _of_law(kept, surest) if place not in others and _is_plain(readings[place])]
    heads = [place for place in (*others, *own_law) if _heads_chapter(code, kept[place], readings[place])]
    is_head = readings[surest].punishes and _heads_chapter(code, kept[surest], readings[surest])
    if heads and not is_head:
        return _exchanged(chosen, surest, heads[0])
    common = [place for place in others if not _is_of_others(code, kept[place])]
    if (readings[surest].aggravates or _is_of_others(code, kept[surest])) and common:
        return _exchanged(chosen, surest, common[0])
    return list(chosen)


def _of_law(kept: Sequence[Provision], place: int) -> list[int]:
    """Return the other provisions found in the law of the provision at ``place``."""
    own = kept[place].document_id
    return [other for other, provision in enumerate(kept) if provision.document_id == own and other != place]


def _is_plain(reading: ProvisionReading) -> bool:
    """Return whether a provision without a rubric punishes an offence and calls it no aggravated form."""
    return reading.kind == "offence" and reading.punishes and not reading.heading and not reading.aggravates


def _is_of_others(code: str, provision: Provision) -> bool:
    """Return whether only headings above tell that an offence is against other States, not a name of the offence."""
    pattern = _pattern("of_other_states", provision.language)
    names = (label.text for label in concept(code).labels_in(provision.language))
    above, named = (any(pattern.search(fold(each)) for each in words) for words in (provision.path, names))
    return above and not named


def is_about_penalties(reading: ProvisionReading) -> bool:
    """Return whether the heading of a provision says that it sets the penalties of offences that others state."""
    return bool(_pattern("penalties_heading", reading.language).fullmatch(fold(reading.heading).strip(_MARKS)))


def _heads_chapter(code: str, provision: Provision, reading: ProvisionReading) -> bool:
    """Return whether a provision is the first one of a grouping that has the name of the offence."""
    if reading.above_names.get(code, 0.0) < _NAMED:
        return False
    number = provision.unit.split()[1:2] or [""]
    headings = map(name_of_grouping, provision.text.partition(number[0])[0].splitlines())
    return any(_is_name(code, heading, provision.language) for heading in headings)


def _exchanged(chosen: _Chosen, former: int, basic: int) -> list[tuple[int, str]]:
    roles = dict(chosen) | {former: SPECIAL, basic: BASIC}
    return [(basic, BASIC), *((place, roles[place]) for place, _ in chosen if place != basic)]


def _with_separate_penalty(
    code: str, chosen: _Chosen, kept: Sequence[Provision], readings: Sequence[ProvisionReading]
) -> list[tuple[int, str]]:
    """Return the provisions with the article that has the penalty of a basic offence without one."""
    basic = [place for place, role in chosen if role == BASIC]
    if not basic or any(readings[place].figures for place in basic):
        return list(chosen)
    document = kept[basic[0]].document_id
    own = (place for place, provision in enumerate(kept) if provision.document_id == document and place not in basic)
    punishing = next((place for place in own if readings[place].figures and punishes_by_name(code, kept[place])), None)
    if punishing is None:
        return list(chosen)
    others = [(place, role) for place, role in chosen if place not in (*basic, punishing)]
    return [*((place, BASIC) for place in (*basic, punishing)), *others]


def punishes_by_name(code: str, provision: Provision) -> bool:
    """Return whether the first sentence of a provision has only the penalty of the offence, called by its name."""
    folded, number = " ".join(fold(provision.text).split()), fold(provision.unit).partition(" ")[2]
    sentence = folded.partition(number)[2].lstrip(_MARKS).partition(".")[0]
    found = _pattern("punished_by_name", provision.language).match(sentence)
    if not found or _pattern("only", provision.language).search(sentence):
        return False
    return _is_name(code, found["name"], provision.language)


def _is_name(code: str, words: str, language: str) -> bool:
    return any(name.concept == code and name.score >= _NAMED for name in names_in(content_of(words, language)))


@cache
def _pattern(name: str, language: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.provision_roles")[name].get(language, "(?!)"))
