"""Dates of a letter with the evidence that the facts begin or end on them.

A date that several places of the letter name is one candidate with the evidence of all of them. A date without a year
or month takes it from the date that follows in the sentence, else from the one before it, else from the date of the
letter ("el 8 de enero último", "no dia 17 do corrente").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex

from extraction.resource import load
from nlp.entities.dates import day_in_figures, iso_day, month_number, month_words
from nlp.requests.amounts.words import number_of
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.flow import Sentence
from nlp.requests.statements import ASKED, REPORTED, TOLD, find_statements

_STEM, _BEFORE, _AFTER, _REACH, _NEAR = 6, 7, 5, 160, 40
_RANKS = 3
_FULL = len("2024-01-31")
_MOST_DATES = 60  # those named first; their pairs are compared
# Names in which a date is none of the facts.
_NAMES = ("TREATY", "LAW", "REFERENCE", "JUDGMENT", "CASE")
_LONGEST_DATELINE = 60

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in the running text: its value (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) and its range there."""

    value: str
    start: int
    end: int
    inferred: bool = False  # its year is that of the letter, or the one before


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that a letter names, its mentions and their features."""

    value: str
    mentions: tuple[Mention, ...]
    features: Features


def date_candidates(context: RequestContext) -> list[DateCandidate]:
    """Return the dates that the sentences of the letter's own part name, by value."""
    collected: dict[str, tuple[list[Mention], set[str]]] = {}
    statements = find_statements(context)
    starts = [one.start for one in statements]
    dated = letter_date(context)
    names = [(context.flow.at(one.start), context.flow.at(one.end), one.label) for one in context.spans(*_NAMES)]
    for sentence in context.own_sentences():
        found = list(_dates_of_events(context, sentence, dated))
        for number, mention in enumerate(found):
            mentions, features = collected.setdefault(mention.value, ([], set()))
            mentions.append(mention)
            features |= set(_of_words(context, sentence, mention))
            features |= set(_of_place(context, sentence, mention, dated))
            features |= set(_of_neighbours(context.flow.folded, found, number))
            features |= {"inferred"} if mention.inferred else set()
            features |= {f"name.{label}" for start, end, label in names if start <= mention.start < end}
            at = bisect_right(starts, mention.start) - 1
            if at >= 0 and mention.start < statements[at].end:
                features.add(f"mood.{statements[at].mood_at(mention.start)}")
    collected = dict(islice(collected.items(), _MOST_DATES))
    ranked = _ranks({value: features for value, (_, features) in collected.items()}, dated)
    return [
        DateCandidate(value, tuple(mentions), dict.fromkeys([*features, *ranked[value], "every"], 1.0))
        for value, (mentions, features) in sorted(collected.items())
    ]


def _dates_of_events(context: RequestContext, sentence: Sentence, dated: str) -> Iterator[Mention]:
    """Yield the dates of a sentence but days of treaties and of births."""
    folded = context.flow.folded
    for one in dates_in(context, sentence, dated):
        begin = max(sentence.start, one.start - _REACH)
        if not any(_pattern(name).search(folded, begin, one.start) for name in ("treaty_day", "birth_day")):
            yield one


# --- dates ---------------------------------------------------------------------------------------------------------


def dates_in(context: RequestContext, sentence: Sentence, dated: str = "") -> Iterator[Mention]:
    """Yield the dates of a sentence, in order, with the parts that each lacks taken from its neighbours.

    ``dated`` is the date of the letter, if any; a date that has no year in its sentence is the last one before it.
    """
    found = list(_date().finditer(context.flow.folded, sentence.start, sentence.end))
    parts = [_parts(one, month_first=context.month_first) for one in found]
    year, month = "", 0
    for number in range(len(found) - 1, -1, -1):
        own_year, own_month, day = parts[number]
        near = number + 1 < len(found) and found[number + 1].start() - found[number].end() < _NEAR
        if own_month and not own_year and year:
            own_year = year
        if day and not own_month and near:
            own_year, own_month = year, month
        parts[number] = (own_year, own_month, day)
        year, month = own_year or year, own_month or month
    year = ""
    for match, (own_year, own_month, day) in zip(found, parts, strict=True):
        own_year = own_year or (year if own_month else "")
        year = own_year or year
        inferred = not own_year and len(dated) == _FULL
        if inferred:
            own_month = own_month or (int(dated[5:7]) if match["current"] else 0)
            own_year = last_year(own_month, day, dated) if own_month else ""
        if value := _value(own_year, own_month, day):
            yield Mention(value, *match.span(), inferred)


