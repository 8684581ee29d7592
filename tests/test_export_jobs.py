"""Background exports: complete, visible to their author only, kept for a day, removed with a quoted document."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta
from pathlib import Path

import pytest
from account_site import AccountSite, account_site
from flask.testing import FlaskClient
from sqlalchemy import update

from app.exports import records
from app.exports.schema import ExportRow
from app.search import export
from indexing.ingest.corrections import remove
from indexing.installation import Installation
from indexing.store.writing import now, writing

SEARCH = "q=blanqueo&format=csv&export_language=es"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("exports"))


@pytest.fixture(autouse=True)
def no_exports(site: AccountSite) -> None:
    with writing(installation(site).store) as session:
        session.query(ExportRow).delete()


def installation(site: AccountSite) -> Installation:
    held: Installation = site.app.extensions["installation"]
    return held


def asked(client: FlaskClient, address: str = f"/api/v1/search/export?{SEARCH}") -> str:
    answer = client.get(f"{address}&background=1")
    assert (answer.status_code, answer.json["state"]) == (202, "waiting")
    assert client.get(answer.headers["Location"]).json["id"] == answer.json["id"]
    return str(answer.json["id"])


def make(site: AccountSite) -> None:
    """Make what waits in the queue, as the consumer of a server does."""
    queue = site.app.extensions["exports"].queue
    while task := queue.dequeue():
        queue.execute(task)


def test_all_results_are_exported_and_not_only_the_first(site: AccountSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_EXPORTED", 1)
    ana = site.client("ana")
    now_only = ana.get(f"/api/v1/search/export?{SEARCH}").get_data(as_text=True)
    number = asked(ana)
    early = ana.get(f"/api/v1/exports/{number}/file")
    assert (early.status_code, early.json["code"]) == (409, "app.export_not_ready")
    make(site)
    made = ana.get(f"/api/v1/exports/{number}").json
    assert (made["state"], made["error"], made["done"], made["total"]) == ("ready", "", 2, 2)
    file = ana.get(f"/exports/{number}/file")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=")
    rows = [len(list(csv.reader(io.StringIO(text)))) for text in (now_only, file.get_data(as_text=True))]
    assert rows == [2, 3]
    with site.app.extensions["installation"].store.database.connect() as connection:
        (kept,) = connection.execute(ExportRow.__table__.select()).mappings()
    assert kept["request"] == ""  # what was asked for is forgotten


def test_by_the_page_and_by_its_list(site: AccountSite) -> None:
    ana = site.client("ana")
    answer = ana.get("/compare/export?concept=ML&format=csv&background=1")
    assert answer.location == "/exports/"
    assert "Queued" in ana.get("/exports/?ui=en").text
    make(site)
    page = ana.get("/exports/?ui=en").text
    assert ".csv</a>" in page
    (one,) = ana.get("/api/v1/exports").json["exports"]
    ana.post(f"/exports/{one['id']}/removal")
    assert ana.get("/api/v1/exports").json["exports"] == []
    assert not records.path_of(installation(site).settings.home, one["id"]).exists()


def test_nobody_else_sees_an_export(site: AccountSite) -> None:
    number = asked(site.client("ana"))
    make(site)
    for name in ("otto", "vera", "eva"):
        other = site.client(name)
        assert other.get("/api/v1/exports").json["exports"] == []
        for method, address in (
            ("GET", f"/api/v1/exports/{number}"),
            ("GET", f"/api/v1/exports/{number}/file"),
            ("GET", f"/exports/{number}/file"),
            ("POST", f"/exports/{number}/removal"),
            ("DELETE", f"/api/v1/exports/{number}"),
        ):
            assert other.open(address, method=method).status_code == 404, address
    assert site.client("ana").get(f"/api/v1/exports/{number}/file").status_code == 200


def test_an_export_has_what_its_author_may_see_when_it_is_made(site: AccountSite) -> None:
    number = asked(site.client("eva"))
    make(site)
    text = site.client("eva").get(f"/api/v1/exports/{number}/file").get_data(as_text=True)
    assert "ley.txt" in text
    assert "belfegor" not in text


def test_a_person_has_three_at_once(site: AccountSite) -> None:
    ana = site.client("ana")
    for _ in range(records.MAX_WAITING):
        asked(ana)
    refused = ana.get(f"/api/v1/search/export?{SEARCH}&background=1")
    assert (refused.status_code, refused.json["code"]) == (429, "app.too_many_exports")
    make(site)
    asked(ana)


def test_one_that_fails_says_so(site: AccountSite) -> None:
    number = asked(site.client("ana"), "/api/v1/search/export?q=in_force:2015-13&format=csv")
    make(site)
    one = site.client("ana").get(f"/api/v1/exports/{number}", headers={"Accept-Language": "en"}).json
    assert (one["state"], one["error"]) == ("failed", "indexing.no_such_time_in_force")


def test_after_a_day_it_is_deleted(site: AccountSite) -> None:
    number = asked(site.client("ana"))
    make(site)
    with writing(installation(site).store) as session:
        session.execute(update(ExportRow).values(added=now() - records.KEPT - timedelta(minutes=1)))
    assert site.client("ana").get(f"/api/v1/exports/{number}/file").status_code == 404
    records.remove_old(installation(site).store)
    assert not records.path_of(installation(site).settings.home, number).exists()


def test_a_server_that_starts_makes_what_another_left(site: AccountSite) -> None:
    number, queue = asked(site.client("ana")), site.app.extensions["exports"]
    assert queue.queue.dequeue() is not None  # taken by a server that then died
    queue.start()
    try:
        for _ in range(600):
            if site.client("ana").get(f"/api/v1/exports/{number}").json["state"] == "ready":
                break
            time.sleep(0.1)
        else:
            raise AssertionError("it was not made")
    finally:
        queue.stop()


def test_a_deletion_takes_the_exports_that_may_quote_the_document(tmp_path: Path) -> None:
    site = account_site(tmp_path)
    number = asked(site.client("ana"))
    make(site)
    path = records.path_of(installation(site).settings.home, number)
    assert b"belfegor" in path.read_bytes().lower()
    remove(installation(site), str(site.values["open"]["document_id"]))
    assert not path.exists()
    assert site.client("ana").get(f"/api/v1/exports/{number}/file").status_code == 404
