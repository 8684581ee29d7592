"""Visibility of a comparison: removes everything that the reader may not see, without placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from app.comparison.comparing import build_comparison
from app.comparison.rows import with_common_traits
from app.comparison.table import STRUCTURE, Cell, Column, Comparison, ComparisonRequest, Provision, Quotation, Row
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.installation import Installation
from indexing.vectors.encoder import open_encoder

_MAX_FACT_LENGTH = 80
_NOT_THERE = ("indexing.no_such_provision", "indexing.not_of_the_day")


def comparison_for(installation: Installation, principal: Principal, question: ComparisonRequest) -> Comparison:
    """Return the present comparison for ``principal``, without provisions that may not be seen.

    Raises what ``app.comparison.comparing.compare`` does for an invalid question.
    """
    access = installation.store.access(principal)
    encoder = open_encoder(installation.settings)
    visible_question = question
    while True:
        try:
            return build_comparison(visible_question, access, installation.engine, encoder, installation.store)
        except RogatioError as error:
            less = _without(visible_question, str(error.facts.get("provision", "")))
            if error.code not in _NOT_THERE or less == visible_question:
                raise
            if not (less.concept or less.treaty or less.query or less.citations or less.provisions):
                return Comparison(
                    less, less.date, tuple(Column(jurisdiction) for jurisdiction in less.jurisdictions), ()
                )
            visible_question = less


def _without(question: ComparisonRequest, provision: str) -> ComparisonRequest:
    def others(named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in named if name[:_MAX_FACT_LENGTH] != provision)

    return replace(question, provisions=others(question.provisions), citations=others(question.citations))


def sources_of(comparison: Comparison) -> dict[str, str]:
    """Return the collection of each quoted or offered document."""
    named = (provision for column in comparison.columns for provision in (*column.quoted, *column.offered))
    return {provision.document_id: provision.collection for provision in named}


def quoted_documents(comparison: Comparison) -> list[str]:
    """Return the documents of a comparison in the order of its columns, without duplicates."""
    named = (provision.document_id for column in comparison.columns for provision in column.quoted)
    quoted = (quotation.document_id for row in comparison.rows for cell in row.cells for quotation in cell.quotations)
    return list(dict.fromkeys((*named, *quoted)))


def visible_part(
    comparison: Comparison,
    access: AccessFilter,
    quotation: Callable[[Quotation], Quotation | None] = lambda quotation: quotation,
    provision: Callable[[Provision], Provision | None] = lambda provision: provision,
) -> Comparison:
    """Return the part of somebody else's comparison that ``access`` allows.

    ``quotation`` and ``provision`` return the visible form of each, None for nothing. Countries that were not requested
    and have nothing left are removed, as are empty rows of the structure; countries without a column remain if anything
    of theirs is offered.
    """
    collections = sources_of(comparison)

    def may_see(document: str) -> bool:
        return access.allows(collections.get(document, ""))

    columns = [_column(column, access, provision) for column in comparison.columns]
    places = [
        place
        for place, column in enumerate(columns)
        if column.provisions or column.jurisdiction in comparison.question.jurisdictions
    ]
    rows = (
        (row, replace(row, cells=tuple(_cell(row.cells[place], may_see, quotation) for place in places)))
        for row in comparison.rows
    )
    others = (_column(column, access, provision) for column in comparison.without)
    return replace(
        comparison,
        columns=tuple(columns[place] for place in places),
        rows=tuple(_kept(rows, places)),
        without=tuple(column for column in others if column.offered or column.other_days),
    )


def _kept(rows: Iterator[tuple[Row, Row]], places: Sequence[int]) -> Iterator[Row]:
    """Yield the rows that have content; each is given with its form before parts of it were removed.

    Traits that a country mentions outside its quotations stand only where nothing of its cell was removed.
    """
    for whole, row in rows:
        if row.source != STRUCTURE or any(cell.quotations for cell in row.cells):
            mentioned = [
                {one.trait for one in whole.common if place in one.columns and whole.cells[place] == cell}
                for place, cell in zip(places, row.cells, strict=True)
            ]
            yield with_common_traits(row, mentioned)


def _column(column: Column, access: AccessFilter, shown: Callable[[Provision], Provision | None]) -> Column:
    def those(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        found = (shown(provision) for provision in provisions if access.allows(provision.collection))
        return tuple(provision for provision in found if provision is not None)

    provisions, connected = those(column.provisions), those(column.connected)
    offered = those(column.offered)
    return replace(
        column,
        provisions=provisions,
        connected=connected,
        offered=offered,
        found=column.found and bool(provisions),
        other_days=tuple(
            text_of_another_day
            for text_of_another_day in column.other_days
            if text_of_another_day.collection in access.whole
        ),
    )


def _cell(cell: Cell, may_see: Callable[[str], bool], shown: Callable[[Quotation], Quotation | None]) -> Cell:
    def those(quotations: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
        found = (shown(quotation) for quotation in quotations if may_see(quotation.document_id))
        return tuple(quotation for quotation in found if quotation is not None)

    return Cell(those(cell.quotations), those(cell.further))
