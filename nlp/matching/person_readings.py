"""The ways in which a person's name can be read: which words are given names and which surnames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.person_names import read_name
from nlp.matching.rarity import is_given_name, is_surname
from nlp.matching.spelling import latin, plain, repaired

_ALIAS = regex.compile(
    r"[\s,(]+(?:(?:alias|a\.?k\.?a\.?|vulgo|conocid[oa] como|conhecid[oa] (?:como|por)|also known as)\b|\(a\)).*$",
    regex.IGNORECASE,
)
_MAX_GIVEN = 3
_RUN_TOGETHER = regex.compile(r"(?<=\p{Ll}{3})(?=\p{Lu}\p{Ll}{2})|(?<=\b\p{Lu}\.)(?=\p{Lu})")
_VAN_T = regex.compile(r"\bvan\s?['’]t\b", regex.IGNORECASE)
_EITHER_TITLE = regex.compile(r"^\s*(\p{L}+)\(a\)(?=\W)")
_AND = regex.compile(r"\s(?:y|e|et|and|&)\s")
_MONSIEUR = regex.compile(r"M\.?\s+(?=(?P<given>\p{Lu}\p{Ll}+)\s+(?:\p{L}+\s+)*\p{Lu}{3,}$)")
_IN_BRACKETS = regex.compile(r"\((?P<letters>\p{Lu}{1,3})\.?\)")
_HUSBAND = regex.compile(
    r"(?P<own>\S+(?:\s+\S+)+?)\s+(?i:de)\s+(?P<husband>(?:(?i:la|las|los|del?)\s+)*[\p{L}\p{M}'’-]+)"
)


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
    divided = _RUN_TOGETHER.sub(" ", _VAN_T.sub("van", _EITHER_TITLE.sub(r"\1", written)))
    base = _without_description(_ALIAS.sub("", latin(repaired(divided))))
    marriage = _other_surname().search(base)
    own = base[: marriage.start()] if marriage else base
    name = read_name(_with_comma(_without_titles(own)))
    words = tuple(_split(name.words))
    if name.hidden or len(words) < 2 or _of_two(own):
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
    if not marriage and (unmarried := _without_husband(own)):
        readings += read_person(unmarried).readings
    return WrittenPerson(tuple(dict.fromkeys(readings)), words, name.suffix)


def _without_description(written: str) -> str:
    """Return a name without a profession or a document after a comma, and without letters for a rank in brackets."""
    *names, last = written.split(",")
    words = [word.strip(".") for word in plain(last).split()]
    described = any(map(str.isdigit, last)) or (words and words[0] in load("nlp.name_spelling")["after_names"])
    return _IN_BRACKETS.sub(" ", ",".join(names) if names and described else written)


def _of_two(written: str) -> bool:
    """Return whether a text names two persons by full names ("Juan Paz y Ana Ruiz")."""
    first, *others = (name.split() for name in _AND.split(written))
    return bool(others) and all(len(name) > 1 for name in (first, *others)) and is_given_name(plain(others[0][0]))


def _without_husband(written: str) -> str:
    """Return a woman's name without the surname of her husband ("Rosa Díaz de Mora"), empty without one."""
    found = _HUSBAND.fullmatch(written.strip())
    if found is None or _distinguishes_case(written):
        return ""
    first = plain(found["own"].split()[0])
    return found["own"] if is_given_name(first) and first.endswith("a") and len(found["own"].split()) > 1 else ""


def _split(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, both of a double name, without articles of Arabic names; all where nothing else is there."""
    articles = load("nlp.name_spelling")["articles"]
    parts = [part for word in words for part in word.split("-") if part]
    kept = [part for part in parts if part not in articles]
    yield from _servants(kept if len(kept) > 1 else parts)


def _servants(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, an Arabic name of two parts as one: ``abd el-kader`` and ``abdul kader`` are ``abdelkader``."""
    beginnings = load("nlp.name_spelling")["servant_of"]
    left = iter(words)
    for word in left:
        yield "abdel" + following if word in beginnings and (following := next(left, "")) else word


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
    words = (written[2:] if _is_monsieur(written) else written).split()
    data = load("nlp.name_spelling")
    titles = load("nlp.linking")["titles"].keys() | set(data["titles"]) | set(data["persons"])
    if len(words) > _MAX_GIVEN and words[0].lower() in load("nlp.linking")["articles"] and plain(words[1]) in titles:
        words.pop(0)
    seen = False
    while len(words) > 1 and plain(words[0]).strip(".ªº") in titles and (seen or len(words[0].strip(".")) > 1):
        words.pop(0)
        seen = True
        if len(words) > 2 and words[0] == "de" and plain(words[1]) in titles:
            words.pop(0)
    return " ".join(words)


def _is_monsieur(written: str) -> bool:
    """Return whether a name begins with the French title, and not with an initial ("M. Jean DUBOIS")."""
    found = _MONSIEUR.match(written)
    return found is not None and is_given_name(plain(found["given"]))


@cache
def _other_surname() -> regex.Pattern[str]:
    cues = "|".join(load("nlp.linking")["other_surname"])
    return regex.compile(rf"[\s,(]+(?i:{cues})\s+(?P<name>[\p{{L}}\p{{M}}'’\- ]+)\)?$")
