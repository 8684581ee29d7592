"""Words first: new documents are found by words at once, and vectors are added to them afterwards.

Which documents wait is read from the index entries, so that another run continues after a killed process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from indexing.access import LOCAL_USER
from indexing.ingest.run import IngestRun
from indexing.installation import Installation
from indexing.store.index_entries import by_words_only
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


def encode_waiting(run: IngestRun, waiting: Sequence[str], on_progress: Callable[[int, int], None]) -> int:
    """Add vectors to the documents ``waiting`` (ids) and return how many have them now.

    ``on_progress`` is called with the numbers of documents done and to do. A document that fails, or is changed
    meanwhile, is left to a later run.
    """
    run.words_first = False
    run.process_again(_counted(waiting, on_progress))
    run.finish()  # also the laws whose validity the documents state
    if waiting:
        on_progress(len(waiting), len(waiting))
    return len(set(waiting) - set(waiting_for_vectors(run.installation)))


def _counted(waiting: Sequence[str], on_progress: Callable[[int, int], None]) -> Iterator[str]:
    for done, document in enumerate(waiting):
        on_progress(done, len(waiting))
        yield document
