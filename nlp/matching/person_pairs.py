"""Alignment of two personal names: agreements, missing parts, and contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

import regex

from extraction.resource import load
from nlp.matching.person_readings import Reading, WrittenPerson, read_person
from nlp.matching.rarity import exponent, is_listed
from nlp.matching.spelling import Likeness, likeness

_WORTH = {Likeness.EQUAL: 0.0, Likeness.SPELLING: 0.0, Likeness.TYPO: 1.5}
"""Reduction of the exponent of a name by likeness: more persons match if typing errors are allowed for."""
_INITIAL = 0.9

_MALE_OR_FEMALE = regex.compile(r"(\p{L}{3,})(?:a \1o| \1(?:a|e|ne|le)|o \1ne)")
"""Two given names, the shorter first, that differ only by their gender."""


class Agreement(IntEnum):
    """Agreement of two names.

    ``CONFLICT``: each has a name that contradicts the other; ``SURNAME_DIFFERS``: the given names agree and surnames do
    not; ``LITTLE``: insufficient evidence; ``REORDERED``: the same words in another order; ``PART``: one lacks names of
    the other; ``SLIP``: equal except for errors; ``WHOLE``: equal.
    """

    CONFLICT = 0
    SURNAME_DIFFERS = 1
    LITTLE = 2
    REORDERED = 3
    PART = 4
    SLIP = 5
    WHOLE = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """The best agreement of any readings.

    ``rarity`` is the exponent of the share of persons with the common parts, ``whole_words`` the number of words
    without an error or abbreviation, ``missing`` that of words in only one name.
    """

    agreement: Agreement
    rarity: float = 0.0
    whole_words: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """Aligned given names or surnames; ``left`` and ``right`` are the numbers of unmatched words on each side."""

    likenesses: tuple[Likeness, ...]
    words: tuple[tuple[str, str], ...]
    left: int
    right: int

    def rarity(self, kind: str) -> float:
        return sum(
            _INITIAL
            if like is Likeness.INITIAL
            else max(0.5, min(exponent(word, kind) for word in words) - _WORTH[like])
            for like, words in zip(self.likenesses, self.words, strict=True)
        )

    def is_of_other_gender(self) -> bool:
        """Return whether two given names differ by their gender only: Franco and Franca, André and Andrée."""
        slips = (words for like, words in zip(self.likenesses, self.words, strict=True) if like is Likeness.TYPO)
        return any(
            _MALE_OR_FEMALE.fullmatch(" ".join(sorted(words, key=lambda word: (len(word), word)))) for words in slips
        )


def compare_persons(left: str, right: str) -> Comparison:
    """Compare two names of persons as they were written, in any order."""
    first, second = read_person(left), read_person(right)
    if _of_other_generations(first.suffix, second.suffix):
        return Comparison(Agreement.CONFLICT)
    if not first.readings or not second.readings:
        return Comparison(Agreement.LITTLE if _share(first, second) else Agreement.CONFLICT)
    found = [_compare(left, right) for left, right in product(first.readings, second.readings)]
    best = max(found, key=lambda comparison: (comparison.agreement, -comparison.rarity))
    if first.suffix and second.suffix and first.suffix != second.suffix and best.agreement > Agreement.LITTLE:
        return Comparison(Agreement.LITTLE, best.rarity, 0)
    if bool(first.suffix) != bool(second.suffix) and best.agreement > Agreement.PART:
        return Comparison(Agreement.PART, best.rarity, 0)
    return best


def _of_other_generations(first: str, second: str) -> bool:
    """Return whether two suffixes exclude each other; "Filho" and "Júnior" both name the son."""
    alike = load("nlp.linking")["suffixes_alike"]
    return bool(first and second) and first != second and not any({first, second} <= {*group} for group in alike)


def _share(first: WrittenPerson, second: WrittenPerson) -> bool:
    """Return whether names with too little evidence may be of the same person: a common word, or a nickname."""
    if not first.words or not second.words:
        return True
    nickname = any(len(person.words) == 1 and not is_listed(person.words[0]) for person in (first, second))
    return nickname or any(likeness(word, other) for word in first.words for other in second.words)


def _compare(left: Reading, right: Reading) -> Comparison:
    given = _align(left.given, right.given)
    surnames = _align(left.surnames, right.surnames)
    agreement = _agreement(left, right, given, surnames)
    if agreement > Agreement.REORDERED and left.supposed != right.supposed:
        agreement = Agreement.REORDERED
    if agreement is Agreement.REORDERED and surnames.left:
        surnames = _align(sorted(left.surnames), sorted(right.surnames))
    whole = sum(like > Likeness.TYPO for like in (*given.likenesses, *surnames.likenesses))
    missing = given.left + given.right + surnames.left + surnames.right
    return Comparison(agreement, given.rarity("given") + surnames.rarity("surname"), whole, missing)


def _agreement(left: Reading, right: Reading, given: _Part, surnames: _Part) -> Agreement:
    if len(left.given) > 1 and left.given != right.given and sorted(left.given) == sorted(right.given):
        return Agreement.LITTLE if surnames.likenesses else Agreement.CONFLICT
    if not given.likenesses or (given.left and given.right):
        return Agreement.CONFLICT
    if surnames.left and surnames.right:
        reordered = len(left.surnames) > 1 and sorted(left.surnames) == sorted(right.surnames)
        return Agreement.REORDERED if reordered and not (given.left or given.right) else Agreement.SURNAME_DIFFERS
    if not any(like > Likeness.INITIAL for like in surnames.likenesses):
        return Agreement.SURNAME_DIFFERS if not surnames.likenesses else Agreement.LITTLE
    one_side = not ((given.left or surnames.left) and (given.right or surnames.right))
    if not one_side or not _has_main_surname(left.surnames, right.surnames):
        return Agreement.LITTLE
    likenesses = (*given.likenesses, *surnames.likenesses)
    if given.is_of_other_gender() or (left.supposed and surnames.is_of_other_gender()):
        return Agreement.LITTLE
    if given.left or given.right or surnames.left or surnames.right or Likeness.INITIAL in likenesses:
        return Agreement.PART
    return Agreement.SLIP if Likeness.TYPO in likenesses else Agreement.WHOLE


def _has_main_surname(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether both have the same first surname, the one used in Spanish, or the same last one."""
    return likeness(left[0], right[0]) > Likeness.INITIAL or likeness(left[-1], right[-1]) > Likeness.INITIAL


