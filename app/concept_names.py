"""Offence and asset-recovery concepts as the reader calls them, and what the law of each country calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.errors import LANGUAGES
from nlp.resource import load


@dataclass(frozen=True, slots=True)
class Name:
    """One label; ``jurisdictions`` are those whose law's word it is, empty for any; ``relation`` empty for exact."""

    text: str
    language: str
    jurisdictions: tuple[str, ...]
    relation: str


@dataclass(frozen=True, slots=True)
class Concept:
    id: str
    group: str
    names: tuple[Name, ...]
    treaties: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return the most general exact label in ``language``."""
        own = [name for name in self.names if name.language == language and not name.relation]
        chosen = min(own or list(self.names), key=lambda name: bool(name.jurisdictions))
        return chosen.text[:1].upper() + chosen.text[1:]

    def names_in(self, language: str) -> list[Name]:
        return [name for name in self.names if name.language == language]


@cache
def concepts() -> Mapping[str, Concept]:
    return {concept.id: concept for concept in _read()}


def _read() -> Iterator[Concept]:
    resource = load("concepts")
    for group in ("offences", "asset_recovery"):
        for code, entry in resource[group].items():
            names = tuple(_name(label, language) for language in LANGUAGES for label in entry.get(language, ()))
            yield Concept(code, group, names, tuple(str(treaty) for treaty in entry.get("treaty", ())))


def _name(entry: Mapping[str, Any], language: str) -> Name:
    return Name(entry["t"], language, tuple(entry.get("jur", ())), entry.get("rel", ""))
