"""``rogatio jobs``: the uploads of web and API, paused, resumed and cancelled by the operator."""

from __future__ import annotations

import json
from typing import Any

import click

from app.cli_wording import language, say
from app.uploads import job_progress, job_records
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("jobs.help"))
@click.option("--pause", "paused", metavar="ID", default="", help=say("jobs.pause"))
@click.option("--resume", "resumed", metavar="ID", default="", help=say("jobs.resume"))
@click.option("--cancel", "cancelled", metavar="ID", default="", help=say("jobs.cancel"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def jobs_command(paused: str, resumed: str, cancelled: str, as_json: bool) -> None:
    """Apply the requested change, then list the newest jobs; the server starts a resumed job within a minute."""
    from app.uploads.api import job_json  # imports Flask, which --help does not need
    from app.uploads.extracted_metadata import understood_files

    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    for job_id, held in ((paused, job_records.PAUSED), (resumed, ""), (cancelled, job_records.CANCELLED)):
        if job_id:
            job_progress.hold(store, job_records.job(store, access, job_id).id, held)
    found = job_records.jobs(store, access)
    if as_json:
        rows: list[dict[str, Any]] = [
            job_json(job, understood_files(store, access, job_records.job_files(store, job.id)), language())
            for job in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    counts = job_records.file_counts(store, [job.id for job in found])
    for job in found:
        states = ", ".join(f"{status} {count}" for status, count in counts[job.id].items())
        click.echo(
            f"{job.id}  {job.added:%Y-%m-%d %H:%M}  {job.state:<9}  {job.author:<16}  {job.collection}  {states}"
        )
