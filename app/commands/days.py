"""When a version of a law is in force, in the words of the command line."""

from __future__ import annotations

from app.commands.wording import language, say
from app.written_dates import last_day, written_date
from indexing.works.validity import InForce, Validity, today


def days(validity: Validity) -> str:
    """Return from which to which day a version is in force, both of them counted, as far as it is known."""
    start, end = validity.start, validity.end
    if not start:
        return say(f"days.{_undated(validity)}")
    since = written_date(start, language())
    if not end:
        return say("days.since", start=since)
    if end == start:
        return say("days.over", start=since)
    return say("days.between", start=since, end=written_date(last_day(end), language()))


def _undated(validity: Validity) -> str:
    if validity.replaced:
        return "replaced"
    return "ended" if validity.on(today()) is InForce.NO else "unknown"
