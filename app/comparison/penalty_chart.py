"""Prison terms of the compared countries on a common scale of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.comparison.rows import compared_figures
from app.comparison.table import STRUCTURE, Comparison, Figure, Row

_PENALTY, _PRISON, _LIFE = "penalty", "imprisonment", "life"
_MONTHS = 12
_STEPS = (1, 2, 5, 10, 20)
_MAX_STEPS = 6


@dataclass(frozen=True, slots=True)
class PenaltyBar:
    """A country's prison term in years; ``least`` is 0 if the law sets none, ``most`` None for life."""

    country: str
    least: float
    most: float | None


@dataclass(frozen=True, slots=True)
class PenaltyChart:
    """Bars in the order of the columns, on a scale from 0 to ``top`` years with a mark every ``step``."""

    bars: tuple[PenaltyBar, ...]
    top: int
    step: int

    @property
    def marks(self) -> range:
        return range(0, self.top + 1, self.step)


def penalty_chart(comparison: Comparison) -> PenaltyChart | None:
    """Return the prison terms in the row of penalties; None if fewer than two countries state one."""
    row = next((row for row in comparison.rows if (row.source, row.element) == (STRUCTURE, _PENALTY)), None)
    bars = tuple(_bars(row, [column.jurisdiction for column in comparison.columns])) if row else ()
    if len(bars) < 2:
        return None
    longest = max((bar.most or bar.least for bar in bars), default=1)
    step = next((step for step in _STEPS if longest / step <= _MAX_STEPS), _STEPS[-1])
    return PenaltyChart(bars, step * (int(longest // step) + 1), step)


def _bars(row: Row, countries: Sequence[str]) -> Iterator[PenaltyBar]:
    for country, cell in zip(countries, row.cells, strict=True):
        terms = [
            figure for figure in compared_figures(cell) if figure.kind == _PRISON and figure.unit in (_LIFE, "month")
        ]
        if terms:
            yield PenaltyBar(country, min(map(_least, terms)), _most(terms))


def _least(figure: Figure) -> float:
    return (figure.least or 0) / _MONTHS


def _most(terms: Sequence[Figure]) -> float | None:
    """Return the longest term; None for life and without an upper bound."""
    if any(figure.unit == _LIFE or figure.most is None for figure in terms):
        return None
    return max(figure.most or 0 for figure in terms) / _MONTHS
