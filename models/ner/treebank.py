"""Sentences of a bracketed treebank whose tags give the kinds of proper nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex
from yaml import safe_load

from models.ner.brat import row
from models.ner.detokenise import detokenise
from models.ner.speech import RESOURCE, Row, countries

Leaf = tuple[str, str]  # word, part of speech
_TREE = regex.compile(r"^\(\s*$", regex.MULTILINE)
_LEAF = regex.compile(r"\(([^\s()]+) ([^\s()]+) [^\s()]+\)")
_BRACKETS = {"-Fpa-": "(", "-Fpt-": ")", "-fe-": '"'}
_PLACE, _ORGANISATION = "np0000l", "np0000o"


def treebank_rows(source: dict[str, Any], pages: Mapping[str, str]) -> Iterator[Row]:
    """Yield the sentences of 6 to 60 words in ``pages``.

    A place as an actor ("Madrid responds") is an organisation here and a place elsewhere, hence unknown, as are the
    doubtful words in ``parliament.yaml``.
    """
    sentences = [_leaves(tree) for page in pages.values() for tree in _TREE.split(page)]
    lists: dict[str, list[str]] = safe_load(RESOURCE.read_text(encoding="utf-8"))[source["language"]]
    doubtful = _places(sentences) | countries(source["language"]) | {*lists["doubtful"]}
    broken = regex.compile(source["broken"])
    for sentence in sentences:
        if 6 <= len(sentence) <= 60 and not any(broken.search(word) for word, _ in sentence):
            words = [word for word, _ in sentence]
            text, offsets = detokenise(words, source["language"])
            yield row(source, text, ((*offsets[place], kind) for place, kind in _marks(sentence, doubtful)))


def _leaves(tree: str) -> Sequence[Leaf]:
    found = ((_BRACKETS.get(word, word.replace("_", " ").strip()), tag) for tag, word in _LEAF.findall(tree))
    return [(word, tag) for word, tag in found if not word.startswith("*")]


def _places(sentences: Sequence[Sequence[Leaf]]) -> set[str]:
    """Return the names tagged as a place at least a quarter as often as they are tagged as an organisation."""
    called = Counter(leaf for sentence in sentences for leaf in sentence)
    return {word for (word, tag), times in called.items() if tag == _PLACE and 4 * times >= called[word, _ORGANISATION]}


def _marks(sentence: Sequence[Leaf], doubtful: set[str]) -> Iterator[tuple[int, str]]:
    for place, (word, tag) in enumerate(sentence):
        if tag.startswith("np"):
            yield place, "doubtful" if tag == _ORGANISATION and word in doubtful else tag
