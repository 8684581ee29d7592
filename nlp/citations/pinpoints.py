"""Pinpoints of citations: articles and sections, lists, ranges and subdivisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from heapq import merge

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.folding import unaccented
from nlp.pattern_bank import WORD
from nlp.patterns import compile_pattern, expanded
from nlp.structure.unit_labels import cardinal_value, ordinal_value, roman_value

_PLURAL = compiled(
    r"(?:art[íi]culos|artigos|articles|arts|paragraphes|alinéas|(?:sub)?sections|paragraphs|ss|secs|regs|regulations|rules|schedules|u/ss)\b|§§",
    regex.I,
)
_LAW_FOLLOWS = compiled(r"\s?,?\s?(?:d[aoe]s?|del|du|de l’|of|ambos|todos|CP|CF|IPC)\b", regex.I)
_YEAR = compiled(r"(?:19|20)\d\d")
_ACT_NUMBER = compiled(r"\d{1,5}/\d{2,4}(?!\d)")  # "Regulation 1049/2001", "Regulation 2016/679"
_WHOLE = frozenset({"order", "ordinal_schedule", "disposition"})
_RANGE = frozenset({"a", "al", "à", "to", "hasta", "até", "through", "–", "-"})
_RUBRIC = compiled(r"\s*(?:[.:;)(“\"\-–—\p{Lu}]|\n|$)|\s*\n")
_QUOTED = compiled(r"(?:[“«\"]|’’|``|:|\(NR\)|\( NR \))\s?\Z")
_RUBRIC_OR_GAP = compiled(r"\s?[.\]–\-]\s?(?:[\-–(“\"§\[]|\p{Lu}|\n|\.)|\s?\[")
_SENTENCE_ENDS = compiled(r"[.;:»”\"]\s*\Z")
# "PANAMÁ ARTICULO 21: Todo", "ARTÍCULO PRIMERO: ORDENAR": a word in capitals with its sign, wherever it stands
_CAPITAL_HEADING = compiled(
    r"(?:ART[IÍ]CULO|ARTIGO|ARTICLE|SECTION)\s[^\n]{1,20}?\s?(?:[.:]\s?[-–—]{0,2}|[-–—]{1,2})\s{0,2}[“\"]?\p{Lu}"
)
# "la mutilen. Artículo 22.- Reconstrucción", "el creador Art. 28.- Efecto", "doit ARTICLE 306 Date": in columns
_NUMBERED_HEADING = compiled(
    r"A(?:rt\.|rt[íi]culo|rtigo)\s\d{1,4}[º°o]?\s?\.\s?[-–—]\s{0,2}[“\"]?\p{Lu}"
    r"|ARTICLE\s\d{1,4}\s(?!Cod|Con|Loi|Déc|Act|Pac|Tra)\p{Lu}\p{Ll}"
)
_SMALL_BEFORE = compiled(
    r"\b(?:el|del|los|al|o|do|dos|ao|os|l’|de l’|the|of|in|by|under|con|por|y|e|et|and)\s*\Z", regex.I
)
# the head of a list of contents: "ARRANGEMENT OF SECTIONS" / "1. Short title"
_LIST_HEAD = compiled(
    r"(?:S(?:ECTIONS?|ections)|R(?:EGULATIONS?|egulations)|R(?:ULES?|ules)|A(?:RTICLES?|rticles))[ ]*\n\s*"
    r"\d{1,3}[A-Z]?\.?[ ]?\n?\s*(?:\(\d\)\s*)?\p{Lu}\p{Ll}"
    r"|(?:sections|regulations|rules|articles|art[íi]culos|artigos)[ ]*\n\s*\d{1,3}[A-Z]?\.[ ]+\p{Lu}\p{Ll}"
)
# a single line end below a preposition: "notice served under" / "Article 40(2)"
_LINE_UNFINISHED = compiled(
    r"[^\n\p{Lu}](?<=\b(?:el|del|los|al|do|dos|ao|os|de|of|in|by|under|with|to|per|con|por|en|em|du|aux?|à|l’))\n\Z"
)
_NAMED_BY_YEAR = compiled(r"\s[A-Z]{2,6},?\s(?:18|19|20)\d\d(?!\d)")
_RUN_ON_HEADING = compiled(r"\s?(?:\.\s?[-–—]{1,2}|[-–—:]|\.)\s{0,2}[\[(“\"]?\p{Lu}")
_INSIDE_WORD = compiled(r"(?:[\p{L}\d°º]-?|(?<![ld])’|(?-i:\p{Lu}\.))\Z", regex.I)
_SECTION_OF_A_CHAPTER = compiled(r"\s?(?:du|de|del|des|do|da)\b", regex.I)
_NUMBERED_SUFFIX = compiled(r"(?<=\d(?:bis|ter|quater|quinquies))\d{1,2}(?=$|\.\.)")
# Decimals of a number, not the ends of a range ("301..304").
_DECIMALS = compiled(r"(?<=^(?:\w+-)?\d+)\.\d.*$")
_DECIMAL = compiled(r"\d+(?:\.\d{1,4}){1,8}")
_COMPILED = compiled(r"\d(?:\.\d+){2,}$")
_ROMAN_PARAGRAPH = compiled(
    r"(?<=\d)(?:viii|xiii|xvii|iii|vii|xii|xiv|xvi|xi|xv|ii|iv|vi|ix|i|v|x)(?:-?\d{1,2})?(?=$|\.\.)"
)
_LONG_ROMAN = compiled(r"(?<=^art-\d+)[ivx]{3,5}(?:-?\d{1,2})?$")
_TWO_NUMBERS = compiled(r"(\d{1,3})-(\d{1,3})")
_CODED = compiled(r"[LRDA]\s?\.?\s?\d", regex.I)
# "44O" is section 44 with a letter; "1O" and "5o" are misread ordinals.
_LETTER_O = compiled(r"\d{2}O\Z")
# "section 3.506" has decimals, "artículo 1.015" a separator of thousands
_SECTION = compiled(r"(?:(?:sub)?sec|ss?\b|u/s|§)", regex.I)
_LEADING = compiled(r"\d+")
_LONGEST_RANGE = 40
_REACH = 90


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Articles in one expression; ``items`` are canonical (``art-324-1``), a range is ``art-301..304``.

    ``heading``: the expression starts a line like the heading of an article. ``bare``: a number without the word
    for an article (``§ 1956``), which is one only beside a law.
    """

    start: int
    end: int
    items: tuple[str, ...]
    text: str
    heading: bool = False
    bare: bool = False


