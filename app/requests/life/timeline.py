"""Time line of one request: facts, letters, states and deadlines, as moments and as the geometry of a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from app.requests.chart import Axis, axis_of, spread
from app.requests.decided_fields import Decisions, decided_values
from app.requests.life.course import Course
from app.requests.life.links import REJECTED
from nlp.requests.letter_types.annexes import ANNEX

FACTS, LETTERS, STATES, DEADLINES = "facts", "letters", "states", "deadlines"
LANES = (FACTS, LETTERS, STATES, DEADLINES)
WIDTH, LEFT = 900, 120
_LEVEL, _MARK, _GROUP = 22, 20, 12.0
_LABEL = 50.0  # width of the numbers and the arrow of a group at the right edge
_AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the time line; ``day`` is ISO 8601, for facts possibly a month or a year, ``until`` their end.

    ``code`` is ``facts``, the type of a letter, a state or milestone, or the key of a deadline. ``document`` is the
    letter, ``number`` its place on the time line from 1. ``confirmed`` is False for entries that need confirmation.
    """

    lane: str
    code: str
    day: str
    until: str = ""
    document: str = ""
    number: int = 0
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment with its place in the chart, or the first of those that lie beyond the same end of the axis.

    ``last`` is the number of the last of them; ``beyond`` is -1 before the axis, 1 after it, 0 within.
    """

    moment: Moment
    x: float
    y: float
    width: float = 0.0
    last: int = 0
    beyond: int = 0

    @property
    def label(self) -> str:
        """Return the number of the moment or of the first and the last, with an arrow for those beyond the axis."""
        number = self.moment.number
        numbers = f"{number}–{self.last}" if self.last > number else str(number)
        return f"← {numbers}" if self.beyond < 0 else f"{numbers} →" if self.beyond else numbers


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the chart: its name, its position, and its marks."""

    name: str
    y: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The time line as a drawing of ``WIDTH`` by ``height`` units."""

    axis: Axis
    lanes: tuple[Lane, ...]
    height: float
    today: float


def moments(of: Course, known: Mapping[str, Course], decisions: Decisions) -> tuple[Moment, ...]:
    """Return past and due events by day; ``known`` are the courses of the linked letters."""
    found = sorted(_moments(of, known, decisions), key=lambda moment: (moment.day, LANES.index(moment.lane)))
    return tuple(replace(moment, number=number) for number, moment in enumerate(found, 1))


def _moments(of: Course, known: Mapping[str, Course], decisions: Decisions) -> Iterator[Moment]:
    document = of.reading.document
    for found in decided_values(of.reading.row or {}, document.id, "facts_period", decisions):
        value = found["value"]
        start, end = value.get("from") or value.get("to") or "", value.get("to") or ""
        if start:
            yield Moment(FACTS, FACTS, start, end, confirmed=found["state"] != "proposed")
    if document.date and of.kind != ANNEX:  # a date in an annex is not its own
        yield Moment(LETTERS, of.kind, document.date, document=document.id)
    for link in of.letters:
        letter = known.get(link.letter)
        if letter and link.verdict != REJECTED and link.kind != ANNEX and letter.reading.document.date:
            held = letter.reading.document
            yield Moment(LETTERS, link.kind, held.date, document=held.id, confirmed=bool(link.verdict))
    for event in of.events:
        if not event.retracted:
            yield Moment(STATES, event.code, event.day, document=event.source)
    for deadline in of.deadlines:
        yield Moment(DEADLINES, deadline.key, deadline.day, confirmed=deadline.state != "proposed")


def timeline_chart(found: Sequence[Moment], today: date) -> TimelineChart | None:
    """Return the drawing of ``found``; None if nothing but facts has a complete date.

    The axis contains letters, states and deadlines up to two years ahead. Earlier facts are drawn at its left edge and
    later deadlines at its right edge, several as one mark: they are often years away, and would leave no space for the
    rest.
    """
    days = [date.fromisoformat(moment.day) for moment in found if moment.lane != FACTS and len(moment.day) == 10]
    if not days:
        return None
    axis = axis_of([min(day, today + _AHEAD) for day in days], today, LEFT, WIDTH - LEFT - 20)
    lanes, top = [], 10.0
    for name in LANES:
        lane = _lane(name, [moment for moment in found if moment.lane == name], axis, top)
        lanes.append(lane)
        top += lane.height
    return TimelineChart(axis, tuple(lanes), top + 30, axis.x(today))


def _lane(name: str, found: Sequence[Moment], axis: Axis, top: float) -> Lane:
    groups = list(_groups(found, axis))
    spans = [_span(group, axis) for group in groups]
    order = sorted(range(len(groups)), key=lambda at: spans[at][0])
    drawn = spread([spans[at][0] for at in order], _MARK, [spans[at][1] for at in order])
    levels = dict(zip(order, drawn, strict=True))
    marks = tuple(
        Mark(group[0], start, top + 14 + _LEVEL * levels[at], width, group[-1].number, _beyond(group[0], axis))
        for at, (group, (start, width)) in enumerate(zip(groups, spans, strict=True))
    )
    return Lane(name, top, 8 + _LEVEL * (max(levels.values(), default=0) + 1), marks)


def _groups(found: Sequence[Moment], axis: Axis) -> Iterator[tuple[Moment, ...]]:
    """Yield the moments that are drawn as one mark: those beyond the same end of the axis, any other by itself."""
    for beyond, group in groupby(found, key=lambda moment: _beyond(moment, axis)):
        held = tuple(group)
        yield from [held] if beyond else [(moment,) for moment in held]


def _beyond(moment: Moment, axis: Axis) -> int:
    """Return -1 for a moment that ended before the axis, 1 for one that begins after it, 0 for others."""
    if _day(moment.until or moment.day, last=True) < axis.first:
        return -1
    return int(_day(moment.day, last=False) > axis.last)


def _span(group: Sequence[Moment], axis: Axis) -> tuple[float, float]:
    """Return the position and width of a mark; a single moment other than facts has no width."""
    first, last = group[0], group[-1]
    start = axis.x(_day(first.day, last=False))
    if len(group) > 1:
        return (start, _GROUP) if _beyond(first, axis) < 0 else (start - _GROUP - _LABEL, _GROUP)
    if first.lane != FACTS:
        return start, 0.0
    return start, max(6.0, axis.x(_day(last.until or last.day, last=True)) - start)


def _day(value: str, *, last: bool) -> date:
    """Return the first or last day of a day, month or year in ISO 8601."""
    year, month, day = [*(int(part) for part in value.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day)
    if not last:
        return date(year, month or 1, 1)
    return date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
