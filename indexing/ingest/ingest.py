"""Ingest: files become originals, derived results and index entries; resumable at any point.

A document is marked as indexed only when its engine has it; whatever was on its way when a process was killed is
still marked as waiting and done again, and writing to the store or an engine twice changes nothing.
Every file counts once: a container (ZIP, e-mail) as an item of its own, and each of its members and attachments too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.worker import USUAL_LIMITS, Limits, Workers
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.ingest.arrivals import PUBLIC_LAW, Incoming, IngestOptions, incoming
from indexing.ingest.batch_log import BatchLog, IngestEvent, IngestReport
from indexing.ingest.git_history import ensure_history, law_versions
from indexing.ingest.run import Dispatch, IngestRun
from indexing.ingest.tasks import WORKER_MODULES, work_folder
from indexing.store.deletion import finish_removals
from indexing.store.rows import StoredDocument
from indexing.store.writing import begin_batch, ensure_collection, finish_batch
from indexing.works.bitemporal_claims import supersede_claims

if TYPE_CHECKING:
    from indexing.installation import Installation

__all__ = [
    "Incoming",
    "IngestEvent",
    "IngestOptions",
    "IngestReport",
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
) -> IngestReport:
    """Take in files and folders and report what became of each.

    Raises a ``RogatioError`` only for what concerns the whole run (a path that isn't there, a manifest that can't
    be read, a collection that ``principal`` may not write to); a file that can't be read is listed as failed.
    """
    files = [file for path in paths for file in ([path] if isinstance(path, Incoming) else incoming([path], options))]
    for collection in sorted({options.collection, *(file.options.collection for file in files)}):
        ensure_collection(installation.store, new_collection(collection), principal)
    with _run(installation, options.collection, principal, on_event, workers, limits) as run:
        run.outcomes.known = len(files)
        for file in files:
            run.take(file)
    return run.outcomes.report()


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
) -> IngestReport:
    """Take in every version of the laws that Git repositories keep, of files or folders ``under`` or of all.

    Raises ``indexing.no_history`` and ``indexing.history_unreadable``; what was read until then is kept.
    """
    repositories = tuple(repositories)
    for repository in repositories:
        ensure_history(repository)
    ensure_collection(installation.store, new_collection(options.collection), principal)
    with _run(installation, options.collection, principal, on_event, workers, limits) as run:
        for repository in repositories:
            for versions in law_versions(repository, under):
                for version in versions:
                    run.take_version(version, options)
                place = versions[0].claim.place
                supersede_claims(installation.store, options.collection, place, [one.place for one in versions])
    return run.outcomes.report()


def resume(installation: Installation, document_ids: Iterable[str], principal: Principal = LOCAL_USER) -> IngestReport:
    """Do what is left to do for documents that have arrived."""
    access = installation.store.access(principal)
    documents = [installation.store.document(access, document_id) for document_id in document_ids]
    with _run(installation, documents[0].collection, principal, workers=1) as run:
        run.outcomes.known = len(documents)
        for document in documents:
            run.go_on(document)
    return run.outcomes.report()


def process_pending(installation: Installation) -> None:
    """Process what is not current in the index: what was corrected, and what an interrupted run or deletion left."""
    with _open_run(installation, LOCAL_USER, BatchLog(installation.store), workers=1):
        pass


def reprocess(installation: Installation, containers: Sequence[StoredDocument] = ()) -> IngestReport:
    """Unpack ``containers`` again, then process what is not current in the index; members are listed in a batch."""
    with _run(installation, _listed_under(installation, containers), LOCAL_USER, workers=1) as run:
        for container in containers:
            run.read_again(container)
    return run.outcomes.report()


def _listed_under(installation: Installation, containers: Sequence[StoredDocument]) -> str:
    """Return the collection that the batch of a repair is listed under."""
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
) -> Iterator[IngestRun]:
    """Open a batch with its workers and its folder; at the end everything is written."""
    installation.engine.partitions()  # an engine that does not answer is told before any work is done
    batch = begin_batch(installation.store, collection, principal.id)
    with _open_run(installation, principal, BatchLog(installation.store, batch, on_event), workers, limits) as run:
        yield run
    finish_batch(installation.store, batch)


@contextmanager
def _open_run(
    installation: Installation,
    principal: Principal,
    outcomes: BatchLog,
    workers: int = 0,
    limits: Limits = USUAL_LIMITS,
) -> Iterator[IngestRun]:
    """Finish what a killed process left of deletions and open a run; at its end everything pending is processed."""
    finish_removals(installation.store, installation.engine)
    with work_folder(installation.settings.home) as scratch, Workers(workers, limits, WORKER_MODULES) as pool:
        run = IngestRun(installation, installation.engine, principal, outcomes, Dispatch(installation, pool, scratch))
        yield run
        run.finish()


def new_collection(name: str) -> Collection:
    """A collection that is named for the first time holds an authority's files, unless it is ``public``."""
    return Collection(name, name, "" if name == "public" else name)
