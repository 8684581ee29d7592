"""A comparison as a report: countries as columns, elements as rows, quotations with footnotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, repeat

from app.comparison.penalty_chart import penalty_bars
from app.comparison.row_labels import trait_name
from app.comparison.table import STRUCTURE, Cell, Column, Comparison, ComparisonRequest, Provision, Quotation, Row
from app.documents.cited_sources import CitedSource
from app.exports.footnotes import Notes, Place
from app.exports.report import Kind, Note, Paragraph, Penalty, Report, TableRow, filled, printable
from app.exports.words import country_name, language_name, moment, words
from app.i18n import written_date
from app.labels import label_in, person_in
from app.rooms.snapshots import SnapshotEntry
from app.treaty_citations import treaty_cited
from app.wording import worded_in, wording
from nlp.concepts.layer import concepts
from nlp.elements.instruments import instruments
from nlp.provision_roles.classifier import CONNECTED, SPECIAL

_PINPOINTS_SHOWN = 4
_LEAST_TITLE, _MOST_TITLE = 6, 48  # characters of a short title


@dataclass(frozen=True, slots=True)
class Setting:
    """Author and time of an export: ``title`` of a workspace or empty, ``version`` if it is a snapshot.

    ``confidential`` are the quoted collections other than public law. ``accounts``: people sign in to the installation.
    """

    who: str
    when: datetime
    title: str = ""
    version: SnapshotEntry | None = None
    confidential: tuple[str, ...] = ()
    accounts: bool = False

    def made(self, language: str) -> str:
        """Return author and time in words."""
        return words("made", language, who=person_in(language, self.who), when=moment(self.when, language))

    def watermark(self, language: str) -> str:
        """Return what is set across every page: author and time where an authority's files are quoted, or empty."""
        return self.made(language) if self.confidential and self.accounts else ""


def comparison_report(
    comparison: Comparison, sources: Mapping[str, CitedSource], language: str, setting: Setting
) -> Report:
    """Return the report of a comparison; only documents in ``sources`` are quoted."""
    notes = Notes(language, sources)
    laws = {document: _short(source.title) for document, source in sources.items()}
    held = _Table(notes, language, laws)
    rows: Sequence[Row | None] = (None, *comparison.rows)  # the first row has the names of the compared provisions
    cells = filled(
        rows,
        len(comparison.columns),
        lambda row, at: held.cell(row, at) if row else held.named(comparison.columns[at]),
    )
    question = question_words(comparison.question, language)
    return Report(
        title=printable(setting.title) or words("comparison_of", language, of=question),
        language=language,
        corner=words("element", language),
        columns=tuple(country_name(column.jurisdiction, language) for column in comparison.columns),
        rows=tuple(TableRow(held.heading(row), row_cells) for row, row_cells in zip(rows, cells, strict=True)),
        facts=tuple(_facts(comparison, language, setting)),
        sources=notes.list(),
        remarks=tuple(words(key, language) for key in _remarks(comparison)),
        made=setting.made(language),
        marking=words("confidential", language) if setting.confidential else "",
        watermark=setting.watermark(language),
        documents=tuple(notes.cited),
        penalties=tuple(_penalties(_as_quoted(comparison, sources), language)),
        penalty_row=label_in(language, "element", "penalty"),
    )


def _as_quoted(comparison: Comparison, sources: Collection[str]) -> Comparison:
    """Return the comparison with the quotations of documents in ``sources`` alone."""
    rows = (
        replace(
            row,
            cells=tuple(
                replace(cell, quotations=tuple(one for one in cell.quotations if one.document_id in sources))
                for cell in row.cells
            ),
        )
        for row in comparison.rows
    )
    return replace(comparison, rows=tuple(rows))


def _penalties(comparison: Comparison, language: str) -> Iterator[Penalty]:
    """Yield the penalties that the chart of the page shows, those that only one country has included."""
    laws = {
        provision.id: ", ".join(filter(None, (printable(provision.unit), _short(provision.title))))
        for column in comparison.columns
        for provision in column.quoted
    }
    for (kind, unit), bars in penalty_bars(comparison).items():
        shown = words({"year": "years", "day": "days"}[unit], language) if unit in ("year", "day") else unit
        for bar in bars:
            for_life = wording("comparison.for_life", language) if bar.life else ""
            yield Penalty(
                country_name(bar.country, language),
                trait_name(kind, language),
                shown,
                bar.least or None,
                bar.most,
                for_life,
                laws.get(bar.provision, bar.unit),
            )


def question_words(question: ComparisonRequest, language: str) -> str:
    """Return the question of the comparison in words."""
    concept = concepts().get(question.concept)
    treaty = treaty_cited(question.treaty, language) if question.treaty else ""
    named = (concept.name(language) if concept else question.concept, treaty, question.query)
    return printable(", ".join((*filter(None, named), *question.citations)))


def _remarks(comparison: Comparison) -> Iterator[str]:
    yield "proposal"
    if comparison.by_meaning_alone:
        yield "by_meaning"
    elif comparison.by_words_alone:
        yield "by_words"
    if any(row.source != STRUCTURE for row in comparison.rows):
        yield "elements_ours"
    yield from ("empty_cell", "seen_by")


