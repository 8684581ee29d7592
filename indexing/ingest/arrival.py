"""A file's bytes are kept and it is entered in the store, before anything is read of it."""

from __future__ import annotations

from pathlib import Path

from extraction.errors import RogatioError
from extraction.read import Member
from indexing.ingest.incoming import Incoming, IngestOptions, printable
from indexing.store.entering import Arrival, arrive
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.works.entry import enter


def keep(store: Store, file: Incoming, scratch: Path, parent: str = "") -> StoredDocument:
    """Return the document that ``file`` is now; ``scratch`` is a folder on the disk of the store.

    Raises ``indexing.link_leads_out``, or why the bytes could not be read.
    """
    if file.leads_out:
        raise RogatioError("indexing.link_leads_out")
    original = store.originals.keep(file.path, scratch)
    document = arrive(store, _arrival(file, parent, original.sha256, original.size))
    if file.version:
        enter(store, {document.id: file.version})
    return document


def keep_lost(store: Store, file: Incoming, parent: str) -> StoredDocument:
    """Enter a member of which there are no bytes, so that it is listed as what it was."""
    return arrive(store, _arrival(file, parent, "", 0))


def incoming_member(parent: StoredDocument, member: Member, password: str) -> Incoming:
    """Return what a worker unpacked as a file that comes in beside its ``parent``."""
    options = IngestOptions(parent.collection, parent.case_file, password=password)
    return Incoming(member.path or Path(), printable(Path(member.name).name), printable(member.name), options)


def _arrival(file: Incoming, parent: str, sha256: str, size: int) -> Arrival:
    return Arrival(
        sha256=sha256,
        size=size,
        source=file.name,
        place=file.place,
        collection=file.options.collection,
        case_file=file.options.case_file,
        parent=parent,
        hints=file.options.hints,
        version=file.version is not None,
    )
