"""Context in which citations are read, and the states to which a written form may belong in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extraction.resource import load
from nlp.pattern_bank import Rule

INTERNATIONAL = frozenset({"EU", "CoE", "OAS", "INT", "any", ""})
NAMED = ("title", "abbreviation")


@dataclass(frozen=True, slots=True)
class Setting:
    """Jurisdiction (ISO 3166 alpha-2) and language (ISO 639-1) of the text, empty if unknown.

    ``any_country`` is for queries, which may refer to any state: every state that uses the form is a reading. In a
    document, a form common to several states belongs to the document's own state, or to an unknown one.
    """

    jurisdiction: str = ""
    language: str = ""
    any_country: bool = False

    @property
    def home(self) -> str:
        """The state to which a form without country refers; empty for international texts."""
        return "" if self.jurisdiction in INTERNATIONAL else self.jurisdiction


def language_of(country: str) -> str:
    """Return the language of a state's legislation among the four, ``""`` if none or several."""
    return _languages().get(country, "")


def states_of(rule: Rule, setting: Setting) -> tuple[str, ...]:
    """Return the states to whose law or court ``rule`` may refer in a text, ``""`` for an unknown one.

    A form unique to a state belongs to it in any text; a shared form to the state of the text, if that uses the
    language of the form. Names also used by other states count only in their own state, and so do abbreviations.
    """
    jurisdictions, home = rule.jurisdictions, setting.home
    if jurisdictions == ("any",):
        return (setting.jurisdiction if setting.any_country else home,)
    if setting.any_country or INTERNATIONAL.issuperset(jurisdictions) or home in jurisdictions:
        return (home,) if home in jurisdictions and not setting.any_country else jurisdictions
    if rule.kind in NAMED:
        return jurisdictions if rule.own else ()
    if rule.shared and (not home or _share_a_language(home, jurisdictions[0])):
        return (home,)
    return jurisdictions[:1] if home or len(jurisdictions) == 1 else ("",)


@cache
def _share_a_language(state: str, other: str) -> bool:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")["languages"]
    return any(state in states and other in states for states in listed.values())


@cache
def _languages() -> dict[str, str]:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")["languages"]
    by_state: dict[str, set[str]] = {}
    for language, countries in listed.items():
        for country in countries:
            by_state.setdefault(country, set()).add(language)
    return {country: _only(languages) for country, languages in by_state.items()}


def _only(languages: Iterable[str]) -> str:
    first, *others = languages
    return "" if others else first
