"""Geometry of time charts, drawn as SVG by the templates: positions of days, and the ticks of the axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton

_MAX_TICKS = 8
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis from ``first`` to ``last``, ``width`` units wide, that begins at ``left``."""

    first: date
    last: date
    left: float
    width: float

    def x(self, day: date) -> float:
        """Return the position of a day, limited to the axis."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + self.width * min(1.0, max(0.0, share)), 1)

    def ticks(self) -> Iterator[date]:
        """Yield first days of months at equal distances, at most eight."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((length for length in _STEPS if months / length <= _MAX_TICKS), _STEPS[-1])
        number = self.first.year * 12 + self.first.month - 1
        for month in range(number - number % step, number + months + 1, step):
            day = date(month // 12, month % 12 + 1, 1)
            if self.first <= day <= self.last:
                yield day


def axis_of(days: Iterable[date], today: date, left: float, width: float) -> Axis:
    """Return the axis that contains ``days`` and today with a margin on both sides."""
    held = sorted({*days, today})
    room = max(7, (held[-1] - held[0]).days // 20)
    return Axis(held[0] - timedelta(days=room), held[-1] + timedelta(days=room), left, width)


def spread(places: Sequence[float], distance: float, widths: Sequence[float] = ()) -> list[int]:
    """Return a level for each of ``places`` (ascending), so that neighbours on a level are ``distance`` apart.

    ``widths`` are those of what is drawn from each place on; without them everything is a point.
    """
    ends: list[float] = []
    levels = []
    for place, width in zip(places, widths or [0.0] * len(places), strict=True):
        level = next((number for number, end in enumerate(ends) if place - end >= distance), len(ends))
        ends[level : level + 1] = [place + width]
        levels.append(level)
    return levels


def month_name(day: date, locale: str) -> str:
    """Return the abbreviated month and year of a day."""
    name: str = format_skeleton("yMMM", day, locale=locale)
    return name
