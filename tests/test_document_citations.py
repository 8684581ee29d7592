"""Citations of and in a document on its pages, within the access of the reader."""

from pathlib import Path

import pytest
from desk import Desk
from flask.testing import FlaskClient
from lxml import html
from web_site import site

from app.documents.citations import cited
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from indexing.search.request import SearchRequest
from indexing.search.search import search

LAW = """# Ley 8/2031, de lavado de activos

## Artículo 1. Objeto.

La presente ley castiga el lavado de activos conforme al artículo 2 de la presente ley.

## Artículo 2. Lavado.

El que convierta bienes de origen ilícito será castigado con prisión de seis meses a seis años.
"""
JUDGMENT = """# SENTENCIA 45/2032

Tribunal Supremo. Sala de lo Penal. Madrid, 3 de mayo de 2032.

El artículo 2 de la Ley 8/2031 castiga la conversión de bienes. Véase también la Ley 99/2001, de patentes.
"""
LETTER = """# CARTA ROGATORIA

Se transcribe el artículo 2 de la Ley 8/2031. El artículo 2 de la Ley 8/2031 exige el conocimiento del origen.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("citations"))
    made.bring("ley.md", LAW, jurisdiction="ES", document_type="statute")
    made.bring("sentencia.md", JUDGMENT, jurisdiction="ES", document_type="judgment")
    made.bring("carta.md", LETTER, "lima", jurisdiction="ES", document_type="rogatory_letter")
    return made


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings).test_client()


def document(desk: Desk, source: str) -> str:
    store = desk.installation.store
    return next(one.id for one in store.every_document(store.access(LOCAL_USER)) if one.source == source)


def rows(client: FlaskClient, address: str, title: str) -> list[str]:
    """Return the words of the rows below the heading with the id ``title``."""
    answer = client.get(address)
    assert answer.status_code == 200
    section = html.fromstring(answer.data).xpath(f"//section[@aria-labelledby='{title}']")[0]
    return [" ".join(row.text_content().split()) for row in section.xpath(".//ul/li")]


def test_citations_are_listed_once_with_their_number_and_lead_to_the_provision(desk: Desk, client: FlaskClient) -> None:
    address = f"/documents/{document(desk, 'carta.md')}/citations?ui=en"
    (only,) = rows(client, address, "cites-title")
    assert only.startswith("artículo 2 de la Ley 8/2031")
    assert "2 times" in only
    assert f"/documents/{document(desk, 'ley.md')}?at=" in client.get(address).text


def test_what_is_not_in_the_collection_is_said_to_be_missing(desk: Desk, client: FlaskClient) -> None:
    found = rows(client, f"/documents/{document(desk, 'sentencia.md')}/citations?ui=en", "cites-title")
    assert [("Open" in row, "not in the collection" in row.lower()) for row in found if "99/2001" in row] == [
        (False, True)
    ]
    assert [row for row in found if "8/2031" in row and "Open" in row]


@pytest.mark.parametrize(
    ("query", "told"),
    [("artículo 2 de la Ley 8/2031", ""), ("artículo 77 de la Ley 8/2031", "no such provision was found in it")],
)
def test_a_search_says_openly_that_a_law_does_not_have_the_provision(
    desk: Desk, client: FlaskClient, query: str, told: str
) -> None:
    page = html.fromstring(client.get("/", query_string={"q": query, "ui": "en"}).data)
    notices = [" ".join(one.text_content().split()) for one in page.find_class("citation")]
    assert len(notices) == bool(told)
    assert all(query in one and told in one for one in notices)


def test_a_law_and_its_provision_are_cited_by_others_and_not_by_themselves(desk: Desk, client: FlaskClient) -> None:
    law = document(desk, "ley.md")
    assert rows(client, f"/documents/{law}/citations", "cites-title") == []
    for address, expected in ((f"/documents/{law}/citations", 2), (f"/documents/{law}/citations?unit=art.+2", 2)):
        found = rows(client, address, "cited-by-title")
        assert len(found) == expected
        assert any("SENTENCIA" in row for row in found)
    assert rows(client, f"/documents/{law}/citations?unit=art.+1", "cited-by-title") == []


def test_another_version_of_a_law_does_not_cite_it(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    law = made.bring("ley.md", LAW, jurisdiction="ES", document_type="statute")
    made.bring("ley-2030.md", LAW.replace("bienes", "dinero"), jurisdiction="ES", document_type="statute")
    made.bring("sentencia.md", JUDGMENT, jurisdiction="ES", document_type="judgment")
    client = site(made.installation.settings).test_client()
    (only,) = rows(client, f"/documents/{law}/citations", "cited-by-title")
    assert "SENTENCIA" in only


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_learns_of_a_letter_that_he_may_not_see(desk: Desk, language: str) -> None:
    reader = site(desk.installation.settings, Principal("reader", frozenset({"public"}))).test_client()
    law, letter = document(desk, "ley.md"), document(desk, "carta.md")
    (only,) = rows(reader, f"/documents/{law}/citations?ui={language}", "cited-by-title")
    assert "SENTENCIA" in only
    assert letter not in reader.get(f"/documents/{law}/citations?ui={language}").text
    assert reader.get(f"/documents/{letter}/citations?ui={language}").status_code == 404


def test_the_document_leads_to_its_citations_and_the_keys(desk: Desk, client: FlaskClient) -> None:
    page = html.fromstring(client.get(f"/documents/{document(desk, 'sentencia.md')}?ui=en").data)
    assert page.xpath("//div[@class='tools']/a[contains(@href, '/citations')]/span[@class='count']/text()") == ["2"]
    (keys,) = page.xpath("//footer//a[@data-key='?']/@href")
    assert client.get(keys).status_code == 200


DECIMAL_LAW = """# Loi du 3 mai 2031 relative au livre 9 du code judiciaire

Article 9. Le juge statue sur les dépens de la procédure dans le jugement définitif.

Article 9.4. La demande d'entraide est exécutée dans un délai de trente jours.

Article 10. Le greffier notifie la décision aux parties.
"""
DECISION = """# ARRÊT 12/2032

Cour de cassation. Bruxelles, le 4 juin 2032.

L'article 9.4 de la loi du 3 mai 2031 fixe le délai. L'article 10.2 de la loi du 3 mai 2031 est sans objet.
"""


def test_decimals_lead_to_the_article_if_the_law_has_it_else_to_the_paragraphs_article(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("loi.md", DECIMAL_LAW, jurisdiction="BE", document_type="statute", language="fr")
    desk.bring("arret.md", DECISION, jurisdiction="BE", document_type="judgment", language="fr")
    store = desk.installation.store
    annotations = store.annotations(store.access(LOCAL_USER), document(desk, "arret.md"))
    found = cited(desk.installation, LOCAL_USER, DECISION, annotations)
    assert [one.held.unit for one in found if one.held] == ["art. 9.4", "art. 10"]
    hits = search(desk.installation, SearchRequest("art. 9.4 loi du 3 mai 2031"), LOCAL_USER).hits
    assert hits[0].unit == "art. 9.4"
