"""Training of the weights that choose the issuing authority: ``python -m models.request_authorities.train``.

The examples are the labelled letters of ``tests/gold``. The weights maximise the likelihood of the candidates that
agree with the label (``nlp.requests.authorities.choice``) with a penalty on their squares (Adam). Before that, each set
of letters is left out in turn, and the share of its authorities that is found is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from models.feature_fitting import Matrix, feature_matrix, frequent, minimised, save_weights
from models.labelled_letters import labelled_letters, with_each_set_left_out
from nlp.requests.authorities.authorities import full_name
from nlp.requests.authorities.choice import WEIGHTS, WRITER, Features, probabilities, supported
from nlp.requests.authorities.evidence import named_institutions
from nlp.requests.context import RequestContext
from nlp.requests.flow import plain_words

STEPS, RATE, DECAY = 200, 0.05, 0.008
SMALLEST, RAREST = 0.005, 3  # smaller weights and features of fewer letters are left out
# A candidate agrees fully if it shares that part of its words with the label, and less the fewer it shares.
SHARED = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: its candidates with their features and names, how far each agrees with the label."""

    letters: str
    candidates: tuple[Features, ...]
    names: tuple[str, ...]
    agreement: tuple[float, ...]
    right: tuple[bool, ...]


def main() -> None:
    examples = list(read_examples())
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        print(f"{left_out}: {count_right(tried, weights)} of {len(tried)}")
    save_weights(WEIGHTS, {"letters": len(examples)}, {WRITER: fit(examples)}, smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the letters with a labelled authority."""
    for letter in labelled_letters():
        for labelled in letter.fields.get("issuing_authority", ())[:1]:
            yield example_of(letter.letters, letter.read(), labelled["value"])


def example_of(letters: str, context: RequestContext, label: str) -> Example:
    """Return the candidates of a letter compared with the labelled authority."""
    named = named_institutions(context)
    ranges = [full_name(named, number, context.text) for number in range(len(named))]
    values = [context.text[start:end] for start, end in ranges]
    right = tuple(_contains(value, label) for value in values)
    agreement = tuple(_shared(value, label) if is_right else 0.0 for value, is_right in zip(values, right, strict=True))
    return Example(letters, tuple(one.features for one in named), tuple(map(plain_words, values)), agreement, right)


def _contains(value: str, label: str) -> bool:
    first, second = plain_words(value), plain_words(label)
    return bool(first and second) and (first in second or second in first)


def _shared(value: str, label: str) -> float:
    """Return the share of common words, at most 1."""
    first, second = Counter(plain_words(value).split()), Counter(plain_words(label).split())
    return min(1.0, 2 * sum((first & second).values()) / (first.total() + second.total()) / SHARED)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the features."""
    known = [example for example in examples if any(example.agreement)]
    numbers = frequent((chain.from_iterable(example.candidates) for example in known), RAREST)
    prepared = [(feature_matrix(example.candidates, numbers), np.array(example.agreement)) for example in known]

    def slope(weights: Matrix) -> Matrix:
        total: Matrix = sum((_slope(*one, weights) for one in prepared), np.zeros_like(weights))
        return total / len(prepared) + DECAY * weights

    return dict(zip(numbers, minimised(slope, (len(numbers),), STEPS, RATE).tolist(), strict=True))


def _slope(matrix: Matrix, agreement: Matrix, weights: Matrix) -> Matrix:
    scores = matrix @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    wanted = likely * agreement + 1e-12 * agreement
    slope: Matrix = matrix.T @ (likely - wanted / wanted.sum())
    return slope


def count_right(examples: Sequence[Example], weights: Mapping[str, float]) -> int:
    """Return in how many letters the chosen candidate agrees with the label."""
    known = [example for example in examples if example.candidates]
    chosen = [(example, supported(example.names, probabilities(example.candidates, weights))) for example in known]
    return sum(example.right[support.index(max(support))] for example, support in chosen)


if __name__ == "__main__":
    main()
