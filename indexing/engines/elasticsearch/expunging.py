"""Removal of deleted records from the files of an index.

Elasticsearch keeps a deleted record with its terms until a merge, and merges keep it as long as a shard copy might need
the operation to catch up: for hours, by the retention leases of the copies. A copy that is away while an index is
expunged is copied as a whole when it returns.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch

from extraction.errors import RogatioError

_MERGE_SECONDS = 3600  # timeout; a query on one segment takes about half the time of twenty after bulk writing
_PERIOD = "index.soft_deletes.retention_lease.period"
_SHORT = "1s"
_LEASE_SECONDS, _PAUSE = 180.0, 1.0
"""Leases are renewed every 30 seconds once half of their period has passed."""


def merge(client: Elasticsearch, index: str) -> None:
    """Merge an index to one segment; until it is refreshed, searches keep the files of the former ones."""
    client.options(request_timeout=_MERGE_SECONDS).indices.forcemerge(index=index, max_num_segments=1)
    client.indices.refresh(index=index)


def has_removed_records(client: Elasticsearch, index: str) -> bool:
    """Return whether the files of an index still have removed records."""
    found = client.indices.stats(index=index, metric="docs").body
    return bool(found["_all"]["primaries"]["docs"]["deleted"])


def expunge_index(client: Elasticsearch, index: str) -> None:
    """Remove all records from the files of an index that were deleted before; what is deleted meanwhile may remain.

    Raises ``indexing.elasticsearch_unreachable`` if the leases of the copies are not renewed.
    """
    last = max(number for number, _ in _copies(client, index))
    client.indices.put_settings(index=index, settings={_PERIOD: _SHORT})
    try:
        _wait_for_leases(client, index, last)
        client.indices.flush(index=index, force=True)
        merge(client, index)
    finally:
        client.indices.put_settings(index=index, settings={_PERIOD: None})


def _wait_for_leases(client: Elasticsearch, index: str, last: int) -> None:
    """Wait until no copy retains the operation of the number ``last``, or an earlier one."""
    until = time.monotonic() + _LEASE_SECONDS
    while any(retained <= last for _, retained in _copies(client, index)):
        if time.monotonic() > until:
            raise RogatioError("indexing.elasticsearch_unreachable", reason="retention leases")
        time.sleep(_PAUSE)


def _copies(client: Elasticsearch, index: str) -> Iterator[tuple[int, int]]:
    """Yield the last operation of each copy of a shard, and the first operation that a lease retains."""
    shown = "indices.*.shards.*.seq_no.max_seq_no,indices.*.shards.*.retention_leases.leases.retaining_seq_no"
    found: Any = client.indices.stats(index=index, level="shards", filter_path=shown).body
    for copies in found["indices"][index]["shards"].values():
        for copy in copies:
            last = int(copy["seq_no"]["max_seq_no"])
            leases = copy.get("retention_leases", {}).get("leases", ())
            yield last, min((int(lease["retaining_seq_no"]) for lease in leases), default=last + 1)
