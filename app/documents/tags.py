"""Changes of tags, by those who may correct the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexing.access import Principal
from indexing.analysis.folding import fold
from indexing.installation import Installation
from indexing.store.reading import Selection
from indexing.store.tags import clean_tag, tag_counts, tags_of, write_tags


def tags_written(written: str) -> tuple[str, ...]:
    """Return the tags of a field in which they are separated by commas."""
    return tuple(part for part in written.split(",") if part.strip())


def change_tags(
    installation: Installation,
    principal: Principal,
    document_ids: Sequence[str],
    added: Iterable[str],
    removed: Iterable[str],
) -> None:
    """Add tags to all documents and remove tags from all; the caller has checked that ``principal`` may correct them.

    A tag that differs from one of the collection only in case or accents is written like that one. Raises
    ``indexing.bad_tag`` and ``indexing.too_many_tags``; nothing is changed then.
    """
    store = installation.store
    access = store.access(principal)
    new, gone = [clean_tag(tag) for tag in added], {fold(tag) for tag in removed}
    collections = {document: store.document(access, document).collection for document in document_ids}
    known = {
        collection: {fold(tag): tag for tag, _ in tag_counts(store, access, Selection(collection=collection))}
        for collection in set(collections.values())
    }
    present = tags_of(store, access, document_ids)
    write_tags(
        store,
        {document: [known[collections[document]].get(fold(tag), tag) for tag in new] for document in document_ids},
        {document: [tag for tag in present.get(document, ()) if fold(tag) in gone] for document in document_ids},
    )
