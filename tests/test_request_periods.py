"""The period of the facts among the other dates of a letter: births, requested records, steps of the proceedings."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.dates.facts_period import weighed_periods
from nlp.requests.dates.period_evidence import date_candidates
from nlp.requests.reading import read_request, request_context

HEAD = (
    "OFFICE OF THE ATTORNEY GENERAL\nBridgetown, Barbados, 12 March 2025\n\nTo the Central Authority of the Kingdom of "
    "Spain\nMadrid\n\nRequest for mutual legal assistance\n\n"
)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        (
            "The offences were committed between 4 March 2023 and 6 May 2023, when Alan Reid, born on 2 "
            "June 1980, obtained "
            "money for goods that did not exist. Please provide the statements of account 778812 from 1 "
            "January 2023 to 31 December 2023.\n",
            "2023-03-04",
            "2023-05-06",
        ),
        (
            "In the night of 6 to 9 February 2024 two men stole twelve paintings from the museum. Please "
            "hear the witness "
            "Paul Maes before 30 June 2025. The warrant was issued on 3 October 2024.\n",
            "2024-02-06",
            "2024-02-09",
        ),
    ],
)
def test_period_of_facts(words: str, first: str, last: str) -> None:
    text = HEAD + words
    (found,) = read_request(text, annotate(text)).fields["facts_period"]
    assert found.value == {"from": first, "to": last}


US_HEAD = (
    "U.S. Department of Justice\nOffice of International Affairs\nOctober 9, 2026\nTO: The Central Authority of Chile\n"
    "SUBJECT: Request for Assistance\n"
)


@pytest.mark.parametrize(
    ("head", "words", "first", "last"),
    [
        (
            US_HEAD,
            "From 02/04/2023 to 05/06/2024 Lee Marsh sold forged bonds to clients.\n",
            "2023-02-04",
            "2024-05-06",
        ),
        (
            "To the Central Authority of Chile\n",
            "Lee Marsh, born 11/28/1981, sold forged bonds from June 1, 2023 through 05/06/2024.\n",
            "2023-06-01",
            "2024-05-06",
        ),
        (HEAD, "From 02/04/2023 to 05/06/2024 Lee Marsh sold forged bonds to clients.\n", "2023-04-02", "2024-06-05"),
    ],
)
def test_order_of_day_and_month(head: str, words: str, first: str, last: str) -> None:
    """It is that of the requesting State, or of a date that can be read in one order only."""
    text = head + words + "Please provide the records of account 5521-8890 at Banco Austral.\n"
    (found,) = read_request(text, annotate(text)).fields["facts_period"]
    assert found.value == {"from": first, "to": last}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("On 7, 19 and 28 January 2024 he sent arms.\n", ["2024-01-07", "2024-01-19", "2024-01-28"]),
        ("From April to June 2023, and on 12/07/2023, he paid.\n", ["2023-04", "2023-06", "2023-07-12"]),
        ("It began in 2019 and ended on 11 November 2022.\n", ["2019", "2022-11-11"]),
        ("On the 8th of January last a boat was stopped; another on 3 December.\n", ["2024-12-03", "2025-01-08"]),
        (
            "Na noite de 14 para 15 de setembro de 2024, e no dia 7 do corrente.\n",
            ["2024-09-14", "2024-09-15", "2025-03-07"],
        ),
        (
            "Desde el catorce de enero de dos mil veinticuatro y el primero de mayo de 2024.\n",
            ["2024-01-14", "2024-05-01"],
        ),
        ("De la mi-novembre 2023 au vingt-huit mai deux mil vingt-quatre.\n", ["2023-11", "2024-05-28"]),
    ],
)
def test_dates_take_what_they_lack_from_the_next(words: str, values: list[str]) -> None:
    text = HEAD + words
    context = request_context(text, annotate(text))
    found = [one.value for one in date_candidates(context)]
    assert [value for value in found if value != "2025-03-12"] == values


def test_no_period_ends_before_it_begins() -> None:
    text = HEAD + "On 3 May 2023 he sold the land; on 9 June 2023 he was paid; in 2023 he left.\n"
    periods = weighed_periods(request_context(text, annotate(text)))
    ends = [periods.ends(number) for number in range(len(periods.pairs))]
    assert ("2023-05-03", "2023-06-09") in ends
    assert ("2023-06-09", "2023-05-03") not in ends
    assert ("2023-05-03", "") in ends


def test_the_dates_of_a_long_file_are_limited() -> None:
    text = HEAD + "".join(f"On {1 + day % 28} May {1950 + day // 28} he paid.\n" for day in range(600))
    assert len(date_candidates(request_context(text, annotate(text)))) == 60
