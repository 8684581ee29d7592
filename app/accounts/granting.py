"""Grants of what an administrator names (authority, case file, document, passage), and rules of case files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.accounts import AUTHORITY, CASE_FILE, DOCUMENT, PASSAGE, Grant, place_of
from app.accounts.schema import GrantRow
from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.store.database import insert
from indexing.store.reading import Store
from indexing.store.schema import CaseFileRuleRow, CollectionRow, DocumentRow
from indexing.store.writing import writing


def case_file_grant(store: Store, case_file: str, collections: Sequence[str] = (), *, must_exist: bool = True) -> Grant:
    """Return the grant of a case file by its reference, in one of ``collections`` if any are given.

    Where some collections have documents of it, those with no more than a rule for it are left out. Raises
    ``app.no_such_case_file`` if no collection has it, ``app.ambiguous_case_file`` if several have, and with
    ``must_exist`` ``app.no_such_authority`` for a file of a collection that there is not.
    """
    case_file = known_case_file(store, case_file)
    if not case_file:
        raise RogatioError("app.no_such_case_file", case_file="")
    filled = collections_with(store, case_file, ruled=False) or collections_with(store, case_file)
    found = [collection for collection in filled if not collections or collection in collections]
    if not found and len(collections) == 1:
        found = list(collections)
        if must_exist:
            _require_authority(collections[0], _collection(store, collections[0]))
    if not found:
        raise RogatioError("app.no_such_case_file", case_file=case_file[:200])
    if len(found) > 1:
        raise RogatioError("app.ambiguous_case_file", case_file=case_file[:200], collections=", ".join(found))
    return Grant(CASE_FILE, found[0], case_file)


def document_grant(store: Store, document_id: str) -> Grant:
    """Return the grant of one document; raises ``indexing.no_such_document``."""
    document = store.document(store.access(LOCAL_USER), document_id)
    return Grant(DOCUMENT, document.collection, document.id)


def passage_grant(store: Store, place: str) -> Grant:
    """Return the grant of a passage, in the form of ``PLACE``.

    Raises ``indexing.no_such_place`` for another form and ``indexing.no_such_document``.
    """
    granted = Grant(PASSAGE, "", place)
    store.document(store.access(LOCAL_USER), place_of(granted)[0])
    return granted


def authority_grant(store: Store, collection: str, *, must_exist: bool = True) -> Grant:
    """Return the grant of an authority's files; raises ``app.public_is_no_authority`` and ``app.no_such_authority``.

    Without ``must_exist`` an unknown authority is no error, so that the answer does not tell whether there is one.
    """
    collection = collection.strip()
    row = _collection(store, collection)
    if collection == "public" or (row is not None and not row.authority):
        raise RogatioError("app.public_is_no_authority", collection=collection)
    if must_exist:
        _require_authority(collection, row)
    return Grant(AUTHORITY, collection)


def _collection(store: Store, collection: str) -> CollectionRow | None:
    with Session(store.database) as session:
        return session.get(CollectionRow, collection)


def _require_authority(collection: str, row: CollectionRow | None) -> None:
    if row is None:
        raise RogatioError("app.no_such_authority", collection=collection[:64])


def restrict_case_file(store: Store, collection: str, case_file: str, *, restricted: bool) -> None:
    """Restrict a case file to accounts with an explicit grant, or lift the restriction."""
    _set_rule(store, collection, case_file, restricted=restricted)


def hold_case_file(store: Store, collection: str, case_file: str, *, held: bool) -> None:
    """Put a case file under legal hold, so that none of its documents can be deleted, or release it."""
    _set_rule(store, collection, case_file, held=held)


def _set_rule(store: Store, collection: str, case_file: str, **rule: bool) -> None:
    values = {"restricted": False, "held": False} | rule
    place = [CaseFileRuleRow.collection, CaseFileRuleRow.case_file]
    with writing(store) as session:
        row = insert(session, CaseFileRuleRow).values(collection=collection, case_file=case_file, **values)
        session.execute(row.on_conflict_do_update(index_elements=place, set_=rule))


def known_case_file(store: Store, case_file: str) -> str:
    """Return a reference as it is stored: as it was typed if a collection has it so, else in one line.

    Blanks are none: otherwise they would name all documents that have no case file.
    """
    named = one_line(case_file)
    return case_file if named and collections_with(store, case_file) else named


def collections_with(store: Store, case_file: str, *, ruled: bool = True) -> list[str]:
    """Return the collections that have documents of a case file or, if ``ruled``, a rule for it."""
    documents = select(DocumentRow.collection).where(DocumentRow.case_file == case_file)
    rules = select(CaseFileRuleRow.collection).where(CaseFileRuleRow.case_file == case_file)
    with Session(store.database) as session:
        found = set(session.scalars(documents.distinct()))
        return sorted(found | set(session.scalars(rules)) if ruled else found)


def authority_collections(store: Store) -> list[str]:
    """Return the collections of authorities that have files, or that an account has a grant for."""
    filled = select(CollectionRow.id).where(CollectionRow.authority != "")
    granted = select(GrantRow.collection).where(GrantRow.kind == AUTHORITY)
    with Session(store.database) as session:
        return sorted(set(session.scalars(filled)) | set(session.scalars(granted)))
