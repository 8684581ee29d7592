"""The legal basis of a letter against the participation of its two States in the treaties that it invokes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from nlp.requests.check_words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.letter_date import letter_date
from nlp.requests.proposal import Json, Proposal
from nlp.treaties.invoked import InvokedTreaty, Support, not_in_force, support_of


def invoked_in_doubt(context: RequestContext, fields: Fields) -> tuple[InvokedTreaty, ...]:
    """Return the invoked treaties that are not known to be in force on the day of the letter, today without one."""
    requesting, requested = (_first(fields.get(key, ())) for key in ("requesting_state", "requested_state"))
    values = (proposal.value for proposal in fields.get("legal_basis", ()))
    return tuple(not_in_force(requesting, requested, _day(context), invoked_instruments(values)))


def finding_of(values: Iterable[Json], in_doubt: Iterable[InvokedTreaty], *, is_reciprocal: bool) -> str:
    """Return the finding of the item ``legal_basis`` for the values of the field, at least one.

    A letter that also offers reciprocity (``is_reciprocal``) does not rest on its treaties alone.
    """
    support = support_of(invoked_instruments(values), in_doubt)
    if support in (Support.NOT_IN_FORCE, Support.NOT_KNOWN) and is_reciprocal:
        return Support.TO_VERIFY.value
    return "present" if support is Support.IN_FORCE else support.value


def invoked_instruments(values: Iterable[Json]) -> list[str]:
    """Return the instruments (ids) of the values of ``legal_basis``, ``""`` for one that is not known."""
    return [str(value.get("instrument") or "") for value in values if isinstance(value, Mapping)]


def _first(found: Iterable[Proposal]) -> str:
    return next((str(proposal.value) for proposal in found), "")


def _day(context: RequestContext) -> date:
    for day in (letter_date(context), context.annotations.date):
        try:
            return date.fromisoformat(day)
        except ValueError:
            continue
    return datetime.now(UTC).date()
