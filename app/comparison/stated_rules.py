"""Concepts that no provision punishes by itself: rules on another offence, which the law of a country states or not.

Self-laundering is the offence of laundering by the author of the predicate offence. The offence of laundering itself
does not answer whether it is punished; a provision does that says so (UNTOC 6(2)(e)).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from app.comparison.table import Provision
from extraction.resource import load
from nlp.folding import fold


def is_rule(code: str) -> bool:
    """Return whether a concept is a rule on another offence."""
    return code in _rules()


def states_rule(code: str, provision: Provision) -> bool:
    """Return whether the words of a provision, or its heading, state the rule ``code``; False in another language."""
    return bool(_pattern(code, provision.language).search(fold(provision.text)))


def _rules() -> Mapping[str, Mapping[str, str]]:
    rules: Mapping[str, Mapping[str, str]] = load("nlp.provision_roles")["rules"]
    return rules


@cache
def _pattern(code: str, language: str) -> regex.Pattern[str]:
    return regex.compile(_rules()[code].get(language, "(?!)"), regex.X)
