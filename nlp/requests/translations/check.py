"""Original and translation of a letter: aligned paragraphs, and values missing on either side.

Compared are figures (of three digits or with decimals), days, numbers of accounts, persons and things, and names of
persons. Figures are compared without thousands separators. A value found anywhere in both is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Annotations
from nlp.folding import fold
from nlp.requests.boxes import Range
from nlp.requests.proposal import OWN_WORDS, TRANSLATION, Difference, FilePart, TranslationCheck

FIGURE, DAY, IDENTIFIER, NAME = "figure", "day", "identifier", "name"
_NUMBERS = (FIGURE, IDENTIFIER)
_IN_FIGURES = regex.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
# Minimum similarity of two values that are variants of one, by kind.
_ALIKE = {FIGURE: 0.6, DAY: 0.69, IDENTIFIER: 0.7, NAME: 0.75}
# A translation of less than this share of the original's length leaves things out on purpose.
_WHOLE = 0.7
_FIGURE = regex.compile(
    r"(?<![\w/.-])\d{1,3}(?:[ .,’']\d{3})+(?:[.,]\d{1,2})?(?![\w/])|(?<![\w/.-])\d+(?:[.,]\d{1,2})?(?![\w/])"
)
# A number of an account or person whose check digits may be wrong, in groups: "PT50 0002 0123 ...", "112 233 445-5".
_GROUPS = regex.compile(
    r"(?<![\w/.-])(?:[A-Z]{2}\d{2}(?: ?[A-Z\d]{1,4}){2,8}|\d{2,4}(?:[ .-]\d{1,4}){3,7})(?![\w/]|[.,]\d)"
)
# What separates the groups of a number.
_SEPARATORS = regex.compile(r"[ \u00a0\u202f.,\-’'/]")
_MIN_FIGURE_LENGTH = 3
_PARAGRAPH = regex.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
# Costs of the alignment: a paragraph without counterpart, and a figure that two paragraphs share.
_ALONE, _SHARED = 0.6, 0.35
_MAX_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    key: str
    start: int
    end: int


def check_translations(text: str, annotations: Annotations, parts: Sequence[FilePart]) -> TranslationCheck | None:
    """Return the paragraphs of the letter and of its translations side by side, with the differences; None without."""
    letter = [part for part in parts if part.kind in OWN_WORDS]
    translations = [part for part in parts if part.kind == TRANSLATION]
    if not letter or not translations:
        return None
    paragraphs = [
        pair
        for part in translations
        for pair in align_paragraphs(
            text, [(paragraph.start, paragraph.end) for paragraph in letter], (part.start, part.end)
        )
    ]
    return TranslationCheck(tuple(paragraphs), find_differences(text, annotations, parts))


def find_differences(text: str, annotations: Annotations, parts: Sequence[FilePart]) -> tuple[Difference, ...]:
    """Return the differences between the letter and its translations in the file, in order of the translations."""
    letter = [(part.start, part.end) for part in parts if part.kind in OWN_WORDS]
    compact = _SEPARATORS.sub("", "\n".join(text[part.start : part.end] for part in parts if part.kind != TRANSLATION))
    values = [value for value in _values(text, annotations) if not _is_of_translator(text, value)]
    original = [value for value in values if any(start <= value.start < end for start, end in letter)]
    found: list[Difference] = []
    for part in parts:
        if part.kind == TRANSLATION:
            inside = [value for value in values if part.start <= value.start < part.end]
            letters = [text[start:end] for start, end in letter]
            translated = [
                value
                for value in inside
                if not (
                    _is_written_in(value, text, letters) or (value.kind in _NUMBERS and value.key in compact.upper())
                )
            ]
            original = [
                value
                for value in original
                if not (
                    _is_in(value, text[part.start : part.end])
                    or _is_written_in(value, text, [text[part.start : part.end]])
                )
            ]
            is_whole = part.end - part.start >= _WHOLE * sum(end - start for start, end in letter)
            own = (part.start, part.end)
            found.extend(
                _with_counterpart(text, difference, letter, own)
                for difference in _compared(original, translated, is_whole=is_whole)
            )
    return tuple(found)


def _is_of_translator(text: str, value: _Value) -> bool:
    """Return whether a value stands in a line that names the translator or certifies the translation."""
    end = text.find("\n", value.end)
    line = text[text.rfind("\n", 0, value.start) + 1 : end if end >= 0 else len(text)]
    return _certificate().search(fold(line)) is not None


@cache
def _certificate() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["translation"]["certificate"])


def _with_counterpart(text: str, difference: Difference, letter: Sequence[Range], translation: Range) -> Difference:
    """Return a number that one text has alone with the like number of the other, where it was not read as one."""
    if difference.kind != IDENTIFIER or (difference.original and difference.translation):
        return difference
    if difference.translation:
        return replace(difference, original=_alike(text, difference.translation, letter, [translation]))
    assert difference.original
    return replace(difference, translation=_alike(text, difference.original, [translation], letter))


def _alike(text: str, place: Range, within: Sequence[Range], own: Sequence[Range]) -> Range | None:
    """Return the most similar number of the same form ``within`` ranges, missing from the ``own`` text of ``place``."""
    number = text[slice(*place)]
    shape = regex.sub("[0-9]", "[0-9]", regex.escape(number))
    form = regex.compile(rf"(?<![\w/.-]){shape}(?![\w/])")
    found = (one for start, end in within for one in form.finditer(text, start, end))
    others = [one for one in found if not any(one[0] in text[slice(*at)] for at in own)]
    likely = max(others, key=lambda one: _ratio(number, one[0]), default=None)
    return likely.span() if likely and _ratio(number, likely[0]) >= _ALIKE[IDENTIFIER] else None


def _is_in(value: _Value, text: str) -> bool:
    """Return whether a figure or identifier occurs in a text in any grouping."""
    return value.kind in _NUMBERS and value.key in _SEPARATORS.sub("", text).upper()


def _is_written_in(value: _Value, text: str, others: Iterable[str]) -> bool:
    """Return whether a day in figures occurs in the same form in one of ``others``, even where it is not read there."""
    written = text[value.start : value.end]
    return (
        value.kind == DAY and _IN_FIGURES.fullmatch(written) is not None and any(written in other for other in others)
    )


def _compared(original: Sequence[_Value], translated: Sequence[_Value], *, is_whole: bool) -> Iterator[Difference]:
    """Yield pairs of like values that differ, then what only one of the two texts has."""
    missing = _unmatched(original, translated)
    added = _unmatched(translated, original)
    for extra in added:
        likely = [(_likeness(value, extra), value) for value in missing if value.kind == extra.kind]
        likeness, other = max(likely, key=lambda pair: pair[0], default=(0.0, extra))
        if likeness >= _ALIKE[extra.kind]:
            missing.remove(other)
            yield Difference(extra.kind, (other.start, other.end), (extra.start, extra.end))
        elif extra.kind != NAME:
            yield Difference(extra.kind, None, (extra.start, extra.end))
    if is_whole:
        yield from (Difference(value.kind, (value.start, value.end), None) for value in missing if value.kind != NAME)


def _unmatched(values: Iterable[_Value], others: Iterable[_Value]) -> list[_Value]:
    """Return the values missing from the other text without duplicates; a name needs all its words there."""
    known = {(value.kind, value.key) for value in others}
    names = {word for kind, key in known if kind == NAME for word in key.split()}
    left: dict[tuple[str, str], _Value] = {}
    for value in values:
        is_known = (value.kind, value.key) in known or (value.kind == NAME and set(value.key.split()) <= names)
        if not is_known:
            left.setdefault((value.kind, value.key), value)
    return list(left.values())


def _likeness(value: _Value, other: _Value) -> float:
    return _ratio(value.key, other.key)


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _values(text: str, annotations: Annotations) -> Iterator[_Value]:
    """Yield the values of a text, unordered; figures within a day or an identifier are not separate values."""
    taken = bytearray(len(text))
    for span in annotations.spans:
        if span.label in ("DATE", "IDENTIFIER", "CASE", "LAW", "REFERENCE"):
            taken[span.start : span.end] = bytes([1]) * (span.end - span.start)
        if span.label == "DATE" and len(span.value) == 10:
            yield _Value(DAY, span.value, span.start, span.end)
        elif span.label in ("IDENTIFIER", "CASE"):
            yield _Value(IDENTIFIER, _number(text[span.start : span.end]), span.start, span.end)
        elif span.label == "PERSON":
            words = regex.findall(r"\p{L}+", fold(text[span.start : span.end]))
            yield _Value(NAME, " ".join(words), span.start, span.end)
    for found in _GROUPS.finditer(text):
        if not any(taken[found.start() : found.end()]):
            taken[found.start() : found.end()] = bytes([1]) * len(found[0])
            yield _Value(IDENTIFIER, regex.sub(r"[\W_]", "", found[0]), found.start(), found.end())
    for found in _FIGURE.finditer(text):
        digits = regex.sub(r"\D", "", regex.sub(r"[.,]00\Z", "", found[0]))
        if len(digits) >= _MIN_FIGURE_LENGTH and not any(taken[found.start() : found.end()]):
            yield _Value(FIGURE, digits, found.start(), found.end())


def _number(written: str) -> str:
    """Return an identifier without punctuation and words without a digit, which are translated ("Processo n.º")."""
    parts = [part for part in written.split() if any(char.isdigit() for char in part)]
    return regex.sub(r"[\W_]", "", "".join(parts) or written).upper()


def align_paragraphs(
    text: str, original: Sequence[Range], translation: Range
) -> list[tuple[Range | None, Range | None]]:
    """Return the paragraphs of a letter and its translation side by side: by length and the figures that they share."""
    left = [paragraph for part in original for paragraph in _paragraphs(text, part)]
    right = _paragraphs(text, translation)
    figures = [[frozenset(regex.findall(r"\d+", text[start:end])) for start, end in side] for side in (left, right)]
    ratio = max(1, sum(end - start for start, end in left)) / max(1, sum(end - start for start, end in right))
    if len(left) * len(right) > _MAX_PAIRS:
        return [(paragraph, None) for paragraph in left] + [(None, paragraph) for paragraph in right]
    costs = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            options = []
            if i and j:
                shared = len(figures[0][i - 1] & figures[1][j - 1])
                pair = _distance(left[i - 1], right[j - 1], ratio) - _SHARED * shared
                options.append((costs[i - 1][j - 1] + pair, (i - 1, j - 1)))
            options += [(costs[i - 1][j] + _ALONE, (i - 1, j))] if i else []
            options += [(costs[i][j - 1] + _ALONE, (i, j - 1))] if j else []
            if options:
                costs[i][j], steps[i, j] = min(options)
    return _walked(left, right, steps)


def _distance(left: Range, right: Range, ratio: float) -> float:
    """Return how much two lengths differ, between 0 and 1."""
    first, second = left[1] - left[0], (right[1] - right[0]) * ratio
    return abs(first - second) / max(first, second, 1)


def _walked(
    left: Sequence[Range], right: Sequence[Range], steps: dict[tuple[int, int], tuple[int, int]]
) -> list[tuple[Range | None, Range | None]]:
    pairs: list[tuple[Range | None, Range | None]] = []
    place = (len(left), len(right))
    while place in steps:
        i, j = steps[place]
        pairs.append((left[i] if i < place[0] else None, right[j] if j < place[1] else None))
        place = (i, j)
    return pairs[::-1]


def _paragraphs(text: str, within: Range) -> list[Range]:
    return [found.span() for found in _PARAGRAPH.finditer(text, *within)]
