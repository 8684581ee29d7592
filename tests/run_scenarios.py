"""Scenarios for the tests of killed and concurrent runs, and the state that must equal that of an undisturbed run."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from desk import law
from hashed_encoder import hashed_encoder
from sqlalchemy import select
from sqlalchemy.orm import Session

import indexing.vectors.encoder
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import Engine, VectorQuery
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.corrections import correct as correct_document
from indexing.ingest.corrections import delete as delete_document
from indexing.ingest.ingest import ingest, process_pending
from indexing.ingest.moves import move as move_documents
from indexing.ingest.reindexing import reindex
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.store.entities import EntityRow
from indexing.store.index_entries import pending
from indexing.store.reading import Selection
from indexing.store.schema import (
    CorrectionRow,
    DeletionRow,
    DocumentRow,
    ExpressionRow,
    IndexEntryRow,
    IndexRemovalRow,
    WorkRow,
)

COLLECTION = "files-of-uy"
PARTITION = f"authority-{COLLECTION}"
LETTER = "Carta rogatoria.\n\nSe solicita la declaración de {name} Larrañaga Bengoechea, nacida el 3 de mayo de 1971.\n"
CORRECTED = {
    "carta-a": ("title", "Exhorto 7"),
    "carta-b": ("jurisdiction", "AR"),
    "carta-c": ("page_text", "Sin efecto la carta rogatoria."),
}
DELETED = ("carta-a", "caso", "ley-2015")
MOVED = ("carta-a", "caso")
MOVED_TO = "files-of-ar"

Act: TypeAlias = Callable[[Installation, Path], Any]


@dataclass(frozen=True)
class Scenario:
    """What an installation is asked to do, and what a person does who finds that it did not get to the end.

    ``begin`` makes what is there before.
    """

    begin: Act
    act: Act
    resume: Act


def nothing(installation: Installation, folder: Path) -> None:
    """Leave the installation as it is."""


def take_in(installation: Installation, folder: Path) -> None:
    ingest(installation, [folder], IngestOptions(COLLECTION))


def rebuild(installation: Installation, folder: Path) -> None:
    with_encoder("next")
    reindex(installation)


def take_in_with_next_encoder(installation: Installation, folder: Path) -> None:
    with_encoder("next")
    take_in(installation, folder)


def correct(installation: Installation, folder: Path) -> None:
    access = installation.store.access(LOCAL_USER)
    for name, document in by_name(installation).items():
        if name in CORRECTED and not installation.store.corrections(access, document):
            column, value = CORRECTED[name]
            correct_document(installation, document, {column: value}, page=int(column == "page_text"))


def delete(installation: Installation, folder: Path) -> None:
    for name, document in by_name(installation).items():
        if name in DELETED:
            with suppress(RogatioError):  # another process has deleted it
                delete_document(installation, document)


def move(installation: Installation, folder: Path) -> None:
    chosen = [document for name, document in by_name(installation).items() if name in MOVED]
    move_documents(installation, chosen, MOVED_TO, "7")


def then_pending(act: Act) -> Act:
    def resumed(installation: Installation, folder: Path) -> None:
        act(installation, folder)
        process_pending(installation)

    return resumed


SCENARIOS = {
    "ingest": Scenario(nothing, take_in, take_in),
    "reindex": Scenario(take_in, rebuild, rebuild),
    "reindex_then_ingest": Scenario(take_in, rebuild, take_in_with_next_encoder),
    "correction": Scenario(take_in, correct, then_pending(correct)),
    "deletion": Scenario(take_in, delete, then_pending(delete)),
    "move": Scenario(take_in, then_pending(move), then_pending(move)),
}


def write_files(folder: Path) -> None:
    """Write letters, one of them twice, a package, a file that is none, and two versions of a law."""
    folder.mkdir()
    for name in "abc":
        (folder / f"carta-{name}.txt").write_text(LETTER.format(name=f"Ana{name} María"))
    (folder / "copia.txt").write_bytes((folder / "carta-a.txt").read_bytes())
    (folder / "roto.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "antes-2010.md").write_text(law("2010-02-01", "cinco"))  # written before it is known what ends it
    (folder / "ley-2015.md").write_text(law("2015-03-01", "ocho"))
    with zipfile.ZipFile(folder / "caso.zip", "w") as package:
        for name in ("Olga", "Inés"):
            package.writestr(zipfile.ZipInfo(f"{name}.txt", (2020, 1, 1, 0, 0, 0)), LETTER.format(name=name))


def by_name(installation: Installation) -> dict[str, str]:
    access = installation.store.access(LOCAL_USER)
    found = installation.store.every_document(access, Selection(collection=COLLECTION))
    return {Path(one.source).stem: one.id for one in found if not one.duplicate_of}


def with_encoder(name: str) -> None:
    made = hashed_encoder(name, dimensions=32)
    indexing.vectors.encoder._open = lambda folder, configured: made  # type: ignore[assignment]


def state(installation: Installation) -> dict[str, Any]:
    """Return all that must be the same however often a run was interrupted."""
    engine = installation.engine
    with Session(installation.store.database) as session:
        columns = (
            "place", "collection", "case_file",
            "title", "document_type", "jurisdiction", "date", "language", "status", "error", "passages",
            "duplicate_of", "revision", "processed_revision", "annotations", "validity", "text_sha256", "hints",
        )  # fmt: skip
        rows = session.scalars(select(DocumentRow).order_by(DocumentRow.id)).all()
        documents = {row.id: {name: getattr(row, name) for name in columns} for row in rows}
        entities = session.scalars(select(EntityRow))
        corrections = session.scalars(select(CorrectionRow))
        expressions = session.scalars(select(ExpressionRow).where(ExpressionRow.known_to.is_(None)))
        lines = session.scalars(select(DeletionRow))
        in_database = {
            "documents": documents,
            "entities": sorted([one.document, one.label, one.name, one.places] for one in entities),
            "corrections": sorted([one.document, one.field, one.value] for one in corrections),
            "versions": sorted([one.document, one.work, one.start, one.end] for one in expressions),
            "works": sorted([one.id, one.changed is None] for one in session.scalars(select(WorkRow))),
            "deletions": sorted([one.document, one.files_left] for one in lines),
            "removals": [one.document for one in session.scalars(select(IndexRemovalRow))],
            "entries": sorted(
                [one.document, one.revision, one.encoder, one.validity, one.generation == engine.generation(PARTITION)]
                for one in session.scalars(select(IndexEntryRow))
            ),
        }
    named = {f"annotations-{document}-{one['annotations']}.json.zst" for document, one in documents.items()}
    return in_database | {
        "pending": pending(installation.store, engine.name, COLLECTION, engine.generation(PARTITION)),
        "index": indexed(engine, list(documents)),
        "moved": engine.count(f"authority-{MOVED_TO}") if engine.generation(f"authority-{MOVED_TO}") else 0,
        "in force": sorted(hit.source for hit in search(installation, SearchRequest("dinero", mode="words")).hits),
        "files": files(installation.settings.home, named),
    }


def files(home: Path, annotations: set[str]) -> list[str]:
    """Return the files of an installation; of annotations only those that a document names.

    Superseded ones stay, after a kill behind the commit, until the document is processed again or deleted.
    """
    found = (path for part in ("originals", "derived", "work") for path in (home / part).rglob("*") if path.is_file())
    return sorted(
        str(path.relative_to(home))
        for path in found
        if path.name in annotations or not path.name.startswith("annotations-")
    )


def indexed(engine: Engine, documents: list[str]) -> list[Any]:
    """Return what the engine holds: scopes as they are shown, vectors by encoder, records by document."""
    plan = Plan(PARTITION, (COLLECTION,), Everything(), limit=500)
    shown = sorted((one.shown for one in engine.search(plan).ranked), key=lambda one: one.id)
    held = [[one.id, one.title, one.document_type, one.jurisdiction, one.date, one.text] for one in shown]
    vector = hashed_encoder("any", dimensions=32).query("declaración de la testigo")
    close = {
        name: sorted([one.passage.id, round(one.score, 4)] for one in engine.closest(plan, VectorQuery(name, vector)))
        for name in ("first@1", "next@1")
    }
    counts = [[document, engine.count(PARTITION, [document])] for document in documents]
    return [held, close, counts, engine.count(PARTITION)]