def find_pinpoints(text: str) -> Iterator[Pinpoint]:
    """Yield the pinpoints of plain text in order, without nesting.

    Decimals of a number are kept (``art-73.15``): the law decides whether they are part of the number of the provision
    or its paragraph (:func:`in_country`).
    """
    end = 0
    for start, prefix in _anchor_places(text):
        if start >= end and (pinpoint := pinpoint_at(text, start, prefix)):
            if pinpoint.start < end:  # subdivisions between two articles belong to the first
                pinpoint = replace(pinpoint, start=start, text=text[start : pinpoint.end])
            yield pinpoint
            end = pinpoint.end


def _anchor_places(text: str) -> Iterator[tuple[int, str]]:
    """Yield the places at which a pinpoint may begin, in order, with the prefix of its items."""
    bare = ((match.start(), "bare_section") for match in _compiled("bare_section").finditer(text))
    return merge(_anchor_words_at(text), bare)


def _anchor_words_at(text: str) -> Iterator[tuple[int, str]]:
    for word in WORD.finditer(text):
        anchor = _anchors().get(unaccented(word[0]))
        if not anchor or _LIST_HEAD.match(text, word.start()):
            continue
        if not _INSIDE_WORD.search(text[max(0, word.start() - 2) : word.start()]):
            yield word.start() + anchor[1], anchor[0]


def pinpoint_at(text: str, start: int, prefix: str) -> Pinpoint | None:
    """Return the pinpoint whose anchor word starts at ``start``, or None; ``prefix`` is that of its items."""
    anchor = _compiled(prefix).match(text, start)
    if prefix in _WHOLE:
        return _whole(text, prefix, anchor) if anchor else None
    item = anchor and _compiled("item").match(text, anchor.end())
    bare = prefix == "bare_section"
    prefix = "s" if bare else prefix
    if not anchor or not item or (prefix == "s" and _SECTION_OF_A_CHAPTER.match(text, item.end())):
        return None
    if prefix in ("reg", "r") and (_YEAR.fullmatch(item[0]) or _ACT_NUMBER.match(text, item.start())):
        return None
    numbers, end = _read_list(text, anchor[0], item)
    begin = start if bare else _extend_left(text, start)
    if prefix != "art":  # "section 25/27" is two sections, "article 417/11" one article
        numbers = [number.partition("/")[0] for number in numbers]
    items = tuple(f"{prefix}-{number}" for number in numbers)
    return Pinpoint(begin, end, items, text[begin:end], _is_heading(text, start, end), bare)


