"""``rogatio alerts``: news of saved searches and watched provisions, for a person or a timer.

Without news the command prints nothing and exits with 0, so that cron sends no mail; with news it exits with 10.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from app.alerts.alerts import Alert, alerts, delete_alert, save_search, watch
from app.alerts.api import alert_json
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import Notice, NoticeCount, mark_seen, notice_counts, notices
from app.alerts.watched_provisions import WatchedProvision, watched_law
from app.cli_wording import say
from app.search.command import filters_of
from app.versions.command import days
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.search.request import SearchRequest
from indexing.settings import settings_from

NEWS = 10
_LIMIT = 10_000


@click.command(help=say("alerts.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
@click.option("--seen", is_flag=True, help=say("alerts.seen"))
@click.option("--add", "query", default=None, metavar="QUERY", help=say("alerts.add"))
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help=say("search.filter"))
@click.option("--watch", "document", default="", metavar="DOCUMENT", help=say("alerts.watch"))
@click.option("--unit", default="", help=say("alerts.unit"))
@click.option("--list", "every", is_flag=True, help=say("alerts.list"))
@click.option("--delete", "gone", default="", metavar="ALERT", help=say("alerts.delete"))
def alerts_command(
    as_json: bool,
    seen: bool,
    query: str | None,
    filters: tuple[str, ...],
    document: str,
    unit: str,
    every: bool,
    gone: str,
) -> None:
    installation = open_installation(settings_from())
    if query is not None:
        click.echo(save_search(installation.store, LOCAL_USER, SearchRequest(query, filters_of(filters))).id)
    elif document:
        click.echo(watch(installation.store, LOCAL_USER, document, unit).id)
    elif gone:
        delete_alert(installation.store, LOCAL_USER, gone)
    elif every:
        _list(installation, as_json)
    else:
        sys.exit(NEWS if _print_result(installation, as_json, seen) else 0)


def _list(installation: Installation, as_json: bool) -> None:
    """Print the question of each alert, the numbers of its notices, and the id for deletion."""
    evaluate_alerts(installation, LOCAL_USER)
    counts = notice_counts(installation.store, installation.store.access(LOCAL_USER), LOCAL_USER)
    for alert in alerts(installation.store, LOCAL_USER):
        count = counts.get(alert.id, NoticeCount())
        summary = say("alerts.counted", new=count.new, all=count.all)
        row = json.dumps(alert_json(alert, count), ensure_ascii=False)
        click.echo(row if as_json else f"{alert.id}  {_words(installation, alert)}  {summary}")


def _print_result(installation: Installation, as_json: bool, seen: bool) -> bool:
    """Print the news and return whether there are any."""
    evaluate_alerts(installation, LOCAL_USER)
    found = alerts(installation.store, LOCAL_USER)
    access = installation.store.access(LOCAL_USER)
    news = notices(installation.store, access, LOCAL_USER, [alert.id for alert in found], new=True, limit=_LIMIT)
    for line in _rows(found, news) if as_json else _lines(installation, found, news):
        click.echo(line)
    if seen and news:
        mark_seen(installation.store, LOCAL_USER, until=news[0].id)
    return bool(news)


def _rows(found: Iterable[Alert], news: Iterable[Notice]) -> Iterable[str]:
    """Yield one JSON object for each new document."""
    names = {alert.id: _named(alert) for alert in found}
    for item in news:
        row = {
            "alert": item.alert,
            "asked": names[item.alert],
            **item.found_json(),
            "source": item.document.source,
        }
        yield json.dumps(row, ensure_ascii=False)


def _lines(installation: Installation, found: Iterable[Alert], news: Iterable[Notice]) -> Iterable[str]:
    for alert in found:
        own_news = [item for item in news if item.alert == alert.id]
        if own_news:
            yield f"{_words(installation, alert)}  ({alert.id})"
        for item in own_news:
            when = days(item.validity) if item.validity else ""
            page = say("page", page=item.page)
            place = ", ".join(filter(None, (item.document.jurisdiction, item.unit, page, when)))
            yield f"  {say(f'told.{item.kind}')}: {item.document.title or item.document.source}, {place}"


def _words(installation: Installation, alert: Alert) -> str:
    """Return the question of an alert in words; for a watched law its title."""
    if not isinstance(alert.question, WatchedProvision):
        return _named(alert)
    law = watched_law(installation.store, installation.store.access(LOCAL_USER), alert.question)
    return ", ".join(filter(None, (law.title if law else say("alerts.gone"), alert.question.unit)))


def _named(alert: Alert) -> str:
    """Return the question of an alert in command line syntax."""
    question = alert.question
    if isinstance(question, SearchRequest):
        beside = (f"{name}={value}" for name, values in question.filters.items() for value in values)
        return " ".join(filter(None, (question.query, *beside)))
    return " ".join((next(iter(question.identities), question.work), question.unit)).strip()
