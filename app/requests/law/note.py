"""The note on dual criminality: both laws, element by element; the conclusion is left to the authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.exports.report import Report, printable
from app.exports.responses import exported
from app.exports.words import country_name
from app.i18n import written_date
from app.labels import concept_in, label_in
from app.requests.law.dual_criminality import BOTH, FOREIGN, NONE, OWN, TRANSCRIBED, DualCriminality
from app.wording import enumerated
from extraction.resource import load
from indexing.access import AccessFilter, Principal
from indexing.store.reading import Store


def dual_criminality_report(
    bench: DualCriminality, store: Store, access: AccessFilter, principal: Principal, language: str
) -> Report:
    """Return the note in ``language`` as a report: reasoning, then the table with its sources."""
    report = exported(bench.comparison, store, access, principal, language)
    words = load("app.request_words")["dual_criminality"]
    reference = bench.course.reference or bench.course.reading.document.title or bench.course.reading.document.source
    title = words["title"][language].format(reference=printable(reference))
    facts = (
        (words["request"][language], printable(reference)),
        (words["states"][language], " → ".join(_countries(bench, language))),
        (words["offence"][language], concept_in(language, bench.offence)),
        (words["law_of"][language], written_date(bench.comparison.date, language)),
        *report.facts[-1:],
    )
    documents = (bench.course.reading.document.id, *report.documents)
    remarks = (*reasons(bench, language), *report.remarks)
    return replace(report, title=title, facts=facts, remarks=remarks, documents=documents)


def reasons(bench: DualCriminality, language: str) -> tuple[str, ...]:
    """Return the reasoning of the note as paragraphs; the conclusion is left to the authority."""
    return tuple(printable(reason) for reason in _reasons(bench, language))


def _reasons(bench: DualCriminality, language: str) -> Iterator[str]:
    words = load("app.request_words")["dual_criminality"]
    foreign, own = _countries(bench, language)
    first, second = bench.comparison.columns
    key = "foreign_transcribed" if bench.foreign_from == TRANSCRIBED else "foreign_held"
    if bench.foreign_from == NONE:
        yield words["foreign_none"][language].format(country=foreign)
    else:
        yield words[key][language].format(
            country=foreign, units=enumerated((provision.unit for provision in first.provisions), language)
        )
    for check in bench.checks:
        verdict = label_in(language, "request_transcription", check.verdict)
        yield words["checked"][language].format(unit=check.citation, verdict=verdict)
    if not second.provisions:
        yield words["own_none"][language].format(country=own)
    else:
        units = enumerated((f"{provision.title}, {provision.unit}" for provision in second.provisions), language)
        day = written_date(bench.comparison.date, language)
        yield words["own_found"][language].format(country=own, units=units, date=day)
    by_place: dict[str, list[str]] = {}
    for element, place in bench.elements:
        by_place.setdefault(place, []).append(label_in(language, "element", element))
    for place in (BOTH, FOREIGN, OWN):
        if place in by_place:
            sentence = words[f"elements_{place}"][language]
            yield sentence.format(elements=", ".join(by_place[place]), foreign=foreign, own=own)
    yield words["conduct"][language]
    yield words["conclusion"][language]


def _countries(bench: DualCriminality, language: str) -> tuple[str, str]:
    first, second = bench.comparison.columns
    return country_name(first.jurisdiction, language) or "?", country_name(second.jurisdiction, language)
