"""Offences that a letter cites by law and article alone ("art. 33 da Lei 11.343/2006"), by a table of provisions.

The table is ``nlp/resources/offence_provisions.yaml``. Only laws of the requesting State count, since the proceeding is
under its law, and the laws of two States share names and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.law.article_lists import ArticleList, article_lists, articles_after, articles_before, opens_articles
from nlp.requests.states.mentions import NAME, PEOPLE, state_mentions

_RANGE = ".."
# "lei 9.613", "Ley N° 9613", "Law No. 9,613"; years as "/98", "-1998", " de 1998", ", de 3 de março de 1998".
_NUMBERED = r"(?:\W{0,2}(?:n(?:um|umero|ro|r|o)?[.º°]*|number|#)\W{0,2}|[- ])?0*"
_YEAR = r"(?:[/-]|,? (?:de|of|du|del) (?:\d{{1,2}}[º°]? (?:de )?\w+ (?:de |of )?)?)(?:{century})?{short}(?!\d)"
_NO_DIGIT = r"(?!\d|[.,]\d{3})"
# What may stand between a name and the articles behind it: the rest of a title, its year, its chapter, its date.
_TAIL = regex.compile(
    r"(?: (?:act|ordinance|law|code))?(?: \([^()]{3,60}\))?(?: (?:act|ordinance|law))?"
    r"(?:,? ?(?:of )?[/-]?(?:19|20)?\d\d(?!\d))?"
    r"(?:,? de \d{1,2}[º°]? de \w+ de \d{4})?(?:,? \(?(?:cap|chap|chapter)\.? ?\d[\d:]*[a-z]?\)?)?"
    r"(?: (?:of|de|del|da|do|du) (?:the republic of )?[a-z]{4,14}| (?!art|sect)[a-z]{4,14}){0,2}[\s,.:(–—-]{0,4}"
)
_ADJECTIVE = 24
# Articles without a law behind one: in its sentence within ``_NEAR`` characters, or as lines of quoted law.
_NEAR, _QUOTED = 240, 4_000
_END = regex.compile(r"[.;]\s*\n|\n\s*\n|(?<=[a-z]{4})\.\s")
_LINE_START = regex.compile(r"(?:\A|\n)[ \t\x22'«“‘*#>–—-]*\Z")


@dataclass(frozen=True, slots=True)
class CitedOffence:
    """An offence (id of the concept layer) that the range ``start`` to ``end`` of the running text cites.

    ``law`` is where its law is named, if that is apart from the articles.
    """

    concept: str
    start: int
    end: int
    law: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Law:
    """The name of a law in the running text with the offences of its articles; none for an unknown law."""

    start: int
    end: int
    offences: Mapping[str, str]


def cited_offences(context: RequestContext) -> list[CitedOffence]:
    """Return the offences that articles of the requesting State's law name, in order, once for each citation."""
    folded = context.flow.folded
    found: list[CitedOffence] = []
    before: _Law | None = None
    laws = _laws(folded, context.requesting_state.partition("-")[0])
    for law, following in zip(laws, [*laws[1:], None], strict=False):
        same = before if not law.offences and _same_law().match(folded, law.start) else None
        cited = law.offences or (same.offences if same else {})
        if cited and not _is_foreign(context, law):
            found += _cited(folded, law, cited, following.start if following else len(folded))
        before = same or law
    return found


def _cited(folded: str, law: _Law, offences: Mapping[str, str], end: int) -> Iterator[CitedOffence]:
    """Yield the offences of the articles before a law ("art. 33 da Lei"), else of those behind it ("Lei, art. 33").

    Articles without a law up to ``end``, where the next law is named, belong to this one if they follow in its sentence
    or each begins a line, as in a transcription.
    """
    listed = articles_before(folded, law.start)
    tail = _TAIL.match(folded, law.end)
    if listed is None and tail and opens_articles(folded, tail.end()):
        listed = articles_after(folded, tail.end())
    if listed is not None:
        yield from _offences_of(listed, offences, min(listed.start, law.start), max(listed.end, law.end))
        for other in _bracketed(folded, listed, law):
            yield from _offences_of(other, offences, other.start, other.end, law)
    rest = max(law.end, listed.end if listed else 0)
    stop = _END.search(folded, rest, end)
    same_sentence = min(stop.start() if stop else end, rest + _NEAR)
    for other in article_lists(folded, rest, min(end, rest + _QUOTED)):
        if other.start < same_sentence or _LINE_START.search(folded, max(0, other.start - 8), other.start):
            yield from _offences_of(other, offences, other.start, other.end, law)


