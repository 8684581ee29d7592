"""Runs an upload job to its end within this process."""

from __future__ import annotations

from app.job_steps import run_slice
from indexing.access import Principal
from indexing.installation import Installation


def run_job(installation: Installation, principal: Principal, job_id: str) -> None:
    """Do all slices of a job, as the consumers of the queue do in turns."""
    while run_slice(installation, principal, job_id):
        pass
