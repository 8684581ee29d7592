"""Completeness of requests for extradition: warrant, law with the highest penalty and limitation, identification."""

from __future__ import annotations

import pytest

from app.requests.command import reading_row
from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

HEADS = {
    "es": """FISCALÍA DE LA NACIÓN
Lima, 3 de marzo de 2026

SOLICITUD DE EXTRADICIÓN

A la autoridad competente de la República de Chile

Se solicita la extradición de Hugo Páez Lema, peruano, nacido el 2 de mayo de 1980, DNI 45871290, por el
delito de estafa. Hechos: entre enero y marzo de 2023 vendió terrenos ajenos a cuarenta personas de Arequipa y
cobró por ellos en efectivo.

""",
    "pt": """MINISTÉRIO DA JUSTIÇA E SEGURANÇA PÚBLICA
Brasília, 3 de março de 2026

PEDIDO DE EXTRADIÇÃO

À autoridade competente da República do Paraguai

Solicita-se a extradição de Hugo Paes Lema, brasileiro, nascido em 2 de maio de 1980, pelo crime de
estelionato. Fatos: entre janeiro e março de 2023 vendeu terrenos alheios a quarenta pessoas de Curitiba e
recebeu o preço em dinheiro.

""",
    "en": """ATTORNEY GENERAL'S CHAMBERS, BARBADOS
3 March 2026

REQUEST FOR EXTRADITION

To the competent authority of Ireland

The extradition of Hugh Pace, a national of Barbados born on 2 May 1980, is requested for fraud. Facts:
between January and March 2023 he sold land that was not his to forty persons in Bridgetown for cash.

""",
    "fr": """MINISTÈRE DE LA JUSTICE, FRANCE
Paris, le 3 mars 2026

DEMANDE D'EXTRADITION

À l'autorité compétente de la Confédération suisse

L'extradition de Hugues Payet, de nationalité française, né le 2 mai 1980, est demandée pour escroquerie.
Faits : entre janvier et mars 2023, il a vendu à quarante personnes de Lyon des terrains qui ne lui
appartenaient pas, contre espèces.

""",
}
ENDS = {
    "es": "\n\nAtentamente,\nRosa Vélez Andrade\nFiscal Suprema",
    "pt": "\n\nAtenciosamente,\nRosa Vieira Andrade\nCoordenadora-Geral",
    "en": "\n\nYours faithfully,\nRose Valley\nAttorney General",
    "fr": "\n\nVeuillez agréer mes salutations distinguées,\nRose Vallet\nDirectrice",
}


def reading(language: str, body: str) -> RequestReading:
    text = HEADS[language] + body + ENDS[language]
    return read_request(text, annotate(text))


