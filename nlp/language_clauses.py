"""Clauses for language identification, and the penalty for a change of language between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extraction.document import Block
from nlp.compiled_patterns import compiled

# Every alternative begins with a sign, so that the words between are skipped quickly.
_CLAUSE_END = compiled(
    r"""[.;:!?…]\s+|\n+|\s[/|–—]\s|\t+|(?P<opens>[“«(\[])|(?P<closes>[”»)\]])(?!\n|\t|\s[/|–—]\s)|(?P<quote>")"""
)
_BREAK = compiled(r"\n|\t|\s[/|–—]\s")
# Text without or with misleading evidence: addresses, and letters and numerals of items. Separate patterns are faster
# than alternatives in one.
_NOISE = tuple(
    compiled(expression, regex.M)
    for expression in (
        r"(?:https?://|www\.)\S+",
        r"(?<!\S)\S{1,80}@\S+",
        r"(?<!\w)\w{1,60}\.\w{2,3}/\S*",
        r"\([ ]?\p{L}{1,4}[ ]?\)",
        r"^[ ]{0,9}\p{L}{1,3}[ ]?\)",
    )
)
_QUOTES = '“«"(['
_WITHIN_PENALTY = 7.0
_QUOTED_PENALTY = 6.0
_BETWEEN_PENALTY = 5.0


def without_noise(text: str) -> str:
    """Return ``text`` with addresses and item numbers replaced by spaces, with the same length."""
    for pattern in _NOISE:
        text = pattern.sub(_blank, text)
    return text


def _blank(noise: regex.Match[str]) -> str:
    return " " * len(noise.group())


def clause_starts(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return the start offsets of clauses; each extends to the start of the next."""
    cuts = {cut for match in _CLAUSE_END.finditer(text) for cut in _cuts(text, match)}
    cuts.update(block.start for block in blocks)
    return [0, *sorted(cut for cut in cuts if 0 < cut < len(text))]


def _cuts(text: str, sign: regex.Match[str]) -> Iterator[int]:
    """Yield the clause starts at a sign: after it, before an opening sign, outside a quotation mark."""
    start, end = sign.span()
    if sign.lastgroup == "quote":
        if text[start - 1 : start].isspace():
            yield start
        if text[end : end + 1].isspace() and not _BREAK.match(text, end):
            yield end
    else:
        yield start if sign.lastgroup == "opens" else end


def change_penalty(text: str, start: int) -> float:
    """Return the penalty for a change of language at ``start``: lowest on a new line, lower at an opening quotation."""
    if start == 0 or text[start - 1] == "\n":
        return _BETWEEN_PENALTY
    return _QUOTED_PENALTY if text[start] in _QUOTES else _WITHIN_PENALTY
