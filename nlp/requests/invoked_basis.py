"""The legal basis of a letter against the participation of its two States in the treaties that it invokes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from nlp.requests.bilateral_basis import named_treaty
from nlp.requests.check_words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.letter_date import letter_date
from nlp.requests.proposal import Json, Proposal
from nlp.treaties.invoked import InvokedTreaty, Support, not_in_force, support_of


def invoked_in_doubt(context: RequestContext, fields: Fields) -> tuple[InvokedTreaty, ...]:
    """Return the invoked treaties that are not known to be in force on the day of the letter, today without one."""
    requesting, requested = _states(fields)
    return tuple(not_in_force(requesting, requested, _day(context), invoked_by(context, fields)))


def invoked_by(context: RequestContext, fields: Fields) -> list[str]:
    """Return the instruments (ids) that a letter invokes, as ``invoked_instruments`` does."""
    values = (proposal.value for proposal in fields.get("legal_basis", ()))
    return invoked_instruments(values, *_states(fields), _day(context))


def _states(fields: Fields) -> tuple[str, str]:
    """Return the requesting and the requested State that were read, empty if unknown."""
    return _first(fields.get("requesting_state", ())), _first(fields.get("requested_state", ()))


def finding_of(invoked: Iterable[str], in_doubt: Iterable[InvokedTreaty], *, is_reciprocal: bool) -> str:
    """Return the finding of the item ``legal_basis`` for the instruments (ids) invoked, at least one.

    A letter that also offers reciprocity (``is_reciprocal``) does not rest on its treaties alone.
    """
    support = support_of(invoked, in_doubt)
    if support in (Support.NOT_IN_FORCE, Support.NOT_KNOWN) and is_reciprocal:
        return Support.TO_VERIFY.value
    return "present" if support is Support.IN_FORCE else support.value


def invoked_instruments(values: Iterable[Json], requesting: str, requested: str, day: date) -> list[str]:
    """Return the instruments (ids) of the values of ``legal_basis``, ``""`` for one that is not known.

    A bilateral treaty, which has no instrument in the field, has the id of its record between the two States.
    """
    invoked = [value for value in values if isinstance(value, Mapping)]
    return [str(value.get("instrument") or _bilateral(value, requesting, requested, day)) for value in invoked]


def _bilateral(value: Mapping[str, Json], requesting: str, requested: str, day: date) -> str:
    treaty = named_treaty(str(value.get("text") or ""), requesting, requested, day)
    return treaty.id if treaty else ""


def _first(found: Iterable[Proposal]) -> str:
    return next((str(proposal.value) for proposal in found), "")


def _day(context: RequestContext) -> date:
    for day in (letter_date(context), context.annotations.date):
        try:
            return date.fromisoformat(day)
        except ValueError:
            continue
    return datetime.now(UTC).date()
