"""Languages of States: of their legislation, and of the requests that they accept (``resources/state_languages.yaml``).

States are ISO 3166 alpha-2 codes or their parts (``GB-SCT``), languages ISO 639-1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extraction.resource import load

_RESOURCE = "nlp.state_languages"


@cache
def legislators(language: str) -> frozenset[str]:
    """Return the States whose legislation is written in ``language``, none if it is not one of the four."""
    return frozenset(_legislation().get(language, ()))


@cache
def writers(language: str) -> frozenset[str]:
    """Return the States, and the territories with laws of their own, whose legislation is written in ``language``."""
    territories: Mapping[str, Sequence[str]] = load(_RESOURCE)["territories"]
    return legislators(language) | frozenset(territories.get(language, ()))


@cache
def language_of(state: str) -> str:
    """Return the language of a State's legislation among the four, ``""`` if none or several."""
    languages = [language for language, states in _legislation().items() if state in states]
    return languages[0] if len(languages) == 1 else ""


@cache
def share_a_language(state: str, other: str) -> bool:
    """Return whether two States legislate in the same language."""
    return any(state in states and other in states for states in _legislation().values())


def writes_european_portuguese(state: str) -> bool:
    """Return whether a State writes the Portuguese of Portugal."""
    return state in load(_RESOURCE)["european_portuguese"]


def accepted_languages(state: str, instruments: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the languages in which ``state`` accepts requests, its own first, empty if unknown.

    Includes the working languages of ``instruments`` (ids). A part of a State accepts what the State does, unless it is
    listed itself.
    """
    held = load(_RESOURCE)
    own: Sequence[str] = held["accepted"].get(state) or held["accepted"].get(state[:2], ())
    working = (code for key in instruments for code in held["instruments"].get(key, ()) if own)
    return tuple(dict.fromkeys((*own, *working)))


def accepted_languages_source() -> str:
    """Return the key of the source of the accepted languages in ``treaty_sources.yaml``."""
    return str(load(_RESOURCE)["source"])


def _legislation() -> Mapping[str, Sequence[str]]:
    listed: Mapping[str, Sequence[str]] = load(_RESOURCE)["legislation"]
    return listed
