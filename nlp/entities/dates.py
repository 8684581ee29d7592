"""Dates in running text, as ISO 8601: complete (``2024-05-03``), months (``2024-05``), without year (``--05-03``).

All forms are read by tables; ``dateparser`` misses formal legal dates and produces false ones.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.folding import plain, unaccented
from nlp.pattern_bank import words_among
from nlp.patterns import compile_pattern

ORIGIN = "dates@7"
_REACH = 80
_MONTHS, _SEVERAL = 12, 2
_REFERENCE_REACH = 60  # characters before figures whose words tell that they are a reference number
_NUMERIC = compiled(
    r"(?:(?<![\w/.\-])|(?<=\d[./]\d{4}-))(?:(?P<y>(?:1[5-9]|20)\d{2})(?P<t>[-/])(?P<m>\d{1,2})(?P=t)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?:[º°]|er)?\s?(?P<s>[/.\-])\s?(?P<b>\d{1,2}|[IVX]{1,4}|[ivx]{1,4})\s?(?P=s)\s?"
    r"(?P<c>(?:1[5-9]|20)\d{2}|\d{2}))(?!-(?!\d{1,2}[./]\d{1,2}[./]\d{4})|[\w/]|\.\d)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d{2}(?![\d/])|[12]\.\d{3}(?!\d)|(?:<<starts>>)(?:[\s\-]\p{L}+){0,6})"
_YEAR_BEFORE = compiled(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?:\s$")
_DAYS_BEHIND = compiled(
    r"\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s\d{1,2}(?:st|nd|rd|th)?(?![\d\p{L}]))*(?![\d/]|,\s(?:19|20)\d\d)"
)
_YEAR_AGAIN = r"(?:\s?\(\s?\d{4}\s?\))?"
_LINK = r"\.?(?:\s?,)?\s?(?:(?:de|del|do|of|/|-)\s?)?(?:(?:a[ñn]o|ano|l’an(?:née)?|year)\s(?:de\s|do\s)?)?"


def find_dates(text: str, jurisdiction: str = "", *, month_first: bool | None = None) -> list[Span]:
    """Return DATE spans in order, in all four languages; the value is in ISO 8601.

    Numeric dates are read in the order of ``writes_month_first``, unless ``month_first`` is that of a longer text.
    """
    matched = plain(text)
    order = writes_month_first(text, jurisdiction) if month_first is None else month_first
    candidates = [*_numeric(matched, order), *_named(matched)]
    spans: list[Span] = []
    for start, end, value in sorted(candidates, key=lambda item: (item[0], -item[1])):
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, end, "DATE", value, 0.95 if len(value) == 10 else 0.8, ORIGIN))
    return spans


def writes_month_first(text: str, jurisdiction: str = "") -> bool:
    """Return whether numeric dates of a text have the month before the day.

    That is the order of the jurisdiction (ISO 3166 alpha-2), unless several dates can only be read in the other order
    and none in this one; of an unknown jurisdiction, that in which more dates can be read, else day, month, year.
    """
    matched, orders = plain(text), Counter[bool]()
    for match in _NUMERIC.finditer(matched):
        if match["a"] and match["b"].isdigit() and not _is_reference(matched, match):
            first, second = int(match["a"]), int(match["b"])
            orders[second > first] += min(first, second) <= _MONTHS < max(first, second)
    if not jurisdiction:
        return orders[True] > orders[False]
    order = jurisdiction in load("nlp.dates")["month_first"]
    return not order if orders[not order] >= _SEVERAL and not orders[order] else order


def in_order(text: str, spans: Iterable[Span], *, month_first: bool) -> tuple[Span, ...]:
    """Return spans of ``text`` with its DATE spans in figures in that order; other spans remain as they are."""
    return tuple(_ordered(text, span, month_first=month_first) if span.label == "DATE" else span for span in spans)


def _ordered(text: str, span: Span, *, month_first: bool) -> Span:
    match = _NUMERIC.fullmatch(plain(text[span.start : span.end]))
    if match is None or not match["a"]:
        return span
    value = day_in_figures(match["a"], match["b"], match["c"], month_first=month_first)
    return replace(span, value=value) if value else span


def day_in_figures(first: str, second: str, last: str, *, month_first: bool) -> str:
    """Return a day in ISO 8601 from its figures (the month also in Roman ones), empty for none of the calendar.

    ``last`` is the year. Figures that are no day in the order given are read in the other one.
    """
    year = int(last) if len(last) == 4 else int(last) + (2000 if int(last) <= 35 else 1900)
    if not second.isdigit():
        roman = load("nlp.dates")["roman"]
        return iso_day(year, roman.index(second.lower()) + 1, int(first)) if second.lower() in roman else ""
    day, month = (int(second), int(first)) if month_first else (int(first), int(second))
    return iso_day(year, month, day) or iso_day(year, day, month)


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's number, name or abbreviation in any of the four languages, 0 for other words."""
    return int(name) if name.isdigit() and 1 <= int(name) <= 12 else _months().get(unaccented(name).strip("."), 0)


def next_day(day: str) -> str:
    """Return the day after ``day`` (ISO 8601)."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def months_after(day: date, months: int) -> date:
    """Return the day of the same number after ``months``, before if negative; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _numeric(text: str, month_first: bool) -> Iterator[tuple[int, int, str]]:
    for match in _NUMERIC.finditer(text):
        if _is_reference(text, match):
            continue
        if match["y"]:
            value = iso_day(int(match["y"]), int(match["m"]), int(match["d"]))
        else:
            value = day_in_figures(match["a"], match["b"], match["c"], month_first=month_first)
        if value:
            yield match.start(), match.end(), value


