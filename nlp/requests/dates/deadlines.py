"""Dated deadlines: hearing, end of custody, limitation, answer wanted by, loss of data, end of secrecy, other events.

Relative periods are none.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import day_of_letter, is_dateline, letter_date
from nlp.requests.declarations import asks_for_secrecy
from nlp.requests.flow import Sentence, sentence_at
from nlp.requests.identifiers.identifiers import find_request_identifiers
from nlp.requests.letter_types.statements import ANSWERS
from nlp.requests.proposal import TRANSCRIPTION, Proposal
from nlp.requests.statements import is_asked_item

ORIGIN = "requests.deadlines@11"
_REACH = 220
_SURE, _UNSURE, _DOUBTFUL = 0.9, 0.7, 0.4
# Years after the letter beyond which hardly anything but limitation has its day.
_YEARS = 5
_ANSWER, _EVENT, _HEARING = "answer_by", "event", "hearing"
_LIMITATION, _PROCEDURE, _SECRECY = "limitation", "procedural_limit", "secrecy_end"
# Reasons whose words announce something to come, in a letter without a date.
_FUTURE = frozenset({"custody_end", _LIMITATION, "data_loss"})
# Letters that ask for the service of what their own authorities drew up.
_OF_SERVICE = frozenset({"service_request", "civil_request"})
# Maximum number of characters between the two days of a period.
_JOINED = 16
# What stands before the date of a certificate in its sentence: the place.
_PLACE = regex.compile(r"\W*(?:(?:[EeAa][nm]?|[Àà]) )?\p{Lu}[\p{L} .'’-]{2,40}, (?:(?:a|el|le|em|os|aos) )?")


def read_deadlines(context: RequestContext) -> list[Proposal]:
    """Return each dated deadline once with its reason, in the order of the letter.

    A day that is not after the date of the letter is none, as what is a part of a number: "JIRS 9/26/31".
    """
    dated = letter_date(context)
    found: dict[str, Proposal] = {}
    numbers = [(one.start, one.end) for one in find_request_identifiers(context)]
    for span in context.spans("DATE"):
        whole = len(span.value) == 10 and not span.value.startswith("-")
        if not whole or context.is_unticked(span.start) or any(a <= span.start < b for a, b in numbers):
            continue
        if (dated and span.value <= dated) or _is_translator_s(context, span):
            continue
        reason = _reason(context, span, sure=bool(dated))
        if not context.in_own_words(span.start) and not (reason == _LIMITATION and _is_among_laws(context, span)):
            continue
        if reason and span.value not in found:
            value = {"date": span.value, "reason": reason}
            confidence = _confidence(context, dated, span.value, reason)
            found[span.value] = Proposal(value, span.start, span.end, confidence, ORIGIN)
    return list(found.values())


def _is_translator_s(context: RequestContext, span: Span) -> bool:
    """Return whether a date with a place before it stands in the line of a translator's certificate."""
    flow, start = context.flow, context.flow.at(span.start)
    line = flow.folded.rfind("\n", 0, start) + 1
    end = flow.folded.find("\n", start)
    words = flow.folded[line : end if end >= 0 else len(flow.folded)]
    sentence = sentence_at(context.sentences, start)
    placed = _PLACE.fullmatch(flow.cased, max(line, sentence.start), start) is not None
    return placed and _translator().search(words) is not None


def _confidence(context: RequestContext, dated: str, day: str, reason: str) -> float:
    """Return the confidence of a deadline; one that is years away is doubtful (2062 for 2026), but not limitation."""
    if reason != _LIMITATION and int(day[:4]) - day_of_letter(context).year > _YEARS:
        return _DOUBTFUL
    return _SURE if dated else _UNSURE


def _is_among_laws(context: RequestContext, span: Span) -> bool:
    """Return whether a date is in a passage on the law, where only the letter itself can name a day of limitation."""
    return any(part.kind == TRANSCRIPTION and part.start <= span.start < part.end for part in context.parts)


