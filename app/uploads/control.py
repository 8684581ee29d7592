"""Pause, resume, cancel and priority of upload jobs."""

from __future__ import annotations

from app.jobs import Jobs
from app.uploads import job_progress, job_records
from app.uploads.job_records import CANCELLED, PAUSED, Job, may_control
from extraction.errors import RogatioError
from indexing.access import Principal

ACTIONS = {"pause": PAUSED, "resume": "", "cancel": CANCELLED}
PRIORITIES = range(-5, 6)


def control_job(jobs: Jobs, principal: Principal, job_id: str, action: str) -> Job:
    """Pause, resume or cancel a job (``action`` is a key of ``ACTIONS``); the slice being read is finished first.

    Raises ``app.no_such_job``, ``indexing.not_writable``, ``app.bad_parameter`` and ``app.job_is_over``.
    """
    found = _controlled(jobs, principal, job_id)
    if action not in ACTIONS:
        raise RogatioError("app.bad_parameter", name="action")
    job_progress.hold(jobs.installation.store, found.id, ACTIONS[action])
    if action != "pause":
        jobs.submit(job_id)
    return _controlled(jobs, principal, job_id)


def prioritise_job(jobs: Jobs, principal: Principal, job_id: str, priority: int) -> Job:
    """Set the priority of a job among those of its author, -5 to 5.

    Between authors, the one who has waited longest is served first. Raises what ``control_job`` does.
    """
    found = _controlled(jobs, principal, job_id)
    if priority not in PRIORITIES:
        raise RogatioError("app.bad_parameter", name="priority")
    job_progress.prioritise(jobs.installation.store, found.id, priority)
    return _controlled(jobs, principal, job_id)


def _controlled(jobs: Jobs, principal: Principal, job_id: str) -> Job:
    access = jobs.installation.store.access(principal)
    found = job_records.job(jobs.installation.store, access, job_id)
    if not may_control(access, found):
        raise RogatioError("indexing.not_writable")
    return found
