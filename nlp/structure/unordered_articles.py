"""Articles out of numerical order, as in a compilation of excerpts, told apart from quotations and references."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import regex

from nlp.structure.marks import RESTARTS, Mark
from nlp.structure.quoted_law import announces_quotation

_MIN_LIKE = 2  # articles in order that have the form of one out of order
_QUOTES = "«“\"‘'"
_MARKUP = " \t\n*_#"
_ENDS_SENTENCE = '.;!?»”"…)]'
_WORD = regex.compile(r"\p{L}+\.?")
_CLOSING = regex.compile(r"[.:)\-–—]*$")


def unordered_articles(text: str, found: Sequence[Mark], ordered: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Return the articles of ``found`` that are not in ``ordered``: headings, and lines that may be headings.

    ``ordered`` are the marks in numerical order. A heading has the form of others ("ARTÍCULO 323. "), its number is
    that of no other article up to the next annex or act, the article above ends there and does not refer to it, and
    it is not quoted.
    """
    known = {mark.line for mark in ordered}
    forms = Counter(_form(text, mark) for mark in ordered if mark.kind == "article")
    numbers = _Numbers(found, ordered)
    headings: list[Mark] = []
    doubtful: list[Mark] = []
    above, quoting = 0, False
    for mark in found:
        if mark.line not in known and mark.kind == "article" and mark.number.key:
            quoting = quoting or _is_quoted(text, mark)
            if not quoting and forms[_form(text, mark)] >= _MIN_LIKE:
                is_new = numbers.add(mark)
                is_heading = is_new and _is_apart(text, mark) and not _is_named(text, above, mark)
                (headings if is_heading else doubtful).append(mark)
        else:
            quoting = False
        above = mark.line
    return headings, doubtful


class _Numbers:
    """The numbers of articles between two marks at which the numbering restarts."""

    def __init__(self, found: Sequence[Mark], ordered: Sequence[Mark]) -> None:
        self._restarts = [mark.line for mark in found if mark.kind in RESTARTS]
        self._known = {self._key(mark) for mark in ordered if mark.kind == "article"}

    def add(self, mark: Mark) -> bool:
        """Record the number of ``mark``, and return whether it is new."""
        key, size = self._key(mark), len(self._known)
        self._known.add(key)
        return len(self._known) > size

    def _key(self, mark: Mark) -> tuple[int, ...]:
        return (bisect_right(self._restarts, mark.line), *mark.number.key)


def _form(text: str, mark: Mark) -> tuple[str, str]:
    """Return the word before the number as written, and the signs that close the number."""
    label = text[mark.start : mark.body].rstrip(_MARKUP)
    word, closing = _WORD.match(label), _CLOSING.search(label)
    return (word[0] if word else "", closing[0].replace("–", "-").replace("—", "-") if closing else "")


def _is_quoted(text: str, mark: Mark) -> bool:
    """Return whether the article opens a quotation: by a quotation mark, a colon or a word of amendment before it."""
    before = text[max(0, mark.line - 20) : mark.line].rstrip(_MARKUP)
    is_marked = any(char in _QUOTES for char in text[mark.line : mark.start])
    return is_marked or before.endswith(":") or announces_quotation(text, mark.line)


def _is_apart(text: str, mark: Mark) -> bool:
    """Return whether a sentence or a heading in capitals ends above the article."""
    end = mark.line
    while end and text[end - 1] in _MARKUP:
        end -= 1
    return text[max(0, end - 1) : end] in _ENDS_SENTENCE or text[text.rfind("\n", 0, end) + 1 : end].isupper()


def _is_named(text: str, above: int, mark: Mark) -> bool:
    """Return whether the article above, which begins at ``above``, names the number."""
    number = regex.escape(mark.number.text.split(" ")[0])
    return (
        regex.search(rf"(?i:\bart)[^\n;:]{{0,80}}(?<![\d.]){number}(?![\d\w])", text, pos=above, endpos=mark.line)
        is not None
    )