def _bracketed(folded: str, listed: ArticleList, law: _Law) -> Iterator[ArticleList]:
    """Yield the articles in brackets before the last ones of a law: "A (article 1) and B (article 2) of"."""
    if folded[listed.start - 1 : listed.start] != "(" or ")" not in folded[listed.end : law.start]:
        return
    first = max(0, listed.start - _NEAR)
    ends = [stop.end() for stop in _END.finditer(folded, first, listed.start)]
    for other in article_lists(folded, max([first, *ends]), listed.start):
        if folded[other.start - 1] == "(" and folded[other.end] == ")":
            yield other


def _offences_of(
    listed: ArticleList, offences: Mapping[str, str], start: int, end: int, law: _Law | None = None
) -> Iterator[CitedOffence]:
    """Yield the offences of the articles of a list, each once, with the range of the citation."""
    concepts = dict.fromkeys(offences[key] for article in listed.articles if (key := _key(article, offences)))
    for concept in concepts:
        yield CitedOffence(concept, start, end, (law.start, law.end) if law else None)


def _key(article: str, offences: Mapping[str, str]) -> str:
    """Return the entry of an article, or of the provision that its paragraph "33(1)(a)" or "2.2" belongs to."""
    while article not in offences and (cut := max(article.rfind("("), article.rfind("."))) > 0:
        article = article[:cut]
    return article if article in offences else ""


def _laws(folded: str, state: str) -> list[_Law]:
    """Return the laws that the running text names, known ones of ``state`` with their offences, in order."""
    known = [
        _Law(*match.span(), offences) for pattern, offences in _provisions(state) for match in pattern.finditer(folded)
    ]
    longest: list[_Law] = []
    for law in sorted(known, key=lambda item: item.start - item.end):
        if not any(law.start < other.end and other.start < law.end for other in longest):
            longest.append(law)
    others = (_Law(*match.span(), {}) for match in _any_law().finditer(folded)) if longest else ()
    unknown = [law for law in others if not any(law.start < other.end and other.start < law.end for other in longest)]
    return sorted((*longest, *unknown), key=lambda item: item.start)


def _is_foreign(context: RequestContext, law: _Law) -> bool:
    """Return whether the words at a law name another State than the requesting one ("del Código Penal español")."""
    start, end = context.flow.original(law.start, law.end)
    named = state_mentions(context.text, max(0, start - _ADJECTIVE), min(len(context.text), end + _ADJECTIVE))
    others = {item.code for item in named if item.kind in (NAME, PEOPLE)}
    near = context.flow.folded[max(0, law.start - _ADJECTIVE) : law.start]
    addressed = context.document_type.value != "response" and _of_addressee().search(near) is not None
    return addressed or (bool(others) and context.requesting_state.partition("-")[0] not in others)


@cache
def _provisions(state: str) -> Sequence[tuple[regex.Pattern[str], Mapping[str, str]]]:
    """Return the patterns of the laws of a State with their articles and offences."""
    rows = load("nlp.offence_provisions")["states"].get(state, ())
    return [(_law_pattern(row["laws"]), _offences(row["offences"])) for row in rows]


def _law_pattern(names: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(_name_pattern(name) for name in names)})(?!\w)")


def _name_pattern(name: str) -> str:
    """Return the pattern of an entry of ``laws``."""
    rules = load("nlp.offence_provisions")
    if name == "penal code":
        return str(rules["penal code"])
    kind, _, number = name.rpartition(" ")
    if kind not in rules["kinds"]:
        return name.replace(" ", r"\s")
    number, _, year = number.partition("/")
    digits = f"{number[:-3]}[., ]?{number[-3:]}" if len(number) > 3 else number
    dated = _YEAR.format(century=year[:2], short=year[2:]) if year else _NO_DIGIT
    return f"{rules['kinds'][kind]}{_NUMBERED}{digits}{dated}"


def _offences(row: Mapping[str, str]) -> Mapping[str, str]:
    """Return the offence of each article of a row."""
    return {article: concept for concept, listed in row.items() for item in listed.split() for article in _spread(item)}


def _spread(item: str) -> Iterator[str]:
    """Yield the articles of an entry: "33..37" are five, "222-34..222-37" four, "269a..269e" five."""
    first, is_range, last = item.partition(_RANGE)
    if not is_range:
        yield item
    elif first[-1].isdigit():
        stem = first[: -len(first.rpartition("-")[2])]
        yield from (f"{stem}{number}" for number in range(int(first[len(stem) :]), int(last[len(stem) :]) + 1))
    else:
        yield from (f"{first[:-1]}{chr(letter)}" for letter in range(ord(first[-1]), ord(last[-1]) + 1))


@cache
def _any_law() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.offence_provisions')['any law']})(?!\w)")


@cache
def _same_law() -> regex.Pattern[str]:
    return regex.compile(load("nlp.offence_provisions")["same law"])


@cache
def _of_addressee() -> regex.Pattern[str]:
    return regex.compile(load("nlp.offence_provisions")["addressee"])