def last_year(month: int, day: int, dated: str) -> str:
    """Return the year in which a day or month was last before a date."""
    year = int(dated[:4])
    return str(year if f"{month:02d}-{day:02d}" <= dated[5:] else year - 1)


def _parts(match: regex.Match[str], *, month_first: bool) -> tuple[str, int, int]:
    if match["numeric"]:
        first, second, last = regex.findall(r"\d+", match["numeric"])
        return _iso_parts(day_in_figures(first, second, last, month_first=month_first))
    if match["iso"]:
        return _iso_parts(match["iso"])
    if match["worded"]:
        year = match["year3"] or str(_number(match["in_words"] or "") or "")
        return year, month_number(match["month3"]), _number(match["worded"]) or 1
    day = match["day"] or match["day2"] or match["alone"] or match["current"]
    year = match["year"] or match["year2"] or match["only"] or ""
    return year, month_number(match["month"] or match["month2"] or ""), int(day or 0)


def _iso_parts(day: str) -> tuple[str, int, int]:
    year, month, number = (*day.split("-"), "0", "0")[:3]
    return year, int(month), int(number)


def _number(words: str) -> int:
    return number_of(regex.findall(r"quatre-vingts?|\p{L}+", words))


def _value(year: str, month: int, day: int) -> str:
    if not year or (day and not month) or month > 12:
        return ""
    return iso_day(int(year), month, day) if day else (f"{year}-{month:02d}" if month else year)


@cache
def _date() -> regex.Pattern[str]:
    months, of, year = month_words(), r"(?:de |del |do |da |of )?", r"(?:19|20)\d{2}(?![\d/]\d)"
    ordinal = r"(?:\.?[ºo°]|er|st|nd|rd|th|ro)?"
    joint, lately = load("nlp.request_periods")["joint"], load("nlp.request_periods")["lately"]
    word = "|".join(sorted(load("nlp.number_words")["values"], key=len, reverse=True))
    further = rf"(?:[ -](?:y |e |et |and )?(?:{word}))"
    thousands = rf"(?:dos|dois|deux|two) (?:mil|mille|thousand){further}{{0,3}}"
    return regex.compile(
        # a range of dates in figures: "01.03.2025-31.08.2025"
        rf"(?:(?<![\d./]|\d-)|(?<=[./](?:19|20)\d{{2}}-)(?=\d{{1,2}}[./]\d{{1,2}}[./]))"
        rf"(?:(?P<numeric>\d{{1,2}}(?:[ºo°]|er)?[./-]\d{{1,2}}[./-](?:19|20)\d{{2}})(?!\d)"
        rf"|(?P<iso>(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})(?!\d)"
        rf"|(?P<day>\d{{1,2}}){ordinal} (?:day )?{of}(?P<month>{months})\b\.?(?:,? {of}(?P<year>{year}))?"
        rf"|\b(?P<month2>{months})\b\.?(?: (?P<day2>\d{{1,2}}){ordinal}\b,?)?"
        rf"(?:,? {of}(?P<year2>{year})|(?={joint}|{lately}))"
        rf"|(?P<current>\d{{1,2}})(?={lately})"
        rf"|\b(?P<worded>(?:{word}|primero|primeiro|premier){further}{{0,2}}) {of}(?P<month3>{months})\b"
        rf"(?:,? {of}(?:(?P<year3>{year})|(?P<in_words>{thousands})))?"
        rf"|(?P<alone>\d{{1,2}}){ordinal}(?=(?:{joint}\d{{1,2}}{ordinal})+ {of}(?:{months})\b)"
        rf"|(?P<only>{year}))"
    )


