"""The period of the facts: one that the narrative states, else its first and last dated act, else an event told.

What these rules read is evidence for the choice among all pairs of dates by weights
(``nlp.requests.dates.period_choice``); without weights it is the period itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import day_in_figures, iso_day, month_number, month_words
from nlp.requests.context import RequestContext
from nlp.requests.dates.dated_names import is_of_a_name
from nlp.requests.dates.letter_date import is_dateline, letter_date
from nlp.requests.dates.period_choice import LIKELY, RARELY, Ends, Periods, likely_periods, periods_of, trained_weights
from nlp.requests.dates.period_evidence import date_candidates, last_year
from nlp.requests.dates.record_dates import are_of_letters, are_of_records
from nlp.requests.flow import Sentence
from nlp.requests.letter_types.statements import SUPPLEMENT
from nlp.requests.proposal import Proposal
from nlp.requests.statements import ASKED, find_statements

ORIGIN = "requests.facts_period@10"
_STATED, _ACTS, _ONE_ACT, _FIRST_TOLD, _LEAST = 0.9, 0.6, 0.5, 0.4, 0.3
_ASKED = frozenset(
    {
        "assistance",
        "documents_needed",
        "testimony",
        "persons",
        "statute_text",
        "annexes",
        "urgency",
        "procedure",
        "additional_requirements",
    }
)
_FACTS = "facts"
# Names in which a date is none of the facts, and least length of a sentence that tells an event.
_DATED_NAMES, _TOLD_LENGTH = ("TREATY", "LAW", "REFERENCE", "JUDGMENT", "CASE"), 60
# Sections whose dates are not those of the facts, though they ask for nothing.
_APART = frozenset({"legal_basis", "offences", "relations", "reference", "proceeding", "from_requesting"})


@dataclass(frozen=True, slots=True)
class _Period:
    first: str
    last: str
    start: int
    end: int


def read_facts_period(context: RequestContext) -> list[Proposal]:
    """Return the period, its ends as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; an open end is null."""
    if not trained_weights():
        return _by_rule(context)
    periods = weighed_periods(context)
    *likely, none = likely_periods(periods).tolist()
    best = max(range(len(likely)), key=lambda number: likely[number], default=-1)
    ends = [periods.dates[place] for place in periods.pairs[best]] if best >= 0 else []
    if not ends or any(is_of_a_name(context, one) for one in ends):
        return []
    if are_of_records(context, ends) or are_of_letters(context, ends):
        return []
    if begun := _going_on(context, periods.ends(best)):
        return [_proposal(begun, _STATED)]
    least = none * (1.0 if _of_a_step(periods, best) else _least(context))
    return [_chosen(context, periods, best, likely[best])] if likely[best] >= least else []


def _least(context: RequestContext) -> float:
    """Return the least probability of a period as a share of that of none; a supplement tells of what it received."""
    return RARELY if context.document_type.value == SUPPLEMENT else LIKELY


def _going_on(context: RequestContext, chosen: Ends) -> _Period | None:
    """Return the period of facts that go on, of which the weights chose the first day alone or up to the letter."""
    first, last = chosen
    if last not in (first, letter_date(context)):
        return None
    ruled = [one for one in _by_rule(context) if one.confidence == _STATED and _ends(one) == (first, "")]
    if ruled:
        return _Period(first, "", ruled[0].start, ruled[0].end)
    told = (one for one in context.own_sentences() if _pattern("going_on").search(_words(context, one)))
    return next((one for sentence in told for one in _open(context, sentence) if one.first == first), None)


def _words(context: RequestContext, sentence: Sentence) -> str:
    return context.flow.folded[sentence.start : sentence.end]


def _of_a_step(periods: Periods, number: int) -> bool:
    """Return whether the first date of a pair stands with words of a step of the proceedings, as a warrant issued."""
    return "clause.steps" in periods.dates[periods.pairs[number][0]].features


def weighed_periods(context: RequestContext) -> Periods:
    """Return the periods between the dates of a letter, with their evidence."""
    ruled = {_ends(one): one.confidence for one in _by_rule(context)}
    return periods_of(date_candidates(context), ruled, context.labelled_type)


def _ends(found: Proposal) -> Ends:
    ends = found.value if isinstance(found.value, Mapping) else {}
    return str(ends.get("from") or ""), str(ends.get("to") or "")


def _chosen(context: RequestContext, periods: Periods, number: int, likely: float) -> Proposal:
    """Return a pair of dates as a proposal; its evidence are the mentions of both that are nearest to each other."""
    first, last = (periods.dates[place] for place in periods.pairs[number])
    mentions = [(one, other) for one in first.mentions for other in last.mentions or first.mentions]
    one, other = min(mentions, key=lambda pair: abs(pair[1].start - pair[0].start))
    start, end = context.flow.original(min(one.start, other.start), max(one.end, other.end))
    return _proposal(_Period(first.value, last.value, start, end), round(min(_STATED, max(_LEAST, likely)), 2))


def _by_rule(context: RequestContext) -> list[Proposal]:
    """Return the period that the narrative states, else that of its dated acts, else the dates of an event told."""
    sentences = [sentence for sentence in context.own_sentences() if _may_state_facts(context, sentence)]
    narrative = [
        sentence for sentence in sentences if context.section_at(context.flow.places[sentence.start]) == _FACTS
    ]
    for chosen in (narrative, sentences):
        if stated := [period for sentence in chosen for period in _stated(context, sentence)]:
            return [_proposal(stated[0], _STATED)]
        if begun := [period for sentence in chosen for period in _open(context, sentence)]:
            return [_proposal(_closed(context, begun[0], chosen), _STATED)]
    return _of_acts(context, narrative or _free_narrative(context, sentences)) or _of_told(context, sentences)


def _closed(context: RequestContext, begun: _Period, sentences: list[Sentence]) -> _Period:
    """Return a period of which only the beginning is stated with the last act narrated after it, if any.

    One that begins in a year remains open: acts told later in the letter need not belong to it.
    """
    if len(begun.first) == 4:
        return begun
    start = context.flow.at(begun.start)
    behind = [sentence for sentence in sentences if sentence.end > start]
    acts = [act for sentence in behind for act in _acts(context, sentence) if act.start > begun.end]
    dated = letter_date(context)
    later = [act for act in acts if act.last > begun.first and (not dated or act.last < dated)]
    if not later:
        return begun
    last = max(later, key=lambda act: act.last)
    return _Period(begun.first, last.last, begun.start, last.end)


def _of_told(context: RequestContext, sentences: list[Sentence]) -> list[Proposal]:
    """Return the dates of the first sentence that tells a dated event, in a letter with no other dated act."""
    if context.document_type.value in load("nlp.request_periods")["untold"]:
        return []
    for sentence in sentences:
        if context.section_at(context.flow.places[sentence.start]) in _APART:
            continue
        if sentence.end - sentence.start >= _TOLD_LENGTH and (days := list(_told(context, sentence))):
            first, last = min(days, key=lambda day: day.first), max(days, key=lambda day: day.last)
            start, end = min(first.start, last.start), max(first.end, last.end)
            return [_proposal(_Period(first.first, last.last, start, end), _FIRST_TOLD)]
    return []


def _told(context: RequestContext, sentence: Sentence) -> Iterator[_Period]:
    """Yield the dates of a sentence that are no part of a name, no step of the proceedings and before the letter."""
    flow, dated = context.flow, letter_date(context)
    names = [(name.start, name.end) for name in context.spans(*_DATED_NAMES)]
    for span in context.spans("DATE"):
        place, end = flow.at(span.start), flow.at(span.end)
        if not sentence.start <= place < sentence.end or any(start <= span.start < stop for start, stop in names):
            continue
        before = flow.folded[max(sentence.start, place - 120) : place]
        after = regex.split(r"[,;]", flow.folded[end : min(sentence.end, end + 60)])[0]
        around = _clause(before) + " " + after
        other = any(_pattern(name).search(before) for name in ("records", "birth"))
        other = other or any(_pattern(name).search(around) for name in ("never", "steps"))
        if (
            not other
            and not is_dateline(context, span)
            and regex.match(r"\d{4}", span.value)
            and (not dated or span.value < dated[: len(span.value)])
        ):
            yield _Period(span.value, span.value, span.start, span.end)


def _free_narrative(context: RequestContext, sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences about an act in a letter without headings; none for a letter about another letter."""
    if context.document_type.value in load("nlp.request_periods")["without"]:
        return []
    folded = context.flow.folded
    return [sentence for sentence in sentences if _pattern("acts").search(folded, sentence.start, sentence.end)]


