"""Evidence around a name: title, identifiers, birth date, aliases, form fields."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled

REACH = 200
_CUE = 45
_NAME = r"\p{Lu}[\p{L}\p{M}'’\-]*\.?(?:[ ](?:(?:de|del|la|da|dos|do|du|van|von)[ ]){0,2}\p{Lu}[\p{L}\p{M}'’\-]*){0,3}"
_SENTENCE_END = compiled(r"\p{Ll}{4,}[.;]\s+\p{Lu}|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Identifying data beside a name: identifiers (``id:rule:number``) and dates of birth (ISO 8601)."""

    identifiers: frozenset[str] = frozenset()
    born: frozenset[str] = frozenset()

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(self.identifiers | other.identifiers, self.born | other.born)

    def __bool__(self) -> bool:
        return bool(self.identifiers or self.born)

    def confirms(self, other: Evidence) -> bool:
        """Return whether both have an identifier in common."""
        return bool(self.identifiers & other.identifiers)

    def forbids(self, other: Evidence) -> bool:
        """Return whether both have different numbers of the same kind or different dates of birth."""
        left, right = _numbers(self.identifiers), _numbers(other.identifiers)
        numbers = any(not left[rule] & right[rule] for rule in left.keys() & right.keys())
        dates = self.born and other.born and not self.born & other.born
        return not self.confirms(other) and bool(numbers or dates)


def evidence_from_keys(identifiers: Sequence[str]) -> Evidence:
    """Return the evidence represented by the ``Entity.identifiers`` of a person."""
    dates = frozenset(item.removeprefix("born:") for item in identifiers if item.startswith("born:"))
    return Evidence(frozenset(item for item in identifiers if not item.startswith("born:")), dates)


