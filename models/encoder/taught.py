"""Pairs that the concept layer gives: names across languages, questions, and articles whose heading bears a name.

Which article is about a concept is told by its heading alone, as its own country names the concept; what is asked for
it is a name or a question in any of the four languages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations

import regex
from comparative import LANGUAGES as SPOKEN
from comparative import Article
from provisions import Pair, alike, answer, heading_of, with_above

from nlp.concepts.layer import LANGUAGES, Concept, broader_concepts, concepts, labels_for


def taught(measured: Sequence[str]) -> list[Concept]:
    """Return the concepts that all languages name, without those that are ``measured`` and what is narrower."""
    return [
        concept
        for concept in concepts().values()
        if not {*measured} & {concept.id, *broader_concepts(concept.id)} and all(_exact(concept, c) for c in LANGUAGES)
    ]


def names(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield the names of a concept in each two languages, twice."""
    for concept in chosen:
        for one, other in permutations(LANGUAGES, 2):
            for _ in range(2):
                yield alike("names", dice.choice(_exact(concept, one)), dice.choice(_exact(concept, other)), concept.id)


def definitions(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield the sentence that defines a concept with a name and with a question of it in another language."""
    for concept in chosen:
        for one, other in permutations(LANGUAGES, 2):
            defined = concept.definition[other]
            yield answer("definitions", dice.choice(_exact(concept, one)), defined, concept.id)
            yield answer("definitions", dice.choice(concept.situations[one]), defined, concept.id)


def questions(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield each question with a name of its concept in each other language, and with a question of that language."""
    for concept in chosen:
        own = concept.situations
        for one, other in permutations(LANGUAGES, 2):
            for question in own[one]:
                yield alike("questions", question, dice.choice(_exact(concept, other)), concept.id)
                yield alike("questions", question, dice.choice(own[other]), concept.id)


def named_articles(
    laws: Sequence[Article], chosen: Sequence[Concept], most: int, dice: random.Random
) -> Iterator[Pair]:
    """Yield articles whose heading bears a concept's name in their country, ``most`` for each country and concept.

    Each is asked by one of the concept's questions and by one of its names in all languages.
    """
    for country, language in SPOKEN.items():
        own = [(article, heading_of(article)) for article in laws if article.country == country]
        for concept in chosen:
            pattern = _pattern(concept, country, language)
            found = [article for article, head in own if pattern and pattern.search(head)]
            for article in dice.sample(found, min(len(found), most)):
                for spoken in LANGUAGES:
                    yield answer("articles", dice.choice(_exact(concept, spoken)), with_above(article), concept.id)
                    question = dice.choice(concept.situations[spoken])
                    yield answer("answers", question, with_above(article), concept.id)


def _pattern(concept: Concept, country: str, language: str) -> regex.Pattern[str] | None:
    called = [label.text for label in labels_for(concept.id, country, language) if label.relation in ("", "narrower")]
    if not called:
        return None
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, called))})(?!\w)", regex.IGNORECASE)


def _exact(concept: Concept, language: str) -> list[str]:
    return [label.text for label in concept.labels_in(language) if label.relation in ("", "weak")]
