"""Deadlines in words: the duty, and its source."""

from __future__ import annotations

from app.i18n import written_date
from app.labels import label_in
from app.requests.deadlines.deadlines import INTERNAL, LETTER, STATED, Deadline
from app.requests.treaty_rows import cited_articles, short_name
from extraction.resource import load


def deadline_name(deadline: Deadline, language: str) -> str:
    """Return the name of the deadline."""
    return label_in(language, "request_deadline", deadline.key)


def deadline_source(deadline: Deadline, language: str) -> str:
    """Return the article and the first day of the period, or that the deadline is stated in the letter."""
    words = load("app.request_words")["deadline_source"]
    if deadline.origin == STATED:
        return str(words["stated"][language])
    event = label_in(language, "request_event", deadline.since_event)
    key = "since_letter" if deadline.since_event == LETTER else "since_event"
    since = str(words[key][language]).format(date=written_date(deadline.since, language), event=event.lower())
    if deadline.origin == INTERNAL:
        return f"{words['internal'][language].format(days=deadline.days)} {since}"
    article = cited_articles((deadline.provision,), language)
    name = short_name(deadline.instrument, language)
    return f"{words['rule'][language].format(instrument=name, article=article, days=deadline.days)} {since}"
