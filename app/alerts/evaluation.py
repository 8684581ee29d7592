"""Evaluation of alerts: finds what has arrived since the last evaluation.

Nothing runs in the background: an alert looks when its principal asks for it, since only then it is known what that
one may see. Before that its cost is nothing, and then it is that of the documents that came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.alerts.alerts import Alert, alerts
from app.alerts.schema import AlertMatchRow, AlertRow
from app.alerts.watched_provisions import (
    CITED,
    END,
    AlertMatch,
    Reader,
    WatchedProvision,
    citing,
    expressions_among,
    watched_law,
)
from indexing.access import AccessFilter, Principal
from indexing.search.request import Hit, SearchRequest
from indexing.search.search import retrieve
from indexing.store.change_log import changes_since, newest_change
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from indexing.works.works import Expression, Work

if TYPE_CHECKING:
    from indexing.installation import Installation


VERSION, SAME, WITHOUT, TEXT, ENDED = "version", "version_same", "version_without", "text", "ended"


def expression_matches(
    reader: Reader, asked: WatchedProvision, works: Mapping[str, Work]
) -> Iterator[tuple[AlertMatch, str]]:
    """Yield what is new in versions (document -> its work) with the digest of the provision's text in each.

    A text that only says that the law is over is none; that is told by ``end_of_law_matches``.
    """
    known = dict(asked.known)
    for document, law in works.items():
        now = reader.digest(document, asked.unit) if asked.unit else ""
        kind = _kind(reader, asked, known, document, law, now)
        known[document] = now
        if kind:
            provision = reader.provision(document, asked.unit) if asked.unit else None
            yield reader.place(document, kind, provision.start) if provision else AlertMatch(document, kind), now


def end_of_law_matches(
    store: Store, access: AccessFilter, asked: WatchedProvision
) -> tuple[list[AlertMatch], WatchedProvision]:
    """Return that the law is in force no more from some day on, where another day was known, and what is known now."""
    law = watched_law(store, access, asked)
    if law is None:
        return [], asked
    last = law.last
    end = last.validity.end if last else ""
    found = [AlertMatch(last.document, ENDED)] if last and end != asked.end else []
    return found, replace(asked, known={**asked.known, END: end})


def _kind(reader: Reader, asked: WatchedProvision, known: Mapping[str, str], document: str, law: Work, now: str) -> str:
    own = next(one for one in law.expressions if one.document == document)
    if own.validity.start and own.validity.start == own.validity.end:
        return ""
    if document in asked.known:
        return TEXT if not asked.unit or asked.known[document] != now or not now else ""
    if not asked.unit:
        return VERSION
    before = _before(law.expressions, own, known)
    held = reader.digest(before, asked.unit) if before else ""
    if not now:
        return WITHOUT if held or not before else ""
    return SAME if held == now else VERSION


def _before(versions: Sequence[Expression], own: Expression, known: Collection[str]) -> str:
    """Return the version that one is compared with, in its language.

    It is another file of the same version that was there, else the version before; where no day is known, any other.
    """
    others = [one for one in versions if one.language == own.language and one.document != own.document]
    start = own.validity.start
    twins = [one for one in others if start and one.validity.start == start and one.document in known]
    earlier = [one for one in others if start and "" < one.validity.start < start]
    return (twins or earlier or others[-1:])[-1].document if others else ""


MATCH = "match"
DOCUMENTS_AT_ONCE = 1000
_HITS_AT_ONCE = 500


def evaluate_alerts(installation: Installation, principal: Principal) -> None:
    """Let every alert of ``principal`` look through what came in since it last did."""
    access = installation.store.access(principal)
    newest = newest_change(installation.store.database)
    for alert in alerts(installation.store, principal):
        while alert.reached < newest:
            alert = _step(installation, access, alert, newest)
        if isinstance(alert.question, WatchedProvision):
            _look_for_the_end(installation, access, alert, alert.question)


def _look_for_the_end(installation: Installation, access: AccessFilter, alert: Alert, asked: WatchedProvision) -> None:
    """Tell that a law is over: that may be learned from a list beside its text, with nothing that came in."""
    found, looked = end_of_law_matches(installation.store, access, asked)
    if looked != asked:
        _write(installation, alert, replace(alert, question=looked), found)


def _step(installation: Installation, access: AccessFilter, alert: Alert, newest: int) -> Alert:
    """Look through the next documents and return the alert as it is behind them."""
    new = changes_since(installation.store.database, access, alert.reached, newest, DOCUMENTS_AT_ONCE)
    documents = [document for _, document in new]
    reached = new[-1][0] if len(new) == DOCUMENTS_AT_ONCE else newest
    question = alert.question
    if isinstance(question, SearchRequest):
        found, looked = list(_matches(installation, access, question, documents)), replace(alert, reached=reached)
    else:
        found, question = _news(installation, access, question, documents)
        looked = replace(alert, reached=reached, question=question)
    _write(installation, alert, looked, found)
    return looked


def _matches(
    installation: Installation, access: AccessFilter, question: SearchRequest, documents: Sequence[str]
) -> Iterator[AlertMatch]:
    """Yield each document that answers with its best place."""
    best: dict[str, list[Hit]] = {}
    for hit in _hits(installation, access, question, documents):
        best.setdefault(hit.document_id, []).append(hit)
    for document, hits in best.items():
        first = hits[0]
        start = first.marks[0][0] if first.marks else first.start
        yield AlertMatch(document, MATCH, first.unit, first.page, start, len(hits))


def _hits(
    installation: Installation, access: AccessFilter, question: SearchRequest, documents: Sequence[str]
) -> Iterator[Hit]:
    """Yield all hits among ``documents``, by words and with nothing to fill a page by."""
    asked = replace(question, among=tuple(documents), limit=_HITS_AT_ONCE)
    while documents:
        result = retrieve(asked, access, installation.engine)
        yield from result.hits
        if not result.after:
            return
        asked = replace(asked, after=result.after)


def _news(
    installation: Installation, access: AccessFilter, watched: WatchedProvision, documents: Sequence[str]
) -> tuple[list[AlertMatch], WatchedProvision]:
    """Return what is new of a watched provision, and the provision with the texts that were read."""
    reader = Reader(installation.store, access)
    versions = expressions_among(installation.store, access, watched, documents)
    news = list(expression_matches(reader, watched, versions))
    known = {**watched.known, **{found.document: digest for found, digest in news}}
    others = [document for document in documents if document not in versions]
    cited = _citations(installation, access, watched, others)
    return [*(found for found, _ in news), *cited], replace(watched, known=known)


def _citations(
    installation: Installation, access: AccessFilter, watched: WatchedProvision, documents: Sequence[str]
) -> Iterator[AlertMatch]:
    ids = watched.identities if watched.unit else tuple(watched.laws)
    if not ids:
        return
    question = SearchRequest("", {"cites": ids, "in_force": ("any",)})
    reader = Reader(installation.store, access)
    for document in dict.fromkeys(hit.document_id for hit in _hits(installation, access, question, documents)):
        if span := citing(installation.store.annotations(access, document), watched):
            yield reader.place(document, CITED, span.start)


def _write(installation: Installation, before: Alert, after: Alert, found: Iterable[AlertMatch]) -> None:
    """Keep what was found, unless another look was faster or the alert is gone."""
    with writing(installation.store) as session:
        row = session.get(AlertRow, before.id, with_for_update=True)
        if row is None or row.reached != before.reached:
            return
        row.reached, row.looked = after.reached, now()
        if isinstance(after.question, WatchedProvision):
            row.known = dict(after.question.known)
        _keep(session, before.id, list(found))


def _keep(session: Session, alert_id: str, found: Sequence[AlertMatch]) -> None:
    """Add what is new; what was told before is told again only where its text, or the end of the law, has changed."""
    told = _told_before(session, alert_id, [one.document for one in found])
    for one in found:
        row = told.get((one.document, one.kind))
        if row is not None and one.kind not in (TEXT, ENDED):
            continue
        if row is not None:
            session.delete(row)
            session.flush()
        session.add(
            AlertMatchRow(
                alert=alert_id,
                document=one.document,
                kind=one.kind,
                unit=one.unit,
                page=one.page,
                start=one.start,
                places=one.places,
                found=now(),
            )
        )


def _told_before(session: Session, alert_id: str, documents: Sequence[str]) -> Mapping[tuple[str, str], AlertMatchRow]:
    rows = select(AlertMatchRow).where(AlertMatchRow.alert == alert_id, AlertMatchRow.document.in_(documents))
    return {(row.document, row.kind): row for row in session.scalars(rows)}
