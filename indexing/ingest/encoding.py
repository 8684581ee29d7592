"""Words first: new documents are found by words at once, and vectors are added to them afterwards.

Which documents wait is read from the index entries, so that another run continues after a killed process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexing.access import LOCAL_USER
from indexing.ingest.run import IngestRun
from indexing.ingest.vector_parts import LARGE, encode_in_parts
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


def encode_waiting(run: IngestRun, waiting: Sequence[str], on_progress: Callable[[int, int], None]) -> int:
    """Add vectors to the documents ``waiting`` (ids) and return how many have them now.

    Large documents are encoded by all workers. ``on_progress`` is called with the numbers of passages done and to do. A
    document that fails, or is changed meanwhile, is left to a later run.
    """
    run.words_first = False
    documents = sorted(run.existing(waiting), key=lambda document: -document.passages)
    known = sum(document.passages for document in documents)
    run.process_again(_encoded(run, documents, lambda done: on_progress(done, known)))
    run.finish()  # also the laws whose validity the documents state
    if waiting:
        on_progress(known, known)
    return len(set(waiting) - set(waiting_for_vectors(run.installation)))


def _encoded(run: IngestRun, documents: Iterable[StoredDocument], on_progress: Callable[[int], None]) -> Iterator[str]:
    """Yield the ids of ``documents``, each large one once its parts are encoded."""
    done = 0
    for document in documents:
        on_progress(done)
        if document.passages >= LARGE:
            for encoded in encode_in_parts(run, document):
                on_progress(done + encoded)
        done += document.passages
        yield document.id
