"""Alerts in the REST API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.alerts.alerts import Alert, alert, alerts, delete_alert, save_search, watch
from app.alerts.evaluation import evaluate_alerts
from app.alerts.notices import Notice, NoticeCount, mark_seen, notice_counts, notices
from app.api_operations import Answer, JsonBody, Operation, Whole, list_of, no_content, object_of, ref
from app.api_parameters import body, iso_time
from app.principal import current_access, current_principal, installation
from extraction.errors import LANGUAGES
from indexing.search.request import SearchRequest

MAX_NOTICES = 200


UNTIL = Whole("until", usual=0, description="Only notices up to this id; 0 for all.")
LIMIT = Whole("limit", usual=50, least=1, most=MAX_NOTICES)
BEFORE = Whole("before", usual=0, description="Value of `before` from an earlier response.")


@dataclass(frozen=True, slots=True)
class NewAlert:
    """A search (``query``, ``filters``), or a provision of the law of which ``document_id`` is an expression."""

    query: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    query_language: str = ""
    document_id: str = ""
    unit: str = ""


def list_alerts() -> Response:
    evaluate_alerts(installation(), current_principal())
    found = alerts(installation().store, current_principal())
    counts = notice_counts(installation().store, current_access(), current_principal())
    return jsonify({"alerts": [alert_json(item, counts.get(item.id, NoticeCount())) for item in found]})


def add_alert() -> ResponseReturnValue:
    posted, store, principal = body(NewAlert), installation().store, current_principal()
    filters = {name: tuple(values) for name, values in posted.filters.items()}
    found = (
        watch(store, principal, posted.document_id, posted.unit)
        if posted.document_id
        else save_search(store, principal, SearchRequest(posted.query, filters, posted.query_language))
    )
    return jsonify(alert_json(found, NoticeCount())), 201, {"Location": url_for("api.alert", alert_id=found.id)}


def get_alert(alert_id: str) -> Response:
    store, access, principal = installation().store, current_access(), current_principal()
    limit = LIMIT.value()
    found = alert(store, principal, alert_id)
    evaluate_alerts(installation(), principal)
    before = BEFORE.value()
    items = notices(store, access, principal, [found.id], before=before, limit=limit + 1)
    counts = notice_counts(store, access, principal).get(found.id, NoticeCount())
    return jsonify(
        alert_json(found, counts)
        | {"told": [notice_json(item) for item in items[:limit]], "before": items[limit - 1].id if items[limit:] else 0}
    )


def mark_alert_seen(alert_id: str) -> ResponseReturnValue:
    mark_seen(installation().store, current_principal(), alert_id, until=UNTIL.value())
    return "", 204


def mark_all_seen() -> ResponseReturnValue:
    mark_seen(installation().store, current_principal(), until=UNTIL.value())
    return "", 204


def remove_alert(alert_id: str) -> ResponseReturnValue:
    delete_alert(installation().store, current_principal(), alert_id)
    return "", 204


def alert_json(found: Alert, counts: NoticeCount) -> dict[str, Any]:
    question = found.question
    question_json = (
        {"query": question.query, "filters": question.filters, "query_language": question.language}
        if isinstance(question, SearchRequest)
        else {"work": question.work, "unit": question.unit, "identities": question.identities}
    )
    return {
        "id": found.id,
        "kind": found.kind,
        **question_json,
        "made": iso_time(found.made),
        "looked": iso_time(found.looked),
        "told_count": counts.all,
        "new_count": counts.new,
    }


def notice_json(item: Notice) -> dict[str, Any]:
    return {
        "id": item.id,
        **item.found_json(),
        "found": iso_time(item.found),
        "seen": iso_time(item.seen) if item.seen else None,
    }


OPERATIONS = (
    Operation(
        "/alerts",
        list_alerts,
        "listAlerts",
        tag="alerts",
        summary="Alerts of the caller, evaluated for documents added since the last evaluation",
        answer=list_of("alerts", "Alert", "Alerts, newest first."),
        endpoint="alerts",
    ),
    Operation(
        "/alerts",
        add_alert,
        "addAlert",
        tag="alerts",
        summary="Save a search, or watch a provision",
        answer=object_of("Alert", "The alert.", status=201),
        method="POST",
        endpoint="new_alert",
        description=(
            "With `document_id`, the law of which the document is a version is watched: the provision `unit`, "
            "or the whole law. Creating the same alert again returns the existing one."
        ),
        body=JsonBody(
            NewAlert,
            {"query": "decomiso", "filters": {"jurisdiction": ["ES", "FR"]}},
            refined={
                "query": {"maxLength": 4000},
                "filters": ref("Filters"),
                "query_language": {"enum": ["", *LANGUAGES]},
                "unit": {"description": "Label of the provision, such as `art. 301`."},
            },
            rules={
                "anyOf": [
                    {"required": ["query"], "properties": {"query": {"pattern": "[A-Za-z]"}}},
                    {"required": ["document_id"], "properties": {"document_id": {"minLength": 1}}},
                ]
            },
        ),
    ),
    Operation(
        "/alerts/seen",
        mark_all_seen,
        "markAllSeen",
        tag="alerts",
        summary="Mark the notices of all alerts as seen",
        answer=no_content("Marked as seen."),
        method="POST",
        endpoint="all_alerts_seen",
        parameters=(UNTIL,),
    ),
    Operation(
        "/alerts/<alert_id>",
        get_alert,
        "getAlert",
        tag="alerts",
        summary="An alert with its notices",
        answer=Answer(
            "Notices, newest first; `before` is 0 on the last page.",
            {
                "allOf": [
                    ref("Alert"),
                    {
                        "type": "object",
                        "required": ["told", "before"],
                        "properties": {"told": {"type": "array", "items": ref("Told")}, "before": {"type": "integer"}},
                    },
                ]
            },
        ),
        endpoint="alert",
        parameters=(
            LIMIT,
            BEFORE,
        ),
    ),
    Operation(
        "/alerts/<alert_id>",
        remove_alert,
        "deleteAlert",
        tag="alerts",
        summary="Delete an alert with its notices",
        answer=no_content("Deleted."),
        method="DELETE",
        endpoint="delete_alert",
    ),
    Operation(
        "/alerts/<alert_id>/seen",
        mark_alert_seen,
        "markSeen",
        tag="alerts",
        summary="Mark the notices of an alert as seen",
        answer=no_content("Marked as seen."),
        method="POST",
        endpoint="alert_seen",
        parameters=(UNTIL,),
    ),
)
