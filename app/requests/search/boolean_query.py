"""Query language of the search over request files: terms joined by AND, OR, NOT and parentheses.

``measure:bank_information OR (measure:freezing NOT requested:UY)``. Terms side by side must all be met; OR joins whole
lists of terms, as in the search over documents, whose operators in four languages (Y O NO, E OU NÃO, ET OU SAUF) are
known here too. An operator without a term beside it and an unmatched parenthesis are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import regex

from app.requests.search.query import Condition, conditions
from extraction.errors import RogatioError
from indexing.search.query_fields import is_word_at_edge, operators

MAX_QUERY_LENGTH = 1_000
_DEEPEST = 20  # parentheses within one another; deeper ones are ignored
_TERM = regex.compile(
    r"""
      (?P<open>-?\()
    | (?P<close>\))
    | (?P<no>-?)(?:(?P<field>[\p{L}_]+):)?
      (?P<value>"[^"]*"(?:,"[^"]*")*|(?:[^\s"()]|(?<=[\w)])\([^\s()]{1,5}\))+)   # 7(1)(b) is one word
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Either:
    """Alternatives of which one must be met; of each all parts."""

    alternatives: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Parts that must not all be met."""

    parts: tuple[Part, ...]


Part: TypeAlias = "Condition | Either | Without"


def parse_query(text: str) -> tuple[Part, ...]:
    """Return the parts of a query, all of which must be met.

    Raises ``app.request_query_too_long`` and what :func:`app.requests.search.query.conditions` does.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise RogatioError("app.request_query_too_long", most=MAX_QUERY_LENGTH)
    return _Reader(_lexemes(text)).read()


def terms_side_by_side(text: str) -> list[str] | None:
    """Return the terms of a query as they are written, None if operators or parentheses join them."""
    lexemes = _lexemes(text)
    return [term[0] for _, term in lexemes] if all(kind == "term" for kind, _ in lexemes) else None


_Lexeme = tuple[str, regex.Match[str]]
"""A lexeme: its kind, ``term open close and or not``, and where it stands."""


def _lexemes(text: str) -> list[_Lexeme]:
    known = operators(capitals=text.isupper() and len(text.split()) > 1)
    found = [(_kind(term, known), term) for term in _TERM.finditer(text)]
    return [
        ("term" if is_word_at_edge(kind, term[0], place, len(found)) else kind, term)
        for place, (kind, term) in enumerate(found)
    ]


def _kind(term: regex.Match[str], known: Mapping[str, str]) -> str:
    if term["open"] or term["close"]:
        return "open" if term["open"] else "close"
    return known.get(term[0], "term")


@dataclass(slots=True)
class _Reader:
    """Recursive descent: either := all (OR all)*; all := one (AND? one)*; one := NOT one | ( either ) | term."""

    lexemes: list[_Lexeme]
    at: int = field(default=0)

    def read(self) -> tuple[Part, ...]:
        parts: list[Part] = []
        while self.at < len(self.lexemes):
            parts += self._either(0)
            self.at += self._kind() == "close"
        return tuple(parts)

    def _kind(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def _either(self, depth: int) -> tuple[Part, ...]:
        alternatives = [self._all(depth)]
        while self._kind() == "or":
            self.at += 1
            alternatives.append(self._all(depth))
        asked = [parts for parts in alternatives if parts]
        return (Either(tuple(asked)),) if len(asked) > 1 else (asked[0] if asked else ())

    def _all(self, depth: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        while self._kind() not in ("", "or", "close"):
            parts += self._one(depth)
        return tuple(parts)

    def _one(self, depth: int) -> tuple[Part, ...]:
        kind, term = self.lexemes[self.at]
        self.at += 1
        if kind == "not":
            has_term = self._kind() in ("term", "open", "not")
            return _inverted(self._one(depth)) if has_term else ()
        if kind == "open":
            inside = self._either(depth + 1) if depth < _DEEPEST else ()
            self.at += self._kind() == "close"
            return _inverted(inside) if term[0].startswith("-") else inside
        if kind == "term":
            return tuple(conditions(term["field"] or "", term["value"], negated=bool(term["no"])))
        return ()


def _inverted(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    match parts:
        case ():
            return ()
        case (Condition() as condition,):
            return (replace(condition, negated=not condition.negated),)
        case _:
            return (Without(parts),)
