"""Training of the classifier of roles: ``python -m models.request_roles.train [--further] [--check]``.

A classifier of single sentences is fitted to the vectors of ``sentences_*.yaml`` (a name marked, other names masked);
its verdict on the sentences of a letter is a feature. The names of the labelled letters of ``tests/gold`` are the
examples, those that are no party included. The rules knew the letters of the earlier sets when they were written, so
their verdict is worth more there than on new letters: the letters of the fourth and sixth set count more.
A multinomial logistic regression is fitted by gradient descent. The result, ``weights.npz``, contains the names of the
features, both matrices with their biases, and the version of the encoder.

``--further`` fits the stored weights of names to the sets labelled by the present conventions and to the short letters
of ``letters_*.yaml``, and keeps them near what they are. Names of features and the classifier of sentences stay.

``--check`` prints instead how the letters of each set are read by weights that have not seen them (the fourth
and sixth sets in five parts, the others one by one), beside the rules; with ``--further`` beside the stored weights.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from models.labelled_letters import PRESENT, LabelledLetter, labelled_letters
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.persons.persons import find_candidates
from nlp.requests.persons.role_classifier import (
    CLASSES,
    FOLDER,
    NO_PARTY,
    NOBODY,
    SINGLE_SCALE,
    Linear,
    Trained,
    feature_rows,
    stored_weights,
)
from nlp.requests.persons.role_features import MARK, OTHER_MARK, OTHER_NAME, Candidate, features_of
from nlp.requests.sentence_vectors import embed
from nlp.transformer import MODELS, card

# The sets whose letters the rules had not seen when they were written, or read in part only.
BLIND = frozenset({"requests_fourth", "requests_fourth_kept", "requests_sixth"})
BLIND_WEIGHT, LEAST_LETTERS, PARTS = 2.0, 3, 5
SHORT = "short"  # the name of the set of short letters
OWN_NAME = "¤"
STEPS, RATE, DECAY, SINGLE_DECAY = 120, 0.1, 10.0, 3.0
# The same for stored weights that are fitted further, and the share of the way that they then go: chosen by the figures
# of sets left out.
FURTHER_RATE, FURTHER_DECAY, FURTHER_SHARE = 0.01, 40.0, 0.5

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A labelled letter: its set, its names with the class of each, and the number of persons without a candidate."""

    letter_set: str
    context: RequestContext
    candidates: Sequence[Candidate]
    classes: Sequence[str]
    unseen: int


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Rows of features with the number of the class, the weight and the letter of each."""

    rows: Matrix
    classes: NDArray[np.int64]
    weight: Matrix
    letters: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """Return the chosen examples."""
        return Examples(self.rows[chosen], self.classes[chosen], self.weight[chosen], self.letters[chosen])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures of letters left out")
    parser.add_argument("--further", action="store_true", help="fit the stored weights to the latest sets")
    options = parser.parse_args()
    letters = list(_letters(PRESENT if options.further else None))
    stored = stored_weights() if options.further else None
    columns, sentences = (stored.columns, stored.sentences) if stored else (_columns(letters), _sentences())
    examples = _examples(letters, columns, sentences)
    if options.check:
        _check(letters, examples, stored)
        return
    names = further(examples, stored.names) if stored else _fit(examples)
    _save(Trained(columns, names, sentences))
    print(f"{len(letters)} letters, {len(examples.rows)} names, {len(columns)} features")


def _save(trained: Trained) -> None:
    encoder = card(MODELS / "encoder")
    np.savez_compressed(
        FOLDER / "weights.npz",
        columns=list(trained.columns),
        names_weights=trained.names.weights.astype(np.float16),
        names_bias=trained.names.bias,
        sentences_weights=trained.sentences.weights.astype(np.float16),
        sentences_bias=trained.sentences.bias,
        encoder=f"{encoder.name}@{encoder.version}",
    )


def _letters(sets: Collection[str] | None) -> Iterator[Letter]:
    """Yield the letters of the sets and the short ones, of all open sets for None."""
    for letter in (*labelled_letters(), *_short_letters()):
        if sets is not None and letter.letters not in {*sets, SHORT}:
            continue
        context = letter.read()
        candidates = find_candidates(context)
        classes, unseen = labelled_classes(candidates, letter.fields.get("persons", ()))
        yield Letter(letter.letters, context, candidates, classes, unseen)


def _short_letters() -> Iterator[LabelledLetter]:
    """Yield the short letters written for the training."""
    for path in sorted(FOLDER.glob("letters_*.yaml")):
        for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            persons = [{"value": {"name": name, "role": role}} for name, role in row["persons"].items()]
            yield LabelledLetter(SHORT, f"{path.stem}-{number}", row["text"], "", {"persons": persons}, frozenset())


def labelled_classes(candidates: Sequence[Candidate], persons: Sequence[Mapping[str, Any]]) -> tuple[list[str], int]:
    """Return the class of each candidate and the number of persons that are no candidate."""
    classes = [NOBODY] * len(candidates)
    waiting = list(persons)
    for exact in (True, False):
        left = []
        for person in waiting:
            value = person["value"]
            fitting = [
                number
                for number, one in enumerate(candidates)
                if classes[number] == NOBODY and _same(one.party.name, value["name"], exact)
            ]
            if fitting:
                classes[fitting[0]] = value["role"]
            else:
                left.append(person)
        waiting = left
    return classes, len(waiting)


def _same(left: str, right: str, exact: bool) -> bool:
    first, second = (" ".join(fold(name).split()) for name in (left, right))
    return first == second or (not exact and min(len(first), len(second)) > 4 and (first in second or second in first))


def _columns(letters: Sequence[Letter]) -> dict[str, int]:
    """Return the number of each feature that occurs in several letters."""
    within: dict[str, set[int]] = defaultdict(set)
    for number, letter in enumerate(letters):
        for candidate in letter.candidates:
            for name in features_of(letter.context, candidate):
                within[name].add(number)
    return {name: number for number, name in enumerate(sorted(n for n, s in within.items() if len(s) >= LEAST_LETTERS))}


def _sentences() -> Linear:
    """Return the classifier of the written sentences; classes with few sentences count more."""
    texts, classes = [], []
    for path in sorted(FOLDER.glob("sentences_*.yaml")):
        for name, listed in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            texts += [_marked(one) for one in listed]
            classes += [CLASSES.index(name)] * len(listed)
    weight = 1 / np.sqrt(np.bincount(classes))[classes]
    rows = SINGLE_SCALE * embed(texts)
    unlike = np.zeros(len(texts), np.int64)
    examples = Examples(rows, np.array(classes), (weight / weight.mean()).astype(np.float32), unlike)
    return _fit(examples, SINGLE_DECAY)


def _marked(sentence: str) -> str:
    """Return a sentence as those of letters are read: folded, with marks instead of names."""
    masked = fold(sentence.replace("{x}", OWN_NAME).replace("{y}", OTHER_NAME))
    return masked.replace(OWN_NAME, MARK).replace(OTHER_NAME, OTHER_MARK)


def _examples(letters: Sequence[Letter], columns: Mapping[str, int], sentences: Linear) -> Examples:
    rows = [feature_rows(one.context, one.candidates, columns, sentences) for one in letters if one.candidates]
    classes = [CLASSES.index(name) for one in letters for name in one.classes]
    weight = [BLIND_WEIGHT if one.letter_set in BLIND else 1.0 for one in letters for _ in one.classes]
    numbers = [number for number, one in enumerate(letters) for _ in one.classes]
    return Examples(np.concatenate(rows), np.array(classes), np.array(weight, np.float32), np.array(numbers))


def _fit(examples: Examples, decay: float = DECAY) -> Linear:
    """Return the weights and biases that minimise the regularised loss."""
    middle = examples.rows.mean(axis=0)
    middle[np.abs(examples.rows).min(axis=0) == 0] = 0  # only the encoder's vectors have a common part
    shape = examples.rows.shape[1], len(CLASSES)
    start = Linear(np.zeros(shape, np.float32), np.zeros(len(CLASSES), np.float32))
    found = _moved(Examples(examples.rows - middle, examples.classes, examples.weight, examples.letters), start, decay)
    return Linear(found.weights, found.bias - middle @ found.weights)


def further(examples: Examples, stored: Linear) -> Linear:
    """Return the stored weights fitted to further examples; differences from them are what the loss penalises."""
    moved = _moved(examples, stored, FURTHER_DECAY, FURTHER_RATE)
    return Linear(
        stored.weights + FURTHER_SHARE * (moved.weights - stored.weights),
        stored.bias + FURTHER_SHARE * (moved.bias - stored.bias),
    )


def _moved(examples: Examples, start: Linear, decay: float, rate: float = RATE) -> Linear:
    """Return the weights that minimise the loss, whose penalty draws them to ``start`` (Adam with a falling rate)."""
    rows, total = examples.rows, examples.weight.sum()
    truth = np.eye(len(CLASSES), dtype=np.float32)[examples.classes]
    parameters = [start.weights.copy(), start.bias.copy()]
    means = [np.zeros_like(array) for array in parameters]
    squares = [np.zeros_like(array) for array in parameters]
    for step in range(1, STEPS + 1):
        error = (Linear(*parameters).likely(rows) - truth) * (examples.weight / total)[:, None]
        slopes = [rows.T @ error + decay / total * (parameters[0] - start.weights), error.sum(axis=0)]
        for number, slope in enumerate(slopes):
            means[number] = 0.9 * means[number] + 0.1 * slope
            squares[number] = 0.99 * squares[number] + 0.01 * slope**2
            mean, square = means[number] / (1 - 0.9**step), squares[number] / (1 - 0.99**step)
            parameters[number] -= rate * (1 - 0.9 * step / STEPS) * mean / (np.sqrt(square) + 1e-8)
    return Linear(*parameters)


def _check(letters: Sequence[Letter], examples: Examples, stored: Trained | None) -> None:
    """Print for each set the persons found and the roles of those by weights without its letters, and by the rules.

    Instead of the rules it is the stored weights, if there are some to be fitted further.
    """
    sets = np.array([one.letter_set for one in letters])
    for letter_set in sorted(set(sets)):
        members = [int(number) for number in np.flatnonzero(sets == letter_set)]
        random.Random(1).shuffle(members)
        parts = [members[part::PARTS] for part in range(PARTS)] if letter_set in BLIND else [members]
        found: Counter[str] = Counter()
        before: Counter[str] = Counter()
        for part in parts:
            out = np.isin(examples.letters, part)
            left_out, others = examples.only(out), examples.only(~out)
            fitted = further(others, stored.names) if stored else _fit(others)
            _count(found, left_out.classes, fitted.likely(left_out.rows))
            if stored:
                _count(before, left_out.classes, stored.names.likely(left_out.rows))
        unseen = sum(letters[number].unseen for number in members)
        for number in members if stored is None else ():
            for one, name in zip(letters[number].candidates, letters[number].classes, strict=True):
                _tally(before, name, one.role if one.ruled else NOBODY)
        print(f"{letter_set:24} before {_figures(before, unseen)}   learned {_figures(found, unseen)}", flush=True)


def _count(found: Counter[str], classes: NDArray[np.int64], likelihood: Matrix) -> None:
    for number, row in zip(classes, likelihood, strict=True):
        taken = row.copy()
        taken[-1] = 2.0 if row[-1] > NO_PARTY else -1.0
        _tally(found, CLASSES[number], CLASSES[int(taken.argmax())])


def _tally(found: Counter[str], expected: str, read: str) -> None:
    found["expected"] += expected != NOBODY
    found["read"] += read != NOBODY
    found["both"] += NOBODY not in (expected, read)
    found["role"] += expected == read != NOBODY


def _figures(found: Counter[str], unseen: int) -> str:
    f1 = 2 * found["both"] / max(1, found["expected"] + unseen + found["read"])
    return f"persons {f1:.3f} roles {found['role'] / max(1, found['both']):.3f}"


if __name__ == "__main__":
    main()
