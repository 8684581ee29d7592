"""The questions that the encoder learns from: concepts that exist, three of each language, no one said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from extraction.resource import load
from nlp.concepts.layer import LANGUAGES, concepts

ASKED: Mapping[str, Mapping[str, Sequence[str]]] = load("nlp.concept_questions")
# Concepts that may wait for their questions while the layer grows.
WAITING = 10


def test_every_concept_that_is_asked_for_exists() -> None:
    assert ASKED.keys() <= concepts().keys()


@pytest.mark.parametrize("code", ASKED)
def test_each_language_has_three_different_questions(code: str) -> None:
    assert set(ASKED[code]) == set(LANGUAGES)
    for language in LANGUAGES:
        written = [question.strip().casefold() for question in ASKED[code][language]]
        assert len(written) == len(set(written)) == 3, (code, language)
        assert all(written), (code, language)


def test_no_question_is_asked_of_two_concepts() -> None:
    for language in LANGUAGES:
        asked = Counter(question.casefold() for by_language in ASKED.values() for question in by_language[language])
        assert [question for question, times in asked.items() if times > 1] == []


def test_nearly_all_concepts_have_questions() -> None:
    assert len(concepts().keys() - ASKED.keys()) <= WAITING