def _facts(comparison: Comparison, language: str, setting: Setting) -> Iterable[tuple[str, str]]:
    question, version = comparison.question, setting.version
    if setting.title:
        yield words("room", language), printable(setting.title)
    yield words("question", language), question_words(question, language)
    yield words("law_on", language), written_date(comparison.date, language)
    countries = (country_name(column.jurisdiction, language) for column in comparison.columns)
    yield words("countries", language), ", ".join(countries)
    if comparison.without:
        yield (
            words("nothing", language),
            ", ".join(country_name(column.jurisdiction, language) for column in comparison.without),
        )
    if version:
        when = moment(version.made, language)
        author = person_in(language, version.author)
        version_text = words("version_of", language, number=version.number, author=author, when=when)
        yield words("version", language), " — ".join(filter(None, (version_text, printable(version.label))))
        yield words("digest", language), version.digest
    yield words("language", language), language_name(language, language)
    rules = comparison.origin.rpartition("@")[2]
    yield words("method", language), words("method_rules", language, version=rules)
    yield words("exported", language), f"{person_in(language, setting.who)}, {moment(setting.when, language)}"


@dataclass(frozen=True, slots=True)
class _Table:
    notes: Notes
    language: str
    laws: Mapping[str, str]  # short titles by document

    def heading(self, row: Row | None) -> str:
        if row is None:
            return words("provisions", self.language)
        if row.source == STRUCTURE:
            return label_in(self.language, "element", row.element)
        wording = worded_in(dict(row.wording), self.language) if row.wording else row.element
        instrument = instruments().get(row.source)
        return f"{treaty_cited(instrument.treaty, self.language)} — {wording}" if instrument else wording

    def cell(self, row: Row, place: int) -> Iterable[Paragraph]:
        """Yield a country's quotations for a row's element, then common traits, then those of this country only."""
        yield from self._quoted(row.cells[place])
        if further := row.cells[place].further:
            units = ", ".join(printable(quotation.pinpoint) for quotation in further)
            yield Paragraph(words("further", self.language, units=units), self.language, Kind.REMARK)
        for key, kind in (("in_all", "all"), ("only_here", "one")):
            shared = (common.trait for common in row.common if common.kind == kind and place in common.columns)
            if traits := ", ".join(trait_name(trait, self.language) for trait in shared):
                yield Paragraph(words(key, self.language, traits=traits), self.language, Kind.REMARK)

    def named(self, column: Column) -> Iterable[Paragraph]:
        """Yield the compared provisions of a country."""
        for provision, note in zip(column.quoted, self._noted(map(place_of, column.quoted)), strict=True):
            if note:
                lead = ", ".join(filter(None, (printable(provision.unit), self._role(provision))))
                yield Paragraph(printable(provision.title), provision.language, Kind.PROVISION, lead, (note,))
        if not column.provisions:
            yield Paragraph(words("nothing", self.language), self.language, Kind.REMARK)
            if column.offered:
                units = ", ".join(printable(f"{provision.unit} ({provision.title})") for provision in column.offered)
                yield Paragraph(words("nearest", self.language, units=units), self.language, Kind.REMARK)

    def _role(self, provision: Provision) -> str:
        key = {SPECIAL: "special_form", CONNECTED: "connected_rule"}.get(provision.role, "")
        return words(key, self.language) if key else ""

    def _nothing(self) -> Paragraph:
        return Paragraph("—", self.language, Kind.NOTHING)

    def _noted(self, places: Iterable[Place]) -> Iterator[Note | None]:
        """Yield the note of each place; consecutive places that differ only in their pinpoints have one."""
        for _, group in groupby(places, key=lambda place: replace(place, pinpoint="")):
            alike = list(group)
            pinpoint = _joined(list(dict.fromkeys(place.pinpoint for place in alike if place.pinpoint)))
            yield from repeat(self.notes.note(replace(alike[0], pinpoint=pinpoint)), len(alike))

    def _quoted(self, cell: Cell) -> Iterable[Paragraph]:
        """Yield the quotations of a cell; consecutive ones of one place are joined, with omissions marked."""
        placed = _by_place(cell.quotations)
        for (_, quoted), note in zip(placed, self._noted(place for place, _ in placed), strict=True):
            if note:
                text = " […] ".join(printable(quotation.text.strip()) for quotation in quoted)
                lead, law = printable(quoted[0].pinpoint), self.laws.get(quoted[0].document_id, "")
                yield Paragraph(text, quoted[0].language, lead=lead, notes=(note,), law=law)
        if not cell.quotations:
            yield self._nothing()


def _short(title: str) -> str:
    """Return the title of a law up to its first comma or colon, shortened after a word: as cells have room for.

    Of a parenthesis that the comma divides nothing is left ("Código Penal (Decreto-Lei nº 2.848, de ...)").
    """
    plain = printable(title)
    first = re.sub(r"\s*\([^()]*$", "", re.split(r"[,:;] | - ", plain, maxsplit=1)[0])
    return textwrap.shorten(first if len(first) > _LEAST_TITLE else plain, _MOST_TITLE, placeholder="…")


def _joined(pinpoints: Sequence[str]) -> str:
    """Return the pinpoints of a note; of many only the first and last, since each precedes its quotation."""
    return "; ".join(pinpoints) if len(pinpoints) <= _PINPOINTS_SHOWN else f"{pinpoints[0]} […] {pinpoints[-1]}"


def _by_place(quotations: Sequence[Quotation]) -> list[tuple[Place, list[Quotation]]]:
    grouped: list[tuple[Place, list[Quotation]]] = []
    for quotation in quotations:
        place = place_of(quotation)
        if grouped and grouped[-1][0] == place:
            grouped[-1][1].append(quotation)
        else:
            grouped.append((place, [quotation]))
    return grouped


def place_of(quoted: Quotation | Provision) -> Place:
    """Return the place of a quotation or a provision, with the period of validity of its text."""
    pinpoint = quoted.pinpoint if isinstance(quoted, Quotation) else quoted.unit
    return Place(
        quoted.document_id,
        pinpoint,
        quoted.page,
        quoted.valid_from,
        quoted.valid_to,
        bool(quoted.in_force),
        quoted.text_of,
    )
