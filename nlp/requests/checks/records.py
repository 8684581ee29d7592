"""Completeness of a request for data: the period of records, the time zone of IP addresses, how long to listen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log1p

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.boxes import Range
from nlp.requests.checks.evidence_words import amount, asked_ranges, weighed
from nlp.requests.checks.words import Fields, letter_sentences, measure_names, pattern
from nlp.requests.context import RequestContext
from nlp.requests.dates.period_evidence import dates_in
from nlp.requests.flow import Sentence, sentence_at
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.statements import ASKED, EXCLUDED, REPORTED, TOLD, Statement, find_statements

# Maximum distance in characters of a period before and after the name of records, and of a time zone from an address.
_BEFORE, _BEHIND, _NEAR_IP = 160, 260, 220
_NEXT = 4  # characters between a statement and the next that continues it
_OF_FACTS = {TOLD, REPORTED}
_RANGE = regex.compile(r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2} ?[-–] ?\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}")
# Sections whose dates are those of the facts, the persons and the law.
_NARRATIVE = frozenset({"facts", "offences", "statute_text", "persons", "legal_basis", "urgency"})
# Measures that need the time at which an address was used.
_OF_ADDRESSES = frozenset({"subscriber_data", "data_preservation"})
# Names in which a date is no evidence of a period: "the Convention of 20 April 1959", "Law 23 of 2007".
_DATED_NAMES = ("TREATY", "LAW", "REFERENCE", "JUDGMENT", "CASE")

SOME_UNDATED = "some_missing"
"""The finding on the period where dates stand beside some of the records that are asked for, and not beside others."""


def period_of(context: RequestContext, fields: Fields) -> str | None:
    """Return the finding on the period of the records: each kind asked for needs one; None where none is asked for."""
    mentions = _record_mentions(context, fields)
    wanted = {mention.measure for mention in mentions}
    if not wanted:
        return None
    dated = {mention.measure for mention in mentions if _is_dated(context, mention)}
    if wanted <= dated or _says_period(context):
        return "present"
    return SOME_UNDATED if dated or _asks_for_dated_records(context) else "missing"


def _asks_for_dated_records(context: RequestContext) -> bool:
    """Return whether a clause that asks for something names records with dates, or with the period of others."""
    folded = context.flow.folded
    for start, end in asked_ranges(context):
        if weighed("records").search(folded, start, end) is None:
            continue
        if pattern("same_period").search(folded, start, end) or _dates(context, start, end):
            return True
    return False


def records_without_period(context: RequestContext, fields: Fields) -> Iterator[Mention]:
    """Yield the mentions of the records asked for that have no period beside them."""
    return (mention for mention in _record_mentions(context, fields) if not _is_dated(context, mention))


def period_evidence(context: RequestContext, fields: Fields) -> Mapping[str, float]:
    """Return evidence for an alarm of the period: kinds of records without dates, dates and records in the requests."""
    wanted, mentions = _records(fields), _record_mentions(context, fields)
    undated = [mention for mention in mentions if not _is_dated(context, mention)]
    asked = asked_ranges(context)
    folded = context.flow.folded
    dated = [bool(_dates(context, *one)) for one in asked]
    named = [amount("records", [folded[start:end]]) > 0 for start, end in asked]
    others = [pattern(name).search(folded, *one) for one in asked for name in ("recent", "same_period", "year_alone")]
    return {
        "period.kinds": log1p(len(wanted)),
        "period.undated": len(undated) / max(1, len(mentions)),
        "period.all_undated": float(bool(mentions) and len(undated) == len(mentions)),
        "period.dates": log1p(sum(dated)),
        "period.no_dates": float(not any(dated)),
        "period.others": float(any(one is not None for one in others)),
        "period.records": log1p(sum(named)),
        "period.records_undated": log1p(sum(one and not two for one, two in zip(named, dated, strict=True))),
        "period.told": float(bool(fields.get("facts_period"))),
        **{f"period.of.{name}": 1.0 for name in wanted},
    }


def _records(fields: Fields) -> set[str]:
    """Return the measures of a letter that ask for records, which need a period."""
    return {*load("nlp.request_checks")["records"]} & measure_names(fields)


def _record_mentions(context: RequestContext, fields: Fields) -> list[Mention]:
    measures = _records(fields)
    found = (mention for mention in find_measure_mentions(context) if mention.measure in measures)
    return [mention for mention in found if _asks_for_records(context, mention)]


def _asks_for_records(context: RequestContext, mention: Mention) -> bool:
    """Return whether a statement asks for records: not where it excludes or reports them, or only secures a balance.

    In the form of a European Investigation Order a box next to it asks for information on the account.
    """
    if _moods(mention.statement) <= {EXCLUDED, REPORTED}:
        return False
    if context.document_type.value == "eio":
        return True
    words = context.flow.folded[mention.statement.start : mention.statement.end]
    return weighed("account_records").search(words) is not None or weighed("secured").search(words) is None


def _is_dated(context: RequestContext, mention: Mention) -> bool:
    """Return whether a date follows the words that name records, or a range of dates precedes them."""
    start, end = mention.statement.start, _full_end(context, mention.statement.end)
    behind = (mention.start, min(end, mention.end + _BEHIND))
    before = (max(start, mention.start - _BEFORE), mention.start)
    folded = context.flow.folded
    if pattern("same_period").search(folded, start, end) or pattern("recent").search(folded, start, end):
        return True
    alone = pattern("year_alone").search(folded, *behind) is not None
    return alone or bool(_dates(context, *behind)) or _is_range(context, *before) or _is_dated_next(context, mention)


def _is_dated_next(context: RequestContext, mention: Mention) -> bool:
    """Return whether the next statement gives the dates ("Garanti, account 774. Statements from May to July 2023")."""
    behind = (one for one in find_statements(context) if one.start >= mention.statement.end)
    following = next(behind, None)
    if following is None or following.start - mention.statement.end > _NEXT or _OF_FACTS & _moods(following):
        return False
    start, end = following.start, min(following.end, following.start + _BEHIND)
    return weighed("records").search(context.flow.folded, start, end) is not None and _is_range(context, start, end)


def _moods(statement: Statement) -> set[str]:
    return {mood for _, mood in statement.clauses}


def _full_end(context: RequestContext, end: int) -> int:
    """Return the end of a statement, with the next line if it breaks off before a number or name at a line's end."""
    cased = context.flow.cased
    if regex.search(r"[\p{L}\d][ \t]*\n?$", cased[max(0, end - 4) : end]) is None:
        return end
    line = cased.find("\n", end + 1)
    return len(cased) if line < 0 else line


