"""Task of a worker and its result: small plain data, with large data in files; budget of nested containers."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import zstandard
from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from extraction.members import Budget
from extraction.read import Member
from indexing.access import Collection
from indexing.ingest.quarantine import screened_for
from indexing.installation import Installation
from indexing.records.record import DocumentFacts, Record
from indexing.records.validity import Claim
from indexing.store.entities import FoundEntity
from indexing.store.reading import Store
from indexing.store.rows import (
    ANNOTATED,
    CORRECTABLE,
    PAGE_TEXT,
    Correction,
    StoredDocument,
    collection_from,
    correction_from,
)
from indexing.store.schema import CollectionRow, CorrectionRow, DocumentRow, QuarantineReleaseRow
from indexing.works.works import neighbouring_versions
from nlp.annotations import Hints

WORKER_MODULES = ("indexing.ingest.preparation", "indexing.ingest.warm_worker")

_records = msgspec.msgpack.Decoder(list[Record])
_entities = msgspec.msgpack.Decoder(tuple[FoundEntity, ...])


@dataclass(frozen=True, slots=True)
class Task:
    """One document to prepare.

    Without ``read`` the stored text is used. Annotations are made only if none are stored for the same text, ``hints``
    and pipeline version. ``hints`` arrived with the file, with type and country as corrected; ``facts`` include all
    corrections. ``encoder`` is the folder of the configured embedding model, None for the bundled one. ``beside`` are
    (SHA-256, document id) of other expressions of the law, which share most passages. ``scratch`` is an empty folder
    for records and unpacked members; ``budget`` limits the latter. ``screened`` are the errors for which the document
    may be quarantined. With ``words_only`` no text is encoded: the records have vectors if all are stored, else none.
    """

    home: Path
    scratch: Path
    original: Path
    sha256: str
    facts: DocumentFacts
    hints: Hints = field(default_factory=Hints)
    page_texts: Mapping[int, str] = field(default_factory=dict)
    password: str = ""
    read: bool = True
    encoder: Path | None = None
    beside: tuple[tuple[str, str], ...] = ()
    budget: Budget = Budget()  # noqa: RUF009 (frozen)
    screened: frozenset[str] = frozenset()
    words_only: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """Result of a task; ``records`` is the file of its records and ``entities`` that of its entities.

    Both are None for a container without text.

    ``text_sha256`` is the digest of its text. ``annotations`` is the fingerprint of the inputs of the annotations,
    empty without any; ``annotation_version`` is the pipeline version, ``encoder`` the version that made the vectors.
    ``claim`` is the statement of a law's file about its period of validity, None for other types.
    """

    facts: DocumentFacts
    records: Path | None = None
    entities: Path | None = None
    pages: int = 0
    passages: int = 0
    media_type: str = ""
    reader: str = ""
    annotations: str = ""
    annotation_version: str = ""
    encoder: str = ""
    warnings: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    claim: Claim | None = None
    text_sha256: str = ""


def task_for(
    installation: Installation,
    document: StoredDocument,
    scratch: Path,
    password: str = "",
    *,
    read: bool = True,
    words_only: bool = False,
) -> Task:
    """Return the task for ``document`` with the corrections up to its revision.

    Without ``read`` it starts from the stored text. Raises ``indexing.no_such_document``.
    """
    store = installation.store
    with Session(store.database) as session:
        collection, released, corrections = _state(session, document)
        beside = neighbouring_versions(session, document.id)
    corrected = {each.field: each.value for each in corrections if each.field in CORRECTABLE}
    annotated = {name: value for name, value in corrected.items() if name in ANNOTATED}
    return Task(
        home=installation.settings.home,
        scratch=scratch,
        original=store.originals.path(document.sha256),
        sha256=document.sha256,
        facts=document.facts(collection, Hints(**{**document.hints, **corrected})),
        hints=Hints(**{**document.hints, **annotated}),
        page_texts={each.page: each.value for each in corrections if each.field == PAGE_TEXT},
        password=password,
        read=read,
        encoder=installation.settings.encoder,
        beside=beside,
        budget=budget_for(store, document) if read else Budget(),
        screened=screened_for(outermost_place(store, document)) if read and not released else frozenset(),
        words_only=words_only,
    )


def _state(session: Session, document: StoredDocument) -> tuple[Collection, bool, list[Correction]]:
    """Return the collection of a document, whether it was released from quarantine, and its corrections.

    Corrections are in order up to the revision of ``document``. Raises ``indexing.no_such_document``.
    """
    known = select(CollectionRow, QuarantineReleaseRow.document)
    known = known.join(DocumentRow, DocumentRow.collection == CollectionRow.id).where(DocumentRow.id == document.id)
    known = known.outerjoin(QuarantineReleaseRow, QuarantineReleaseRow.document == DocumentRow.id)
    made = select(CorrectionRow).where(CorrectionRow.document == document.id)
    made = made.where(CorrectionRow.revision <= document.revision).order_by(CorrectionRow.id)
    row = session.execute(known).one_or_none()
    if row is None:
        raise RogatioError("indexing.no_such_document", document=document.id)
    return collection_from(row[0]), row[1] is not None, list(map(correction_from, session.scalars(made)))


def write_records(path: Path, records: Iterable[Record]) -> Path:
    """Write records to ``path`` (msgpack, Zstandard) and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zstandard.compress(msgspec.msgpack.encode(list(records)), 1))
    return path