def _may_state_facts(context: RequestContext, sentence: Sentence) -> bool:
    words = context.flow.folded[sentence.start : sentence.end]
    section = context.section_at(context.flow.places[sentence.start])
    if section in _ASKED:
        return False
    return section == _FACTS or (_pattern("asks").search(words) is None and not _is_asked(context, sentence))


def _is_asked(context: RequestContext, sentence: Sentence) -> bool:
    """Return whether a sentence is an item of the measures requested; its periods are those of records or hearings."""
    within = (one for one in find_statements(context) if one.start < sentence.end and sentence.start < one.end)
    return any(one.is_asked_item or all(mood == ASKED for _, mood in one.clauses) for one in within)


def _proposal(period: _Period, confidence: float) -> Proposal:
    value = {"from": period.first or None, "to": period.last or None}
    return Proposal(value, period.start, period.end, confidence, ORIGIN)


# --- stated periods ------------------------------------------------------------------------------------------------


def _stated(context: RequestContext, sentence: Sentence) -> Iterator[_Period]:
    """Yield the periods stated in a sentence, in order, except those of requested records."""
    folded = context.flow.folded
    found = [match for pair in _pairs() for match in pair.finditer(folded, sentence.start, sentence.end)]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        before = folded[max(sentence.start, match.start() - 120) : match.start()]
        if _pattern("records").search(before) or _pattern("never").search(_clause(before)):
            continue
        last = _date(
            context, match["bd"], match["bm"], match["by"] or _year_before_letter(context, match, "b"), match["bn"]
        )
        first = _date(context, match["ad"], match["am"] or _month_of(match), match["ay"] or _year_of(last), match["an"])
        if first and last and first <= last:
            start, end = context.flow.original(*match.span())
            yield _Period(first, last, start, end)


