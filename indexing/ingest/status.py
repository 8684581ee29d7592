"""Figures of an installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.vectors.encoder import open_encoder

if TYPE_CHECKING:
    from indexing.ingest.verification import LastVerification
    from indexing.installation import Installation


@dataclass(frozen=True, slots=True)
class InstallationStatus:
    """``documents`` counts by status, with pages and passages; ``records`` by partition of the engine.

    ``encoder`` is the version of the encoder that is configured, empty where there is none: everything is then found
    by its words alone. ``by_words_alone`` counts documents whose passages that encoder has not encoded yet.
    ``verification`` is None where the installation was never verified.
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
    """Return the partitions all of which may be seen: the engine counts a partition without a filter."""
    everything = dict(installation.store.access(LOCAL_USER).readable)
    return [partition for partition in access.partitions if everything[partition] <= access.whole]


def status(installation: Installation, principal: Principal) -> InstallationStatus:
    """Return what the installation holds of what ``principal`` may see."""
    from indexing.ingest.verification import last_verification  # imports the pipeline, too slow for a help page

    access = installation.store.access(principal)
    encoder = open_encoder(installation.settings)
    return InstallationStatus(
        home=str(installation.settings.home),
        engine=installation.settings.engine,
        database=make_url(installation.settings.database).render_as_string(hide_password=True),
        documents=installation.store.counts(access),
        records={
            partition: installation.engine.count(partition) for partition in _wholly_readable(installation, access)
        },
        by_words_alone=installation.store.not_encoded(access, installation.engine.name, encoder.version)
        if encoder
        else 0,
        encoder=encoder.version if encoder else "",
        verification=last_verification(installation.settings.home),
        unfinished=sum(batch.finished is None for batch in installation.store.batches(access)),
    )
