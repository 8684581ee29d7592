"""Treaties that a request invokes and that are not known to be in force between its two States."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.i18n import written_date
from app.labels import country_in
from app.requests.decided_fields import Decisions, decided_values
from app.requests.treaty_rows import party_text, short_name, treaty_wording
from indexing.records.validity import last_day_of, read_day, today
from indexing.store.rows import StoredDocument
from nlp.treaties.instruments import Instrument, instruments
from nlp.treaties.participation import Participation, Standing, Verification, participation
from nlp.treaties.path import joint_standing

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InvokedTreaty:
    """An invoked instrument with the participation of both States on ``day``; ``standing`` is their joint one."""

    instrument: str
    day: date
    parties: tuple[Participation, ...]
    standing: Standing

    @property
    def verification(self) -> Verification:
        """Return the least verification of the participations that decide."""
        deciding = [party for party in self.parties if party.standing is self.standing]
        return max((party.verification for party in deciding), key=list(Verification).index)


def invoked_treaties(row: Row, document: StoredDocument, decisions: Decisions) -> list[InvokedTreaty]:
    """Return the treaties of a stored reading, as decided, that are not known to be in force on the day of the letter.

    Without the day of the letter it is today.
    """
    requesting, requested, invoked = (
        [found["value"] for found in decided_values(row, document.id, field, decisions)]
        for field in ("requesting_state", "requested_state", "legal_basis")
    )
    instruments_named = [str(value.get("instrument") or "") for value in invoked if isinstance(value, Mapping)]
    first, second = (str(next(iter(states), "")) for states in (requesting, requested))
    day = read_day(last_day_of(document.date)) or today()
    return list(not_in_force(first, second, date.fromisoformat(day), instruments_named))


def not_in_force(requesting: str, requested: str, day: date, invoked: Sequence[str]) -> Iterator[InvokedTreaty]:
    """Yield the instruments (ids) among ``invoked`` that are not known to be in force between two States on ``day``.

    The States are ISO 3166 alpha-2 or their parts. Instruments without recorded participation are left out.
    """
    for key in dict.fromkeys(invoked):
        instrument = instruments().get(key)
        if instrument is None or not (requesting and requested):
            continue
        parties = tuple(_party(instrument, state, day) for state in (requesting[:2], requested[:2]))
        standing = joint_standing(party.standing for party in parties)
        if standing is not Standing.BOUND:
            yield InvokedTreaty(key, day, parties, standing)


def _party(instrument: Instrument, state: str, day: date) -> Participation:
    """Return the participation of a State; one to which the instrument is not open is not bound."""
    if instrument.members and state not in instrument.members:
        return Participation(state, Standing.NOT_BOUND)
    return participation(instrument, state, day)


def with_invoked_treaties(checks: Sequence[Row], treaties: Sequence[InvokedTreaty], language: str) -> list[Row]:
    """Return the checks of a request with the legal basis in doubt where an invoked treaty is not in force."""
    if not treaties:
        return list(checks)
    message = " ".join(sentence(treaty, language) for treaty in treaties)
    return [
        {**check, "state": "doubtful", "message": message} if check["key"] == "legal_basis" else check
        for check in checks
    ]


def sentence(treaty: InvokedTreaty, language: str) -> str:
    """Return in words which State is not known to be bound, with the state of verification."""
    states = "; ".join(
        f"{country_in(language, party.state)}: {_position(party, language)}"
        for party in treaty.parties
        if party.standing is not Standing.BOUND
    )
    key = "not_in_force" if treaty.standing is Standing.NOT_BOUND else "force_unknown"
    return treaty_wording("invoked", key, language).format(
        instrument=short_name(treaty.instrument, language),
        date=written_date(treaty.day.isoformat(), language),
        states=states,
        verification=treaty_wording("verification", treaty.verification.value, language),
    )


def _position(party: Participation, language: str) -> str:
    if party.standing is Standing.NOT_BOUND and not party.since:
        return treaty_wording("invoked", "no_party", language)
    return party_text(party, language)
