"""Positions at which a unit of legislation may begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.document import Block, BlockKind
from nlp.compiled_patterns import compiled
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.structure.unit_labels import (
    Number,
    article_number,
    cardinal_value,
    cardinals,
    grammar,
    line_end,
    ordinal_value,
    ordinals,
    roman_value,
)

_MARKUP = r"^(?P<markup>[ \t\f\v\u00a0\ufeff#*_>]*+(?:[«“\"][ \t*_]*+)?)"
# "según el Artículo 5.-" is a reference, "Objeto Artículo 1.-" the start of an article, as is "ARTICULO 17.-" in
# capitals, after a sentence whose end was lost.
_MAX_PREPOSITION_LENGTH = 5
_DASHES = ("-", "–", "—")
_CLOSES_LABEL = (*_DASHES, ".")
BASIC = frozenset({"article", "numbered", "ordinal"})
# Kinds of units after which the numbering of articles may restart.
RESTARTS = frozenset({"transitory", "schedule", "act", "annex"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A position at which a unit may begin.

    Offsets in code points: ``line`` is the start of the line, ``start`` that of the label (after markup), ``body`` that
    of the text after the number, ``end`` the end of the line, ``inside`` the start of the enacted text. ``strong``
    marks are headings by their typography; ``lost`` marks are within a paragraph. ``former`` is the period of a former
    wording, otherwise empty.
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
    lost: bool = False
    former: str = ""

    @property
    def is_basic(self) -> bool:
        """Return whether this is an article, section or numbered disposition, not a grouping."""
        return self.kind in BASIC or (self.kind == "disposition" and self.number.key != ())


def same_unit(mark: Mark, other: Mark) -> bool:
    """Return whether two marks have the same kind and number."""
    return (mark.kind, mark.number) == (other.kind, other.number)


def marks(text: str, language: str, blocks: Iterable[Block] = ()) -> Iterator[Mark]:
    """Yield the marks of lines in the form of a unit of legislation in ``language`` (ISO 639-1), in order."""
    headings = {block.start for block in blocks if block.kind is BlockKind.HEADING}
    leader = compiled(grammar()["leader"])
    for match in _line_pattern(language).finditer(text):
        ends = line_end(text, match.end())
        if not leader.search(text, match.end(), ends):
            start = match.end("markup")
            alone = not text[match.end() : ends].strip(" \t*_.:-–—")
            strong = "#" in match["markup"] or start in headings or match.start() in headings or alone
            yield _mark(match, start, ends, language, strong=strong)


def inline_marks(text: str, language: str) -> Iterator[Mark]:
    """Yield the marks of articles, and of groupings in capitals, within paragraphs.

    They follow the end of a sentence, or a heading on the same line ("Objeto Artículo 1.- ...").
    """
    for match in _running_pattern(language).finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].rstrip(" \t*_")
        if before and not before[-1].isspace() and (_ends_sentence(before) or _closed_after_heading(before, match[0])):
            ends = line_end(text, match.end())
            yield _mark(match, match.start(), ends, language, strong=False, lost=True)


def _ends_sentence(before: str) -> bool:
    return before[-1] in '.;:»”")…' or before[-1].isdigit() or before.split()[-1].isupper()


def _closed_after_heading(before: str, label: str) -> bool:
    word, closed = before.split()[-1], label.rstrip("*_ ")[-1:]
    heads = len(word) > _MAX_PREPOSITION_LENGTH and closed in _CLOSES_LABEL
    return (heads or (label.split()[0].isupper() and closed in _DASHES)) and word[-1] not in ",("


@cache
def _line_pattern(language: str) -> regex.Pattern[str]:
    branches = [_branch(kind, pattern) for kind, pattern in grammar()["marks"][language].items()]
    return compiled(_MARKUP + "(?:" + "|".join(branches) + ")", regex.MULTILINE)


@cache
def _running_pattern(language: str) -> regex.Pattern[str]:
    patterns = grammar()["marks"][language]
    grouping = patterns["grouping"].replace("(?P<type>(?i:", "(?P<type>(?:", 1)
    branches = (_branch("article", patterns["article"]), _branch("grouping", grouping))
    return compiled(rf"(?<![\w«“\"])(?:{'|'.join(branches)})", regex.MULTILINE)


def _branch(kind: str, pattern: str) -> str:
    tail = f"(?:{grammar()['after_number']})" if kind in ("article", "ordinal") else ""
    return f"(?P<{kind}>{_filled(pattern)}){tail}"


def _filled(pattern: str) -> str:
    words = "|".join(sorted(map(_with_accents, ordinals()), key=len, reverse=True))
    cased = rf"(?:(?=\p{{Lu}})(?i:{words}))"
    pattern = pattern.replace("{cardinal}", f"(?:{'|'.join(sorted(cardinals(), key=len, reverse=True))})")
    return pattern.replace("{ordinal_case}", cased).replace("{ordinal}", f"(?:{words})").replace("{suffix}", _suffix())


@cache
def _suffix() -> str:
    """Return the regular expression of the suffix of an article number (group ``suffix``)."""
    return expanded("(?P<suffix><<suffix>>)?", grammar()["number_suffix"])


def _with_accents(word: str) -> str:
    accents = {"a": "[aá]", "e": "[eéè]", "i": "[ií]", "o": "[oó]", "u": "[uú]"}
    return "".join(accents.get(char, char) for char in word)


def _mark(match: regex.Match[str], start: int, end: int, language: str, *, strong: bool, lost: bool = False) -> Mark:
    kind = next(kind for kind in grammar()["marks"][language] if _group(match, kind))
    kind = _grouping(_group(match, "type"), language) if kind == "grouping" else kind
    number = _number(match)
    body = match.end()
    return Mark(match.start(), start, body, end, kind, _group(match, "type"), number, strong, body, lost)


def _grouping(word: str, language: str) -> str:
    kinds: dict[str, str] = grammar()["groupings"][language]
    return next(kind for form, kind in kinds.items() if fold(word).startswith(fold(form)))


def _group(match: regex.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _number(match: regex.Match[str]) -> Number:
    word, digits, suffix = _group(match, "word"), _group(match, "number"), _group(match, "suffix")
    if roman := _group(match, "roman"):
        # articles of a preliminary title: numbered separately, before article 1
        return Number(roman.replace("l", "I"), (-1, roman_value(roman.replace("l", "I"))))
    if word:
        return _in_words(word, suffix)
    if cardinal := _group(match, "cardinal"):
        return article_number(str(cardinal_value(cardinal)))
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
    """Return a Roman number, in which a scan may have "l" for "I"."""
    digits = digits.replace("l", "I") if set(digits) <= set("IVXLCl") else digits
    numeral, *suffix = regex.split(r"(?<=^[IVXLCDM]+)(?=\W|[A-Z]$|er$|ER$)", digits, maxsplit=1)
    value = roman_value(numeral) or ordinal_value(digits)
    return Number(digits, (0, value, *article_number("0", suffix="".join(suffix)).key[2:]))
