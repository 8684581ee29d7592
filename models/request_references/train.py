"""Training of the weights that choose a letter's own references: ``python -m models.request_references.train``.

The examples are the numbers of the labelled letters of ``tests/gold``
(``nlp.requests.identifiers.reference_evidence``); one is right if it agrees with a labelled reference. Before the
weights are written, each set of letters is left out in turn, and the figures of the reader on it are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.feature_fitting import logistic, save_weights
from models.labelled_letters import labelled_letters, with_each_set_left_out
from nlp.requests.context import RequestContext
from nlp.requests.flow import plain_words
from nlp.requests.identifiers.reference_evidence import references_of
from nlp.requests.identifiers.references import FIRST, FURTHER, OWN, WEIGHTS
from nlp.requests.weights import feature_probability

STEPS, RATE, DECAY = 300, 0.05, 0.001
SMALLEST, RAREST = 0.005, 3  # smaller weights and features of fewer numbers are left out


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: the features of its numbers, the labelled references with which each agrees, all of these."""

    letters: str
    numbers: tuple[Mapping[str, float], ...]
    agrees: tuple[frozenset[str], ...]
    labelled: frozenset[str]


def main() -> None:
    examples = list(read_examples())
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        precision, recall = figures(tried, weights)
        print(f"{left_out}: precision {precision:.2f}, recall {recall:.2f}")
    save_weights(WEIGHTS, {"letters": len(examples)}, {OWN: fit(examples)}, smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the labelled letters."""
    for letter in labelled_letters():
        labels = [str(entry["value"]) for entry in letter.fields.get("own_reference", ())]
        yield example_of(letter.letters, letter.read(), labels)


def example_of(letters: str, context: RequestContext, labels: Iterable[str]) -> Example:
    """Return the numbers of a letter compared with the labelled references."""
    labelled = frozenset(plain_words(label) for label in labels)
    numbers = references_of(context)
    values = [plain_words(context.text[one.start : one.end]) for one in numbers]
    agrees = tuple(frozenset(label for label in labelled if value in label or label in value) for value in values)
    return Example(letters, tuple(one.features for one in numbers), agrees, labelled)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the features."""
    rows = [features for example in examples for features in example.numbers]
    labels = [bool(agrees) for example in examples for agrees in example.agrees]
    return logistic(rows, labels, least=RAREST, decay=DECAY, steps=STEPS, rate=RATE)


def figures(examples: Sequence[Example], weights: Mapping[str, float]) -> tuple[float, float]:
    """Return precision and recall; of a letter as many references count as are labelled, at least one."""
    right = given = labelled = 0
    for example in examples:
        likely = [feature_probability(features, weights) for features in example.numbers]
        found = chosen(likely, example.agrees)[: max(1, len(example.labelled))]
        right += len(frozenset().union(*found))
        given += len(found)
        labelled += len(example.labelled)
    return right / max(1, given), right / max(1, labelled)


def chosen(likely: Sequence[float], agrees: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return with which labels the chosen numbers agree, the most probable first, each label once."""
    ranked = sorted(zip(likely, agrees, strict=True), key=lambda item: -item[0])
    found: list[frozenset[str]] = []
    for share, labels in ranked:
        if share >= (FURTHER if found else FIRST) and not (labels and labels in found):
            found.append(labels)
    return found


if __name__ == "__main__":
    main()
