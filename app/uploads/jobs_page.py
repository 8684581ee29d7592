"""Job pages: each file with its status, error and remedy; a downloadable report."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from app.i18n import interface_language
from app.labels import label
from app.principal import current_access, installation
from app.uploads import job_records
from app.uploads.job_records import Job, JobFile
from indexing.store.schema import Status

jobs_pages = Blueprint("jobs", __name__, url_prefix="/jobs")


@jobs_pages.get("/")
def job_list() -> str:
    found = job_records.jobs(installation().store, current_access())
    counted = [(job, Counter(f.status for f in job_records.job_files(installation().store, job.id))) for job in found]
    return render_template("jobs.html", jobs=counted)


@jobs_pages.get("/<job_id>")
def job_page(job_id: str) -> str:
    job, files = _job(job_id)
    return render_template("job.html", **_state(job, files))


@jobs_pages.get("/<job_id>/state")
def job_state(job_id: str) -> str:
    """Return the changing part of the page, for the script that updates it."""
    job, files = _job(job_id)
    return render_template("job_state.html", **_state(job, files))


@jobs_pages.get("/<job_id>.csv")
def job_report(job_id: str) -> Response:
    """Return the report, in the language of the interface, as a CSV file for spreadsheets."""
    _, files = _job(job_id)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([label("report", name) for name in ("file", "state", "error", "what", "document")])
    for file in files:
        state, sentence = label("status", file.status), file.sentence(interface_language())
        rows.writerow([_plain(cell) for cell in (file.name, state, file.error, sentence, file.document)])
    return Response(
        "\ufeff" + table.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename=rogatio-{job_id}.csv"},
    )


def _plain(cell: str) -> str:
    """Prevent a spreadsheet from evaluating a file name as a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _job(job_id: str) -> tuple[Job, list[JobFile]]:
    job = job_records.job(installation().store, current_access(), job_id)
    return job, job_records.job_files(installation().store, job_id)


def _state(job: Job, files: Sequence[JobFile]) -> dict[str, object]:
    counts = Counter(file.status for file in files)
    return {
        "job": job,
        "files": files,
        "counts": counts,
        "done": sum(counts.values()) - counts[Status.WAITING],
        "sentence_language": interface_language(),
    }
