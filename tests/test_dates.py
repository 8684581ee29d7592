"""Dates in the four languages, formal and partial, and text that is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.entities.dates import find_dates, month_number, writes_month_first

WHOLE = [
    ("tres (3) de mayo de dos mil veinticuatro (2024)", "2024-05-03"),
    ("catorce días del mes de marzo del año dos mil veintitrés", "2023-03-14"),
    ("primero de enero de dos mil veinte", "2020-01-01"),
    ("25-XI-2015", "2015-11-25"),
    ("4 de setiembre de 2019", "2019-09-04"),
    ("1.º de março de 2024", "2024-03-01"),
    ("quinze dias do mês de janeiro de dois mil e vinte e um", "2021-01-15"),
    ("premier janvier deux mille vingt", "2020-01-01"),
    ("fourth day of June two thousand and twenty-one", "2021-06-04"),
    ("1er juillet 2002", "2002-07-01"),
    ("30 août 1999", "1999-08-30"),
    ("May 4, 2021", "2021-05-04"),
    ("4th June 2021", "2021-06-04"),
    ("2026: March 10", "2026-03-10"),
    ("2025: October 13, 14", "2025-10-13"),
    ("2026: February 24th, 26th", "2026-02-24"),
    ("31.12.1964", "1964-12-31"),
    ("12/05/2020", "2020-05-12"),
    ("12/05/98", "1998-05-12"),
    ("1º/01/2015", "2015-01-01"),
    ("1°/03/2024", "2024-03-01"),
    ("1er/02/2024", "2024-02-01"),
    ("31 de    dezembro de 2025", "2025-12-31"),
    ("2020-05-12", "2020-05-12"),
    ("23 de noviembre de 1995", "1995-11-23"),
    ("08 diciembre 2006", "2006-12-08"),
    ("tres de mayo de mil novecientos noventa y cinco", "1995-05-03"),
    ("mayo de 2024", "2024-05"),
    ("November 2003", "2003-11"),
    ("20 de noviembre", "--11-20"),
    ("2 July", "--07-02"),
    ("3\u00a0de\nmayo de 2024", "2024-05-03"),
]


@pytest.mark.parametrize(("text", "value"), WHOLE)
def test_dates(text: str, value: str) -> None:
    around = f"Visto: {text}; fin"
    (span,) = find_dates(around)
    assert (around[span.start : span.end], span.value, span.label) == (text, value, "DATE")


def test_range_of_dates_in_figures() -> None:
    assert [span.value for span in find_dates("client 01.02.2025-31.08.2025;")] == ["2025-02-01", "2025-08-31"]
    assert [span.value for span in find_dates("de 01/02/2024-05/03/2024")] == ["2024-02-01", "2024-03-05"]


@pytest.mark.parametrize(
    ("text", "jurisdiction", "month_first"),
    [
        ("03/07/2024", "", False),
        ("03/07/2024", "US", True),
        ("born 12/25/1972, on 03/07/2024", "", True),
        ("12/25/1972, 25/12/1973, 03/07/2024", "", False),
        ("25/12/1972, on 03/07/2024", "US", True),
        ("25/12/1972, 26/12/1972, 03/07/2024", "US", False),
        ("12/25/1972, on 03/07/2024", "AR", False),
        ("12/25/1972, 12-26-1972, 03/07/2024", "GB", True),
        ("Case no. 12/25/1972, on 03/07/2024", "", False),
    ],
)
def test_order_of_day_and_month(text: str, jurisdiction: str, *, month_first: bool) -> None:
    """Dates that can be read in one order only decide on the others of the text."""
    assert writes_month_first(text, jurisdiction) is month_first
    values = {text[one.start : one.end]: one.value for one in find_dates(text, jurisdiction)}
    assert values["03/07/2024"] == ("2024-03-07" if month_first else "2024-07-03")


@pytest.mark.parametrize(
    "text",
    [
        "12/05/2024-A",
        "12-05-2024-3",
        "31/02/2020",
        "Ley 23/2014",
        "artículo 12.3.4",
        "1.2.3.4",
        "you may 5 times",
        "el mar 3 veces",
        "set 4 de 9",
        "32.13.2020",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_the_month_comes_first_where_the_country_writes_so() -> None:
    assert find_dates("05/04/2021", "BZ")[0].value == "2021-05-04"
    assert find_dates("25/04/2021", "BZ")[0].value == "2021-04-25"


@pytest.mark.parametrize(("name", "number"), [("Setembro", 9), ("août", 8), ("dic.", 12), ("7", 7), ("casa", 0)])
def test_months(name: str, number: int) -> None:
    assert month_number(name) == number


FRAGMENTS = ("3", "31", "2024", "1.º", "(3)", "/", "-", ".", "\n", "de", "mayo", "março", "XI", "May", "premier", "mil")


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.sampled_from(("", " ")))
def test_spans_stay_inside_the_text(fragments: list[str], between: str) -> None:
    text = between.join((*fragments, "\n3 de mayo de 2024"))
    spans = find_dates(text)
    assert spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
