"""Words and patterns of clauses: each stands for what its note in the resource says."""

from __future__ import annotations

from dataclasses import fields

import pytest

from extraction.resource import load
from nlp.elements.clause_patterns import RESOURCE, ClausePatterns, clause_patterns
from nlp.elements.mental_ends import MentalPatterns, mental_patterns
from nlp.elements.verb_words import VerbWords, verb_words

SECTIONS = {"clauses": ClausePatterns, "mental_elements": MentalPatterns, "verbs": VerbWords}

CLAUSES = [
    # name, text that begins with it, text that does not
    ("manner", "maliciosamente", "armas"),
    ("complement", " a fazer", " fazer"),
    ("a_infinitive", " a fazer", " a casa"),
    ("de_infinitive", " d'en faire usage", " de la maison"),
    ("of_what", " que procede", " y procede"),
    ("future_perfect", " l'aura commis", " l'a commis"),
    ("inserted", " caracterisee par un ou plusieurs faits, de violences", " caracterisee par un fait"),
    ("consists", "consiste en", "comprende"),
    ("joined", "o en razon", "o razon"),
    ("only_conjunction", "ou", "d'ou"),
    ("paragraph", "§ 2", "2."),
    ("paragraph", "paragrafo unico", "art. 2"),
    ("number", "1° depouille", "depouille"),
    ("number", "a) que", "a que"),
    ("number", "iv - ocultar", "iv ocultar"),
]

MENTAL_ELEMENTS = [
    ("or_to_do", " ou d'exercer", " ou exercice"),
    ("or_falsely", " or falsely personates another", " or personates another"),
    ("or_finite", " o comunica", " comunica"),
    ("and_infinitive", " o transformar", " o transforma"),
    ("other_aim", " or with the knowledge that", " or a person"),
    ("next_fault", " imprudence, inattention", " imprudence"),
]

WORDS = [
    ("subordinating", "aunque", "para"),
    ("auxiliaries", "aura", "est"),
    ("modals", "shall", "be"),
    ("before_verbs", "se", "la"),
]


@pytest.mark.parametrize(("section", "kind"), SECTIONS.items())
def test_every_name_of_the_resource_is_read(section: str, kind: type) -> None:
    assert set(load(RESOURCE)[section]) == {field.name for field in fields(kind)}


@pytest.mark.parametrize(("name", "text", "other"), CLAUSES)
def test_patterns_of_clauses(name: str, text: str, other: str) -> None:
    pattern = getattr(clause_patterns(), name)
    assert pattern.match(text)
    assert not pattern.fullmatch(other)
    assert not pattern.match(other)


@pytest.mark.parametrize(("name", "text", "other"), MENTAL_ELEMENTS)
def test_patterns_of_mental_elements(name: str, text: str, other: str) -> None:
    pattern = getattr(mental_patterns(), name)
    assert pattern.match(text)
    assert not pattern.match(other)


@pytest.mark.parametrize(("name", "word", "other"), WORDS)
def test_words_of_verbs(name: str, word: str, other: str) -> None:
    words = getattr(verb_words(), name)
    assert word in words
    assert other not in words


@pytest.mark.parametrize(
    ("language", "adverb", "noun"),
    [("es", "dolosamente", "muerte"), ("en", "unlawfully", "family"), ("fr", "publiquement", "reglement")],
)
def test_adverbs_of_manner_are_told_from_nouns(language: str, adverb: str, noun: str) -> None:
    pattern = verb_words().manner_adverbs[language]
    assert pattern.fullmatch(adverb)
    assert not pattern.fullmatch(noun)


def test_present_tense_is_no_future_subjunctive() -> None:
    assert verb_words().future_subjunctive.fullmatch("cometiere")
    assert not verb_words().future_subjunctive.fullmatch("requiere")
