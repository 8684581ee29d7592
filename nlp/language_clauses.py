"""Clauses for language identification, and the cost of a change between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extraction.document import Block

# Every alternative begins with a sign, so that the words between are skipped at once.
_CLAUSE_END = regex.compile(
    r"""[.;:!?…]\s+|\n+|\s[/|–—]\s|\t+|(?P<opens>[“«(\[])|(?P<closes>[”»)\]])(?!\n|\t|\s[/|–—]\s)|(?P<quote>")"""
)
_BREAK = regex.compile(r"\n|\t|\s[/|–—]\s")
# What says nothing of a language, or the wrong thing: addresses, letters and numerals that count items. One after the
# other they are looked for faster than as alternatives.
_NOISE = tuple(
    regex.compile(expression, regex.M)
    for expression in (
        r"(?:https?://|www\.)\S+",
        r"(?<!\S)\S{1,80}@\S+",
        r"(?<!\w)\w{1,60}\.\w{2,3}/\S*",
        r"\([ ]?\p{L}{1,4}[ ]?\)",
        r"^[ ]{0,9}\p{L}{1,3}[ ]?\)",
    )
)
_QUOTES = '“«"(['
_PRICE_WITHIN = 7.0
_PRICE_QUOTED = 6.0
_PRICE_BETWEEN = 5.0


def without_noise(text: str) -> str:
    """Return ``text``, of the same length, with spaces for what says nothing of a language."""
    for pattern in _NOISE:
        text = pattern.sub(_blank, text)
    return text


def _blank(noise: regex.Match[str]) -> str:
    return " " * len(noise.group())


def clause_starts(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return where clauses start; each reaches to the next one's start."""
    cuts = {cut for match in _CLAUSE_END.finditer(text) for cut in _cuts(text, match)}
    cuts.update(block.start for block in blocks)
    return [0, *sorted(cut for cut in cuts if 0 < cut < len(text))]


def _cuts(text: str, sign: regex.Match[str]) -> Iterator[int]:
    """Yield where clauses start at a sign: behind it, before one that opens, outside a quotation mark."""
    start, end = sign.span()
    if sign.lastgroup == "quote":
        if text[start - 1 : start].isspace():
            yield start
        if text[end : end + 1].isspace() and not _BREAK.match(text, end):
            yield end
    else:
        yield start if sign.lastgroup == "opens" else end


def price_of_change(text: str, start: int) -> float:
    """Return what it costs to change language at ``start``: least at a new line, less where a quotation opens."""
    if start == 0 or text[start - 1] == "\n":
        return _PRICE_BETWEEN
    return _PRICE_QUOTED if text[start] in _QUOTES else _PRICE_WITHIN
