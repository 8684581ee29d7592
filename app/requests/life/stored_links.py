"""Links between letters in the store: proposals, refreshed with each reading, and decisions of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, delete, func, or_, select, tuple_, union
from sqlalchemy.orm import Session, aliased

from app.requests.decided_fields import decided_proposals
from app.requests.decisions import decision_history
from app.requests.life.links import (
    CONFIRMED,
    FOLLOW_UP,
    KINDS,
    TRANSLATION,
    LetterMarks,
    Link,
    compared,
    letter_marks,
)
from app.requests.life.schema import ProposedLinkRow, RequestLinkRow
from app.requests.schema import RequestReadingRow
from app.requests.search.schema import RequestValueRow
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow, Status

_MAX_COMPARED = 300
"""Letters of one collection that share a number, of which more are compared with no new one."""
_MAX_PROPOSED = 3
_BELONGING = tuple(kind for kind in KINDS if kind != FOLLOW_UP)
_NUMBERS = ("reference", "identifier", "case")


def refresh_links(session: Session, document: DocumentRow, own: LetterMarks) -> None:
    """Write the links that are proposed of a letter in place of those held; its search values are written already."""
    row = ProposedLinkRow
    session.execute(delete(row).where(or_(row.letter == document.id, row.request == document.id)))
    for other in _candidates(session, document):
        for link in (compared(own, other), compared(other, own)):
            if link:
                session.add(
                    row(
                        letter=link.letter,
                        request=link.request,
                        kind=link.kind,
                        reasons=list(link.reasons),
                        confidence=link.confidence,
                    )
                )


def _candidates(session: Session, document: DocumentRow) -> Iterator[LetterMarks]:
    """Yield the letters of the same collection that share a number or the case file."""
    own, other = aliased(RequestValueRow), aliased(RequestValueRow)
    shared = (
        select(other.document)
        .join(own, and_(own.field == other.field, own.value == other.value))
        .where(own.document == document.id, own.field.in_(_NUMBERS), other.document != document.id)
    )
    query = (
        select(DocumentRow, RequestReadingRow)
        .join(RequestReadingRow, RequestReadingRow.document == DocumentRow.id)
        .where(DocumentRow.id.in_(shared), DocumentRow.collection == document.collection)
        .order_by(DocumentRow.date.desc(), DocumentRow.id)
        .limit(_MAX_COMPARED)
    )
    for found, reading in session.execute(query).all():
        newest = {decision.proposal: decision for decision in decision_history(session, found.id)}
        yield letter_marks(found, reading.reading, decided_proposals(reading.reading, newest))


def links_of(store: Store, access: AccessFilter, documents: Iterable[str]) -> list[Link]:
    """Return the links of which one of ``documents`` is the letter or the request, with the decision on each.

    Both letters of a link may be seen. Of what is proposed for a letter only the best three count, and what people
    decided; nothing is proposed with a translation but its original, to which the other letters belong.
    """
    wanted = set(documents)
    if not wanted:
        return []
    row = ProposedLinkRow
    letters = select(row.letter).where(or_(row.letter.in_(wanted), row.request.in_(wanted)))
    with Session(store.database) as session:
        links = _with_decisions(session, access, row.letter.in_(letters), _of(wanted))
    return [link for link in links if link.letter in wanted or link.request in wanted]


def links_of_letters(session: Session, access: AccessFilter, letters: Select[tuple[str]]) -> list[Link]:
    """Return the links, as ``links_of`` does, of the letters whose ids a query selects."""
    return _with_decisions(session, access, ProposedLinkRow.letter.in_(letters), RequestLinkRow.letter.in_(letters))


def all_links(store: Store, access: AccessFilter) -> list[Link]:
    """Return every link that may be seen, the best first."""
    with Session(store.database) as session:
        links = _with_decisions(session, access)
    return sorted(links, key=lambda link: (-link.confidence, link.letter, link.request))


def undecided_links(store: Store, access: AccessFilter) -> list[Link]:
    """Return the undecided proposed links, best first."""
    return [link for link in all_links(store, access) if not link.verdict]


def confirmed_kinds(session: Session, request: str) -> set[str]:
    """Return as what letters belong to a request by the decisions of people."""
    decided = _decided(session, RequestLinkRow.request == request)
    return {link.kind for link in decided.values() if link.verdict == CONFIRMED}


def confirmed_letters(session: Session, kind: str) -> set[str]:
    """Return the letters that people linked with a request as ``kind``."""
    decided = _decided(session, RequestLinkRow.kind == kind)
    return {link.letter for link in decided.values() if link.verdict == CONFIRMED}


def linked_letters(kinds: Collection[str] = _BELONGING) -> Subquery:
    """Return the letters that belong to a request as one of ``kinds``, with the columns letter and request.

    Proposals on which nobody decided count, and links that people confirmed; formal requests that follow another only
    if ``kinds`` names them.
    """
    held, decided = ProposedLinkRow, RequestLinkRow
    newest = decided.id.in_(select(func.max(decided.id)).group_by(decided.letter, decided.request))
    pairs = select(decided.letter, decided.request).where(newest)
    proposed = select(held.letter, held.request).where(held.kind.in_(kinds))
    return union(
        proposed.where(tuple_(held.letter, held.request).not_in(pairs)),
        pairs.where(decided.verdict == CONFIRMED, decided.kind.in_(kinds)),
    ).subquery()


def translations(access: AccessFilter) -> Select[tuple[str]]:
    """Select the letters that are the translation of a letter that may be seen, which is the request."""
    pairs = linked_letters((TRANSLATION,))
    visible = select(DocumentRow.id).where(visible_documents(access)).correlate(None)
    return select(pairs.c.letter).where(pairs.c.request.in_(visible))


def is_translation(store: Store, access: AccessFilter, letter: str) -> bool:
    """Return whether a letter is the translation of another one that may be seen."""
    with Session(store.database) as session:
        found = select(DocumentRow.id).where(DocumentRow.id == letter, DocumentRow.id.in_(translations(access)))
        return session.scalar(found) is not None


def _of(documents: Collection[str]) -> ColumnElement[bool]:
    return or_(RequestLinkRow.letter.in_(documents), RequestLinkRow.request.in_(documents))


def _with_decisions(
    session: Session,
    access: AccessFilter,
    proposed: ColumnElement[bool] | None = None,
    of: ColumnElement[bool] | None = None,
) -> list[Link]:
    visible = select(DocumentRow.id).where(visible_documents(access), DocumentRow.status == Status.INDEXED)
    held = ProposedLinkRow
    translated = translations(access)
    original = or_(held.kind == TRANSLATION, and_(held.letter.not_in(translated), held.request.not_in(translated)))
    both = [held.letter.in_(visible), held.request.in_(visible), original]
    columns = (held.letter, held.request, held.kind, held.reasons, held.confidence)  # many rows: no objects of the ORM
    rows = session.execute(select(*columns).where(*both, *([] if proposed is None else [proposed])))
    links = {(link.letter, link.request): link for link in _best(map(_proposed, rows))}
    both = [RequestLinkRow.letter.in_(visible), RequestLinkRow.request.in_(visible)]
    for pair, decision in _decided(session, *both, *([] if of is None else [of])).items():
        links[pair] = replace(
            links.get(pair, decision),
            kind=decision.kind,
            verdict=decision.verdict,
            principal=decision.principal,
            made=decision.made,
        )
    return list(links.values())


def _proposed(row: Row[tuple[str, str, str, list[str], float]]) -> Link:
    return Link(row.letter, row.request, row.kind, tuple(row.reasons), row.confidence)


def _best(links: Iterable[Link]) -> Iterator[Link]:
    by_letter: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_letter[link.letter].append(link)
    for of_one in by_letter.values():
        yield from sorted(of_one, key=lambda link: (-link.confidence, link.request))[:_MAX_PROPOSED]


def _decided(session: Session, *met: ColumnElement[bool]) -> dict[tuple[str, str], Link]:
    """Return the newest decision on each pair."""
    rows = session.scalars(select(RequestLinkRow).where(*met).order_by(RequestLinkRow.id))
    return {
        (row.letter, row.request): Link(
            row.letter, row.request, row.kind, (), 0.0, row.verdict, row.principal, row.made
        )
        for row in rows
    }
