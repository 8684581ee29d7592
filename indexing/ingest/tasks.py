"""Task of a worker and its result: small plain data, large data as files."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import zstandard

from extraction.read import Member
from extraction.reading import Budget
from indexing.access import LOCAL_USER
from indexing.ingest.nesting import budget_for
from indexing.installation import Installation
from indexing.records.record import DocumentFacts, Record
from indexing.records.validity import Claim
from indexing.store.rows import ANNOTATED, CORRECTABLE, StoredDocument
from indexing.works.works import versions_beside
from nlp.annotations import Hints

WORKER_MODULES = ("indexing.ingest.preparation", "indexing.ingest.warm_worker")

_records = msgspec.msgpack.Decoder(list[Record])


@dataclass(frozen=True, slots=True)
class Task:
    """One document to prepare.

    Without ``read`` the text that the store has is taken. Annotations are made only where the store has none of the
    same text, ``hints`` and version of the pipelines. ``hints`` came with the file, but for a corrected type and
    country; ``facts`` have every correction.

    ``encoder`` is the folder of the model that is configured for vectors, None for the one that comes with Rogatio.
    ``beside`` are (SHA-256, document) of other versions of the law, with which it has most of its words in common.
    ``scratch`` is an empty folder of the task's own, for its records and the members that it unpacks; ``budget`` limits
    these.
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a task; ``records`` is the file of its records, None for a container without a text.

    ``text_sha256`` tells its text from any other.
    ``annotations`` is the fingerprint of what the annotations were made from, empty where there are none;
    ``annotation_version`` is the version of the pipelines that made them, ``encoder`` that of the vectors.
    ``claim`` is what a law's file says of when it is in force, None for every other kind.
    """

    facts: DocumentFacts
    records: Path | None = None
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
    installation: Installation, document: StoredDocument, scratch: Path, password: str = "", *, read: bool = True
) -> Task:
    """Return what a worker has to do for ``document``, with what people said of it up to its revision.

    Without ``read`` it starts from the text that the store has.
    """
    access = installation.store.access(LOCAL_USER)
    corrections = installation.store.corrections(access, document.id)
    made = [one for one in corrections if one.revision <= document.revision]
    corrected = {one.field: one.value for one in made if one.field in CORRECTABLE}
    annotated = {name: value for name, value in corrected.items() if name in ANNOTATED}
    said = Hints(**{**document.hints, **corrected})
    return Task(
        home=installation.settings.home,
        scratch=scratch,
        original=installation.store.originals.path(document.sha256),
        sha256=document.sha256,
        facts=document.facts(installation.store.collection(access, document.collection), said),
        hints=Hints(**{**document.hints, **annotated}),
        page_texts=installation.store.page_texts(access, document.id, document.revision),
        password=password,
        read=read,
        encoder=installation.settings.encoder,
        beside=versions_beside(installation.store, document.id),
        budget=budget_for(installation.store, document) if read else Budget(),
    )


def write_records(path: Path, made: Iterable[Record]) -> Path:
    """Write records to a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zstandard.compress(msgspec.msgpack.encode(list(made)), 1))
    return path


def read_records(path: Path) -> list[Record]:
    """Read what ``write_records`` wrote."""
    return _records.decode(zstandard.decompress(path.read_bytes()))


@contextmanager
def work_folder(home: Path) -> Iterator[Path]:
    """Give an empty folder for as long as the block runs."""
    work = home / "work"
    work.mkdir(exist_ok=True)
    _sweep(work)
    prefix = f"{socket.gethostname()}.{os.getpid()}."
    # what a program that outlives its worker still writes is left to the next sweep
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
