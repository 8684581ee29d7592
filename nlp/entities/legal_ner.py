"""Named entity recognition by the trained model (``models/ner``).

Words are split as in training: runs of letters and digits, and each other character by itself, so that
``11/05/2016`` is five words. A word has the label of its first piece. Names do not extend beyond a paragraph or cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import regex
from numpy.typing import NDArray

from nlp.annotations import Segment, Span
from nlp.entities.dates import find_dates, writes_month_first
from nlp.entities.ner_windows import Sentence, Window, lower_case_words, may_name, portions, windows
from nlp.entities.person_names import couple_start
from nlp.language import UNDETERMINED
from nlp.transformer import MODELS, Transformer, Vector, card, exists, open_model

if TYPE_CHECKING:
    from tokenizers import Encoding

FOLDER = MODELS / "ner"
OUTSIDE = "O"
_WORD = regex.compile(r"\w+|[^\w\s]")
# Signs with which no name begins or ends; a name keeps its brackets and full stops ("S.A.").
_NO_BEGINNING, _NO_END = frozenset(",;:.)]}»”-–—/"), frozenset(",;:([{«“-–—/")

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """Words in order: start and end in code points, paragraph number, and log-probability of each label.

    ``starts``, ``ends`` and ``paragraphs`` have the shape (words,), ``scores`` (words, labels).
    """

    starts: Numbers
    ends: Numbers
    paragraphs: Numbers
    scores: Vector


def model() -> Transformer | None:
    """Return the model, ``None`` if its files are not installed."""
    return open_model(FOLDER) if exists(FOLDER) else None


def origin() -> str:
    """Return ``legal_ner@version``, or ``""`` without a model."""
    return f"legal_ner@{card(FOLDER).version}" if exists(FOLDER) else ""


def find_entities(
    text: str,
    tagger: Transformer,
    segments: Sequence[Segment] = (),
    jurisdiction: str = "",
    *,
    capitals_only: bool = False,
) -> Iterator[Span]:
    """Yield the entities recognised by ``tagger``, in order.

    The confidence is the geometric mean of the probabilities of the words; entities below the model's threshold are
    omitted. Segments in other languages than the four are skipped; without ``segments`` the whole text is read.
    ``jurisdiction`` (ISO 3166 alpha-2) decides on day and month too. With ``capitals_only``, sentences without
    a capital after their first word are skipped: in laws, which have few names and whose numbers other components
    find, these are up to two thirds of the text.
    """
    month_first = writes_month_first(text, jurisdiction)
    known = lower_case_words(text) if capitals_only else frozenset[str]()
    for portion in portions(text, _readable(text, segments)):
        sentences = [one for one in portion if may_name(text, one, known)] if capitals_only else portion
        words = _words(text, sentences, tagger)
        if len(words.starts):
            yield from _spans(text, words, tagger, month_first=month_first)


def _readable(text: str, segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Yield the ranges outside segments in other languages; a segment without evidence (a mere name) is included."""
    start = 0
    for segment in segments:
        if segment.label == UNDETERMINED and segment.confidence:
            if segment.start > start:
                yield start, segment.start
            start = segment.end
    if start < len(text):
        yield start, len(text)


def _words(text: str, sentences: Sequence[Sentence], tagger: Transformer) -> _Words:
    """Return the words of a portion of the text with their scores, without words that have no pieces."""
    # The space before a word is part of its first piece, so trailing spaces are removed from sentences.
    encodings = tagger.tokenise([text[sentence.start : sentence.end].rstrip() for sentence in sentences])
    ids = [piece for encoding in encodings for piece in encoding.ids]
    bounds = np.array(
        [
            (*word.span(), sentence.paragraph)
            for sentence in sentences
            for word in _WORD.finditer(text, sentence.start, sentence.end)
        ],
        np.intp,
    ).reshape(-1, 3)
    first = _first_pieces(text, sentences, encodings, tagger.blank)
    pieces = np.array([first.get(start, -1) for start in bounds[:, 0].tolist()], np.intp)
    starts, ends, paragraphs = bounds[pieces >= 0].T
    lengths = [(sentence.paragraph, len(ids)) for sentence, ids in zip(sentences, encodings, strict=True)]
    parts = windows(lengths, tagger.room)
    scores = _scores(ids, parts, tagger)[pieces[pieces >= 0]]
    return _Words(starts, ends, paragraphs, _log_probabilities(scores))


