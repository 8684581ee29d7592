"""Block kinds by the first and last characters of a line, and hyphens at line ends (``resources/blocks.yaml``).

The document's own vocabulary decides if it has the word with or without the hyphen. Otherwise the hyphen is dropped
between plain lower-case letters, and kept next to digits, capitals, other hyphens and the pronouns and prefixes of the
resource. A dash that closes a parenthesis ("-si correspondiera- un plazo") is not a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extraction.resource import load

_CLOSED = re.compile(r"[.:;!?…][)\]}»”’\"'\d]*$")
_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}|_{4,}")
_PARTICLE = re.compile(r"(?:^|\s)[^\W\d_A-Z]{1,3}$")
_OPPONENT = re.compile(r"(vs|v|c)\. (?=[A-ZÀ-ÖØ-Þ])")
_ITEMS_BEFORE = {"v": ("iv.", "(iv)", "iv)", "u."), "c": ("b.", "(b)", "b)"), "vs": ()}
_ANY_CASE = frozenset({"caption"})
_MAX_HEADING_LENGTH = 200
_MAX_SENTENCE_LENGTH = 60  # characters; limit for a heading that ends in a full stop, exclamation or question mark


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


@cache
def _party_ends() -> frozenset[str]:
    return frozenset(load("extraction.blocks")["party_ends"])


def is_list_item(text: str) -> bool:
    """Return whether a block begins with a bullet or list number."""
    return _pattern("bullet", "list_item").match(text) is not None


def is_footnote(text: str) -> bool:
    """Return whether a block begins with a footnote mark."""
    return _pattern("footnote").match(text) is not None


def is_caption(text: str) -> bool:
    """Return whether a block is a caption of a figure or table."""
    return len(text) <= _MAX_HEADING_LENGTH and _pattern("caption").match(text) is not None


def begins_paragraph(text: str) -> bool:
    """Return whether a line starts a list item or a provision."""
    return _pattern("bullet", "list_item", "provision").match(text) is not None


def names_opponent(text: str, following: str, first: str = "") -> bool:
    """Return whether ``following`` begins with the "v." or "c." between two parties, the first of which ends ``text``.

    Such a line looks like an item of a list ("v. Wolf"); it is one if ``first``, the first line of the paragraph, or
    ``text`` is the item before ("iv. Bolivia").
    """
    match = _OPPONENT.match(following)
    if match is None or (first or text).startswith(_ITEMS_BEFORE[match[1]]):
        return False
    last = text.rsplit(" ", 1)[-1].strip("\"'”’»,)")
    return (last[:1].isupper() and last[-1:].isalnum()) or last in _party_ends()


def ends_in_particle(text: str) -> bool:
    """Return whether the last word is a short one in lower case, such as a preposition or article."""
    return _PARTICLE.search(text) is not None


def is_bulleted(text: str) -> bool:
    """Return whether a block begins with an unnumbered bullet."""
    return _pattern("bullet").match(text) is not None


def has_leaders(text: str) -> bool:
    """Return whether the text has leader dots or a blank line to fill in."""
    if not (".." in text or ". ." in text or "……" in text or "____" in text):  # true of most lines
        return False
    return _LEADERS.search(text) is not None


def has_tick_box(text: str) -> bool:
    """Return whether the text has a tick box, so that what follows it may be an option of its own."""
    return _pattern("tick_box").match(text) is not None


def is_open(text: str) -> bool:
    """Return whether a line ends without sentence punctuation."""
    return _CLOSED.search(text) is None


def starts_low(text: str) -> bool:
    """Return whether the first letter, after an opening bracket or quotation mark, is lower case."""
    return text.lstrip("([«“\"'‘")[:1].islower()


def begins_apart(text: str) -> bool:
    """Return whether a line in lower case may stand alone: a bracket ("(signed)"), a label ("tel. 21 3330")."""
    return _pattern("apart").match(text) is not None


def stands_alone(text: str) -> bool:
    """Return whether a line is nothing but the place and day of a letter ("Lima, 3 de marzo de 2026")."""
    return _pattern("dateline").fullmatch(text) is not None


def flows_on(text: str, following: str) -> bool:
    """Return whether ``following`` continues ``text``: a hyphenated word, or an open sentence in lower case."""
    broken = text[-1:] == "-" and text[-2:-1].isalnum() and following[:1].isalnum()
    return broken or (is_open(text) and starts_low(following))


def could_be_heading(text: str) -> bool:
    """Return whether a text is short enough for a heading and is punctuated like one."""
    if len(text) > (_MAX_SENTENCE_LENGTH if text.endswith((".", "!", "?")) else _MAX_HEADING_LENGTH):
        return False
    return not text.endswith((",", ";")) and any(map(str.isalpha, text)) and not has_leaders(text)


_EDGES = re.compile(r"^\W+|\W+$")
_ASIDE = re.compile(r"(?<=\s)[-–—]\w(?:[^-–—]|(?<=\w)-(?=\w))*-$")
_MAX_ASIDE_LENGTH = 250  # characters
_MIN_PART_LENGTH = 4


class Vocabulary:
    """The vocabulary of a document, in lower case."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._words: set[str] = set()

    def add(self, words: Sequence[str]) -> None:
        """Add the words of a page except those hyphenated at a line end."""
        whole = set(words)
        if any(broken := [word[-1] == "-" for word in words]):
            whole = {word for word, cut, tail in zip(words, broken, [False, *broken], strict=False) if not cut | tail}
        new = whole - self._seen
        self._seen |= new
        self._words.update([word.lower() if word.isalnum() else _EDGES.sub("", word).lower() for word in new])

    def drops_hyphen(self, before: str, after: str) -> bool:
        """Return whether ``before``, which ends in a hyphen, joins ``after`` of the next line without it."""
        head, tail = _EDGES.sub("", before).lower(), _EDGES.sub("", after).lower()
        if not head or not tail or not before[-2:-1].islower() or not after[:1].islower():
            return before[:-1].isupper() and len(head) > 1 and after.isupper() and head + tail in self._words
        if head + tail in self._words:
            return True
        kept_before, kept_after = kept_hyphens()
        if f"{head}-{tail}" in self._words or "-" in head or tail in kept_before or head in kept_after:
            return False
        return not self._both_stand_alone(head, tail)

    def closes_aside(self, text: str, after: str) -> bool:
        """Return whether the dash at the end of ``text`` closes a parenthesis; ``after`` is the next line's first word.

        That is so if a parenthesis was opened, or a known word is followed by a word that is never the end of another.
        """
        head, tail = _EDGES.sub("", text.rsplit(" ", 1)[-1]).lower(), _EDGES.sub("", after).lower()
        if text[-1:] != "-" or head + tail in self._words or head not in self._words:
            return False
        if len(head) > _MIN_PART_LENGTH and tail in words_apart():
            return True
        return tail in self._words and _ASIDE.search(text[-_MAX_ASIDE_LENGTH:]) is not None

    def _both_stand_alone(self, head: str, tail: str) -> bool:
        long = min(len(head), len(tail)) >= _MIN_PART_LENGTH
        return long and head in self._words and tail in self._words