def _says_period(context: RequestContext) -> bool:
    """Return whether a sentence outside the narrative names a period with its dates ("Period: 2020 to 2022")."""
    for sentence in letter_sentences(context):
        place = context.flow.places[sentence.start]
        if context.section_at(place) in _NARRATIVE or _is_told(context, sentence):
            continue
        for named in pattern("period_word").finditer(context.flow.folded, sentence.start, sentence.end):
            if len(_dates(context, named.start(), min(sentence.end, named.end() + _BEHIND))) > 1:
                return True
    return False


def _is_told(context: RequestContext, sentence: Sentence) -> bool:
    """Return whether a sentence tells or reports what happened, whose dates are those of the facts."""
    within = [one for one in find_statements(context) if one.start < sentence.end and sentence.start < one.end]
    moods = {mood for one in within for mood in _moods(one)}
    return bool(moods & _OF_FACTS) and ASKED not in moods


def _is_range(context: RequestContext, start: int, end: int) -> bool:
    return len(_dates(context, start, end)) > 1 or pattern("years").search(context.flow.folded, start, end) is not None


def _dates(context: RequestContext, start: int, end: int) -> list[Span]:
    """Return the dates in a range of the running text that are not part of the name of a treaty or law."""
    flow = context.flow
    names = [(flow.at(name.start), flow.at(name.end)) for name in context.spans(*_DATED_NAMES)]
    found = []
    for date in context.spans("DATE"):
        place = flow.at(date.start)
        named = any(left <= place < right for left, right in names)
        if start <= place < end and not named and not _is_other(flow.folded, max(start, place - 40), place):
            found.append(date)
    return found or _in_figures(context, start, end) or _years(context, start, end)


