"""Particulars without which a request is not executed: who is to be found, numbers, annexes, a visible signature."""

from __future__ import annotations

import pytest

from app.requests.rows import request_row
from nlp.pipeline import annotate
from nlp.requests.proposal import Check, RequestReading
from nlp.requests.reading import read_request

HEADS = {
    "es": """FISCALÍA GENERAL DEL ESTADO
Quito, 3 de marzo de 2026

SOLICITUD DE ASISTENCIA PENAL INTERNACIONAL

A la autoridad competente de la República de Colombia

Hechos: en enero de 2023 el investigado Hugo Páez Lema, nacido el 2 de mayo de 1980, vendió terrenos ajenos a
cuarenta personas y cobró por ellos en efectivo.

""",
    "pt": """MINISTÉRIO PÚBLICO FEDERAL
Brasília, 3 de março de 2026

PEDIDO DE COOPERAÇÃO JURÍDICA INTERNACIONAL

À autoridade competente da República do Paraguai

Fatos: em janeiro de 2023 o investigado Hugo Paes Lema, nascido em 2 de maio de 1980, vendeu terrenos alheios
a quarenta pessoas e recebeu o preço em dinheiro.

""",
    "en": """ATTORNEY GENERAL, BARBADOS
3 March 2026

REQUEST FOR MUTUAL LEGAL ASSISTANCE

To the competent authority of Ireland

Facts: in January 2023 the suspect Hugh Pace, born on 2 May 1980, sold land that was not his to forty persons
and was paid in cash.

""",
    "fr": """TRIBUNAL JUDICIAIRE DE LYON
Lyon, le 3 mars 2026

COMMISSION ROGATOIRE INTERNATIONALE

Aux autorités compétentes de la Confédération suisse

Faits : en janvier 2023, le suspect Hugues Payet, né le 2 mai 1980, a vendu à quarante personnes des terrains
qui ne lui appartenaient pas, contre espèces.

""",
}
ENDS = {
    "es": "\n\nAtentamente,\nRosa Vélez Andrade\nAgente Fiscal",
    "pt": "\n\nAtenciosamente,\nRosa Vieira Andrade\nProcuradora da República",
    "en": "\n\nYours faithfully,\nRose Valley\nAttorney General",
    "fr": "\n\nVeuillez agréer mes salutations distinguées,\nRose Vallet\nJuge d'instruction",
}


def reading(language: str, body: str, media_type: str = "") -> RequestReading:
    text = HEADS[language] + body + ENDS[language]
    return read_request(text, annotate(text), media_type=media_type)


def check_of(read: RequestReading, key: str) -> Check | None:
    return next((check for check in read.checks if check.key == key), None)


@pytest.mark.parametrize(
    ("language", "body", "raised"),
    [
        ("es", "Se solicita recibir declaración testimonial a Inés Palacios Ferreyra.", True),
        (
            "es",
            "Se solicita recibir declaración testimonial a Inés Palacios, domiciliada en calle Mayor 4, Cali.",
            False,
        ),
        ("es", "Se solicita recibir declaración testimonial a Inés Palacios, gerente del Banco del Valle.", False),
        (
            "es",
            "Se solicita recibir declaración a la testigo Inés Palacios Ferreyra, nacida el 4 de mayo de 1971.",
            False,
        ),
        ("pt", "Solicita-se a oitiva da testemunha Inês Palácios Ferreira.", True),
        ("pt", "Solicita-se a oitiva da testemunha Inês Palácios, residente na Rua Palma, 120, Assunção.", False),
        ("pt", "Solicita-se a citação da acusada Inês Palácios Ferreira para a audiência de 4 de maio de 2026.", True),
        ("en", "We ask you to take a witness statement from Agnes Palmer.", True),
        ("en", "We ask you to hear Agnes Palmer, 12 Quay Street, as a witness by video link from Cork.", False),
        ("en", "We ask you to take a witness statement from Agnes Palmer, 12 Quay Street, Cork.", False),
        ("en", "We ask you to take a witness statement from Sergeant Agnes Palmer.", False),
        ("en", "We ask you to take a witness statement from Agnes Palmer, then clerk of the tender board.", False),
        ("en", "We ask you to take a witness statement from Agnes Palmer, sister of the accused.", True),
        ("es", "Se solicita recibir declaración a la testigo Inés Palacios, entonces vigilante del puerto.", False),
        ("es", "Se solicita recibir declaración a la testigo Inés Palacios, hermana del imputado.", True),
        ("pt", "Solicita-se a oitiva da testemunha Inês Palácios, porteira do edifício.", False),
        ("fr", "Nous vous prions de procéder à l'audition du témoin Inès Palas, gardienne de la marina.", False),
        ("fr", "Nous vous prions de procéder à l'audition du témoin Inès Palas.", True),
        (
            "fr",
            "Nous vous prions de procéder à l'audition du témoin Inès Palas, demeurant 12 rue du Rhône, Genève.",
            False,
        ),
    ],
)
def test_a_person_to_be_heard_can_be_found(language: str, body: str, raised: bool) -> None:
    read = reading(language, body)
    check = check_of(read, "addressee" if read.document_type.value == "service_request" else "identity")
    assert (check is not None and check.reason.endswith(".heard_unlocated")) == raised
    if raised and check:
        assert check.state == "doubtful"
        assert check.place
        assert "Pal" in check.values[0]


