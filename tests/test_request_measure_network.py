"""The network that chooses requested measures: its input, and what it finds in words that no rule knows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nlp.pipeline import annotate
from nlp.requests.measures import network as measure_network
from nlp.requests.measures.evidence import MOODS, NAMED, RULES, Evidence, Named, measure_rows, statement_rows, type_row
from nlp.requests.measures.measures import read_measures
from nlp.requests.measures.mentions import rule_mentions
from nlp.requests.measures.network import measure_scores, token_states
from nlp.requests.reading import request_context
from nlp.requests.statements import Statement

LETTERS = Path(__file__).parent / "gold" / "requests_sixth.jsonl"


def evidence(words: str, *named: Named) -> Evidence:
    return Evidence(Statement(0, len(words), "assistance", ((0, MOODS[0]),)), words, named, boxed=False)


def test_a_statement_has_a_row_for_each_token_whatever_the_window() -> None:
    sentences = ["Please hear the skipper.", *(f"Sentence number {number} of a long letter." for number in range(200))]
    states, owners = token_states(sentences)
    assert len(states) == len(owners)
    assert sorted(set(owners.tolist())) == list(range(len(sentences)))
    assert states.shape[1] == 384


def test_the_states_of_a_statement_depend_on_those_around_it() -> None:
    alone, _ = token_states(["The accounts were frozen."])
    states, owners = token_states(["We do not ask for the following.", "The accounts were frozen."])
    assert not np.allclose(states[owners == 1], alone, atol=0.05)


def test_what_the_rules_found_is_input() -> None:
    one = evidence("Freeze it.", Named("freezing", mood=MOODS[0]), Named("freezing", confidence=0.9))
    rows = measure_rows([one], ["freezing", "confiscation"])
    assert rows[0, 0, [0, NAMED, RULES]].tolist() == pytest.approx([1, 1, 0.9])
    assert not rows[0, 1].any()
    assert statement_rows([one])[0, 0] == 1
    assert type_row("reminder").sum() == type_row("of no known type")[-1] == 1


def test_without_weights_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_network, "_trained", lambda: ((), ()))
    assert measure_scores([evidence("Freeze it.")], "mla_request") == [{}]


def test_measures_in_words_that_no_rule_knows_are_found() -> None:
    rows = (json.loads(line) for line in LETTERS.read_text(encoding="utf-8").splitlines())
    text = next(row["text"] for row in rows if row["id"] == "r7-en-016")
    context = request_context(text, annotate(text))
    found = {proposal.value["measure"] for proposal in read_measures(context)}
    assert {"jit", "cross_border_surveillance"} <= found
    assert not {"jit", "cross_border_surveillance"} & {mention.measure for mention in rule_mentions(context)}


def test_a_measure_that_words_name_is_left_out_where_the_network_doubts_it() -> None:
    rows = map(json.loads, LETTERS.with_name("requests_seventh.jsonl").read_text(encoding="utf-8").splitlines())
    text = next(row["text"] for row in rows if row["id"] == "r8-en-005")
    context = request_context(text, annotate(text))
    assert "service_of_documents" in {mention.measure for mention in rule_mentions(context)}
    assert "service_of_documents" not in {one.value["measure"] for one in read_measures(context)}
