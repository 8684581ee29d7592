"""Words first: new documents are found by words at once, and vectors are added to them afterwards.

Which documents wait is read from the index entries, so that another run continues after a killed process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.run import IngestRun
from indexing.installation import Installation
from indexing.store.index_entries import by_words_only
from indexing.store.rows import StoredDocument
from indexing.vectors.encoder import open_encoder


def waiting_for_vectors(installation: Installation) -> list[str]:
    """Return the ids of documents in the engine of the settings without vectors; none without an encoder."""
    if open_encoder(installation.settings) is None:
        return []
    store, engine = installation.store, installation.engine
    return [
        document
        for collection in store.collections(store.access(LOCAL_USER))
        for document in by_words_only(store, engine.name, collection.id, engine.generation(collection.partition))
    ]


def encode_waiting(run: IngestRun, on_progress: Callable[[int, int], None], limit: int | None = None) -> int:
    """Add vectors to waiting documents, at most ``limit``, and return how many have them now.

    ``on_progress`` is called with the numbers of documents done and to do. A document that fails, or is changed
    meanwhile, is left to a later run.
    """
    waiting = waiting_for_vectors(run.installation)[:limit]
    for done, document in enumerate(_existing(run.installation, waiting)):
        on_progress(done, len(waiting))
        run.add_vectors(document)
    run.finish()  # also the laws whose validity the documents state
    if waiting:
        on_progress(len(waiting), len(waiting))
    return len(set(waiting) - set(waiting_for_vectors(run.installation)))


def _existing(installation: Installation, ids: list[str]) -> Iterator[StoredDocument]:
    access = installation.store.access(LOCAL_USER)
    for document_id in ids:
        try:
            yield installation.store.document(access, document_id)
        except RogatioError:  # it was deleted in the meantime
            continue
