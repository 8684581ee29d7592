"""Training of the classifier of declarations: ``python -m models.request_declarations.train``.

A sentence of a labelled letter of ``tests/gold`` is positive for a declaration if its evidence begins there. Those of
``phrases.yaml`` are added with half their weight. A logistic regression for each declaration is fitted to the vectors
of ``models/encoder``. Before that, the letters are left out in turn (``FOLDS`` parts), and what the classifier alone
finds in them is printed. The result, ``weights.npz``, contains the matrix, the biases, the names and the version of the
encoder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from models.labelled_letters import labelled_letters
from nlp.requests.declarations import SCALE, WEIGHTS
from nlp.requests.sentence_vectors import embed, encodable
from nlp.transformer import MODELS, card

NAMES = ("reciprocity", "urgency", "confidentiality")
INPUT_SCALE, PENALTY, POSITIVE, PHRASES, FOLDS, LIKELY = 8.0, 1.0, 8.0, 0.5, 5, 0.9

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LetterSentence:
    """A sentence of a letter, the declarations labelled in it and those of the whole letter."""

    letter: str
    words: str
    declares: frozenset[str]
    of_letter: frozenset[str]


def main() -> None:
    sentences = list(_letter_sentences())
    phrases = [(name, words) for _, name, words in _phrases()]
    vectors = embed([one.words for one in sentences])
    added = embed([words for _, words in phrases])
    columns = []
    for name in NAMES:
        truth = np.array([name in one.declares for one in sentences])
        generated = np.array([key == name for key, _ in phrases])
        _check(name, sentences, vectors, truth, added, generated)
        columns.append(_fit(vectors, truth, added, generated))
    weights = np.stack([column for column, _ in columns], axis=1) * INPUT_SCALE / SCALE
    encoder = card(MODELS / "encoder")
    version = f"{encoder.name}@{encoder.version}"
    bias = np.array([intercept for _, intercept in columns], np.float32)
    np.savez(WEIGHTS, weights=weights.astype(np.float16), bias=bias, names=NAMES, encoder=version)
    print(f"{len(sentences)} sentences of letters, {len(phrases)} phrases")


def _phrases() -> Iterator[tuple[str, str, str]]:
    """Yield the language, the declaration (or ``none``) and the words of each phrase."""
    content = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
    for language, by_name in content.items():
        yield from ((language, name, words) for name, listed in by_name.items() for words in listed)


def _letter_sentences() -> Iterator[LetterSentence]:
    for letter in labelled_letters():
        context = letter.read()
        places = [(name, context.flow.at(entry["start"])) for name in NAMES for entry in letter.fields.get(name, ())]
        every = frozenset(name for name, _ in places)
        for one in context.own_sentences():
            here = frozenset(name for name, place in places if one.start <= place < one.end)
            words = encodable(context.flow.cased[one.start : one.end])
            yield LetterSentence(f"{letter.letters} {letter.id}", words, here, every)


def _fit(vectors: Matrix, truth: Matrix, added: Matrix, generated: Matrix) -> tuple[Matrix, float]:
    """Return the weights, for vectors of length ``INPUT_SCALE``, and the bias."""
    from sklearn.linear_model import LogisticRegression

    labels = np.concatenate([truth, generated])
    importance = np.where(labels, POSITIVE, 1.0)
    importance[len(truth) :] *= PHRASES
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    model.fit(np.vstack([vectors, added]) * INPUT_SCALE, labels, sample_weight=importance)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _check(
    name: str, sentences: list[LetterSentence], vectors: Matrix, truth: Matrix, added: Matrix, generated: Matrix
) -> None:
    """Print in how many letters that the weights have not seen a declaration is found rightly, wrongly or not."""
    letters = sorted({one.letter for one in sentences})
    declared = {one.letter for one in sentences if name in one.of_letter}
    found = set()
    for fold in range(FOLDS):
        left_out = set(letters[fold::FOLDS])
        seen = np.array([one.letter not in left_out for one in sentences])
        weights, bias = _fit(vectors[seen], truth[seen], added, generated)
        likely = 1 / (1 + np.exp(-(vectors[~seen] @ weights * INPUT_SCALE + bias)))
        unseen = [one.letter for one in sentences if one.letter in left_out]
        found |= {letter for letter, probability in zip(unseen, likely, strict=True) if probability >= LIKELY}
    right, wrong, missed = len(found & declared), len(found - declared), len(declared - found)
    print(f"{name}, letters left out: {right} right, {wrong} wrong, {missed} missed")


if __name__ == "__main__":
    main()
