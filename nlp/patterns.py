"""Compilation of regular expressions from resource files: fragments and spaces."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import regex

from nlp.compiled_patterns import compiled

NO_FRAGMENTS: Mapping[str, str] = MappingProxyType({})
# A space in an expression matches a run of spaces with at most one line end, since legislation is wrapped and indented;
# it does not match a blank line.
_CLASS_OR_SPACE = compiled(r"\[(?:\\.|[^\]\\])*\]|\(\?<[!=](?:\\.|[^()\\])*\)|\\s(?![*{+])")
_SPACE = r"(?>[^\S\n]{1,60}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"


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
    return compiled(expression, flags)


def _wide_space(match: regex.Match[str]) -> str:
    return _SPACE if match[0] == r"\s" else match[0]
