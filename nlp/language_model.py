"""Language evidence of words from langdetect's n-gram profiles and function words.

langdetect samples n-grams at random until its confidence suffices. The sum of the logarithms over all n-grams of a
word is the limit of this procedure, is deterministic, and can be computed once for each distinct word.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import distribution, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from extraction.build_cache import code_digest, kept
from extraction.resource import load

SUPPORTED = ("es", "pt", "en", "fr")
OTHER_SCRIPT = "zz"
WORD = regex.compile(r"[\p{L}\p{M}]+")
_LATIN = regex.compile(r"\p{Latin}")

# langdetect's smoothing: ALPHA_DEFAULT / BASE_FREQ.
_FLOOR = 0.5 / 10_000
# The evidence of the three lengths of n-grams is largely redundant.
_OVERLAP = 3.0
_FUNCTION_WORD = 1.0
_OTHER_SCRIPT = 6.0

# spaCy's stop words are read as files: importing them would load spaCy and compile the tokenizer of each language.
_SPACY = Path(distribution("spacy").locate_file("spacy"))  # type: ignore[arg-type]

Vector = NDArray[np.float32]

_KNOWN: dict[str, Vector] = {}
_REMEMBERED = 100_000
_AT_ONCE = 10_000


def ngrams(word: str) -> Iterator[str]:
    """Yield the n-grams of 1 to 3 letters of ``word`` with a space at either end, as in langdetect."""
    padded = f" {word} "
    for end in range(2, len(padded) + 1):
        for size in (1, 2, 3):
            if end >= size and (gram := padded[end - size : end]) != " ":
                yield gram


@cache
def languages() -> tuple[str, ...]:
    """Return all distinguished languages, the four supported ones first, then ``zz`` for other scripts."""
    return tuple(_known_table()[0])


def _settings() -> dict[str, Any]:
    settings: dict[str, Any] = load("nlp.languages")
    return settings


def _own_profiles() -> bytes:
    return files("nlp").joinpath("resources/language_profiles.json").read_bytes()


def _profiles() -> dict[str, dict[str, Any]]:
    """Return each language's profile in langdetect's format: ``freq`` of n-grams and ``n_words``, their totals."""
    profiles: dict[str, dict[str, Any]] = json.loads(_own_profiles())
    for code in _settings()["langdetect"]:
        profiles[code] = json.loads(files("langdetect").joinpath(f"profiles/{code}").read_text(encoding="utf-8"))
    return profiles


_Table = tuple[list[str], list[str], bytes]
"""Languages, n-grams, and the logarithms of their smoothed frequencies by n-gram and language."""


@cache
def _known_table() -> _Table:
    versions = f"{version('langdetect')} {sys.byteorder} {_settings()['langdetect']} ".encode()
    return kept("nlp.language_table", versions + code_digest(__file__) + _own_profiles(), _Table, _made_table)  # type: ignore[arg-type]


def _made_table() -> _Table:
    profiles = _profiles()
    order = [*SUPPORTED, OTHER_SCRIPT, *sorted(profiles.keys() - set(SUPPORTED))]
    rows: dict[str, int] = {}
    for profile in profiles.values():
        for gram in profile["freq"]:
            rows.setdefault(gram, len(rows))
    frequencies = np.zeros((len(rows), len(order)), np.float32)
    for column, code in enumerate(order):
        if code in profiles:
            counts, totals = profiles[code]["freq"], profiles[code]["n_words"]
            places = [rows[gram] for gram in counts]
            frequencies[places, column] = [n / totals[len(gram) - 1] for gram, n in counts.items()]
    return order, list(rows), (np.log(frequencies + _FLOOR) / _OVERLAP).tobytes()


@cache
def _table() -> tuple[dict[str, int], Vector]:
    """Return the row of each n-gram, and the log of its smoothed frequencies, of the shape (n-grams, languages)."""
    order, grams, logarithms = _known_table()
    return {gram: row for row, gram in enumerate(grams)}, np.frombuffer(logarithms, np.float32).reshape(-1, len(order))


@cache
def _function_words() -> dict[str, Vector]:
    order = languages()
    rows: dict[str, Vector] = {}
    for code in _settings()["function_words"]:
        for word in runpy.run_path(str(_SPACY / "lang" / code / "stop_words.py"))["STOP_WORDS"]:
            rows.setdefault(word.lower(), np.zeros(len(order), np.float32))[order.index(code)] = _FUNCTION_WORD
    for code, words in _settings()["more_words"].items():
        for word in words:
            rows.setdefault(word, np.zeros(len(order), np.float32))[order.index(code)] = _FUNCTION_WORD
    return rows


def evidence_of(words: Sequence[str]) -> Vector:
    """Return the log-likelihood of each lower-case word in each of ``languages()``, relative to the best language.

    The result has the shape (words, languages); the maximum of each row is 0.
    """
    known = {word: row for word in words if (row := _KNOWN.get(word)) is not None}
    missing = [word for word in dict.fromkeys(words) if word not in known]
    for first in range(0, len(missing), _AT_ONCE):
        part = missing[first : first + _AT_ONCE]
        known.update(zip(part, _likelihoods(part), strict=True))
    if len(_KNOWN) + len(missing) <= _REMEMBERED:
        _KNOWN.update((word, known[word]) for word in missing)
    return np.array([known[word] for word in words], np.float32).reshape(len(words), len(languages()))


def _likelihoods(words: Sequence[str]) -> Vector:
    totals = _gram_totals(words)
    for number, word in enumerate(words):
        if (bonus := _function_words().get(word)) is not None:
            totals[number] += bonus
    totals -= _handicaps()
    totals[:, len(SUPPORTED)] = totals.min(axis=1)
    result: Vector = totals - totals.max(axis=1, keepdims=True)
    result[[not _LATIN.match(word) for word in words]] = _other_script()
    return result


def _gram_totals(words: Sequence[str]) -> Vector:
    """Return the sum of the logarithms of each word's n-grams, of the shape (words, languages)."""
    rows, logarithms = _table()
    places = [[row for gram in ngrams(word) if (row := rows.get(gram)) is not None] for word in words]
    totals = np.zeros((len(words), logarithms.shape[1]), np.float32)
    add_groups(totals, [len(group) for group in places], logarithms[[row for group in places for row in group]])
    return totals


def add_groups(totals: Vector, sizes: Sequence[int], rows: Vector) -> None:
    """Add to each row of ``totals`` the sum of the next ``sizes`` rows of ``rows``, in place.

    ``totals`` has the shape (groups, columns), ``rows`` (sum of sizes, columns).
    """
    counts = np.array(sizes, np.intp)
    filled = np.flatnonzero(counts)
    if len(filled):
        totals[filled] += np.add.reduceat(rows, (np.cumsum(counts) - counts)[filled], axis=0)


@cache
def _handicaps() -> Vector:
    row = np.zeros(len(languages()), np.float32)
    for code, handicap in _settings()["handicaps"].items():
        row[languages().index(code)] = handicap
    return row


def _other_script() -> Vector:
    row = np.full(len(languages()), -_OTHER_SCRIPT, np.float32)
    row[len(SUPPORTED)] = 0
    return row
