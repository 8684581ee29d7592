"""Whether a state is bound by an instrument on a day, as far as the sources say (``resources/treaty_parties.yaml``)."""

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
"""How far a day that was not verified may lie from the day asked for before it is relied on."""


class Standing(StrEnum):
    """Whether an instrument binds a state."""

    BOUND = "bound"
    NOT_BOUND = "not_bound"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; ``as_of`` is the day of which it speaks, ``checked_on`` when it was compared."""

    id: str
    title: str
    as_of: date
    checked_on: date | None
    verified: bool


@dataclass(frozen=True, slots=True)
class Participation:
    """A state's position towards an instrument; ``since`` and ``until`` (exclusive) are None where not known.

    ``latest`` is the day from which it is bound at the latest where ``since`` is not known. ``listed`` tells whether a
    source names the state as a party, at whatever time.
    """

    state: str
    standing: Standing
    since: date | None = None
    until: date | None = None
    deposited: date | None = None
    source: Source | None = None
    listed: bool = False
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """``latest``: the day from which it was in force at the latest, where the day itself is not known."""

    source: Source
    deposited: date | None = None
    in_force: date | None = None
    ended: date | None = None
    latest: date | None = None


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its key."""
    return {
        key: Source(key, entry["title"], entry["as_of"], entry.get("checked_on"), entry["status"] == "verified")
        for key, entry in load("nlp.treaty_sources").items()
    }


def participation(instrument: Instrument, state: str, day: date) -> Participation:
    """Return whether ``instrument`` binds ``state`` on ``day``.

    A day that was not verified counts only where ``day`` is at least ``MARGIN`` away from it. A state that no list
    names is not bound as far as a complete, verified list says so; beyond it its position is unknown.
    """
    row = _rows(instrument.id).get(state)
    if day < instrument.earliest:
        return Participation(state, Standing.NOT_BOUND)
    if row is not None:
        return Participation(
            state, _standing(row, day), row.in_force, row.ended, row.deposited, row.source, True, row.latest
        )
    absent = _absence(instrument.id, state, day)
    if absent is not None:
        return Participation(state, Standing.NOT_BOUND, source=absent)
    return Participation(state, Standing.UNKNOWN, source=_latest(instrument.id))


def _standing(row: _Row, day: date) -> Standing:
    if row.in_force is None:
        return Standing.BOUND if row.latest and day >= row.latest else Standing.UNKNOWN
    return standing_on(day, row.in_force, row.ended, verified=row.source.verified)


def standing_on(day: date, since: date, until: date | None, *, verified: bool) -> Standing:
    """Return whether what binds from ``since`` to ``until`` (exclusive) binds on ``day``."""
    margin = timedelta(0) if verified else MARGIN
    if day < since - margin or (until is not None and day >= until + margin):
        return Standing.NOT_BOUND
    if day >= since + margin and (until is None or day < until - margin):
        return Standing.BOUND
    return Standing.UNKNOWN


def _absence(instrument: str, state: str, day: date) -> Source | None:
    """Return the source that says that a state which no list names was not bound on ``day``."""
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
    for state, said in entry["parties"].items():
        yield state, _row(instrument, said, source)


def _row(instrument: Instrument, said: date | Mapping[str, date] | None, source: Source) -> _Row:
    if said is None:
        return _Row(source)
    if isinstance(said, date):
        return _Row(source, said, instrument.binds_from(said))
    if "latest" in said:
        return _Row(source, latest=said["latest"])
    return _Row(source, said.get("deposited"), said.get("in_force", instrument.in_force), said.get("ended"))
