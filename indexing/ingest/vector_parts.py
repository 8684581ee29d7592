"""Vectors of a large document, encoded in parts by several workers.

The vectors of each part are stored, so that a run after a killed process goes on with the parts that are missing. Once
the document has all its vectors, its own file replaces those of the parts.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, as_completed, wait
from pathlib import Path

import msgspec
import numpy as np
import zstandard

from extraction.errors import RogatioError
from extraction.worker import allow
from indexing.ingest.passage_vectors import missing_texts
from indexing.ingest.preparation import (
    SECONDS_PER_CHARACTER,
    annotation_fingerprint,
    encoder_of,
    in_worker,
    records_of,
    stored_vectors,
)
from indexing.ingest.run import IngestRun
from indexing.ingest.tasks import Task, task_for
from indexing.store.deletion import remove_derived
from indexing.store.derived import Derived, vector_row
from indexing.store.page_corrections import with_page_texts
from indexing.store.rows import StoredDocument

PASSAGES_OF_A_PART = 64
LARGE = 4 * PASSAGES_OF_A_PART
"""Passages from which a document is encoded in parts."""

_texts = msgspec.msgpack.Decoder(dict[int, str])


def encode_in_parts(run: IngestRun, document: StoredDocument) -> Iterator[int]:
    """Encode a document by all workers of ``run`` and yield the growing number of texts that are encoded and stored.

    What fails is left to the task that writes the vectors, which encodes what is missing.
    """
    pool, scratch = run.dispatch.pool, run.dispatch.folder()
    parts: list[Future[int]] = []
    done = 0
    try:
        task = task_for(run.installation, document, scratch, read=False)
        written = pool.outcome(pool.submit(write_parts, task, PASSAGES_OF_A_PART))
        parts = [pool.submit(encode_part, task, texts) for texts in written]
        for part in as_completed(parts):
            done += pool.outcome(part)
            yield done
    except RogatioError:
        return
    finally:
        wait(parts)
        shutil.rmtree(scratch, ignore_errors=True)
        if not any(run.existing([document.id])):
            remove_derived(run.installation.store, document)


def write_parts(task: Task, size: int) -> list[Path]:
    """Write the texts of a document that have no vectors to files of ``size`` texts in its folder, in a worker."""
    return in_worker(task.scratch, lambda: list(_written(task, size)))


def _written(task: Task, size: int) -> Iterator[Path]:
    missing = list(_missing(task).items())
    for number, first in enumerate(range(0, len(missing), size)):
        path = task.scratch / f"texts-{number}.zst"
        own = dict(missing[first : first + size])
        path.write_bytes(zstandard.compress(msgspec.msgpack.encode(own), 1))
        yield path


def _missing(task: Task) -> dict[int, str]:
    """Return the texts without vectors by digest; none if the annotations have to be made again first."""
    derived, encoder = Derived(task.home), encoder_of(task)
    as_read = derived.document(task.sha256)
    document = with_page_texts(as_read, task.page_texts)
    allow(len(document.text) * SECONDS_PER_CHARACTER)
    try:
        place = (task.sha256, task.facts.document_id, annotation_fingerprint(task, as_read.reader))
        annotations = derived.annotations(*place)
    except FileNotFoundError:
        return {}
    _, records, title = records_of(task, document, annotations)
    return missing_texts(records, title, stored_vectors(task, derived, encoder)) if encoder else {}


def encode_part(task: Task, texts: Path) -> int:
    """Encode and store the texts in the file ``texts``, in a worker; return their number."""
    return in_worker(task.scratch, lambda: _encode_part(task, texts))


def _encode_part(task: Task, path: Path) -> int:
    encoder = encoder_of(task)
    if encoder is None:
        return 0
    texts = _texts.decode(zstandard.decompress(path.read_bytes()))
    rows = np.zeros(len(texts), vector_row(encoder.dimensions))
    rows["digest"] = np.fromiter(texts, np.uint64, len(texts))
    rows["vector"] = encoder.passages(list(texts.values())).astype("<f2")
    derived = Derived(task.home)
    derived.write_vector_part(task.sha256, task.facts.document_id, encoder.version, rows, task.scratch)
    return len(texts)