def reason(language: str, body: str, key: str) -> str:
    read = reading(language, body)
    assert read.document_type.value == "extradition_request"
    return next(check.reason.partition(".")[2] for check in read.checks if check.key == key)


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("es", "El 5 de marzo de 2025 se dictó orden de captura internacional.", "not_enclosed"),
        ("es", "Se acompaña copia certificada de la orden de detención de 5 de marzo de 2025.", "present"),
        ("es", "Anexos:\n1. Auto de prisión preventiva de 5 de marzo de 2025\n2. Texto de la ley", "present"),
        ("es", "Se adjunta el auto de procesamiento. La orden de captura fue dictada en Lima.", "not_enclosed"),
        ("es", "Anexos:\n1. Mandato de detención de 5 de marzo de 2025\n2. Texto de la ley", "present"),
        ("es", "Se adjunta copia de la orden de ubicación y captura.", "present"),
        ("es", "Se acompaña la boleta de encarcelamiento de 5 de marzo de 2025.", "present"),
        ("es", "El juez dictó prisión preventiva, cuyo auto se adjunta en copia.", "present"),
        ("es", "Se adjunta el texto de la ley.", "missing"),
        ("pt", "Segue anexo o mandado de detenção internacional.", "present"),
        ("pt", "O mandado de prisão preventiva foi expedido em 5 de março de 2025.", "not_enclosed"),
        ("pt", "Segue anexa cópia autenticada do mandado de prisão.", "present"),
        ("pt", "Instruem o pedido: cópia da sentença condenatória e dos dispositivos legais.", "present"),
        ("en", "A warrant for his arrest was issued on 5 March 2025 at Bridgetown.", "not_enclosed"),
        ("en", "A certified copy of the warrant of arrest is attached.", "present"),
        ("en", "Enclosures:\n1. Bench warrant of 5 March 2025\n2. Text of the law", "present"),
        ("en", "The order for his arrest is annexed in copy.", "present"),
        ("en", "The statement of facts is attached.", "missing"),
        ("fr", "Un mandat d'arrêt a été décerné le 5 mars 2025.", "not_enclosed"),
        ("fr", "Pièces jointes :\n1. Expédition authentique du mandat d'arrêt du 5 mars 2025\n2. Textes", "present"),
        ("fr", "Le mandat de recherche du 5 mars 2025 est joint.", "present"),
        ("fr", "Le jugement du tribunal de Lyon, dont copie est jointe, l'a condamné à six ans.", "present"),
    ],
)
def test_the_warrant_or_judgment_is_enclosed(language: str, body: str, found: str) -> None:
    assert reason(language, body, "warrant_or_judgment") == found


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("es", "El artículo 196 del Código Penal dispone la pena no menor de seis años.", "no_maximum"),
        (
            "es",
            "El artículo 196 dispone: «El que engañe será reprimido con pena no menor de uno ni mayor de seis años».",
            "present",
        ),
        ("es", "El artículo 196 dispone: «El que engañe será reprimido con prisión de uno a seis años».", "present"),
        ("pt", "O artigo 171 do Código Penal dispõe a pena não inferior a um ano de reclusão.", "no_maximum"),
        ("pt", "O artigo 171 dispõe: «Obter vantagem ilícita: pena de reclusão de um a cinco anos».", "present"),
        (
            "en",
            "Section 4 of the Fraud Act provides that the penalty is imprisonment for not less than two years.",
            "no_maximum",
        ),
        ("en", "Section 4 provides that whoever defrauds is liable to imprisonment for up to ten years.", "present"),
        ("fr", "L'article 313-1 punit l'escroquerie d'une peine d'au moins deux ans d'emprisonnement.", "no_maximum"),
        ("fr", "L'article 313-1 punit l'escroquerie d'un emprisonnement de cinq ans au maximum.", "present"),
    ],
)
def test_the_least_penalty_alone_is_not_enough(language: str, body: str, found: str) -> None:
    assert reason(language, body, "offence_text_and_penalty") == found


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("es", "La acción penal prescribe el 17 de noviembre de 2044.", "no_text"),
        ("es", "La acción no ha prescrito, conforme al artículo 80 del Código Penal.", "present"),
        ("es", "Se remite el texto de la ley.", "missing"),
        ("pt", "Não ocorreu a prescrição da pretensão punitiva.", "no_text"),
        ("pt", "A prescrição da pretensão punitiva ocorre em doze anos (art. 109 do Código Penal).", "present"),
        ("en", "The prosecution is not time-barred.", "no_text"),
        ("en", "Copies of the provisions on limitation are enclosed.", "present"),
        ("fr", "L'action publique n'est pas prescrite.", "no_text"),
        (
            "fr",
            "La prescription de l'action publique est de six ans (article 8 du Code de procédure pénale).",
            "present",
        ),
    ],
)
def test_the_law_on_limitation_is_given(language: str, body: str, found: str) -> None:
    assert reason(language, body, "limitation") == found


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("es", "Tiene su último domicilio en calle Embajadores 57, Santiago.", "no_description"),
        ("es", "Se adjuntan fotografía y huellas dactilares; se halla detenido en Santiago.", "present"),
        ("es", "Se adjunta ficha decadactilar.", "no_location"),
        ("es", "Se adjunta ficha RENIEC.", "no_location"),
        ("pt", "O extraditando mede 1,75 m, tem uma cicatriz no rosto e está recolhido em Assunção.", "present"),
        ("pt", "Encontra-se em Assunção, na Calle Palma 120.", "no_description"),
        ("en", "He is believed to be living in Cork.", "no_description"),
        ("en", "A photograph and fingerprints are attached. He was arrested in Dublin on 1 March 2026.", "present"),
        ("en", "The offence was reported by the victims.", "missing"),
        ("fr", "L'intéressé, dont le signalement et la photographie sont joints, est détenu à Genève.", "present"),
        ("fr", "Il demeurerait à Genève, 12 rue du Rhône.", "no_description"),
    ],
)
def test_means_of_identification_and_whereabouts_are_given(language: str, body: str, found: str) -> None:
    assert reason(language, body, "identification_means") == found


@pytest.mark.parametrize(
    ("language", "basis", "instrument", "provision"),
    [
        ("es", "Se funda en la Convención sobre Extradición de Montevideo de 1933.", "MONTEVIDEO33", "5(a)-(b)"),
        ("pt", "Funda-se no Acordo de Extradição entre os Estados Partes do Mercosul.", "MERC-EXT", "18"),
        ("fr", "Elle est fondée sur la Convention européenne d'extradition du 13 décembre 1957.", "ECE57", "12(2)(a)"),
        (
            "en",
            "It is made under the United Nations Convention against Transnational Organized Crime.",
            "UNTOC",
            "16(7)",
        ),
        ("en", "Barbados offers reciprocity.", "UN-MODEL-EXT", "5(2)(b)-(c)"),
    ],
)
def test_each_item_names_its_article(language: str, basis: str, instrument: str, provision: str) -> None:
    checks = {check.key: check for check in reading(language, basis).checks}
    assert (checks["warrant_or_judgment"].instrument, checks["warrant_or_judgment"].provision) == (
        instrument,
        provision,
    )
    assert not checks["authority"].provision.startswith("18(15)")


def test_the_fixed_form_has_the_further_checks_apart() -> None:
    row = reading_row("en", HEADS["en"] + "Barbados offers reciprocity." + ENDS["en"])
    assert {check["key"] for check in row["further_checks"]} == {
        "limitation",
        "warrant_or_judgment",
        "identification_means",
    }
    assert all(check["message"] for check in row["further_checks"])
    assert "limitation" not in {check["key"] for check in row["preflight"]}
