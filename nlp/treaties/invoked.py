"""Treaties that a request invokes and that are not known to be in force between its two States."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nlp.treaties.bilateral import PREFIX, treaty_of
from nlp.treaties.instruments import Instrument, instruments
from nlp.treaties.participation import Participation, Standing, Verification, participation
from nlp.treaties.path import joint_standing


class Support(StrEnum):
    """How far the invoked treaties support a request: in force, one to be verified, none known or none in force."""

    IN_FORCE = "in_force"
    TO_VERIFY = "to_verify"
    NOT_KNOWN = "not_known"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class InvokedTreaty:
    """An invoked instrument with the participation of both States on ``day``; ``standing`` is their joint one.

    A bilateral treaty has one participation, that of both States together.
    """

    instrument: str
    day: date
    parties: tuple[Participation, ...]
    standing: Standing

    @property
    def verification(self) -> Verification:
        """Return the least verification of the participations that decide."""
        deciding = [party for party in self.parties if party.standing is self.standing]
        return max((party.verification for party in deciding), key=list(Verification).index)


def not_in_force(requesting: str, requested: str, day: date, invoked: Iterable[str]) -> Iterator[InvokedTreaty]:
    """Yield the instruments (ids) among ``invoked`` that are not known to be in force between two States on ``day``.

    The States are ISO 3166 alpha-2 or their parts. Instruments without recorded participation are left out.
    """
    for key in dict.fromkeys(invoked):
        parties = _parties(key, requesting[:2], requested[:2], day) if requesting and requested else ()
        standing = joint_standing(party.standing for party in parties)
        if parties and standing is not Standing.BOUND:
            yield InvokedTreaty(key, day, parties, standing)


def _parties(key: str, first: str, second: str, day: date) -> tuple[Participation, ...]:
    """Return the participations in an instrument, one for both States of a bilateral treaty; empty if none is known.

    A day up to the signature of a bilateral treaty is not that of a letter which invokes it: then nothing is known.
    """
    if treaty := treaty_of(key):
        return (treaty.participation(day),) if day > treaty.signed else ()
    instrument = instruments().get(key)
    return tuple(_party(instrument, state, day) for state in (first, second)) if instrument else ()


def support_of(invoked: Iterable[str], in_doubt: Iterable[InvokedTreaty]) -> Support:
    """Return how far the invoked instruments (ids) support a request; ``in_doubt`` is the result of ``not_in_force``.

    One that is in force is enough, and so is a bilateral treaty of which nothing is recorded or no day of entry into
    force: the others are to be verified. Without such a one it is not known that any is in force, or known that none
    is.
    """
    standings = {treaty.instrument: treaty.standing for treaty in in_doubt}
    if not standings:
        return Support.IN_FORCE
    found = [None if _lacks_day(key, standings) else standings.get(key) for key in invoked]
    if None in found:
        return Support.TO_VERIFY
    lacking = all(standing is Standing.NOT_BOUND for standing in found)
    return Support.NOT_IN_FORCE if lacking else Support.NOT_KNOWN


def _lacks_day(key: str, standings: Mapping[str, Standing]) -> bool:
    """Return whether an instrument in doubt is a bilateral treaty whose entry into force is not recorded."""
    return key.startswith(PREFIX) and standings.get(key) is Standing.UNKNOWN


def _party(instrument: Instrument, state: str, day: date) -> Participation:
    """Return the participation of a State; one to which the instrument is not open is not bound."""
    if instrument.members and state not in instrument.members:
        return Participation(state, Standing.NOT_BOUND)
    return participation(instrument, state, day)
