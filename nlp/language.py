"""Language identification by segment: es, pt, en, fr, or ``und``.

A text is divided into clauses. The best sequence of languages (Viterbi) maximises the evidence of the words less the
penalties for changes of language, which are lower between paragraphs than within. A short heading thus has the language
of the surrounding text unless its words indicate another.
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
from nlp.language_clauses import change_penalty, clause_starts, without_noise
from nlp.language_model import SUPPORTED, WORD, Vector, add_groups, evidence_of, languages
from nlp.probability import logistic

ORIGIN = "language@1"
UNDETERMINED = "und"

# Weight of a capitalised word within a clause, which is probably a name.
_NAME_WEIGHT = 0.2
# Roman numerals, initials and acronyms have no weight.
_ROMAN = regex.compile(r"[IVXLCDM]+|[ivx]+")
_ACRONYM = 4
_OTHER_PENALTY = 5.0
_HEADING = 5.0
_MAX_HEADING_LENGTH = 80
# Clauses processed at once, to limit memory.
_AT_ONCE = 2_000


def find_segments(text: str, blocks: Sequence[Block] = ()) -> tuple[Segment, ...]:
    """Return the languages of ``text`` as contiguous segments that cover all of it."""
    if not text:
        return ()
    starts = clause_starts(text, blocks)
    evidence = _evidence(without_noise(text), starts)
    path = _best_path(evidence, [change_penalty(text, start) for start in starts])
    return tuple(_segments(len(text), starts, path, evidence))


def _evidence(text: str, starts: list[int]) -> Vector:
    """Return the evidence of each clause, an array of the shape (clauses, languages)."""
    bounds = list(zip(starts, [*starts[1:], len(text)], strict=True))
    words = [WORD.findall(text, start, end) for start, end in bounds]
    rows = np.zeros((len(starts), len(languages())), np.float32)
    for first in range(0, len(bounds), _AT_ONCE):
        part = words[first : first + _AT_ONCE]
        in_capitals = [
            _in_capitals(text[start:end], forms) for (start, end), forms in zip(bounds[first:], part, strict=False)
        ]
        add_groups(rows[first : first + _AT_ONCE], [len(forms) for forms in part], _word_rows(part, in_capitals))
    for number, (start, end) in enumerate(bounds):
        if end - start <= _MAX_HEADING_LENGTH and (heading := _headings().get(_key(words[number]))) is not None:
            rows[number] += heading
    return rows


def _in_capitals(clause: str, words: list[str]) -> bool:
    return clause.isupper() and max(map(len, words), default=0) > _ACRONYM


def _word_rows(clauses: list[list[str]], in_capitals: list[bool]) -> Vector:
    """Return the weighted evidence of each word of the clauses, an array of the shape (words, languages)."""
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
    """Return the evidence of the headings in the lexicon, by folded heading."""
    rows: dict[str, Vector] = {}
    for code, phrases in load("nlp.language_headings").items():
        for phrase in phrases:
            row = rows.setdefault(_key(WORD.findall(phrase)), np.zeros(len(languages()), np.float32))
            row[SUPPORTED.index(code)] = _HEADING
    return rows


def _best_path(evidence: Vector, penalties: list[float]) -> list[int]:
    """Return the sequence of languages (columns of ``evidence``) with the highest evidence less penalties.

    ``penalties`` are the penalties for a change before each clause. Of equal changes the later one is taken, so that a
    clause without words belongs to the preceding segment.
    """
    count, columns = evidence.shape
    other = np.full(columns, _OTHER_PENALTY, np.float32)
    other[: len(SUPPORTED)] = 0
    best = evidence[0] - other
    leaders = [0] * count
    comes_from_leader = np.zeros(evidence.shape, bool)
    changed = np.empty_like(best)
    for number in range(1, count):
        leaders[number] = leader = int(best.argmax())
        np.subtract(best[leader], other, out=changed)
        changed -= penalties[number]
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
    """Return a segment; its confidence compares its label with the best language of another label."""
    if not evidence.any():
        return Segment(start, end, UNDETERMINED, 0.0, ORIGIN)
    label = _label(column)
    same = [_label(index) == label for index in range(len(evidence))]
    margin = float(evidence[same].max() - evidence[np.logical_not(same)].max())
    return Segment(start, end, label, round(logistic(margin), 3), ORIGIN)
