"""Letters of a requested State that ask for what an earlier request lacks: answers, with more information requested."""
# ruff: noqa: E501

from __future__ import annotations

from textwrap import fill

import pytest
from test_request_unlearned_types import HEADS, REQUESTING, read

from nlp.requests.letter_types.outcomes import find_outcome

ASKING = [
    ("pt", "A fim de dar execução ao pedido em epígrafe, solicita-se a V. Exas. que remetam, até 15 de janeiro de 2027, cópia do despacho que determinou o bloqueio."),
    ("es", "Para poder dar curso a su carta rogatoria de 5 de octubre de 2026 se ruega remitan antes del 20 de enero de 2027 el texto de las disposiciones sobre prescripción."),
    ("en", "Before your request of 3 March 2026 can be executed, we should be grateful if you would supply the full date of birth of the account holder."),
    ("fr", "Afin de pouvoir donner suite à votre demande d'entraide du 3 mars 2026, je vous prie de bien vouloir me communiquer le texte des dispositions pénales applicables."),
    ("en", "Your letter of request dated 4 May 2026 does not indicate the period of the bank records. Kindly specify the period by 30 January 2027."),
    ("fr", "Votre commission rogatoire du 4 mai 2026 ne précise pas l'adresse du témoin. Je vous serais obligé de bien vouloir compléter cette information."),
    ("pt", "O vosso pedido de 3 de março de 2026 não contém o texto das normas penais. Queiram remeter esse texto até 20 de janeiro de 2027."),
    ("es", "Examinada la solicitud de asistencia de 9 de junio de 2026, se advierte que no acompaña traducción al portugués. Se agradecerá subsanar la omisión."),
    ("es", "A efectos de tramitar la comisión rogatoria de la referencia, resulta necesario que esa autoridad precise el número de cuenta."),
    ("en", "With reference to your request for assistance of 9 June 2026, the following particulars are required before it can be transmitted: the address of the witness."),
    ("fr", "L'examen de votre demande du 9 juin 2026 fait apparaître que les éléments suivants font défaut : la date de naissance de la personne."),
    ("pt", "Para cumprimento da carta rogatória em referência, é necessário que nos seja enviada a tradução para português."),
]  # fmt: skip
OTHERS = [
    ("es", "Para dar cumplimiento a la presente solicitud se ruega remitir copia certificada de los extractos."),
    ("en", "In order to allow you to execute our request of 3 March 2026, please find enclosed the translation."),
    (
        "fr",
        "Afin de compléter notre demande du 3 mars 2026, nous vous prions de transmettre aussi les relevés du compte.",
    ),
    ("pt", "Em aditamento ao nosso pedido de 3 de março de 2026, solicita-se que remetam ainda cópia dos extratos."),
    ("en", "We refer to our request of 3 March 2026 and ask you to inform us of its state of execution."),
]


def outcome(words: str) -> str:
    found = find_outcome(words, [(0, len(words))])
    return found.status if found else ""


@pytest.mark.parametrize(("language", "words"), ASKING)
def test_a_letter_that_asks_for_what_a_request_lacks_reports_it(language: str, words: str) -> None:
    assert outcome(words) == "info_requested"
    assert outcome(HEADS[language] + fill(words, 60)) == "info_requested"


@pytest.mark.parametrize(("language", "words"), ASKING[:4])
def test_such_a_letter_is_an_answer_to_the_state_that_it_addresses(language: str, words: str) -> None:
    found = read(language, f"{words}\n\nPaul Roch")
    sender = REQUESTING[language][0]
    assert found.document_type.value == "response"
    assert [one.value for one in found.fields["requested_state"]] == [sender]
    assert not found.checks


@pytest.mark.parametrize(("language", "words"), OTHERS)
def test_letters_on_an_own_request_report_nothing(language: str, words: str) -> None:
    assert not outcome(words)


@pytest.mark.parametrize(("language", "words"), OTHERS[:2])
def test_letters_on_an_own_request_are_no_answers(language: str, words: str) -> None:
    assert read(language, f"{words}\n\nPaul Roch").document_type.value != "response"
