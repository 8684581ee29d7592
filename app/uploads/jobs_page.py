"""Job pages: each file with its status, extracted metadata, error and remedy; controls; a downloadable report."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from app.audit.recording import note
from app.i18n import interface_variety
from app.jobs import jobs
from app.labels import country, label
from app.principal import current_access, current_principal, installation
from app.requests.life.links import reason_words
from app.requests.life.offered_links import offered_links
from app.requests.life.summary import summaries
from app.uploads import job_records
from app.uploads.control import control_job, prioritise_job
from app.uploads.extracted_metadata import UnderstoodFile, understood_files
from app.uploads.job_records import Job, JobFile, may_control
from app.uploads.unlocking import read_with_password
from extraction.errors import LOCKED
from indexing.store.schema import Status

jobs_pages = Blueprint("jobs", __name__, url_prefix="/jobs")
FILES_OF_A_PAGE = 200
REPORT = ("file", "state", "error", "what", "document", "type", "country", "title", "pages", "doubts", "container")


@jobs_pages.get("/")
def job_list() -> str:
    store = installation().store
    found = job_records.jobs(store, current_access())
    counts = job_records.file_counts(store, [job.id for job in found])
    return render_template("jobs.html", jobs=[(job, counts[job.id]) for job in found])


@jobs_pages.get("/<job_id>")
def job_page(job_id: str) -> str:
    job, files = _job(job_id)
    return render_template("job.html", **_state(job, files))


@jobs_pages.get("/<job_id>/state")
def job_state(job_id: str) -> str:
    """Return the changing part of the page, for the script that updates it."""
    job, files = _job(job_id)
    return render_template("job_state.html", **_state(job, files))


@jobs_pages.post("/<job_id>/control")
def job_control(job_id: str) -> AnyResponse:
    """Pause, resume or cancel an upload, or change its ``priority`` among its author's uploads."""
    if "priority" in request.form:
        prioritise_job(jobs(), current_principal(), job_id, request.form.get("priority", 0, type=int))
    else:
        control_job(jobs(), current_principal(), job_id, request.form.get("action", ""))
    flash(gettext("uploads.is_noted"))
    return redirect(url_for(".job_page", job_id=job_id))


@jobs_pages.post("/<job_id>/password")
def password(job_id: str) -> AnyResponse:
    """Read a locked file of an upload again with its password, as a new upload, and show that one."""
    _job(job_id)
    given = (request.form.get("document", ""), request.form.get("password", ""))
    added = read_with_password(jobs(), current_principal(), *given)
    note(job_id=added)
    return redirect(url_for(".job_page", job_id=added))


@jobs_pages.get("/<job_id>.csv")
def job_report(job_id: str) -> Response:
    """Return the report, in the language of the interface, as a CSV file for spreadsheets."""
    _, files = _job(job_id)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([label("report", name) for name in REPORT])
    for understood in understood_files(installation().store, current_access(), files):
        rows.writerow([_plain(cell) for cell in _cells(understood)])
    return Response(
        "\ufeff" + table.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename=rogatio-{job_id}.csv"},
    )


def _cells(understood: UnderstoodFile) -> tuple[str, ...]:
    file, found = understood.file, understood.document
    repeated = f"{gettext('uploads.duplicate_of')} {understood.original.source}" if understood.original else ""
    said = file.sentence(interface_variety()) or repeated
    container = understood.container.source if understood.container else ""
    outcome = (file.name, label("status", file.status), file.error, said, file.document)
    if found is None:
        return (*outcome, "", "", "", "", "", container)
    doubts = "; ".join(label("reading_doubt", code) for code in understood.doubts)
    kind = label("document_type", found.document_type) if found.document_type else ""
    place = country(found.jurisdiction) if found.jurisdiction else ""
    return (*outcome, kind, place, found.title, str(found.pages), doubts, container)


def _plain(cell: str) -> str:
    """Prevent a spreadsheet from evaluating a file name as a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _job(job_id: str) -> tuple[Job, list[JobFile]]:
    job = job_records.job(installation().store, current_access(), job_id)
    return job, job_records.job_files(installation().store, job_id)


def _state(job: Job, files: Sequence[JobFile]) -> dict[str, object]:
    """Return the page data: the files of one ``status``, a page at a time, and the totals."""
    access, store = current_access(), installation().store
    counts = job_records.file_counts(store, [job.id])[job.id]
    status, page = request.args.get("status", ""), max(1, request.args.get("page", 1, type=int))
    cancelled = sum(file.error == job_records.CANCELLED_FILE for file in files)
    wanted = [file for file in files if status in ("", file.status)]
    shown = understood_files(store, access, wanted[(page - 1) * FILES_OF_A_PAGE : page * FILES_OF_A_PAGE])
    read = [one.document for one in shown if one.document] if job.finished else []
    return {
        "job": job,
        "files": files,
        "shown": shown,
        "offered": offered_links(store, access, read),
        "reason_words": lambda reason: reason_words(reason, interface_variety()),
        "more": len(wanted) > page * FILES_OF_A_PAGE,
        "page": page,
        "status": status,
        "counts": counts,
        "done": sum(counts.values()) - counts[Status.WAITING] - cancelled,
        "read": counts[Status.INDEXED],
        "duplicates": counts[Status.DUPLICATE],
        "failed": counts[Status.FAILED] - cancelled,
        "cancelled": cancelled,
        "words_only": installation().words_only(access, {file.document for file in files}) if job.finished else 0,
        "locked": LOCKED if job.collection in access.writable else (),
        "letters": summaries(store, [one.document for one in shown if one.document]),
        "controls": may_control(access, job) and not job.finished,
        "sentence_language": interface_variety(),
    }
