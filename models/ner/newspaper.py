"""A newspaper whose proper nouns are marked by hand and not told apart: what each names is told by rule.

Where a proper noun begins and ends, and that all other words are none, is the corpus's own. That it names a person, an
organisation or a place is said by the lists of ``newspaper.yaml``, by what stands around it (an office before it, an
age after it) and by what else the page says of it. What nothing is known of is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import regex
import yaml
from brat import row
from detokenise import contract, detokenise
from parliament import Row, countries

RESOURCE = Path(__file__).with_name("newspaper.yaml")
Sentence = Sequence[tuple[str, str]]  # word, part of speech
_KINDS = {"persons": "PERSON", "organisations": "ORGANISATION", "places": "LOCATION", "nothing": "nothing"}
_WORD = regex.compile(r"\p{Lu}[\p{L}'’-]*")
_CAPITAL = regex.compile(r"\p{Lu}\p{Ll}")
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
    """Return the kind of each name that is listed; "doubtful" where it is now one, now the other."""
    kinds = {name: kind for key, kind in _KINDS.items() for name in lists()[key]}
    return dict.fromkeys(countries("pt"), "LOCATION") | kinds | dict.fromkeys(lists()["doubtful"], "doubtful")


def newspaper_rows(source: dict[str, Any], pages: Mapping[str, str]) -> Iterator[Row]:
    """Yield the sentences of 6 to 60 words of which half the proper nouns are known, and some that have none.

    The line that heads an article ("PáGINA") runs into its first sentence and is left out with it.
    """
    read = {name: list(_sentences(text)) for name, text in pages.items()}
    nouns = {name: [noun for sentence in page for noun in _nouns(sentence)] for name, page in read.items()}
    given = _given_names(noun for page in nouns.values() for noun in page)
    for name, page in read.items():
        seen = {noun.name for noun in nouns[name] if _is_person(noun, given)}
        known = {word: "PERSON" for full in seen for word in (full.split()[0], full.split()[-1]) if len(word) > 3}
        known |= _abbreviations(nouns[name]) | listed()
        if name.startswith(source["sports"]):
            known |= dict.fromkeys(lists()["clubs"], "doubtful")
        for sentence in page:
            yield from _rows(source, sentence, known, given)


def _sentences(text: str) -> Iterator[Sentence]:
    sentence: list[tuple[str, str]] = []
    for line in text.split():
        word, _, tag = line.rpartition("_")
        sentence.append((word, tag))
        if word == tag and word in ".?!":
            yield sentence
            sentence = []


def _nouns(sentence: Sentence) -> Iterator[Noun]:
    start = None
    for place, (_, tag) in enumerate([*sentence, ("", "")]):
        if tag.startswith("NPROP"):
            start = place if start is None else start
        elif start is not None:
            yield Noun(sentence, start, place)
            start = None


def _given_names(nouns: Iterable[Noun]) -> frozenset[str]:
    """Return first names: those listed, and those that two people bear of whom office or age is told."""
    found = Counter(noun.name.split()[0] for noun in nouns if _is_called_person(noun))
    return lists()["given"] | {name for name, times in found.items() if times > 1 and name not in listed()}


def _is_called_person(noun: Noun) -> bool:
    """Say whether an office before a full name, or an age or a verb of saying after it, tells of a person."""
    if not _is_full_name(noun.name):
        return False
    aged = noun.around(0) == "," and _AGE.fullmatch(noun.around(1)) and noun.around(2) in (",", ".")
    return bool(aged) or noun.around(-1).lower() in lists()["offices"] or noun.around(0) in lists()["saying"]


def _is_full_name(name: str) -> bool:
    words = [word for word in name.split() if word not in lists()["particles"]]
    never = lists()["heads"] | lists()["not_people"]
    return len(words) > 1 and all(_WORD.fullmatch(word) and word not in never for word in words)


def _is_person(noun: Noun, given: frozenset[str]) -> bool:
    if noun.name in listed():
        return listed()[noun.name] == "PERSON"
    return _is_full_name(noun.name) and (noun.name.split()[0].title() in given or _is_called_person(noun))


def _is_organisation(name: str) -> bool:
    return " " in name and name.split()[0] in lists()["heads"]


def _abbreviations(nouns: Sequence[Noun]) -> dict[str, str]:
    """Return what stands in brackets after an organisation: "Associação Brasileira de Imprensa (ABI)"."""
    pairs = pairwise(nouns)
    bracketed = (
        second.name for first, second in pairs if _is_organisation(first.name) and _is_bracketed(second, first)
    )
    return {name: "ORGANISATION" for name in bracketed if len(name) > 2}


def _is_bracketed(noun: Noun, before: Noun | None = None) -> bool:
    follows = before is None or (before.sentence is noun.sentence and before.end == noun.start - 1)
    return follows and noun.around(-1) == "(" and noun.around(0) == ")"


def _kind(noun: Noun, known: Mapping[str, str], given: frozenset[str]) -> str:
    name = noun.name
    if _is_part(noun):
        return "doubtful"
    if name in lists()["states"]:
        return "LOCATION" if _is_bracketed(noun) else "doubtful"
    if name in known:
        return known[name]
    if _is_organisation(name):
        return "ORGANISATION"
    called = noun.around(-1).lower() in lists()["offices"] and bool(_CAPITAL.match(name))
    return "PERSON" if _is_person(noun, given) or (called and " " not in name) else "doubtful"


def _is_part(noun: Noun) -> bool:
    """Say whether words beside the noun are of its name though the corpus calls them common: "Universidade de X"."""
    before = (
        noun.start - 2 if noun.around(-1) in ("de", "da", "do", "dos", "das", "a", "o", "e", "-") else noun.start - 1
    )
    before -= noun.around(-1) in ("a", "o") and noun.around(-2) == "de"
    return (before > 0 and bool(_CAPITAL.match(noun.sentence[before][0]))) or bool(_CAPITAL.match(noun.around(0)))


def _rows(source: dict[str, Any], sentence: Sentence, known: Mapping[str, str], given: frozenset[str]) -> Iterator[Row]:
    if not 6 <= len(sentence) <= 60 or any(word == "PáGINA" for word, _ in sentence):
        return
    found = [(noun.start, noun.end, _kind(noun, known, given)) for noun in _nouns(sentence)]
    doubts = sum(kind == "doubtful" for *_, kind in found)
    if len(found) < 2 * doubts or (not found and sha256(str(sentence).encode()).digest()[0] % 8):
        return
    capitals = [(place, place + 1, "doubtful") for place, word in enumerate(sentence) if place and _is_capital(*word)]
    words, ranges = contract(_joined_to_verbs(sentence), sorted([*found, *capitals]))
    text, offsets = detokenise(words, source["language"])
    yield row(source, text, ((offsets[a][0], offsets[b - 1][1], kind) for a, b, kind in ranges))


def _joined_to_verbs(sentence: Sentence) -> list[str]:
    """Return the words, with the dash that the corpus left out between a verb and its pronoun: "deve-se"."""
    before = ("", ""), *sentence[:-1]
    pairs = zip(before, sentence, strict=True)
    return [f"-{w}" if tag == "PROPESS" and verb in ("V|+", "VAUX|+") else w for (_, verb), (w, tag) in pairs]


def _is_capital(word: str, tag: str) -> bool:
    return bool(_CAPITAL.match(word)) and tag in ("N", "ADJ")