def _open(context: RequestContext, sentence: Sentence) -> Iterator[_Period]:
    """Yield periods of which only the beginning is stated."""
    folded = context.flow.folded
    for match in _since().finditer(folded, sentence.start, sentence.end):
        before = folded[max(sentence.start, match.start() - 120) : match.start()]
        if _pattern("records").search(before) or _pattern("never").search(_clause(before)):
            continue
        year = match["ay"] or _year_before_letter(context, match, "a")
        if first := _date(context, match["ad"], match["am"], year, match["an"]):
            start, end = context.flow.original(*match.span())
            yield _Period(first, "", start, end)


def _year_before_letter(context: RequestContext, match: regex.Match[str], name: str) -> str | None:
    """Return the year in which a month without a year was last before the date of the letter, if that is known."""
    dated, month = letter_date(context), match[f"{name}m"]
    if not month or len(dated) != len("2024-01-31"):
        return None
    return last_year(month_number(month), int(match[f"{name}d"] or 1), dated)


def _clause(before: str) -> str:
    """Return the words before a date back to the last comma, where another matter may end."""
    return regex.split(r"[,;]", before[-90:])[-1]


def _month_of(match: regex.Match[str]) -> str | None:
    """Return the month of the second date for a first date that has a day only: "entre el 3 y el 9 de enero"."""
    return match["bm"] if match["ad"] and not match["ay"] else None


