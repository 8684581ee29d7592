"""Birth dates and document numbers compared."""

from __future__ import annotations

from enum import StrEnum

import regex
from rapidfuzz.distance import OSA

from extraction.resource import load
from nlp.matching.spelling import plain

_ISO = regex.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_DAY_FIRST = regex.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
_MIN_NUMBER_LENGTH = 5
_CHECK_LETTER = regex.compile(r"\d{6,}[A-Z]")


class Agreement(StrEnum):
    """Agreement of two facts; ``NEAR`` if one error would explain the difference, ``NONE`` if one is missing.

    ``PARTLY``: equal as far as both are given; ``OTHER``: they differ, but may belong to the same person.
    """

    EQUAL = "equal"
    PARTLY = "partly"
    NEAR = "near"
    OTHER = "other"
    DIFFERENT = "different"
    NONE = "none"


def compare_birth_dates(left: str, right: str) -> tuple[Agreement, int]:
    """Compare two dates (ISO 8601 as far as known, or day first).

    Returns also how many parts agree: year, month, day.
    """
    first, second = _date(left), _date(right)
    if not first or not second:
        return Agreement.NONE, 0
    shared = min(len(first), len(second))
    if first[:shared] == second[:shared]:
        return (Agreement.EQUAL if shared == 3 else Agreement.PARTLY), shared
    if len(first) == len(second) == 3:
        swapped = (first[0], first[2], first[1]) == second
        if swapped or OSA.distance("".join(first), "".join(second)) == 1:
            return Agreement.NEAR, 0
    return Agreement.DIFFERENT, 0


def birth_date(written: str) -> str:
    """Return a birth date in ISO 8601 to the precision given, empty if invalid."""
    return "-".join(_date(written))


def document_number(written: str) -> str:
    """Return the number of a document in the form that its other writings share: capitals, digits for their likes."""
    return _as_digits(_without_check(_document(written)[1]))


def _date(written: str) -> tuple[str, ...]:
    found = _ISO.fullmatch(written.strip()) or _DAY_FIRST.fullmatch(written.strip())
    if found is None:
        return ()
    parts = (found["year"], found["month"], found["day"])
    return tuple(part.zfill(2) for part in parts if part)


def compare_documents(left: str, right: str) -> Agreement:
    """Compare two document numbers, each with the words for its kind, if any.

    Numbers of different kinds are not comparable; a person may have had several passports.
    """
    (kind, number), (other_kind, other) = _document(left), _document(right)
    if min(len(number), len(other)) < _MIN_NUMBER_LENGTH or (kind and other_kind and kind != other_kind):
        return Agreement.NONE
    if number == other or _without_check(number) == _without_check(other) or _as_digits(number) == _as_digits(other):
        return Agreement.EQUAL
    if OSA.distance(number, other) == 1:
        return Agreement.NEAR
    certain = kind and kind == other_kind and kind != "passport"
    return Agreement.DIFFERENT if certain else Agreement.OTHER


def _document(written: str) -> tuple[str, str]:
    """Return the kind of a document and its number in capitals, without signs."""
    kinds: dict[str, list[str]] = load("nlp.name_spelling")["documents"]
    words = regex.findall(r"[\p{L}\p{N}]+", plain(written).replace(".", "").replace("-", "").replace("/", ""))
    kind = next((code for code, names in kinds.items() if set(words) & set(names)), "")
    named = {name for names in kinds.values() for name in names} | set(load("nlp.name_spelling")["document_words"])
    return kind, "".join(word for word in words if word not in named).upper()


def _without_check(number: str) -> str:
    return number[:-1] if _CHECK_LETTER.fullmatch(number) else number


def _as_digits(number: str) -> str:
    """Return a number with the letters that a reader takes for digits as digits."""
    letters: dict[str, str] = load("nlp.name_spelling")["letters_in_numbers"]
    return "".join(letters.get(sign.lower(), sign) for sign in number)
