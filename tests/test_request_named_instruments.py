"""Instruments that a letter names by subject, parties and date, or by their number, and where their names end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk import Desk
from web_site import site

from app.requests.readings import stored_reading
from indexing.access import LOCAL_USER
from nlp.pipeline import annotate
from nlp.requests.law.bilateral_basis import instrument_by_words
from nlp.requests.reading import read_request

LETTERS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nBuenos Aires, Argentina, 12 de marzo de 2026\n\nA la Autoridad Central del "
    "Reino de España\nMadrid\n\n{kind}\n\n{words}\n\nSe solicita {asked}.\n",
    "pt": "PROCURADORIA-GERAL DA REPÚBLICA\nLisboa, Portugal, 12 de março de 2026\n\nÀ Autoridade Central do Brasil\n"
    "Brasília\n\n{kind}\n\n{words}\n\nSolicita-se {asked}.\n",
    "en": "CROWN PROSECUTION SERVICE\nLondon, United Kingdom, 12 March 2026\n\nTo the Central Authority of the United "
    "States of America\nWashington\n\n{kind}\n\n{words}\n\nPlease {asked}.\n",
    "fr": "PARQUET FÉDÉRAL\nBruxelles, Belgique, le 12 mars 2026\n\nÀ l'autorité centrale du Portugal\nLisbonne\n\n"
    "{kind}\n\n{words}\n\nIl est demandé {asked}.\n",
}
HEARD = {
    "es": ("Solicitud de asistencia jurídica mutua", "que se reciba declaración al testigo Julio Arce Mena"),
    "pt": ("Pedido de auxílio judiciário mútuo", "a inquirição da testemunha Júlio Arce Mena"),
    "en": ("Request for mutual legal assistance", "take a statement from the witness Julian Archer"),
    "fr": ("Demande d'entraide judiciaire", "d'entendre le témoin Jules Arceau"),
}
EXTRADITION = ("Solicitud de extradición", "la extradición de Julio Arce Mena, nacido el 3 de mayo de 1980")


def basis(language: str, words: str, kind: tuple[str, str] | None = None) -> list[tuple[str | None, str]]:
    """Return instrument and words of each legal basis of a letter that has these words."""
    title, asked = kind or HEARD[language]
    text = LETTERS[language].format(kind=title, words=words, asked=asked)
    values = [one.value for one in read_request(text, annotate(text)).fields.get("legal_basis", ())]
    return [(value["instrument"], str(value["text"])) for value in values if isinstance(value, dict)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "La presente se emite de conformidad con la Directiva 2014/41/UE."),
        ("pt", "O pedido é formulado ao abrigo da Diretiva 2014/41/UE."),
        ("en", "This order is issued under Directive 2014/41/EU."),
        ("fr", "La demande est fondée sur la directive 2014/41/UE."),
        ("fr", "Fondement : directive 2014/41 du Parlement européen et du Conseil."),
    ],
)
def test_directive_of_the_investigation_order(language: str, words: str) -> None:
    assert [instrument for instrument, _ in basis(language, words)] == ["EIO"]


TREATY = "Tratado de Extradición y Asistencia Judicial en Materia Penal"


@pytest.mark.parametrize(
    ("language", "words", "kind", "instrument"),
    [
        (
            "es",
            f"El pedido se funda en el {TREATY} suscripto en Buenos Aires el 3 de marzo de 1987.",
            EXTRADITION,
            "BILATERAL:AR-ES:extradition:1987",
        ),
        (
            "es",
            f"El pedido se funda en el {TREATY} entre la República Argentina y el Reino de España, suscripto en Buenos "
            "Aires el 3 de marzo de 1987.",
            None,
            "BILATERAL:AR-ES:assistance:1987",
        ),
        (
            "pt",
            "O pedido funda-se no Tratado de Auxílio Mútuo em Matéria Penal entre o Governo da República Portuguesa e "
            "o Governo da República Federativa do Brasil, assinado em Brasília em 7 de maio de 1991.",
            None,
            "BILATERAL:BR-PT:assistance:1991",
        ),
        (
            "en",
            "This request is made under the Treaty between the United Kingdom and the United States of America on "
            "Mutual Legal Assistance in Criminal Matters, signed at Washington on 6 January 1994.",
            None,
            "BILATERAL:GB-US:assistance:1994",
        ),
    ],
)
def test_treaty_named_by_parties_and_date(
    language: str, words: str, kind: tuple[str, str] | None, instrument: str
) -> None:
    assert [found for found, _ in basis(language, words, kind)] == [instrument]


def test_treaty_of_other_states_has_no_id() -> None:
    words = "El pedido se funda en el Tratado de Asistencia entre Francia y Bélgica de 12 de mayo de 1991."
    assert not any(instrument for instrument, _ in basis("es", words))
    words = "O pedido funda-se na Convenção de Extradição entre os Estados Membros da CPLP."
    assert not any(instrument.startswith("BILATERAL") for instrument, _ in basis("pt", words) if instrument)
    assert instrument_by_words("Tratado de Asistencia Judicial de 1901", "AR", "ES", date(2026, 1, 1)) == ""


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        (
            "es",
            "El pedido se funda en la Convención sobre Extradición de Montevideo de 1933 y en el Acuerdo sobre "
            "Extradición entre los Estados Partes del MERCOSUR.",
            "Convención sobre Extradición de Montevideo de 1933",
        ),
        (
            "es",
            "El pedido se funda en la Convención sobre Extradición de Montevideo de 1933, así como en la Convención de "
            "las Naciones Unidas contra la Corrupción.",
            "Convención sobre Extradición de Montevideo de 1933",
        ),
        (
            "pt",
            "O pedido funda-se na Convenção sobre Extradição de Montevidéu de 1933 e na Convenção das Nações Unidas "
            "contra a Corrupção.",
            "Convenção sobre Extradição de Montevidéu de 1933",
        ),
        (
            "en",
            "This request is made under the Montevideo Convention on Extradition of 1933 and under the United Nations "
            "Convention against Corruption.",
            "Convention on Extradition of 1933",
        ),
        (
            "fr",
            "La demande est fondée sur la Convention de Montevideo sur l'extradition de 1933 et sur la Convention des "
            "Nations unies contre la corruption.",
            "Convention de Montevideo sur l'extradition de 1933",
        ),
    ],
)
def test_name_ends_before_the_next_treaty(language: str, words: str, name: str) -> None:
    assert name in [text for _, text in basis(language, words)]


def test_register_narrows_down_to_a_bilateral_treaty(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    title, asked = HEARD["es"]
    words = f"El pedido se funda en el {TREATY} suscripto en Buenos Aires el 3 de marzo de 1987."
    text = LETTERS["es"].format(kind=title, words=words, asked=asked)
    stored = made.bring("t.txt", text, "madrid", document_type="mla_request", date="2026-03-12")
    stored_reading(made.store, made.store.access(LOCAL_USER), stored)
    client = site(made.installation.settings, LOCAL_USER).test_client()
    page = client.get("/requests/?ui=es")
    assert page.status_code == 200
    assert "3 de marzo de 1987" in page.text
    assert "(Argentina–España)" in page.text
    narrowed = client.get("/api/v1/requests?q=instrument:BILATERAL:AR-ES:assistance:1987").json
    assert narrowed["total"] == 1
    made.installation.close()


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        (
            "fr",
            "Nous prions les autorités, en application de la convention d'entraide judiciaire en matière pénale signée "
            "à Paris le 28 mai 1996, de bien vouloir répondre.",
            "convention d'entraide judiciaire en matière pénale signée à Paris le 28 mai 1996",
        ),
        (
            "es",
            "Se funda en el convenio de asistencia judicial en materia penal firmado en Madrid el 3 de marzo de 1987.",
            "convenio de asistencia judicial en materia penal firmado en Madrid el 3 de marzo de 1987",
        ),
    ],
)
def test_treaty_in_small_letters_is_known_by_its_date(language: str, words: str, name: str) -> None:
    assert [text for _, text in basis(language, words)] == [name]


@pytest.mark.parametrize(
    "words",
    [
        "This request is made pursuant to Article 7 of the United Nations Convention against Illicit Traffic in "
        "Narcotic Drugs and Psychotropic Substances, 1988, and\nArticle 18 of the United Nations Convention against "
        "Transnational Organized Crime, 2000.\nPlease obtain statements of the account, which shall be certified.",
        "La presente solicitud se funda en el artículo 7 de la Convención de las Naciones Unidas contra el Tráfico "
        "Ilícito de Estupefacientes y Sustancias Sicotrópicas de 1988 y\nArtículo 18 de la Convención de las Naciones "
        "Unidas contra la Delincuencia Organizada Transnacional.\nSe solicitan los extractos de la cuenta.",
    ],
)
def test_a_line_that_goes_on_a_sentence_with_an_article_quotes_no_law(words: str) -> None:
    text = f"Central Authority\nKingston, Jamaica\n16 November 2026\n\nTo the Central Authority of Spain\n\n{words}\n"
    found = [one.value for one in read_request(text, annotate(text)).fields["legal_basis"]]
    assert {one["instrument"] for one in found if isinstance(one, dict)} == {"VIENNA88", "UNTOC"}


@pytest.mark.parametrize(
    "words",
    [
        "Under the Council Act of 29 May 2000 establishing the Convention on Mutual Assistance in Criminal Matters.",
        "Ao abrigo do Ato do Conselho de 29 de maio de 2000 que estabelece a Convenção de auxílio em matéria penal.",
        "Conforme al Acto del Consejo de 29 de mayo de 2000 por el que se celebra el Convenio de asistencia penal.",
        "En vertu de l'acte du Conseil du 29 mai 2000 établissant la convention d'entraide en matière pénale.",
    ],
)
def test_the_act_that_established_a_convention_names_it(words: str) -> None:
    text = f"{words} The witness is to be heard in the criminal investigation."
    found = read_request(text, annotate(text)).fields["legal_basis"]
    assert "EU-MLA2000" in {one.value["instrument"] for one in found}  # type: ignore[index, call-overload]