def _align(left: Sequence[str], right: Sequence[str]) -> _Part:
    """Align two sequences of words in order so that most agree, and best; two words may be written as one."""
    best: dict[tuple[int, int], _Alignment] = {}
    for row in range(len(left), -1, -1):
        for column in range(len(right), -1, -1):
            options = [best[at] for at in ((row + 1, column), (row, column + 1)) if at in best]
            options += [
                _Alignment(
                    best[row + rows, column + columns].score + like,
                    ((like, (word, other)), *best[row + rows, column + columns].pairs),
                    best[row + rows, column + columns].left + rows,
                    best[row + rows, column + columns].right + columns,
                )
                for rows, columns, word, other in _steps(left, right, row, column)
                if (like := likeness(word, other)) and (rows + columns == 2 or like > Likeness.TYPO)
            ]
            best[row, column] = max(options, key=lambda option: option.score, default=_Alignment())
    found = best[0, 0]
    likenesses, words = [like for like, _ in found.pairs], [pair for _, pair in found.pairs]
    return _Part(tuple(likenesses), tuple(words), len(left) - found.left, len(right) - found.right)


@dataclass(frozen=True, slots=True)
class _Alignment:
    """The likenesses of pairs of words and how many words of both sides they take."""

    score: int = 0
    pairs: tuple[tuple[Likeness, tuple[str, str]], ...] = ()
    left: int = 0
    right: int = 0


def _steps(left: Sequence[str], right: Sequence[str], row: int, column: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield possible matches from a place on: a word with a word, or two words as one with a word."""
    for rows, columns in ((1, 1), (2, 1), (1, 2)):
        if row + rows <= len(left) and column + columns <= len(right):
            yield rows, columns, "".join(left[row : row + rows]), "".join(right[column : column + columns])
