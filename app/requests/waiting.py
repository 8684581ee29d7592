"""What waits at the desk: near deadlines, letters to link, states to record, preservations without a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.requests.deadlines.radar import RadarFilter, radar
from app.requests.life.course import Course, proposed_statuses
from app.requests.register import SOON
from indexing.access import AccessFilter
from indexing.store.reading import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of what a person of the desk has to look at; ``near`` are deadlines within 14 days, today's included.

    ``requesting`` and ``requested`` are the requests in whose state that side has to act.
    """

    near: int
    past: int
    links: int
    statuses: int
    preservations: int
    requesting: int
    requested: int


def waiting(store: Store, access: AccessFilter, known: Mapping[str, Course], today: date) -> Waiting:
    """Return the counts over the visible requests, whose courses are ``known``."""
    lines = radar(known, RadarFilter(), today)
    left = [line.deadline.days_left(today) for line in lines]
    sides = [course.waits for course in known.values()]
    return Waiting(
        near=sum(0 <= days <= SOON for days in left),
        past=sum(days < 0 for days in left),
        links=sum(not link.verdict for course in known.values() for link in course.letters),
        statuses=sum(len(proposed_statuses(store, access, course, known)) for course in known.values()),
        preservations=sum(line.lacks_follow_up for line in lines),
        requesting=sides.count("requesting"),
        requested=sides.count("requested"),
    )
