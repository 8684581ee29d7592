"""View data of a comparison: quotations in pieces, traits, penalties as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from babel.numbers import format_decimal
from flask_babel import gettext, ngettext

from app.comparison.row_labels import row_name, trait_name
from app.comparison.rows import compared_figures
from app.comparison.table import STRUCTURE, Cell, Common, Comparison, Figure, Quotation, Row, Trait
from app.i18n import interface_locale, interface_variety
from app.labels import worded
from nlp.elements.instruments import instruments


def trait_label(name: str) -> str:
    """Return the name of a trait in the language of the interface."""
    return trait_name(name, interface_variety())


def figure_words(figure: Figure) -> str:
    """Return a penalty in words (``imprisonment: 6 months``), with the article that sets the years of a degree."""
    kind, extent = trait_label(figure.kind), _extent(figure)
    extent = f"{extent} ({figure.by})" if figure.by else extent
    return f"{kind}{gettext('common.colon')} {extent}" if extent else kind


def _extent(figure: Figure) -> str:
    least, most = _amount(figure.least, figure.unit), _amount(figure.most, figure.unit)
    if figure.unit == "life":
        wording = gettext("comparison.for_life")
    elif least and most and least != most:
        wording = gettext("comparison.to", least=least, most=most)
    elif most and not least:
        wording = gettext("comparison.up_to", most=most)
    elif least and not most:
        wording = gettext("comparison.at_least", least=least)
    else:
        wording = most
    return str(wording)


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "month":
        return _months(value)
    number = format_decimal(value, locale=interface_locale())
    return str(ngettext("comparison.day", "comparison.day", value, n=number)) if unit == "day" else f"{number} {unit}"


def _months(months: float) -> str:
    years, rest = divmod(int(months), 12)
    shown = []
    if years:
        shown.append(ngettext("comparison.year", "comparison.year", years, n=years))
    if rest or not years:
        shown.append(ngettext("comparison.month", "comparison.month", rest, n=rest))
    return " ".join(shown)


WHOLE = frozenset({"other"})
"""Elements whose clauses are folded away at first: what is no element of the offence can be long."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A section of a quotation; ``trait`` is the name of its trait, ``kind`` is ``all``, ``some`` or ``one``."""

    text: str
    trait: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive quotations of one pinpoint, with omissions between them."""

    first: Quotation
    parts: tuple[tuple[TextPiece, ...], ...]


@dataclass(frozen=True, slots=True)
class SharedTraits:
    """Traits of a cell shared by the same number of countries, in words in ``shared``; empty for one country."""

    names: tuple[str, ...]
    shared: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the table: passages, traits that others share, penalties in words, and the number of clauses.

    ``further`` are clauses of provisions that are not compared.
    """

    passages: tuple[Passage, ...]
    traits: tuple[SharedTraits, ...]
    figures: tuple[str, ...]
    clauses: int
    further: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """``summary`` are the common traits, one per line."""

    id: str
    name: str
    cells: tuple[ShownCell, ...]
    summary: tuple[str, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of one source; ``id`` and ``name`` are the instrument's, empty for the structure of the provisions."""

    id: str
    name: str
    treaty: str
    rows: tuple[ShownRow, ...]


def row_groups(comparison: Comparison, names: Sequence[str]) -> list[RowGroup]:
    """Return the rows by their source; ``names`` are those of the columns."""
    groups = []
    for source, rows in groupby(comparison.rows, key=lambda row: row.source):
        instrument = instruments().get(source)
        shown = tuple(_row(row, names) for row in rows)
        group = (instrument.id, worded(instrument.name), instrument.treaty) if instrument else ("", "", "")
        groups.append(RowGroup(*group, shown))
    return groups


def _row(row: Row, names: Sequence[str]) -> ShownRow:
    return ShownRow(
        id=f"{row.source}-{row.element}",
        name=_name(row),
        cells=tuple(_cell(row, place) for place in range(len(row.cells))),
        summary=tuple(_summary(row, names)),
        folded=row.source == STRUCTURE and row.element in WHOLE,
    )


def _name(row: Row) -> str:
    return worded(dict(row.wording)) if row.wording else row_name(row.source, row.element, interface_variety())


def _summary(row: Row, names: Sequence[str]) -> Iterator[str]:
    """Yield the traits common to all, then those of each single country."""
    if len(row.found) < 2:
        return
    if common := [trait_label(shared.trait) for shared in row.common if shared.kind == "all"]:
        yield gettext("comparison.say_anything", traits=", ".join(common))
    for place in row.found:
        if alone := [trait_label(shared.trait) for shared in row.common if shared.columns == (place,)]:
            yield gettext("comparison.only_in", country=names[place], traits=", ".join(alone))


def _cell(row: Row, place: int) -> ShownCell:
    cell = row.cells[place]
    common = {shared.trait: shared for shared in row.common}
    return ShownCell(
        passages=tuple(_passages(cell, common)),
        traits=tuple(_traits(row, place)),
        figures=tuple(dict.fromkeys(_figures(row, cell, place))),
        clauses=len(cell.quotations),
        further=cell.further,
    )


def _traits(row: Row, place: int) -> Iterator[SharedTraits]:
    """Yield the traits of a country's cell, those of this country only first."""
    own_common = sorted(
        (common for common in row.common if place in common.columns), key=lambda shared: len(shared.columns)
    )
    for _, group in groupby(own_common, key=lambda shared: len(shared.columns)):
        alike = list(group)
        shared = _shared(alike[0], row) if len(row.found) > 1 else ""
        yield SharedTraits(tuple(trait_label(common.trait) for common in alike), shared, alike[0].kind)


def _passages(cell: Cell, common: dict[str, Common]) -> Iterator[Passage]:
    for _, group in groupby(cell.quotations, key=lambda quotation: (quotation.passage_id, quotation.pinpoint)):
        quotations = list(group)
        yield Passage(quotations[0], tuple(tuple(_pieces(quotation, common)) for quotation in quotations))


def _pieces(quotation: Quotation, common: dict[str, Common]) -> Iterator[TextPiece]:
    """Yield the text divided at its traits; of two overlapping ones the first is marked."""
    at = quotation.start
    for trait in _apart(quotation.traits):
        yield TextPiece(quotation.text[at - quotation.start : trait.start - quotation.start])
        text = quotation.text[trait.start - quotation.start : trait.end - quotation.start]
        yield TextPiece(text, trait_label(trait.name), common[trait.name].kind)
        at = trait.end
    yield TextPiece(quotation.text[at - quotation.start :])


def _apart(traits: Sequence[Trait]) -> list[Trait]:
    ordered = sorted(traits, key=lambda trait: (trait.start, -trait.end))
    return [*ordered[:1], *(after for before, after in pairwise(ordered) if after.start >= before.end)]


def _shared(common: Common, row: Row) -> str:
    if common.kind == "one":
        return str(gettext("comparison.only_here_2"))
    if len(common.columns) == len(row.cells):
        return str(gettext("comparison.in_all"))
    return str(gettext("comparison.in_of", n=len(common.columns), all=len(row.cells)))


def _figures(row: Row, cell: Cell, place: int) -> Iterator[str]:
    """Yield each penalty in words, with the lowest and highest of the row indicated."""
    for figure in (figure for quotation in cell.quotations for figure in quotation.figures if _has_extent(figure)):
        wording = figure_words(figure)
        if _is_extreme(row.heaviest, figure, cell, place):
            wording = _highest(wording, is_tied=_is_tied(row.heaviest, figure))
        elif _is_extreme(row.lightest, figure, cell, place) and _is_only_bound(figure, cell):
            wording = _lowest(wording, is_tied=_is_tied(row.lightest, figure))
        yield str(wording)


def _highest(penalty: str, *, is_tied: bool) -> str:
    if is_tied:
        return str(gettext("comparison.the_highest_here_tied", penalty=penalty))
    return str(gettext("comparison.the_highest_here", penalty=penalty))


def _lowest(penalty: str, *, is_tied: bool) -> str:
    if is_tied:
        return str(gettext("comparison.the_lowest_here_tied", penalty=penalty))
    return str(gettext("comparison.the_lowest_here", penalty=penalty))


def _is_tied(extremes: tuple[tuple[str, tuple[int, ...]], ...], figure: Figure) -> bool:
    """Return whether several columns have the extreme of the figure's kind."""
    return any(kind == figure.kind and len(columns) > 1 for kind, columns in extremes)


def _has_extent(figure: Figure) -> bool:
    return bool(figure.unit)


def _is_extreme(extremes: tuple[tuple[str, tuple[int, ...]], ...], figure: Figure, cell: Cell, place: int) -> bool:
    """Return whether this figure makes the country's penalty the highest or lowest of the row."""
    if not any(kind == figure.kind and place in columns for kind, columns in extremes):
        return False
    same = [other for other in compared_figures(cell) if other.kind == figure.kind and other.unit]
    return figure in same and all(_upper(figure) >= _upper(other) for other in same)


def _is_only_bound(figure: Figure, cell: Cell) -> bool:
    """Return whether no compared penalty of the cell has a lower maximum, beside which this one is not the lowest."""
    same = (other for other in compared_figures(cell) if other.kind == figure.kind and other.unit)
    return all(_upper(other) >= _upper(figure) for other in same)


def _upper(figure: Figure) -> float:
    return float("inf") if figure.unit == "life" else figure.most or 0.0
