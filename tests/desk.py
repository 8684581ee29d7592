"""Installation whose documents are ingested one by one within this process, which is much faster than by workers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.alerts.alerts import alerts
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import mark_seen, notices
from app.requests.readings import StoredReading, readings_of, stored_reading, unread_requests
from app.requests.schema import READ_TYPES, REQUEST_TYPES
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.index_writing import write_prepared
from indexing.ingest.ingest import ingest as ingest_files
from indexing.ingest.ingest import new_collection
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import task_for
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.reading import Selection, Store
from indexing.store.schema import Status
from indexing.store.writing import Arrival, arrive, ensure_collection

LAW = """---
title: "Ley Nº 19574 - Ley integral contra el lavado de activos"
country: "uy"
official_type: "Ley"
official_number: "19574"
year: "2017"
in_force_from: "{start}"
---
# Ley Nº 19574

## Artículo 1

El que convierta dinero será castigado con {years} años de prisión.

{second}
"""
SECOND = "## Artículo 2\n\nEsta ley entra en vigor el día de su publicación."
LETTER = "Carta rogatoria. Los hechos constituyen lavado de activos, artículo 1 de la Ley 19574 del Uruguay."


def law(start: str, years: str, second: str = SECOND) -> str:
    return LAW.format(start=start, years=years, second=second)


def request_readings(store: Store, access: AccessFilter) -> Iterator[StoredReading]:
    """Yield every visible request document, newest first, with its stored reading; nothing is computed."""
    selections = [Selection(status=Status.INDEXED.value, document_type=kind) for kind in REQUEST_TYPES]
    documents = [document for selection in selections for document in store.every_document(access, selection)]
    rows = readings_of(store, documents)
    for document in sorted(documents, key=lambda one: (one.date or "", one.added.isoformat()), reverse=True):
        yield StoredReading(document, rows.get(document.id))


class Desk:
    """An installation, and the news of its principals."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.folder = folder
        self.installation = Installation(settings or Settings(folder / "home"))
        self.store = self.installation.store

    def write(self, name: str, text: str, collection: str = "public") -> Path:
        path = self.folder / collection / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ingest(self, name: str, text: str, collection: str = "public") -> None:
        ingest_files(self.installation, [self.write(name, text, collection)], IngestOptions(collection), workers=1)

    def bring(self, name: str, text: str, collection: str = "public", **hints: str) -> str:
        """Ingest a document as ``IngestRun`` does and return its id."""
        return self.bring_into("", name, text, collection, **hints)

    def bring_into(self, file: str, name: str, text: str, collection: str, *, parent: str = "", **hints: str) -> str:
        """Ingest a document of the case file ``file``, or one attached to ``parent``, and return its id."""
        store, path = self.store, self.write(name, text, collection)
        ensure_collection(store, new_collection(collection), LOCAL_USER)
        scratch = Path(tempfile.mkdtemp(dir=self.folder))
        original = store.originals.keep(path, scratch)
        place = Arrival(original.sha256, original.size, name, str(path), collection, file, parent, hints)
        document = arrive(store, place)
        prepared = prepare_in_worker(task_for(self.installation, document, scratch))
        write_prepared(self.installation, self.installation.engine, [(document, prepared)])
        shutil.rmtree(scratch)
        return document.id

    def read_requests(self) -> None:
        """Read the requests and annexes without a current reading, within this process."""
        access = self.store.access(LOCAL_USER)
        for one in unread_requests(self.store, access):
            stored_reading(self.store, access, one.id, READ_TYPES)

    def ids(self, principal: Principal = LOCAL_USER) -> dict[str, str]:
        """Return the ids of the documents that ``principal`` may see by their file names."""
        return {one.source: one.id for one in self.store.every_document(self.store.access(principal))}

    def news(self, principal: Principal, *, new: bool = True) -> list[tuple[str, str, str]]:
        """Evaluate the alerts and return (file, kind, unit) of their news."""
        evaluate_alerts(self.installation, principal)
        own = [one.id for one in alerts(self.store, principal)]
        found = notices(self.store, self.store.access(principal), principal, own, new=new)
        return sorted((one.document.source, one.kind, one.unit) for one in found)

    def seen(self, principal: Principal) -> None:
        mark_seen(self.store, principal)