def _year_of(last: str) -> str | None:
    return last[:4] or None


def _date(context: RequestContext, day: str | None, month: str | None, year: str | None, numeric: str | None) -> str:
    """Return a date in ISO 8601 to the precision given, empty if invalid."""
    if numeric:
        first, second, last = regex.split(r"[./-]", numeric)
        return day_in_figures(first, second, last, month_first=context.month_first)
    if not year:
        return ""
    if not month:
        return "" if day else year
    number = month_number(month)
    return (day and iso_day(int(year), number, int(day))) or f"{year}-{number:02d}"


def _one(name: str) -> str:
    """Return the pattern of a date of any precision, its groups named from ``name``."""
    months = month_words()
    return (
        rf"{load('nlp.request_periods')['vague']}(?:(?P<{name}n>\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)\d{{2}})"
        rf"|(?:(?P<{name}d>\d{{1,2}})(?:\.?[ºo°]|er|st|nd|rd|th)? ?(?:de |of )?)?(?:(?P<{name}m>{months})\b\.? ?,? ?)?"
        rf"(?:(?:de |del |of )?(?P<{name}y>(?:19|20)\d{{2}}))?)"
    )


@cache
def _pairs() -> tuple[regex.Pattern[str], ...]:
    return tuple(
        regex.compile(rf"\b{first} {_one('a')},? ?{between} {_one('b')}(?![\w/])")
        for first, between in load("nlp.request_periods")["pairs"]
    )


@cache
def _since() -> regex.Pattern[str]:
    return regex.compile(rf"{load('nlp.request_periods')['single']} {_one('a')}(?![\w/])")


# --- dated acts ----------------------------------------------------------------------------------------------------


def _of_acts(context: RequestContext, sentences: list[Sentence]) -> list[Proposal]:
    """Return the span from the first to the last dated act of the narrative."""
    dated = letter_date(context)
    acts = [act for sentence in sentences for act in _acts(context, sentence) if not dated or act.first < dated]
    if not acts:
        return []
    first = min(acts, key=lambda act: act.first)
    last = max(acts, key=lambda act: act.last)
    start, end = min(first.start, last.start), max(first.end, last.end)
    return [_proposal(_Period(first.first, last.last, start, end), _ACTS if len(acts) > 1 else _ONE_ACT)]


def _acts(context: RequestContext, sentence: Sentence) -> Iterator[_Period]:
    """Yield the dates of acts in a sentence, as periods of one date."""
    folded = context.flow.folded
    for match in _dated().finditer(folded, sentence.start, sentence.end):
        before = folded[sentence.start : match.start()]
        after = regex.split(r"[,;]", folded[match.end() : min(sentence.end, match.end() + 60)])[0]
        date = _date(context, match["ad"], match["am"], match["ay"], match["an"])
        other = _pattern("never").search(_clause(before)) or _pattern("never").search(_clause(before) + " " + after)
        if date and not other:
            start, end = context.flow.original(*match.span())
            yield _Period(date, date, start, end)


@cache
def _dated() -> regex.Pattern[str]:
    """Return the pattern of a date in a sentence; a year alone needs a preposition before it."""
    before = (
        r"(?:(?:noche|madrugada|manana|tarde|noite|manha|nuit|matin|soir|night|morning|evening|afternoon) "
        r"(?:del?|du|do|of)|au mois de|no mes de|en el mes de|en|em|in|le|el|on|du|del|no|na|during|durante|courant"
        r"|ano|annee|throughout|a lo largo de|ao longo de|(?:tout )?au long de|au cours de|no decorrer de) "
        r"(?:el |o |the |l.)?"
    )
    return regex.compile(rf"\b{before}{_one('a')}(?![\w/])")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")[name])
