"""Deadline radar: the deadlines of all visible requests, by day, and as a chart by pair of States."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from app.requests.chart import Axis, axis_of, spread
from app.requests.deadlines.deadlines import Deadline
from app.requests.life.course import Course
from app.requests.life.links import FOLLOW_UP, REJECTED

PAST, AHEAD = 30, 180
"""Days before and after today that the radar shows unless others are asked for."""
WIDTH, LEFT = 900, 110
_LEVEL, _MARK = 20, 18


@dataclass(frozen=True, slots=True)
class RadarFilter:
    """Which deadlines to list: those not later than ``ahead`` days from today; what is empty does not restrict."""

    requesting: str = ""
    requested: str = ""
    ahead: int = AHEAD


@dataclass(frozen=True, slots=True)
class RadarLine:
    """A deadline that runs, with the course of its request; ``number`` is its place on the radar from 1."""

    number: int
    deadline: Deadline
    course: Course

    @property
    def pair(self) -> str:
        return f"{self.course.requesting or '?'} → {self.course.requested or '?'}"

    @property
    def lacks_follow_up(self) -> bool:
        """Return whether data or liberty will be lost and no formal request is linked, not even proposed."""
        links = (link for link in self.course.letters if link.kind == FOLLOW_UP and link.verdict != REJECTED)
        return self.deadline.needs_follow_up and not any(True for _ in links)


def radar(known: Mapping[str, Course], radar_filter: RadarFilter, today: date) -> list[RadarLine]:
    """Return the deadlines of the courses ``known`` that still run, by day, from 30 days before ``today`` on."""
    first, last = (today - timedelta(days=PAST)).isoformat(), (today + timedelta(days=radar_filter.ahead)).isoformat()
    found = [
        (deadline, course)
        for course in known.values()
        if radar_filter.requesting in ("", course.requesting) and radar_filter.requested in ("", course.requested)
        for deadline in course.deadlines
        if not deadline.met and first <= deadline.day <= last
    ]
    found.sort(key=lambda one: (one[0].day, one[1].reference))
    return [RadarLine(number, *one) for number, one in enumerate(found, 1)]


@dataclass(frozen=True, slots=True)
class RadarMark:
    line: RadarLine
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RadarRow:
    """A pair of States with its deadlines."""

    pair: str
    y: float
    height: float
    marks: tuple[RadarMark, ...]


@dataclass(frozen=True, slots=True)
class RadarChart:
    """The radar as a drawing of ``WIDTH`` by ``height`` units."""

    axis: Axis
    rows: tuple[RadarRow, ...]
    height: float
    today: float


def radar_chart(lines: Sequence[RadarLine], today: date) -> RadarChart | None:
    """Return the drawing of ``lines``, the pair with the nearest deadline first; None without any."""
    if not lines:
        return None
    axis = axis_of([date.fromisoformat(line.deadline.day) for line in lines], today, LEFT, WIDTH - LEFT - 20)
    first = {line.pair: line.number for line in reversed(lines)}
    ordered = sorted(lines, key=lambda line: (first[line.pair], line.number))
    rows, top = [], 10.0
    for pair, held in groupby(ordered, key=lambda one: one.pair):
        row = _row(pair, list(held), axis, top)
        rows.append(row)
        top += row.height
    return RadarChart(axis, tuple(rows), top + 30, axis.x(today))


def _row(pair: str, lines: Sequence[RadarLine], axis: Axis, top: float) -> RadarRow:
    places = [axis.x(date.fromisoformat(line.deadline.day)) for line in lines]
    levels = spread(places, _MARK)
    marks = tuple(
        RadarMark(line, x, top + 14 + _LEVEL * level) for line, x, level in zip(lines, places, levels, strict=True)
    )
    return RadarRow(pair, top, 8 + _LEVEL * (max(levels) + 1), marks)