def _first_pieces(
    text: str, sentences: Sequence[Sentence], encodings: Sequence[Encoding], blank: int | None
) -> dict[int, int]:
    """Return the number of the first piece at each offset of the text, as in training (models/ner/labels.py)."""
    first: dict[int, int] = {}
    number = 0
    for sentence, encoding in zip(sentences, encodings, strict=True):
        for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            at, stop = sentence.start + start, sentence.start + end
            while at < stop and text[at].isspace():
                at += 1
            if at < stop and piece != blank:
                first.setdefault(at, number)
            number += 1
    return first


def _scores(ids: Sequence[int], parts: Sequence[Window], tagger: Transformer) -> Vector:
    scores = np.zeros((len(ids), len(tagger.card.labels)), np.float32)
    for number, output in tagger.run([tagger.framed(ids[part.start : part.end]) for part in parts]):
        part = parts[number]
        rows = tagger.without_frame(output, part.end - part.start)
        scores[part.owns_from : part.owns_to] = rows[part.owns_from - part.start : part.owns_to - part.start]
    return scores


def _log_probabilities(scores: Vector) -> Vector:
    scores = scores - scores.max(axis=1, keepdims=True, initial=-np.inf)
    logarithms: Vector = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logarithms


def _spans(text: str, words: _Words, tagger: Transformer, *, month_first: bool) -> Iterator[Span]:
    labels = tagger.card.labels
    path = best_path(words.scores, words.paragraphs, labels)
    inside = [labels[label].startswith("I-") for label in path]
    for first in np.flatnonzero(path != labels.index(OUTSIDE)):
        if inside[first]:
            continue
        last = first + 1
        while last < len(path) and inside[last]:
            last += 1
        confidence = float(np.exp(words.scores[np.arange(first, last), path[first:last]].mean()))
        start, end = _name(text, int(words.starts[first]), int(words.ends[last - 1]))
        if start < end and confidence >= tagger.card.threshold:
            label = labels[path[first]][2:]
            start = couple_start(text, start) if label == "PERSON" else start
            value = _value(text[start:end], label, month_first=month_first)
            yield Span(start, end, label, value, round(confidence, 3), f"legal_ner@{tagger.card.version}")


def _name(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without signs and spaces at its edges, an empty one if it contains nothing else."""
    while start < end and (text[start] in _NO_BEGINNING or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _NO_END or text[end - 1].isspace()):
        end -= 1
    return start, end


def _value(printed: str, label: str, *, month_first: bool) -> str:
    """Return the name on one line, or the date in ISO 8601 (``""`` if it cannot be parsed: "last Tuesday")."""
    if label == "DATE":
        dates = find_dates(printed, month_first=month_first)
        return dates[0].value if len(dates) == 1 else ""
    return " ".join(printed.split())


def best_path(scores: Vector, paragraphs: Numbers, labels: Sequence[str]) -> Numbers:
    """Return the most probable label sequence in which ``I-X`` only follows ``B-X`` or ``I-X`` (Viterbi).

    ``scores`` are log-probabilities of the shape (words, labels), ``paragraphs`` the paragraph number of each word;
    each paragraph is a sequence of its own. The result holds the index of a label for each word.
    """
    begins, follows = _grammar(tuple(labels))
    path: Numbers = scores.argmax(axis=1)
    new = np.concatenate([[True], paragraphs[1:] != paragraphs[:-1]])
    wrong = np.where(new, ~begins[path], ~follows[np.roll(path, 1), path])
    for number in np.unique(paragraphs[wrong]):
        first, last = np.searchsorted(paragraphs, [number, number + 1])
        path[first:last] = _viterbi(scores[first:last], begins, follows)
    return path


@cache
def _grammar(labels: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which labels may begin a paragraph, and which (columns) may follow which (rows)."""
    begins = np.array([not label.startswith("I-") for label in labels])
    same = np.array([[before[2:] == label[2:] and before != OUTSIDE for label in labels] for before in labels])
    return begins, begins[None, :] | same


def _viterbi(scores: Vector, begins: NDArray[np.bool_], follows: NDArray[np.bool_]) -> Numbers:
    penalties = np.where(follows, np.float32(0), np.float32(-np.inf))
    best = np.where(begins, scores[0], -np.inf)
    predecessors = []
    for row in scores[1:]:
        totals = best[:, None] + penalties
        predecessors.append(totals.argmax(axis=0))
        best = totals.max(axis=0) + row
    path = [int(best.argmax())]
    for predecessor in reversed(predecessors):
        path.append(int(predecessor[path[-1]]))
    return np.array(path[::-1], np.intp)
