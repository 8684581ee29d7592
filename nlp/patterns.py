"""Compilation of regular expressions from resource files: fragments, spaces, lazy compilation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar, Protocol

import regex

NO_FRAGMENTS: Mapping[str, str] = MappingProxyType({})
# A space in an expression matches a run of spaces with at most one line end, since legislation is wrapped and indented;
# it does not match a blank line.
_CLASS_OR_SPACE = regex.compile(r"\[(?:\\.|[^\]\\])*\]|\(\?<[!=](?:\\.|[^()\\])*\)|\\s(?![*{+])")
_SPACE = r"(?>[^\S\n]{1,60}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"


class Matcher(Protocol):
    """The interface of patterns used by rules, compiled or not."""

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None: ...

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]: ...


class LatePattern:
    """A pattern that is compiled on first use, since a text needs few of the many rules; ``all`` lists every one."""

    all: ClassVar[list[LatePattern]] = []

    def __init__(
        self, expression: str, fragments: Mapping[str, str] = NO_FRAGMENTS, *, case_sensitive: bool = False
    ) -> None:
        LatePattern.all.append(self)
        self._expression = expression
        self._fragments = fragments
        self._case_sensitive = case_sensitive

    def compile(self) -> None:
        """Compile the pattern in advance."""
        _ = self._compiled

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return compile_pattern(self._expression, self._fragments, case_sensitive=self._case_sensitive)

    def match(self, text: str, pos: int, /) -> regex.Match[str] | None:
        return self._compiled.match(text, pos)

    def finditer(self, text: str, /) -> Iterator[regex.Match[str]]:
        yield from self._compiled.finditer(text)


def expanded(expression: str, fragments: Mapping[str, str]) -> str:
    """Return ``expression`` with each ``<<name>>`` replaced by its fragment, recursively."""
    before = ""
    while expression != before:
        before = expression
        for name, fragment in fragments.items():
            expression = expression.replace(f"<<{name}>>", fragment)
    return expression


def compile_pattern(
    expression: str, fragments: Mapping[str, str] = NO_FRAGMENTS, *, case_sensitive: bool = False
) -> regex.Pattern[str]:
    r"""Return the compiled expression, with ``<<name>>`` replaced by its fragment and ``\s`` by a run of spaces."""
    expression = expanded(expression, fragments)
    expression = _CLASS_OR_SPACE.sub(_wide_space, expression.replace("'", "’"))
    flags = regex.V0 if case_sensitive else regex.V0 | regex.I
    return regex.compile(expression, flags)


def _wide_space(match: regex.Match[str]) -> str:
    return _SPACE if match[0] == r"\s" else match[0]
