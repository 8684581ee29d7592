"""List of documents: sort orders, and distinction of letters with the same title."""

from pathlib import Path

import pytest
from desk import Desk
from flask.testing import FlaskClient
from lxml import html
from web_site import site

from app.requests.readings import read_pending
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER
from indexing.store.reading import SORTS, Selection

LETTER = """# CARTA ROGATORIA

Juzgado Letrado en lo Penal de 2.º turno, Montevideo (República Oriental del Uruguay)

Referencia: IUE {number}

Montevideo, {day} de septiembre de 2026

A la autoridad judicial competente de la República de Colombia. Se solicita que se remitan los registros bancarios.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("list"))
    for number, day in (("2-100/2026", 19), ("2-200/2026", 3)):
        made.bring(f"carta-{day}.md", LETTER.format(number=number, day=day), document_type="rogatory_letter")
    made.bring(
        "ley.md", "# Ley 8/2031, de aguas\n\n## Artículo 1\n\nUno.\n", jurisdiction="ES", document_type="statute"
    )
    read_pending(made.store)
    return made


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings).test_client()


def test_letters_of_one_title_have_their_reference_and_who_asks_whom(client: FlaskClient) -> None:
    items = html.fromstring(client.get("/documents?kind=request&ui=en").data).xpath("//ul[@class='documents']/li")
    assert {item.findtext(".//strong") for item in items} == {"IUE 2-100/2026", "IUE 2-200/2026"}
    assert all("Uruguay" in item.text_content() for item in items), [item.text_content() for item in items]


def test_the_numbers_of_the_kinds_add_up(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    law = "# Ley 8/2031, de aguas\n\n## Artículo 1\n\nUno.\n"
    made.bring("ley.md", law, jurisdiction="ES", document_type="statute")
    made.bring("extracto.md", "Extracto de la cuenta.\n", document_type="bank_record")
    made.bring("nota.md", "Nada que se reconozca.\n")
    client = site(made.installation.settings).test_client()
    for path, key in (("/", "//ul[@class='kinds-key']//b"), ("/documents", "//div[@class='tabs']//li[@class]//span")):
        page = html.fromstring(client.get(f"{path}?ui=en").data)
        assert [int(number.text) for number in page.xpath(key)] == [1, 2], path
    page = html.fromstring(client.get("/documents?kind=other&ui=en").data)
    assert len(page.xpath("//ul[@class='documents']/li")) == 2


def test_each_order_lists_every_document_once(desk: Desk) -> None:
    access = desk.store.access(LOCAL_USER)
    listed = {sort: desk.store.sorted_documents(access, Selection(), sort) for sort in SORTS}
    assert {len({one.id for one in found}) for found in listed.values()} == {3}
    assert [one.title for one in listed["title"]][-1].startswith("Ley 8/2031")
    assert [one.date for one in listed["date"]] == sorted((one.date for one in listed["date"]), reverse=True)
    assert [one.id for one in desk.store.sorted_documents(access, Selection(), "date", skip=1, limit=1)] == [
        listed["date"][1].id
    ]


@pytest.mark.parametrize("argument", ["sort=nonsense", "first=-5", "first=99999999999999999999", "first=x"])
def test_an_address_that_means_nothing_lists_documents_all_the_same(client: FlaskClient, argument: str) -> None:
    assert client.get(f"/documents?{argument}").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_is_offered_in_words(client: FlaskClient, language: str) -> None:
    page = html.fromstring(client.get(f"/documents?sort=title&kind=law&ui={language}").data)
    links = page.xpath("//details[@class='arrange']//a")
    assert [link.get("aria-current") for link in links] == [None, None, "true", None]
    assert all("kind=law" in link.get("href") for link in links)
