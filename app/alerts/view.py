"""View data of the alert pages: each question in words and its visible notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.alerts.alerts import Alert, alerts
from app.alerts.notices import Notice, NoticeCount, notice_counts, notices
from app.alerts.watched_provisions import WatchedProvision, watched_law
from app.search.page import SearchState
from app.versions.view import law_versions
from indexing.access import PUBLIC_PARTITION, AccessFilter, Principal
from indexing.search.request import SearchRequest
from indexing.store.reading import Store
from indexing.works.works import Expression, Work

SHOWN_OF_EACH = 5
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert with its counts and newest notices; ``law`` is None if it may not be seen."""

    alert: Alert
    tally: NoticeCount
    notices: tuple[Notice, ...] = ()
    law: Work | None = None

    @property
    def state(self) -> SearchState | None:
        """Return the saved search as a state of the search page, None for a watched provision."""
        question = self.alert.question
        return SearchState(question.query, question.filters) if isinstance(question, SearchRequest) else None

    @property
    def unit(self) -> str:
        """Return the watched provision, empty for a whole law and for a saved search."""
        return self.alert.question.unit if isinstance(self.alert.question, WatchedProvision) else ""

    @property
    def kind(self) -> str:
        """Return the kind of the alert: a search, a provision or a whole law."""
        return "law" if isinstance(self.alert.question, WatchedProvision) and not self.unit else self.alert.kind

    @property
    def newest_version(self) -> Expression | None:
        """Return the newest available expression of the watched law, None for a saved search."""
        return self.law.newest if self.law else None

    @property
    def before(self) -> Mapping[str, str]:
        """Return the expression replaced by each expression of a watched law, by document."""
        return {version.expression.document: version.before for version in law_versions(self.law)} if self.law else {}

    @property
    def newest(self) -> int:
        """Return the id of the last notice shown to the reader."""
        return self.notices[0].id if self.notices else 0


def alert_views(store: Store, access: AccessFilter, principal: Principal) -> list[AlertView]:
    """Return all alerts of a principal, those with news first, each with its newest notices."""
    counts = notice_counts(store, access, principal)
    found = (alert_view(store, access, principal, alert, counts, SHOWN_OF_EACH) for alert in alerts(store, principal))
    return sorted(found, key=lambda view: not view.tally.new)


def alert_view(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    alert: Alert,
    counts: Mapping[str, NoticeCount],
    limit: int = PAGE_SIZE,
    before: int = 0,
) -> AlertView:
    """Return one alert of ``principal`` with at most ``limit`` of its notices that are older than the id ``before``.

    ``before`` 0 begins with the newest; ``counts`` are those of ``notice_counts``.
    """
    tally = counts.get(alert.id, NoticeCount())
    items = notices(store, access, principal, [alert.id], before=before, limit=limit) if tally.all else ()
    return AlertView(alert, tally, items, _law(store, access, alert))


def _law(store: Store, access: AccessFilter, alert: Alert) -> Work | None:
    return watched_law(store, access, alert.question) if isinstance(alert.question, WatchedProvision) else None


def of_public_law(access: AccessFilter) -> AccessFilter:
    """Return the part of ``access`` that is public law, because feed readers keep copies."""
    return access.of_partition(PUBLIC_PARTITION)


def newest_of_all(store: Store, access: AccessFilter, principal: Principal, limit: int = PAGE_SIZE) -> Iterable[Notice]:
    """Return the newest notices of all alerts of ``principal``, at most ``limit``."""
    own_ids = [alert.id for alert in alerts(store, principal)]
    return notices(store, access, principal, own_ids, limit=limit)
