"""Characters that a text layer lacks, such as ligatures without a code, taken from a reading of the page by OCR.

A word counts as recognised only if its other characters are the same in both readings: ``Ac?on`` and ``Action``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from extraction.layout.page_words import PageWords

MISSING = "\ufffd"
_LIGATURE = r"([^\W\d_]{1,3})"  # the longest are three letters, as in "office"
_LETTERS = re.compile(r"[^\W\d_]")
_PUNCTUATION = re.compile(rf"^[^\w{MISSING}]+|[^\w{MISSING}]+$")


def lacks_characters(page: PageWords) -> bool:
    """Return whether a word of ``page`` has letters and a character without a code."""
    return MISSING in page.text and bool(incomplete(page.words))


def incomplete(words: list[str]) -> list[int]:
    """Return the indices of the words with letters and a character without a code."""
    return [index for index, word in enumerate(words) if MISSING in word and _LETTERS.search(word)]


def completed(page: PageWords, known: Mapping[str, str]) -> PageWords:
    """Return ``page`` with the incomplete words that are ``known``, by their core without punctuation, complete."""
    words = [_with_core(word, known) if MISSING in word else word for word in page.words]
    return replace(page, text=" ".join(words))


def recognised_words(page: PageWords, recognised: PageWords) -> dict[str, str]:
    """Return the incomplete words of ``page``, without punctuation, with the same words of ``recognised``."""
    centres = (recognised.boxes[:, :2] + recognised.boxes[:, 2:]) / 2
    texts, found = recognised.words, dict[str, str]()
    for index in incomplete(page.words):
        core = _PUNCTUATION.sub("", page.words[index])
        box = page.boxes[index]
        inside = np.flatnonzero(np.all((centres >= box[:2]) & (centres <= box[2:]), axis=1)).tolist()
        other = _PUNCTUATION.sub("", "".join(texts[place] for place in inside))
        pattern = _LIGATURE.join(re.escape(part) for part in re.split(f"{MISSING}+", core))
        if re.fullmatch(pattern, other):
            found[core] = other
    return found


def _with_core(word: str, known: Mapping[str, str]) -> str:
    core = _PUNCTUATION.sub("", word)
    return word.replace(core, known[core], 1) if core in known else word
