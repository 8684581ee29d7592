"""A gap matrix as a report: verdicts with the passages on which they rest.

For cells without a verdict only the places of the proposals are named, never as an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.comparison.export import Setting
from app.documents.cited_sources import CitedSource, cited_sources
from app.exports.footnotes import Notes, Place
from app.exports.report import Kind, Note, Paragraph, Report, TableRow, filled, printable
from app.exports.words import country_name, language_name, moment, words
from app.gap_matrix.matrix import NO_LAW, NOT_COMPUTED, Cell, Matrix
from app.gap_matrix.verdicts import Passage, Verdict
from app.i18n import written_date
from app.labels import label_in, person_in
from app.marked_text import shortened
from app.treaty_citations import element_place, obligation_level, treaty_cited
from app.wording import enumerated, worded_in
from indexing.access import AccessFilter
from indexing.records.validity import Validity
from indexing.store.reading import Store
from indexing.works.works import validities
from nlp.elements.instruments import Element, ModelInstrument

_MAX_TITLE_LENGTH = 100  # characters of the title of a law in a cell; the list of sources has it in full


def matrix_report(store: Store, access: AccessFilter, matrix: Matrix, language: str, setting: Setting) -> Report:
    """Return the report of a matrix as ``access`` may see it."""
    quoted = [passage.document for cell in matrix.cells.values() if cell.verdict for passage in cell.verdict.evidence]
    unjudged = [cell for cell in matrix.cells.values() if not cell.verdict]
    proposed = [proposal.document_id for cell in unjudged for proposal in cell.proposals]
    sources = cited_sources(store, access, (*quoted, *proposed))
    held = _Table(store, access, language, Notes(language, sources), sources, validities(store, list(sources)))
    elements = matrix.instrument.elements
    cells = filled(elements, len(matrix.countries), lambda element, at: held.cell(matrix.row(element)[at]))
    named = [_named(element, matrix.instrument, language) for element in elements]
    rows = tuple(TableRow(name, made) for name, made in zip(named, cells, strict=True))
    return Report(
        title=words("matrix_of", language, of=worded_in(matrix.instrument.name, language)),
        language=language,
        corner=words("element", language),
        columns=tuple(country_name(code, language) for code in matrix.countries),
        rows=rows,
        facts=tuple(_facts(matrix, language, setting)),
        sources=held.notes.list(),
        remarks=tuple(words(key, language) for key in ("verdicts_only", "elements_ours", "nothing_said", "seen_by")),
        made=setting.made(language),
        marking=words("confidential", language) if setting.confidential else "",
        watermark=setting.watermark(language),
        documents=tuple(held.notes.cited),
    )


def _named(element: Element, model: ModelInstrument, language: str) -> str:
    place = element_place(element, model, language)
    unchecked = "" if element.checked_on else f"; {words('unchecked', language)}"
    level = label_in(language, "obligation_level", obligation_level(element))
    return f"{worded_in(element.description, language)} ({place}; {level}{unchecked})"


def _facts(matrix: Matrix, language: str, setting: Setting) -> Iterator[tuple[str, str]]:
    model = matrix.instrument
    yield words("instrument", language), f"{worded_in(model.name, language)} ({treaty_cited(model.treaty, language)})"
    checked = {element.official_text: element.checked_on for element in model.elements if element.checked_on}
    if checked:
        texts = enumerated((f"{text} ({written_date(on, language)})" for text, on in checked.items()), language)
        yield words("checked", language), texts
    yield words("countries", language), ", ".join(country_name(code, language) for code in matrix.countries)
    yield words("law_on", language), written_date(matrix.day, language)
    elements = len(model.elements)
    judged = sum(map(matrix.judged, matrix.countries))
    confirmed = sum(map(matrix.confirmed, matrix.countries))
    progress = words("judged_of", language, done=judged, all=elements * len(matrix.countries), confirmed=confirmed)
    yield words("judged", language), progress
    yield words("language", language), language_name(language, language)
    yield words("exported", language), f"{person_in(language, setting.who)}, {moment(setting.when, language)}"


@dataclass(frozen=True, slots=True)
class _Table:
    store: Store
    access: AccessFilter
    language: str
    notes: Notes
    sources: Mapping[str, CitedSource]
    validities: Mapping[str, Validity]

    def cell(self, cell: Cell) -> Iterator[Paragraph]:
        if cell.verdict:
            yield from self._judged(cell.verdict, cell.stale)
        else:
            yield Paragraph(words("no_verdict", self.language), self.language, Kind.NOTHING)
            yield from self._proposed(cell)

    def _judged(self, verdict: Verdict, stale: str) -> Iterator[Paragraph]:
        sentence = words(
            "verdict_by",
            self.language,
            verdict=label_in(self.language, "element_verdict", verdict.verdict),
            who=person_in(self.language, verdict.author),
            when=moment(verdict.made, self.language),
            day=written_date(verdict.law_date, self.language),
        )
        yield Paragraph(printable(sentence), self.language, Kind.VERDICT)
        if stale:
            yield Paragraph(words(f"stale_{stale}", self.language), self.language, Kind.REMARK)
        if verdict.note:
            yield Paragraph(printable(verdict.note), "", Kind.REMARK)
        for reading in verdict.last_words:
            key = "second_reader" if reading.agrees else "second_reader_not"
            sentence = words(key, self.language, who=person_in(self.language, reading.author))
            yield Paragraph(printable(sentence), self.language, Kind.REMARK)
            if reading.note:
                yield Paragraph(printable(reading.note), "", Kind.REMARK)
        yield from filter(None, map(self._quoted, verdict.evidence))

    def _quoted(self, passage: Passage) -> Paragraph | None:
        source, note = self.sources.get(passage.document), self._note(passage.document, passage.pinpoint, passage.page)
        if source is None or note is None:
            return None
        text = self.store.reading(self.access, passage.document).text[passage.start : passage.end]
        return Paragraph(printable(text.strip()), source.language, lead=printable(passage.pinpoint), notes=(note,))

    def _proposed(self, cell: Cell) -> Iterator[Paragraph]:
        """Yield the place of each proposal with the name of its law, without words of the documents."""
        if cell.state in (NO_LAW, NOT_COMPUTED):
            yield Paragraph(words(cell.state, self.language), self.language, Kind.NOTHING)
        elif not cell.proposals:
            yield Paragraph(words("found_nothing", self.language), self.language, Kind.NOTHING)
        at_places = {(proposal.document_id, proposal.pinpoint): proposal for proposal in cell.proposals}
        for proposal in at_places.values():
            source = self.sources.get(proposal.document_id)
            note = self._note(proposal.document_id, proposal.pinpoint, proposal.page)
            if source and note:
                law = shortened(source.title or source.file, _MAX_TITLE_LENGTH)
                sentence = words("to_judge", self.language, pinpoint=f"{proposal.pinpoint}, {law}")
                yield Paragraph(printable(sentence), self.language, Kind.REMARK, notes=(note,))

    def _note(self, document: str, pinpoint: str, page: int) -> Note | None:
        known, is_law = self.validities.get(document, Validity()), document in self.validities
        return self.notes.note(Place(document, pinpoint, page, known.first_day, known.end, is_law, known.day_of_text))
