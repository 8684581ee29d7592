"""The legal basis of a letter against the participation of its two States in the treaties that it invokes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.requests.checks.words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import day_of_letter
from nlp.requests.law.bilateral_basis import instrument_by_words
from nlp.requests.letter_types.certificates import certificate_form
from nlp.requests.proposal import Json
from nlp.treaties.bilateral import treaty_of
from nlp.treaties.invoked import InvokedTreaty, Support, not_in_force, support_of
from nlp.treaties.participation import Standing

ORDER = "EIO"
"""The instrument (id) on which a European Investigation Order rests."""

BASED_ORDER = "order"
"""The finding of the item ``legal_basis`` of an order, which rests on the Directive."""

NO_ORDER = "no_order"
"""The finding of the item ``legal_basis`` of an order where the Directive does not bind both States."""

_PRESENT, _ORDER_TYPE = "present", "eio"


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
        return _PRESENT if support is Support.IN_FORCE else support.value

    def finding_of(self, kind: str, *, is_reciprocal: bool) -> str:
        """Return the finding of the item for a letter of type ``kind`` that invokes an instrument.

        An order or a certificate is judged by its own act alone (Directive 2014/41/EU art. 1), whatever else it names.
        """
        own = instrument_of_form(kind)
        if not own:
            return self.finding(is_reciprocal=is_reciprocal)
        if own == ORDER:
            return NO_ORDER if self.standing(own) is Standing.NOT_BOUND else BASED_ORDER
        return Support.NOT_IN_FORCE.value if self.standing(own) is Standing.NOT_BOUND else _PRESENT

    def standing(self, instrument: str) -> Standing:
        """Return whether an instrument (id) is in force between the States; one without recorded participation is.

        One to which a State is listed as no party before the day counts as not in force.
        """
        found = next(not_in_force(*self.states, self.day, (instrument,)), None)
        if found is None:
            return Standing.BOUND
        return Standing.NOT_BOUND if found.lacks_party else found.standing


def instrument_of_form(kind: str) -> str:
    """Return the instrument (id) on which every letter of type ``kind`` rests, an order or certificate, else empty."""
    form = certificate_form(kind)
    return ORDER if kind == _ORDER_TYPE else form.instrument if form else ""


def basis_of_letter(context: RequestContext, fields: Fields) -> InvokedBasis:
    """Return the invoked treaties by the values read, on the day of the letter, today without one."""
    keys = ("requesting_state", "requested_state", "legal_basis")
    values: dict[str, list[Json]] = {key: [one.value for one in fields.get(key, ())] for key in keys}
    return invoked_basis(values, day_of_letter(context), str(context.document_type.value))


def invoked_basis(values: Mapping[str, Sequence[Json]], day: date, kind: str) -> InvokedBasis:
    """Return the treaties that a letter of type ``kind`` invokes between its first States on ``day``.

    ``values`` are those of the fields ``requesting_state``, ``requested_state`` and ``legal_basis``. An order or a
    certificate rests on its own act, whether or not it names it.
    """
    first, second = (str(next(iter(values.get(key, ())), "")) for key in ("requesting_state", "requested_state"))
    named = _instruments(values.get("legal_basis", ()), first, second, day)
    own = instrument_of_form(kind)
    invoked = tuple(dict.fromkeys([own, *named] if own else named))
    return InvokedBasis(invoked, tuple(not_in_force(first, second, day, invoked)), (first, second), day)


def _instruments(values: Iterable[Json], requesting: str, requested: str, day: date) -> list[str]:
    """Return the instruments of the values of ``legal_basis``; one without an id has that which its words name.

    The id of a bilateral treaty stands only while its States are those of the letter, which a person may correct.
    """
    found = []
    for value in (one for one in values if isinstance(one, Mapping)):
        instrument, words = str(value.get("instrument") or ""), str(value.get("text") or "")
        treaty = treaty_of(instrument)
        if not instrument or (treaty is not None and {*treaty.states} != {requesting[:2], requested[:2]}):
            instrument = instrument_by_words(words, requesting, requested, day)
        found.append(instrument)
    return found
