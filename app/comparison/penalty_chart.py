"""Penalties of the compared provisions on common scales: prison terms in years, day-fines, fines in one currency.

Each provision has its own bar: two offences of a country with 1 to 5 and 5 to 8 years are not one with 1 to 8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.comparison.rows import figures_by_provision
from app.comparison.table import STRUCTURE, Column, Comparison, Figure, Row

_PENALTY, _PRISON, _LIFE, _FINE = "penalty", "imprisonment", "life", "fine"
_CHARTED = (_PRISON, "day_fine", _FINE)
_MONTHS = 12
_DECIMALS = 2
_STEPS = (1, 2, 5)
_MAX_STEPS = 6


@dataclass(frozen=True, slots=True)
class PenaltyBar:
    """The penalty of a country's provision in the unit of its chart.

    ``provision`` is the ``Provision.id``, ``unit`` its article. ``least`` is 0 if the law sets none, ``most`` None if
    unlimited, ``life`` tells that it is for life. Bounds have at most two decimals.
    """

    country: str
    least: float
    most: float | None
    provision: str = ""
    unit: str = ""
    life: bool = False


@dataclass(frozen=True, slots=True)
class PenaltyChart:
    """Bars in the order of the columns, on a scale from 0 to ``top`` with a mark every ``step``.

    ``kind`` is ``imprisonment``, ``day_fine`` or ``fine``; ``unit`` is ``year``, ``day``, a currency (ISO 4217) or a
    unit that a law defines.
    """

    kind: str
    unit: str
    bars: tuple[PenaltyBar, ...]
    top: int
    step: int

    @property
    def marks(self) -> range:
        """Return the values at which the scale has a mark."""
        return range(0, self.top + 1, self.step)


def penalty_charts(comparison: Comparison) -> tuple[PenaltyChart, ...]:
    """Return a chart for each kind and unit of penalty that at least two countries state, prison terms first."""
    by_scale = penalty_bars(comparison)
    return tuple(
        _chart(kind, unit, bars) for (kind, unit), bars in by_scale.items() if len({bar.country for bar in bars}) > 1
    )


def penalty_bars(comparison: Comparison) -> Mapping[tuple[str, str], Sequence[PenaltyBar]]:
    """Return the penalties of the provisions that state one of a kind, by kind and unit, prison terms first."""
    row = next((row for row in comparison.rows if (row.source, row.element) == (STRUCTURE, _PENALTY)), None)
    by_scale = _bars(row, comparison.columns) if row else {}
    scales = sorted(by_scale, key=lambda scale: (_CHARTED.index(scale[0]), scale[1]))
    return {scale: tuple(by_scale[scale]) for scale in scales}


def _chart(kind: str, unit: str, bars: Sequence[PenaltyBar]) -> PenaltyChart:
    longest = max(bar.most or bar.least for bar in bars)
    step = next(step for step in _steps() if longest / step <= _MAX_STEPS)
    return PenaltyChart(kind, unit, tuple(bars), step * (int(longest // step) + 1), step)


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (step * power for step in _STEPS)
        power *= 10


def _bars(row: Row, columns: Sequence[Column]) -> Mapping[tuple[str, str], list[PenaltyBar]]:
    """Return the bars of each (kind, unit); none of fines where one has no stated amount."""
    bars: dict[tuple[str, str], list[PenaltyBar]] = defaultdict(list)
    for column, cell in zip(columns, row.cells, strict=True):
        units = {provision.id: provision.unit for provision in column.quoted}
        for provision, own in figures_by_provision(cell).items():
            figures: dict[tuple[str, str], list[Figure]] = defaultdict(list)
            open_fine = any(figure.kind == _FINE and not figure.unit for figure in own)
            for figure in own:
                if figure.kind in _CHARTED and figure.unit and not (open_fine and figure.kind == _FINE):
                    figures[figure.kind, _unit(figure)].append(figure)
            for scale, stated in figures.items():
                divisor = _MONTHS if scale[1] == "year" else 1
                least = round(min((figure.least or 0) for figure in stated) / divisor, _DECIMALS)
                life = any(figure.unit == _LIFE for figure in stated)
                unit = units.get(provision, "")
                bars[scale].append(
                    PenaltyBar(column.jurisdiction, least, _most(stated, divisor), provision, unit, life)
                )
    return bars


def _unit(figure: Figure) -> str:
    return "year" if figure.kind == _PRISON and figure.unit in (_LIFE, "month") else figure.unit


def _most(figures: Sequence[Figure], divisor: int) -> float | None:
    """Return the highest maximum; None for life and without an upper bound."""
    if any(figure.unit == _LIFE or figure.most is None for figure in figures):
        return None
    return round(max(figure.most or 0 for figure in figures) / divisor, _DECIMALS)
