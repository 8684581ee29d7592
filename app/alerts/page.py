"""Pages and Atom feed of alerts."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from app.alerts.alerts import alert, delete_alert, save_search, watch
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import mark_seen, notice_counts
from app.alerts.view import PAGE_SIZE, alert_view, alert_views, newest_of_all, of_public_law
from app.principal import current_access, current_principal, installation
from app.search.page import state_from
from indexing.search.request import SearchRequest
from indexing.store.database import utc
from indexing.store.writing import now

alert_pages = Blueprint("alerts", __name__, url_prefix="/alerts")


@alert_pages.get("/")
def alert_list() -> str:
    store, principal = installation().store, current_principal()
    evaluate_alerts(installation(), principal)
    return render_template("alerts.html", views=alert_views(store, current_access(), principal))


@alert_pages.post("/")
def save() -> AnyResponse:
    """Save the search in the form, which is encoded as in the address of the search page."""
    state = state_from(request.form)
    save_search(installation().store, current_principal(), SearchRequest(state.query, state.request().filters))
    flash(gettext("alerts.saved_comes_now_matches"))
    return redirect(url_for(".alert_list"))


@alert_pages.post("/watch")
def watch_provision() -> AnyResponse:
    given = request.form
    watch(installation().store, current_principal(), given.get("document_id", ""), given.get("unit", ""))
    flash(gettext("alerts.watched_new_versions_changes"))
    return redirect(url_for(".alert_list"))


@alert_pages.get("/<alert_id>")
def alert_page(alert_id: str) -> str:
    store, access, principal = installation().store, current_access(), current_principal()
    evaluate_alerts(installation(), principal)
    before = max(0, request.args.get("before", 0, type=int))
    view = alert_view(
        store,
        access,
        principal,
        alert(store, principal, alert_id),
        notice_counts(store, access, principal),
        before=before,
    )
    return render_template("alert.html", view=view, before=before, page_size=PAGE_SIZE)


@alert_pages.post("/seen")
def all_seen() -> AnyResponse:
    mark_seen(installation().store, current_principal(), until=request.form.get("until", 0, type=int))
    return redirect(url_for(".alert_list"))


@alert_pages.post("/<alert_id>/seen")
def seen(alert_id: str) -> AnyResponse:
    mark_seen(installation().store, current_principal(), alert_id, until=request.form.get("until", 0, type=int))
    return redirect(url_for(".alert_list"))


@alert_pages.post("/<alert_id>/deletion")
def deletion(alert_id: str) -> AnyResponse:
    delete_alert(installation().store, current_principal(), alert_id)
    flash(gettext("alerts.deleted"))
    return redirect(url_for(".alert_list"))


@alert_pages.get("/feed.atom")
def feed() -> Response:
    """Return the news in public law as an Atom feed; documents of authorities are never included."""
    store, principal = installation().store, current_principal()
    evaluate_alerts(installation(), principal)
    items = newest_of_all(store, of_public_law(current_access()), principal)
    response = make_response(render_template("alerts.xml", items=list(items), now=now(), atom=_atom))
    response.mimetype = "application/atom+xml"
    return response


def _atom(moment: datetime) -> str:
    """Return a time of the store (UTC) in RFC 3339."""
    return utc(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
