"""Status of an installation: counts of documents and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy.engine import make_url

from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.store.reading import Selection
from indexing.store.schema import Status
from indexing.vectors.encoder import encoder_version

if TYPE_CHECKING:
    from indexing.installation import Installation
    from indexing.store.reading import Store
    from indexing.store.rows import Batch


@dataclass(frozen=True, slots=True)
class LastVerification:
    """Time of the last verification (ISO 8601, UTC) and the number of problems it left."""

    finished: str
    documents: int
    problems: int


def last_verification(home: Path) -> LastVerification | None:
    """Return the record of the last verification, or None."""
    try:
        return msgspec.json.decode(record_path(home).read_bytes(), type=LastVerification)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def record_path(home: Path) -> Path:
    """Return the file of the record of the last verification."""
    return home / "verification.json"


@dataclass(frozen=True, slots=True)
class InstallationStatus:
    """Counts of ``documents`` by status, with pages and passages, and of ``records`` by partition.

    ``encoder`` is the version of the configured encoder, empty without one (search is then lexical only).
    ``by_words_alone`` counts documents not yet encoded by it. ``verification`` is None if there was none.
    """

    home: str
    engine: str
    database: str
    documents: Mapping[str, int]
    records: Mapping[str, int]
    unfinished: int
    by_words_alone: int = 0
    encoder: str = ""
    verification: LastVerification | None = None


def _wholly_readable(installation: Installation, access: AccessFilter) -> list[str]:
    """Return the partitions whose collections are all readable, because engines count without a filter."""
    everything = dict(installation.store.access(LOCAL_USER).readable)
    return [partition for partition in access.partitions if everything[partition] <= access.whole]


def status(installation: Installation, principal: Principal) -> InstallationStatus:
    """Return the status as far as ``principal`` may see it."""
    access = installation.store.access(principal)
    encoder = encoder_version(installation.settings)
    return InstallationStatus(
        home=str(installation.settings.home),
        engine=installation.settings.engine,
        database=make_url(installation.settings.database).render_as_string(hide_password=True),
        documents=installation.store.counts(access),
        records={
            partition: installation.engine.count(partition) for partition in _wholly_readable(installation, access)
        },
        by_words_alone=installation.store.not_encoded(access, installation.engine.name, encoder) if encoder else 0,
        encoder=encoder,
        verification=last_verification(installation.settings.home),
        unfinished=len(_unfinished(installation.store, access)),
    )


def _unfinished(store: Store, access: AccessFilter) -> list[Batch]:
    """Return the ingests that are running or were killed, and were not made good since.

    A later ingest into the same collection that finished made good what was killed, from whatever folder the files came
    the second time, unless files that had arrived still wait to be read.
    """
    batches = store.batches(access)
    latest = {batch.collection: batch.started for batch in reversed(batches) if batch.finished is not None}
    waiting = {batch.collection for batch in batches if batch.finished is None and _waits(store, access, batch)}
    return [
        batch
        for batch in batches
        if batch.finished is None
        and (batch.collection in waiting or latest.get(batch.collection, batch.started) <= batch.started)
    ]


def _waits(store: Store, access: AccessFilter, batch: Batch) -> bool:
    selection = Selection(collection=batch.collection, status=Status.WAITING)
    return next(iter(store.every_document(access, selection)), None) is not None
