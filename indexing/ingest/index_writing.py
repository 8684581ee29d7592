"""Writes the results of workers to an engine and then to the store.

A result names the revision of the document from which it was made. It is dropped if the revision has increased since,
and the document is processed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from indexing.engines.protocol import Engine
from indexing.ingest.index_commit import Made, begin, confirm
from indexing.ingest.validity_reindex import dated_records
from indexing.records.validity import Validity
from indexing.store.locks import index_lock

if TYPE_CHECKING:
    from indexing.installation import Installation


def write_prepared(installation: Installation, engine: Engine, results: Made) -> frozenset[str]:
    """Write records to ``engine``, record what it confirmed, and return the ids of the documents written.

    The others have a newer revision or were deleted. If the process is killed at any point, index entries are not
    current and the next run writes the same records again.
    """
    by_partition: dict[str, Made] = defaultdict(list)
    for document, prepared in results:
        by_partition[prepared.facts.partition].append((document, prepared))
    written: set[str] = set()
    for partition, several in by_partition.items():
        with index_lock(installation.store, engine.name, partition):
            current, known = begin(installation.store, engine.name, several)
            generation = _write(engine, partition, current, known)
            written |= confirm(installation.store, engine.name, generation, current, known)
    return frozenset(written)


def _write(engine: Engine, partition: str, results: Made, known: Mapping[str, Validity]) -> str:
    """Write the records and return the generation of the index that has them."""
    emptied = [document.id for document, prepared in results if document.passages and not prepared.passages]
    if emptied:
        engine.delete(partition, emptied)
    if not any(prepared.passages for _, prepared in results):
        return engine.generation(partition)
    generation = engine.write(
        partition, (record for _, prepared in results for record in dated_records(prepared, known))
    )
    engine.refresh(partition)
    return generation
