"""Central authorities and declarations of states (``resources/central_authorities.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extraction.resource import load
from nlp.state_languages import accepted_languages_source
from nlp.treaties.participation import Source, Verification, sources

_WITHOUT_CENTRAL = frozenset(("direct", "provider"))
"""Channels on which no central authority sends or receives the request."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration or reservation of a state: ``key`` of the wording, the articles concerned, the source."""

    state: str
    kind: str
    key: str
    articles: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class CentralAuthority:
    """A central authority: its name in the state's language and the sources that name it."""

    name: str
    sources: tuple[Source, ...]

    @property
    def verification(self) -> Verification:
        """Return how many verified sources name it: two or more, one or none."""
        read = sum(source.verified for source in self.sources)
        return (Verification.UNVERIFIED, Verification.ONE_SOURCE, Verification.VERIFIED)[min(read, 2)]


def central_authorities(state: str, instrument: str, measure: str, partner: str) -> tuple[str, ...]:
    """Return the names of ``sourced_authorities``."""
    return tuple(authority.name for authority in sourced_authorities(state, instrument, measure, partner))


def sourced_authorities(state: str, instrument: str, measure: str, partner: str) -> tuple[CentralAuthority, ...]:
    """Return the central authorities of ``state`` for requests with ``partner``, those specific to the case first.

    ``state`` and ``partner`` are ISO 3166 codes; a part of a state (``GB-SCT``) has its own authorities, if any,
    otherwise those of the state. ``instrument`` and ``measure`` are identifiers. Empty if none is known.
    """
    listed: list[Mapping[str, Any]] = _entry(state).get("authorities", [])
    own = [entry for entry in listed if _is_special(entry, instrument, measure, partner)]
    usual = [entry for entry in listed if not {"instruments", "measures", "partners"} & entry.keys()]
    return tuple(_authority(entry) for entry in (*own, *usual))


def addressed_authorities(
    state: str, instrument: str, measure: str, partner: str, channel: str
) -> tuple[CentralAuthority, ...]:
    """Return the central authorities of ``sourced_authorities`` that a request takes part through on its ``channel``.

    Directly between judicial authorities, or to a service provider, that is only one named for the instrument.
    """
    if channel not in _WITHOUT_CENTRAL:
        return sourced_authorities(state, instrument, measure, partner)
    listed = _entry(state).get("authorities", ())
    return tuple(_authority(entry) for entry in listed if instrument in entry.get("instruments", ()))


def languages_verification() -> Verification:
    """Return how far the accepted languages were compared with their source."""
    source = sources()[accepted_languages_source()]
    return Verification.ONE_SOURCE if source.verified else Verification.UNVERIFIED


def declarations(instrument: str, states: tuple[str, ...]) -> tuple[Declaration, ...]:
    """Return the declarations of ``states`` on ``instrument``."""
    return tuple(
        Declaration(entry["state"], entry["kind"], entry["key"], tuple(entry["articles"]), sources()[entry["source"]])
        for entry in load("nlp.treaty_declarations")
        if entry["instrument"] == instrument and entry["state"] in states
    )


def _entry(state: str) -> Mapping[str, Any]:
    states: Mapping[str, Mapping[str, Any]] = load("nlp.central_authorities")["states"]
    return states.get(state) or states.get(state[:2], {})


def _authority(entry: Mapping[str, Any]) -> CentralAuthority:
    return CentralAuthority(entry["name"], tuple(sources()[key] for key in entry.get("sources", ())))


def _is_special(entry: Mapping[str, Any], instrument: str, measure: str, partner: str) -> bool:
    return (
        instrument in entry.get("instruments", ())
        or measure in entry.get("measures", ())
        or partner in entry.get("partners", ())
    )


def known_states() -> frozenset[str]:
    """Return the codes of the States for which a central authority or a participation is known."""
    parties = load("nlp.treaty_parties")["UNTOC"][0]["parties"].keys()
    return frozenset(parties | load("nlp.central_authorities")["states"].keys())
