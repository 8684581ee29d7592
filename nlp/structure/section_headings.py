"""Headings of a letter or judgment: short lines that contain a phrase of a lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from extraction.document import Block, BlockKind
from nlp.compiled_patterns import compiled
from nlp.folding import fold

Lexicon = Mapping[str, str]

_LINE = compiled(r"^[ \t\u00a0#*_>|]*(?P<line>\S[^\n]*)$", regex.MULTILINE)
_NUMBERING = compiled(
    r"(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Z]|[a-z](?=\)))[ \t]?[.\-–—)º°]+[ \t]*[\-–—]?[ \t]*"
    r"|(?:[IVXLC]{1,6}|\d{1,2})[ \t]+(?=\p{Lu}))"
)
# Letterspaced capitals: "F A L L O".
_SPACED = compiled(r"(?:\p{Lu}[ \t\u00a0]{1,3}){3,60}\p{Lu}")
_MAX_LENGTH = 120
_MARKUP = " \t*_#|>"


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A heading: its range, the start of the text after it, its printed label and the key of its section."""

    start: int
    body: int
    end: int
    key: str
    label: str
    confidence: float


def lexicon(headings: Mapping[str, Mapping[str, Sequence[str]]]) -> Lexicon:
    """Return the keys by folded phrase, from a resource that maps keys to phrases by language; the first key counts."""
    phrases: dict[str, str] = {}
    for key, languages in headings.items():
        for forms in languages.values():
            for form in forms:
                phrases.setdefault(bare(form), key)
    return phrases


def bare(text: str) -> str:
    """Return the folded words of ``text``, separated by single spaces."""
    return " ".join(regex.sub(r"[^\w ]+", " ", fold(text)).split())


def section_headings(
    text: str, blocks: Sequence[Block], phrases: Lexicon, colon_only: frozenset[str] = frozenset()
) -> Iterator[SectionHeading]:
    """Yield the lines of ``text`` that are headings by ``phrases``, in order.

    Phrases in ``colon_only`` are headings only before a colon or on a line of their own that is typographically a
    heading.
    """
    blocks_at = {block.start for block in blocks if block.kind is BlockKind.HEADING}
    for line in _LINE.finditer(text):
        start, end = line.span("line")
        if heading := _heading(text, start, end, phrases, colon_only, line.start() in blocks_at or "#" in line[0][:4]):
            yield heading


def _heading(
    text: str, start: int, end: int, phrases: Lexicon, colon_only: frozenset[str], typed: bool
) -> SectionHeading | None:
    numbering = _NUMBERING.match(text, start, end)
    words_at = numbering.end() if numbering else start
    words, colon, rest = text[words_at : min(end, words_at + _MAX_LENGTH)].partition(":")
    words = words.rstrip(_MARKUP + ".-–—")
    alone = not rest.strip(_MARKUP) and (colon != "" or end - words_at <= _MAX_LENGTH)
    phrase, exact = _phrase(words, phrases)
    strong = typed or bool(numbering) or words.isupper()
    apart = strong or (words[:1].isupper() and text[max(0, start - 2) : start] in ("", "\n\n"))
    if not phrase or (phrase in colon_only and not colon and not (apart and alone and exact)):
        return None
    sentence = not colon and not strong and text[words_at:end].rstrip(_MARKUP).endswith((".", ";", ","))
    if sentence or not (colon or alone) or not (exact or ((strong or colon) and alone)):
        return None
    body = words_at + text[words_at:end].index(":") + 1 if colon else end
    label = text[start : body if rest.strip(_MARKUP) else end].strip(_MARKUP + ":")
    return SectionHeading(start, body, end, phrases[phrase], label, _confidence(exact, strong or colon != ""))


def _confidence(exact: bool, marked: bool) -> float:
    if exact:
        return 0.95 if marked else 0.9
    return 0.87


def _phrase(words: str, phrases: Lexicon) -> tuple[str, bool]:
    """Return the phrase that ``words`` contain or begin with, and whether the match is exact."""
    for part in (words, *regex.split(r"\s[/|–—-]\s|/", words)):
        if (phrase := bare(part)) in phrases:
            return phrase, True
    if _SPACED.fullmatch(words.strip(_MARKUP)):
        letters = bare(words).replace(" ", "")
        return next(((phrase, True) for phrase in phrases if phrase.replace(" ", "") == letters), ("", False))
    tokens = bare(words).split()
    for size in range(min(len(tokens), 8), 0, -1):
        if (start := " ".join(tokens[:size])) in phrases and (size > 1 or len(start) > 4):
            return start, False
    return "", False
