"""View data of two provisions side by side, with shared and differing words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.comparison.side_by_side import ClausePair, ClauseText, SideBySide
from app.comparison.view import TextPiece, trait_label
from indexing.works.differences import differences

_ALIKE = 0.5
"""Share of two texts in one language that must be the same for their differences to be marked."""


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause in pieces of text, some of them marked."""

    clause: ClauseText
    pieces: tuple[TextPiece, ...]


@dataclass(frozen=True, slots=True)
class ShownPair:
    """``different`` tells that words missing on the other side are marked instead of traits."""

    left: tuple[ShownClause, ...]
    right: tuple[ShownClause, ...]
    shared: tuple[str, ...]
    score: float
    different: bool


def shown_pairs(made: SideBySide) -> list[ShownPair]:
    """Return the pairs; consecutive unmatched clauses are joined."""
    same_language = made.left.language == made.right.language
    shown = []
    for (has_left, has_right), group in groupby(made.pairs, key=lambda pair: (bool(pair.left), bool(pair.right))):
        pairs = list(group)
        shown += [_pair(pair, same_language) for pair in pairs] if has_left and has_right else [_alone(pairs)]
    return shown


def _alone(pairs: Sequence[ClausePair]) -> ShownPair:
    left, right = (
        tuple(ShownClause(clause, (TextPiece(clause.text),)) for pair in pairs for clause in getattr(pair, side))
        for side in ("left", "right")
    )
    return ShownPair(left, right, (), 0.0, False)


def _pair(pair: ClausePair, same_language: bool) -> ShownPair:
    shared = tuple(trait_label(name) for name in pair.shared)
    if same_language and len(pair.left) == len(pair.right) == 1:
        old, new = pair.left[0], pair.right[0]
        found = differences(old.text, new.text)
        unchanged = sum(difference.old[1] - difference.old[0] for difference in found if difference.kind == "equal")
        if unchanged >= _ALIKE * max(len(old.text), len(new.text)):
            left = tuple(_differing(old.text, [(difference.old, difference.kind) for difference in found]))
            right = tuple(_differing(new.text, [(difference.new, difference.kind) for difference in found]))
            return ShownPair((ShownClause(old, left),), (ShownClause(new, right),), shared, pair.score, True)
    return ShownPair(
        tuple(ShownClause(clause_text, tuple(_traits(clause_text, pair.shared))) for clause_text in pair.left),
        tuple(ShownClause(clause_text, tuple(_traits(clause_text, pair.shared))) for clause_text in pair.right),
        shared,
        pair.score,
        False,
    )


def _differing(text: str, ranges: Sequence[tuple[tuple[int, int], str]]) -> Iterator[TextPiece]:
    for (start, end), kind in ranges:
        if start < end:
            yield TextPiece(text[start:end], kind="" if kind == "equal" else "differs")


def _traits(clause: ClauseText, shared: Sequence[str]) -> Iterator[TextPiece]:
    at = clause.start
    for trait in sorted(clause.traits, key=lambda trait: trait.start):
        if trait.name in shared and trait.start >= at:
            yield TextPiece(clause.text[at - clause.start : trait.start - clause.start])
            yield TextPiece(
                clause.text[trait.start - clause.start : trait.end - clause.start], trait_label(trait.name), "all"
            )
            at = trait.end
    yield TextPiece(clause.text[at - clause.start :])
