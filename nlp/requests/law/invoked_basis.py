"""The legal basis of a letter against the participation of its two States in the treaties that it invokes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.checks.words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.law.bilateral_basis import named_treaty
from nlp.requests.proposal import Json
from nlp.treaties.invoked import InvokedTreaty, Support, not_in_force, support_of
from nlp.treaties.participation import Standing

ORDER = "EIO"
"""The instrument (id) on which a European Investigation Order rests."""


@dataclass(frozen=True, slots=True)
class InvokedBasis:
    """The instruments (ids, ``""`` for others) that a letter invokes, and those not known to be in force.

    ``states`` are the requesting and the requested State, ``""`` where unknown, on ``day``.
    """

    instruments: tuple[str, ...]
    in_doubt: tuple[InvokedTreaty, ...]
    states: tuple[str, str]
    day: date

    def finding(self, *, is_reciprocal: bool) -> str:
        """Return the finding of the item ``legal_basis`` for the instruments invoked, at least one.

        A letter that also offers reciprocity (``is_reciprocal``) does not rest on its treaties alone; one of them that
        is not in force stays a mistake.
        """
        support = support_of((*self.instruments, *([""] if is_reciprocal else [])), self.in_doubt)
        return "present" if support is Support.IN_FORCE else support.value

    def standing(self, instrument: str) -> Standing:
        """Return whether an instrument (id) is in force between the States; one without recorded participation is.

        One to which a State is listed as no party before the day counts as not in force.
        """
        found = next(not_in_force(*self.states, self.day, (instrument,)), None)
        if found is None:
            return Standing.BOUND
        return Standing.NOT_BOUND if found.lacks_party else found.standing


def basis_of_letter(context: RequestContext, fields: Fields) -> InvokedBasis:
    """Return the invoked treaties by the values read, on the day of the letter, today without one."""
    keys = ("requesting_state", "requested_state", "legal_basis")
    values: dict[str, list[Json]] = {key: [one.value for one in fields.get(key, ())] for key in keys}
    if context.document_type.value == "eio":  # rests on the Directive, whether or not it names it
        values["legal_basis"].insert(0, {"instrument": ORDER, "text": ""})
    return invoked_basis(values, _day(context))


def invoked_basis(values: Mapping[str, Sequence[Json]], day: date) -> InvokedBasis:
    """Return the treaties invoked between the first requesting and the first requested State on ``day``.

    ``values`` are those of the fields ``requesting_state``, ``requested_state`` and ``legal_basis``.
    """
    first, second = (str(next(iter(values.get(key, ())), "")) for key in ("requesting_state", "requested_state"))
    invoked = tuple(dict.fromkeys(_instruments(values.get("legal_basis", ()), first, second, day)))
    return InvokedBasis(invoked, tuple(not_in_force(first, second, day, invoked)), (first, second), day)


def _instruments(values: Iterable[Json], requesting: str, requested: str, day: date) -> list[str]:
    """Return the instruments of the values of ``legal_basis``.

    One that has no instrument in the field has the id of a treaty on extradition that its words name, else that of the
    record of a bilateral treaty between the two States.
    """
    invoked = [value for value in values if isinstance(value, Mapping)]
    return [str(value.get("instrument") or _by_words(value, requesting, requested, day)) for value in invoked]


def _by_words(value: Mapping[str, Json], requesting: str, requested: str, day: date) -> str:
    words = str(value.get("text") or "")
    if unlisted := next((key for key, name in _unlisted().items() if name.search(fold(words))), ""):
        return unlisted
    treaty = named_treaty(words, requesting, requested, day)
    return treaty.id if treaty else ""


@cache
def _unlisted() -> Mapping[str, regex.Pattern[str]]:
    return {key: regex.compile(name) for key, name in load("nlp.request_legal_basis")["unlisted"].items()}


def _day(context: RequestContext) -> date:
    for day in (letter_date(context), context.annotations.date):
        try:
            return date.fromisoformat(day)
        except ValueError:
            continue
    return datetime.now(UTC).date()
