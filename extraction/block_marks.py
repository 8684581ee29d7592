"""Recognises block kinds by the characters at the start and end of a line (``resources/blocks.yaml``)."""

from __future__ import annotations

import re
from functools import cache

from extraction.resource import load

_CLOSED = re.compile(r"[.:;!?…][)\]}»”’\"'\d]*$")
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}|_{4,}")
_ANY_CASE = frozenset({"caption"})
_LONGEST_HEADING = 200
_LONGEST_SENTENCE = 60  # characters; limit for a heading that ends in a full stop, exclamation or question mark


@cache
def _pattern(*kinds: str) -> re.Pattern[str]:
    """Return one expression for all patterns of ``kinds``; kinds in ``_ANY_CASE`` ignore case."""
    resources = load("extraction.blocks")
    parts = [f"(?{'i' if kind in _ANY_CASE else ''}:{pattern})" for kind in kinds for pattern in resources[kind]]
    return re.compile("|".join(parts))


@cache
def kept_hyphens() -> tuple[frozenset[str], frozenset[str]]:
    """Return two sets: words that keep a preceding hyphen, and words that keep a following one."""
    resources = load("extraction.blocks")
    return frozenset(resources["hyphen_kept_before"]), frozenset(resources["hyphen_kept_after"])


@cache
def words_apart() -> frozenset[str]:
    """Return articles and conjunctions that are never the second part of a hyphenated word."""
    return frozenset(load("extraction.blocks")["words_apart"])


def is_list_item(text: str) -> bool:
    """Return whether a block begins with a bullet or list number."""
    return _pattern("bullet", "list_item").match(text) is not None


def is_footnote(text: str) -> bool:
    """Return whether a block begins with a footnote mark."""
    return _pattern("footnote").match(text) is not None


def is_caption(text: str) -> bool:
    """Return whether a block is a caption of a figure or table."""
    return len(text) <= _LONGEST_HEADING and _pattern("caption").match(text) is not None


def begins_paragraph(text: str) -> bool:
    """Return whether a line starts a list item or a provision."""
    return _pattern("bullet", "list_item", "provision").match(text) is not None


def is_bulleted(text: str) -> bool:
    """Return whether a block begins with an unnumbered bullet."""
    return _pattern("bullet").match(text) is not None


def has_leaders(text: str) -> bool:
    """Return whether the text has leader dots or a blank line to fill in."""
    return _LEADERS.search(text) is not None


def is_open(text: str) -> bool:
    """Return whether a line ends without sentence punctuation."""
    return _CLOSED.search(text) is None


def starts_low(text: str) -> bool:
    """Return whether the first letter, after an opening bracket or quotation mark, is lower case."""
    return text.lstrip("([«“\"'‘")[:1].islower()


def flows_on(text: str, following: str) -> bool:
    """Return whether ``following`` continues ``text``: a hyphenated word, or an open sentence in lower case."""
    broken = text[-1:] == "-" and text[-2:-1].isalnum() and following[:1].isalnum()
    return broken or (is_open(text) and starts_low(following))


def could_be_heading(text: str) -> bool:
    """Return whether a text is short enough for a heading and is punctuated like one."""
    if len(text) > (_LONGEST_SENTENCE if text.endswith((".", "!", "?")) else _LONGEST_HEADING):
        return False
    return not text.endswith((",", ";")) and any(map(str.isalpha, text)) and not has_leaders(text)
