"""Files of an upload: the container that each came from, and a password given afterwards."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import pyzipper
from flask import Flask
from whole_jobs import run_job

from app.requests.readings import read_pending
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.settings import Settings

LAW = b"Law 5 of 2030\n\nSection 1. Confiscation of vessels.\n"
PASSWORD = "ría 7"
LETTER = """FISCALÍA GENERAL DE LA NACIÓN
N/Ref.: CRI 77/2031
Bogotá, 4 de octubre de 2031

A la Autoridad Central de España

CARTA ROGATORIA

Se solicita la declaración del testigo Pedro Ruiz Mora, con domicilio en Madrid, en la investigación por blanqueo.
"""


def locked_zip() -> bytes:
    packed = io.BytesIO()
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as package:
        package.setpassword(PASSWORD.encode())
        package.writestr("ley.txt", LAW)
    return packed.getvalue()


def message_with(name: str, content: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Envío"
    message.set_content("Se adjunta el archivo.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})


def uploaded(app: Flask, name: str, content: bytes) -> str:
    data = {"collection": "lima", "files": [(io.BytesIO(content), name)]}
    job = str(app.test_client().post("/api/v1/jobs", data=data).json["id"])
    run_job(app.extensions["installation"], LOCAL_USER, job)
    return job


def files_of(app: Flask, job: str) -> dict[str, dict[str, object]]:
    return {one["name"]: one for one in app.test_client().get(f"/api/v1/jobs/{job}").json["files"]}


def test_a_file_found_inside_another_names_it(app: Flask) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as package:
        package.writestr("ley.txt", LAW)
    job = uploaded(app, "envío.eml", message_with("leyes.zip", plain.getvalue()))
    files = files_of(app, job)
    assert files["envío.eml"]["found_in"] is None
    assert files["leyes.zip"]["found_in"]["name"] == "envío.eml"
    assert files["ley.txt"]["found_in"]["name"] == "leyes.zip"
    page = app.test_client().get(f"/jobs/{job}?ui=es").text
    assert f'(dentro de <a href="/documents/{files["leyes.zip"]["document_id"]}">leyes.zip</a>)' in page
    rows = app.test_client().get(f"/jobs/{job}.csv").text.splitlines()
    assert any(row.startswith("ley.txt,") and row.endswith(",leyes.zip") for row in rows)


@pytest.mark.parametrize("in_message", [False, True])
def test_a_locked_file_is_read_with_a_password_given_at_its_row(app: Flask, in_message: bool) -> None:
    client = app.test_client()
    content = message_with("leyes.zip", locked_zip()) if in_message else locked_zip()
    job = uploaded(app, "envío.eml" if in_message else "leyes.zip", content)
    locked = next(one for one in files_of(app, job).values() if one["error"] == "extraction.encrypted")
    assert f'<form method="post" action="/jobs/{job}/password">' in client.get(f"/jobs/{job}").text
    given = {"document": locked["document_id"], "password": "otra"}
    second = client.post(f"/jobs/{job}/password", data=given).headers["Location"].rpartition("/")[2]
    run_job(app.extensions["installation"], LOCAL_USER, second)
    assert "extraction.wrong_password" in {one["error"] for one in files_of(app, second).values()}
    answer = client.post(f"/api/v1/documents/{locked['document_id']}/password", json={"password": PASSWORD})
    assert answer.status_code == 202
    run_job(app.extensions["installation"], LOCAL_USER, answer.json["id"])
    assert files_of(app, answer.json["id"])["ley.txt"]["status"] == "indexed"
    assert not client.get(f"/api/v1/documents/{locked['document_id']}").json["error"]


def test_a_password_is_refused_where_none_is_needed(app: Flask) -> None:
    client = app.test_client()
    files = files_of(app, uploaded(app, "ley.txt", LAW))
    address = f"/api/v1/documents/{files['ley.txt']['document_id']}/password"
    assert client.post(address, json={"password": PASSWORD}).json["code"] == "app.not_locked"
    assert client.post(address, json={"password": ""}).json["code"] == "app.bad_body"
    assert client.post("/api/v1/documents/none/password", json={"password": PASSWORD}).status_code == 404


def test_letters_are_told_apart_by_their_reference_among_hits_and_in_an_upload(app: Flask) -> None:
    client = app.test_client()
    job = uploaded(app, "carta.txt", LETTER.encode())
    read_pending(app.extensions["installation"].store)
    for page in (client.get("/?q=blanqueo&ui=es").text, client.get(f"/jobs/{job}?ui=es").text):
        assert "<strong>CRI 77/2031</strong>" in page
        assert "carta.txt" in page
