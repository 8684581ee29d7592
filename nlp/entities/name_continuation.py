"""Patterns of names of several words: a head, capitalised words, numbers and connectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled

# Parts of a head that remain when it is capitalised (placeholders, groups, escapes), and words.
_PART = compiled(r"(\{\w+\??\}|\(\?i?:|\\.)|(\p{L}+)")
_PLACEHOLDER = compiled(r"\{\w+\??\}")
_UNNUMBERED, _MAY, _MUST = "unnumbered", "may", "must"
_ORDINALS = {"(?:{ordinal} )?": _MAY, "{ordinal} ": _MUST}
_MAX_ORDINAL_LENGTH = 12


class Chain:
    """The head of a name with its placeholders, matched as written and in capitals.

    ``{name}`` is one name, ``{names}`` a chain of at least one word, ``{names?}`` an optional chain. The head may begin
    with ``{ordinal}`` for a required number ("3ª", "Primer") or ``(?:{ordinal} )?`` for an optional one.
    """

    def __init__(self, head: str) -> None:
        opening = next((opening for opening in _ORDINALS if head.startswith(opening)), "")
        self._numbered = _ORDINALS.get(opening, _UNNUMBERED)
        self._head = head.removeprefix(opening)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the names in ``text``; the chain is compiled when a head first occurs in a text."""
        at = 0
        if self._bare.search(text) is not None:
            while (match := self._compiled.search(text, at)) is not None:
                start = self._start(text, match.start(), at)
                if start is not None:
                    yield start, match.end()
                at = match.start() + 1 if start is None else match.end()

    def _start(self, text: str, head: int, after: int) -> int | None:
        """Return the start of the name whose head is at ``head``, None if its required number is missing."""
        if self._numbered == _UNNUMBERED:
            return head
        number = _ordinal().search(text, max(after, head - _MAX_ORDINAL_LENGTH), head)
        return number.start() if number else (None if self._numbered == _MUST else head)

    @cached_property
    def _bare(self) -> regex.Pattern[str]:
        return _both_cases(self._head, lambda head: _PLACEHOLDER.sub("", head))

    def compile(self) -> None:
        """Compile both patterns in advance."""
        _ = self._bare, self._compiled

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return _both_cases(self._head, _filled)


def _both_cases(head: str, filled: Callable[[str], str]) -> regex.Pattern[str]:
    capitals = _PART.sub(lambda part: part[1] or part[2].upper(), head)
    return compiled(rf"\b(?:{filled(head)}|{filled(capitals)})")


@cache
def _ordinal() -> regex.Pattern[str]:
    return compiled(rf"\b(?:(?i:{'|'.join(load('nlp.name_continuation')['ordinals'])})|\d{{1,3}}\.?[ªºa°])[ ]$")


def _filled(head: str) -> str:
    parts = load("nlp.name_continuation")
    shortened = rf"(?i:{'|'.join(parts['shortened'])})\.(?=[ ])"
    word = rf"(?!(?i:{'|'.join(parts['no_words'])})\b)(?=\p{{Lu}})(?:{shortened}|\p{{L}}[\p{{L}}\p{{M}}'’\-]*)"
    number = parts["number"]
    small = "|".join([*parts["small_words"], *parts["honours"]])
    fields = "|".join(parts["fields"])
    step = rf"(?:[ ](?i:{small})){{0,3}}(?:[ ]|(?<=['’]))(?:(?i:{fields})\b|{number}|{word})"
    joined = rf"[ ](?:y|e|et|and|Y|E|ET|AND)(?:[ ](?i:{small}))?[ ](?i:{fields})\b"
    chain = rf"(?:{step}|{joined}){{1,12}}"
    values = {
        "{names?}": rf"(?:{chain})?",
        "{names}": chain,
        "{name}": rf"{word}(?:[ ](?i:{small})?[ ]?{word}){{0,4}}",
    }
    for key, value in values.items():
        head = head.replace(key, value)
    return head
