"""Rows in the form of training data: pieces, and the possible labels of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from tokenizers import Encoding, Tokenizer

from models.ner.corpora import Row

KINDS = ("PERSON", "ORGANISATION", "LOCATION", "DATE", "LAW", "CASE")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
# Words are the same in training and use (nlp/entities/legal_ner.py): "11/05/2016" is five words with a label each.
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Example:
    """``pieces`` (n) and the ``LABELS`` possible for each, (n, labels); none for pieces that are not predicted."""

    pieces: np.ndarray
    allowed: np.ndarray


def example(row: Row, tokenizer: Tokenizer) -> Example:
    """Return ``row`` for training: the label of the first piece of each word is predicted.

    Partial labels (Effland and Collins, TACL 2021): for an unmarked word, labels that the corpus annotates exhaustively
    are excluded and others are possible; nothing is predicted in unknown ranges.
    """
    encoding = tokenizer.encode(row.text)
    allowed = np.zeros((len(encoding.ids), len(LABELS)), dtype=bool)
    plain = _plain(row.marked)
    first = _first_pieces(encoding, row.text)
    for word in WORD.finditer(row.text):
        piece = first.get(word.start())
        if piece is not None:
            allowed[piece] = plain
    for begin, end, label in row.spans:
        start = without_edge(row.text, begin, end, label)
        for place, word in enumerate(WORD.finditer(row.text, start, end)):
            piece = first.get(word.start())
            if piece is not None:
                allowed[piece] = _only(("B-" if place == 0 else "I-") + kind for kind in label.split("|"))
    for start, end in row.unknown:
        for word in WORD.finditer(row.text, start, end):
            if word.start() in first:
                allowed[first[word.start()]] = False
    return Example(np.array(encoding.ids), allowed)


def without_edge(text: str, start: int, end: int, label: str) -> int:
    """Return the start of a marked name without an initial article, preposition or title (``edges.yaml``)."""
    edge = _edges()["DATE" if label == "DATE" else "PERSON" if label == "PERSON" else ""].match(text, start, end)
    return edge.end() if edge and edge.end() < end else start


@cache
def _edges() -> dict[str, re.Pattern[str]]:
    edges: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("edges.yaml").read_text(encoding="utf-8"))
    article = rf"(?:{'|'.join(edges['articles'])})\s+|(?:{'|'.join(edges['elided'])})['’]\s?"
    titles = "|".join(title for line in edges["titles"] for title in line)
    title = rf"(?:{titles})\b\s?\.?\s*(?=[^\W_])"
    patterns = {"": f"(?:{article})+", "DATE": f"(?i:{article})+", "PERSON": f"(?:{article}|(?i:{title}))+"}
    return {label: re.compile(pattern) for label, pattern in patterns.items()}


def _plain(marked: Iterable[str]) -> np.ndarray:
    """Return which labels are possible for an unmarked word in a corpus that annotates ``marked`` exhaustively."""
    return np.array([label == "O" or label[2:] not in marked for label in LABELS])


def _only(labels: Iterable[str]) -> np.ndarray:
    wanted = set(labels)
    return np.array([label in wanted for label in LABELS])


def _first_pieces(encoding: Encoding, text: str) -> dict[int, int]:
    """Return the first piece at each offset; a piece's range may begin with the space before its word."""
    first: dict[int, int] = {}
    for piece, ((start, end), token) in enumerate(zip(encoding.offsets, encoding.tokens, strict=True)):
        while start < end and text[start].isspace():
            start += 1
        if end > start and token != "▁":
            first.setdefault(start, piece)
    return first
