"""Detokenised sentences of corpora with a token and its tag on each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from models.ner.brat import row
from models.ner.detokenise import detokenise
from models.ner.speech import Row

_END = regex.compile(r"[.!?]")


def token_rows(source: dict[str, Any], content: str) -> Iterator[Row]:
    """Yield the sentences of 8 to 60 tokens in ``content`` that have a mark.

    ``source["sentences"]`` is their separation: by empty lines (``lines``) or final signs (``ends``). Sentences that
    match ``source["broken"]`` were damaged in the corpus and are omitted.
    """
    cut = {"lines": _by_lines, "ends": _by_ends}[source["sentences"]]
    broken = regex.compile(source.get("broken", r"(?!)"))
    for words, tags in cut(content):
        text, offsets = detokenise(words, source["language"])
        if 8 <= len(words) <= 60 and set(tags) != {"O"} and not broken.search(text):
            marks = [(offsets[a][0], offsets[b - 1][1], tags[a][2:]) for a, b in _ranges(tags)]
            yield row(source, text, marks)


def _by_lines(content: str) -> Iterator[tuple[list[str], list[str]]]:
    for block in regex.split(r"\n\s*\n", content):
        pairs = [line.rsplit(" ", 1) for line in block.split("\n") if " " in line]
        yield [word for word, _ in pairs], [tag for _, tag in pairs]


def _by_ends(content: str) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in content.splitlines():
        word, _, tag = line.strip().partition(" ")
        if word and tag:
            words.append(word)
            tags.append(tag)
        if _END.fullmatch(word) and not (len(words) > 1 and words[-2] in ("M", "MM", "St")):
            yield words, tags
            words, tags = [], []


def _ranges(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of one label; each ``B-`` begins one, and ``I-`` after another label."""
    start = 0
    for place in range(1, len(tags) + 1):
        if place == len(tags) or tags[place][:2] == "B-" or tags[place][2:] != tags[start][2:]:
            if tags[start] != "O":
                yield start, place
            start = place
