"""Resumable uploads (tus 1.0.0): continued where they stopped, by their owner only, then submitted as a job."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from uploading_officers import CONTENT, client, home_of_officers

from app.uploads import job_records, partial_uploads
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import Settings

TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_of_officers(tmp_path)


def begun(asking: FlaskClient, length: int, name: str = "../ley.txt") -> str:
    metadata = f"filename {b64encode(name.encode()).decode()}"
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata}
    made = asking.post("/api/v1/uploads", headers=headers)
    assert made.status_code == 201
    assert made.headers["Upload-Expires"].endswith("GMT")
    return str(made.headers["Location"])


def test_an_interrupted_upload_is_continued_and_handed_in(home: Path) -> None:
    asking = client(home, "ana")
    address = begun(asking, len(CONTENT))
    part = asking.patch(address, headers=PART | {"Upload-Offset": "0"}, data=CONTENT[:20])
    assert (part.status_code, part.headers["Upload-Offset"]) == (204, "20")
    early = {"collection": "paris", "uploads": address.rpartition("/")[2]}
    assert asking.post("/api/v1/jobs", data=early).json["code"] == "app.upload_incomplete"
    asking = client(home, "ana")  # the server was started again
    state = asking.head(address, headers=TUS)
    assert (state.headers["Upload-Offset"], state.headers["Upload-Length"]) == ("20", str(len(CONTENT)))
    wrong = asking.patch(address, headers=PART | {"Upload-Offset": "0"}, data=CONTENT)
    assert wrong.status_code == 409
    rest = asking.patch(address, headers=PART | {"Upload-Offset": "20"}, data=CONTENT[20:])
    assert rest.headers["Upload-Offset"] == str(len(CONTENT))
    job = asking.post("/api/v1/jobs", data=early)
    assert job.status_code == 202
    (file,) = asking.get(f"/api/v1/jobs/{job.json['id']}").json["files"]
    assert file["name"] == "ley.txt"
    assert (job_records.staging(home, job.json["id"]) / "1").read_bytes() == CONTENT
    assert asking.head(address, headers=TUS).status_code == 404
    assert not list((home / "partial").iterdir())


def test_what_the_protocol_refuses(home: Path) -> None:
    asking = client(home, "ana")
    offered = asking.options("/api/v1/uploads")
    assert offered.headers["Tus-Extension"] == "creation,expiration,termination"
    assert asking.post("/api/v1/uploads", headers={"Upload-Length": "5"}).status_code == 412
    assert asking.post("/api/v1/uploads", headers=TUS | {"Upload-Length": "-1"}).status_code == 422
    assert asking.post("/api/v1/uploads", headers=TUS | {"Upload-Length": str(1 << 40)}).status_code == 422
    address = begun(asking, 5)
    assert asking.patch(address, headers=TUS | {"Upload-Offset": "0"}, data=b"x").status_code == 415
    too_long = asking.patch(address, headers=PART | {"Upload-Offset": "0"}, data=b"123456")
    assert too_long.json["code"] == "app.upload_too_long"
    assert asking.delete(address, headers=TUS).status_code == 204
    assert asking.head(address, headers=TUS).status_code == 404


def test_an_upload_is_its_owner_s_alone_and_expires(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, other = client(home, "ana"), client(home, "otto")
    address = begun(asking, len(CONTENT))
    for answer in (
        other.head(address, headers=TUS),
        other.delete(address, headers=TUS),
        other.patch(address, headers=PART | {"Upload-Offset": "0"}, data=CONTENT),
        other.post("/api/v1/jobs", data={"collection": "paris", "uploads": address.rpartition("/")[2]}),
        asking.head("/api/v1/uploads/..%2F..%2Frecords", headers=TUS),
    ):
        assert answer.status_code == 404
    monkeypatch.setattr(partial_uploads, "DAYS_KEPT", -1)
    begun(asking, 3)
    assert asking.head(address, headers=TUS).status_code == 404


def test_uploads_leave_space_on_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, free = client(home, "ana"), partial_uploads.RESERVED + 30
    monkeypatch.setattr(partial_uploads.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    refused = asking.post("/api/v1/uploads", headers=TUS | {"Upload-Length": "31"})
    assert (refused.status_code, refused.json["code"]) == (507, "extraction.disk_full")
    address, free = begun(asking, 30), partial_uploads.RESERVED + 10  # others filled the disk meanwhile
    full = asking.patch(address, headers=PART | {"Upload-Offset": "0"}, data=b"x" * 30)
    assert full.json["code"] == "extraction.disk_full"
    assert asking.head(address, headers=TUS).headers["Upload-Offset"] == "0"
    free = partial_uploads.RESERVED + 30
    assert asking.patch(address, headers=PART | {"Upload-Offset": "0"}, data=b"x" * 30).status_code == 204


MANIFEST = "file,collection,case_file,title\nuno.txt,,7,Ley primera\ndos.txt,paris,8,\n"


def uploaded(asking: FlaskClient, manifest: str) -> tuple[int, dict[str, str]]:
    files = [(io.BytesIO(CONTENT), "uno.txt"), (io.BytesIO(CONTENT * 2), "dos.txt")]
    files.append((io.BytesIO(manifest.encode()), "manifest.csv"))
    answer = asking.post("/api/v1/jobs", data={"collection": "paris", "files": files})
    return answer.status_code, answer.json


def test_a_manifest_describes_the_files_of_an_upload(home: Path) -> None:
    asking = client(home, "ana")
    status, job = uploaded(asking, MANIFEST)
    assert status == 202
    store = open_installation(Settings(home)).store
    files = job_records.job_files(store, job["id"])
    assert [(one.name, one.options) for one in files] == [
        ("uno.txt", {"case_file": "7", "title": "Ley primera"}),
        ("dos.txt", {"collection": "paris", "case_file": "8"}),
    ]
    assert client(home, "otto").get(f"/api/v1/jobs/{job['id']}").status_code == 404
    assert job_records.job(store, store.access(LOCAL_USER), job["id"])


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (MANIFEST.replace("dos.txt", "tres.txt"), "indexing.manifest_file"),
        (MANIFEST.replace("paris", "lima"), "indexing.no_such_collection"),
        (MANIFEST.replace("paris", "public"), "app.collection_read_only"),
        (MANIFEST.replace("title", "in_force_from"), "indexing.manifest_value"),
        (MANIFEST.replace("title", "password"), "indexing.manifest_column"),
        (MANIFEST.replace("title", "colour"), "indexing.manifest_column"),
    ],
)
def test_a_manifest_is_checked_before_anything_is_taken_in(home: Path, manifest: str, code: str) -> None:
    asking = client(home, "ana")
    _, answer = uploaded(asking, manifest)
    assert answer["code"] == code
    assert asking.get("/api/v1/jobs").json["jobs"] == []
    assert not list((home / "uploads").iterdir())
