"""Bills, which have numbers like laws and are none: ``Projeto de Lei nº 1.234/2020``; and titles behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.citations.laws import Mention
from nlp.patterns import compile_pattern

_REACH = 40


def with_bills(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return ``mentions`` with the numbers of bills as such: of the kind ``bill``, a citation only with an article.

    Their id has the kind of the bill: ``ref:br:projeto-lei:1234``.
    """
    return [_of_bill(text, mention) for mention in mentions]


def without_titles_of_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return ``mentions`` without titles in quotation marks behind the number of their law.

    ``Ley N° 10286 “Ley de Regímenes de exenciones”`` is one law.
    """
    titles = {
        title.start
        for law, title in pairwise(mentions)
        if law.kind == "statute" and title.kind == "titled" and _title_of().fullmatch(text, law.end, title.start)
    }
    return [mention for mention in mentions if mention.start not in titles]


def _of_bill(text: str, mention: Mention) -> Mention:
    begin = max(0, mention.start - _REACH)
    named = _bill().search(text[begin : mention.start]) if mention.kind in ("statute", "titled") else None
    if named is None or not all(reading.canonical.startswith("ref:") for reading in mention.readings):
        return mention
    readings = tuple(
        replace(reading, canonical=_identity(reading.canonical, named["kind"])) for reading in mention.readings
    )
    return replace(mention, start=begin + named.start(), kind="bill", readings=readings)


def _identity(law: str, kind: str) -> str:
    scheme, state, of, *rest = law.split(":")
    return ":".join((scheme, state, f"{kind.lower().replace('ç', 'c')}-{of}", *rest))


@cache
def _bill() -> regex.Pattern[str]:
    return compile_pattern(load("nlp.references")["bill_of"])


@cache
def _title_of() -> regex.Pattern[str]:
    return compile_pattern(load("nlp.references")["title_of_number"])
