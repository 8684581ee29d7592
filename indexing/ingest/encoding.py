"""Words first: new documents are found by words at once, and vectors are added to them afterwards.

Which documents wait is read from the index entries, so that another run continues after a killed process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from indexing.access import LOCAL_USER
from indexing.ingest.run import IngestRun
from indexing.ingest.vector_parts import LARGE, encode_in_parts
from indexing.installation import Installation
from indexing.store.index_entries import by_words_only
from indexing.vectors.encoder import open_encoder


def waiting_for_vectors(installation: Installation) -> dict[str, int]:
    """Return the numbers of passages of documents without vectors in the engine of the settings, by their ids.

    There are none without an encoder.
    """
    if open_encoder(installation.settings) is None:
        return {}
    store, engine = installation.store, installation.engine
    return {
        document: passages
        for collection in store.collections(store.access(LOCAL_USER))
        for document, passages in by_words_only(
            store, engine.name, collection.id, engine.generation(collection.partition)
        ).items()
    }


def encode_waiting(run: IngestRun, waiting: Mapping[str, int], on_progress: Callable[[int, int], None]) -> int:
    """Add vectors to the documents ``waiting`` (passages by id) and return how many have them now.

    Large documents are encoded by all workers. ``on_progress`` is called with the numbers of passages done and to do. A
    document that fails, or is changed meanwhile, is left to a later run.
    """
    run.words_first = False
    known = sum(waiting.values())
    run.process_again(_encoded(run, waiting, lambda done: on_progress(done, known)))
    run.finish()  # also the laws whose validity the documents state
    if waiting:
        on_progress(known, known)
    return len(waiting.keys() - waiting_for_vectors(run.installation).keys())


def _encoded(run: IngestRun, waiting: Mapping[str, int], on_progress: Callable[[int], None]) -> Iterator[str]:
    """Yield the ids ``waiting``, the largest documents first, each large one once its parts are encoded."""
    done = 0
    for document_id, passages in sorted(waiting.items(), key=lambda item: -item[1]):
        on_progress(done)
        for document in run.existing([document_id]) if passages >= LARGE else ():
            for encoded in encode_in_parts(run, document):
                on_progress(done + encoded)
        done += passages
        yield document_id
