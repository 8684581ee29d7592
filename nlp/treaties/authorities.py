"""Central authorities, languages of requests, and declarations of states (``resources/central_authorities.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extraction.resource import load
from nlp.treaties.participation import Source, sources


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a state declared or reserved: ``key`` of the wording, the articles concerned, where it was read."""

    state: str
    kind: str
    key: str
    articles: tuple[str, ...]
    source: Source


def central_authorities(state: str, instrument: str, measure: str, partner: str) -> tuple[str, ...]:
    """Return the authorities of ``state`` for requests with ``partner``, those that the case singles out first.

    A part of a state (``GB-SCT``) has its own where it has any. Empty where none is known.
    """
    listed: list[Mapping[str, Any]] = _entry(state).get("authorities", [])
    own = [one["name"] for one in listed if _is_special(one, instrument, measure, partner)]
    usual = [one["name"] for one in listed if not {"instruments", "measures", "partners"} & one.keys()]
    return (*own, *usual)


def accepted_languages(state: str) -> tuple[str, ...]:
    """Return the languages (ISO 639-1) in which ``state`` takes requests, empty where not known."""
    return tuple(_entry(state).get("languages", ()))


def declarations(instrument: str, states: tuple[str, ...]) -> tuple[Declaration, ...]:
    """Return what any of ``states`` declared to ``instrument``."""
    return tuple(
        Declaration(entry["state"], entry["kind"], entry["key"], tuple(entry["articles"]), sources()[entry["source"]])
        for entry in load("nlp.treaty_declarations")
        if entry["instrument"] == instrument and entry["state"] in states
    )


def _entry(state: str) -> Mapping[str, Any]:
    states: Mapping[str, Mapping[str, Any]] = load("nlp.central_authorities")["states"]
    return states.get(state) or states.get(state[:2], {})


def _is_special(entry: Mapping[str, Any], instrument: str, measure: str, partner: str) -> bool:
    return (
        instrument in entry.get("instruments", ())
        or measure in entry.get("measures", ())
        or partner in entry.get("partners", ())
    )
