"""How often a letter asks for a measure: for each item, place, thing, account and person that it names."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central del Reino de España\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\n",
    "pt": "MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio judiciário. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\n",
    "en": "MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Ireland\n\nRequest for mutual legal assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\n",
    "fr": "MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la République française\n\nDemande d'entraide judiciaire dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\n",
}
CLOSINGS = {
    "es": "\nLa información servirá en el proceso penal. Agradeciendo su cooperación, quedo de ustedes, con la expresión de mi consideración más distinguida.\n\nMarta Solís Cruz\nFiscal del caso\n",
    "pt": "\nAs informações destinam-se ao processo penal. Agradecendo desde já a cooperação, apresento a expressão da minha mais elevada consideração.\n\nMarta Sales Cruz\nProcuradora da República\n",
    "en": "\nThe information will be used in the criminal proceedings only. We are grateful for your co-operation and remain at your disposal.\n\nMartha Sales\nPrincipal Legal Officer\n",
    "fr": "\nLes informations serviront à la procédure pénale. En vous remerciant de votre concours, je vous prie d'agréer l'expression de ma haute considération.\n\nMarthe Salles\nJuge d'instruction\n",
}
SEARCH, FREEZING, SERVICE, WITNESS, SUSPECT, PRESERVATION, BANK, RECORDS = (
    "search_seizure",
    "freezing",
    "service_of_documents",
    "hearing_witness",
    "hearing_suspect",
    "data_preservation",
    "bank_information",
    "criminal_records",
)


def targets(language: str, text: str) -> dict[str, list[str]]:
    letter = f"{HEADS[language]}{text}\n{CLOSINGS[language]}"
    found: dict[str, list[str]] = {}
    for one in read_request(letter, annotate(letter)).fields.get("measures", ()):
        if isinstance(one.value, dict):
            found.setdefault(str(one.value["measure"]), []).append(str(one.value["target"]))
    return found


THINGS = [
    ("es", "Se solicita el registro de la vivienda de la calle Olmo 3, del almacén de la avenida Prim 40 y de la oficina de la plaza Mayor 2.", SEARCH, ["vivienda de la calle Olmo 3", "almacén de la avenida Prim 40", "oficina de la plaza Mayor 2"]),
    ("pt", "Solicita-se o arresto do apartamento da Rua do Ouro 7 e do veleiro «Gaivota».", FREEZING, ["apartamento da Rua do Ouro 7", "veleiro «Gaivota»"]),
    ("en", "We ask that you search the house at 7 Quay Street and the lock-up at 12 Mill Road.", SEARCH, ["house at 7 Quay Street", "lock-up at 12 Mill Road"]),
    ("fr", "Nous vous prions de perquisitionner le domicile sis 4 rue du Lac et le garage sis 9 quai Vert.", SEARCH, ["domicile sis 4 rue du Lac", "garage sis 9 quai Vert"]),
    ("en", "We ask that you search the following places:\n- the house at 7 Quay Street;\n- the lock-up at 12 Mill Road.", SEARCH, ["house at 7 Quay Street", "lock-up at 12 Mill Road"]),
    ("es", "Se solicita:\n1. El bloqueo de la cuenta 4410087125.\n2. El bloqueo del piso de la calle Olmo 3.", FREEZING, ["4410087125", "piso de la calle Olmo 3"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), THINGS)
def test_each_of_several_places_and_goods_is_aimed_at(
    language: str, text: str, measure: str, expected: list[str]
) -> None:
    assert targets(language, text)[measure] == expected


LISTED = [
    ("es", "Se ruega notificar la resolución a las siguientes personas:\n\n1) Ana Portillo Cruz, testigo, calle Olmo 3, Madrid.\n2) José Luna Paz, perito, plaza Mayor 2, Madrid.", SERVICE, ["Ana Portillo Cruz", "José Luna Paz"]),
    ("en", "Please serve the enclosed summons on each of the following:\n\n(1) Anna Port, born 4 June 1985, 7 Quay Street, Cork\n(2) Joseph Moon, same address", SERVICE, ["Anna Port", "Joseph Moon"]),
    ("fr", "Nous vous prions d'ordonner à Rhône Hébergement SA la conservation immédiate des données suivantes :\n\n- le contenu du serveur loué sous 192.0.2.71 ;\n- les journaux de connexion du compte « lac_ventes ».", PRESERVATION, ["192.0.2.71", "lac_ventes"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), LISTED)
def test_each_item_of_an_introduced_list_is_aimed_at(
    language: str, text: str, measure: str, expected: list[str]
) -> None:
    assert targets(language, text)[measure] == expected


MEANT = [
    ("en", "Anna Port, Joseph Moon and Mary Moon signed the leases. We ask for the criminal records of the three.", RECORDS, ["Anna Port", "Joseph Moon", "Mary Moon"]),
    ("es", "El dinero pasó por las cuentas 4410087125 y 4410090336. Se solicita el bloqueo de ambas.", FREEZING, ["4410087125", "4410090336"]),
    ("pt", "Solicita-se a preservação dos dados das contas «praia.casas» e «sol_lar».", PRESERVATION, ["praia.casas", "sol_lar"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), MEANT)
def test_persons_and_accounts_meant_by_their_number_are_aimed_at(
    language: str, text: str, measure: str, expected: list[str]
) -> None:
    assert targets(language, text)[measure] == expected


ONCE = [
    ("en", "We ask for the freezing of account 4410087125. Freezing is urgent, since the money on account 4410087125 may be withdrawn at any time.", FREEZING, ["4410087125"]),
    ("es", "Se solicita el registro de la vivienda de la calle Olmo 3, en la ciudad de Madrid, y la incautación de documentos.", SEARCH, 1),
    ("fr", "Nous vous prions d'entendre comme témoin Mme Anne Port. Cette audition de Mme Anne Port pourra être enregistrée.", WITNESS, ["Anne Port"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), ONCE)
def test_a_measure_that_is_only_repeated_counts_once(
    language: str, text: str, measure: str, expected: list[str] | int
) -> None:
    found = targets(language, text)[measure]
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_witnesses_and_suspects_of_one_statement_are_heard_as_such() -> None:
    found = targets(
        "es",
        "Se solicita tomar declaración a Ana Portillo Cruz y a José Luna Paz en calidad de testigos, y recibir declaración indagatoria a Luis Ramos Solano en calidad de imputado.",
    )
    assert found[WITNESS] == ["Ana Portillo Cruz", "José Luna Paz"]
    assert found[SUSPECT] == ["Luis Ramos Solano"]


def test_a_person_behind_a_relative_clause_is_heard_too() -> None:
    found = targets(
        "en",
        "Please interview Mrs Anna Port, who paid a deposit in January, and Mr Joseph Moon, her neighbour, as witnesses.",
    )
    assert found[WITNESS] == ["Anna Port", "Joseph Moon"]


PUT_TO_A_PERSON = [
    ("es", "Se solicita recibir declaración a la testigo Ana Portillo Cruz, a tenor de este pliego:\n1. Diga si conoce a Luis Ramos y dónde vive.\n2. Diga quién ordenó las transferencias de noviembre de 2023.", WITNESS, "Ana Portillo Cruz"),
    ("pt", "Solicita-se a inquirição da testemunha Rosa Nunes Prado, com as seguintes perguntas:\n1. Diga se conhece o réu.\n2. Diga onde mora o réu e quais contas bancárias possui.", WITNESS, "Rosa Nunes Prado"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "person"), PUT_TO_A_PERSON)
def test_questions_to_a_witness_ask_for_no_measure(language: str, text: str, measure: str, person: str) -> None:
    assert targets(language, text) == {measure: [person]}
