"""Translations of letters in files of their own: no requests, but linked with their original and compared with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk
from flask.testing import FlaskClient
from lxml import html
from test_api import follows
from web_site import site

from app.requests.life.stored_links import all_links, translations
from app.requests.search.values import compact
from extraction.errors import LANGUAGES
from indexing.access import Principal
from nlp.pipeline import annotate
from nlp.requests.reading import letter_type

DESK = Principal("kes", frozenset({"public", "kes"}))
ORIGINAL = """PARQUET NATIONAL FINANCIER
Paris, le 4 mai 2026
Réf. : N° 318/2026
Procédure n° 25 077 000 415

À l'autorité centrale de la République de Chypre, Nicosie
DEMANDE D'ENTRAIDE PÉNALE INTERNATIONALE

Faits. Entre le 3 février 2023 et le 28 juin 2024, Hervé Lanquetot, né le 9 août 1971, a détourné 1.482.650 euros de la
caisse de retraite qu'il dirigeait, en les faisant passer par le compte CY17 0020 0128 0000 0012 0052 7600.

Qualification. Abus de confiance, article 314-1 du code pénal, puni de cinq ans d'emprisonnement.

Actes demandés
1. La communication des relevés du compte CY17 0020 0128 0000 0012 0052 7600 du 1er janvier 2023 au 31 juillet 2024.
2. L'audition comme témoin de Mme Despina Charalambous.

Une réponse est souhaitée avant le 30 septembre 2027.

Solène Kermarrec, procureure adjointe
"""
TRANSLATION = """CERTIFIED TRANSLATION FROM FRENCH INTO ENGLISH

NATIONAL FINANCIAL PROSECUTOR'S OFFICE
Paris, 4 May 2026
Ref.: 318/2026
Proceedings no. 25 077 000 415

To the Central Authority of the Republic of Cyprus, Nicosia
REQUEST FOR INTERNATIONAL MUTUAL LEGAL ASSISTANCE IN CRIMINAL MATTERS

Facts. Between 3 February 2023 and 28 June 2024, Hervé Lanquetot, born on 9 August 1971, misappropriated 1,482,560 euros
from the pension fund that he managed, by way of the account CY17 0020 0128 0000 0012 0052 7600.

Offence. Breach of trust, article 314-1 of the French Criminal Code, punishable by five years' imprisonment.

Assistance requested
1. The statements of the account CY17 0020 0128 0000 0012 0052 7600 from 1 January 2023 to 31 July 2024.
2. The hearing of Ms Despina Charalambous as a witness.

An answer is requested before 30 September 2027.

Solène Kermarrec, Deputy Prosecutor
I certify that this is a true translation. Paris, 11 May 2026. Edith Rowntree, sworn translator.
"""
ANSWER = """REPUBLIC OF CYPRUS
MINISTRY OF JUSTICE AND PUBLIC ORDER
Nicosia, 2 July 2026
Our ref.: MJPO 12.3.114/26
Your ref.: 318/2026

To the Parquet National Financier, Paris, French Republic

Re: Your request for mutual legal assistance of 4 May 2026

In reply to your request, the bank statements are enclosed. The hearing of the witness took place on 22 June 2026.

Yours faithfully,
Andri Pavlidou
"""
MAIL = """Subject: MLA request 318/2026 and translation

Dear colleagues,

Please find attached the request for mutual legal assistance 318/2026 and its translation into English.

Regards
Bureau de l'entraide
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("translations"))
    made.bring("translation.txt", TRANSLATION, "kes")
    made.bring("original.txt", ORIGINAL, "kes")
    made.bring("answer.txt", ANSWER, "kes")
    made.bring("mail.txt", MAIL, "kes")
    made.read_requests()
    yield made
    made.installation.close()


@pytest.fixture(scope="module")
def ids(desk: Desk) -> dict[str, str]:
    return desk.ids(DESK)


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, DESK, WTF_CSRF_ENABLED=False).test_client()


def test_a_translation_and_the_answer_are_proposed_for_the_original(desk: Desk, ids: dict[str, str]) -> None:
    found = {(one.letter, one.request, one.kind) for one in all_links(desk.store, desk.store.access(DESK))}
    assert found == {
        (ids["translation.txt"], ids["original.txt"], "translation"),
        (ids["answer.txt"], ids["original.txt"], "answer"),
    }


def test_the_register_has_the_original_alone(client: FlaskClient, ids: dict[str, str]) -> None:
    listed = client.get("/api/v1/requests").json["requests"]
    assert {one["document_id"] for one in listed} == {ids["original.txt"], ids["answer.txt"]}
    deadlines = client.get("/api/v1/request-deadlines?overdue=9000&ahead=9000").json["deadlines"]
    assert {one["document_id"] for one in deadlines} == {ids["original.txt"]}


