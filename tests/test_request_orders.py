"""Measures that a verb of execution orders at the beginning of a statement, without a verb of request."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "Madrid, 4 de noviembre de 2026\nJuzgado de Instrucción n.º 5 de Madrid\nA las autoridades de Colombia\n"
    "Comisión rogatoria. Se investiga a Pablo Ruiz Vega por estafa.\n",
    "pt": "Tribunal Judicial da Comarca do Porto\nCarta rogatória dirigida às autoridades judiciárias do Brasil\n"
    "Porto, 4 de novembro de 2026\nArguido: Paulo Reis Vaz, por burla.\n",
    "en": "Dublin, 4 November 2026\nDirector of Public Prosecutions\nTo the Attorney General of Jamaica\n"
    "Request for mutual assistance. Paul Reeves is being investigated for deception.\n",
    "fr": "Paris, le 4 novembre 2026\nTribunal judiciaire de Paris, juge d'instruction\n"
    "Aux autorités de la République d'Haïti\nCommission rogatoire internationale. "
    "Information suivie contre Paul Rives du chef d'escroquerie.\n",
}

ORDERED = [
    ("fr", "Communiquer les relevés bancaires du 1er juin 2022 au 31 mai 2023.", {"bank_information"}),
    ("fr", "Procéder à l'audition de Madame Anne Petit en qualité de témoin.", {"hearing_witness"}),
    ("fr", "Identifier et entendre Anne Petit, saisir tous documents utiles.", {"hearing_witness", "search_seizure"}),
    ("fr", "Saisir à titre conservatoire l'appartement de la tour Bahía Coral.", {"freezing"}),
    ("fr", "Bloquer le compte FR7630006000011234567890189.", {"freezing"}),
    ("es", "Remitir los extractos bancarios de la cuenta 1234567890.", {"bank_information"}),
    ("es", "Tómese declaración testifical a Ana López. Bloquéese la cuenta 1234567890.", {"hearing_witness", "freezing"}),
    ("es", "Practíquese registro en el domicilio de la calle Mayor 3.", {"search_seizure"}),
    ("es", "Incáutense los ordenadores. Interróguese al imputado y notifíquese la acusación.", {"search_seizure", "hearing_suspect", "service_of_documents"}),
    ("pt", "Apreendam-se os computadores. Bloqueie-se a conta 0123456789. Localize-se a testemunha.", {"search_seizure", "freezing", "identify_locate_person"}),
    ("pt", "Remeter os extratos bancários da conta 0123456789.", {"bank_information"}),
    ("pt", "Proceda-se à inquirição da testemunha Ana Souza Lima.", {"hearing_witness"}),
    ("pt", "a) Inquirir a testemunha Ana Lima;\nb) Proceder à busca na residência.", {"hearing_witness", "search_seizure"}),
    ("en", "Obtain the bank statements of account 12345678.", {"bank_information"}),
    ("en", "Interview Mary Jones as a witness. Freeze account 12345678.", {"hearing_witness", "freezing"}),
]  # fmt: skip

NOT_ORDERED = [
    ("fr", "Pour procéder à l'audition d'Anne Petit, l'enquêteur s'est rendu à Lyon."),
    ("fr", "L'enquête a permis de :\n- procéder à l'audition d'Anne Petit ;\n- saisir deux ordinateurs."),
    ("fr", "Il n'est pas demandé de :\n- procéder à l'audition d'Anne Petit."),
    ("es", "La investigación permitió:\n- identificar y recibir declaración a la testigo Ana López."),
    ("pt", "A investigação permitiu:\n- ouvir a testemunha Ana Lima;\n- apreender dois computadores."),
    ("en", "Search warrants were executed. Interview records are kept by the police."),
]  # fmt: skip


def measures(language: str, text: str) -> set[str]:
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("measures", ())
    return {str(one.value["measure"]) for one in found if isinstance(one.value, dict)}


@pytest.mark.parametrize(("language", "text", "expected"), ORDERED)
def test_verb_of_execution_orders_a_measure(language: str, text: str, expected: set[str]) -> None:
    assert expected <= measures(language, text)


BANK = {"bank_information", "freezing"}
HOLDER = {"subscriber_data", "interception"}
STORIES = {
    "es": "La investigación trata de una estafa. Empezó en mayo de 2025. El dinero se pagó en efectivo. Él niega los "
    "hechos. Su hermana es ajena. La sociedad fue disuelta. Dos facturas eran falsas. El legajo tiene tres tomos.\n",
    "pt": "A investigação trata de uma burla. Começou em maio de 2025. O dinheiro foi pago em numerário. Ele nega os "
    "factos. A irmã é alheia. A sociedade foi dissolvida. Duas faturas eram falsas. O processo tem três volumes.\n",
    "en": "The case concerns a fraud. It began in May 2025. The money was paid in cash. He denies the facts. His "
    "sister was not involved. The company was dissolved. Two invoices were false. The file has three volumes.\n",
    "fr": "L'enquête porte sur une escroquerie. Elle a commencé en mai 2025. L'argent a été payé en espèces. Il nie "
    "les faits. Sa soeur n'y est pour rien. La société a été dissoute. Deux factures étaient fausses. Le dossier "
    "compte trois tomes.\n",
}
# What other clauses request says nothing against the order of a clause, whatever the network takes the sentence for.
COORDINATED = [
    ("en", "We ask you to obtain the records of the account 7710045532, and freeze the funds in the account.", BANK),
    ("es", "Se solicita obtener los extractos de la cuenta 7710045532 desde mayo de 2023, y congelar los fondos.", BANK),
    ("es", "Solicitamos identificar al titular del número 600123456, e intervenir sus comunicaciones.", HOLDER),
    ("pt", "Solicita-se obter os extratos da conta 7710045532 do período de 1 de maio de 2023 a 31 de março de 2024, e bloquear o saldo.", BANK),
    ("fr", "Nous vous prions d'obtenir les relevés du compte n° 00251478963 du 1er janvier 2022 au 30 juin 2025, et de geler les sommes qui y figurent.", BANK),
    ("fr", "Nous vous prions d'identifier le titulaire du numéro 0612345678, ainsi que d'intercepter ses communications.", HOLDER),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), COORDINATED)
def test_verb_that_begins_a_coordinated_clause_orders_a_measure(
    language: str, sentence: str, expected: set[str]
) -> None:
    assert measures(language, STORIES[language] + sentence) == expected


# Who is to be heard is named by the first words of an order, or referred to, whatever the network takes it for.
HEARD = [
    ("pt", "Solicita-se inquirir Ana Reis sobre as faturas, e realizar busca no armazém da Rua do Porto, 12.", {"hearing_witness", "search_seizure"}),
    ("fr", "Je vous prie de faire communiquer les relevés du compte 00251478963, puis d'entendre Mme Odile Kerbrat.", {"bank_information", "hearing_witness"}),
    ("fr", "Nous sollicitons votre entraide. Il y aurait donc lieu\na) de procéder à l'audition de Larbi Skalli, en tant que suspect ;\nb) de saisir le registre.", {"hearing_suspect", "search_seizure"}),
    ("es", "Se solicita practicar registro en ese inmueble y decomisar los relojes.", {"search_seizure"}),
    ("es", "Agradeceremos obtener del operador el nombre y la dirección del abonado del 600123456 y el detalle de las llamadas de mayo de 2026.", {"subscriber_data", "traffic_data"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "expected"), HEARD)
def test_first_words_of_an_order_tell_its_measure(language: str, words: str, expected: set[str]) -> None:
    assert measures(language, STORIES[language] + words) == expected


CLOSINGS = {
    "es": "Se solicita el certificado de antecedentes penales.",
    "pt": "Solicita-se o certificado de registo criminal.",
    "en": "Please send the criminal record.",
    "fr": "Prière de transmettre le casier judiciaire.",
}


@pytest.mark.parametrize(("language", "text"), NOT_ORDERED)
def test_result_reason_or_exclusion_orders_nothing(language: str, text: str) -> None:
    assert measures(language, f"{text}\n{CLOSINGS[language]}") == {"criminal_records"}
