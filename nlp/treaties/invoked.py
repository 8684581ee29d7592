"""Treaties that a request invokes and that are not known to be in force between its two States."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nlp.treaties.bilateral import PREFIX, treaty_of
from nlp.treaties.instruments import Instrument, instruments
from nlp.treaties.participation import Participation, Standing, Verification, participation
from nlp.treaties.path import joint_standing


class Support(StrEnum):
    """How far the invoked treaties support a request, from all in force to none.

    ``TO_VERIFY``: the participation in one is not recorded; ``ONE_NOT_KNOWN``: a State is listed as no party to one
    before the day; ``NOT_KNOWN``: none is known to be in force.
    """

    IN_FORCE = "in_force"
    TO_VERIFY = "to_verify"
    ONE_NOT_KNOWN = "one_not_known"
    ONE_NOT_IN_FORCE = "one_not_in_force"
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
    def lacks_party(self) -> bool:
        """Return whether a State is not bound, or is listed as no party before the day."""
        return self.standing is Standing.NOT_BOUND or any(party.absent for party in self.parties)

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


def support_of(invoked: Sequence[str], in_doubt: Iterable[InvokedTreaty]) -> Support:
    """Return how far the invoked instruments (ids) support a request; ``in_doubt`` is the result of ``not_in_force``.

    Beside one that is in force, or a bilateral treaty of which nothing is recorded or no day of entry into force,
    others are to be verified, unless one lacks a State. Without such a one it is not known that any is in force, or
    known that none is; where no State is listed as no party and only days are not confirmed, all are to be verified.
    """
    doubted = {treaty.instrument: treaty for treaty in in_doubt}
    if not doubted:
        return Support.IN_FORCE
    found = [doubted[key] for key in invoked if key in doubted and not _lacks_day(doubted[key])]
    not_bound = [treaty for treaty in found if treaty.standing is Standing.NOT_BOUND]
    if len(found) < len(invoked):
        lacking = any(treaty.lacks_party for treaty in found)
        return Support.ONE_NOT_IN_FORCE if not_bound else Support.ONE_NOT_KNOWN if lacking else Support.TO_VERIFY
    if not any(treaty.lacks_party for treaty in found):
        return Support.TO_VERIFY
    return Support.NOT_IN_FORCE if not_bound == found else Support.NOT_KNOWN


def _lacks_day(treaty: InvokedTreaty) -> bool:
    """Return whether an instrument in doubt is a bilateral treaty whose entry into force is not recorded."""
    return treaty.instrument.startswith(PREFIX) and treaty.standing is Standing.UNKNOWN


def _party(instrument: Instrument, state: str, day: date) -> Participation:
    """Return the participation of a State; one to which the instrument is not open is not bound."""
    if instrument.members and state not in instrument.members:
        return Participation(state, Standing.NOT_BOUND)
    return participation(instrument, state, day)
