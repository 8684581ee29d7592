"""Deadlines in words: what is due, and the source that says so."""

from __future__ import annotations

from app.i18n import written_date
from app.labels import label_in
from app.requests.deadlines.deadlines import INTERNAL, LETTER, STATED, Deadline
from app.requests.treaty_rows import cited_articles, short_name
from extraction.resource import load


def deadline_name(deadline: Deadline, language: str) -> str:
    """Return what is due."""
    return label_in(language, "request_deadline", deadline.key)


def deadline_source(deadline: Deadline, language: str) -> str:
    """Return why: the article and the day from which the period runs; of a stated deadline that the letter says so."""
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
