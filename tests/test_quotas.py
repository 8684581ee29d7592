"""Storage quotas: what does not fit is refused by every way in, and nothing of it is stored."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile_files as hostile
import pytest
from account_site import AccountSite, account_site
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from postgresql_server import postgresql, why_missing
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from whole_jobs import run_job

from app.accounts.authorities import set_quota
from app.cli import rogatio
from app.documents.changes import Changes, change_documents
from app.uploads import job_records
from app.web import create_app
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest, new_collection
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.quotas import MEBIBYTE, storage_use
from indexing.store.writing import ensure_collection

HALF = MEBIBYTE // 2
BOTH = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
TUS = {"Tus-Resumable": "1.0.0"}


def letter(number: int, size: int = HALF) -> bytes:
    """Return a text of ``size`` bytes, all but the first line of which is blank."""
    return f"Carta rogatoria {number}\n".encode().ljust(size)


def three_letters(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_bytes(letter(number))
    return folder


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if getattr(request, "param", "sqlite") == "sqlite":
        yield _app(Settings(tmp_path / "home"))
        return
    if reason := why_missing():
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        app = _app(Settings(tmp_path / "home", database_url=url))
        yield app
        installation(app).close()


def _app(settings: Settings) -> Flask:
    app = create_app({"SETTINGS": settings, "WTF_CSRF_ENABLED": False})
    for name in ("lima", "paris"):
        ensure_collection(installation(app).store, new_collection(name), LOCAL_USER)
    set_quota(installation(app).store, "lima", 1)
    return app


def installation(app: Flask) -> Installation:
    held: Installation = app.extensions["installation"]
    return held


def used(app: Flask, collection: str = "lima") -> int:
    return next(use.used for use in storage_use(installation(app).store) if use.collection == collection)


def files_of(app: Flask, *folders: str) -> list[Path]:
    home = installation(app).settings.home
    return [path for folder in folders for path in (home / folder).rglob("*") if path.is_file()]


def uploaded(asking: FlaskClient, *contents: bytes, collection: str = "lima", manifest: str = "") -> Any:
    files = [(io.BytesIO(content), f"{number}.txt") for number, content in enumerate(contents)]
    if manifest:
        files.append((io.BytesIO(manifest.encode()), "manifest.csv"))
    return asking.post("/api/v1/jobs", data={"collection": collection, "files": files})


def test_an_upload_beyond_the_quota_is_refused_and_nothing_is_stored(app: Flask) -> None:
    asking = app.test_client()
    refused = uploaded(asking, letter(1), letter(2), letter(3))
    assert (refused.status_code, refused.json["code"]) == (413, "indexing.quota_exceeded")
    assert "1 MiB" in refused.json["title"]
    page = asking.post(
        "/upload", data={"collection": "lima", "files": [(io.BytesIO(letter(1, MEBIBYTE + 1)), "a.txt")]}
    )
    assert page.status_code == 413
    assert "indexing.quota_exceeded" in page.text
    assert asking.get("/api/v1/jobs").json["jobs"] == []
    assert not files_of(app, "uploads", "originals")
    assert uploaded(asking, letter(1), letter(2)).status_code == 202


@BOTH
def test_files_that_wait_count_until_they_are_stored_once(app: Flask) -> None:
    asking = app.test_client()
    job = uploaded(asking, letter(1)).json["id"]
    assert uploaded(asking, letter(2), letter(3)).status_code == 413
    assert uploaded(asking, letter(2), letter(3), collection="paris").status_code == 202
    to_lima = uploaded(
        asking, letter(2), letter(3), collection="paris", manifest="file,collection\n0.txt,lima\n1.txt,lima\n"
    )
    assert (to_lima.status_code, to_lima.json["code"]) == (413, "indexing.quota_exceeded")
    run_job(installation(app), LOCAL_USER, job)
    assert used(app) == HALF
    again = uploaded(asking, letter(1)).json["id"]  # the same bytes take no more space
    run_job(installation(app), LOCAL_USER, again)
    assert used(app) == HALF
    assert uploaded(asking, letter(2)).status_code == 202


def test_a_refused_resumable_upload_can_go_to_another_collection(app: Flask) -> None:
    asking, content = app.test_client(), letter(1, MEBIBYTE + 1)
    headers = TUS | {"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {b64encode(b'a.txt').decode()}"}
    address = asking.post("/api/v1/uploads", headers=headers).headers["Location"]
    part = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    assert asking.patch(address, headers=part, data=content).status_code == 204
    given = {"uploads": address.rpartition("/")[2]}
    assert asking.post("/api/v1/jobs", data={**given, "collection": "lima"}).status_code == 413
    assert asking.head(address, headers=TUS).headers["Upload-Offset"] == str(len(content))
    taken = asking.post("/api/v1/jobs", data={**given, "collection": "paris"})
    assert taken.status_code == 202
    staged = job_records.staging(installation(app).settings.home, taken.json["id"]) / "1"
    assert staged.read_bytes() == content


@BOTH
def test_an_ingest_beyond_the_quota_fails_file_by_file(app: Flask, tmp_path: Path) -> None:
    folder = three_letters(tmp_path / "in")
    report = ingest(installation(app), [folder], IngestOptions("lima"))
    assert (report.came_in, report.indexed, report.failed) == (3, 2, 1)
    assert [failure.error.code for failure in report.failures] == ["indexing.quota_exceeded"]
    assert len(files_of(app, "originals")) == 2
    again = ingest(installation(app), [folder], IngestOptions("lima"))  # what is stored already is no new file
    assert (again.unchanged, again.failed) == (2, 1)
    set_quota(installation(app).store, "lima", None)
    assert ingest(installation(app), [folder], IngestOptions("lima")).failed == 0
    assert used(app) == 3 * HALF


def test_of_a_package_all_members_fit_or_none_is_stored(app: Flask, tmp_path: Path) -> None:
    package = tmp_path / "letters.zip"
    package.write_bytes(hostile.zipped(*((f"{number}.txt", letter(number)) for number in range(2))))
    assert package.stat().st_size < HALF
    report = ingest(installation(app), [package], IngestOptions("lima"))
    assert [failure.error.code for failure in report.failures] == ["indexing.quota_exceeded"]
    assert used(app) == package.stat().st_size
    set_quota(installation(app).store, "lima", 2)
    assert ingest(installation(app), [package], IngestOptions("lima")).failed == 0
    assert used(app) == package.stat().st_size + 2 * HALF


@BOTH
def test_a_move_beyond_the_quota_moves_nothing(app: Flask, tmp_path: Path) -> None:
    folder = three_letters(tmp_path / "in")
    ingest(installation(app), [folder], IngestOptions("paris"))
    store = installation(app).store
    ids = [document.id for document in store.documents(store.access(LOCAL_USER))]
    with pytest.raises(RogatioError, match=r"indexing\.quota_exceeded"):
        change_documents(installation(app), ids, Changes(collection="lima", case_file=""))
    assert (used(app), used(app, "paris")) == (0, 3 * HALF)
    change_documents(installation(app), ids[:2], Changes(collection="lima", case_file=""))
    assert (used(app), used(app, "paris")) == (2 * HALF, HALF)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("quotas"))


def test_administrators_set_quotas_and_see_what_is_used(site: AccountSite) -> None:
    asking = site.client("ada")
    assert asking.put("/api/v1/storage/paris", json={"mebibytes": 3}).status_code == 204
    assert asking.post("/accounts/storage/lima", data={"mebibytes": "2"}).status_code == 302
    found = {one["collection"]: one for one in asking.get("/api/v1/storage").json["storage"]}
    assert {name: one["quota_bytes"] for name, one in found.items()} == {
        "public": None,
        "paris": 3 * MEBIBYTE,
        "lima": 2 * MEBIBYTE,
    }
    assert all(one["used_bytes"] > 0 for one in found.values())
    page = asking.get("/accounts").text
    assert 'value="3"' in page
    assert "0 MiB (0 %)" in page
    assert asking.post("/accounts/storage/lima", data={"mebibytes": ""}).status_code == 302
    assert asking.get("/api/v1/storage").json["storage"][0]["quota_bytes"] is None
    assert asking.put("/api/v1/storage/paris", json={"mebibytes": None}).status_code == 204


@pytest.mark.parametrize("given", ["0", "-1", "x", "1.5", str(1 << 31)])
def test_what_is_no_quota_is_refused(site: AccountSite, given: str) -> None:
    refused = site.client("ada").post("/accounts/storage/lima", data={"mebibytes": given})
    assert (refused.status_code, "app.bad_quota" in refused.text) == (422, True)


def test_a_quota_of_no_collection_is_not_found(site: AccountSite) -> None:
    answer = site.client("ada").put("/api/v1/storage/unknown", json={"mebibytes": 1})
    assert (answer.status_code, answer.json["code"]) == (404, "indexing.no_such_collection")


def test_metrics_count_full_collections_without_their_names(site: AccountSite) -> None:
    set_quota(site.app.extensions["installation"].store, "paris", 1)
    text = site.client("ada").get("/api/v1/metrics").text
    found = {family.name: family for family in text_string_to_metric_families(text)}
    counts = {one.labels["quota"]: one.value for one in found["rogatio_collections"].samples}
    assert counts == {"none": 2, "low": 1, "high": 0, "full": 0}
    assert found["rogatio_original_bytes"].samples[0].value > 0
    assert "paris" not in text


def test_the_command_line_sets_removes_and_shows_quotas(tmp_path: Path) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(rogatio, ["--language", "en", *arguments], env={"ROGATIO_HOME": str(tmp_path / "h")})

    assert run("collections", "--add", "lima", "--authority", "lima").exit_code == 0
    (shown,) = json.loads(run("collections", "--quota", "lima", "20", "--json").stdout)
    assert (shown["used_bytes"], shown["quota_bytes"]) == (0, 20 * MEBIBYTE)
    assert "0.0 of 20 MiB" in run("collections").stdout
    assert "0.0 MiB" in run("collections", "--quota", "lima", "-").stdout
    for name, given in (("lima", "x"), ("lima", "0"), ("unknown", "1")):
        assert run("collections", "--quota", name, given).exit_code != 0
