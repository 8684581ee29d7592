"""Bundle of a set of documents: originals, what is recorded of each, and the readings of requests."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.documents.json_form import document_json
from app.evidence.bag import Bag, BagFile
from app.evidence.provenance import ProvenFile, provenance
from app.exports.report import file_name, printable
from app.exports.words import moment, words
from app.labels import person_in
from app.requests.json_form import whole_request
from app.requests.schema import REQUEST_TYPES
from app.requests.use_limitations import use_limitations
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Selection, Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status

LIMITATIONS = "use-limitations.txt"
MAX_DOCUMENTS = 500
MAX_SIZE = 1 << 30
"""Maximum number of documents of a bundle, and of bytes of their originals."""

LARGE_SIZE = 64 << 20
"""Bytes of originals from which a bundle is made in the background only: it takes a minute and more."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """Who makes a bundle, when, and the language of its headings."""

    author: str
    when: datetime.datetime
    language: str


def document_bundle(store: Store, access: AccessFilter, chosen: Sequence[StoredDocument], exporter: Exporter) -> Bag:
    """Return the bundle of the documents of ``with_attachments``, as ``access`` allows.

    Raises ``app.bundle_too_large`` if their originals have more than ``MAX_SIZE`` bytes.
    """
    originals = list(original_files(store, access, chosen))
    records = BagFile("documents.json", _json([document_json(document) for document in chosen]))
    made = [(records, [document.id for document in chosen]), *_readings(store, access, chosen, exporter.language)]
    made += _limitations(store, access, chosen, exporter.language)
    title = words("bundle_of_documents", exporter.language, count=len(chosen))
    return bag_of(title, originals, made, exporter, _name_of(chosen))


def _name_of(chosen: Sequence[StoredDocument]) -> str:
    """Return the case file that documents share, else the name of the first's file."""
    cases = {document.case_file for document in chosen}
    shared = cases.pop() if len(cases) == 1 else ""
    return shared or next((Path(document.source).stem for document in chosen), "")


def is_large(documents: Iterable[StoredDocument]) -> bool:
    """Return whether the bundle of documents is made in the background only."""
    return sum(document.size for document in documents) >= LARGE_SIZE


def bag_of(
    title: str,
    originals: Iterable[tuple[BagFile, StoredDocument]],
    made: Sequence[tuple[BagFile, Sequence[str]]],
    exporter: Exporter,
    stem: str = "",
) -> Bag:
    """Return a bag of ``originals`` and of files ``made`` from them, each with the ids of its documents.

    Its name begins with ``stem``, which tells more than the number of documents in ``title``.
    """
    kept = list(originals)
    proven = [
        *(ProvenFile(file.path, file.sha256, document=document) for file, document in kept),
        *(ProvenFile(file.path, file.sha256, sources=sources) for file, sources in made),
    ]
    language = exporter.language
    who, when = person_in(language, exporter.author), moment(exporter.when, language)
    info = [
        ("External-Description", title),
        ("Contact-Name", who),
        ("Rogatio-Exported", exporter.when.isoformat(timespec="seconds")),
    ]
    return Bag(
        name=Path(file_name(f"{stem[:40]} {title} {exporter.when.date()}", "zip")).stem,
        made=exporter.when,
        files=[*(file for file, _ in made), *(file for file, _ in kept)],
        info=info,
        provenance=provenance(exporter.author, exporter.when, proven),
        readme=words("bundle_readme", language, title=title, who=who, when=when),
    )


def original_files(
    store: Store, access: AccessFilter, documents: Iterable[StoredDocument]
) -> Iterator[tuple[BagFile, StoredDocument]]:
    """Yield the original of each document that has bytes of its own; raises ``app.bundle_too_large``."""
    size = 0
    for number, document in enumerate(documents, 1):
        try:
            path = store.original(access, document.id)
        except RogatioError as error:
            if error.code != "indexing.no_original":
                raise
            continue
        size += document.size
        if size > MAX_SIZE:
            raise RogatioError("app.bundle_too_large", most=MAX_DOCUMENTS, mebibytes=MAX_SIZE >> 20)
        stem, dot, extension = document.source.rpartition(".")
        name = file_name(stem if dot else document.source, "")[:-1]
        suffix = f".{extension}" if dot and extension.isascii() and extension.isalnum() else ""
        yield BagFile(f"originals/{number:03}-{name}{suffix}", path), document


def with_attachments(store: Store, access: AccessFilter, documents: Sequence[str]) -> list[StoredDocument]:
    """Return documents (ids) and their attachments.

    Raises ``indexing.no_such_document``, ``app.no_documents_chosen``, and ``app.bundle_too_large`` beyond
    ``MAX_DOCUMENTS``.
    """
    if not documents:
        raise RogatioError("app.no_documents_chosen")
    found: dict[str, StoredDocument] = {}
    for document_id in documents:
        document = store.document(access, document_id)
        attached = store.documents(access, Selection(parent=document.id), limit=MAX_DOCUMENTS + 1)
        found |= {one.id: one for one in (document, *attached)}
        if len(found) > MAX_DOCUMENTS:
            raise RogatioError("app.bundle_too_large", most=MAX_DOCUMENTS, mebibytes=MAX_SIZE >> 20)
    return list(found.values())


def _readings(
    store: Store, access: AccessFilter, documents: Iterable[StoredDocument], language: str
) -> Iterator[tuple[BagFile, Sequence[str]]]:
    for document in documents:
        if document.document_type in REQUEST_TYPES and document.status is Status.INDEXED:
            content = _json(whole_request(store, access, document.id, language))
            yield BagFile(f"requests/{document.id}.json", content), [document.id]


def _limitations(
    store: Store, access: AccessFilter, documents: Iterable[StoredDocument], language: str
) -> Iterator[tuple[BagFile, Sequence[str]]]:
    """Yield the use limitations of the letters as a text file, nothing where none states any."""
    stated = use_limitations(store, access, [document.id for document in documents])
    if stated:
        heading = words("use_limitation", language)
        text = "\n\n".join((heading, *(printable(f"{one.title}\n{one.text}") for one in stated)))
        yield BagFile(LIMITATIONS, f"{text}\n".encode()), list(dict.fromkeys(one.document for one in stated))


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
