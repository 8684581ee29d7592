"""Things at which a measure is aimed, in the words of the letter where it names no person or number."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "Madrid, 4 de noviembre de 2026\nJuzgado de Instrucción n.º 5 de Madrid\nA las autoridades de Colombia\nComisión rogatoria. Se investiga a Pablo Ruiz Vega por estafa.\n",
    "pt": "Tribunal Judicial da Comarca do Porto\nCarta rogatória dirigida às autoridades judiciárias do Brasil\nPorto, 4 de novembro de 2026\nArguido: Paulo Reis Vaz, por burla.\n",
    "en": "Dublin, 4 November 2026\nDirector of Public Prosecutions\nTo the Attorney General of Jamaica\nRequest for mutual assistance. Paul Reeves is being investigated for deception.\n",
    "fr": "Paris, le 4 novembre 2026\nTribunal judiciaire de Paris, juge d'instruction\nAux autorités de la République d'Haïti\nCommission rogatoire internationale. Information suivie contre Paul Rives du chef d'escroquerie.\n",
}

TARGETS = [
    ("es", "Se solicita el registro de la nave industrial de la calle Mayor 3.", "search_seizure", "nave industrial de la calle Mayor 3"),
    ("es", "Incáutense los ordenadores de la oficina.", "search_seizure", "ordenadores de la oficina"),
    ("es", "Se solicita un informe pericial sobre la firma del contrato de 14 de marzo de 2018.", "expert_examination", "firma del contrato"),
    ("pt", "Solicita-se a busca na loja da Rua Direita, 3.", "search_seizure", "loja da Rua Direita"),
    ("pt", "Solicita-se que a loja da Rua Direita seja revistada.", "search_seizure", "loja da Rua Direita"),
    ("pt", "Solicita-se cópia integral do processo de insolvência de 2019.", "production_documents", "processo de insolvência de 2019"),
    ("en", "We request that you search the premises at 12 High Street.", "search_seizure", "premises at 12 High Street"),
    ("en", "We request that any credit balance found be frozen.", "freezing", "any credit balance found"),
    ("en", "We request a certified copy of the loan agreement of 3 May 2022.", "production_documents", "loan agreement of 3 May 2022"),
    ("fr", "Nous vous prions de procéder à une perquisition dans l'entrepôt n° 14 de la zone franche.", "search_seizure", "entrepôt n° 14 de la zone franche"),
    ("fr", "Nous vous prions de saisir les ordinateurs trouvés au 12 rue des Lilas.", "search_seizure", "ordinateurs trouvés au 12 rue des Lilas"),
    ("fr", "Prière de transmettre l'acte de vente de l'appartement.", "production_documents", "acte de vente de l'appartement"),
]  # fmt: skip


def targets(language: str, text: str) -> dict[str, str]:
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("measures", ())
    return {str(one.value["measure"]): str(one.value["target"]) for one in found if isinstance(one.value, dict)}


@pytest.mark.parametrize(("language", "text", "measure", "thing"), TARGETS)
def test_thing_is_the_target_where_nobody_is_named(language: str, text: str, measure: str, thing: str) -> None:
    assert thing in targets(language, text)[measure]


NAMED = [
    ("es", "La cuenta 1234567890 recibió el dinero. Se solicita el bloqueo del saldo de dicha cuenta.", "freezing", "1234567890"),
    ("es", "La cuenta 1234567890 recibió el dinero. Se solicita el embargo preventivo de la cuenta.", "freezing", "1234567890"),
    ("en", "Account 12345678 received the money. We request that you restrain the balance of the account.", "freezing", "12345678"),
    ("pt", "A conta 0123456789 recebeu o dinheiro. Solicita-se o bloqueio da referida conta.", "freezing", "0123456789"),
    ("en", "Account 12345678 received the money. We request that you freeze the said account.", "freezing", "12345678"),
    ("fr", "Le compte FR7630006000011234567890189 a reçu l'argent. Prière de bloquer ledit compte.", "freezing", "FR7630006000011234567890189"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "target"), NAMED)
def test_words_that_refer_back_mean_what_was_named(language: str, text: str, measure: str, target: str) -> None:
    assert targets(language, text)[measure] == target


GROUPS = [
    ("es", "Se solicita:\n1. Que el Banco del Norte remita los extractos de las cuentas de los procesados en 2023.", "bank_information", "los procesados"),
    ("es", "Se solicita:\n1. La localización de los bienes de los investigados y sus familiares.", "asset_tracing", "los investigados y sus familiares"),
    ("pt", "Solicita-se:\na) identificar os bens e contas que os arguidos e seus familiares possuam em Portugal;", "asset_tracing", "os arguidos e seus familiares"),
    ("en", "Please take a witness statement from the shop assistant, if it can be found out who sold it.", "hearing_witness", "shop assistant"),
    ("en", "We ask:\n1. That the legal representative of Frutas del Yuna be heard upon oath as a witness.", "hearing_witness", "legal representative of Frutas del Yuna"),
    ("pt", "Solicita-se:\na) Que o gerente da agência de Faro seja ouvido como testemunha.", "hearing_witness", "gerente da agência de Faro"),
    ("fr", "Nous vous prions de :\n1. rechercher le patrimoine des prévenus et de leurs proches.", "asset_tracing", "des prévenus"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "target"), GROUPS)
def test_persons_of_a_role_or_function_are_the_target(language: str, text: str, measure: str, target: str) -> None:
    assert target in targets(language, text).get(measure, "")
