"""Choice of the alarms of the completeness check by the evidence of the letter."""

from __future__ import annotations

import re

import pytest

from extraction.resource import load
from nlp.requests.checks.alarm_choice import LIKELY, trained_weights
from nlp.requests.checks.alarm_evidence import alarm_features
from nlp.requests.checks.checks import explain, state_of
from nlp.requests.proposal import PRESENT
from nlp.requests.weights import feature_probability

BRIEF = {"dates": 0.7, "sentences": 2.0, "birth_dates": 0.0, "length": -0.1, "annexes": 0.0, "deadlines": 0.0}
THOROUGH = {"dates": 3.3, "sentences": 4.2, "birth_dates": 1.4, "length": 0.6, "annexes": 1.8, "deadlines": 1.1}

# A sentence that begins with what is not there.
LACKS = re.compile(r"(?:No |Não |Not |Non |Aucun|Ningun|Nenhum|Falta|Il manque|There is no|Only |De alg|On ne)")


def likely(stated: dict[str, float], *alarms: str) -> float:
    features = alarm_features("purpose_nexus", "missing", "mla_request", alarms, stated)
    return feature_probability(features, trained_weights())


def test_a_thorough_letter_seldom_lacks_a_purpose() -> None:
    assert likely(THOROUGH, "purpose_nexus") < LIKELY < likely(BRIEF, "purpose_nexus", "identity")


def test_an_alarm_is_no_evidence_of_itself() -> None:
    features = alarm_features("identity", "name_only", "eio", ("identity", "signature"), BRIEF)
    assert {name for name in features if name.startswith("other.")} == {"other.signature"}
    assert features["others"] == 1


def test_the_reader_is_told_why_an_item_counts_as_present() -> None:
    assert explain("purpose_nexus.likely", "en") == explain("legal_basis.likely", "en")
    assert "; check" in explain("purpose_nexus.likely", "en")
    assert "may be lacking" in explain("identity.likely", "en")
    assert "penalty of some" in explain("offence_text_and_penalty.some_no_penalty.likely", "en")
    assert "no passage says" in explain("offence_text_and_penalty.likely", "en")


@pytest.mark.parametrize("language", ["es", "pt", "pt-PT", "en", "fr"])
def test_no_item_that_counts_as_present_is_said_to_be_missing(language: str) -> None:
    rules = load("nlp.request_checks")
    stated = [reason for reason in rules["reasons"] if state_of(reason.partition(".")[2]) == PRESENT]
    for reason in (*stated, *(f"{key}.likely" for key in rules["likely"])):
        words = explain(reason, language)
        assert not LACKS.match(words), (reason, words)


def test_an_order_rests_on_the_directive() -> None:
    assert "2014/41/EU" in explain("legal_basis.order", "en")
    assert "treaty" not in explain("legal_basis.order", "en")
