"""Paragraphs of judgments named by a citation of a case: ``[2024] EWCA Crim 12, [45]``, ``§ 42``."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.joining import Citation
from nlp.citations.laws import Mention
from nlp.citations.pinpoints import Pinpoint
from nlp.patterns import compile_pattern

_NUMBER = regex.compile(r"\d+")
_RANGE = regex.compile(r"\d\]?\s?(?:[-–—]|to|a|à)\s?\[?\d")


def with_paragraphs(text: str, citation: Citation) -> Citation:
    """Return a citation of a case with the paragraphs named directly after it, or unchanged if there are none.

    The paragraphs become pinpoints ``para-45``, as :func:`nlp.citations.identity.provision_identity` names the units of
    a judgment; a range is ``para-45..48``.
    """
    law = citation.law
    if citation.pins or not isinstance(law, Mention) or law.readings[0].rule not in _with_units():
        return citation
    found = _named().match(text, citation.end)
    if not found:
        return citation
    pin = Pinpoint(found.start("named"), found.end("named"), _items(found["named"]), found["named"])
    return replace(citation, end=found.end("named"), pins=(pin,))


def _items(named: str) -> tuple[str, ...]:
    numbers = [str(int(number)) for number in _NUMBER.findall(named)]
    if len(numbers) == 2 and _RANGE.search(named):
        return (f"para-{numbers[0]}..{numbers[1]}",)
    return tuple(f"para-{number}" for number in numbers)


@cache
def _named() -> regex.Pattern[str]:
    return compile_pattern("".join(load("nlp.joining")["paragraph"]))


@cache
def _with_units() -> frozenset[str]:
    return frozenset(load("nlp.joining")["paragraphs_of"])
