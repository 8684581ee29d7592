"""Bilateral treaties (``resources/treaty_bilateral.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from extraction.resource import load
from nlp.treaties.participation import Participation, Source, Standing, sources, standing_on

RANKS = {"assistance": 20, "drugs": 21, "confiscation": 21, "extradition": 20}
"""Ranks in the order of citation, before those of the multilateral ones in ``treaty_instruments.yaml``."""

PREFIX = "BILATERAL"
"""The beginning of the identifier of a bilateral treaty."""

_CONFISCATION = frozenset(("asset_tracing", "freezing", "confiscation", "asset_return_sharing", "bank_information"))
_NOT_ASSISTANCE = frozenset(("extradition", "transfer_of_proceedings", "jit"))


@dataclass(frozen=True, slots=True)
class BilateralTreaty:
    """A treaty between two states.

    ``in_force`` is the date of entry into force, None if unknown; ``latest`` is then a date by which it was in force.
    ``ended`` is None while it is in force. A ``pending`` treaty was not in force on the date of its source.
    ``listed_by`` is another verified source that shows it in force.
    """

    states: tuple[str, str]
    kind: str
    signed: date
    in_force: date | None
    latest: date | None
    ended: date | None
    source: Source
    pending: bool
    listed_by: Source | None
    articles: Mapping[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """Return the identifier: both states in alphabetical order, the kind and the year of signature."""
        return f"{PREFIX}:{'-'.join(sorted(self.states))}:{self.kind}:{self.signed.year}"

    def serves(self, measure: str) -> bool:
        """Return whether the treaty covers ``measure``."""
        if self.kind == "extradition":
            return measure == "extradition"
        if self.kind == "confiscation":
            return measure in _CONFISCATION
        return measure not in _NOT_ASSISTANCE

    def standing(self, day: date) -> Standing:
        """Return whether the treaty binds both states on ``day``."""
        if day < self.signed or (self.pending and day <= self.source.as_of):
            return Standing.NOT_BOUND
        if self.listed_by and day >= self.listed_by.as_of and not self.ended:
            return Standing.BOUND
        if self.in_force is None:
            return Standing.BOUND if self.latest and day >= self.latest else Standing.UNKNOWN
        return standing_on(day, self.in_force, self.ended, verified=self.day_verified)

    @property
    def day_verified(self) -> bool:
        """Return whether two sources confirm the day of entry into force."""
        return self.source.verified and self.listed_by is not None

    def participation(self, day: date) -> Participation:
        """Return the participation of both states on ``day``.

        Where only the list confirms the treaty, ``since`` is None: the day of entry into force is not verified.
        """
        standing, states = self.standing(day), "-".join(self.states)
        if self.listed_by and not self.source.verified and day >= self.listed_by.as_of:
            return Participation(states, standing, None, self.ended, source=self.listed_by, listed=True)
        return Participation(
            states,
            standing,
            self.in_force,
            self.ended,
            source=self.source,
            listed=True,
            latest=self.latest,
            confirmed_by=self.listed_by,
            needs_second=not self.pending,
        )


def treaties_between(first: str, second: str) -> tuple[BilateralTreaty, ...]:
    """Return the bilateral treaties of two states (ISO 3166 alpha-2), the latest signed first."""
    return _by_states().get(frozenset((first, second)), ())


def treaty_of(identifier: str) -> BilateralTreaty | None:
    """Return the bilateral treaty with an identifier (``BilateralTreaty.id``), None for that of another instrument."""
    _, _, rest = identifier.partition(f"{PREFIX}:")
    states = rest.partition(":")[0].split("-")
    found = treaties_between(*states) if len(states) == 2 else ()
    return next((treaty for treaty in found if treaty.id == identifier), None)


def bilateral_ids() -> tuple[str, ...]:
    """Return the identifiers of the recorded bilateral treaties."""
    return tuple(treaty.id for treaties in _by_states().values() for treaty in treaties)


@cache
def _by_states() -> Mapping[frozenset[str], tuple[BilateralTreaty, ...]]:
    by_states: dict[frozenset[str], list[BilateralTreaty]] = {}
    for entry in load("nlp.treaty_bilateral"):
        treaty = _treaty(entry)
        by_states.setdefault(frozenset(treaty.states), []).append(treaty)
    return {states: tuple(sorted(treaties, key=_signed, reverse=True)) for states, treaties in by_states.items()}


def _signed(treaty: BilateralTreaty) -> date:
    return treaty.signed


def _treaty(entry: Mapping[str, Any]) -> BilateralTreaty:
    first, second = entry["states"]
    return BilateralTreaty(
        states=(first, second),
        kind=entry["kind"],
        signed=entry["signed"],
        in_force=entry.get("in_force"),
        latest=entry.get("latest"),
        ended=entry.get("ended"),
        source=sources()[entry["source"]],
        pending="in_force" not in entry and "latest" not in entry,
        listed_by=sources().get(entry.get("listed_by", "")),
        articles={measure: tuple(places) for measure, places in entry.get("articles", {}).items()},
    )
