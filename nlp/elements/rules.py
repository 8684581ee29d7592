"""Compiled rules of ``resources/provision_elements.yaml`` by language, matched on folded text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load

_BEGINNING = 3
_OPENING = 80  # characters
_END = r"(?:(?!\w)|(?<=\W))"
_AND = "(?:y|e|et|and|but|pero|mas|mais|o|ou|or)"
_FIRST_WORD = regex.compile(r"\s*(?P<word>\w+)[ ’']")
_OR = regex.compile(rf"[,;] {_AND} $")
_FOR = "para "
_FIRST_TO_WIN = ("penalty", "mental_element", "subject", "conduct", "naming")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words with which an element begins."""

    element: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language."""

    language: str
    amended: regex.Pattern[str]
    amended_within: regex.Pattern[str]
    wholes: tuple[tuple[str, int, regex.Pattern[str]], ...]
    condition: regex.Pattern[str]
    raised: regex.Pattern[str]
    opens: regex.Pattern[str]
    verb_first: regex.Pattern[str]
    same: regex.Pattern[str]
    goes_on: regex.Pattern[str]
    nouns: regex.Pattern[str]
    determiners: regex.Pattern[str]
    means: regex.Pattern[str]
    features: Mapping[str, regex.Pattern[str]]

    def notes(self, folded: str, offset: int) -> list[int]:
        """Return where notes of an editor begin within a folded stretch of text, which begins at ``offset``."""
        return [offset + found.start("note") for found in self.amended_within.finditer(folded)]

    def whole(self, folded: str, start: int, end: int) -> Cue | None:
        """Return what a clause is as a whole, with the words that say so."""
        cues = []
        for element, first, pattern in self.wholes:
            if found := pattern.search(folded, start, min(end, start + first) if first else end):
                cues.append(Cue(element, found.start(), found.end()))
        return min(cues, key=lambda cue: cue.start, default=None)

    def cues(self, folded: str, start: int, end: int) -> list[Cue]:
        """Return where elements begin within a clause, in order and without overlap.

        A subject begins a clause or follows another cue: elsewhere the same words refer to something else. Nor is a
        purpose a state of mind where it says what a punishment forbids ("inhabilitación para ejercer").
        """
        found: list[Cue] = []
        for match in self.opens.finditer(folded, start, end):
            element = match.lastgroup or ""
            if element == "subject" and not self._may_act(folded, match.start(), start, found):
                continue
            if element == "mental_element" and found and found[-1].element == "penalty" and match[0].startswith(_FOR):
                continue
            found.append(Cue(element, match.start(), match.end()))
        return found

    def begins_with_penalty(self, folded: str, start: int, end: int) -> bool:
        """Tell whether a clause begins with its punishment."""
        found = self.opens.search(folded, start, min(end, start + _OPENING))
        return found is not None and found.lastgroup == "penalty" and found.start() <= start + _BEGINNING

    def _may_act(self, folded: str, at: int, start: int, found: Sequence[Cue]) -> bool:
        if not found or at <= start + _BEGINNING:
            return at <= start + _BEGINNING
        if found[-1].element == "mental_element" and _OR.search(folded, start, at):
            return True  # "a sabiendas de que ..., o el que simule"
        return found[-1].element in ("penalty", "naming") or (
            found[-1].element == "conduct" and at <= found[-1].end + _BEGINNING
        )

    def verb(self, folded: str, start: int, end: int) -> regex.Match[str] | None:
        """Return the first verb of a conduct."""
        return self.features["conduct"].search(folded, start, end)

    def determined(self, folded: str, start: int) -> bool:
        """Tell whether what begins at ``start`` is a noun with its determiner."""
        word = _FIRST_WORD.match(folded, start)
        return bool(word and self.determiners.fullmatch(folded, word.start("word"), word.end("word") + 1))

    def verbs(self, folded: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Yield the verbs of a conduct."""
        return self.features["conduct"].finditer(folded, start, end)

    def traits(self, element: str, folded: str, start: int, end: int) -> Iterator[Cue]:
        """Yield the first mention of each trait of an element, as cues with the trait's name."""
        seen: set[str] = set()
        pattern = self.features.get(element)
        for match in pattern.finditer(folded, start, end) if pattern else ():
            if (name := match.lastgroup or "") not in seen:
                seen.add(name)
                yield Cue(name, match.start(), match.end())

    def noun(self, folded: str, start: int, end: int, objects: Sequence[str]) -> int:
        """Return where what the conduct is done to begins, -1 for nowhere; ``objects`` are more words for it."""
        found = self.nouns.search(folded, start, end)
        more = _words(objects).search(folded, start, end) if objects else None
        places = [match.start() for match in (found, more) if match]
        if not places:
            return -1
        before = self.determiners.search(folded, start, min(places))
        return before.start() if before else min(places)


@cache
def rules(language: str) -> Rules | None:
    """Return the rules of ``language``, None where there are none."""
    resource: dict[str, Any] = load("nlp.provision_elements")
    if language not in resource["object"]:
        return None
    whole = resource["whole"]
    return Rules(
        language=language,
        amended=regex.compile(rf"\W*(?:(?:{resource['amended'][language]})\s*)+"),
        amended_within=regex.compile(rf"(?<=\w\W+)(?P<note>{resource['amended'][language]})"),
        wholes=tuple((name, entry["first"], _any(entry[language])) for name, entry in whole.items()),
        condition=_any(resource["condition"][language]),
        raised=regex.compile(rf"[,;] (?:{_AND} )?(?P<condition>{'|'.join(resource['condition'][language])}){_END}"),
        opens=_named({name: "|".join(resource["opens"][name][language]) for name in _FIRST_TO_WIN}),
        verb_first=regex.compile(resource["verb_first"][language]),
        same=_any([resource["same"][language]]),
        goes_on=regex.compile(resource["goes_on"][language]),
        nouns=_any(resource["object"][language].split()),
        determiners=regex.compile(rf"(?<!\w)(?:(?:{'|'.join(resource['determiners'][language].split())})[ ’'])+$"),
        means=_any([resource["means"][language]]),
        features={
            element: _named({name: _forms(words[language]) for name, words in traits.items()})
            for element, traits in resource["traits"].items()
            if traits
        },
    )


def _forms(listed: str) -> str:
    forms = sorted((form.strip() for form in listed.split(";")), key=len, reverse=True)
    return "|".join(regex.escape(form).replace(r"\*", r"\w*").replace(r"\ ", " ") for form in forms)


def _any(expressions: Iterable[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(expressions)}){_END}")


def _named(groups: Mapping[str, str]) -> regex.Pattern[str]:
    """Return one pattern for all groups, each match of which names its own."""
    return regex.compile(
        rf"(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in groups.items() if words)}){_END}"
    )


@cache
def _words(beginnings: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, beginnings))})\w*")
