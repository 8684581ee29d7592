"""Snapshot of the index of Elasticsearch with a backup, and its restoration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from indexing.engines.index_snapshot import IndexSnapshot
from indexing.installation import Installation
from indexing.store.schema import IndexEntryRow
from indexing.store.writing import writing

if TYPE_CHECKING:
    from indexing.engines.elasticsearch.engine import ElasticEngine


def snapshot_index(installation: Installation) -> IndexSnapshot | None:
    """Take a snapshot of the index if the settings name a repository; return None otherwise.

    The caller holds the index locks. Raises what ``take_snapshot`` does.
    """
    if installation.settings.engine != "elasticsearch" or not installation.settings.elasticsearch_snapshots:
        return None
    from indexing.engines.elasticsearch.snapshots import take_snapshot

    return take_snapshot(_engine(installation), installation.settings.elasticsearch_snapshots)


def forget_snapshot(installation: Installation, snapshot: IndexSnapshot | None) -> None:
    """Delete the snapshot of a backup that failed."""
    if snapshot is None:
        return
    from indexing.engines.elasticsearch.snapshots import remove_snapshot

    remove_snapshot(_engine(installation), snapshot)


def restore_index(installation: Installation, snapshot: IndexSnapshot | None) -> bool:
    """Restore the index of a backup; return False if there is no snapshot of it, or the settings name another engine.

    The records then name the restored indices, so that nothing is written again; killed in between, the next run writes
    it all. Raises what ``restore_snapshot`` does.
    """
    if snapshot is None or installation.settings.engine != "elasticsearch":
        return False
    from indexing.engines.elasticsearch.snapshots import restore_snapshot

    engine = _engine(installation)
    generations = restore_snapshot(engine, snapshot)
    with writing(installation.store) as session:
        for former, present in generations.items():
            entries = update(IndexEntryRow).where(IndexEntryRow.engine == engine.name)
            session.execute(entries.where(IndexEntryRow.generation == former).values(generation=present))
    return True


def _engine(installation: Installation) -> ElasticEngine:
    from indexing.engines.elasticsearch.engine import ElasticEngine

    engine = installation.engine
    assert isinstance(engine, ElasticEngine)
    return engine
