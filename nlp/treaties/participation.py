"""Participation of states in instruments on a date, by the sources (``resources/treaty_parties.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from extraction.resource import load
from nlp.treaties.instruments import Instrument, instruments

MARGIN = timedelta(365)
"""Minimum distance of an unverified date from the date of interest for the result to be certain."""


class Standing(StrEnum):
    """Status of a state under an instrument."""

    BOUND = "bound"
    NOT_BOUND = "not_bound"
    UNKNOWN = "unknown"


class Verification(StrEnum):
    """Comparison of a fact with its sources; ``ONE_SOURCE``: read in one official source, where two are needed."""

    VERIFIED = "verified"
    ONE_SOURCE = "one_source"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Source:
    """Source of a fact; ``as_of`` is the date to which it refers, ``checked_on`` the date of verification.

    An ``exact`` source publishes the days from which an act applies, which count to the day though unverified.
    """

    id: str
    title: str
    as_of: date
    checked_on: date | None
    verified: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """A state's participation in an instrument; ``since`` and ``until`` (exclusive) are None if unknown.

    ``latest`` is a date by which the state was bound if ``since`` is unknown. ``listed``: a source names the state as a
    party at any time; ``absent``: a source lists it as no party, before the date.
    ``confirmed_by`` is a second source of the same fact, ``needs_second`` whether one is needed.
    """

    state: str
    standing: Standing
    since: date | None = None
    until: date | None = None
    deposited: date | None = None
    source: Source | None = None
    listed: bool = False
    absent: bool = False
    latest: date | None = None
    confirmed_by: Source | None = None
    needs_second: bool = False

    @property
    def verification(self) -> Verification:
        """Return how far the participation was compared with its sources."""
        if self.source is None or not self.source.verified:
            return Verification.UNVERIFIED
        single = self.needs_second and self.confirmed_by is None
        return Verification.ONE_SOURCE if single else Verification.VERIFIED


@dataclass(frozen=True, slots=True)
class _Row:
    """A listed participation; ``latest`` is a date by which it was in force if the date is unknown."""

    source: Source
    deposited: date | None = None
    in_force: date | None = None
    ended: date | None = None
    latest: date | None = None


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its key."""
    return {
        key: Source(
            key,
            entry["title"],
            entry["as_of"],
            entry.get("checked_on"),
            entry["status"] == "verified",
            entry.get("exact", False),
        )
        for key, entry in load("nlp.treaty_sources").items()
    }


def participation(instrument: Instrument, state: str, day: date) -> Participation:
    """Return the participation of ``state`` (ISO 3166 alpha-2) in ``instrument`` on ``day``.

    With unverified dates, unless their source is exact, the standing is known only if ``day`` is at least ``MARGIN``
    from them. An unlisted state is not bound up to the date of a complete, verified list; after it, its standing is
    unknown.
    """
    row = _rows(instrument.id).get(state)
    if day < instrument.earliest:
        return Participation(state, Standing.NOT_BOUND)
    if row is not None:
        return Participation(
            state, _standing(row, day), row.in_force, row.ended, row.deposited, row.source, True, latest=row.latest
        )
    if absence := _absence(instrument.id, state, day):
        return Participation(state, Standing.NOT_BOUND, source=absence)
    before = _absence(instrument.id, state, date.min)
    return Participation(state, Standing.UNKNOWN, source=_latest(instrument.id), absent=before is not None)


def _standing(row: _Row, day: date) -> Standing:
    if row.in_force is None:
        return Standing.BOUND if row.latest and day >= row.latest else Standing.UNKNOWN
    return standing_on(day, row.in_force, row.ended, verified=row.source.verified or row.source.exact)


def standing_on(day: date, since: date, until: date | None, *, verified: bool) -> Standing:
    """Return the standing on ``day`` for participation from ``since`` to ``until`` (exclusive, None if open).

    Unless ``verified``, it is unknown within ``MARGIN`` of either date.
    """
    margin = timedelta(0) if verified else MARGIN
    if day < since - margin or (until is not None and day >= until + margin):
        return Standing.NOT_BOUND
    if day >= since + margin and (until is None or day < until - margin):
        return Standing.BOUND
    return Standing.UNKNOWN


def _absence(instrument: str, state: str, day: date) -> Source | None:
    """Return the source by which an unlisted state was not bound on ``day`` or later, or None."""
    for entry in load("nlp.treaty_parties")[instrument]:
        source = sources()[entry["source"]]
        named = state in entry.get("not_bound", ())
        if (named or (entry.get("complete") and source.verified)) and day <= source.as_of:
            return source
    return None


def _latest(instrument: str) -> Source:
    return max((sources()[entry["source"]] for entry in load("nlp.treaty_parties")[instrument]), key=_age)


def _age(source: Source) -> date:
    return source.as_of


@cache
def _rows(instrument: str) -> Mapping[str, _Row]:
    rows: dict[str, _Row] = {}
    for entry in load("nlp.treaty_parties")[instrument]:
        for state, row in _read(instruments()[instrument], entry):
            rows.setdefault(state, row)
    return rows


def _read(instrument: Instrument, entry: Mapping[str, Any]) -> Iterator[tuple[str, _Row]]:
    source = sources()[entry["source"]]
    for state in entry.get("signed", ()):
        yield state, _Row(source)
    for state, value in entry["parties"].items():
        yield state, _row(instrument, value, source)


def _row(instrument: Instrument, value: date | Mapping[str, date] | None, source: Source) -> _Row:
    if value is None:
        return _Row(source)
    if isinstance(value, date):
        return _Row(source, value, instrument.binds_from(value))
    if "latest" in value:
        return _Row(source, latest=value["latest"])
    return _Row(source, value.get("deposited"), value.get("in_force", instrument.in_force), value.get("ended"))