def _is_reference(text: str, match: regex.Match[str]) -> bool:
    """Return whether figures are the number of a file: behind a word for a number, or, with a short year, a register.

    "N° Instruction : JI 7/25/33" is the file 33 of the year 25.
    """
    line = text[max(0, match.start() - _REFERENCE_REACH) : match.start()].rpartition("\n")[2]
    is_short = not match["y"] and len(match["c"]) == 2
    return bool(_reference("numbered").search(line)) or (is_short and bool(_reference("short").search(line)))


@cache
def _reference(name: str) -> regex.Pattern[str]:
    return compiled(load("nlp.dates")["reference"][name])


def _named(text: str) -> Iterator[tuple[int, int, str]]:
    for word in words_among(text, lambda word: unaccented(word) in _months()):
        month = _months()[unaccented(word[0])]
        if (named := _year_first(text, word, month)) is not None:
            yield named
            continue
        left = _left().search(text[max(0, word.start() - _REACH) : word.start()])
        if (match := _american().match(text, word.end())) and not left and word[0][0].isupper():
            if value := iso_day(int(match["year"]), month, int(match["day"])):
                yield word.start(), match.end(), value
            continue
        yield from _around(text, word, month, left)


def _year_first(text: str, word: regex.Match[str], month: int) -> tuple[int, int, str] | None:
    """Return the date of a title page on which the year stands first: ``2026: March 10``."""
    year, days = _YEAR_BEFORE.search(text, max(0, word.start() - 8), word.start()), _DAYS_BEHIND.match(text, word.end())
    value = iso_day(int(year["year"]), month, int(days["day"])) if year and days else ""
    return (year.start(), days.end(), value) if year and days and value else None


def _around(
    text: str, word: regex.Match[str], month: int, left: regex.Match[str] | None
) -> Iterator[tuple[int, int, str]]:
    """Yield the date of a month ``word`` with the day before it and the year after it."""
    right = _right().match(text, word.end())
    year, end = _year(right) if right else (0, word.end())
    day = _day(left["day"]) if left else 0
    start = word.start() - len(left[0]) if left else word.start()
    short = word[0] in load("nlp.dates")["also_words"]
    if day and year and (value := iso_day(year, month, day)):
        yield start, end, value
    elif year and not day and (not short or text[word.end() : word.end() + 1] == "."):
        yield word.start(), end, f"{year}-{month:02d}"
    elif day and not year and not short and iso_day(2000, month, day):
        yield start, word.end(), f"--{month:02d}-{day:02d}"


def _year(match: regex.Match[str]) -> tuple[int, int]:
    printed = match["year"]
    if printed[0].isdigit():
        return int(printed.replace(".", "")), match.end()
    from text_to_num import text2num  # compiles the numerals of all its languages on import, which few texts need

    words = regex.split(r"(?<=[\s\-])|(?=[\s\-])", printed)
    for count in range(len(words), 1, -1):
        candidate = "".join(words[:count])
        for language in ("es", "pt", "fr", "en"):
            try:
                number = text2num(candidate.strip(" -").lower(), language)
            except ValueError:
                continue
            if 1500 <= number < 2100 and candidate == candidate.strip():
                return number, match.end() if count == len(words) else match.start("year") + len(candidate)
    return 0, match.start()


def _day(printed: str) -> int:
    figures = regex.match(r"\d+", printed)
    return int(figures[0]) if figures and unaccented(printed) not in _days() else _days().get(unaccented(printed), 0)


def iso_day(year: int, month: int, day: int) -> str:
    """Return a day in ISO 8601, ``""`` for one that is not in the calendar."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_words() -> str:
    """Return the alternatives of a pattern for the names of months in the four languages, folded."""
    return "|".join(_months())


@cache
def _months() -> Mapping[str, int]:
    tables = load("nlp.dates")["months"].values()
    return {name: number for table in tables for number, names in enumerate(table, 1) for name in names}


@cache
def _days() -> Mapping[str, int]:
    content = load("nlp.dates")["days"]
    tables = [content[language] for language in ("es", "pt", "en", "fr")]
    other: dict[str, int] = content["other"]
    return {name: number for table in tables for number, name in enumerate(table, 1)} | other


@cache
def _left() -> regex.Pattern[str]:
    accents = {"a": "[aáâã]", "e": "[eéê]", "i": "[ií]", "o": "[oóô]", "u": "[uú]"}
    spelled = (
        "".join(accents.get(letter, letter) for letter in name) for name in sorted(_days(), key=len, reverse=True)
    )
    words = "|".join(name.replace(" ", r"\s") for name in spelled)
    return compile_pattern(
        rf"(?<![\w/.])(?P<day>\d{{1,2}}(?:\s?\.?[º°o]|er|ro|st|nd|rd|th)?|{words})(?:\s?\(\s?\d{{1,2}}[º°]?\s?\))?"
        r"(?:\s(?:d[ií]as?|day))?(?:\sd(?:el|o|e)\s(?:pr[óo]ximo\s|presente\s)?m[eê]s)?"
        r"(?:\s(?:de|of)\s{1,6}|\sd[’']|\s?[\-/.]\s?|\s)$",
    )


@cache
def _right() -> regex.Pattern[str]:
    starts = "|".join(start.replace(" ", r"\s") for start in load("nlp.dates")["year_words"])
    return compile_pattern(_LINK + _YEAR + _YEAR_AGAIN, {"starts": starts})


@cache
def _american() -> regex.Pattern[str]:
    return compiled(r"\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>(?:1[5-9]|20)\d{2})(?!\d)")
