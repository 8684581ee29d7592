"""Compilation of regular expressions from data files: fragments, spacing, lazily compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar, Protocol

import regex

NO_FRAGMENTS: Mapping[str, str] = MappingProxyType({})
# A space of an expression is a run of spaces with at most one line end: law is broken and indented, a blank line is not
# crossed.
_CLASS_OR_SPACE = regex.compile(r"\[(?:\\.|[^\]\\])*\]|\(\?<[!=](?:\\.|[^()\\])*\)|\\s(?![*{+])")
_SPACE = r"(?>[^\S\n]{1,60}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"


class Matcher(Protocol):
    """What a rule is matched with: a pattern, compiled or not yet."""

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None: ...

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]: ...


class LatePattern:
    """A pattern that is compiled when a text first needs it: of a thousand rules a letter needs a few."""

    all: ClassVar[list[LatePattern]] = []

    def __init__(
        self, expression: str, fragments: Mapping[str, str] = NO_FRAGMENTS, *, case_sensitive: bool = False
    ) -> None:
        LatePattern.all.append(self)
        self._expression = expression
        self._fragments = fragments
        self._case_sensitive = case_sensitive

    def compile(self) -> None:
        _ = self._compiled

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return compile_pattern(self._expression, self._fragments, case_sensitive=self._case_sensitive)

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None:
        return self._compiled.match(text, pos)

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]:
        yield from self._compiled.finditer(text)


def expanded(expression: str, fragments: Mapping[str, str]) -> str:
    """Put fragments where ``<<name>>`` stands for them, in the expression and in one another."""
    before = ""
    while expression != before:
        before = expression
        for name, fragment in fragments.items():
            expression = expression.replace(f"<<{name}>>", fragment)
    return expression


def compile_pattern(
    expression: str, fragments: Mapping[str, str] = NO_FRAGMENTS, *, case_sensitive: bool = False
) -> regex.Pattern[str]:
    r"""Compile an expression in which ``<<name>>`` stands for a fragment and ``\s`` for a run of spaces."""
    expression = expanded(expression, fragments)
    expression = _CLASS_OR_SPACE.sub(_wide_space, expression.replace("'", "’"))
    flags = regex.V0 if case_sensitive else regex.V0 | regex.I
    return regex.compile(expression, flags)


def _wide_space(found: regex.Match[str]) -> str:
    return _SPACE if found[0] == r"\s" else found[0]
