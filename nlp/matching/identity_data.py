"""Birth dates compared, as written in forms, letters and registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import product

import regex
from rapidfuzz.distance import OSA

from nlp.entities.dates import find_dates, month_number

_ISO = regex.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:[T ]00:00.*)?")
_COMPACT = regex.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_DAY_FIRST = regex.compile(r"(?P<day>\d{1,2})\s?[/.\-]\s?(?P<month>\d{1,2})\s?[/.\-]\s?(?P<year>\d{4}|\d\d)")
_MONTH_FIRST = regex.compile(r"(?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
_NAMED = regex.compile(r"(?P<day>\d{1,2})[\s.\-/]*(?P<name>\p{L}{3,})[\s.\-/]*(?P<year>\d\d)")
_CENTURIES = ("19", "20")
_SPACED_MONTH = regex.compile(r"(?<=\d)[\s\-./]*(?=\p{L}{3})|(?<=\p{L}{3})[\s\-./]*(?=\d)")

Date = tuple[str, ...]
"""Year, month and day as far as known."""


class Agreement(StrEnum):
    """Agreement of two facts; ``NEAR`` if one error would explain the difference, ``NONE`` if one is missing.

    ``PARTLY``: equal as far as both are given; ``OTHER``: they differ, but may belong to the same person;
    ``UNREADABLE``: both are given and one cannot be read, so that nobody knows whether it contradicts the other.
    """

    EQUAL = "equal"
    PARTLY = "partly"
    NEAR = "near"
    OTHER = "other"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"
    NONE = "none"


_BEST = (Agreement.EQUAL, Agreement.PARTLY, Agreement.NEAR, Agreement.DIFFERENT)


def compare_birth_dates(left: str, right: str) -> tuple[Agreement, int]:
    """Compare two dates (ISO 8601 as far as known, numeric with the day first, or in words of the four languages).

    Returns also how many parts agree: year, month, day. A year of two digits is of the century that agrees.
    """
    if not _is_given(left) or not _is_given(right):
        return Agreement.NONE, 0
    first, second = _dates(left), _dates(right)
    if not first or not second:
        return Agreement.UNREADABLE, 0
    found = [_compare(one, other) for one, other in product(first, second)]
    return min(found, key=lambda agreement: (_BEST.index(agreement[0]), -agreement[1]))


def birth_date_notes(left: str, right: str) -> tuple[str, ...]:
    """Return what a reader of the comparison has to know, as keys of the wording.

    ``birth_date_not_date``: a text without any date was left out; ``birth_date_day_first``: one date could also be read
    with the month first, and the other one is written in another form.
    """
    not_date = any(written.strip() and not _is_given(written) for written in (left, right))
    day_first = bool(_dates(left) and _dates(right)) and _is_either_way(left) != _is_either_way(right)
    return ("birth_date_not_date",) * not_date + ("birth_date_day_first",) * day_first


def _is_either_way(written: str) -> bool:
    """Return whether a numeric date with the day first is another date with the month first."""
    found = _DAY_FIRST.fullmatch(written.strip())
    return found is not None and found["month"] != found["day"] and max(int(found["month"]), int(found["day"])) <= 12


def birth_date(written: str) -> str:
    """Return a birth date in ISO 8601 to the precision given, empty if invalid or of an unknown century."""
    dates = _dates(written)
    return "-".join(dates[0]) if len(dates) == 1 else ""


def _compare(first: Date, second: Date) -> tuple[Agreement, int]:
    shared = min(len(first), len(second))
    if first[:shared] == second[:shared]:
        return (Agreement.EQUAL if shared == 3 else Agreement.PARTLY), shared
    if len(first) == len(second) == 3:
        swapped = (first[0], first[2], first[1]) == second
        if swapped or OSA.distance("".join(first), "".join(second)) == 1:
            return Agreement.NEAR, 0
    return Agreement.DIFFERENT, 0


def _is_given(written: str) -> bool:
    """Return whether a date was given at all; words such as "unknown", and zeros alone, are none."""
    return any(char.isdigit() and char != "0" for char in written) or bool(_dates(written))


@lru_cache(maxsize=4096)
def _dates(written: str) -> tuple[Date, ...]:
    """Return the readings of a date: one, two if its year has two digits, none if it is not in the calendar."""
    return tuple(filter(_in_calendar, _written_dates(written)))


def _in_calendar(parts: Date) -> bool:
    try:
        date(*map(int, (*parts, "1", "1")[:3]))
    except ValueError:
        return False
    return True


def _written_dates(written: str) -> tuple[Date, ...]:
    text = written.strip()
    for form in (_COMPACT, _ISO, _DAY_FIRST, _MONTH_FIRST):
        if found := form.fullmatch(text):
            return tuple(_numeric(found))
    if (found := _NAMED.fullmatch(text)) and (month := month_number(found["name"])):
        return tuple((century + found["year"], f"{month:02d}", found["day"].zfill(2)) for century in _CENTURIES)
    values = {span.value for span in find_dates(_SPACED_MONTH.sub(" ", text))}
    value = values.pop() if len(values) == 1 else ""
    return (tuple(value.split("-")),) if value[:1].isdigit() else ()


def _numeric(found: regex.Match[str]) -> Iterator[Date]:
    """Yield the readings of a numeric date; a part of zeros is unknown, a second part above 12 is the day."""
    parts = found.groupdict()
    month, day = ((parts.get(part) or "").zfill(2) for part in ("month", "day"))
    if int(month) > 12 and 0 < int(day) <= 12 and found.re is _DAY_FIRST:
        month, day = day, month
    known = month != "00", month != "00" and day != "00"
    rest = (month, day)[: sum(known)]
    years = [parts["year"]] if len(parts["year"]) == 4 else [century + parts["year"] for century in _CENTURIES]
    yield from ((year, *rest) for year in years)
