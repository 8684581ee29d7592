"""Uploads and their jobs in the REST API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Form, Header, JsonBody, Operation, list_of, object_of, ref
from app.api_parameters import body, iso_time
from app.audit.recording import note
from app.i18n import interface_variety
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from app.uploads import job_records
from app.uploads.control import control_job, prioritise_job
from app.uploads.extracted_metadata import UnderstoodFile, facts_json, named_json, understood_files
from app.uploads.job_records import Job
from app.uploads.unlocking import read_with_password
from app.uploads.uploading import accept_upload
from extraction.errors import RogatioError

KEY = Header(
    "Idempotency-Key",
    "Chosen by the client, a new one for each upload. A repetition with the same key, for instance because no answer "
    "came, returns the job of the first request; with other files it is refused (422). Without a key, the same "
    "resumable `uploads` are a repetition too.",
)


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
        form.getlist("uploads"),
        KEY.value(),
    )
    return _accepted(job_id)


@dataclass(frozen=True, slots=True)
class FilePassword:
    """The password of a file, which is kept until its job ends."""

    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


def give_password(document_id: str) -> ResponseReturnValue:
    """Read a document again that is protected by a password; it is found again in the new upload."""
    return _accepted(read_with_password(jobs(), current_principal(), document_id, body(FilePassword).password))


def _accepted(job_id: str) -> ResponseReturnValue:
    note(job_id=job_id)
    return jsonify({"id": job_id}), 202, {"Location": url_for(".job", job_id=job_id)}


def list_jobs() -> Response:
    found = job_records.jobs(installation().store, current_access())
    return jsonify({"jobs": [_job_json(job) for job in found]})


def get_job(job_id: str) -> Response:
    return jsonify(_job_json(job_records.job(installation().store, current_access(), job_id)))


@dataclass(frozen=True, slots=True)
class JobControl:
    """``action`` is one of ``ACTIONS``; ``priority`` orders the uploads of one author, the highest first."""

    action: Literal["", "pause", "resume", "cancel"] = ""
    priority: Annotated[int, msgspec.Meta(ge=-5, le=5)] | None = None


def control(job_id: str) -> Response:
    """Pause, resume or cancel an upload, or change its priority among the uploads of its author."""
    asked, principal = body(JobControl), current_principal()
    if asked.priority is None and not asked.action:
        get_job(job_id)  # a job that is hidden is answered for as one that does not exist
        raise RogatioError("app.bad_body", place="action")
    if asked.priority is not None:
        prioritise_job(jobs(), principal, job_id, asked.priority)
    if asked.action:
        control_job(jobs(), principal, job_id, asked.action)
    return get_job(job_id)


def _job_json(found: Job) -> dict[str, Any]:
    store = installation().store
    files = understood_files(store, current_access(), job_records.job_files(store, found.id))
    return job_json(found, files, interface_variety())


def job_json(job: Job, files: Sequence[UnderstoodFile], language: str) -> dict[str, Any]:
    return {
        "id": job.id,
        "collection": job.collection,
        "state": job.state,
        "priority": job.priority,
        "counts": dict(Counter(understood.file.status.value for understood in files)),
        "added": iso_time(job.added),
        "finished": iso_time(job.finished) if job.finished else None,
        "error": job.error,
        "message": job.sentence(language),
        "files": [
            {
                "name": understood.file.name,
                "status": understood.file.status,
                "document_id": understood.file.document,
                "error": understood.file.error,
                "message": understood.file.sentence(language),
                "duplicate_of": named_json(understood.original),
                "found_in": named_json(understood.container),
                **facts_json(understood.document),
            }
            for understood in files
        ],
    }


_ACCEPTED = Answer(
    "Accepted; the status is at `Location`.",
    {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
    status=202,
    located=True,
)

OPERATIONS = (
    Operation(
        "/documents/<document_id>/password",
        give_password,
        "giveFilePassword",
        tag="upload",
        summary="Read a file that is protected by a password",
        answer=_ACCEPTED,
        method="POST",
        description="A file found inside another one is read with the outermost one, as a new upload.",
        body=JsonBody(FilePassword, {"password": "correct horse"}),
    ),
    Operation(
        "/jobs",
        list_jobs,
        "listJobs",
        tag="upload",
        summary="Newest uploads",
        answer=list_of("jobs", "Job", "Uploads, newest first."),
        endpoint="job_list",
    ),
    Operation(
        "/jobs",
        upload,
        "upload",
        tag="upload",
        summary="Upload files",
        answer=_ACCEPTED,
        method="POST",
        parameters=(KEY,),
        body=Form(
            {
                "type": "object",
                "required": ["collection"],
                "anyOf": [{"required": ["files"]}, {"required": ["uploads"]}],
                "properties": {
                    "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
                    "uploads": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                        "description": "Finished resumable uploads (`/uploads`, tus 1.0.0).",
                    },
                    "collection": {
                        "type": "string",
                        "pattern": "^[A-Za-z0-9][A-Za-z0-9_ .-]{0,63}$",
                        "description": (
                            "`public`, or the name of an authority's collection: that of the job, and of files for "
                            "which a manifest names no other."
                        ),
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
        summary="An upload with the status of each file",
        answer=object_of("Job", "The upload."),
        endpoint="job",
    ),
    Operation(
        "/jobs/<job_id>",
        control,
        "controlJob",
        tag="upload",
        summary="Pause, resume or cancel an upload, or change its priority",
        answer=object_of("Job", "The upload."),
        method="PATCH",
        endpoint="control_job",
        description=(
            "The files being read, at most 25, are finished first. Users are served in turn; `priority` orders the "
            "uploads of one user."
        ),
        body=JsonBody(JobControl, {"action": "pause"}),
    ),
)
