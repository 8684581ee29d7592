"""The note on dual criminality: both laws, element by element; the conclusion is left to the authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.comparison.table import Provision, Row
from app.comparison.unseparated import NO_ELEMENTS
from app.exports.report import Kind, Paragraph, Report, TableCell, TableRow, printable
from app.exports.responses import exported
from app.exports.words import words as export_words
from app.i18n import written_date
from app.labels import concept_in, country_in, label_in
from app.requests.law.dual_criminality import (
    BOTH,
    FOREIGN,
    NONE,
    OWN,
    TRANSCRIBED,
    UNSEPARATED_FOREIGN,
    UNSEPARATED_OWN,
    DualCriminality,
)
from app.wording import enumerated, worded_in
from extraction.resource import load
from indexing.access import AccessFilter, Principal
from indexing.records.validity import InForce
from indexing.store.reading import Store

_CONDUCT_RULE = "UNCAC"
"""The instrument (id) that says that the conduct counts and not the name of the offence."""


def dual_criminality_report(
    bench: DualCriminality, store: Store, access: AccessFilter, principal: Principal, language: str
) -> Report:
    """Return the note in ``language`` as a report: reasoning, then the table with its sources."""
    report = _with_states(exported(bench.comparison, store, access, principal, language), bench, language)
    reference = bench.course.reference or bench.course.reading.document.title or bench.course.reading.document.source
    title = _wording("title", language).format(reference=printable(reference))
    facts = (
        (_wording("request", language), printable(reference)),
        (_wording("states", language), " → ".join(_countries(bench, language))),
        (_wording("offence", language), concept_in(language, bench.offence)),
        (_wording("law_of", language), written_date(bench.comparison.date, language)),
        *report.facts[-1:],
    )
    documents = (bench.course.reading.document.id, *report.documents)
    remarks = (*reasons(bench, language), *report.remarks)
    return replace(report, title=title, facts=facts, remarks=remarks, documents=documents)


def empty_cell(bench: DualCriminality, row: Row, place: int, language: str) -> str:
    """Return why a cell is empty: the law is not available, the element not separated, or it was not found."""
    if not bench.comparison.columns[place].quoted:
        return _wording("cell_no_law", language)
    return _wording("cell_unseparated" if bench.is_unseparated(row, place) else "cell_not_found", language)


def _with_states(report: Report, bench: DualCriminality, language: str) -> Report:
    """Return the report with the reason in each empty cell; its first row are the names of the provisions."""
    named, *rows = report.rows
    of_elements = zip(rows, bench.comparison.rows, strict=True)
    stated = (_row_with_states(shown, bench, row, language) for shown, row in of_elements)
    return replace(report, rows=(named, *stated))


def _row_with_states(shown: TableRow, bench: DualCriminality, row: Row, language: str) -> TableRow:
    cells = (
        cell
        if row.cells[place].quotations
        else TableCell((Paragraph(empty_cell(bench, row, place, language), language, Kind.NOTHING),))
        for place, cell in enumerate(shown.cells)
    )
    return replace(shown, cells=tuple(cells))


def reasons(bench: DualCriminality, language: str) -> tuple[str, ...]:
    """Return the reasoning of the note as paragraphs; the conclusion is left to the authority."""
    return tuple(printable(reason) for reason in _reasons(bench, language))


def _reasons(bench: DualCriminality, language: str) -> Iterator[str]:
    foreign, own = _countries(bench, language)
    first, second = bench.comparison.columns
    if bench.others:
        others = enumerated((concept_in(language, other.offence) for other in bench.others), language)
        yield _wording("covered", language).format(offence=concept_in(language, bench.offence), others=others)
    if not bench.is_of_facts:
        yield _wording("day_unknown", language).format(date=written_date(bench.comparison.date, language))
    key = "foreign_transcribed" if bench.foreign_from == TRANSCRIBED else "foreign_held"
    if bench.foreign_from == NONE:
        yield _wording("foreign_none", language).format(country=foreign)
    else:
        yield _wording(key, language).format(
            country=foreign, units=enumerated((provision.unit for provision in first.provisions), language)
        )
    for check in bench.checks:
        verdict = label_in(language, "request_transcription", check.verdict)
        yield _wording("checked", language).format(unit=check.citation, verdict=verdict)
    yield from _own_provisions(bench, own, language)
    by_place: dict[str, list[str]] = {}
    for element, place in bench.elements:
        if element not in NO_ELEMENTS:
            by_place.setdefault(place, []).append(label_in(language, "element", element))
    for place in (BOTH, FOREIGN, OWN, UNSEPARATED_FOREIGN, UNSEPARATED_OWN):
        if place in by_place:
            alone = "" if first.quoted and second.quoted else "_alone"
            sentence = _wording(f"elements_{place}{alone}", language)
            yield sentence.format(elements=", ".join(by_place[place]), foreign=foreign, own=own)
    yield from _of_other_offences(bench, own, language)
    yield _wording("conduct_uncac" if _CONDUCT_RULE in bench.instruments else "conduct", language)
    yield _wording("conclusion", language)


def _own_provisions(bench: DualCriminality, country: str, language: str) -> Iterator[str]:
    """Yield the provisions of the requested State, those whose validity on the day is not known apart."""
    provisions = bench.comparison.columns[1].provisions
    if not provisions:
        yield _wording("own_none", language).format(country=country)
        if offered := bench.comparison.columns[1].offered:
            yield _wording("own_offered", language).format(units=_units(offered, language))
    day = written_date(bench.comparison.date, language)
    for text in bench.comparison.columns[1].other_days:
        other = written_date(text.day, language)
        yield _wording("own_other_day", language).format(title=text.title, country=country, day=other, date=day)
    for key, unknown in (("own_found", False), ("own_unknown", True)):
        named = [one for one in provisions if (one.in_force == InForce.UNKNOWN) == unknown]
        if named:
            yield _wording(key, language).format(country=country, units=_units(named, language), date=day)


def _of_other_offences(bench: DualCriminality, country: str, language: str) -> Iterator[str]:
    """Yield the provisions of the requested State for each other offence of the request."""
    for other in bench.others:
        found = other.own.provisions or other.own.offered
        key = "other_found" if other.own.provisions else "other_offered" if found else "other_none"
        offence = concept_in(language, other.offence)
        yield _wording(key, language).format(offence=offence, country=country, units=_units(found, language))


def _units(provisions: Iterable[Provision], language: str) -> str:
    return enumerated((_named(provision, language) for provision in provisions), language)


def _named(provision: Provision, language: str) -> str:
    """Return the title and unit of a provision, with the date of its text where only that is known."""
    name = f"{provision.title}, {provision.unit}"
    if not provision.text_of:
        return name
    return f"{name} ({export_words('text_of', language, day=written_date(provision.text_of, language))})"


def _countries(bench: DualCriminality, language: str) -> tuple[str, str]:
    first, second = bench.comparison.columns
    return country_in(language, first.jurisdiction) or "?", country_in(language, second.jurisdiction)


def _wording(key: str, language: str) -> str:
    """Return the sentence ``key`` in a language or variety, or else in the language of the variety."""
    return worded_in(load("app.request_words")["dual_criminality"][key], language)
