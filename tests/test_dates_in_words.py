"""Dates in words to the precision given, and the last day in force of an expression."""

import datetime

import pytest

from app.exports.footnotes import Place, version_words
from app.i18n import last_day, written_date, written_moment


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("2015-03-01", "es", "1 de marzo de 2015"),
        ("2015-03-01", "pt", "1º de março de 2015"),
        ("2015-03-01", "pt-PT", "1 de março de 2015"),
        ("2015-03-11", "pt", "11 de março de 2015"),
        ("2015-03-01", "en", "1 March 2015"),
        ("2015-03-01", "fr", "1er mars 2015"),
        ("2015-03-11", "fr", "11 mars 2015"),
        ("2015-03", "fr", "mars 2015"),
        ("2015-03", "en", "March 2015"),
        ("2015-03", "es", "marzo de 2015"),
        ("2015-03", "pt", "março de 2015"),
        ("2015", "es", "2015"),
        ("2015-02-31", "es", "2015-02-31"),
        ("--09-01", "en", "1 September"),
        ("--09-01", "fr", "1er septembre"),
        ("--02-29", "es", "29 de febrero"),
        ("--13-01", "es", "--13-01"),
        ("unknown", "es", "unknown"),
        ("", "es", ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_given(iso: str, language: str, expected: str) -> None:
    assert written_date(iso, language) == expected


def test_a_moment_is_shown_in_a_time_zone() -> None:
    moment = datetime.datetime(2031, 5, 1, 23, 30)
    lima = datetime.timezone(datetime.timedelta(hours=-5))
    assert written_moment(moment, "fr", datetime.UTC) == "1er mai 2031, 23:30"
    assert written_moment(moment, "en", lima) == "1 May 2031, 18:30"


@pytest.mark.parametrize(("end", "expected"), [("2040-01-01", "2039-12-31"), ("2024-03-01", "2024-02-29")])
def test_the_last_day_in_force_is_the_one_before_the_end(end: str, expected: str) -> None:
    assert last_day(end) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "versión vigente del 1 de enero de 2031 al 31 de diciembre de 2039"),
        ("fr", "version en vigueur du 1er janvier 2031 au 31 décembre 2039"),
    ],
)
def test_a_footnote_gives_the_last_day(language: str, expected: str) -> None:
    assert version_words(Place("x", valid_from="2031-01-01", valid_to="2040-01-01"), language) == expected
