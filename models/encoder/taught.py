"""Training pairs from the concept layer: labels across languages, questions, and articles with a label in the heading.

An article is assigned to a concept by its heading alone, with the labels of its country; its queries are labels and
questions in the four languages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations

import regex

from benchmarks.comparative import LANGUAGES as SPOKEN
from benchmarks.comparative import Article
from models.encoder.provisions import Pair, alike, answer, heading_of, with_above
from nlp.concepts.layer import LANGUAGES, Concept, broader_concepts, concepts, labels_for


def taught(measured: Sequence[str]) -> list[Concept]:
    """Return the concepts with labels in all languages, without ``measured`` ones and those narrower."""
    return [
        concept
        for concept in concepts().values()
        if not {*measured} & {concept.id, *broader_concepts(concept.id)} and all(_exact(concept, c) for c in LANGUAGES)
    ]


def names(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield labels of each concept in each pair of languages, twice."""
    for concept in chosen:
        for one, other in permutations(LANGUAGES, 2):
            for _ in range(2):
                yield alike("names", dice.choice(_exact(concept, one)), dice.choice(_exact(concept, other)), concept.id)


def definitions(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield the definition of each concept with a label and with a question in another language."""
    for concept in chosen:
        for one, other in permutations(LANGUAGES, 2):
            defined = concept.definition[other]
            yield answer("definitions", dice.choice(_exact(concept, one)), defined, concept.id)
            yield answer("definitions", dice.choice(concept.situations[one]), defined, concept.id)


def questions(chosen: Sequence[Concept], dice: random.Random) -> Iterator[Pair]:
    """Yield each question with a label of its concept and with a question, in each other language."""
    for concept in chosen:
        own = concept.situations
        for one, other in permutations(LANGUAGES, 2):
            for question in own[one]:
                yield alike("questions", question, dice.choice(_exact(concept, other)), concept.id)
                yield alike("questions", question, dice.choice(own[other]), concept.id)


def named_articles(
    laws: Sequence[Article], chosen: Sequence[Concept], most: int, dice: random.Random
) -> Iterator[Pair]:
    """Yield at most ``most`` articles of each country and concept whose heading contains a label of the country.

    The queries of each are a label and a question of the concept in every language.
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
    labels = [label.text for label in labels_for(concept.id, country, language) if label.relation in ("", "narrower")]
    if not labels:
        return None
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, labels))})(?!\w)", regex.IGNORECASE)


def _exact(concept: Concept, language: str) -> list[str]:
    return [label.text for label in concept.labels_in(language) if label.relation in ("", "weak")]
