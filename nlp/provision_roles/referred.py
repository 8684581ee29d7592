"""Concepts of the provisions of the same law to which a provision refers ("la pena del artículo 290", "section 17").

A provision that only says whose penalty it shares, or what applies to it, has the words of its subject elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.citations.pinpoints import article_id
from nlp.concepts.provision_cues import ProvisionCues
from nlp.concepts.tagging import ConceptTag
from nlp.folding import fold

_READ, _AFTER = 700, 45  # characters of the body that are read, and after a number where another law is named
_MOST = 6  # provisions that are followed
_BEFORE = 2  # provisions before one that "the previous provisions" may mean
_PARAGRAPH = regex.compile(r"\(\w+\)")
_NUMBER = regex.compile(r"\d+(?:-\d+)?(?:[- ]?(?:[a-z](?![\w.])|bis|ter|quater|quinquies|sexies)\b)?")


def referred_concepts(
    text: str, cued: Sequence[tuple[Unit, ProvisionCues]], found: Sequence[Sequence[ConceptTag]], number: int
) -> dict[str, float]:
    """Return the greatest confidence of each concept in the provisions to which provision ``number`` refers.

    ``found`` are the tags found in each provision of ``cued``.
    """
    unit, cues = cued[number]
    body = fold(text[cues.body : min(unit.end, cues.body + _READ)])
    named = cited_numbers(body, cues.language)
    places = [at for at, (other, _) in enumerate(cued) if at != number and _own_number(other.label) in named]
    if _pattern("previous", cues.language).search(body):
        places += range(max(0, number - _BEFORE), number)
    best: dict[str, float] = {}
    for at in places[: _MOST + _BEFORE]:
        for tag in found[at]:
            best[tag.concept] = max(tag.confidence, best.get(tag.concept, 0.0))
    return best


def cited_numbers(body: str, language: str) -> set[str]:
    """Return the numbers of the provisions of the same law that a folded text cites, without those of another law."""
    numbers: list[str] = []
    for match in _pattern("refers", language).finditer(body):
        if not _pattern("elsewhere", language).match(body[match.end() : match.end() + _AFTER]):
            numbers += _NUMBER.findall(_PARAGRAPH.sub("", match["numbers"]))
    return {article_id(number) for number in numbers[:_MOST]}


def _own_number(label: str) -> str:
    found = _NUMBER.search(fold(label))
    return article_id(found[0]) if found else ""


@cache
def _pattern(name: str, language: str) -> regex.Pattern[str]:
    patterns: Mapping[str, str] = load("nlp.provision_roles")[name]
    return regex.compile(patterns.get(language, "(?!)"))