def _reason(context: RequestContext, span: Span, *, sure: bool) -> str:
    """Return the reason of which a date is the deadline, empty if none; ``sure`` if it is certainly in the future."""
    flow = context.flow
    start, end = flow.at(span.start), flow.at(span.end)
    sentence = sentence_at(context.sentences, start)
    before = flow.folded[max(sentence.start, start - _REACH) : start]
    after = flow.folded[end : min(sentence.end, end + _REACH)]
    if not sure and _pattern("past").search(before):
        return ""
    if _pattern("dated_act").search(before):
        return ""
    if _pattern("by").search(before) and (asks_for_secrecy(before) or _pattern("sealed").search(before)):
        return _SECRECY
    if _pattern("kept_until").search(before) and _pattern("by").search(before) and not _wishes(context, start, before):
        return _PROCEDURE
    if _pattern("never").search(before) and not _pattern("lease").search(before + after):
        return ""
    ends = _pattern("by").search(before) is not None
    if _pattern("formal_request").search(before) or _is_own_step(context, start, before):
        return _PROCEDURE
    if _pattern("own_act").search(before):
        return _EVENT
    reason = _nearest(before, after)
    if _pattern("limit").search(before):
        reason = _reason_of_limit(before, after, reason, _other_dates(context, sentence, start, end))
    opens_range = _pattern("range_from").search(before) and _pattern("range_to").search(after)
    if (opens_range and reason in ("", _ANSWER)) or _closes_range(context, span):  # the days of a period
        return ""
    if context.document_type.value in ANSWERS and reason in ("", _ANSWER) and not _is_asked_back(before, reason):
        return "" if is_dateline(context, span) or not sure else _EVENT
    if reason and (ends or sure):
        return reason
    limits = _pattern("ends").search(before) is not None or context.section_at(span.start) == "urgency"
    if not sure:
        return reason if reason in _FUTURE else ""
    if limits:
        return _ANSWER
    return "" if is_dateline(context, span) else _EVENT


def _is_own_step(context: RequestContext, place: int, before: str) -> bool:
    """Return whether words before a date name a step of the requesting State's own proceedings, and not one it asks."""
    is_served = context.document_type.value not in _OF_SERVICE and _pattern("own_service").search(before)
    if not (is_served or _pattern("own_step").search(before)):
        return False
    return not _wishes(context, place, before)


def _wishes(context: RequestContext, place: int, before: str) -> bool:
    """Return whether words before a date ask something of the other State; an answer lists what was done."""
    if _pattern("wish").search(before):
        return True
    return context.document_type.value not in ANSWERS and is_asked_item(context, place)


def _is_asked_back(before: str, reason: str) -> bool:
    """Return whether an answer wants something by a date: it says so, or names its receipt and promises nothing."""
    if _pattern("wish").search(before):
        return True
    return reason == _ANSWER and _pattern("own_promise").search(before) is None


def _reason_of_limit(before: str, after: str, reason: str, dates: tuple[int, bool]) -> str:
    """Return the reason of a day before which something is wanted, which is not that of the next or the last date.

    A hearing takes place on a day; words behind "before 10 December" name it only in apposition ("when the trial
    begins"), and words before the last date of the sentence are those of that date. ``dates`` is where the last date
    before ends in ``before`` (0 without one), and whether another date follows.
    """
    start, is_followed = dates
    if (reason == _HEARING or is_followed) and not _pattern("apposition").search(after):
        mark = _pattern("clause").search(after)
        after = after[: mark.start()] if mark and is_followed else after if reason != _HEARING else ""
    return _nearest(before[start:] if reason == _HEARING else before, after)


def _other_dates(context: RequestContext, sentence: Sentence, start: int, end: int) -> tuple[int, bool]:
    """Return where the last date of the sentence before ``start`` ends, in its words before, and if one follows."""
    flow, first = context.flow, max(sentence.start, start - _REACH)
    others = [(flow.at(other.start), flow.at(other.end)) for other in context.spans("DATE")]
    ends = [other_end - first for _, other_end in others if first < other_end <= start]
    return max(ends, default=0), any(end <= other_start < min(sentence.end, end + _REACH) for other_start, _ in others)


def _closes_range(context: RequestContext, span: Span) -> bool:
    """Return whether a date is the second day of a period ("from 5 to 9 October")."""
    flow = context.flow
    start = flow.at(span.start)
    ends = [flow.at(other.end) for other in context.spans("DATE") if other.end <= span.start]
    joins = bool(ends) and start - ends[-1] <= _JOINED
    return joins and _pattern("range_joint").fullmatch(flow.folded[ends[-1] : start]) is not None


def _nearest(before: str, after: str) -> str:
    """Return the reason whose words are nearest to the date, empty without any."""
    distances: dict[str, int] = {}
    for name, (leads, follows) in _reasons().items():
        starts = [match.start() for match in leads.finditer(before, overlapped=True)]
        ends = [match.end() for match in [follows.search(after)] if match]
        if starts or ends:
            distances[name] = min(*(len(before) - start for start in starts), *ends, len(before) + len(after) + 1)
    return min(distances, key=lambda name: distances[name], default="")


@cache
def _reasons() -> dict[str, tuple[regex.Pattern[str], regex.Pattern[str]]]:
    rules: dict[str, dict[str, str]] = load("nlp.request_deadlines")["reasons"]
    return {name: (regex.compile(rule["before"]), regex.compile(rule["after"])) for name, rule in rules.items()}


@cache
def _translator() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["translation"]["translator"])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_deadlines")[name])
