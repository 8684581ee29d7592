"""Lists of articles in a citation: "arts. 33, caput, e 35", "sections 8(1)(a) and 9", "articles 313-1 et 313-2"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.pinpoints import article_id

_REACH = 220
# "of the Danish Criminal Code"
_ADJECTIVE = regex.compile(r"(?<=\s)[a-z]{5,} \Z")
_LONGEST_WORD = 20


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The articles of a list ("33", "154a", "222-37", "3(1)(a)", "48:5a") at a range of the running text."""

    start: int
    end: int
    articles: tuple[str, ...]


def articles_before(folded: str, law: int) -> ArticleList | None:
    """Return the list of articles that ends at a law's name, at index ``law`` of folded text; none if there is none."""
    adjective = _ADJECTIVE.search(folded, max(0, law - _LONGEST_WORD), law)
    end = adjective.start() if adjective else law
    for start in _start().finditer(folded, max(0, law - _REACH), end):
        tokens = list(_tokens(folded, start.start(), law))
        if tokens and tokens[-1].end() >= end and any(token.lastgroup in ("small", "elided") for token in tokens[-4:]):
            return _list(tokens)
    return None


def article_lists(folded: str, start: int, end: int) -> Iterator[ArticleList]:
    """Yield the lists of articles in ``folded[start:end]`` that no law follows."""
    for opening in _start().finditer(folded, start, end):
        listed = articles_after(folded, opening.start())
        if listed is not None:
            yield listed


def opens_articles(folded: str, place: int) -> bool:
    """Return whether a list of articles begins at an index of folded text."""
    return _start().match(folded, place) is not None


def articles_after(folded: str, place: int) -> ArticleList | None:
    """Return the list that begins at an index, unless it belongs to a law named behind it ("..., art. 2º da Lei")."""
    tokens = list(_tokens(folded, place, min(len(folded), place + _REACH)))
    if not tokens or (
        tokens[-1].lastgroup in ("small", "elided", "space") and _law_next().match(folded, tokens[-1].end())
    ):
        return None
    return _list(tokens)


def _tokens(folded: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """Yield the tokens of a list from ``start`` up to the first word that belongs to none."""
    while start < end and (token := _token().match(folded, start, end)) and token.end() > start:
        yield token
        start = token.end()


def _list(tokens: list[regex.Match[str]]) -> ArticleList | None:
    articles: list[str] = []
    chapter, inside, through, last = "", "", False, tokens[0].end()
    for token in tokens:
        kind = token.lastgroup
        if token[0].startswith("§") and not tokens[0][0].startswith("§"):
            kind = "part"  # "art. 258 § 3"; "§ 209" alone is an article of central European codes
        if kind == "word":
            chapter = "?" if token[0].startswith("chapter") else chapter
            inside = ""
        elif kind in ("part", "parts"):
            inside = kind
        elif kind == "number" and chapter == "?":
            chapter = f"{_plain(token[0])}:"
        elif kind == "number" and not inside:
            number = chapter + _plain(token[0])
            articles += _between(articles[-1], number) if through and articles else [number]
            last = token.end()
        through = kind == "to" or (through and kind in ("space", "word", "small"))
        inside = _still_inside(inside, kind or "")
    return ArticleList(tokens[0].start(), last, tuple(articles)) if articles else None


def _still_inside(inside: str, kind: str) -> str:
    """Return whether the next number is still a part of the article: that of a singular ends with its own number."""
    if inside == "part" and kind in ("number", "letter"):
        return ""
    return "" if kind == "join" else inside


def _between(first: str, last: str) -> list[str]:
    """Return the articles behind ``first`` up to ``last``; only the last unless both are close numbers."""
    stem = first[: len(first) - len(first.rpartition("-")[2])]
    ends = first[len(stem) :], last[len(stem) :]
    if not last.startswith(stem) or not all(end.isdigit() for end in ends) or not 0 < int(ends[1]) - int(ends[0]) < 40:
        return [last]
    return [f"{stem}{number}" for number in range(int(ends[0]) + 1, int(ends[1]) + 1)]


def _plain(number: str) -> str:
    """Return the canonical form of a number with its paragraphs: "8 (1) (a)" is "8(1)(a)", "368.º-A" is "368a"."""
    article, bracket, paragraphs = number.partition("(")
    return article_id(article) + f"{bracket}{paragraphs}".replace(" ", "")


def _words(kind: str) -> str:
    return "|".join(load("nlp.article_lists")[kind])


@cache
def _start() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{_words('word')})(?!\w)\.?\s{{0,2}}(?=(?:l ?\.? ?)?\d)")


@cache
def _law_next() -> regex.Pattern[str]:
    return regex.compile(load("nlp.article_lists")["law"])


@cache
def _token() -> regex.Pattern[str]:
    """Return the pattern of one token of a list; the name of the group is its kind."""
    kinds = [
        rf"(?P<{kind}>(?<!\w)(?:{_words(kind)})(?!\w))" for kind in ("parts", "part", "join", "and", "to", "small")
    ]
    word = rf"(?P<word>(?<!\w)(?:{_words('word')})(?!\w)\.?)"
    number = rf"(?P<number>(?<![\w.])(?:{_number()})(?!\w))"
    letter = r"(?P<letter>(?<!\w)\"?(?:[ivxl]{1,5}|[a-z])\"?\)?(?!\w))"
    elided = r"(?P<elided>(?<!\w)(?:de l'|l'))"
    return regex.compile("|".join((word, number, *kinds, elided, letter, r"(?P<comma>,)", r"(?P<space>[\s()]+)")))


def _number() -> str:
    """Return the pattern of the number of an article: "33", "154-A", "177 bis", "L. 512-1", "3(1)(a)", "211 bis 1"."""
    stem = r"(?:l ?\.? ?)?\d{1,4}(?:[-/]\d{1,3}){0,3}(?:\.?[º°]|er(?!\w))?(?:\.\d{1,2}(?:\.?[ªº°])?(?!\d)){0,2}"
    letter = r"(?:-?[a-z]{1,2}(?!\w)|[ -]?[a-d](?=[,;)]| of\b))?"
    ordinal = rf"(?:[ -]?(?:{_words('ordinal')})(?!\w)(?:[ .]\d(?!\d))?)?"
    return rf"{stem}{letter}{ordinal}(?: ?\(\w{{1,4}}\))*"
