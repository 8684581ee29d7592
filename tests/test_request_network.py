"""The network that reads letters: its input, and what it finds in words that no rule knows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nlp.pipeline import annotate
from nlp.requests.measures.evidence import MOODS, NAMED, RULES, Evidence, Named, measure_rows, statement_rows, type_row
from nlp.requests.measures.measures import read_measures
from nlp.requests.measures.rule_mentions import rule_mentions
from nlp.requests.network import heads
from nlp.requests.network.heads import letter_scores, role_scores
from nlp.requests.network.tokens import letter_tokens
from nlp.requests.persons.role_classifier import CLASSES
from nlp.requests.reading import request_context
from nlp.requests.statements import Statement

LETTERS = Path(__file__).parent / "gold" / "requests_sixth.jsonl"


def evidence(words: str, *named: Named) -> Evidence:
    return Evidence(Statement(0, len(words), "assistance", ((0, MOODS[0]),)), words, named, boxed=False)


def test_a_statement_has_a_row_for_each_token_whatever_the_window() -> None:
    sentences = ["Please hear the skipper.", *(f"Sentence number {number} of a long letter." for number in range(200))]
    tokens = letter_tokens(sentences)
    assert len(tokens.states) == len(tokens.owners) == len(tokens.places)
    assert sorted(set(tokens.owners.tolist())) == list(range(len(sentences)))
    assert tokens.states.shape[1] == 384


def test_the_states_of_a_statement_depend_on_those_around_it() -> None:
    alone = letter_tokens(["The accounts were frozen."]).states
    tokens = letter_tokens(["We do not ask for the following.", "The accounts were frozen."])
    assert not np.allclose(tokens.states[tokens.owners == 1], alone, atol=0.05)


def test_the_tokens_of_a_name_are_those_of_its_characters() -> None:
    text = "Please hear Ana Ruiz."
    tokens = letter_tokens([text])
    name = tokens.within(0, text.index("Ana"), text.index("."))
    assert 2 <= len(name) < len(tokens.states)
    assert not len(tokens.within(1, 0, 5))


def test_what_the_rules_found_is_input() -> None:
    one = evidence("Freeze it.", Named("freezing", mood=MOODS[0]), Named("freezing", confidence=0.9))
    rows = measure_rows([one], ["freezing", "confiscation"])
    assert rows[0, 0, [0, NAMED, RULES]].tolist() == pytest.approx([1, 1, 0.9])
    assert not rows[0, 1].any()
    assert statement_rows([one])[0, 0] == 1
    assert type_row("reminder").sum() == type_row("of no known type")[-1] == 1


def test_without_weights_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "_trained", lambda: None)
    assert letter_scores([evidence("Freeze it.")], "mla_request") is None


def test_a_name_outside_the_statements_has_no_role_by_the_network() -> None:
    words = "Please hear the witness Ana Ruiz."
    read = letter_scores([evidence(words)], "mla_request")
    assert read is not None
    rows = role_scores(read, [[(0, words.index("Ana"), len(words) - 1)], []], len(CLASSES))
    assert rows[0].sum() == pytest.approx(1, abs=1e-3)
    assert np.isnan(rows[1]).all()


def test_measures_in_words_that_no_rule_knows_are_found() -> None:
    rows = (json.loads(line) for line in LETTERS.read_text(encoding="utf-8").splitlines())
    text = next(row["text"] for row in rows if row["id"] == "r7-en-016")
    context = request_context(text, annotate(text))
    found = {proposal.value["measure"] for proposal in read_measures(context)}
    assert "jit" in found
    assert "jit" not in {mention.measure for mention in rule_mentions(context)}


def test_a_measure_that_words_name_is_left_out_where_the_network_doubts_it() -> None:
    rows = map(json.loads, LETTERS.with_name("requests_seventh.jsonl").read_text(encoding="utf-8").splitlines())
    text = next(row["text"] for row in rows if row["id"] == "r8-en-005")
    context = request_context(text, annotate(text))
    assert "service_of_documents" in {mention.measure for mention in rule_mentions(context)}
    assert "service_of_documents" not in {one.value["measure"] for one in read_measures(context)}
