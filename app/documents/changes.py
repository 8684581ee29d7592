"""Changes of several documents at once: fields, collection, case file, and release from quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.collection_names import collection_name
from app.documents.tags import change_tags
from app.requests.derived import forget_derived
from app.uploads import job_records
from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.corrections import enter_corrections, require_write
from indexing.ingest.moves import move
from indexing.ingest.quarantine import release
from indexing.installation import Installation
from indexing.search.query_fields import known_value
from indexing.store.rows import CORRECTABLE

MAX_DOCUMENTS = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """``fields`` are those of ``CORRECTABLE``; ``collection`` and ``case_file`` are None if unchanged.

    ``added_tags`` and ``removed_tags`` are of all documents.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    collection: str | None = None
    case_file: str | None = None
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()

    @property
    def tags(self) -> bool:
        """Return whether tags are added or removed."""
        return bool(self.added_tags or self.removed_tags)

    @property
    def moves(self) -> bool:
        """Return whether documents go to another collection or case file."""
        return self.collection is not None or self.case_file is not None


@dataclass(frozen=True, slots=True)
class Moved:
    """The documents that were moved, and the collections that they left and came to, where these differ."""

    documents: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()

    @property
    def audited(self) -> Mapping[str, list[str]]:
        """Return the collections as objects of an entry of the audit trail, empty if none was left."""
        return {"moved_from": list(self.left), "moved_to": list(self.entered)} if self.left else {}


def change_documents(
    installation: Installation, document_ids: Sequence[str], changes: Changes, principal: Principal = LOCAL_USER
) -> Moved:
    """Change documents and return those moved; ``process_pending`` applies the changes to the index.

    Everything is checked before anything is changed. A move within several collections keeps each document in its own
    where only the case file is given. Raises ``app.no_changes``, ``app.too_many_documents``, ``app.bad_collection``,
    ``indexing.unknown_value``, ``indexing.not_correctable``, and what ``change_tags`` and
    ``indexing.ingest.moves.move`` do.
    """
    ids = tuple(dict.fromkeys(document_ids))
    _check(installation, ids, changes, principal)
    if changes.tags:
        change_tags(installation, principal, ids, changes.added_tags, changes.removed_tags)
    for document_id in ids if changes.fields else ():
        enter_corrections(installation, document_id, changes.fields, principal)
    return _move(installation, ids, changes, principal) if changes.moves else Moved()


def release_documents(installation: Installation, document_ids: Sequence[str], principal: Principal) -> None:
    """Release documents from quarantine; ``process_pending`` reads them.

    Raises ``indexing.no_such_document``, ``indexing.not_writable`` and ``indexing.not_quarantined``.
    """
    store = installation.store
    access = store.access(principal)
    documents = [store.document(access, document_id) for document_id in document_ids]
    for document in documents:
        require_write(store, access, document, principal)
    for document in documents:
        release(store, document, principal.id, installation.engine.name)


def _check(installation: Installation, ids: Sequence[str], changes: Changes, principal: Principal) -> None:
    if not ids or not (changes.fields or changes.moves or changes.tags):
        raise RogatioError("app.no_changes")
    if len(ids) > MAX_DOCUMENTS:
        raise RogatioError("app.too_many_documents", most=MAX_DOCUMENTS)
    if changes.collection is not None:
        collection_name(changes.collection)
    for name, value in changes.fields.items():
        if name not in CORRECTABLE:
            raise RogatioError("indexing.not_correctable", field=name)
        known_value(name, value)
    store = installation.store
    access = store.access(principal)
    for document_id in ids:
        require_write(store, access, store.document(access, document_id), principal)


def _move(installation: Installation, ids: Sequence[str], changes: Changes, principal: Principal) -> Moved:
    """Move documents, grouped by target; their names are removed from the uploads of the former collection."""
    store, moved = installation.store, list[str]()
    access = store.access(principal)
    by_place: dict[tuple[str, str], list[str]] = {}
    left, entered = set[str](), set[str]()
    for document in (store.document(access, document_id) for document_id in ids):
        collection = document.collection if changes.collection is None else changes.collection
        # a case file belongs to its authority: in another collection the document has none unless it is named
        kept = document.case_file if collection == document.collection else ""
        case_file = kept if changes.case_file is None else one_line(changes.case_file)
        if (collection, case_file) != (document.collection, document.case_file):
            by_place.setdefault((collection, case_file), []).append(document.id)
        if collection != document.collection:
            left.add(document.collection)
            entered.add(collection)
    for (collection, case_file), some in by_place.items():
        moved += move(installation, some, collection, case_file, principal, forget_derived)
    job_records.forget(store, moved)
    return Moved(tuple(moved), tuple(sorted(left)), tuple(sorted(entered)))
