"""The ways in which a person's name can be read: which words are given names and which surnames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.person_names import read_name
from nlp.matching.rarity import is_given_name, is_surname
from nlp.matching.spelling import latin, repaired

_ALIAS = regex.compile(
    r"[\s,(]+(?:(?:alias|a\.?k\.?a\.?|vulgo|conocid[oa] como|conhecid[oa] (?:como|por)|also known as)\b|\(a\)).*$",
    regex.IGNORECASE,
)
_MAX_GIVEN = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a name; both parts have at least one folded word.

    ``supposed`` readings with leading surnames are based on the other name only.
    """

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """A name as written; without ``readings`` for a single word or an anonymised name."""

    readings: tuple[Reading, ...]
    words: tuple[str, ...] = ()
    suffix: str = ""


def read_person(written: str) -> WrittenPerson:
    """Return the readings of a name in any order and script.

    A comma or capitals distinguish surnames from given names. Otherwise the first one to three words may be the given
    names, or the last one or two if the first is not a known given name or the last is. A surname by birth or marriage
    ("née", "épouse") gives readings of its own.
    """
    base = _ALIAS.sub("", latin(repaired(written)))
    marriage = _other_surname().search(base)
    own = base[: marriage.start()] if marriage else base
    name = read_name(_with_comma(_without_titles(own)))
    words = tuple(_split(name.words))
    if name.hidden or len(words) < 2:
        return WrittenPerson((), words)
    counts = [len(word.split("-")) for word in name.words]
    surname_count = sum(counts[: name.given[1]]) if name.given[0] == name.given[1] and _distinguishes_case(own) else 0
    readings = (
        [Reading(words[:surname_count], words[surname_count:])]
        if 0 < surname_count < len(words)
        else list(_possible(words))
    )
    other = tuple(_split(read_name(marriage["name"]).words)) if marriage else ()
    readings += [replace(reading, surnames=other) for reading in readings if other]
    return WrittenPerson(tuple(dict.fromkeys(readings)), words, name.suffix)


def _split(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, both of a double name, without articles of Arabic names; all where nothing else is there."""
    articles = load("nlp.name_spelling")["articles"]
    parts = [part for word in words for part in word.split("-") if part]
    kept = [part for part in parts if part not in articles]
    yield from kept if len(kept) > 1 else parts


def _distinguishes_case(written: str) -> bool:
    """Return whether surnames are marked in the written name, by a comma or by capitals."""
    capitals = [word.isupper() for word in written.split() if len(word) > 2]
    return "," in written or (any(capitals) and not all(capitals))


def _with_comma(written: str) -> str:
    """Return a name that begins with surnames in capitals with a comma after them: ``PAZ RUIZ Ana``."""
    words = written.split()
    upper = [word.isupper() and len(word) > 2 for word in words]
    count = upper.index(False) if False in upper else 0
    return f"{' '.join(words[:count])}, {' '.join(words[count:])}" if count and not any(upper[count:]) else written


def _possible(words: tuple[str, ...]) -> Iterator[Reading]:
    most = min(_MAX_GIVEN, len(words) - 1)
    least = next((at for at, word in enumerate(words) if not is_given_name(word) or is_surname(word)), most)
    for count in range(min(max(least, 1), most), most + 1):
        if any(len(word) > 1 for word in words[count:]):
            yield Reading(words[:count], words[count:])
    first, last = is_given_name(words[0]), is_given_name(words[-1])
    if first and not last:
        return
    for count in range(1, min(2, len(words) - 1) + 1):
        if any(len(word) > 1 for word in words[:-count]):
            yield Reading(words[-count:], words[:-count], supposed=first or not last)


def _without_titles(written: str) -> str:
    """Return a name without leading titles; a single letter is a title only after another one."""
    words = written.split()
    titles = load("nlp.linking")["titles"].keys() | set(load("nlp.name_spelling")["titles"])
    seen = False
    while len(words) > 1 and words[0].strip(".ªº").lower() in titles and (seen or len(words[0].strip(".")) > 1):
        words.pop(0)
        seen = True
    return " ".join(words)


@cache
def _other_surname() -> regex.Pattern[str]:
    cues = "|".join(load("nlp.linking")["other_surname"])
    return regex.compile(rf"[\s,(]+(?i:{cues})\s+(?P<name>[\p{{L}}\p{{M}}'’\- ]+)\)?$")
