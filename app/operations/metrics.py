"""Metrics of an installation in the OpenMetrics format: counts and durations, no name and no content.

Durations and responses are those of this server process; all other values are read when metrics are asked for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.uploads.schema import JobFileRow, JobRow
from indexing.access import LOCAL_USER
from indexing.installation import Installation
from indexing.store.quotas import StorageUse, storage_use

SECONDS = (0.05, 0.2, 1.0, 5.0, 30.0)
"""Upper bounds of the buckets of request durations."""

NEARLY_FULL = 0.9
"""Share of its quota above which a collection is counted as ``high``."""

MEDIA_TYPE: str = CONTENT_TYPE_LATEST


def set_up(app: Flask) -> None:
    """Measure every request, and register what is read at each scrape."""
    registry = CollectorRegistry()
    registry.register(InstallationCollector(app.extensions["installation"]))
    durations = Histogram(
        "rogatio_request_duration_seconds",
        "Duration of requests by route and class of status.",
        ("route", "status"),
        buckets=SECONDS,
        registry=registry,
    )
    app.extensions["metrics"] = registry

    def measure(response: Response) -> Response:
        # the name of the route: an address may contain ids or words of a query
        labels = (request.endpoint or "unknown", f"{response.status_code // 100}xx")
        durations.labels(*labels).observe(time.perf_counter() - g.pop("began", time.perf_counter()))
        return response

    app.before_request(_begin)
    app.after_request(measure)


def _begin() -> None:
    g.began = time.perf_counter()


def exposition() -> bytes:
    """Return the metrics of this application as OpenMetrics 1.0 text."""
    registry: CollectorRegistry = current_app.extensions["metrics"]
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text


class InstallationCollector(Collector):
    """Counts of an installation, over all collections together: a collection's name may say what is investigated."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def describe(self) -> list[Metric]:
        """Return nothing: names of metrics are known without reading the installation."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the current counts."""
        store, engine = self._installation.store, self._installation.engine
        counts = dict(store.counts(store.access(LOCAL_USER)))
        pages, passages = counts.pop("pages"), counts.pop("passages")
        yield _by("rogatio_documents", "Documents by state.", "state", counts)
        yield _one("rogatio_pages", "Pages of all documents.", pages)
        yield _one("rogatio_passages", "Passages of all documents.", passages)
        storage = storage_use(store)
        yield _one("rogatio_original_bytes", "Bytes of originals, each once for each collection.", _used(storage))
        yield _by("rogatio_collections", "Collections by what they use of their quota.", "quota", _by_quota(storage))
        records = sum(map(engine.count, engine.partitions()))
        yield _one("rogatio_index_records", "Records in the search index.", records)
        with Session(store.database) as session:
            jobs = select(_job_state, func.count()).group_by(_job_state)
            yield _by("rogatio_jobs", "Upload jobs by state.", "state", dict(session.execute(jobs).tuples().all()))
            files = select(JobFileRow.status, func.count()).group_by(JobFileRow.status)
            yield _by(
                "rogatio_job_files",
                "Files of upload jobs by state.",
                "state",
                dict(session.execute(files).tuples().all()),
            )


def _used(storage: Sequence[StorageUse]) -> int:
    return sum(use.used for use in storage)


def _by_quota(storage: Sequence[StorageUse]) -> dict[str, int]:
    """Count collections by the share of their quota that is used: ``none``, ``low``, ``high`` or ``full``."""
    counts = dict.fromkeys(("none", "low", "high", "full"), 0)
    for use in storage:
        share = use.used / use.quota if use.quota else None
        counts["none" if share is None else "full" if share >= 1 else "high" if share > NEARLY_FULL else "low"] += 1
    return counts


_job_state = case(
    (JobRow.error != "", "failed"),
    (JobRow.held == "cancelled", "cancelled"),
    (JobRow.finished.is_not(None), "finished"),
    (JobRow.held == "paused", "paused"),
    else_="waiting",
)


def _one(name: str, description: str, value: int) -> Metric:
    return GaugeMetricFamily(name, description, value=value)


def _by(name: str, description: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, description, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([str(value)], count)
    return family
