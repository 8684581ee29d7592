"""Choice between the measures in words and those of the network, in letters of statements made for it."""

import pytest

from nlp.requests.measures.choice import awaited_measures, is_doubted, likely_measures
from nlp.requests.measures.evidence import Evidence, Named
from nlp.requests.statements import ASKED, NEUTRAL, REPORTED, Statement

LENGTH = 10
HEARING, BANK, TRAFFIC = "hearing_witness", "bank_information", "traffic_data"


def statement(mood: str = ASKED, *named: Named, number: int = 0, is_item: bool = False) -> Evidence:
    start = number * LENGTH
    return Evidence(Statement(start, start + LENGTH, "", ((start, mood),), is_item), "words", named, boxed=False)


def letter(**likely: float) -> list[tuple[Evidence, dict[str, float]]]:
    return [(statement(number=number), likely if number == 0 else {}) for number in range(12)]


@pytest.mark.parametrize(
    ("measure", "likely", "doubted"),
    [
        pytest.param(HEARING, {HEARING: 0.7, BANK: 0.2}, False, id="likely"),
        pytest.param(HEARING, {HEARING: 0.5, BANK: 0.2}, True, id="unlikely"),
        pytest.param(TRAFFIC, {TRAFFIC: 0.7, BANK: 0.9}, True, id="another one of the statement is likelier"),
        pytest.param(TRAFFIC, {TRAFFIC: 0.85, BANK: 0.9}, False, id="as likely as another one"),
        pytest.param(TRAFFIC, {TRAFFIC: 0.92, BANK: 1.0}, False, id="certain beside another one"),
        pytest.param("videoconference", {"videoconference": 0.7, HEARING: 0.99}, False, id="the manner of another one"),
        pytest.param("extradition", {HEARING: 0.9}, False, id="a measure that the network does not know"),
    ],
)
def test_words_are_doubted(measure: str, likely: dict[str, float], doubted: bool) -> None:
    assert is_doubted(measure, 3, letter(**likely)) is doubted
    assert not is_doubted(measure, LENGTH + 3, letter(**likely))
    assert not is_doubted(measure, 3, letter(**likely)[:11])


def test_measures_of_other_clauses_say_nothing_against_words() -> None:
    scored = letter(**{TRAFFIC: 0.7, BANK: 0.99})
    assert is_doubted(TRAFFIC, 3, scored)
    assert not is_doubted(TRAFFIC, 3, scored, {BANK})


@pytest.mark.parametrize(
    ("mood", "named", "probability", "found"),
    [
        pytest.param(ASKED, (), 0.5, False, id="unlikely"),
        pytest.param(ASKED, (), 0.6, True, id="likely"),
        pytest.param(NEUTRAL, (), 0.6, False, id="not asked in words"),
        pytest.param(NEUTRAL, (), 0.7, True, id="not asked in words, likelier"),
        pytest.param(REPORTED, (), 0.99, False, id="reported"),
        pytest.param(ASKED, (Named(HEARING, confidence=0.9),), 0.7, True, id="beside one of the rules"),
        pytest.param(ASKED, (Named(BANK, mood=ASKED),), 0.7, True, id="named in words, not requested by a rule"),
    ],
)
def test_measures_that_no_rule_finds(mood: str, named: tuple[Named, ...], probability: float, found: bool) -> None:
    scored = [(statement(mood, *named), {BANK: probability}), *letter()[1:]]
    assert [measure for measure, _, _ in likely_measures(scored, (), ())] == [BANK] * found
    in_short_text = [measure for measure, _, _ in likely_measures(scored[:1], (), ())]
    assert in_short_text == [BANK] * (found and BANK not in {name.measure for name in named})
    assert not list(likely_measures(scored, {(BANK, LENGTH - 1)}, ()))
    elsewhere = [measure for measure, _, _ in likely_measures(scored, {(BANK, LENGTH)}, ())]
    assert elsewhere == [BANK] * found


def test_a_request_for_secrecy_requests_no_measure() -> None:
    scored = [(statement(), {BANK: 0.99})]
    assert not list(likely_measures(scored, (), [4]))
    assert list(likely_measures(scored, (), [LENGTH]))


def test_items_of_a_reminder_are_read_by_the_network() -> None:
    awaited, reported = statement(NEUTRAL, is_item=True), statement(REPORTED, number=1, is_item=True)
    scored = [(awaited, {BANK: 0.75, HEARING: 0.5}), (reported, {TRAFFIC: 0.99}), (statement(number=2), {TRAFFIC: 0.9})]
    assert list(awaited_measures(scored, ())) == [(BANK, awaited.statement, 0.75)]
    assert not list(awaited_measures(scored, {(BANK, 0)}))
