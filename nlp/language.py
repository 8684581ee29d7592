"""Language of each stretch of a text: es, pt, en, fr, or ``und``.

A text is cut into clauses; the evidence of each clause's words is weighed against the price of changing language,
which is lower between paragraphs than inside one (a Viterbi path). So a short heading takes the language of what
stands around it unless its own words say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import regex

from extraction.document import Block
from extraction.resource import load
from nlp.annotations import Segment
from nlp.folding import fold
from nlp.language_clauses import clause_starts, price_of_change, without_noise
from nlp.language_model import SUPPORTED, WORD, Vector, add_groups, evidence_of, languages

ORIGIN = "language@1"
UNDETERMINED = "und"

# A name in the middle of a clause says little of the clause's language.
_NAME_WEIGHT = 0.2
# Numerals, initials and acronyms say nothing.
_ROMAN = regex.compile(r"[IVXLCDM]+|[ivx]+")
_ACRONYM = 4
_PRICE_OTHER = 5.0
_HEADING = 5.0
_LONGEST_HEADING = 80
# Clauses whose words are weighed at once, which bounds memory.
_AT_ONCE = 2_000


def find_segments(text: str, blocks: Sequence[Block] = ()) -> tuple[Segment, ...]:
    """Return the languages of ``text`` as segments that follow each other and cover all of it."""
    if not text:
        return ()
    starts = clause_starts(text, blocks)
    evidence = _evidence(without_noise(text), starts)
    path = _best_path(evidence, [price_of_change(text, start) for start in starts])
    return tuple(_segments(len(text), starts, path, evidence))


def _evidence(text: str, starts: list[int]) -> Vector:
    """Return a row of evidence for each clause."""
    bounds = list(zip(starts, [*starts[1:], len(text)], strict=True))
    words = [WORD.findall(text, start, end) for start, end in bounds]
    rows = np.zeros((len(starts), len(languages())), np.float32)
    for first in range(0, len(bounds), _AT_ONCE):
        part = words[first : first + _AT_ONCE]
        in_capitals = [
            _in_capitals(text[start:end], found) for (start, end), found in zip(bounds[first:], part, strict=False)
        ]
        add_groups(rows[first : first + _AT_ONCE], [len(found) for found in part], _word_rows(part, in_capitals))
    for number, (start, end) in enumerate(bounds):
        if end - start <= _LONGEST_HEADING and (heading := _headings().get(_key(words[number]))) is not None:
            rows[number] += heading
    return rows


def _in_capitals(clause: str, words: list[str]) -> bool:
    return clause.isupper() and max(map(len, words), default=0) > _ACRONYM


def _word_rows(clauses: list[list[str]], in_capitals: list[bool]) -> Vector:
    """Return the evidence of each word of the clauses, weighed."""
    sizes = [len(words) for words in clauses]
    numbers: dict[str, int] = {}
    places = np.array([numbers.setdefault(word, len(numbers)) for words in clauses for word in words], np.intp)
    capitals = np.repeat(np.array(in_capitals, bool), sizes)
    named = np.array([word[0].isupper() for word in numbers], bool)[places] & ~capitals
    named[np.cumsum([0, *sizes[:-1]])[np.array(sizes) > 0]] = False
    weights = np.where(named, np.float32(_NAME_WEIGHT), np.float32(1))
    weights[np.array([_ROMAN.fullmatch(word) is not None for word in numbers], bool)[places]] = 0
    weights[np.array([len(word) <= _ACRONYM and word.isupper() for word in numbers], bool)[places] & ~capitals] = 0
    return evidence_of([word.lower() for word in numbers])[places] * weights[:, None]


def _key(words: list[str]) -> str:
    return fold(" ".join(words))


@cache
def _headings() -> dict[str, Vector]:
    """Map headings to what they say of the language, from the lexicon."""
    rows: dict[str, Vector] = {}
    for code, phrases in load("nlp.language_headings").items():
        for phrase in phrases:
            row = rows.setdefault(_key(WORD.findall(phrase)), np.zeros(len(languages()), np.float32))
            row[SUPPORTED.index(code)] = _HEADING
    return rows


def _best_path(evidence: Vector, prices: list[float]) -> list[int]:
    """Return the sequence of languages (columns) whose evidence less the prices of changing is highest.

    Of two places to change that cost the same, the later one is taken: what has no words goes with what precedes it.
    """
    count, columns = evidence.shape
    other = np.full(columns, _PRICE_OTHER, np.float32)
    other[: len(SUPPORTED)] = 0
    best = evidence[0] - other
    leaders = [0] * count
    comes_from_leader = np.zeros(evidence.shape, bool)
    changed = np.empty_like(best)
    for number in range(1, count):
        leaders[number] = leader = int(best.argmax())
        np.subtract(best[leader], other, out=changed)
        changed -= prices[number]
        np.greater_equal(changed, best, out=comes_from_leader[number])
        np.maximum(best, changed, out=best)
        best += evidence[number]
    path = [int(best.argmax())]
    for number in range(count - 1, 0, -1):
        path.append(leaders[number] if comes_from_leader[number, path[-1]] else path[-1])
    return path[::-1]


def _label(column: int) -> str:
    return SUPPORTED[column] if column < len(SUPPORTED) else UNDETERMINED


def _segments(length: int, starts: list[int], path: list[int], evidence: Vector) -> Iterator[Segment]:
    first = 0
    for number in range(1, len(path) + 1):
        if number < len(path) and _label(path[number]) == _label(path[first]):
            continue
        end = starts[number] if number < len(path) else length
        yield _segment(starts[first], end, path[first], evidence[first:number].sum(axis=0))
        first = number


def _segment(start: int, end: int, column: int, evidence: Vector) -> Segment:
    """Make a segment; its confidence weighs its label against the best language of another label."""
    if not evidence.any():
        return Segment(start, end, UNDETERMINED, 0.0, ORIGIN)
    label = _label(column)
    same = [_label(index) == label for index in range(len(evidence))]
    margin = float(evidence[same].max() - evidence[np.logical_not(same)].max())
    return Segment(start, end, label, round(1 / (1 + float(np.exp(-margin))), 3), ORIGIN)