def _whole(text: str, prefix: str, match: regex.Match[str]) -> Pinpoint:
    """Return a pinpoint of a fixed form: ``Order 19 r. 28``, ``Fourth Schedule``, ``disposición final primera``."""
    if prefix == "order":
        order = match["order"] if match["order"][0].isdigit() else str(roman_value(match["order"]))
        item = f"o-{order.lower()}-r-{match['rule'].lower()}"
    elif prefix == "disposition":
        item = f"d{match['kind'][0].lower()}-{_ordinal(match['ordinal'])}"
    else:
        item = f"sch-{_ordinal(match[0].split()[0])}"
    begin = _extend_left(text, match.start())
    heading = _is_heading(text, match.start(), match.end())
    return Pinpoint(begin, match.end(), (item,), text[begin : match.end()], heading)


def _ordinal(printed: str) -> str:
    figures = regex.match(r"\d+", printed)
    if figures:
        return figures[0]
    return "unica" if unaccented(printed) == "unica" else str(ordinal_value(printed))


def list_item_between(text: str, start: int, end: int, previous: str) -> Pinpoint | None:
    """Return the numbers that continue a list after another law (``; 16 da Lei``), with the prefix of ``previous``."""
    join = _compiled("next").match(text, start, end)
    item = join and _compiled("item").match(text, join.end(), end)
    if not join or not item:
        return None
    numbers, last = _read_list(text[:end], "arts.", item)
    prefix = previous.split("-")[0]
    items = tuple(f"{prefix}-{number}" for number in numbers)
    return Pinpoint(item.start(), last, items, text[item.start() : last])


@lru_cache(maxsize=20_000)
def article_id(number: str, thousands: bool = True) -> str:
    """Return the canonical form of a printed article number: ``400 Bis`` becomes ``400bis``, ``368.º-A`` ``368a``.

    Decimals are kept (``73.15``); with ``thousands`` a separator of thousands is dropped (``1.015``).
    """
    # ñ is a letter of its own: 129-N and 129-Ñ are different articles
    letter = "o" if _LETTER_O.search(number) else ""
    number = "ñ".join(map(unaccented, regex.split("[ñÑ]", number)))
    if number in ("unico", "primero", "premier"):
        return "unico" if number == "unico" else "1"
    number = regex.sub(r"(?<=\d)(?:\.?\s?[º°ª\ufffd]|\.?o(?![a-z])|er(?![a-z]))", "", number)
    number = regex.sub(r"^(\d{1,2})\.(\d{3})(?!\d)", r"\1\2", number) if thousands else number
    if _DECIMAL.fullmatch(number):
        return number
    number = regex.sub(r"[\s.*]+", "", number).replace("–", "-")
    return regex.sub(r"-(?=[a-zñ])|(?<=[a-z]{3})-(?=[1-9])", "", number) + letter


def in_country(item: str, jurisdiction: str, own: Collection[str] = ()) -> str:
    """Return ``item`` in the country's numbering: ``570 bis 1`` is paragraph 1, in Mexico an article.

    ``73.15`` is a section of its own in Canada (``decimal_numbers``), elsewhere paragraph 15 of article 73 unless the
    law has the item itself (``own``); ``2.2.3.1.1`` is an article of a Colombian compilation (``compiled_numbers``).
    ``8.15`` is a rule of court or of a general resolution, which number their rules by part.
    ``309-III`` is paragraph III of article 309 (``roman_paragraphs``).
    """
    numbering = load("nlp.pinpoints")
    numbered = not jurisdiction or jurisdiction in numbering["numbered_suffixes"]
    item = item if numbered else _NUMBERED_SUFFIX.sub("", item)
    item = (_ROMAN_PARAGRAPH if jurisdiction in numbering["roman_paragraphs"] else _LONG_ROMAN).sub("", item)
    if "." not in item or item in own or item.startswith("r-") or jurisdiction in numbering["decimal_numbers"]:
        return item
    if item.startswith("s-") and jurisdiction in numbering["decimal_sections"]:
        return item
    if jurisdiction in numbering["compiled_numbers"] and _COMPILED.search(item):
        return item
    return "..".join(_DECIMALS.sub("", end) for end in item.split(".."))


def item_pattern() -> str:
    """Return the regular expression of a printed article number, with the group ``num``."""
    return f"(?P<num>{_expanded('num')})"


