"""Page of the completion letter: its points, its language, and the file."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.exports.report import file_name
from app.exports.responses import FORMATS, as_file, watermark
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.case_file import documents_beside
from app.requests.direction import is_outgoing
from app.requests.letters.completion_letter import (
    PORTUGAL,
    CompletionLetter,
    completion_letter,
    letter_language,
)
from app.requests.letters.docx_file import letter_docx
from app.requests.letters.supplied import points_of
from app.requests.life.course import course_among
from app.requests.rows import with_messages
from app.wording import base_language
from extraction.errors import LANGUAGES

letter_pages = Blueprint("request_letters", __name__, url_prefix="/requests")

LETTER_LANGUAGES = (*LANGUAGES, PORTUGAL)


@letter_pages.get("/<document_id>/completion-letter")
def letter_page(document_id: str) -> str:
    """Show the available points, and the letter in the selected language."""
    store, access = installation().store, current_access()
    of, known = course_among(store, access, document_id)
    points = points_of(store, of, known)
    checks = with_messages(points.open, interface_variety())
    keys = request.args.getlist("item") or [check["key"] for check in checks]
    language = request.args.get("language") or letter_language(of)
    return render_template(
        "request_letter.html",
        course=of,
        document=of.reading.document,
        beside=documents_beside(store, access, of.reading.document),
        checks=checks,
        supplied=points.supplied,
        keys=keys,
        language=language,
        languages=LETTER_LANGUAGES,
        is_own=is_outgoing(store, document_id),
        letter=completion_letter(store, access, document_id, language, keys) if checks else None,
    )


@letter_pages.get("/<document_id>/completion-letter.docx")
def letter_file(document_id: str) -> Response:
    """Return the letter as DOCX."""
    language, keys = request.args.get("language", ""), request.args.getlist("item")
    return docx_answer(completion_letter(installation().store, current_access(), document_id, language, keys))


def docx_answer(letter: CompletionLetter) -> Response:
    """Return the letter as a download, across its pages who exported it and when if people sign in."""
    mark = watermark(installation().store, current_principal(), base_language(letter.language))
    return as_file(letter_docx(letter, mark), file_name(letter.file_name, "docx"), FORMATS["docx"].media_type)
