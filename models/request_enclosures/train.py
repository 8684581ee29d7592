"""Training of the weights that choose a letter's enclosures: ``python -m models.request_enclosures.train``.

The examples are the pieces of the labelled letters of ``tests/gold`` (``nlp.requests.enclosures.evidence``). For each
labelled enclosure one piece is right: that whose words agree best with the label. Before the weights are written, each
set of letters is left out in turn, and the figures on it are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.feature_fitting import logistic, save_weights
from models.labelled_letters import PRESENT, labelled_letters, with_each_set_left_out
from nlp.requests.context import RequestContext
from nlp.requests.enclosures.choice import ENCLOSED, WEIGHTS, choose
from nlp.requests.enclosures.enclosures import ruled_enclosures
from nlp.requests.enclosures.evidence import Piece, enclosure_pieces
from nlp.requests.flow import plain_words
from nlp.requests.weights import feature_probability

_PRESENT_COUNT = 3.0  # how much a piece of the letters labelled by the present conventions counts
_COUNTED_ONCE = "requests_fifteenth"  # its eight hands delimit enclosures in ways of their own
STEPS, RATE, DECAY = 150, 0.05, 0.0006
SMALLEST, RAREST = 0.01, 4  # smaller weights and features of fewer pieces are left out
_IN_PLACE, _BY_RULE = 0.3, 0.1  # preference for a piece where the label is, and for one that a rule finds


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: its pieces, the words of each, which of them are right, the words of the labels."""

    letters: str
    pieces: Sequence[Piece]
    words: Sequence[str]
    right: frozenset[int]
    labels: Sequence[str]


def main() -> None:
    examples = list(read_examples())
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        precision, recall = figures(tried, weights)
        print(f"{left_out}: precision {precision:.2f}, recall {recall:.2f}", flush=True)
    save_weights(WEIGHTS, {"letters": len(examples)}, {ENCLOSED: fit(examples)}, smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the labelled letters."""
    for letter in labelled_letters():
        yield example_of(letter.letters, letter.read(), letter.fields.get("annexes", ()))


def example_of(letters: str, context: RequestContext, labelled: Sequence[Mapping[str, Any]]) -> Example:
    """Return the pieces of a letter compared with the labelled enclosures."""
    pieces = enclosure_pieces(context, ruled_enclosures(context))
    words = [plain_words(context.text[piece.start : piece.end]) for piece in pieces]
    right: set[int] = set()
    for entry in labelled:
        label = plain_words(entry["value"]["label"])
        fitting = [number for number, said in enumerate(words) if number not in right and _agree(said, label)]
        if fitting:
            right.add(max(fitting, key=lambda number: _fit_of(pieces[number], words[number], entry, label)))
    labels = [plain_words(entry["value"]["label"]) for entry in labelled]
    return Example(letters, pieces, words, frozenset(right), labels)


def _agree(first: str, second: str) -> bool:
    return bool(first and second) and (first in second or second in first)


def _fit_of(piece: Piece, words: str, entry: Mapping[str, Any], label: str) -> float:
    """Return how well a piece fits a label: the share of common words, the place, the rules."""
    first, second = Counter(words.split()), Counter(label.split())
    shared = 2 * (first & second).total() / (first.total() + second.total())
    in_place = bool(entry["start"] < piece.end and piece.start < entry["end"])
    return shared + _IN_PLACE * in_place + _BY_RULE * ("ruled" in piece.features)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the features."""
    counted = [
        (piece.features, number in example.right, _count(example.letters))
        for example in examples
        for number, piece in _comparable(example)
    ]
    rows, labels, counts = zip(*counted, strict=True)
    return logistic(rows, labels, least=RAREST, decay=DECAY, steps=STEPS, rate=RATE, counts=counts)


def _count(letters: str) -> float:
    return _PRESENT_COUNT if letters in PRESENT and letters != _COUNTED_ONCE else 1.0


def _comparable(example: Example) -> Iterator[tuple[int, Piece]]:
    """Yield the pieces of a letter, with their numbers, whose labels follow the present conventions.

    In the letters labelled by earlier ones an enclosed translation was no enclosure.
    """
    for number, piece in enumerate(example.pieces):
        if example.letters in PRESENT or number in example.right or "translation" not in piece.features:
            yield number, piece


def figures(examples: Sequence[Example], weights: Mapping[str, float]) -> tuple[float, float]:
    """Return precision and recall of the chosen pieces; each label counts once."""
    right = given = labelled = 0
    for example in examples:
        likely = [feature_probability(piece.features, weights) for piece in example.pieces]
        found = dict.fromkeys(example.words[number] for number in choose(example.pieces, likely))
        waiting = list(example.labels)
        for words in found:
            fitting = next((label for label in waiting if _agree(words, label)), None)
            if fitting is not None:
                waiting.remove(fitting)
        right += len(example.labels) - len(waiting)
        given, labelled = given + len(found), labelled + len(example.labels)
    return right / max(1, given), right / max(1, labelled)


if __name__ == "__main__":
    main()
