"""An upload to a collection that a person may only read, or does not see, is refused with the reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.labels import country_in
from app.web import create_app
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("refused")
    installation = Installation(Settings(folder / "home"))
    for collection in ("public", "lima"):
        (folder / collection).write_text(f"Ley de {collection}. Artículo 1. Apruébase.")
        ingest(installation, [folder / collection], IngestOptions(collection))
    add_account(installation.store, "ana", "officer", [Grant("authority", "paris")], author="test")
    asking = create_app({"SETTINGS": installation.settings, "WTF_CSRF_ENABLED": False}).test_client()
    asking.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(installation.store, 'ana', TOKEN)}"
    yield asking
    installation.close()


@pytest.mark.parametrize(
    ("collection", "status", "code"),
    [
        ("public", 403, "app.collection_read_only"),
        ("lima", 404, "indexing.no_such_collection"),
        ("nowhere", 404, "indexing.no_such_collection"),
        ("paris", 202, None),
    ],
)
def test_the_refusal_names_its_reason(client: FlaskClient, collection: str, status: int, code: str | None) -> None:
    data = {"collection": collection, "files": (io.BytesIO(b"Una carta."), "carta.txt")}
    answer = client.post("/api/v1/jobs", data=data)
    assert answer.status_code == status
    assert answer.json.get("code") == code


def test_published_law_is_only_read_also_before_there_is_any(tmp_path: Path) -> None:
    installation = Installation(Settings(tmp_path / "home"))
    add_account(installation.store, "ana", "officer", [Grant("authority", "paris")], author="test")
    asking = create_app({"SETTINGS": installation.settings, "WTF_CSRF_ENABLED": False}).test_client()
    asking.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(installation.store, 'ana', TOKEN)}"
    answer = asking.post("/api/v1/jobs", data={"collection": "public", "files": (io.BytesIO(b"Ley 1."), "ley.txt")})
    assert (answer.status_code, answer.json["code"]) == (403, "app.collection_read_only")
    installation.close()


@pytest.mark.parametrize(("language", "name"), [("en", "Scotland"), ("pt-PT", "Escócia"), ("fr", "Écosse")])
def test_a_part_of_a_state_has_a_name(language: str, name: str) -> None:
    assert country_in(language, "GB-SCT") == name
