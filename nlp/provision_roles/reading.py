"""Features of one provision, computed once for all concepts: heading, stems, tags, kind and penalties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.compiled_patterns import compiled
from nlp.concepts.provision_body import body_start
from nlp.concepts.provision_cues import (
    OWN_NUMBER,
    ProvisionCues,
    name_of_grouping,
    punishes,
    read_cues,
    run_in_heading,
    word_stems,
)
from nlp.concepts.tagging import named_in, tags_of
from nlp.elements.penalties import find_penalties
from nlp.elements.provision_kinds import ProvisionText, kind_of_provision
from nlp.folding import content_stems, content_words, fold
from nlp.provision_roles.stated_conduct import stated_conduct
from nlp.structure.legislation import find_legislation

_CACHED = 4_000
_OPENING, _FIRST_WORDS, _WHOLE = 400, 160, 2_500  # characters of the body
_PENALTIES_IN, _PUNISHED_IN, _CITED_IN = 1_500, 4_000, 200
# A capital misread by a conversion as the number of an item: "D - esacato".
SPLIT_CAPITAL = compiled(r"(?<!\w)(\p{Lu}\p{Ll}?) - (?=\p{Ll})")
_MARKS = " .-*\n)]”—–"
_ITEM = compiled(r"\n\s*(?:[ivx]+|[a-z]|\d+)[.)°º-]")
_FIRST_PARAGRAPH = compiled(r"(?P<words>\p{Lu}[^\n.;:]{2,90})\.[ \t]*\n\s*\n\s*(?=[\p{Lu}\d(«“\"])")
_MAX_WORDS = 12
_INSERTED = compiled(r"\d[-. ]?(?:[A-Za-z]\b|bis|ter|qu|sex|sept|oct|non|dec)")


@dataclass(frozen=True, slots=True)
class ProvisionReading:
    """``heading_names`` and ``above_names``: concepts named by the own heading and those above, with their confidence.

    ``tags`` are the concepts of ``nlp.concepts.tagging`` with their confidence and evidence. ``opening`` and
    ``first_words`` are stems of as many characters of the stated conduct, ``whole`` of the body. ``figures`` counts
    penalties with figures, ``citations`` articles cited in the first words, ``inserted`` tells a number with a letter
    or ``bis``.
    """

    language: str
    jurisdiction: str
    heading: str
    above: tuple[str, ...]
    kind: str
    tags: Mapping[str, tuple[float, str]]
    heading_names: Mapping[str, float]
    above_names: Mapping[str, float]
    opening: frozenset[str]
    first_words: frozenset[str]
    whole: frozenset[str]
    heading_stems: frozenset[str]
    above_stems: frozenset[str]
    punishes: bool
    figures: int
    citations: int
    aggravates: bool
    opens_with_conduct: bool
    inserted: bool
    length: int
    items: int


@lru_cache(_CACHED)
def read_provision(
    text: str, label: str, path: tuple[str, ...], language: str, jurisdiction: str = "", heading: str = ""
) -> ProvisionReading:
    """Read a provision: ``text`` with the headings above it, its ``label`` (``art. 301``) and its ``path``.

    ``heading`` is its rubric if it is known from the whole law; it is otherwise read from ``text``.
    """
    unit = _own_unit(text, label, path, language, jurisdiction, heading)
    cues = read_cues(text, unit, unit.start, language, jurisdiction) if unit else None
    rubric = SPLIT_CAPITAL.sub(r"\1", unit.heading) if unit else ""
    body = text[body_start(text, unit, language) :] if unit else text
    above = cues.above if cues else tuple(filter(None, map(name_of_grouping, path[-2:])))
    return _read(ProvisionText(label, rubric, path, body, language), cues, above, jurisdiction)


def read_from_cues(text: str, unit: Unit, cues: ProvisionCues) -> ProvisionReading:
    """Read a provision of a law whose structure is known: ``text`` is that of the law, ``cues`` are of ``unit``."""
    body = text[cues.body : unit.end].lstrip(_MARKS)
    if not cues.heading:
        body = OWN_NUMBER.sub("", body, count=1).lstrip(_MARKS)
    provision = ProvisionText(unit.label, cues.heading, unit.path, body, cues.language)
    return _read(provision, cues, cues.above, cues.jurisdiction)


def _read(
    provision: ProvisionText, cues: ProvisionCues | None, above: tuple[str, ...], jurisdiction: str
) -> ProvisionReading:
    label, heading, body, language = provision.label, provision.heading, provision.body, provision.language
    folded = fold(body[:_PUNISHED_IN])
    conduct = stated_conduct(body, language)
    threatens = punishes(body[:_PUNISHED_IN], language)
    penalties = find_penalties(body[:_PENALTIES_IN], language, jurisdiction) if threatens else ()
    return ProvisionReading(
        language=language,
        jurisdiction=jurisdiction,
        heading=heading,
        above=above,
        kind=kind_of_provision(provision),
        tags={tag.concept: (tag.confidence, tag.by) for tag in tags_of(cues)} if cues else {},
        heading_names=_named(heading, cues),
        above_names={code: sure for words in above for code, sure in _named(words, cues).items()},
        opening=_all_stems(conduct[:_OPENING], language),
        first_words=_all_stems(conduct[:_FIRST_WORDS], language),
        whole=frozenset(content_stems(body[:_WHOLE], language)),
        heading_stems=frozenset(content_stems(heading, language)),
        above_stems=frozenset(content_stems(above[-1], language)) if above else frozenset(),
        punishes=threatens,
        figures=sum(1 for penalty in penalties if penalty.unit),
        citations=len(_pattern("cites", language).findall(folded[:_CITED_IN])),
        aggravates=any(aggravates(words, language) for words in (heading, body[:80])),
        opens_with_conduct=bool(_pattern("opens", language).match(folded.lstrip(" .-*\n([)”—–"))),
        inserted=bool(_INSERTED.search(label)),
        length=len(body),
        items=len(_ITEM.findall(folded)),
    )


def aggravates(words: str, language: str) -> bool:
    """Return whether a heading, a name or first words tell an aggravated form of an offence."""
    return bool(_pattern("aggravates", language).search(fold(words)))


def _own_unit(
    text: str, label: str, path: tuple[str, ...], language: str, jurisdiction: str, heading: str
) -> Unit | None:
    units = find_legislation(text, (), language, jurisdiction)
    own = next((unit for unit in reversed(units) if unit.label == label), None)
    if own is None:
        return None
    rubric = heading or own.heading or _first_paragraph(text, body_start(text, own, language), language)
    return replace(own, path=path, heading=rubric or _before_conduct(text[own.start :][:_OPENING], language))


def _before_conduct(text: str, language: str) -> str:
    """Return a heading in the line of the text that a conduct or a penalty follows ("Homicidio. El que matare")."""
    rubric = run_in_heading(text, language)
    if not rubric:
        return ""
    behind = text[text.find(rubric) + len(rubric) :].lstrip(_MARKS)
    is_offence = _pattern("opens", language).match(fold(behind)) or punishes(behind, language)
    return rubric if is_offence else ""


def _first_paragraph(text: str, start: int, language: str) -> str:
    """Return a first paragraph that is a heading in spite of its full stop ("Artículo 1. Objeto."), else nothing."""
    first = _FIRST_PARAGRAPH.match(text, start)
    if not first or len(first["words"].split()) > _MAX_WORDS:
        return ""
    describes_conduct = _pattern("opens", language).match(fold(first["words"]))
    return "" if describes_conduct or punishes(first["words"], language) else first["words"].rstrip(" .")


def _named(heading: str, cues: ProvisionCues | None) -> dict[str, float]:
    return {code: sure for code, _, sure in named_in(heading, cues)} if cues and heading else {}


def _all_stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem for word in content_words(text, language) for stem in word_stems(word, language))


@cache
def _pattern(name: str, language: str) -> regex.Pattern[str]:
    return compiled(load("nlp.provision_roles")[name].get(language, "(?!)"))