def _in_figures(context: RequestContext, start: int, end: int) -> list[Span]:
    """Return the days in figures that are no annotation by themselves, as those of "01.03.2025-31.08.2025"."""
    found = _RANGE.search(context.flow.folded, start, end)
    days = dates_in(context, Sentence(*found.span())) if found else ()
    return [Span(one.start, one.end, "DATE", one.value, 1.0, "") for one in days]


def _is_other(folded: str, start: int, place: int) -> bool:
    """Return whether the words before a date make it that of a law or letter, or a deadline."""
    return any(pattern(name).search(folded, start, place) for name in ("dated_law", "deadline_before"))


def _years(context: RequestContext, start: int, end: int) -> list[Span]:
    found = pattern("years").search(context.flow.folded, start, end)
    return [Span(*found.span(), "DATE", found[0], 1.0, "")] if found else []


def has_time_zone(context: RequestContext, fields: Fields) -> bool | None:
    """Return whether each IP address with a time has a time zone near it, or a sentence says that of all times.

    An address without a time needs one only where its subscriber or the preservation of its data is asked for. None
    where the item does not apply.
    """
    if not _timed_addresses(context, fields):
        return None
    without = list(addresses_without_zone(context, fields))
    return not without or (_says_zone_of_all(context) and pattern("no_zone").search(context.flow.folded) is None)


def addresses_without_zone(context: RequestContext, fields: Fields) -> Iterator[Range]:
    """Yield the ranges of the running text of the IP addresses that need a time zone and have none near them."""
    return (address for address in _timed_addresses(context, fields) if not _has_zone(context, *address))


def _timed_addresses(context: RequestContext, fields: Fields) -> list[Range]:
    """Return the ranges of the addresses with a time; of all where the measures need it and no time is given."""
    addresses = [address.span() for address in _addresses(context)]
    timed = [address for address in addresses if _has_time(context, *address)]
    return timed or (addresses if measure_names(fields) & _OF_ADDRESSES else [])


def _addresses(context: RequestContext) -> Iterator[regex.Match[str]]:
    flow = context.flow
    return (
        address for address in pattern("ip").finditer(flow.folded) if context.in_own_words(flow.places[address.start()])
    )


def _has_time(context: RequestContext, start: int, end: int) -> bool:
    sentence = sentence_at(context.sentences, start)
    clock, folded = pattern("clock"), context.flow.folded
    before = clock.search(folded, max(sentence.start, start - _NEAR_IP), start)
    return before is not None or clock.search(folded, end, min(sentence.end, end + _NEAR_IP)) is not None


def _has_zone(context: RequestContext, start: int, end: int) -> bool:
    first, last = max(0, start - _NEAR_IP), end + _NEAR_IP
    words, code = pattern("zone"), pattern("zone_code")
    flow = context.flow
    following = pattern("ip").search(flow.folded, end, last)
    if pattern("no_zone").search(flow.folded, end, following.start() if following else last):
        return False
    return words.search(flow.folded, first, last) is not None or code.search(flow.cased, first, last) is not None


def _says_zone_of_all(context: RequestContext) -> bool:
    flow = context.flow
    for found in pattern("all_times").finditer(flow.folded):
        first, last = max(0, found.start() - 40), found.end() + 80
        if pattern("zone").search(flow.folded, first, last) or pattern("zone_code").search(flow.cased, first, last):
            return True
    return False


def lacks_duration(context: RequestContext, fields: Fields) -> bool:
    """Return whether communications are to be intercepted and the letter does not say for how long."""
    if "interception" not in measure_names(fields):
        return False
    mentions = [mention for mention in find_measure_mentions(context) if mention.measure == "interception"]
    spans = [(mention.statement.start, mention.statement.end + _BEHIND) for mention in mentions]
    return not any(pattern("duration").search(context.flow.folded, *span) or _dates(context, *span) for span in spans)