@pytest.mark.parametrize(
    ("language", "body", "numbers"),
    [
        (
            "pt",
            "Solicita-se a certidão de antecedentes de Luzia Camargo Pestana, CPF 111.222.333-44.",
            ("111.222.333-44",),
        ),
        ("pt", "Solicita-se a certidão de antecedentes de Otávio Nogueira, CPF 529.982.247-25.", ()),
        ("es", "Se solicitan los extractos de la cuenta ES91 2100 0418 4502 0005 1333 del año 2023.", None),
        ("en", "We request the statements of account IE29 AIBK 9311 5212 3456 79 for 2023.", None),
        ("en", "We request the statements of account IE29 AIBK 9311 5212 3456 78 for 2023.", ()),
    ],
)
def test_a_number_that_fails_its_check_digits_is_asked_for(
    language: str, body: str, numbers: tuple[str, ...] | None
) -> None:
    check = check_of(reading(language, body), "identifiers")
    if numbers == ():
        assert check is None
    else:
        assert check is not None
        assert check.reason == "identifiers.invalid"
        assert numbers is None or check.values == numbers


@pytest.mark.parametrize(
    ("language", "body", "dates"),
    [
        ("es", "El 31 de febrero de 2025 se abrió la cuenta. Se solicitan sus extractos.", ("31 de febrero de 2025",)),
        ("pt", "Em 31/04/2024 foi aberta a conta. Solicitam-se os extratos.", ("31/04/2024",)),
        ("en", "On April 31, 2024 he opened the account. We request its statements.", ("April 31, 2024",)),
        ("fr", "Le 30.02.2024, le compte a été ouvert. Nous demandons les relevés.", ("30.02.2024",)),
        ("es", "El 29 de febrero de 2024 se abrió la cuenta. Se solicitan sus extractos.", None),
        (
            "pt",
            "O processo 32.13.2020 corre. Em 04/31/2024-A e 04/30/2024 foi aberta a conta. Pedem-se extratos.",
            None,
        ),
        ("en", "Mark Poe, born on 31 April 1980, opened the account. We request its statements.", None),
    ],
)
def test_a_date_that_is_not_in_the_calendar_is_asked_for(language: str, body: str, dates: tuple[str, ...]) -> None:
    """A birth date that is in no calendar is raised by the check of identities."""
    check = check_of(reading(language, body), "dates")
    assert (check and (check.reason, check.values)) == (dates and ("dates.impossible", dates))


@pytest.mark.parametrize(
    ("language", "body", "missing"),
    [
        (
            "es",
            "Óigase al testigo al tenor del pliego que se acompaña como Anexo 2.\n\nAnexos: 1. Copia del auto.",
            ("Anexo 2",),
        ),
        ("es", "Véanse los Anexos:\nEl pliego figura como Anexo 2.\n\nAnexos:\n1. Copia del auto\n2. Pliego", ()),
        ("es", "El pliego figura como Anexo 2.", ()),
        ("es", "Según el Anexo II de la Convención.\n\nAnexos: 1. Copia del auto.", ()),
        ("pt", "Os quesitos constam do Anexo III.\n\nAnexos:\nI – Denúncia\nII – Texto legal", ("Anexo III",)),
        ("pt", "Os quesitos constam do Anexo II.\n\nAnexos:\nI – Denúncia\nII – Quesitos", ()),
        ("en", "The questions are in Annex C.\n\nEnclosures:\nA. Order\nB. Statute", ("Annex C",)),
        ("en", "The questions are in Annex B.\n\nEnclosures:\n- Annex A: order\n- Annex B: questions", ()),
        ("fr", "Les questions figurent à l'annexe 3.\n\nAnnexes :\n- copie du mandat\n- textes de loi", ("annexe 3",)),
        ("fr", "Les questions figurent à l'annexe 2.\n\nAnnexes :\n- copie du mandat\n- questions", ()),
    ],
)
def test_an_announced_annex_is_in_the_list(language: str, body: str, missing: tuple[str, ...]) -> None:
    check = check_of(reading(language, body), "annexes")
    assert (check.values if check else ()) == missing


@pytest.mark.parametrize(
    ("media_type", "ending", "reason"),
    [
        ("", "", "present"),
        ("application/pdf", "", "present"),
        ("text/plain", "", "not_visible"),
        ("message/rfc822", "", "not_visible"),
        ("message/rfc822", "\nDocumento firmado digitalmente", "present"),
        ("text/plain", "\nFdo.: Rosa Vélez Andrade", "present"),
    ],
)
def test_a_typed_name_is_no_visible_signature(media_type: str, ending: str, reason: str) -> None:
    text = HEADS["es"] + "Se solicita el historial de antecedentes de Hugo Páez Lema." + ENDS["es"] + ending
    check = check_of(read_request(text, annotate(text), media_type=media_type), "signature")
    assert check is not None
    assert check.reason == f"signature.{reason}"


def test_values_in_doubt_are_in_the_message() -> None:
    body = "Se solicita recibir declaración testimonial a Inés Palacios Ferreyra."
    row = request_row("", reading("es", body), "es")
    assert "(Inés Palacios Ferreyra)" in next(one["message"] for one in row["preflight"] if one["key"] == "identity")
