"""Pages of the law of requests: the transcription check, and dual criminality with its note."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.exports.responses import attached, report_language
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.law.dual_criminality import DualCriminality, dual_criminality
from app.requests.law.note import dual_criminality_report, empty_cell, reasons
from app.requests.law.transcriptions import check_transcriptions
from app.requests.life.course import course_among

law_pages = Blueprint("request_law", __name__, url_prefix="/requests")


@law_pages.get("/<document_id>/transcriptions")
def transcription_page(document_id: str) -> str:
    """Show each transcribed provision against the law of the day ``date``, by default that of the facts."""
    day = request.args.get("date", "").strip()[:10]
    of, _ = course_among(installation().store, current_access(), document_id)
    report = check_transcriptions(installation(), document_id, day, current_principal())
    return render_template("request_transcriptions.html", course=of, document=of.reading.document, report=report)


@law_pages.get("/<document_id>/dual-criminality")
def dual_criminality_page(document_id: str) -> str:
    """Show the elements of the foreign ``offence`` beside provisions of the requested State on ``date``."""
    bench = bench_from_address(document_id)
    return render_template(
        "request_dual_criminality.html",
        bench=bench,
        course=bench.course,
        document=bench.course.reading.document,
        reasons=reasons(bench, interface_variety()),
        empty_cell=lambda row, place: empty_cell(bench, row, place, interface_variety()),
    )


@law_pages.get("/<document_id>/dual-criminality.docx")
def dual_criminality_note(document_id: str) -> Response:
    """Return the note as DOCX."""
    return note_answer(bench_from_address(document_id))


def bench_from_address(document_id: str) -> DualCriminality:
    """Return the bench for the offence and day of the address."""
    offence, day = request.args.get("offence", ""), request.args.get("date", "").strip()[:10]
    return dual_criminality(installation(), document_id, offence, day, current_principal())


def note_answer(bench: DualCriminality) -> Response:
    """Return the note as a DOCX file."""
    store, access, principal = installation().store, current_access(), current_principal()
    return attached(dual_criminality_report(bench, store, access, principal, report_language()), "docx")
