"""What is known of a text in which citations are read, and which state a written form belongs to there."""

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
    """What is known of the text: ISO 3166 alpha-2 and ISO 639-1 codes, empty where unknown.

    ``any_country`` is for a query, which may mean the law of any state: every state that writes so is a reading. In a
    document a form that several states share belongs to the document's own, or to none that is known.
    """

    jurisdiction: str = ""
    language: str = ""
    any_country: bool = False

    @property
    def home(self) -> str:
        """The state whose laws a form without a country means; a text of the European Union has none."""
        return "" if self.jurisdiction in INTERNATIONAL else self.jurisdiction


def language_of(country: str) -> str:
    """Return the one of the four languages in which a state writes its law; empty where it has none or several."""
    return _languages().get(country, "")


def states_of(rule: Rule, setting: Setting) -> tuple[str, ...]:
    """Return the states whose law or court ``rule`` can mean in a text, ``""`` for one that is unknown.

    A form of its own belongs to its state wherever it is read; a shared one to the state of the text, where that
    writes in the language of the form. Names that other states use as well count at home only, abbreviations never
    count abroad.
    """
    given, home = rule.jurisdictions, setting.home
    if given == ("any",):
        return (setting.jurisdiction if setting.any_country else home,)
    if setting.any_country or INTERNATIONAL.issuperset(given) or home in given:
        return (home,) if home in given and not setting.any_country else given
    if rule.kind in NAMED:
        return given if rule.own else ()
    if rule.shared and (not home or _share_a_language(home, given[0])):
        return (home,)
    return given[:1] if home or len(given) == 1 else ("",)


@cache
def _share_a_language(state: str, other: str) -> bool:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")["languages"]
    return any(state in states and other in states for states in listed.values())


@cache
def _languages() -> dict[str, str]:
    listed: dict[str, list[str]] = load("nlp.jurisdictions")["languages"]
    found: dict[str, set[str]] = {}
    for language, countries in listed.items():
        for country in countries:
            found.setdefault(country, set()).add(language)
    return {country: _only(languages) for country, languages in found.items()}


def _only(languages: Iterable[str]) -> str:
    first, *others = languages
    return "" if others else first
