"""False friends: what a word means in which country, and why two meanings are kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.concepts.layer import concept
from nlp.lexicon import words_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may mean: ``concept`` is empty for a meaning that is none; ``countries`` are empty for any.

    ``words`` are folded words of a question that decide for this meaning.
    """

    concept: str
    countries: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """``terms`` by language, ``kept_apart`` a concept that it never means, ``note`` why, in the four languages."""

    terms: Mapping[str, tuple[str, ...]]
    meanings: tuple[Meaning, ...]
    kept_apart: str
    note: Mapping[str, str]

    def concepts(self) -> frozenset[str]:
        """Return the concepts that it may mean."""
        return frozenset(meaning.concept for meaning in self.meanings if meaning.concept)


@dataclass(frozen=True, slots=True)
class AmbiguousWord:
    """A false friend in a question; ``decided`` is what the words beside it decide for, None where they do not."""

    term: str
    friend: FalseFriend
    decided: Meaning | None

    def meaning_in(self, country: str) -> Meaning | None:
        """Return what it means in the law of ``country`` (ISO 3166 alpha-2): as decided, else its first there."""
        if self.decided is not None:
            return self.decided
        there = (one for one in self.friend.meanings if not one.countries or country.upper() in one.countries)
        return next(there, None)

    def likeliest(self, country: str, punished: bool) -> Meaning | None:
        """Return what it means in a provision of ``country``: an offence where that punishes, else what is none."""
        there = [one for one in self.friend.meanings if not one.countries or not country or country in one.countries]
        fitting = (one for one in there if one.concept and concept(one.concept).penal is punished)
        return next(fitting, there[0] if there else None)

    def not_meant(self, country: str = "") -> frozenset[str]:
        """Return the concepts that must not be mixed in among those of ``country``; of any, where none is given."""
        meant = self.decided if not country else self.meaning_in(country)
        others = self.friend.concepts() - {meant.concept} if meant is not None else frozenset()
        return others | ({self.friend.kept_apart} - {""})


@cache
def false_friends() -> tuple[FalseFriend, ...]:
    """Return every false friend that is listed."""
    return tuple(
        FalseFriend(
            terms={language: tuple(terms) for language, terms in entry["terms"].items()},
            meanings=tuple(
                Meaning(one["concept"], tuple(one["countries"]), frozenset(one["words"])) for one in entry["meanings"]
            ),
            kept_apart=entry.get("not", ""),
            note=entry["note"],
        )
        for entry in load("nlp.false_friends")["pairs"]
    )


def false_friends_of(concept_id: str) -> tuple[FalseFriend, ...]:
    """Return the false friends that may mean a concept or are kept apart from it."""
    return tuple(one for one in false_friends() if concept_id in one.concepts() or concept_id == one.kept_apart)


def ambiguous_words(text: str, language: str) -> tuple[AmbiguousWord, ...]:
    """Return the false friends that a question in ``language`` holds, the longest term of each."""
    asked = words_of(text).forms
    found = []
    for friend in false_friends():
        terms = sorted(friend.terms.get(language, ()), key=len, reverse=True)
        held = next((term for term in terms if _stands(words_of(term).forms, asked)), "")
        if held:
            found.append(AmbiguousWord(held, friend, _decided(friend, asked)))
    return tuple(found)


def _decided(friend: FalseFriend, asked: list[str]) -> Meaning | None:
    """Return the meaning most of whose words stand in the question; None where no word or two meanings' words do."""
    if len(friend.meanings) == 1:
        return friend.meanings[0]
    counts = [len(meaning.words.intersection(asked)) for meaning in friend.meanings]
    most = max(counts)
    return friend.meanings[counts.index(most)] if most and counts.count(most) == 1 else None


def _stands(term: list[str], asked: list[str]) -> bool:
    folded = [word.removesuffix("s") for word in asked]
    wanted = [word.removesuffix("s") for word in term]
    return any(folded[place : place + len(wanted)] == wanted for place in range(len(folded) - len(wanted) + 1))