def test_the_check_of_the_original_counts_the_translation(client: FlaskClient, ids: dict[str, str]) -> None:
    found = client.get(f"/api/v1/requests/{ids['original.txt']}").json
    follows(found, "Request")
    assert {"key": "translation", "document": ids["translation.txt"], "kind": "translation"} in found["supplied"]
    letter = client.get(f"/api/v1/requests/{ids['original.txt']}/completion-letter").json
    follows(letter, "CompletionLetter")
    assert "translation" not in {one["key"] for one in letter["items"]}


def test_differences_of_both_files_are_shown_with_each(client: FlaskClient, ids: dict[str, str]) -> None:
    for name in ("original.txt", "translation.txt"):
        found = client.get(f"/api/v1/requests/{ids[name]}").json
        follows(found, "Request")
        [one] = found["translations"]
        assert (one["letter"], one["request"]) == (ids["translation.txt"], ids["original.txt"])
        assert one["differences"] == [{"original": "1.482.650", "translation": "1,482,560"}]  # not the translator's day
    assert client.get(f"/api/v1/requests/{ids['translation.txt']}").json["preflight"] == []
    course = client.get(f"/api/v1/requests/{ids['original.txt']}/course").json
    follows(course, "RequestCourse")
    assert [one["letter"] for one in course["translations"]] == [ids["translation.txt"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_show_original_and_translation_side_by_side(
    client: FlaskClient, ids: dict[str, str], language: str
) -> None:
    page = html.fromstring(client.get(f"/requests/{ids['original.txt']}?ui={language}").data)
    section = page.xpath("//section[h2[@id='translation-title']]")[0]
    assert section.xpath(f".//a[@href='/requests/{ids['translation.txt']}']")
    assert "1,482,560" in section.text_content()
    assert page.xpath(f"//ul[@class='checks']//a[@href='/requests/{ids['translation.txt']}']")
    other = html.fromstring(client.get(f"/requests/{ids['translation.txt']}?ui={language}").data)
    assert other.xpath(f"//section[h2[@id='translation-title']]//a[@href='/requests/{ids['original.txt']}']")
    assert not other.xpath("//h2[@id='checks-title']")


def test_a_rejected_translation_is_a_request_again(client: FlaskClient, ids: dict[str, str]) -> None:
    link = {"letter": ids["translation.txt"], "request": ids["original.txt"], "kind": "translation"}
    assert client.post("/api/v1/request-links", json={**link, "verdict": "rejected"}).status_code == 201
    listed = client.get("/api/v1/requests").json["requests"]
    assert ids["translation.txt"] in {one["document_id"] for one in listed}
    assert client.get(f"/api/v1/requests/{ids['translation.txt']}").json["preflight"]
    assert client.post("/api/v1/request-links", json={**link, "verdict": "confirmed"}).status_code == 201
    assert client.get("/api/v1/requests").json["total"] == 2


def test_nobody_is_kept_from_a_translation_whose_original_may_not_be_seen(desk: Desk, ids: dict[str, str]) -> None:
    other = desk.store.access(Principal("other", frozenset({"public"})))
    assert str(translations(other).whereclause)
    with desk.store.database.connect() as connection:
        assert ids["translation.txt"] not in connection.execute(translations(other)).scalars().all()


@pytest.mark.parametrize(
    "written", ["Nº 1187/2026", "N.º 1187/2026", "n° 1187/2026", "No. 1187/2026", "Nro. 1187/2026", "Num. 1187/2026"]
)
def test_a_number_is_the_same_without_its_sign(written: str) -> None:
    assert compact(written) == compact("1187/2026")


COVERS = [
    "Asunto: Exhorto 88/2026, remite solicitud y traducción\n\nBuenas tardes:\n\nSe adelantan por correo electrónico "
    "la solicitud original y su traducción. Los originales siguen por valija.\n\nSaludos\n",
    "Assunto: Carta rogatória 45/2026\n\nBom dia,\n\nAntecipam-se por correio eletrónico a carta rogatória e a "
    "respetiva tradução para francês. Os originais seguem por via diplomática.\n\nCumprimentos,\nAutoridade Central\n",
    "Subject: MLA request 12/2026\n\nDear Sir or Madam,\n\nWe are sending in advance by e-mail the request for mutual "
    "legal assistance with its translation. The originals follow by courier.\n\nYours sincerely,\nCentral Authority\n",
    "Objet : commission rogatoire internationale\n\nBonjour,\n\nNous vous faisons parvenir par avance la commission "
    "rogatoire internationale et sa traduction. Les originaux suivent par la valise.\n\nCordialement\n",
]


@pytest.mark.parametrize("text", COVERS)
def test_mail_that_sends_letter_and_translation_is_a_covering_letter(text: str) -> None:
    assert letter_type(text, annotate(text)).document_type.label == "transmittal_slip"
