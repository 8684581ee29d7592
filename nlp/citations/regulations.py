"""Regulations named by their law: ``artículo 4 del Reglamento de la Ley N° 27.806``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.laws import Mention
from nlp.patterns import compile_pattern

_REACH = 40
_LAWS = frozenset({"statute", "titled", "title"})


def of_regulations(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return ``mentions`` with the laws of which the text names the regulation replaced by that regulation.

    Its id is made of that of the law: ``ref:pe:reglamento:ley-27806``.
    """
    return [_of_regulation(text, mention) for mention in mentions]


def _of_regulation(text: str, mention: Mention) -> Mention:
    begin = max(0, mention.start - _REACH)
    named = _regulation().search(text[begin : mention.start]) if mention.kind in _LAWS else None
    if named is None or not mention.readings or not all(r.canonical.startswith("ref:") for r in mention.readings):
        return mention
    kind = named["kind"].lower()
    readings = tuple(replace(reading, canonical=_identity(reading.canonical, kind)) for reading in mention.readings)
    return replace(mention, start=begin + named.start(), readings=readings)


def _identity(law: str, kind: str) -> str:
    scheme, state, *rest = law.split(":")
    return ":".join((scheme, state, kind, "-".join(rest)))


@cache
def _regulation() -> regex.Pattern[str]:
    return compile_pattern(load("nlp.references")["regulation_of"])
