"""Find the lines of a text at which a unit of legislation may begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.document import Block, BlockKind
from nlp.folding import fold
from nlp.unit_labels import Number, article_number, grammar, ordinal_value, ordinals, roman_value

_MARKUP = r"^(?P<markup>[ \t\u00a0\ufeff]*(?:(?:\#{1,6}|[*_>]+)[ \t\u00a0]*)*)"
_LATIN = r"(?i:bis|ter|qu[aá]t[eé]r|quin(?:t|qu)[iué]+s|sexies|septies|octies|nonies|decies|\p{L}{2,7}decies)"
_SUFFIX = (
    rf"(?P<suffix>[\s.\-–]*{_LATIN}(?!\p{{L}})(?:[\s\-]?\d{{1,2}}(?!\d)|[\s\-][A-Z](?!\p{{L}}))?"
    r"|[\-–][A-Z]{1,2}(?:-\d{1,2})?(?!\p{L})|[A-Z]{1,2}(?!\p{L})|\s[A-Z](?=\s*[.:](?!\w)))?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that may open a unit.

    ``line`` is where the line begins, ``start`` where its label does (after markup), ``body`` where the text after
    the number begins, ``end`` where the line ends, ``inside`` where the first words of the law begin.
    ``strong`` lines are headings by their typography.
    """

    line: int
    start: int
    body: int
    end: int
    kind: str
    type: str
    number: Number
    strong: bool
    inside: int


def _with_accents(word: str) -> str:
    accents = {"a": "[aá]", "e": "[eéè]", "i": "[ií]", "o": "[oó]", "u": "[uú]"}
    return "".join(accents.get(char, char) for char in word)


def _filled(pattern: str) -> str:
    words = sorted(map(_with_accents, ordinals()), key=len, reverse=True)
    joined = f"(?:{'|'.join(words)})"
    cased = rf"(?=\p{{Lu}})(?i:{joined})"
    return pattern.replace("{ordinal_case}", cased).replace("{ordinal}", joined).replace("{suffix}", _SUFFIX)


@cache
def _line_pattern(language: str) -> regex.Pattern[str]:
    marks: dict[str, str] = grammar()["marks"][language]
    after = grammar()["after_number"]
    branches = []
    for kind, pattern in marks.items():
        tail = rf"(?P<after>{after})" if kind in ("article", "ordinal") else ""
        branches.append(f"(?P<{kind}>{_filled(pattern)}){tail}")
    return regex.compile(_MARKUP + "(?:" + "|".join(branches) + ")", regex.MULTILINE)


def marks(text: str, language: str, blocks: Iterable[Block] = ()) -> Iterator[Mark]:
    """Yield every line of ``text`` that has the form of a unit of legislation in ``language``, in order."""
    kinds = tuple(grammar()["marks"][language])
    headings = {block.start for block in blocks if block.kind is BlockKind.HEADING}
    for match in _line_pattern(language).finditer(text):
        line_end = text.find("\n", match.end())
        yield _mark(match, len(text) if line_end < 0 else line_end, text, headings, kinds)


def _mark(match: regex.Match[str], line_end: int, text: str, headings: set[int], kinds: tuple[str, ...]) -> Mark:
    kind = next(kind for kind in kinds if match[kind] is not None)
    start = match.end("markup")
    alone = not text[match.end() : line_end].strip(" \t*_.:-–—")
    strong = "#" in match["markup"] or start in headings or match.start() in headings or alone
    type_word = _group(match, "type")
    return Mark(match.start(), start, match.end(), line_end, kind, type_word, _number(match, kind), strong, match.end())


def _group(match: regex.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _number(match: regex.Match[str], kind: str) -> Number:
    word, digits, suffix = _group(match, "word"), _group(match, "number"), _group(match, "suffix")
    if word:
        return _in_words(word, suffix)
    if not digits:
        return Number("", ())
    if not digits[0].isdigit():
        return _roman(digits)
    return article_number(digits, prefix=_group(match, "prefix"), suffix=suffix)


def _in_words(word: str, suffix: str) -> Number:
    value = 1 if word == "1er" else ordinal_value(word)
    if fold(word) in ("unico", "unica", "unique"):
        return Number(word.lower(), (0, 1))
    number = article_number(str(value), suffix=suffix)
    return number if value else Number(word, ())


def _roman(digits: str) -> Number:
    numeral, *suffix = regex.split(r"(?<=^[IVXLCDM]+)(?=\W|[A-Z]$|er$|ER$)", digits, maxsplit=1)
    value = roman_value(numeral) or ordinal_value(digits)
    return Number(digits, (0, value, *article_number("0", suffix="".join(suffix)).key[2:]))
