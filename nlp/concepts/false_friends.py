"""False friends: meanings of a word by country, with explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.concepts.layer import concept
from nlp.folding import words_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning of a word; ``concept`` is empty if it is not in the concept layer, ``countries`` are empty for all.

    ``words`` are folded context words of a question that select this meaning.
    """

    concept: str
    countries: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """An ambiguous word: ``terms`` by language, ``note`` an explanation.

    ``excluded_concept`` is a concept that it never means although it is written like its name; empty if none.
    """

    terms: Mapping[str, tuple[str, ...]]
    meanings: tuple[Meaning, ...]
    excluded_concept: str
    note: Mapping[str, str]

    def concepts(self) -> frozenset[str]:
        """Return the ids of the concepts it may mean."""
        return frozenset(meaning.concept for meaning in self.meanings if meaning.concept)


@dataclass(frozen=True, slots=True)
class AmbiguousWord:
    """A false friend in a question; ``decided`` is the meaning selected by context words, or None."""

    term: str
    friend: FalseFriend
    decided: Meaning | None

    def meaning_in(self, country: str) -> Meaning | None:
        """Return the meaning in the law of ``country`` (ISO 3166 alpha-2): as decided, else its first one there."""
        if self.decided is not None:
            return self.decided
        code = country.upper()
        return next((each for each in self.friend.meanings if not each.countries or code in each.countries), None)

    def likeliest(self, country: str, punished: bool) -> Meaning | None:
        """Return the meaning in a provision of ``country``: an offence if it is punitive, else another concept."""
        possible = [
            each for each in self.friend.meanings if not (each.countries and country) or country in each.countries
        ]
        fitting = (each for each in possible if each.concept and concept(each.concept).penal is punished)
        return next(fitting, possible[0] if possible else None)

    def not_meant(self, country: str = "") -> frozenset[str]:
        """Return the concepts to exclude in the law of ``country`` (empty: of any country)."""
        meant = self.decided if not country else self.meaning_in(country)
        others = self.friend.concepts() - {meant.concept} if meant is not None else frozenset()
        return others | ({self.friend.excluded_concept} - {""})


@cache
def false_friends() -> tuple[FalseFriend, ...]:
    """Return all false friends of the resource."""
    return tuple(
        FalseFriend(
            terms={language: tuple(terms) for language, terms in entry["terms"].items()},
            meanings=tuple(
                Meaning(each["concept"], tuple(each["countries"]), frozenset(each["words"]))
                for each in entry["meanings"]
            ),
            excluded_concept=entry.get("not", ""),
            note=entry["note"],
        )
        for entry in load("nlp.false_friends")["pairs"]
    )


def is_verb(label: str, language: str, before: str, after: str) -> bool:
    """Return whether a ``label`` of one word is a verb between the words ``before`` and ``after`` it."""
    entry = _verbs().get((label, language))
    return entry is not None and any(
        pattern.search(words.lower()) is not None for pattern, words in zip(entry, (before, after), strict=True)
    )


@cache
def _verbs() -> dict[tuple[str, str], tuple[regex.Pattern[str], regex.Pattern[str]]]:
    entries = load("nlp.false_friends")["verbs"]
    return {
        (each["t"], each["language"]): (regex.compile(each["before"]), regex.compile(each["after"])) for each in entries
    }


def false_friends_of(concept_id: str) -> tuple[FalseFriend, ...]:
    """Return the false friends that may mean a concept, or never mean it."""
    return tuple(
        each for each in false_friends() if concept_id in each.concepts() or concept_id == each.excluded_concept
    )


def ambiguous_words(text: str, language: str) -> tuple[AmbiguousWord, ...]:
    """Return the false friends in a question in ``language``, with the longest matching term of each."""
    question = words_of(text).forms
    singular = [_singular(word) for word in question]
    known, ambiguous = frozenset(singular), []
    for friend, terms in _terms(language):
        longest = next((term for term, words in terms if words[0] in known and _contains(singular, words)), "")
        if longest:
            ambiguous.append(AmbiguousWord(longest, friend, _decided(friend, question)))
    return tuple(ambiguous)


@cache
def _terms(language: str) -> tuple[tuple[FalseFriend, tuple[tuple[str, list[str]], ...]], ...]:
    """Return each false friend with its terms in a language and their words, the longest first."""
    listed = ((friend, sorted(friend.terms.get(language, ()), key=len, reverse=True)) for friend in false_friends())
    return tuple(
        (friend, tuple((term, [_singular(word) for word in words_of(term).forms]) for term in terms))
        for friend, terms in listed
    )


def _decided(friend: FalseFriend, question: list[str]) -> Meaning | None:
    """Return the meaning with most context words in the question; None if there are none or two are equal."""
    if len(friend.meanings) == 1:
        return friend.meanings[0]
    counts = [len(meaning.words.intersection(question)) for meaning in friend.meanings]
    most = max(counts)
    return friend.meanings[counts.index(most)] if most and counts.count(most) == 1 else None


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _contains(words: list[str], term: list[str]) -> bool:
    return any(words[place : place + len(term)] == term for place in range(len(words) - len(term) + 1))
