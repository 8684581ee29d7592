"""Readiness, metrics and logs for those who run an installation, without names and content; cookies behind TLS."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import pytest
from account_site import ROLES, WORLDS, AccountSite, account_site
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from app.accounts.credentials import TOKEN, issue
from app.audit.trail import EntryFilter, entries
from app.operations.logs import JsonFormatter
from app.web import create_app
from indexing.settings import Settings

METRICS = "/api/v1/metrics"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("monitoring"))


def monitor(site: AccountSite) -> dict[str, str]:
    """Return the header of a token that reads the metrics alone."""
    token = issue(site.app.extensions["installation"].store, "ada", TOKEN, allowed=("metrics",))
    return {"Authorization": f"Bearer {token}"}


def test_metrics_count_without_names_and_content(site: AccountSite) -> None:
    officer = site.client("ana")
    for world in WORLDS.values():
        officer.get(f"/api/v1/search?q={world.words[0]}")
    answer = site.app.test_client().get(METRICS, headers=monitor(site))
    assert answer.mimetype == "application/openmetrics-text"
    found = {family.name: family for family in text_string_to_metric_families(answer.text)}
    documents = {one.labels["state"]: one.value for one in found["rogatio_documents"].samples}
    assert documents["indexed"] == len(WORLDS) + 1  # a letter of each and a law
    assert found["rogatio_index_records"].samples[0].value > 0
    assert sum(one.value for one in found["rogatio_jobs"].samples) == len(WORLDS)
    assert [one.labels["state"] for one in found["rogatio_job_files"].samples] == ["waiting"]
    counted = [
        one.value
        for one in found["rogatio_request_duration_seconds"].samples
        if one.name.endswith("_count") and one.labels == {"route": "api.search", "status": "2xx"}
    ]
    assert counted == [len(WORLDS)]
    labels = {value for family in found.values() for one in family.samples for value in one.labels.values()}
    secret = {part for world in WORLDS.values() for part in (*world.words, world.work, world.case_file)}
    assert not labels & (secret | set(ROLES) | {world.collection for world in WORLDS.values()})
    assert not [word for word in secret if word in answer.text]


def test_a_token_for_metrics_reads_nothing_else(site: AccountSite) -> None:
    client, header = site.app.test_client(), monitor(site)
    assert client.get(METRICS).status_code == 401
    assert client.get(METRICS, headers=header).status_code == 200
    for address in ("/api/v1/accounts", "/api/v1/status", "/api/v1/search?q=x", "/api/v1/audit"):
        assert client.get(address, headers=header).status_code == 403, address


def test_reading_metrics_is_not_recorded_and_a_refusal_is(site: AccountSite) -> None:
    store = site.app.extensions["installation"].store
    site.app.test_client().get(METRICS, headers=monitor(site))
    assert site.client("ana").get(METRICS).status_code == 403
    recorded = [one for one in entries(store, EntryFilter()) if one.action == "GET api.metrics"]
    assert {(one.actor, one.outcome) for one in recorded} <= {("ana", "403")}
    assert recorded


def test_a_server_without_its_engine_is_alive_and_not_ready(site: AccountSite, tmp_path: Path) -> None:
    assert site.app.test_client().get("/api/v1/ready").json == {"status": "ready"}
    settings = Settings(tmp_path, engine="elasticsearch", elasticsearch_url="http://127.0.0.1:9")
    client = create_app({"SETTINGS": settings}).test_client()
    assert client.get("/api/v1/health").status_code == 200
    answer = client.get("/api/v1/ready")
    assert (answer.status_code, answer.json["code"]) == (503, "app.not_ready")
    assert "127.0.0.1:9" not in answer.text


def test_cookies_and_addresses_behind_a_proxy_with_tls(tmp_path: Path) -> None:
    secure = {"wsgi.url_scheme": "https"}
    client = create_app({"SETTINGS": Settings(tmp_path), "HTTPS": True}).test_client()
    answer = client.get("/sign-in?ui=en", environ_overrides=secure)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(cookie.startswith("__Host-session=") for cookie in cookies)
    assert all("; Secure" in cookie and "; HttpOnly" in cookie and "Domain" not in cookie for cookie in cookies)
    plain = create_app({"SETTINGS": Settings(tmp_path)}).test_client().get("/sign-in")
    assert "Strict-Transport-Security" not in plain.headers


def test_a_line_of_the_log_has_no_message_of_an_exception() -> None:
    try:
        raise ValueError("zarzaparrilla")
    except ValueError:
        trace = sys.exc_info()
    record = logging.LogRecord("app.jobs", logging.ERROR, __file__, 1, "job %s\nlevel: forged", ("7",), trace)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    assert "zarzaparrilla" not in written
    line = json.loads(written)
    assert (line["level"], line["logger"], line["error"]) == ("ERROR", "app.jobs", "ValueError")
    assert line["message"] == "job 7\nlevel: forged"
    assert line["places"][0].endswith("test_a_line_of_the_log_has_no_message_of_an_exception")
