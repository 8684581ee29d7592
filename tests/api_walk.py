"""The operations of the REST API as described: how each is sent, and how its answer is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from web_site import site
from werkzeug.test import TestResponse
from workbench_site import Workbench

from app.api import description
from indexing.access import PUBLIC_PARTITION, Principal

READER = Principal("segunda", frozenset({PUBLIC_PARTITION}))
FIRST = ("openRoom", "addComment", "freezeRoom", "addAlert", "setVerdict", "readAgain")
LAST = (
    "deleteComment", "removeMember", "closeRoom", "deleteAlert", "decideEntity", "correctDocument", "deleteDocument",
)  # fmt: skip
# tried where there are files: test_api.py, test_job_control.py, test_quarantine.py, test_web.py, test_export_jobs.py,
# test_evidence.py
# tried where there are accounts: test_account_api.py, test_granted_passages.py, test_quotas.py
OF_ACCOUNTS = (
    "addAccount", "getAccountOf", "inviteAccount", "changeRole", "addGrant", "removeGrant", "endCredential",
    "endCredentials", "disableAccount", "setAuthorityState", "setStorageQuota", "restrictCaseFile",
    "listOwnCredentials", "endOwnCredential", "addToken", "listEmergencyAccesses", "takeEmergencyAccess",
    "grantPassage", "revokePassage",
)  # fmt: skip
OF_FILES = (
    "upload",
    "getJob",
    "controlJob",
    "releaseDocument",
    "getPageImage",
    "getExport",
    "getExportFile",
    "removeExport",
    "exportDocuments",
)


def operations() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield (id, method, path, description with the parameters of its path)."""
    for path, item in description()["paths"].items():
        for method, reported in item.items():
            if method != "parameters":
                whole = reported | {"parameters": [*item.get("parameters", ()), *reported.get("parameters", ())]}
                yield reported["operationId"], method, path, whole


OPERATIONS = {found[0]: found[1:] for found in operations()}
ORDER = (*FIRST, *(one for one in OPERATIONS if one not in (*FIRST, *LAST, *OF_FILES, *OF_ACCOUNTS)), *LAST)


def resolved(told: Any) -> Any:
    """Follow a reference within the description."""
    while "$ref" in told:
        found: Any = description()
        for step in told["$ref"].split("/")[1:]:
            found = found[step]
        told = found
    return told


def problems(answer: TestResponse, told: Mapping[str, Any]) -> list[str]:
    """Return the differences between an answer and its description."""
    expected = resolved(told["responses"].get(str(answer.status_code)) or told["responses"]["default"])
    content = expected.get("content", {})
    if content and answer.mimetype not in content:
        return [f"{answer.status_code} {answer.mimetype} {answer.get_data(as_text=True)[:200]}"]
    if not answer.mimetype.endswith("json"):
        return []
    schema = content[answer.mimetype]["schema"] | {"components": description()["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(answer.json)]


class Walk:
    """Sends the operations one after another; later ones use the objects that earlier ones created."""

    def __init__(self, bench: Workbench) -> None:
        self.client = site(bench.settings).test_client()
        self.reader = site(bench.settings, principal=READER).test_client()
        pages = " ".join(bench.addresses)
        document = re.findall(r"/documents/(\w+)/versions/ ", pages)[0]
        self.known: dict[str, Any] = {
            "document_id": document,
            "request_id": re.findall(r"/documents/(\w+)\?entity", pages)[0],
            "entity_key": re.findall(r"entity=(\w+)", pages)[0],
            "principal": "lima",
            "old": re.findall(r"old=(\w+)", pages)[0],
            "provision_id": f"{document}:1",
            "left": f"{document}:1",
            "right": f"{document}:1",
            "versions": 1,
        }

    def send(self, name: str) -> TestResponse:
        method, path, reported = OPERATIONS[name]
        given = [resolved(one) for one in reported["parameters"]]
        query = {one["name"]: self._value(one) for one in given if one["in"] == "query"}
        body = reported.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
        client: FlaskClient = self.reader if name == "readAgain" else self.client
        sent = {name: value for name, value in query.items() if value is not None}
        answer = client.open(f"/api/v1{self._address(path, given)}", method=method, query_string=sent, json=body)
        self._remember(name, answer)
        return answer

    def path_of(self, name: str) -> dict[str, str]:
        """Return what is known of the parameters in an operation's path."""
        _, path, reported = OPERATIONS[name]
        given = [resolved(one) for one in reported["parameters"]]
        return {one["name"]: str(self._in_path(path, one)) for one in given if one["in"] == "path"}

    def _in_path(self, path: str, one: Mapping[str, Any]) -> Any:
        kind = path.partition("/{number}")[0].rpartition("/")[2]
        return self.known.get(kind, 1) if one["name"] == "number" else self._value(one)

    def _value(self, parameter: Mapping[str, Any]) -> Any:
        return parameter.get("example", self.known.get(parameter["name"]) if parameter.get("required") else None)

    def _address(self, path: str, given: list[dict[str, Any]]) -> str:
        for one in given:
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", str(self._in_path(path, one)))
        return path

    def _remember(self, name: str, answer: TestResponse) -> None:
        made = {"openRoom": "room_id", "addComment": "comments", "addAlert": "alert_id", "setVerdict": "verdicts"}
        if name in made:
            assert answer.status_code == 201, answer.get_data(as_text=True)
            self.known[made[name]] = answer.json["id"]
