"""Marks in a line that tell the kind of its block (``resources/blocks.yaml``)."""

from __future__ import annotations

import re
from functools import cache

from extraction.resource import load

_CLOSED = re.compile(r"[.:;!?…][)\]}»”’\"'\d]*$")
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}|_{4,}")
_ANY_CASE = frozenset({"caption"})
_LONGEST_HEADING = 200
_LONGEST_SENTENCE = 60  # characters of a heading that ends like a sentence


@cache
def _pattern(*kinds: str) -> re.Pattern[str]:
    """Return what matches any of the patterns of ``kinds``; those that are words match in any case."""
    resources = load("extraction.blocks")
    parts = [f"(?{'i' if kind in _ANY_CASE else ''}:{pattern})" for kind in kinds for pattern in resources[kind]]
    return re.compile("|".join(parts))


@cache
def kept_hyphens() -> tuple[frozenset[str], frozenset[str]]:
    """Return words that keep a hyphen before them, and words that keep one after them."""
    resources = load("extraction.blocks")
    return frozenset(resources["hyphen_kept_before"]), frozenset(resources["hyphen_kept_after"])


@cache
def words_apart() -> frozenset[str]:
    """Return words that stand for themselves after a dash."""
    return frozenset(load("extraction.blocks")["words_apart"])


def is_list_item(text: str) -> bool:
    """Tell whether a block begins as an item of a list does."""
    return _pattern("bullet", "list_item").match(text) is not None


def is_footnote(text: str) -> bool:
    """Tell whether a block begins with the mark of a note."""
    return _pattern("footnote").match(text) is not None


def is_caption(text: str) -> bool:
    """Tell whether a block is what stands under a picture or a table."""
    return len(text) <= _LONGEST_HEADING and _pattern("caption").match(text) is not None


def begins_anew(text: str) -> bool:
    """Tell whether a line that begins so starts an item or a provision."""
    return _pattern("bullet", "list_item", "provision").match(text) is not None


def is_bulleted(text: str) -> bool:
    """Tell whether a block begins with a sign that lists items and counts nothing."""
    return _pattern("bullet").match(text) is not None


def has_leaders(text: str) -> bool:
    """Tell whether dots lead to a page number or a line is left to fill in."""
    return _LEADERS.search(text) is not None


def is_open(text: str) -> bool:
    """Tell whether a line breaks off within a sentence."""
    return _CLOSED.search(text) is None


def starts_low(text: str) -> bool:
    """Tell whether the first letter, after an opening bracket or quotation mark, is lower case."""
    return text.lstrip("([«“\"'‘")[:1].islower()


def flows_on(text: str, following: str) -> bool:
    """Tell whether a line evidently goes on with the next: within a sentence in lower case, or within a word."""
    broken = text[-1:] == "-" and text[-2:-1].isalnum() and following[:1].isalnum()
    return broken or (is_open(text) and starts_low(following))


def could_be_heading(text: str) -> bool:
    """Tell whether a text is short and unfinished enough to stand over others."""
    if len(text) > (_LONGEST_SENTENCE if text.endswith((".", "!", "?")) else _LONGEST_HEADING):
        return False
    return not text.endswith((",", ";")) and any(map(str.isalpha, text)) and not has_leaders(text)
