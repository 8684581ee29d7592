"""Paragraphs, fractions, letters and items within an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from nlp.compiled_patterns import compiled
from nlp.structure.unit_headings import notes
from nlp.structure.unit_labels import grammar, letter_value, line_end, number_text, roman_value

_INDENT = r"[ \t\f\v\u00a0#*_>]*+"
_LINE = compiled(rf"{_INDENT}(?P<start>\S)[^\n]*")
_PARAGRAPH = compiled(rf"{_INDENT}(?P<start>\S)[^\n]*(?:\n(?![ \t]*(?:\n|$))[^\n]*)*")
_OUTERMOST = frozenset({"sign", "sole", "spanish_sign", "bracketed_number"})
_WITHIN_LINE = compiled(r"(?<=[.;:]\s)(?=\p{Ll}\)\s\p{Lu})")
_LETTERED = frozenset({"es", "pt"})  # languages whose laws are published with several letters in one line
_SKIPPED = compiled(r"[ \t*_.:\-–—]*(?:F\d+\[)?")


@dataclass(frozen=True, slots=True)
class Item:
    """A marked unit within an article: its depth below the article from 1, and its label within its parent."""

    line: int
    start: int
    depth: int
    kind: str
    label: str


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    items = grammar()["items"]
    branches = "|".join(f"(?P<is_{name}>{items[name]})" for name in grammar()["item_order"][language])
    return compiled(f"(?:{branches})")


@cache
def _at_line(language: str) -> regex.Pattern[str]:
    return compiled(rf"^{_INDENT}(?={_pattern(language).pattern})", regex.MULTILINE)


@cache
def _dated_law() -> regex.Pattern[str]:
    return compiled(grammar()["dated_law"])


def items(text: str, start: int, end: int, language: str, jurisdiction: str) -> Iterator[Item]:
    """Yield the marked units between ``start`` and ``end``, the text of one article, in order.

    A letter within a line is one if it continues the letters before ("a) Los ... b) El que").
    """
    open_types: list[str] = []
    last: dict[str, str] = {}
    for line, at in _places(text, start, end, language):
        position = at
        if _dated_law().match(text, at, end):
            continue
        while match := _pattern(language).match(text, position, end):
            name = next(name for name in grammar()["item_order"][language] if match[f"is_{name}"] is not None)
            if name == "bracketed_number" and language != "en" and not _counts(text, match, last.get(name, "0")):
                break
            kind = _type(name, match["number"], open_types, last)
            if _is_within_line(text, line, at, start) and not _continues(kind, match["number"], open_types, last):
                break
            depth = _depth(kind, open_types)
            last[kind] = match["number"]
            yield Item(
                line if position == at else position,
                position,
                depth,
                _kind(kind, depth),
                _label(name, match, language, jurisdiction),
            )
            if not name.startswith("bracketed") or match.end() == position:
                break
            position = match.end()


def _counts(text: str, match: regex.Match[str], last: str) -> bool:
    """Return whether a number in brackets continues a count: neither "doscientos cuarenta (240) días" nor a note."""
    value, before = (int("".join(filter(str.isdigit, number))) for number in (match["number"], last))
    return value in (before, before + 1) and not notes().search(text[match.end() : line_end(text, match.end())])


def _places(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start of line, start of content) of the article's first line and of further lines with a mark.

    Of a letter within a line, both are its own start.
    """
    body = _SKIPPED.match(text, start, end).end()  # type: ignore[union-attr]
    yield start, body
    lines = {match.span() for match in _at_line(language).finditer(text, start, end) if match.end() > body}
    letters = _WITHIN_LINE.finditer(text, body, end) if language in _LETTERED else ()
    yield from sorted(lines | {match.span() for match in letters}, key=lambda place: place[1])


def _is_within_line(text: str, line: int, at: int, start: int) -> bool:
    return start < line == at and text[at - 1] != "\n"


def _continues(kind: str, number: str, open_types: list[str], last: dict[str, str]) -> bool:
    """Return whether a letter follows the last one of its list."""
    is_letter = kind in open_types and kind.startswith("letter")
    return is_letter and letter_value(last[kind].upper()) + 1 == letter_value(number.upper())


def _type(name: str, number: str, open_types: list[str], last: dict[str, str]) -> str:
    """Return the type of an item, letter or Roman numeral: i) is a letter after h), a numeral first in a list."""
    if name not in ("letter", "bracketed_letter"):
        return name
    case = "upper" if number.isupper() else "lower"
    letters, romans = f"letter_{case}", f"roman_{case}"
    value = roman_value(number) if regex.fullmatch(r"[ivxIVX]+", number) else 0
    if not value:
        return letters
    follows_letter = letters in open_types and letter_value(last[letters].upper()) + 1 == letter_value(number.upper())
    follows_roman = romans in open_types and roman_value(last[romans]) + 1 == value
    if follows_roman or (value == 1 and not follows_letter):
        return romans
    return letters if follows_letter or len(number) == 1 else romans


def _depth(kind: str, open_types: list[str]) -> int:
    if kind in _OUTERMOST:
        open_types.clear()
    if kind in open_types:
        del open_types[open_types.index(kind) + 1 :]
    else:
        open_types.append(kind)
    return len(open_types)


def _kind(kind: str, depth: int) -> str:
    if kind.startswith("letter"):
        return "letter"
    return "paragraph" if depth == 1 else "item"


def _label(name: str, match: regex.Match[str], language: str, jurisdiction: str) -> str:
    words = grammar()["item_words"]
    key = "letter" if name == "bracketed_letter" and language != "en" else name
    shown = words.get(jurisdiction, {}).get(key) or words[language][key]
    number = match["number"]
    if name == "spanish_sign":
        return " ".join(filter(None, (number, match["ordinal"]))).lower()
    if name == "sign" and language == "pt":
        return f"§ {number_text(number, language, jurisdiction)}{match['suffix'] or ''}"
    return str(shown).format(number)


def counted_paragraphs(text: str, start: int, end: int, *, blank_lines: bool) -> Iterator[tuple[int, int]]:
    """Yield (start, number from 1) of the unnumbered paragraphs (alinéas) of an article.

    With ``blank_lines``, paragraphs are separated by blank lines, otherwise every line is one.
    """
    pattern = _PARAGRAPH if blank_lines else _LINE
    opening = _SKIPPED.match(text, start, end)
    matches = pattern.finditer(text, opening.end() if opening else start, end)
    for place, match in enumerate(matches, 1):
        yield match.start("start"), place


def join(parent: str, label: str, language: str, jurisdiction: str) -> str:
    """Return the full label of an item in its parent: ``s. 7(1)``, ``art. 301.1``, ``art. 5 fracción II``."""
    if jurisdiction == "ES" and label.startswith("apartado "):
        return f"{parent}.{label.removeprefix('apartado ')}"
    return parent + label if language == "en" else f"{parent} {label}"
