"""State that an answer reports: executed in part where one measure failed and the results of others are sent."""

from __future__ import annotations

import pytest

from nlp.requests.letter_types.outcomes import find_outcome

IN_PART = [
    "Em resposta ao pedido, encaminham-se os extratos bancários da conta indicada. A oitiva da testemunha foi "
    "realizada em 19 de novembro. O bloqueio de valores não pôde ser executado, por falta de decisão autenticada.",
    "Se remiten las actas de las declaraciones recibidas. El testigo Pedro Ruiz no pudo ser localizado en el domicilio "
    "indicado.",
    "No ha sido posible practicar el registro, al hallarse demolida la vivienda. La declaración de la señora Paz fue "
    "recibida el 3 de mayo.",
    "Please find enclosed the bank statements for the account. Mr Doyle could not be traced.",
    "Two witnesses were interviewed on 4 May. We have been unable to serve the summons on Mr Price.",
    "Vous trouverez ci-joint les relevés du compte. Mme Petit n'a pu être entendue, étant partie sans laisser "
    "d'adresse.",
]
NOT_IN_PART = [
    "La solicitud no puede ser ejecutada por falta de doble incriminación. Se adjunta copia de la resolución.",
    "The request could not be executed, since no treaty is in force between our States.",
    "La commission rogatoire n'a pu être exécutée.",
    "O pedido foi integralmente cumprido; juntam-se os autos de inquirição.",
    "Não foi possível localizar a testemunha e a diligência não foi realizada.",
    "Statements were taken on 3 May and are attached; the request has been duly executed.",
]


@pytest.mark.parametrize(("text", "in_part"), [(text, text in IN_PART) for text in (*IN_PART, *NOT_IN_PART)])
def test_an_answer_with_results_and_a_measure_that_failed_reports_execution_in_part(text: str, in_part: bool) -> None:
    found = find_outcome(text, [(0, len(text))])
    assert (found is not None and found.status == "partially_executed") == in_part


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kindly supply a certified copy of the information. The request for restraint is refused.",
         "info_requested"),
        ("Se ruega precisar el número de la cuenta. La solicitud de embargo ha sido denegada.", "info_requested"),
        ("O pedido de bloqueio foi indeferido. Solicita-se esclarecer o endereço da testemunha.", "info_requested"),
        ("La demande de saisie a été rejetée. Les pièces établies en exécution sont jointes.", "partially_executed"),
        ("The request for restraint is refused.", "refused"),
        ("La solicitud ha sido denegada. Podrá presentarse otra con información complementaria.", "refused"),
        ("The request is refused. A new request for restraint needs further information.", "refused"),
    ],
)  # fmt: skip
def test_the_refusal_of_one_measure_is_not_that_of_the_request(text: str, status: str) -> None:
    found = find_outcome(text, [(0, len(text))])
    assert found is not None
    assert found.status == status
