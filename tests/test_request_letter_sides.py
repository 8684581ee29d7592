"""Whom the completion letter addresses: directly between judicial authorities, or the sender of an own request."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from desk import Desk
from flask.testing import FlaskClient
from sqlalchemy import update
from test_api import follows
from test_request_letter import LETTER
from web_site import site

from extraction.errors import LANGUAGES
from indexing.access import Principal
from indexing.store.schema import CollectionRow
from indexing.store.writing import writing

DESK = Principal("desk", frozenset({"madrid", "lima"}))
ORDER = """DECISÃO EUROPEIA DE INVESTIGAÇÃO (DEI)
Secção A
Estado de emissão: Portugal
Estado de execução: Espanha
Secção C: Medidas de investigação a executar
Busca na residência de Julián Ortega
Secção G: Crime de tráfico, artigo 21.º do Decreto-Lei n.º 15/93
Secção K: Autoridade de emissão: DIAP de Portalegre
Data: 20/11/2026
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("sides"))
    made.bring("own.txt", LETTER, "madrid", document_type="rogatory_letter", date="2026-01-12")
    made.bring("order.txt", ORDER, "madrid", document_type="eio", date="2026-11-20")
    made.bring("received.txt", LETTER, "lima", document_type="rogatory_letter", date="2026-01-12")
    with writing(made.store) as session:
        for collection, state in (("madrid", "ES"), ("lima", "PE")):
            session.execute(update(CollectionRow).where(CollectionRow.id == collection).values(state=state))
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, DESK, WTF_CSRF_ENABLED=False).test_client()


def letter_of(desk: Desk, name: str) -> str:
    documents = desk.store.every_document(desk.store.access(DESK))
    return f"/requests/{next(one.id for one in documents if one.source == name)}/completion-letter"


NAMES = {
    "es": "Qué añadir antes de enviarla",
    "pt": "O que acrescentar antes do envio",
    "pt-PT": "O que acrescentar antes do envio",
    "en": "What to add before sending",
    "fr": "À compléter avant l’envoi",
}


@pytest.mark.parametrize("variety", NAMES)
def test_who_sends_a_request_reads_what_to_add(desk: Desk, client: FlaskClient, variety: str) -> None:
    name = NAMES[variety]
    address = letter_of(desk, "own.txt")
    for page in (address, address.removesuffix("/completion-letter"), address.replace("completion-letter", "course")):
        assert name in client.get(f"{page}?ui={variety}").text
    received = letter_of(desk, "received.txt")
    assert name not in client.get(f"{received}?ui={variety}").text


def test_the_list_of_an_own_request_has_points_and_articles_and_no_frame(desk: Desk, client: FlaskClient) -> None:
    answer = client.get(f"/api/v1{letter_of(desk, 'own.txt')}").json
    follows(answer, "CompletionLetter")
    received = client.get(f"/api/v1{letter_of(desk, 'received.txt')}").json
    assert (answer["is_own"], received["is_own"]) == (True, False)
    assert (answer["sender"], answer["head"], answer["recipient"], answer["closing"]) == ("", [], [], [])
    assert answer["items"] == received["items"]
    assert received["sender"]
    file = docx.Document(io.BytesIO(client.get(f"{letter_of(desk, 'own.txt')}.docx").data))
    assert file.paragraphs[0].text == answer["subject"]


@pytest.mark.parametrize("language", [*LANGUAGES, "pt-PT"])
def test_an_order_is_answered_by_no_central_authority(desk: Desk, client: FlaskClient, language: str) -> None:
    address = letter_of(desk, "order.txt")
    answer = client.get(f"/api/v1{address}?language={language}").json
    assert answer["sender"] == "[…]"
    assert len(answer["recipient"]) == 1
    assert "Ministerio" not in client.get(f"{address}?language={language}&ui=es").text


@pytest.mark.parametrize(
    ("language", "article", "more"),
    [("pt-PT", "art. 18.º, n.º 15", "art. 18.º, n.º 16"), ("pt", "art. 18, § 15", "art. 18, § 16")],
)
def test_articles_are_cited_as_in_the_variety_of_the_letter(
    desk: Desk, client: FlaskClient, language: str, article: str, more: str
) -> None:
    answer = client.get(f"/api/v1{letter_of(desk, 'received.txt')}?language={language}").json
    items = {item["key"]: item["article"] for item in answer["items"]}
    assert article in items["measure_precision"]
    assert any(more in line for line in answer["closing"])
