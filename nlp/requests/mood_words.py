"""Words by which a letter requests, excludes, reports or introduces a list, by language (``nlp.request_moods``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.sentences import MARKER


def is_pending(words: str, language: str) -> bool:
    """Return whether folded ``words`` of a reminder state that something is still awaited."""
    return anywhere("pending", language).search(words) is not None


def folded_pattern(alternatives: Sequence[str]) -> regex.Pattern[str]:
    """Compile patterns of a resource for folded text.

    Each begins a word; ``_`` between spaces matches up to five words, ``_?`` before a word up to four.
    """
    gap, maybe = r"(?:[\W]+\w+){0,5}?[\W]+", r"(?:\w+\W+){0,4}?"
    joined = "|".join(
        alternative.replace(" _ ", gap).replace("_?", maybe).replace(" ?", r"\s*").replace(" ", r"\s+")
        for alternative in alternatives
    )
    return regex.compile(rf"(?<!\w)(?:{joined})")


@cache
def purpose_label() -> regex.Pattern[str]:
    """Match the label of a form before what the letter is for ("FINALIDADE:")."""
    return regex.compile(rf"\W*(?:{MARKER}\s*)?(?:{'|'.join(load('nlp.request_moods')['purpose_label'])})\s*:\s*")


def _patterns(kind: str, language: str) -> Sequence[str]:
    lists: dict[str, list[str]] = load("nlp.request_moods")[kind]
    return lists.get(language) or [word for words in lists.values() for word in words]


@cache
def anywhere(kind: str, language: str) -> regex.Pattern[str]:
    """Match a word of a kind anywhere in a folded text; all languages for an unknown one."""
    ends = r"\b" if kind == "contrast" else ""
    return folded_pattern([f"(?:{pattern}){ends}" for pattern in _patterns(kind, language)])


@cache
def reporting(language: str) -> regex.Pattern[str]:
    """Match a relative word directly followed by a reporting verb."""
    words = "|".join(_patterns("relative", language)).replace(" ", r"\s+")
    reports = "|".join(_patterns("reported", language)).replace(" ", r"\s+")
    return regex.compile(rf"(?<!\w)(?:{words})(?:\W*\w+){{0,2}}?\W+(?:{reports})")


@cache
def resuming(language: str) -> regex.Pattern[str]:
    """Match a verb coordinated with a request ("... were credited and send the statements")."""
    return regex.compile(rf"(?<!\w)(?:{'|'.join(_patterns('resuming', language))})")


@cache
def aside(language: str) -> regex.Pattern[str]:
    """Match words that interrupt a clause between commas (", if necessary,")."""
    words = "|".join(_patterns("aside", language)).replace(" ", r"\s+")
    return regex.compile(rf",\s+(?:{words})\s*,")


@cache
def starts(kind: str, language: str) -> regex.Pattern[str]:
    """Match words of a kind at the start of a clause, behind a list marker and a conjunction."""
    words = "|".join(_patterns(kind, language)).replace(" ", r"\s+")
    return regex.compile(rf"\W*(?:{MARKER}\s*)?(?:(?:y|e|and|et)\s+)?(?:{words})\b")
