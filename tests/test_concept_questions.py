"""Training texts of the concept classifier: existing concepts, four languages, no duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from extraction.resource import load
from nlp.concepts.layer import LANGUAGES, concepts

ASKED: Mapping[str, Mapping[str, Sequence[str]]] = load("nlp.concept_questions")
# Concepts that may wait for their questions while the layer grows.
WAITING = 10


def test_every_concept_that_is_requested_exists() -> None:
    assert ASKED.keys() <= concepts().keys()


@pytest.mark.parametrize("code", ASKED)
def test_each_language_has_three_different_questions(code: str) -> None:
    assert set(ASKED[code]) == set(LANGUAGES)
    for language in LANGUAGES:
        written = [question.strip().casefold() for question in ASKED[code][language]]
        assert len(written) == len(set(written)) == 3, (code, language)
        assert all(written), (code, language)


def test_no_question_belongs_to_two_concepts() -> None:
    for language in LANGUAGES:
        query = Counter(question.casefold() for by_language in ASKED.values() for question in by_language[language])
        assert [question for question, times in query.items() if times > 1] == []


def test_nearly_all_concepts_have_questions() -> None:
    assert len(concepts().keys() - ASKED.keys()) <= WAITING


TOLD = sorted((Path(__file__).parent.parent / "models" / "encoder" / "told").glob("*.yaml"))


@pytest.mark.parametrize("path", TOLD, ids=[path.stem for path in TOLD])
def test_situations_are_of_concepts_that_exist_in_as_many_texts_of_each_language(path: Path) -> None:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert held.keys() <= concepts().keys() | {"nothing"}
    for code, texts in held.items():
        assert set(texts) == set(LANGUAGES), code
        assert len({len(own) for own in texts.values()}) == 1, code
        assert all(isinstance(text, str) and text.strip() for own in texts.values() for text in own), code


def test_no_situation_occurs_twice_or_is_used_for_measurement() -> None:
    held = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in TOLD]
    assert [code for code, times in Counter(code for one in held for code in one).items() if times > 1] == []
    reported = Counter(text for one in held for texts in one.values() for own in texts.values() for text in own)
    assert [text for text, times in reported.items() if times > 1] == []
    measures = (Path(__file__).parent.parent / "benchmarks").glob("*asked*.yaml")
    questions = (Path(__file__).parent.parent / "benchmarks" / "concept_questions.tsv").read_text(encoding="utf-8")
    assert not reported.keys() & {text for row in questions.splitlines() for text in row.split("\t")}
    for path in measures:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")).values()
        request = {text for entry in entries for text in (*entry["name"].values(), *entry["question"].values())}
        assert not request & reported.keys(), path.name
