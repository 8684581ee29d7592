"""Passages granted without their documents: giving, taking, reading and searching them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.accounts.accounts import account as account_of
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.analysis.folding import fold
from indexing.analysis.lemmas import lemma
from indexing.analysis.tokens import analysed
from indexing.ingest.corrections import require_write
from indexing.search.query_tree import content_words
from indexing.store.passage_grants import (
    GrantedPassage,
    PassageGrant,
    grant_passage,
    granted_passages,
    passage_grants,
    revoke_passage,
)
from indexing.store.reading import Store
from indexing.store.schema import PassageGrantRow

MAX_NOTE = 300


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A granted passage, and the ranges of its text that match the query."""

    passage: GrantedPassage
    marks: tuple[tuple[int, int], ...] = ()


def share(
    store: Store, document_id: str, ranges: Iterable[tuple[int, int]], principal: Principal, name: str, note: str = ""
) -> None:
    """Grant ranges of a document that ``principal`` may change to the account ``name``.

    Ranges that only white space separates are granted as one. Raises ``indexing.no_such_document``,
    ``indexing.not_writable``, ``app.no_such_account`` and ``indexing.no_such_place``.
    """
    access = store.access(principal)
    require_write(store, access, store.document(access, document_id), principal)
    holder = account_of(store, name).id
    joined = _joined(store.text(access, document_id), ranges)
    if not joined:
        raise RogatioError("indexing.no_such_place")
    for start, end in joined:
        grant_passage(store, access, document_id, start, end, account=holder, author=principal.id, note=note[:MAX_NOTE])


def take_back(store: Store, document_id: str, start: int, end: int, principal: Principal, name: str) -> None:
    """Revoke the grant of a passage of a document that ``principal`` may change; raises ``app.no_such_grant``."""
    access = store.access(principal)
    require_write(store, access, store.document(access, document_id), principal)
    if not revoke_passage(store, name, document_id, start, end):
        raise RogatioError("app.no_such_grant", account=name[:64])


def shared(store: Store, access: AccessFilter, document_id: str) -> tuple[PassageGrant, ...]:
    """Return the grants of passages of a readable document."""
    document = store.document(access, document_id)
    return passage_grants(store, PassageGrantRow.document == document.id)


def own_passages(
    store: Store, access: AccessFilter, query: str = "", document_id: str = ""
) -> tuple[FoundPassage, ...]:
    """Return the passages granted to the principal of ``access`` that have all words of ``query``, in any form.

    Raises ``indexing.no_such_document`` where a document is named of which none is granted.
    """
    granted = granted_passages(store, access, document_id)
    if document_id and not granted:
        raise RogatioError("indexing.no_such_document", document=document_id)
    words = content_words(query)
    found = ((passage, _marks(passage, words)) for passage in granted)
    return tuple(FoundPassage(passage, marks) for passage, marks in found if marks is not None)


def _marks(passage: GrantedPassage, words: list[str]) -> tuple[tuple[int, int], ...] | None:
    """Return the ranges of the words in a passage, None if one of them is not there."""
    tokens = analysed(passage.text, passage.language)
    marks: list[tuple[int, int]] = []
    for word in words:
        plain, base = fold(word), lemma(word, passage.language)
        pairs = enumerate(zip(tokens.plain, tokens.lemmas, strict=True))
        places = [at for at, (form, own) in pairs if form == plain or own == base]
        if not places:
            return None
        marks += [(tokens.starts[at], tokens.ends[at]) for at in places]
    return tuple(sorted(set(marks)))


def _joined(text: str, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(ranges)):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
