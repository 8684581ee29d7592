"""A row as the model learns it: pieces, and for each piece the labels that it may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpora import Row
from tokenizers import Encoding, Tokenizer

KINDS = ("PERSON", "ORGANISATION", "LOCATION", "DATE", "LAW", "CASE")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
# Training and running cut words alike (nlp/entities/legal_ner.py): "11/05/2016" is five words, and each has one label.
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Example:
    """``pieces`` (n) and, for each, which of ``LABELS`` are not ruled out (n, labels); no label where none is asked."""

    pieces: np.ndarray
    allowed: np.ndarray


def example(row: Row, tokenizer: Tokenizer) -> Example:
    """Return ``row`` for the model: the first piece of each word is asked, the other pieces are not.

    Partial labels (Effland and Collins, TACL 2021): what a corpus marks everywhere and did not mark here is ruled out;
    what it never marks stays possible; of an unknown stretch nothing is asked.
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
    """Return where a marked name begins without the article, preposition or title before it (``edges.yaml``)."""
    edge = _edges()["DATE" if label == "DATE" else "PERSON" if label == "PERSON" else ""].match(text, start, end)
    return edge.end() if edge and edge.end() < end else start


@cache
def _edges() -> dict[str, re.Pattern[str]]:
    said: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("edges.yaml").read_text(encoding="utf-8"))
    article = rf"(?:{'|'.join(said['articles'])})\s+|(?:{'|'.join(said['elided'])})['’]\s?"
    titles = "|".join(title for line in said["titles"] for title in line)
    title = rf"(?:{titles})\b\s?\.?\s*(?=[^\W_])"
    patterns = {"": f"(?:{article})+", "DATE": f"(?i:{article})+", "PERSON": f"(?:{article}|(?i:{title}))+"}
    return {label: re.compile(pattern) for label, pattern in patterns.items()}


def _plain(marked: Iterable[str]) -> np.ndarray:
    """Return what a word may be that bears no mark in a corpus that marks ``marked``."""
    return np.array([label == "O" or label[2:] not in marked for label in LABELS])


def _only(labels: Iterable[str]) -> np.ndarray:
    wanted = set(labels)
    return np.array([label in wanted for label in LABELS])


def _first_pieces(encoding: Encoding, text: str) -> dict[int, int]:
    """Return the first piece over each character; a piece's range may begin with the space before its word."""
    first: dict[int, int] = {}
    for piece, ((start, end), token) in enumerate(zip(encoding.offsets, encoding.tokens, strict=True)):
        while start < end and text[start].isspace():
            start += 1
        if end > start and token != "▁":
            first.setdefault(start, piece)
    return first
