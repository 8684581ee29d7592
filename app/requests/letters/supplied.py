"""What linked supplements, annexes and translations already give of what the check of a request found wanting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex
from rapidfuzz.distance import OSA

from app.requests.decided_fields import Decisions, decided_values, decisions_by_document
from app.requests.life.course import Course, linked_as
from app.requests.life.links import SUPPLEMENT, TRANSLATION
from extraction.resource import load
from indexing.store.reading import Store
from nlp.folding import fold
from nlp.requests.checks.numbers import annex_number
from nlp.requests.identifiers.case_numbers import CASE
from nlp.requests.letter_types.annexes import ANNEX
from nlp.state_languages import accepted_languages

_NO_SIGN = regex.compile(r"[\W_]+")
# Most errors by which a number that was written wrongly differs from the right one: signs exchanged, wrong, or missing.
_MISWRITTEN = 2

StoredCheck = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SuppliedCheck:
    """A raised check (``key``) that linked letters answer in full, with the id of the one that completes it.

    ``kind`` is as what that document is linked with the request.
    """

    key: str
    document: str
    kind: str = SUPPLEMENT


@dataclass(frozen=True, slots=True)
class Points:
    """The raised checks of a request that its ``supplements`` leave open, with the values in doubt, and the others.

    ``supplements`` are its annexes and translations in files of their own, and after them its supplements by date.
    """

    supplements: tuple[Course, ...]
    decisions: Decisions
    open: tuple[StoredCheck, ...]
    supplied: tuple[SuppliedCheck, ...]


def points_of(store: Store, of: Course, known: Mapping[str, Course]) -> Points:
    """Return the points to ask for about a request; ``known`` are the letters linked with it.

    A letter counts unless somebody rejected its link.
    """
    dated = sorted(linked_as(SUPPLEMENT, of, known), key=lambda supplement: supplement.reading.document.date)
    supplements = [*linked_as(ANNEX, of, known), *linked_as(TRANSLATION, of, known), *dated]
    decisions = decisions_by_document(store, [one.reading.document.id for one in (of, *supplements)])
    left = [_left(of, check, supplements, decisions) for check in of.raised_checks]
    supplied = tuple(_supplied(of, supplements, decisions))
    return Points(tuple(supplements), decisions, tuple(check for check in left if check is not None), supplied)


def _supplied(of: Course, supplements: Sequence[Course], decisions: Decisions) -> Iterator[SuppliedCheck]:
    """Yield the raised checks that supplements answer in full, each with the first supplement that completes it."""
    for check in of.raised_checks:
        for number, supplement in enumerate(supplements, 1):
            if _left(of, check, supplements[:number], decisions) is None:
                yield SuppliedCheck(check["key"], supplement.reading.document.id, _kind(supplement))
                break


def _left(of: Course, check: StoredCheck, supplements: Sequence[Course], decisions: Decisions) -> StoredCheck | None:
    """Return what a check still asks for after ``supplements``, None if nothing."""
    rules = load("app.requests.letters.completion_letter")
    if check["reason"] in rules["translated"]:
        return None if any(map(_is_accepted, supplements)) else check
    supplements = [supplement for supplement in supplements if not supplement.is_translation]
    if check["key"] in rules["supplied"]:
        return None if any(_states(supplement, check["key"]) for supplement in supplements) else check
    if check["reason"] in rules["listed"]:
        return None if any(_lists(supplement) for supplement in supplements) else check
    if check["reason"] == "annexes.unlisted":
        return _narrowed(check, lambda value: any(_is_named(supplement, value) for supplement in supplements))
    if check["reason"] != "identifiers.invalid":
        return check
    known = set(_valid_numbers(of, decisions))  # another account of the request corrects none
    right = {one for supplement in supplements for one in _valid_numbers(supplement, decisions)} - known
    return _narrowed(check, lambda value: any(_corrects(number, value) for number in right))


def _narrowed(check: StoredCheck, is_given: Callable[[str], bool]) -> StoredCheck | None:
    """Return a check with those of its values in doubt that are not given, None if all are."""
    values = check.get("values", ())
    wrong = [value for value in values if not is_given(value)]
    if len(wrong) == len(values):
        return check
    return {**check, "values": wrong} if wrong else None


def _kind(supplement: Course) -> str:
    """Return as what a letter supplies something."""
    if supplement.is_translation:
        return TRANSLATION
    return ANNEX if supplement.kind == ANNEX else SUPPLEMENT


def _is_accepted(supplement: Course) -> bool:
    """Return whether a letter is a translation into a language that the requested State accepts."""
    return supplement.is_translation and supplement.reading.document.language in accepted_languages(
        supplement.requested
    )


def _lists(annex: Course) -> bool:
    """Return whether an annex lists numbers of accounts, lines or things."""
    found = (annex.reading.row or {}).get("fields", {}).get("identifiers", ())
    return annex.kind == ANNEX and any(one["value"]["kind"] != CASE for one in found)


def _is_named(annex: Course, name: str) -> bool:
    """Return whether an annex bears the number by which the request names it ("Anexo II")."""
    labels = (annex.reading.row or {}).get("fields", {}).get("annexes", ())
    own = {annex_number(str(one["value"]["label"])) for one in labels} if annex.kind == ANNEX else set()
    return annex_number(name) in own - {0}


def _states(supplement: Course, key: str) -> bool:
    """Return whether a supplement has an element itself: in words, not by weights or because it needs none."""
    stored = (supplement.reading.row or {}).get("preflight", ())
    return any(check["key"] == key and check.get("reason") == f"{key}.present" for check in stored)


def _valid_numbers(of: Course, decisions: Decisions) -> Iterator[str]:
    row, document = of.reading.row or {}, of.reading.document.id
    for found in decided_values(row, document, "identifiers", decisions):
        if found["value"].get("valid"):
            yield str(found["value"]["text"])


def _corrects(number: str, value: str) -> bool:
    """Return whether a number is ``value`` without an error of writing."""
    right, wrong = (_NO_SIGN.sub("", fold(one)) for one in (number, value))
    return 0 < OSA.distance(right, wrong) <= _MISWRITTEN
