"""Evaluation of alerts: finds what has arrived since the last evaluation.

Nothing runs in the background. An alert is evaluated when its principal requests it, because only then is it known what
the principal may see. The cost depends on the documents that arrived since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
from indexing.installation import Installation
from indexing.search.request import Hit, SearchRequest
from indexing.search.search import retrieve
from indexing.store.change_log import changes_since, newest_change
from indexing.store.reading import Store
from indexing.store.writing import now, writing
from indexing.works.works import Expression, Work

VERSION, SAME, WITHOUT, TEXT, ENDED = "version", "version_same", "version_without", "text", "ended"


def expression_matches(
    reader: Reader, watched: WatchedProvision, works: Mapping[str, Work]
) -> Iterator[tuple[AlertMatch, str]]:
    """Yield the matches in expressions (document -> its work) with the digest of the provision's text in each.

    A text that only states the end of the law is not a match; see ``end_of_law_matches``.
    """
    known = dict(watched.known)
    for document, law in works.items():
        now = reader.digest(document, watched.unit) if watched.unit else ""
        kind = _kind(reader, watched, known, document, law, now)
        known[document] = now
        if kind:
            provision = reader.provision(document, watched.unit) if watched.unit else None
            yield reader.place(document, kind, provision.start) if provision else AlertMatch(document, kind), now


def end_of_law_matches(
    store: Store, access: AccessFilter, watched: WatchedProvision
) -> tuple[list[AlertMatch], WatchedProvision]:
    """Return a match if the law's last day in force is newly known or has changed, and what is known now."""
    law = watched_law(store, access, watched)
    if law is None:
        return [], watched
    last = law.last
    end = last.validity.end if last else ""
    found = [AlertMatch(last.document, ENDED)] if last and end != watched.end else []
    return found, replace(watched, known={**watched.known, END: end})


def _kind(
    reader: Reader, watched: WatchedProvision, known: Mapping[str, str], document: str, law: Work, now: str
) -> str:
    own = next(expression for expression in law.expressions if expression.document == document)
    if own.validity.start and own.validity.start == own.validity.end:
        return ""
    if document in watched.known:
        return TEXT if not watched.unit or watched.known[document] != now or not now else ""
    if not watched.unit:
        return VERSION
    before = _before(law.expressions, own, known)
    held = reader.digest(before, watched.unit) if before else ""
    if not now:
        return WITHOUT if held or not before else ""
    return SAME if held == now else VERSION


def _before(versions: Sequence[Expression], own: Expression, known: Collection[str]) -> str:
    """Return the expression with which another is compared, in its language.

    This is the other document of the same expression that was known before, else the preceding expression; any other if
    no day is known.
    """
    others = [
        expression
        for expression in versions
        if expression.language == own.language and expression.document != own.document
    ]
    start = own.validity.start
    twins = [
        expression
        for expression in others
        if start and expression.validity.start == start and expression.document in known
    ]
    earlier = [expression for expression in others if start and "" < expression.validity.start < start]
    return (twins or earlier or others[-1:])[-1].document if others else ""


MATCH = "match"
DOCUMENTS_AT_ONCE = 1000
_HITS_AT_ONCE = 500


def evaluate_alerts(installation: Installation, principal: Principal) -> None:
    """Evaluate all alerts of ``principal`` on the documents that arrived since their last evaluation."""
    access = installation.store.access(principal)
    newest = newest_change(installation.store.database)
    for alert in alerts(installation.store, principal):
        while alert.reached < newest:
            alert = _step(installation, access, alert, newest)
        if isinstance(alert.question, WatchedProvision):
            _report_end_of_law(installation, access, alert, alert.question)


def _report_end_of_law(
    installation: Installation, access: AccessFilter, alert: Alert, watched: WatchedProvision
) -> None:
    """Report the end of a law, which may become known without a new document of the law."""
    found, looked = end_of_law_matches(installation.store, access, watched)
    if looked != watched:
        _write(installation, alert, replace(alert, question=looked), found)


def _step(installation: Installation, access: AccessFilter, alert: Alert, newest: int) -> Alert:
    """Evaluate the next documents and return the alert with its new position."""
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
    """Yield each matching document with its best place."""
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
    """Yield all lexical hits among ``documents``, without relaxation."""
    request = replace(question, among=tuple(documents), limit=_HITS_AT_ONCE)
    while documents:
        result = retrieve(request, access, installation.engine)
        yield from result.hits
        if not result.after:
            return
        request = replace(request, after=result.after)


def _news(
    installation: Installation, access: AccessFilter, watched: WatchedProvision, documents: Sequence[str]
) -> tuple[list[AlertMatch], WatchedProvision]:
    """Return the matches of a watched provision, and the provision with the texts that were read."""
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
    """Store the matches, unless a concurrent evaluation was faster or the alert was deleted."""
    with writing(installation.store) as session:
        row = session.get(AlertRow, before.id, with_for_update=True)
        if row is None or row.reached != before.reached:
            return
        row.reached, row.looked = after.reached, now()
        if isinstance(after.question, WatchedProvision):
            row.known = dict(after.question.known)
        _keep(session, before.id, list(found))


def _keep(session: Session, alert_id: str, found: Sequence[AlertMatch]) -> None:
    """Add new matches; a known match is reported again only if its text, or the end of the law, has changed."""
    reported = _reported_before(session, alert_id, [match.document for match in found])
    for alert_match in found:
        row = reported.get((alert_match.document, alert_match.kind))
        if row is not None and alert_match.kind not in (TEXT, ENDED):
            continue
        if row is not None:
            session.delete(row)
            session.flush()
        session.add(
            AlertMatchRow(
                alert=alert_id,
                document=alert_match.document,
                kind=alert_match.kind,
                unit=alert_match.unit,
                page=alert_match.page,
                start=alert_match.start,
                places=alert_match.places,
                found=now(),
            )
        )


def _reported_before(
    session: Session, alert_id: str, documents: Sequence[str]
) -> Mapping[tuple[str, str], AlertMatchRow]:
    rows = select(AlertMatchRow).where(AlertMatchRow.alert == alert_id, AlertMatchRow.document.in_(documents))
    return {(row.document, row.kind): row for row in session.scalars(rows)}
