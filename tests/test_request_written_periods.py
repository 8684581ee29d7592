"""Periods that a person writes as a correction: days, months and years."""

from typing import Any

import pytest

from app.requests.corrections import check_correction
from app.requests.decided_fields import corrected_value
from extraction.errors import RogatioError

PERIODS = [
    ("2025-03", "2025-03", "2025-03"),
    ("2024", "2024", "2024"),
    ("2024 - 2025", "2024", "2025"),
    ("2024-11 – 2025-03", "2024-11", "2025-03"),
    ("de 2024-11 a 2025-03-15", "2024-11", "2025-03-15"),
    ("2025-01-02 – 2025-03-04", "2025-01-02", "2025-03-04"),
    ("del 1 de marzo de 2025 al 4 de abril de 2025", "2025-03-01", "2025-04-04"),
    ("from 1 March 2025 to 4 April 2025", "2025-03-01", "2025-04-04"),
    ("du 1er mars 2025 au 4 avril 2025", "2025-03-01", "2025-04-04"),
    ("5 de maio de 2025", "2025-05-05", "2025-05-05"),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_a_period_of_the_facts_and_of_a_measure(text: str, first: str, last: str) -> None:
    read: dict[str, Any] = {"from": "2019-01-01", "to": "2019-12-31"}
    check_correction("facts_period", read, text)
    assert corrected_value("facts_period", read, text) == {"from": first, "to": last}
    measure = {"measure": "bank_information", "target": "ES91 2100", "period": None}
    found = corrected_value("measures", measure, f"bank_information · ES91 2100 · {text}")
    assert (found["target"], found["period"]) == ("ES91 2100", {"from": first, "to": last})


@pytest.mark.parametrize("text", ["soon", "2025-13", "cuenta 2025", "3 de marzo"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(RogatioError, match="unknown_request_value"):
        check_correction("facts_period", {"from": "2019", "to": "2019"}, text)
    found = corrected_value("measures", {"measure": "", "target": "", "period": None}, f"bank_information · {text}")
    assert (found["target"], found["period"]) == (text, None)