def read_records(path: Path) -> list[Record]:
    """Return the records of a file written by :func:`write_records`."""
    return _records.decode(zstandard.decompress(path.read_bytes()))


def write_entities(path: Path, entities: Sequence[FoundEntity]) -> Path:
    """Write entities to ``path`` (msgpack, Zstandard) and return it."""
    path.write_bytes(zstandard.compress(msgspec.msgpack.encode(entities), 1))
    return path


def read_entities(path: Path) -> tuple[FoundEntity, ...]:
    """Return the entities of a file written by :func:`write_entities`."""
    return _entities.decode(zstandard.decompress(path.read_bytes()))


@contextmanager
def work_folder(home: Path) -> Iterator[Path]:
    """Provide an empty folder for the duration of the context; folders of dead processes are removed."""
    work = home / "work"
    work.mkdir(exist_ok=True)
    _sweep(work)
    prefix = f"{socket.gethostname()}.{os.getpid()}."
    # files that a program writes after its worker has ended are left to the next sweep
    with tempfile.TemporaryDirectory(prefix=prefix, dir=work, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sweep(work: Path) -> None:
    for folder in work.glob(f"{socket.gethostname()}.*.*"):
        process = folder.name.split(".")[-2]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


WHOLE_BUDGET = Budget()  # budget of an outermost container


def budget_for(store: Store, document: StoredDocument) -> Budget:
    """Return the remaining unpacking budget of ``document``.

    It is the budget of its outermost container minus everything already unpacked from it, and minus one level for each
    container around ``document``. Members unpacked from ``document`` itself earlier are not counted. Raises
    ``indexing.no_such_document`` if it was deleted.
    """
    if not document.parent:
        return WHOLE_BUDGET
    with Session(store.database) as session:
        outermost, levels = _outermost(session, document.id)
        files, size = _unpacked(session, outermost, document.id)
    return Budget(
        max(0, WHOLE_BUDGET.files - files), max(0, WHOLE_BUDGET.size - size), max(0, WHOLE_BUDGET.levels - levels)
    )


def outermost_place(store: Store, document: StoredDocument) -> str:
    """Return the ``place`` of the outermost container of ``document``, its own if it has none."""
    if not document.parent:
        return document.place
    with Session(store.database) as session:
        outermost, _ = _outermost(session, document.id)
        return session.get_one(DocumentRow, outermost).place


def _outermost(session: Session, document_id: str) -> tuple[str, int]:
    """Return the id of the outermost container of a document, and the number of containers around it."""
    start = select(DocumentRow.id, DocumentRow.parent, literal(0).label("level")).where(DocumentRow.id == document_id)
    chain = start.cte("chain", recursive=True)
    above = select(DocumentRow.id, DocumentRow.parent, chain.c.level + 1).where(DocumentRow.id == chain.c.parent)
    chain = chain.union_all(above)
    row = session.execute(select(chain.c.id, chain.c.level).order_by(chain.c.level.desc()).limit(1)).one_or_none()
    if row is None:  # deleted in the meantime
        raise RogatioError("indexing.no_such_document", document=document_id)
    return row.id, row.level


def _unpacked(session: Session, outermost: str, leaving_out: str) -> tuple[int, int]:
    """Return number and total bytes of all nested members of a container, without those inside ``leaving_out``."""
    columns = select(DocumentRow.id, DocumentRow.size)
    tree = columns.where(DocumentRow.parent == outermost).cte("tree", recursive=True)
    tree = tree.union_all(columns.where(DocumentRow.parent == tree.c.id, DocumentRow.parent != leaving_out))
    row = session.execute(select(func.count(), func.coalesce(func.sum(tree.c.size), 0)).select_from(tree)).one()
    return row[0], row[1]
