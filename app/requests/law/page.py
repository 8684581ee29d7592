"""Page of the transcription check: the words that were added, that are missing, and that are of another time."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.principal import current_access, current_principal, installation
from app.requests.law.transcriptions import check_transcriptions
from app.requests.life.course import course_among

law_pages = Blueprint("request_law", __name__, url_prefix="/requests")


@law_pages.get("/<document_id>/transcriptions")
def transcription_page(document_id: str) -> str:
    """Show each transcribed provision against the law of the day ``date``, that of the facts without one."""
    day = request.args.get("date", "").strip()[:10]
    of, _ = course_among(installation().store, current_access(), document_id)
    report = check_transcriptions(installation(), document_id, day, current_principal())
    return render_template("request_transcriptions.html", course=of, document=of.reading.document, report=report)