def _numbers(identifiers: Iterable[str]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = {}
    for identifier in identifiers:
        rule = identifier.split(":")[1]
        if rule not in load("nlp.linking")["several"]:
            numbers.setdefault(rule, set()).add(identifier)
    return numbers


def evidence_of(text: str, names: Sequence[Span], spans: Iterable[Span]) -> dict[int, Evidence]:
    """Return the identifying data of names, by the start of the name: those after it and before the next name.

    ``names`` are persons and organisations of ``text`` by start, ``spans`` its annotations. Names of parents ("hijo de
    …") are skipped.
    """
    children = _without_parents(text, names)
    starts = [name.start for name in children]
    by_start: dict[int, Evidence] = {}
    for span in spans:
        piece = _evidence(text, span)
        if not piece:
            continue
        fitting = (name for name in reversed(children[: bisect_left(starts, span.start)]) if _fits(name, span))
        owner = next(fitting, None)
        if owner and _near(text, owner, span):
            by_start[owner.start] = by_start.get(owner.start, Evidence()) | piece
    return by_start


def _evidence(text: str, span: Span) -> Evidence:
    kind = span.attributes.get("kind", "")
    if span.label == "IDENTIFIER" and span.attributes.get("valid") != "false" and kind in _kinds():
        return Evidence(frozenset((span.value,)))
    if span.label == "DATE" and len(span.value) == 10 and _born().search(text[max(0, span.start - _CUE) : span.start]):
        return Evidence(born=frozenset((span.value,)))
    return Evidence()


def _fits(name: Span, span: Span) -> bool:
    kinds = load("nlp.linking")["personal_ids" if name.label == "PERSON" else "corporate_ids"]
    return span.attributes.get("kind") in kinds if span.label == "IDENTIFIER" else name.label == "PERSON"


def _near(text: str, name: Span, span: Span) -> bool:
    between = text[name.end : span.start]
    return len(between) <= REACH and not _SENTENCE_END.search(between)


def _without_parents(text: str, names: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    parent: Span | None = None
    for name in names:
        between = text[parent.end : name.start] if parent else ""
        before = text[max(0, name.start - _CUE) : name.start]
        if _filiation().search(before) or (parent and _other_parent().fullmatch(between)):
            parent = name
        else:
            parent = None
            kept.append(name)
    return kept


def title_before(text: str, start: int) -> str:
    """Return the word before a name as written, empty if there is none on its line."""
    match = _word_before().search(text, max(0, start - 25), start)
    return match["word"] if match else ""


def other_names(text: str, end: int) -> Iterator[str]:
    """Yield the other names given directly after a name: ``alias``, ``a.k.a.``, ``(a)``."""
    while (match := _other_name().match(text, end)) is not None:
        yield (match["quoted"] or match["name"]).strip()
        end = match.end()


def other_surname(text: str, end: int) -> str:
    """Return the surname by birth or marriage directly after a name (``épouse MARTIN``, ``née Dupont``), or ``""``."""
    match = _other_surname().match(text, end)
    return match["name"] if match else ""


def given_field(text: str, span: Span) -> tuple[int, int] | None:
    """Return the range of the given names, if ``span`` is the value of a form field for surnames, else None."""
    if not _surname_label().search(text, max(0, span.start - _CUE), span.start):
        return None
    match = _given_after().match(text, span.end) or _given_before().search(text, max(0, span.start - 90), span.start)
    return match.span("given") if match else None


@cache
def _patterns() -> dict[str, str]:
    keys = ("other_name", "other_surname", "filiation", "born", "surname_fields", "given_fields")
    return {key: "|".join(load("nlp.linking")[key]) for key in keys}


@cache
def _kinds() -> frozenset[str]:
    lists: dict[str, Any] = load("nlp.linking")
    return frozenset((*lists["personal_ids"], *lists["corporate_ids"]))


@cache
def _word_before() -> regex.Pattern[str]:
    return compiled(r"(?<![\p{L}\p{M}])(?P<word>[\p{L}\p{M}]+\.?[ªaº]?\.?)[ ]?:?[ ]*$")


@cache
def _born() -> regex.Pattern[str]:
    return compiled(rf"(?<!\p{{L}})(?i:{_patterns()['born']})(?!\p{{L}})[^.;\n]*$")


@cache
def _filiation() -> regex.Pattern[str]:
    return compiled(rf"(?<!\p{{L}})(?i:{_patterns()['filiation']})\s*(?:\p{{L}}+\.?\s)?$")


@cache
def _other_parent() -> regex.Pattern[str]:
    return compiled(r"\s*,?\s(?:y|e|and|et)\s(?:de\s)?(?:la\s|do\s|da\s)?(?:\p{L}{1,6}\.?\s)?")


@cache
def _other_name() -> regex.Pattern[str]:
    return compiled(
        rf"[\s,(]{{0,3}}(?i:{_patterns()['other_name']})\s+(?:(?:y|o|e|and|or|et|ou)\s)?"
        rf"(?:[\"“«'‘](?P<quoted>[^\"”»'’\n]{{2,40}})[\"”»'’]|(?P<name>(?:(?:el|la|o|a)\s)?{_NAME}))\)?"
    )


@cache
def _other_surname() -> regex.Pattern[str]:
    return compiled(rf"[\s,(]{{1,3}}(?i:{_patterns()['other_surname']})\s+(?P<name>{_NAME})")


@cache
def _surname_label() -> regex.Pattern[str]:
    return compiled(rf"(?<!\p{{L}})(?i:{_patterns()['surname_fields']})\s*:\s*$")


@cache
def _given_after() -> regex.Pattern[str]:
    return compiled(rf"[\s;,|]*(?i:{_patterns()['given_fields']})\s*:\s*(?P<given>{_NAME})")


@cache
def _given_before() -> regex.Pattern[str]:
    fields = _patterns()
    return compiled(
        rf"(?<!\p{{L}})(?i:{fields['given_fields']})\s*:\s*(?P<given>{_NAME})[\s;,|]*(?i:{fields['surname_fields']})\s*:\s*$"
    )
