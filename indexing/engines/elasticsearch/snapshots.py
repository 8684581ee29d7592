"""Snapshots of the indices of an installation in a repository of the cluster, and their restoration."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.elasticsearch.indices import index_state
from indexing.engines.index_snapshot import IndexSnapshot

_SECONDS = 24 * 3600
"""Timeout of a request that waits for a snapshot, which copies what the last one of the repository does not have."""


def take_snapshot(engine: ElasticEngine, repository: str) -> IndexSnapshot:
    """Take a snapshot of the live index of every partition, which nothing writes to meanwhile.

    Raises ``indexing.elasticsearch_refused``, for instance for an unknown repository, ``indexing.snapshot_failed`` if a
    part of it could not be copied, and ``indexing.elasticsearch_unreachable``.
    """
    with index_state():
        live = {partition: engine.indices.live(partition)[0] for partition in engine.partitions()}
        generations = {partition: engine.indices.unique_id(index) for partition, index in live.items()}
        prefix = engine.indices.prefix
        name = f"{prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:8]}"
        made = engine.indices.client.options(request_timeout=_SECONDS).snapshot.create(
            repository=repository,
            snapshot=name,
            indices=sorted(live.values()),
            include_global_state=False,
            feature_states=["none"],
            wait_for_completion=True,
        )
    if made["snapshot"]["state"] != "SUCCESS":
        raise RogatioError("indexing.snapshot_failed", name=name)
    return IndexSnapshot(repository, name, prefix, live, generations)


def remove_snapshot(engine: ElasticEngine, snapshot: IndexSnapshot) -> None:
    """Remove a snapshot from its repository."""
    with index_state():
        engine.indices.client.snapshot.delete(repository=snapshot.repository, snapshot=snapshot.name)


def restore_snapshot(engine: ElasticEngine, snapshot: IndexSnapshot) -> dict[str, str]:
    """Restore the indices under the prefix of ``engine``; return the generation of each by that in the snapshot.

    Raises ``indexing.index_exists`` if the cluster has indices of the prefix, and what :func:`take_snapshot` does.
    """
    prefix = engine.indices.prefix
    if engine.partitions():
        raise RogatioError("indexing.index_exists", prefix=prefix)
    restored = {
        partition: re.sub(f"^{re.escape(snapshot.prefix)}-", f"{prefix}-", index)
        for partition, index in snapshot.indices.items()
    }
    if not restored:
        return {}
    with index_state():
        made = engine.indices.client.options(request_timeout=_SECONDS).snapshot.restore(
            repository=snapshot.repository,
            snapshot=snapshot.name,
            indices=sorted(snapshot.indices.values()),
            rename_pattern=f"^{snapshot.prefix}-(.+)$",
            rename_replacement=f"{prefix}-$1",
            include_aliases=False,
            include_global_state=False,
            wait_for_completion=True,
        )
        if made["snapshot"]["shards"]["failed"]:
            raise RogatioError("indexing.snapshot_failed", name=snapshot.name)
        aliases: list[Body] = [
            {"add": {"index": index, "alias": engine.indices.alias_of(partition)}}
            for partition, index in restored.items()
        ]
        engine.indices.client.indices.update_aliases(actions=aliases)
        return {
            snapshot.generations[partition]: engine.indices.unique_id(index) for partition, index in restored.items()
        }
