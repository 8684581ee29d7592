"""Alerts in the REST API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.alerts.alerts import Alert, alert, alerts, delete_alert, save_search, watch
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import Notice, NoticeCount, mark_seen, notice_counts, notices
from app.api_parameters import body, iso_time, number
from app.principal import current_access, current_principal, installation
from indexing.search.request import SearchRequest
from indexing.store.schema import MOST_NUMBER

MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class NewAlert:
    """A search (``query``, ``filters``) or, with a ``document_id``, a provision of the law that it is a version of."""

    query: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    query_language: str = ""
    document_id: str = ""
    unit: str = ""


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/alerts", "alerts", listed)
    api.add_url_rule("/alerts", "new_alert", made, methods=["POST"])
    api.add_url_rule("/alerts/seen", "all_alerts_seen", all_seen, methods=["POST"])
    api.add_url_rule("/alerts/<alert_id>", "alert", one)
    api.add_url_rule("/alerts/<alert_id>", "delete_alert", deleted, methods=["DELETE"])
    api.add_url_rule("/alerts/<alert_id>/seen", "alert_seen", seen, methods=["POST"])


def listed() -> Response:
    evaluate_alerts(installation(), current_principal())
    found = alerts(installation().store, current_principal())
    counts = notice_counts(installation().store, current_access(), current_principal())
    return jsonify({"alerts": [alert_json(item, counts.get(item.id, NoticeCount())) for item in found]})


def made() -> ResponseReturnValue:
    asked, store, principal = body(NewAlert), installation().store, current_principal()
    filters = {name: tuple(values) for name, values in asked.filters.items()}
    found = (
        watch(store, principal, asked.document_id, asked.unit)
        if asked.document_id
        else save_search(store, principal, SearchRequest(asked.query, filters, asked.query_language))
    )
    return jsonify(alert_json(found, NoticeCount())), 201, {"Location": url_for("api.alert", alert_id=found.id)}


def one(alert_id: str) -> Response:
    store, access, principal = installation().store, current_access(), current_principal()
    limit = number("limit", 50, 1, MOST_TOLD)
    found = alert(store, principal, alert_id)
    evaluate_alerts(installation(), principal)
    before = number("before", 0, 0, MOST_NUMBER)
    items = notices(store, access, principal, [found.id], before=before, limit=limit + 1)
    counts = notice_counts(store, access, principal).get(found.id, NoticeCount())
    return jsonify(
        alert_json(found, counts)
        | {"told": [told_json(item) for item in items[:limit]], "before": items[limit - 1].id if items[limit:] else 0}
    )


def seen(alert_id: str) -> ResponseReturnValue:
    mark_seen(installation().store, current_principal(), alert_id, until=number("until", 0, 0, MOST_NUMBER))
    return "", 204


def all_seen() -> ResponseReturnValue:
    mark_seen(installation().store, current_principal(), until=number("until", 0, 0, MOST_NUMBER))
    return "", 204


def deleted(alert_id: str) -> ResponseReturnValue:
    delete_alert(installation().store, current_principal(), alert_id)
    return "", 204


def alert_json(found: Alert, counts: NoticeCount) -> dict[str, Any]:
    question = found.question
    asked = (
        {"query": question.query, "filters": question.filters, "query_language": question.language}
        if isinstance(question, SearchRequest)
        else {"work": question.work, "unit": question.unit, "identities": question.identities}
    )
    return {
        "id": found.id,
        "kind": found.kind,
        **asked,
        "made": iso_time(found.made),
        "looked": iso_time(found.looked),
        "told_count": counts.all,
        "new_count": counts.new,
    }


def told_json(item: Notice) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "document_id": item.document.id,
        "title": item.document.title,
        "jurisdiction": item.document.jurisdiction,
        "unit": item.unit,
        "page": item.page,
        "start": item.start,
        "places": item.places,
        "valid_from": item.validity.start if item.validity else "",
        "valid_to": item.validity.end if item.validity else "",
        "found": iso_time(item.found),
        "seen": iso_time(item.seen) if item.seen else None,
    }
