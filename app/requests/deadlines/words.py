"""Deadlines in words: the duty, and its source."""

from __future__ import annotations

from app.i18n import written_date
from app.labels import label_in
from app.requests.deadlines.deadlines import (
    ANSWER_PERIODS,
    ENTERED,
    HEARING,
    INTERNAL,
    LETTER,
    LETTER_DATE,
    PERSON,
    PRESERVATION_LAPSE,
    PRESERVATION_PERIOD,
    STATED,
    Deadline,
)
from app.requests.treaty_rows import cited_articles, short_name
from app.wording import worded_in
from extraction.resource import load

# Names of first days of a period that are no events which people record.
_SINCE = {LETTER: "since_letter", LETTER_DATE: "since_letter_date", ENTERED: "since_entered", HEARING: "since_hearing"}


def deadline_name(deadline: Deadline, language: str) -> str:
    """Return the name of the deadline in a language or variety."""
    return label_in(language, "request_deadline", deadline.key)


def deadline_source(deadline: Deadline, language: str) -> str:
    """Return the article and the first day of the period, or that the letter states it or a person entered it."""
    if deadline.origin in (STATED, PERSON):
        return _wording(deadline.origin, language)
    since = _since(deadline, language)
    period = f"{_wording('period_entered' if deadline.is_entered else 'period', language)} {since}"
    if deadline.key in ANSWER_PERIODS:
        return period
    if deadline.origin == INTERNAL:
        return f"{_wording('internal', language).format(days=deadline.days)} {since}"
    if deadline.key == PRESERVATION_PERIOD:
        return f"{period} {_of_treaty('minimum', deadline, language)}"
    rule = "rule_minimum" if deadline.key == PRESERVATION_LAPSE else "rule"
    return f"{_of_treaty(rule, deadline, language)} {since}"


def _of_treaty(key: str, deadline: Deadline, language: str) -> str:
    """Return the sentence ``key`` with the article of the instrument and the days that it sets."""
    days = load("app.requests.deadlines.rules")["rules"]
    days = days[PRESERVATION_LAPSE]["days"] if deadline.key == PRESERVATION_PERIOD else deadline.days
    article = cited_articles((deadline.provision,), language)
    name = short_name(deadline.instrument, language)
    return _wording(key, language).format(instrument=name, article=article, days=days)


def _since(deadline: Deadline, language: str) -> str:
    """Return the words for the day from which a period is counted."""
    day = written_date(deadline.since, language)
    if deadline.since_event in _SINCE:
        return _wording(_SINCE[deadline.since_event], language).format(date=day)
    event = label_in(language, "request_event", deadline.since_event)
    return _wording("since_event", language).format(date=day, event=event.lower())


def _wording(key: str, language: str) -> str:
    """Return the sentence ``key`` in a language or variety, or else in the language of the variety."""
    return worded_in(load("app.request_words")["deadline_source"][key], language)
