"""Letters by a reference as a person writes it: "Ref. 123/2026", "n.º 123/2026", with any signs between its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.life.links import kind_of_letter
from app.requests.life.schema import RequestSummaryRow
from app.requests.search.schema import MAX_VALUE_LENGTH, RequestValueRow
from app.requests.search.values import compact, words
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, visible_documents
from indexing.store.schema import DocumentRow, Status

_REFERENCES = ("reference", "case")
MAX_REFERENCE = 200
"""Length of a reference that a person may write."""
_ID = re.compile(r"[0-9a-f]{24,32}")


def linked_letters(store: Store, access: AccessFilter, letter: str, request: str) -> tuple[str, str]:
    """Return the ids of a letter and the request to which it belongs, one of which may be given by a reference.

    Raises ``indexing.no_such_document`` where neither is an id, ``app.no_letter_with_reference`` and
    ``app.several_with_reference``, which names the ids to choose from.
    """
    if not _ID.fullmatch(letter):
        return _only_letter(store, access, request, letter, opens=False), request
    if not _ID.fullmatch(request):
        return letter, _only_letter(store, access, letter, request, opens=True)
    return letter, request


def _only_letter(store: Store, access: AccessFilter, beside: str, reference: str, *, opens: bool) -> str:
    found = letters_called(store, access, beside, reference, opens=opens)
    if len(found) > 1:
        raise RogatioError("app.several_with_reference", reference=reference[:60], letters=", ".join(found[:10]))
    return found[0]


def letters_called(store: Store, access: AccessFilter, beside: str, reference: str, *, opens: bool) -> list[str]:
    """Return what ``letters_with_reference`` does for a letter's id; raises ``app.no_letter_with_reference``."""
    found = letters_with_reference(store, access, store.document(access, beside), reference, opens=opens)
    if not found:
        raise RogatioError("app.no_letter_with_reference", reference=reference[:60])
    return found


def letters_with_reference(
    store: Store, access: AccessFilter, beside: StoredDocument, reference: str, *, opens: bool
) -> list[str]:
    """Return the ids of the other letters in the collection of ``beside`` with a reference, the newest first.

    These are the letters whose own reference it is; without one, those that cite it: the other side's number. Of
    several, those that open a request count (``opens``), or those that belong to one, if there are any: a reminder may
    have the reference of its request as its own.
    """
    wanted, row, about = set(writings(reference)), RequestValueRow, RequestSummaryRow
    query = (
        select(DocumentRow.id, about.reference, about.kind)
        .join(about, about.document == DocumentRow.id)
        .where(visible_documents(access), DocumentRow.status == Status.INDEXED)
        .where(DocumentRow.collection == beside.collection, DocumentRow.id != beside.id)
        .where(DocumentRow.id.in_(select(row.document).where(row.field.in_(_REFERENCES), row.value.in_(wanted))))
        .order_by(DocumentRow.date.desc(), DocumentRow.id)
    )
    with Session(store.database) as session:
        found = list(session.execute(query).tuples())
    found = [one for one in found if compact(one[1])[:MAX_VALUE_LENGTH] in wanted] or found
    found = [one for one in found if (not kind_of_letter(one[2])) == opens] or found
    return [document for document, _, _ in found]


def writings(reference: str) -> Iterator[str]:
    """Yield the normal forms of a reference: as it is written, and without the words before it that only announce it.

    Without a figure it is none.
    """
    named = words(reference)
    announcing: Set[str] = frozenset(load("app.request_words")["before_reference"])
    while named and any(map(str.isdigit, "".join(named))):
        yield compact(" ".join(named))[:MAX_VALUE_LENGTH]
        if named[0] not in announcing:
            return
        named = named[1:]
