"""Proper nouns of a newspaper with part-of-speech tags, and the evidence for their kind.

The lists are those of ``newspaper.yaml``, described in its header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import regex
import yaml

from models.ner.speech import countries

RESOURCE = Path(__file__).with_name("newspaper.yaml")
CAPITAL = regex.compile(r"\p{Lu}\p{Ll}")
Sentence = Sequence[tuple[str, str]]  # word, part of speech
_KINDS = {"persons": "PERSON", "organisations": "ORGANISATION", "places": "LOCATION", "nothing": "nothing"}
_WORD = regex.compile(r"\p{Lu}[\p{L}'’-]*")
_AGE = regex.compile(r"[1-9]\d")


@dataclass(frozen=True, slots=True)
class Noun:
    """A proper noun: the words ``start`` to ``end`` of a sentence."""

    sentence: Sentence
    start: int
    end: int

    @property
    def name(self) -> str:
        return " ".join(word for word, _ in self.sentence[self.start : self.end])

    def around(self, place: int) -> str:
        """Return the word ``place`` words before the noun (negative) or after it (from 0); "" beyond the sentence."""
        at = self.end + place if place >= 0 else self.start + place
        return self.sentence[at][0] if 0 <= at < len(self.sentence) else ""


@cache
def lists() -> dict[str, frozenset[str]]:
    """Return the lists of ``newspaper.yaml``."""
    return {key: frozenset(names) for key, names in yaml.safe_load(RESOURCE.read_text(encoding="utf-8")).items()}


@cache
def listed() -> dict[str, str]:
    """Return the kind of each listed name, "doubtful" if it is ambiguous."""
    kinds = {name: kind for key, kind in _KINDS.items() for name in lists()[key]}
    return dict.fromkeys(countries("pt"), "LOCATION") | kinds | dict.fromkeys(lists()["doubtful"], "doubtful")


def sentences_of(text: str) -> Iterator[Sentence]:
    sentence: list[tuple[str, str]] = []
    for line in text.split():
        word, _, tag = line.rpartition("_")
        sentence.append((word, tag))
        if word == tag and word in ".?!":
            yield sentence
            sentence = []


def nouns_of(sentence: Sentence) -> Iterator[Noun]:
    start = None
    for place, (_, tag) in enumerate([*sentence, ("", "")]):
        if tag.startswith("NPROP"):
            start = place if start is None else start
        elif start is not None:
            yield Noun(sentence, start, place)
            start = None


def given_names(nouns: Iterable[Noun]) -> frozenset[str]:
    """Return first names: those listed, and those that occur twice with an office or age."""
    counts = Counter(noun.name.split()[0] for noun in nouns if _is_called_person(noun))
    return lists()["given"] | {name for name, times in counts.items() if times > 1 and name not in listed()}


def _is_called_person(noun: Noun) -> bool:
    """Return whether a full name follows an office, or precedes an age or a verb of saying."""
    if not _is_full_name(noun.name):
        return False
    aged = noun.around(0) == "," and _AGE.fullmatch(noun.around(1)) and noun.around(2) in (",", ".")
    return bool(aged) or noun.around(-1).lower() in lists()["offices"] or noun.around(0) in lists()["saying"]


def _is_full_name(name: str) -> bool:
    words = [word for word in name.split() if word not in lists()["particles"]]
    never = lists()["heads"] | lists()["not_people"]
    return len(words) > 1 and all(_WORD.fullmatch(word) and word not in never for word in words)


def is_person(noun: Noun, given: frozenset[str]) -> bool:
    if noun.name in listed():
        return listed()[noun.name] == "PERSON"
    return _is_full_name(noun.name) and (noun.name.split()[0].title() in given or _is_called_person(noun))


def is_organisation(name: str) -> bool:
    return " " in name and name.split()[0] in lists()["heads"]


def abbreviations(nouns: Sequence[Noun]) -> dict[str, str]:
    """Return the abbreviations in brackets after organisations: "Associação Brasileira de Imprensa (ABI)"."""
    pairs = pairwise(nouns)
    bracketed = (second.name for first, second in pairs if is_organisation(first.name) and is_bracketed(second, first))
    return {name: "ORGANISATION" for name in bracketed if len(name) > 2}


def is_bracketed(noun: Noun, before: Noun | None = None) -> bool:
    follows = before is None or (before.sentence is noun.sentence and before.end == noun.start - 1)
    return follows and noun.around(-1) == "(" and noun.around(0) == ")"