# --- features ------------------------------------------------------------------------------------------------------


def _of_words(context: RequestContext, sentence: Sentence, mention: Mention) -> Iterator[str]:
    folded = context.flow.folded
    before = folded[max(sentence.start, mention.start - _REACH) : mention.start]
    after = folded[mention.end : min(sentence.end, mention.end + _REACH)]
    said, then = regex.findall(r"\p{L}+", before), regex.findall(r"\p{L}+", after)
    yield from (f"before.{word[:_STEM]}" for word in said[-_BEFORE:])
    yield from (f"after.{word[:_STEM]}" for word in then[:_AFTER])
    clause = regex.split(r"[,;]", before)[-1] + " " + regex.split(r"[,;]", after)[0]
    for name in ("records", "birth"):
        if _pattern(name).search(before):
            yield f"said.{name}"
    for name in ("never", "steps", "acts", "asks"):
        if _pattern(name).search(clause):
            yield f"clause.{name}"
        if _pattern(name).search(folded, sentence.start, sentence.end):
            yield f"sentence.{name}"


def _of_place(context: RequestContext, sentence: Sentence, mention: Mention, dated: str) -> Iterator[str]:
    flow = context.flow
    place = flow.places[mention.start]
    part, section = context.part_at(place), context.section_at(place)
    tenth = int(10 * (place - part.start) / max(1, part.end - part.start))
    yield from (f"section.{section}", f"part.{part.kind}", f"tenth.{tenth}", f"precision.{len(mention.value)}")
    if sentence.end - sentence.start < _LONGEST_DATELINE:
        yield "short"
    if dated:
        same = mention.value == dated[: len(mention.value)]
        later = mention.value > dated[: len(mention.value)]
        yield "later" if later else ("letter" if same else f"years.{min(9, int(dated[:4]) - int(mention.value[:4]))}")


def _of_neighbours(folded: str, found: Sequence[Mention], number: int) -> Iterator[str]:
    """Yield how a date is joined with the one before and the one after it in the sentence."""
    if number:
        between = folded[found[number - 1].end : found[number].start].strip(" ,.")
        if len(between) < _NEAR:
            yield f"joined.{between if len(between) < 12 else 'far'}"
            yield "second"
    if number + 1 < len(found):
        between = folded[found[number].end : found[number + 1].start].strip(" ,.")
        if len(between) < _NEAR:
            yield f"joins.{between if len(between) < 12 else 'far'}"
            yield "first"
    yield f"in_sentence.{min(number, 3)}"


def _ranks(features: Mapping[str, set[str]], dated: str) -> dict[str, list[str]]:
    """Return for each date its rank among the dates before the letter that may be of acts, and among those of facts."""
    apart = {"said.birth", *(f"name.{label}" for label in _NAMES)}
    acts = [value for value, own in features.items() if not own & apart and not own & {"later", "letter"}]
    told = [value for value in acts if "section.facts" in features[value]]
    asked = {f"mood.{ASKED}"}
    unasked = [value for value in acts if not features[value] & asked]
    reported = [value for value in acts if features[value] & {f"mood.{TOLD}", f"mood.{REPORTED}"}]
    ranked: dict[str, list[str]] = {value: [] for value in features}
    for name, group in {"acts": acts, "told": told, "unasked": unasked, "reported": reported}.items():
        ordered = sorted(group)
        for place, value in enumerate(ordered):
            ranked[value].append(f"{name}.from_first.{min(place, _RANKS)}")
            ranked[value].append(f"{name}.from_last.{min(len(ordered) - 1 - place, _RANKS)}")
    return ranked


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")[name])