def _read_list(text: str, anchor: str, item: regex.Match[str]) -> tuple[list[str], int]:
    """Return listed numbers and their end: after a plural, or if a law follows the last (``section 5 or 6 of``)."""
    plural = bool(_PLURAL.match(anchor)) or item["cardinal"] is not None
    thousands = _SECTION.match(anchor) is None
    numbers, end = [_range(_number(item, thousands), plural)], item.end()
    first = (list(numbers), end)
    while (join := _compiled("next").match(text, end)) and (match := _compiled("item").match(text, join.end())):
        sign = join["join"].strip().split(" ")[0].strip(",;").lower()
        named = join.end() > join.end("join")
        if named and ";" in join["join"]:
            break
        plural = plural or named or sign in ("c/c", "r/w", "rws", "read") or _is_coded(item, match)
        number = _range(_number(match, thousands), plural)
        if sign == "–" and _falls(numbers[-1], number):
            numbers[-1] = f"{numbers[-1]}-{number}"
            first = (list(numbers), match.end())
        elif sign in _RANGE:
            numbers[-1] = f"{numbers[-1]}..{number}"
        else:
            numbers.append(number)
        end = match.end()
    return (numbers, end) if plural or _law_at(text, end) else first


def _is_coded(*items: regex.Match[str]) -> bool:
    """Return whether each number has the letter of its part of a French code, which shows it as an article."""
    return all(_CODED.match(item[0]) for item in items)


def _falls(number: str, behind: str) -> bool:
    """Return whether ``behind`` cannot end a range that begins with ``number``, whose part it is: ``80a–22``."""
    low, high = _LEADING.match(number), _LEADING.match(behind)
    return number[-1:].isalpha() and low is not None and high is not None and int(high[0]) < int(low[0])


def _number(item: regex.Match[str], thousands: bool = True) -> str:
    """Return an article's number; transitory articles are numbered separately (``1-transitorio``)."""
    if item["num"]:
        number = article_id(item["num"], thousands)
    else:
        number = str(cardinal_value(item["cardinal"]) if item["cardinal"] else ordinal_value(item["word"]))
    return f"{number}-transitorio" if item["transitory"] else number


def _range(number: str, plural: bool) -> str:
    """Return ``23..25`` for ``23-25`` after a plural ("Articles 23-25"); ``706-73`` is always one number."""
    ends = _TWO_NUMBERS.fullmatch(number) if plural else None
    is_range = ends and 0 < int(ends[2]) - int(ends[1]) <= _LONGEST_RANGE
    return f"{ends[1]}..{ends[2]}" if ends and is_range else number


def _law_at(text: str, position: int) -> bool:
    return bool(_LAW_FOLLOWS.match(text, position))


def _extend_left(text: str, start: int) -> int:
    """Return the start of the subdivisions named before the article (``§ 3º do art. 16``)."""
    while start:
        window = text[max(0, start - _REACH) : start]
        if not regex.search(r"(?:ao?|d[oae]s?|del|la|los|las|du|l’|of|the|à)\s?$", window, regex.I):
            return start
        match = _compiled("before").search(window)
        if not match:
            return start
        start -= len(window) - match.start()
    return start


def _is_heading(text: str, start: int, end: int) -> bool:
    """Return whether an article's number starts its line and is followed only by its rubric or text.

    Where lines are not kept (``... del país. ARTÍCULO 4.- Los ingresos``) it begins behind the end of a sentence.
    """
    line = text[text.rfind("\n", 0, start) + 1 : start].strip(' #>_"“«-')
    if not text[start].isupper():
        return False
    if not line:
        return bool(_RUBRIC.match(text, end)) and not _goes_on(text, start, end)
    if _SENTENCE_ENDS.search(line) and _RUN_ON_HEADING.match(text, end):
        return True
    in_capitals = _RUN_ON_HEADING.match(text, end) and _CAPITAL_HEADING.match(text, start)
    if (in_capitals or _NUMBERED_HEADING.match(text, start)) and not _SMALL_BEFORE.search(line):
        return True
    return bool(_QUOTED.search(text[max(0, start - 8) : start]) and _RUBRIC_OR_GAP.match(text, end))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether the line before ends within a sentence (``under``), or an abbreviated law follows the article."""
    before = text[max(0, start - _REACH) : start].rstrip(" ")
    return bool(_LINE_UNFINISHED.search(before)) or _NAMED_BY_YEAR.match(text, end) is not None


@cache
def _anchors() -> dict[str, tuple[str, int]]:
    """Map an anchor word to its prefix and the length of a word glued before it (``bysection 72``)."""
    content = load("nlp.pinpoints")
    words = [(unaccented(word), prefix) for prefix, words in content["anchors"].items() for word in words]
    anchors = {glue + word: (prefix, len(glue)) for glue in content["glue"] for word, prefix in words if len(word) > 5}
    return anchors | {word: (prefix, 0) for word, prefix in words}


@cache
def _compiled(name: str) -> regex.Pattern[str]:
    return compile_pattern(_expanded(name))


@cache
def _expanded(name: str) -> str:
    content = load("nlp.pinpoints")
    return expanded({**content["fragments"], **content["expressions"]}[name], content["fragments"])
