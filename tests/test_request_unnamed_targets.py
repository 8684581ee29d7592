"""Whose records a letter asks for: not those of the witness of another measure; of the holders of lines, each line."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_fields, request_context

LETTERS = {
    "es": (
        "Fiscalía General del Estado\nMadrid, 3 de marzo de 2026\nA la Autoridad Central de la República de Chile\n"
        "SOLICITUD DE ASISTENCIA JUDICIAL\n\nSe investiga un contrabando de oro cometido en 2025.\n\nSE SOLICITA:\n"
        "1. Recibir declaración como testigo a José Ramón Benavides Puig, contador.\n"
        "2. Obtener del Servicio de Impuestos Internos las declaraciones de impuestos por las importaciones de oro.\n"
    ),
    "pt": (
        "Procuradoria-Geral da República\nBrasília, 3 de março de 2026\nÀ Autoridade Central do Reino da Espanha\n"
        "PEDIDO DE AUXÍLIO JURÍDICO\n\nInvestiga-se contrabando de ouro praticado em 2025.\n\nSOLICITA-SE:\n"
        "1. Oitiva de José Ramón Benavides Puig, contador, como testemunha.\n"
        "2. Obtenção, junto à Agencia Tributaria, das declarações fiscais da importação de ouro.\n"
    ),
    "en": (
        "Office of the Attorney General\nBelmopan, 3 March 2026\nTo the Central Authority of Jamaica\n"
        "REQUEST FOR MUTUAL LEGAL ASSISTANCE\n\nSmuggling of gold in 2025 is under investigation.\n\nIT IS REQUESTED:\n"
        "1. To take the statement of Joseph Raymond Bent, accountant, as a witness.\n"
        "2. To obtain from the tax authority the tax returns on the import of gold.\n"
    ),
    "fr": (
        "Parquet de Paris\nParis, le 3 mars 2026\nÀ l'autorité centrale du Royaume d'Espagne\n"
        "DEMANDE D'ENTRAIDE PÉNALE\n\nUne contrebande d'or commise en 2025 fait l'objet d'une enquête.\n\n"
        "IL EST DEMANDÉ :\n1. D'entendre comme témoin Joseph Raymond BENET, comptable.\n"
        "2. D'obtenir de l'administration fiscale les déclarations fiscales relatives aux importations d'or.\n"
    ),
}


@pytest.mark.parametrize("language", LETTERS)
def test_records_are_not_those_of_a_witness_named_elsewhere(language: str) -> None:
    text = LETTERS[language]
    measures = read_fields(request_context(text, annotate(text)))[1]["measures"]
    values = [one.value for one in measures if isinstance(one.value, dict)]
    targets = {str(value["measure"]): str(value["target"]) for value in values}
    assert "ben" in targets["hearing_witness"].lower()
    assert "tax_information" in targets
    assert "ben" not in targets["tax_information"].lower()


LINES = {
    "es": "3. Que el operador informe de la identidad de los titulares y los datos de tráfico de las líneas {} y {}.",
    "pt": "3. Que a operadora comunique a identidade dos titulares e os dados de tráfego das linhas {} e {}.",
    "en": "3. To obtain from the operator the identity of the holders and the traffic data of the lines {} and {}.",
    "fr": "3. De communiquer l'identité des titulaires et les données de trafic des lignes {} et {}.",
}
NUMBERS = ["+34 600 11 22 33", "+34 600 11 22 44"]


@pytest.mark.parametrize("language", LINES)
def test_the_holders_of_lines_are_subscribers(language: str) -> None:
    text = f"{LETTERS[language]}{LINES[language].format(*NUMBERS)}\n"
    measures = read_fields(request_context(text, annotate(text)))[1]["measures"]
    values = [one.value for one in measures if isinstance(one.value, dict)]
    assert [value["target"] for value in values if value["measure"] == "subscriber_data"] == NUMBERS
    assert [value["target"] for value in values if value["measure"] == "traffic_data"] == NUMBERS
