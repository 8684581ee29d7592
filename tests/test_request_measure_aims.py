"""Targets and periods of measures: accounts with a service, hearings by video, periods of the next order, copies."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request
from tests.test_request_offences import HEADS

Read = dict[str, list[tuple[str | None, str | None]]]


def measures(language: str, text: str) -> Read:
    """Return target and first day of each measure that is read from a letter with ``text``."""
    letter = HEADS[language] + text
    found: Read = {}
    for one in read_request(letter, annotate(letter)).fields.get("measures", ()):
        if isinstance(one.value, dict):
            period = one.value["period"] or {}
            found.setdefault(str(one.value["measure"]), []).append((one.value["target"], period.get("from")))
    return found


ACCOUNTS = [
    ("en", "Paul Reeves traded on CoinHarbour Ltd with the account \"reeves_77\" and the wallet TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE.\n\nASSISTANCE REQUESTED\n1. Please restrain the credit of the said account.", "reeves_77"),
    ("es", "Pablo Ruiz operaba en la plataforma CriptoPuerto S.L. con la cuenta \"ruiz_77\" y la billetera TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE.\n\nSE SOLICITA\n1. El bloqueo del saldo de dicha cuenta.", "ruiz_77"),
    ("pt", "Paulo Reis negociava na plataforma CriptoPorto Lda. com a conta \"reis_77\" e a carteira TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE.\n\nSOLICITA-SE\n1. O bloqueio do saldo da referida conta.", "reis_77"),
    ("fr", "Paul Rives opérait sur la plateforme CryptoPort SARL avec le compte « rives_77 » et le portefeuille TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE.\n\nACTES DEMANDÉS\n1. Le gel du solde dudit compte.", "rives_77"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "target"), ACCOUNTS)
def test_said_account_is_the_one_with_the_service_and_not_the_wallet(language: str, text: str, target: str) -> None:
    assert [one for one, _ in measures(language, text)["freezing"]] == [target]


VIDEO = [
    ("en", "ASSISTANCE REQUESTED\n1. Take evidence, by live link from Dublin Circuit Court, from Ms Ruth Hale and Mr Owen Cross.", ["Ruth Hale", "Owen Cross"]),
    ("es", "SE SOLICITA\n1. Recibir declaración testimonial, por videoconferencia, a Rut Salas Pino y a Omar Cruz Lara.", ["Rut Salas Pino", "Omar Cruz Lara"]),
    ("pt", "SOLICITA-SE\n1. A inquirição, por videoconferência, das testemunhas Rute Salas Pinho e Omar Cruz Lara.", ["Rute Salas Pinho", "Omar Cruz Lara"]),
    ("fr", "ACTES DEMANDÉS\n1. L'audition, par visioconférence, des témoins Ruth Salle Pinet et Omar Croix Lagarde.", ["Ruth Salle Pinet", "Omar Croix Lagarde"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), VIDEO)
def test_all_are_heard_whom_an_order_by_video_names(language: str, text: str, names: list[str]) -> None:
    found = measures(language, text)
    assert [one for one, _ in found["hearing_witness"]] == names == [one for one, _ in found["videoconference"]]


def test_hearing_before_which_a_summons_is_to_be_served_is_not_asked_for() -> None:
    text = "ASSISTANCE REQUESTED\n1. Serve the attached subpoena on Mr Owen Cross, of 4 Mill Lane, Kingston, not later than a month prior to the hearing."
    assert [*measures("en", text)] == ["service_of_documents"]


NEXT_ORDERS = [
    ("en", "ASSISTANCE REQUESTED\n1. Copies of the deeds of the house at 4 Mill Lane.\n2. Records of account IE29 AIBK 9311 5212 3456 78 from 1 May 2024 to 31 July 2024.", "2024-05-01"),
    ("es", "SE SOLICITA\n1. Copia de la escritura de la casa de la calle Mayor 4.\n2. Extractos de la cuenta ES79 2100 0813 6101 2345 6789 desde el 1 de mayo de 2024 hasta el 31 de julio de 2024.", "2024-05-01"),
    ("pt", "SOLICITA-SE\n1. Cópia da escritura da casa da Rua Direita 4.\n2. Extratos da conta PT50 0002 0123 1234 5678 9015 4 desde 1 de maio de 2024 até 31 de julho de 2024.", "2024-05-01"),
    ("fr", "ACTES DEMANDÉS\n1. Copie de l'acte de vente de la maison du 4, rue Haute.\n2. Relevés du compte FR76 3000 6000 0112 3456 7890 189, période du 1er mai 2024 au 31 juillet 2024.", "2024-05-01"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "first"), NEXT_ORDERS)
def test_period_of_the_next_order_is_not_that_of_the_one_before(language: str, text: str, first: str) -> None:
    found = measures(language, text)
    assert {since for _, since in found["production_documents"]} == {None}
    assert {since for _, since in found["bank_information"]} == {first}


def test_period_on_a_line_of_its_own_is_that_of_all_orders() -> None:
    text = "SE SOLICITA\n1. Copia de las facturas emitidas a Salas Pino S.A.\n2. Extractos de la cuenta ES79 2100 0813 6101 2345 6789.\nPeríodo: del 1 de mayo de 2024 al 31 de julio de 2024."
    assert {since for one in measures("es", text).values() for _, since in one} == {"2024-05-01"}


COPIES = [
    ("es", "SE SOLICITA\n1. Copia autenticada del informe toxicológico y de la resolución de apertura."),
    ("pt", "SOLICITA-SE\n1. Cópia do laudo pericial e do auto de apreensão."),
    ("en", "ASSISTANCE REQUESTED\n1. A copy of the expert report and of the police file."),
    ("fr", "ACTES DEMANDÉS\n1. Copie du rapport d'expertise et du procès-verbal de saisie."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), COPIES)
def test_copy_of_a_report_asks_for_a_document(language: str, text: str) -> None:
    assert [*measures(language, text)] == ["production_documents"]


FROZEN = [
    ("es", "SE SOLICITA\n1. Medida de prohibición de enajenar y gravar el inmueble de la calle Mayor 4, Bogotá.", "inmueble de la calle Mayor 4, Bogotá"),
    ("pt", "SOLICITA-SE\n1. Medida cautelar de proibição de alienar o imóvel da Rua Direita 4, Recife.", "imóvel da Rua Direita 4, Recife"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "target"), FROZEN)
def test_thing_behind_the_name_of_a_precautionary_order(language: str, text: str, target: str) -> None:
    assert [one for one, _ in measures(language, text)["freezing"]] == [target]


NUMBERED = [
    ("es", "CUENTAS\n1 | Delta S.A. | ES79 2100 0813 6101 2345 6789\n2 | Omega S.A. | ES91 2100 0418 4502 0005 1332\n3 | Sigma S.A. | ES80 2310 0001 1800 0001 2345\n\nSE SOLICITA\n1. Extractos bancarios de las cuentas 1 y 3 de la tabla.\n2. El bloqueo de la cuenta n.º 2.", ["ES79 2100 0813 6101 2345 6789", "ES80 2310 0001 1800 0001 2345"], ["ES91 2100 0418 4502 0005 1332"]),
    ("pt", "CONTAS\n1) Delta Lda.: PT50 0002 0123 1234 5678 9015 4\n2) Ómega Lda.: PT50 0027 0000 0001 2345 6783 3\n3) Sigma Lda.: PT50 0035 0651 0001 2345 6783 1\n\nSOLICITA-SE\n1. Extratos bancários das contas 1 a 2 acima.\n2. O bloqueio da conta 3.", ["PT50 0002 0123 1234 5678 9015 4", "PT50 0027 0000 0001 2345 6783 3"], ["PT50 0035 0651 0001 2345 6783 1"]),
    ("en", "THE ACCOUNTS\n1\tDelta Ltd\tIE29 AIBK 9311 5212 3456 78\n2\tOmega Ltd\tGB29 NWBK 6016 1331 9268 19\n\nASSISTANCE REQUESTED\n1. Bank records of accounts 1 and 2.\n2. Restraint of account no. 2.", ["IE29 AIBK 9311 5212 3456 78", "GB29 NWBK 6016 1331 9268 19"], ["GB29 NWBK 6016 1331 9268 19"]),
    ("fr", "COMPTES\n1. Delta SARL, FR76 3000 6000 0112 3456 7890 189\n2. Oméga SARL, FR14 2004 1010 0505 0001 3M02 606\n\nACTES DEMANDÉS\n1. Relevés bancaires du compte n° 2 du tableau.\n2. Gel des comptes 1 et 2.", ["FR14 2004 1010 0505 0001 3M02 606"], ["FR76 3000 6000 0112 3456 7890 189", "FR14 2004 1010 0505 0001 3M02 606"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "records", "frozen"), NUMBERED)
def test_numbers_of_a_table_name_the_accounts(language: str, text: str, records: list[str], frozen: list[str]) -> None:
    found = measures(language, text)
    assert [one for one, _ in found["bank_information"]] == records
    assert [one for one, _ in found["freezing"]] == frozen
