"""Ingest: from files to originals, derived results and index entries; resumable at any point.

A document is marked as indexed only after its engine confirmed it. Documents in progress when a process is killed
remain marked as waiting and are processed again; writes to store and engine are idempotent. Every file counts once: a
container (ZIP, e-mail) and each of its members and attachments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from extraction.worker import USUAL_LIMITS, Limits, Sandbox, Workers
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.ingest.arrivals import PUBLIC_LAW, Incoming, IngestOptions, incoming
from indexing.ingest.batch_log import BatchLog, IngestEvent, IngestReport
from indexing.ingest.dispatch import Dispatch
from indexing.ingest.encoding import encode_waiting, waiting_for_vectors
from indexing.ingest.git_history import ensure_history, law_versions
from indexing.ingest.run import IngestRun
from indexing.ingest.tasks import WORKER_MODULES, work_folder
from indexing.installation import Installation
from indexing.store.deletion import finish_removals
from indexing.store.rows import StoredDocument
from indexing.store.writing import begin_batch, ensure_collection, finish_batch
from indexing.works.bitemporal_claims import supersede_claims

OnVectors: TypeAlias = Callable[[int, int], None]

__all__ = [
    "Incoming",
    "IngestEvent",
    "IngestOptions",
    "IngestReport",
    "add_vectors",
    "ingest",
    "ingest_history",
    "new_collection",
    "resume",
]


def ingest(
    installation: Installation,
    paths: Iterable[Path | Incoming],
    options: IngestOptions = PUBLIC_LAW,
    principal: Principal = LOCAL_USER,
    on_event: Callable[[IngestEvent], None] = lambda event: None,
    *,
    workers: int = 0,
    limits: Limits = USUAL_LIMITS,
    on_vectors: OnVectors | None = lambda done, known: None,
) -> IngestReport:
    """Ingest files and folders and return the outcome; ``on_event`` is called for each file.

    Documents are found by words as soon as they are reported; then all that have no vectors get them, and
    ``on_vectors`` is called with the numbers of passages done and to do. If it is None, that is left to
    :func:`add_vectors`. ``workers`` is the number of processes (0: one per processor). Raises a ``RogatioError`` only
    for the whole run: a missing path, an unreadable manifest, a collection that ``principal`` may not write to. A file
    that cannot be read is listed as failed; one given twice, as overlapping patterns of a shell do, is taken once.
    """
    given = (file for path in paths for file in ([path] if isinstance(path, Incoming) else incoming([path], options)))
    files = list({(file.path.absolute(), file.options): file for file in given}.values())
    for collection in sorted({options.collection, *(file.options.collection for file in files)}):
        ensure_collection(installation.store, new_collection(collection), principal)
    with _run(installation, options.collection, principal, on_event, workers, limits, on_vectors) as run:
        run.log.known = len(files)
        for file in files:
            run.take(file)
    return run.log.report()


def ingest_history(
    installation: Installation,
    repositories: Iterable[Path],
    options: IngestOptions = PUBLIC_LAW,
    principal: Principal = LOCAL_USER,
    on_event: Callable[[IngestEvent], None] = lambda event: None,
    *,
    under: Sequence[str] = (),
    workers: int = 0,
    limits: Limits = USUAL_LIMITS,
    on_vectors: OnVectors | None = lambda done, known: None,
) -> IngestReport:
    """Ingest all expressions of the laws in Git repositories; ``under`` restricts to files or folders.

    Vectors follow as with :func:`ingest`. Raises ``indexing.no_history`` and ``indexing.history_unreadable``;
    expressions read before the error are kept.
    """
    repositories = tuple(repositories)
    for repository in repositories:
        ensure_history(repository)
    ensure_collection(installation.store, new_collection(options.collection), principal)
    with _run(installation, options.collection, principal, on_event, workers, limits, on_vectors) as run:
        for repository in repositories:
            for versions in law_versions(repository, under):
                for version in versions:
                    run.take_version(version, options)
                place = versions[0].claim.place
                supersede_claims(installation.store, options.collection, place, [version.place for version in versions])
    return run.log.report()


def resume(installation: Installation, document_ids: Iterable[str], principal: Principal = LOCAL_USER) -> IngestReport:
    """Process documents that have arrived but are not finished."""
    access = installation.store.access(principal)
    documents = [installation.store.document(access, document_id) for document_id in document_ids]
    with _run(installation, documents[0].collection, principal, workers=1) as run:
        run.log.known = len(documents)
        for document in documents:
            run.go_on(document)
    return run.log.report()


def process_pending(installation: Installation) -> None:
    """Process all documents not current in the index, after corrections, deletions or interrupted runs."""
    with _open_run(installation, LOCAL_USER, BatchLog(installation.store), workers=1) as run:
        run.finish()


def add_vectors(installation: Installation, limit: int) -> int:
    """Add vectors to documents found by words only, at most ``limit``, and return how many have them now."""
    waiting = dict(islice(waiting_for_vectors(installation).items(), limit))
    if not waiting:
        return 0
    with _open_run(installation, LOCAL_USER, BatchLog(installation.store)) as run:
        return encode_waiting(run, waiting, lambda done, known: None)


def reprocess(installation: Installation, containers: Sequence[StoredDocument] = ()) -> IngestReport:
    """Unpack ``containers`` again and process all documents not current in the index; return the outcome."""
    with _run(installation, _batch_collection(installation, containers), LOCAL_USER, workers=1) as run:
        for container in containers:
            run.read_again(container)
    return run.log.report()


def _batch_collection(installation: Installation, containers: Sequence[StoredDocument]) -> str:
    """Return the collection to which the batch of a repair is assigned."""
    if containers:
        return containers[0].collection
    return installation.store.collections(installation.store.access(LOCAL_USER))[0].id


@contextmanager
def _run(
    installation: Installation,
    collection: str,
    principal: Principal,
    on_event: Callable[[IngestEvent], None] = lambda event: None,
    workers: int = 0,
    limits: Limits = USUAL_LIMITS,
    on_vectors: OnVectors | None = lambda done, known: None,
) -> Iterator[IngestRun]:
    """Open a batch with workers and scratch folder; on exit all is written that is not current, then the vectors."""
    _require_index(installation, collection, principal)
    batch = begin_batch(installation.store, collection, principal.id)
    with _open_run(installation, principal, BatchLog(installation.store, batch, on_event), workers, limits) as run:
        run.words_first = True
        yield run
        run.finish()
        finish_batch(installation.store, batch)
        if on_vectors:
            encode_waiting(run, waiting_for_vectors(installation), on_vectors)


def _require_index(installation: Installation, collection: str, principal: Principal) -> None:
    """Fail before any work is done if the engine does not answer, or has an index of another release."""
    installation.engine.partitions()
    for existing in installation.store.collections(installation.store.access(principal)):
        if existing.id == collection:
            installation.engine.count(existing.partition)


@contextmanager
def _open_run(
    installation: Installation,
    principal: Principal,
    log: BatchLog,
    workers: int = 0,
    limits: Limits = USUAL_LIMITS,
) -> Iterator[IngestRun]:
    """Finish interrupted deletions and open a run with workers and scratch folder."""
    finish_removals(installation.store, installation.engine)
    with work_folder(installation.settings.home) as scratch, _workers(installation, workers, limits) as pool:
        yield IngestRun(installation, installation.engine, principal, log, Dispatch(installation, pool, scratch))


def _workers(installation: Installation, count: int, limits: Limits) -> Workers:
    """Return workers that may read originals and write derived files, and have access to nothing else of the home."""
    home, encoder = installation.settings.home, installation.settings.encoder
    for folder in ("originals", "derived"):
        (home / folder).mkdir(exist_ok=True)
    reads = (home / "originals", *filter(None, [encoder]))
    return Workers(count, limits, WORKER_MODULES, Sandbox(reads, (home / "derived", home / "work")))


def new_collection(name: str) -> Collection:
    """Return a new collection: published law if its name is ``public``, otherwise the files of an authority."""
    return Collection(name, name, "" if name == "public" else name)
