"""Search results as files: a list with citations (CSV, DOCX) and references (BibTeX, RIS)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.comparison.export import Setting
from app.document_kinds import kind_of
from app.documents.cited_sources import CitedSource, cited_sources
from app.exports.csv_file import csv_lines
from app.exports.footnotes import Notes, Place
from app.exports.references import Reference
from app.exports.report import Kind, Paragraph, Report, TableCell, TableRow, printable
from app.exports.words import country_name, moment, words
from app.i18n import written_date
from app.labels import collection_in, label_in, person_in
from indexing.access import Principal
from indexing.installation import Installation
from indexing.search.request import Hit, SearchRequest, SearchResult
from indexing.search.search import check_request, search

MAX_EXPORTED = 100
MAX_IN_BACKGROUND = 5000
"""Maximum number of results in a background export."""

_COLUMNS = (
    "result_number",
    "country",
    "document_type",
    "title",
    "pinpoint",
    "date",
    "document_page",
    "text",
    "text_language",
    "citation",
    "address",
    "collection",
    "file",
)


@dataclass(frozen=True, slots=True)
class ExportedResults:
    """The hits of ``result`` whose documents may be cited, in order, with the ``sources`` by document."""

    result: SearchResult
    hits: tuple[Hit, ...]
    sources: Mapping[str, CitedSource]
    language: str


def exported_results(
    installation: Installation,
    principal: Principal,
    request: SearchRequest,
    language: str,
    progress: Callable[[int, int], None] | None = None,
) -> ExportedResults:
    """Return the first :data:`MAX_EXPORTED` results of the search that the page shows, ungrouped.

    With ``progress`` (done, total), in the background, the first :data:`MAX_IN_BACKGROUND`.
    """
    check_request(request)
    asked = replace(request, limit=MAX_EXPORTED, after="", group_by="", facets=())
    result = search(installation, asked, principal)
    hits, after = list(result.hits), result.after
    while progress and after and len(hits) < MAX_IN_BACKGROUND:
        progress(len(hits), min(result.listed, MAX_IN_BACKGROUND))
        page = search(installation, replace(asked, after=after), principal)
        hits, after = hits + list(page.hits), page.after
    access = installation.store.access(principal)
    sources = cited_sources(installation.store, access, (hit.document_id for hit in hits))
    shown = tuple(hit for hit in hits[:MAX_IN_BACKGROUND] if hit.document_id in sources)
    return ExportedResults(result, shown, sources, language)


def results_csv(results: ExportedResults) -> bytes:
    """Return one line per result; columns are named in the language of the export."""
    head = [words(name, results.language) for name in _COLUMNS]
    return csv_lines([head, *_lines(results)])


def references(results: ExportedResults) -> Iterator[Reference]:
    """Yield the reference of each result for bibliographic formats."""
    for hit in results.hits:
        source = results.sources[hit.document_id]
        yield Reference(source, hit.unit, _citation(results, hit), _country(results, hit), hit.snippet)


def results_report(results: ExportedResults, setting: Setting, restrictions: Iterable[tuple[str, str]]) -> Report:
    """Return the results as a table with footnotes; ``restrictions`` are filters (name, value) in words."""
    language, notes = results.language, Notes(results.language, results.sources)
    who, when = person_in(language, setting.who), moment(setting.when, language)
    rows = tuple(_row(results, notes, number, hit) for number, hit in enumerate(results.hits, 1))
    query = printable(results.result.request.query)
    return Report(
        title=words("results_for", language, query=query) if query else words("search_results", language),
        language=language,
        corner=words("result_number", language),
        columns=(words("text", language),),
        rows=rows,
        facts=(
            (words("question", language), query),
            *((name, printable(value)) for name, value in restrictions),
            (words("results", language), words("first_of", language, shown=len(rows), total=results.result.listed)),
            (words("exported", language), f"{who}, {when}"),
        ),
        sources=notes.list(),
        remarks=(words("seen_by", language),),
        made=setting.made(language),
        marking=words("confidential", language) if setting.confidential else "",
        watermark=setting.watermark(language),
        documents=tuple(dict.fromkeys(hit.document_id for hit in results.hits)),
    )


def _row(results: ExportedResults, notes: Notes, number: int, hit: Hit) -> TableRow:
    note = notes.note(_place(hit))
    title = Paragraph(
        printable(hit.title or hit.source),
        results.sources[hit.document_id].language,
        Kind.PROVISION,
        printable(hit.unit),
        (note,) if note else (),
    )
    kind = label_in(results.language, "document_type", hit.document_type) if hit.document_type else ""
    heading = " · ".join(filter(None, (str(number), _country(results, hit), kind)))
    return TableRow(heading, (TableCell((title, Paragraph(printable(hit.snippet.strip()), hit.language))),))


def _lines(results: ExportedResults) -> Iterator[tuple[str, ...]]:
    for number, hit in enumerate(results.hits, 1):
        source = results.sources[hit.document_id]
        yield (
            str(number),
            _country(results, hit),
            label_in(results.language, "document_type", hit.document_type) if hit.document_type else "",
            hit.title or hit.source,
            hit.unit,
            written_date(hit.date, results.language),
            str(hit.page),
            hit.snippet.strip(),
            hit.language,
            _citation(results, hit),
            source.address,
            collection_in(results.language, hit.collection),
            hit.source,
        )


def _citation(results: ExportedResults, hit: Hit) -> str:
    """Return the full legal citation of a hit, as in a footnote."""
    note = Notes(results.language, results.sources).note(_place(hit))
    return note.whole if note else ""


def _place(hit: Hit) -> Place:
    version = hit.version
    return Place(
        document_id=hit.document_id,
        pinpoint=hit.unit,
        page=hit.page,
        valid_from=version.valid_from if version else "",
        valid_to=version.valid_to if version else "",
        is_law=kind_of(hit.document_type) == "law",
        text_of=version.text_of if version else "",
    )


def _country(results: ExportedResults, hit: Hit) -> str:
    return country_name(hit.jurisdiction, results.language) if hit.jurisdiction else ""
