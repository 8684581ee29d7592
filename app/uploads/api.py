"""Uploads and their jobs in the REST API."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Form, Operation, list_of, object_of, ref
from app.api_parameters import iso_time
from app.audit.recording import note
from app.i18n import interface_language
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from app.uploads import job_records
from app.uploads.job_records import Job, JobFile
from app.uploads.uploading import accept_upload


def upload() -> ResponseReturnValue:
    form = request.form
    options = {name: form.get(name, "") for name in ("case_file", "document_type", "jurisdiction", "title", "date")}
    job_id = accept_upload(
        jobs(),
        current_principal(),
        request.files.getlist("files"),
        form.get("collection", ""),
        options,
        form.get("password", ""),
    )
    note(job_id=job_id)
    location = url_for(".job", job_id=job_id)
    return jsonify({"id": job_id}), 202, {"Location": location}


def list_jobs() -> Response:
    found = job_records.jobs(installation().store, current_access())
    return jsonify({"jobs": [_job_json(job) for job in found]})


def get_job(job_id: str) -> Response:
    return jsonify(_job_json(job_records.job(installation().store, current_access(), job_id)))


def _job_json(found: Job) -> dict[str, Any]:
    return job_json(found, job_records.job_files(installation().store, found.id), interface_language())


def job_json(job: Job, files: list[JobFile], language: str) -> dict[str, Any]:
    return {
        "id": job.id,
        "collection": job.collection,
        "added": iso_time(job.added),
        "finished": iso_time(job.finished) if job.finished else None,
        "error": job.error,
        "message": job.sentence(language),
        "files": [
            {
                "name": f.name,
                "status": f.status,
                "document_id": f.document,
                "error": f.error,
                "message": f.sentence(language),
            }
            for f in files
        ],
    }


OPERATIONS = (
    Operation(
        "/jobs",
        list_jobs,
        "listJobs",
        tag="upload",
        summary="The newest uploads",
        answer=list_of("jobs", "Job", "Uploads, the newest first."),
        endpoint="job_list",
    ),
    Operation(
        "/jobs",
        upload,
        "upload",
        tag="upload",
        summary="Upload files",
        answer=Answer(
            "Taken in; `Location` says where to watch.",
            {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
            status=202,
            located=True,
        ),
        method="POST",
        body=Form(
            {
                "type": "object",
                "required": ["files", "collection"],
                "properties": {
                    "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
                    "collection": {
                        "type": "string",
                        "pattern": "^[A-Za-z0-9][A-Za-z0-9_ .-]{0,63}$",
                        "description": "`public`, or a name for the files of an authority.",
                    },
                    "case_file": {"type": "string"},
                    "document_type": ref("DocumentType"),
                    "jurisdiction": ref("Country"),
                    "title": {"type": "string"},
                    "date": ref("DocumentDate"),
                    "password": {"type": "string", "format": "password"},
                },
            }
        ),
    ),
    Operation(
        "/jobs/<job_id>",
        get_job,
        "getJob",
        tag="upload",
        summary="An upload with the state of each file",
        answer=object_of("Job", "The upload."),
        endpoint="job",
    ),
)
