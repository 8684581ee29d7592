"""Measures that letters ask for on several accounts, lines, addresses, companies or persons: each is one of its own."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central del Reino de España\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\n",
    "pt": "MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\n",
    "en": "MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Ireland\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\n",
    "fr": "MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la République française\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\n",
}
CLOSINGS = {
    "es": "\nLa información servirá en el proceso penal. Agradeciendo su cooperación, quedo de ustedes, con la expresión de mi consideración más distinguida.\n\nMarta Solís Cruz\nFiscal del caso\n",
    "pt": "\nAs informações destinam-se ao processo penal. Agradecendo desde já a cooperação, apresento a expressão da minha mais elevada consideração.\n\nMarta Sales Cruz\nProcuradora da República\n",
    "en": "\nThe information will be used in the criminal proceedings only. We are grateful for your co-operation and remain at your disposal.\n\nMartha Sales\nPrincipal Legal Officer\n",
    "fr": "\nLes informations serviront à la procédure pénale. En vous remerciant de votre concours, je vous prie d'agréer l'expression de ma haute considération.\n\nMarthe Salles\nJuge d'instruction\n",
}
BANK, FREEZING, SUBSCRIBER, TRAFFIC, PRESERVATION = (
    "bank_information",
    "freezing",
    "subscriber_data",
    "traffic_data",
    "data_preservation",
)


def targets(language: str, text: str) -> dict[str, list[str]]:
    letter = f"{HEADS[language]}{text}\n{CLOSINGS[language]}"
    found: dict[str, list[str]] = {}
    for one in read_request(letter, annotate(letter)).fields.get("measures", ()):
        if isinstance(one.value, dict):
            found.setdefault(str(one.value["measure"]), []).append(str(one.value["target"]))
    return found


TOGETHER = [
    ("es", "Se solicita que el Banco del Istmo remita los extractos de las cuentas 4410087125 y 4410090336.", BANK, ["4410087125", "4410090336"]),
    ("es", "Se solicita la identificación de los titulares de las líneas +34 612 555 014 y +34 933 555 027.", SUBSCRIBER, ["+34 612 555 014", "+34 933 555 027"]),
    ("pt", "Solicita-se o bloqueio das contas PT50000201231234567890154, do Banco Azul, e PT50003506516598347102338, do Banco Verde.", FREEZING, ["PT50000201231234567890154", "PT50003506516598347102338"]),
    ("pt", "Solicita-se a preservação dos dados relativos aos endereços IP 192.0.2.18, 192.0.2.40 e 203.0.113.250.", PRESERVATION, ["192.0.2.18", "192.0.2.40", "203.0.113.250"]),
    ("en", "Please obtain the statements of accounts 4410087125 (Bank of Cork) and 4410090336 (Liffey Bank).", BANK, ["4410087125", "4410090336"]),
    ("en", "Please preserve the content of the mailboxes:\n- tigre.uno@post.example\n- tigre.dos@post.example", PRESERVATION, ["tigre.uno@post.example", "tigre.dos@post.example"]),
    ("fr", "Il est demandé l'identification des abonnés des lignes +33 6 39 98 01 47 et +33 4 91 55 01 62.", SUBSCRIBER, ["+33 6 39 98 01 47", "+33 4 91 55 01 62"]),
    ("fr", "Nous vous prions de bloquer les comptes FR7630006000011234567890189 et FR7630004000031234567890143.", FREEZING, ["FR7630006000011234567890189", "FR7630004000031234567890143"]),
    ("pt", "Solicita-se que a operadora revele quem são os titulares de lobo.guara@freemail.example, do telefone +55 42 95555-0118 e do endereço IP 192.0.2.40.", SUBSCRIBER, ["lobo.guara@freemail.example", "+55 42 95555-0118", "192.0.2.40"]),
    ("en", "Please obtain the subscriber details of the number +44 7700 900123 and of the mailbox a.b@mail.example.", SUBSCRIBER, ["+44 7700 900123", "a.b@mail.example"]),
    ("en", "Please preserve the registration data of the domain payroll-desk.example.", PRESERVATION, ["payroll-desk.example"]),
    ("es", "Disponer la incautación de los vehículos de placa 4471-KLD, 5120-RTA y 3908-HXN.", "search_seizure", ["4471-KLD", "5120-RTA", "3908-HXN"]),
    ("es", "Se solicita allanar el depósito de Ruta 11, Formosa, el de Av. Gutnisky 3900 y el del Parque Industrial Tirol.", "search_seizure", ["depósito de Ruta 11, Formosa", "Av. Gutnisky 3900", "Parque Industrial Tirol"]),
    ("en", "Please search the workshop at 12 Mill Lane and those at 7 Harbour Street and 9 Quay Road.", "search_seizure", ["workshop at 12 Mill Lane", "7 Harbour Street", "9 Quay Road"]),
    ("fr", "Il est demandé de placer sous main de justice la parcelle 318/4, la parcelle 318/5 et la parcelle 402/1.", FREEZING, ["parcelle 318/4", "parcelle 318/5", "parcelle 402/1"]),
    ("fr", "Il est demandé d'entendre en qualité de témoin Hernando LOZADA PINEDA ainsi que Mme Claudia Patricia MUÑOZ, responsable de l'emballage.", "hearing_witness", ["Hernando LOZADA PINEDA", "Claudia Patricia MUÑOZ"]),
    ("es", "Se solicita recibir la declaración testifical del contador Edson Luiz Pacheco, y la del chofer Valmir dos Reis.", "hearing_witness", ["Edson Luiz Pacheco", "Valmir dos Reis"]),
    ("pt", "Pede-se a localização dos bens imóveis pertencentes a Lucas Armando Nhantumbo, à Índico Vértice, Lda., e à Terra Nampula, Lda.", "asset_tracing", ["Lucas Armando Nhantumbo", "Índico Vértice, Lda.", "Terra Nampula, Lda"]),
    ("pt", "Pede-se o congelamento do que se encontrar nas contas de Adelino Rocha Silveira e de Suzete Livramento Silveira.", FREEZING, ["Adelino Rocha Silveira", "Suzete Livramento Silveira"]),
    ("es", "Se solicitan los extractos de las cuentas 4410087125 y 4410090336 y el bloqueo de sus saldos.", FREEZING, ["4410087125", "4410090336"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), TOGETHER)
def test_each_of_several_things_named_together_is_aimed_at(
    language: str, text: str, measure: str, expected: list[str]
) -> None:
    assert targets(language, text)[measure] == expected


ELSEWHERE = [
    ("es", "El dinero pasó por la cuenta 4410087125 y luego por la cuenta 4410090336. Se solicita la remisión de los extractos bancarios de ambas cuentas.", BANK, ["4410087125", "4410090336"]),
    ("es", "Los autores usaron las líneas +34 612 555 014, +34 933 555 027 y +34 699 555 031. Se solicita el listado de llamadas de las tres líneas.", TRAFFIC, ["+34 612 555 014", "+34 933 555 027", "+34 699 555 031"]),
    ("pt", "O dinheiro passou pela conta PT50000201231234567890154 e pela conta PT50003506516598347102338. Solicita-se o bloqueio das duas contas.", FREEZING, ["PT50000201231234567890154", "PT50003506516598347102338"]),
    ("en", "The calls came from +353 86 555 0147 and +353 87 555 0162. We request the subscriber details of both numbers.", SUBSCRIBER, ["+353 86 555 0147", "+353 87 555 0162"]),
    ("en", "Account 4410087125 received the price, account 4410090336 the tax. We request that you freeze the said accounts.", FREEZING, ["4410087125", "4410090336"]),
    ("fr", "Les appels venaient du +33 6 39 98 01 47 et du +33 4 91 55 01 62. Nous demandons les données d'abonné de ces deux lignes.", SUBSCRIBER, ["+33 6 39 98 01 47", "+33 4 91 55 01 62"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), ELSEWHERE)
def test_words_for_several_things_mean_those_named_elsewhere(
    language: str, text: str, measure: str, expected: list[str]
) -> None:
    assert targets(language, text)[measure] == expected


ONE = [
    ("es", "Se solicitan los extractos de la cuenta 4410087125, desde la cual se transfirieron fondos a la cuenta 4410090336.", BANK, ["4410087125"]),
    ("pt", "Solicita-se o registo de chamadas da linha +351 912 555 014 com o número +351 933 555 027.", TRAFFIC, ["+351 912 555 014"]),
    ("en", "Please obtain the statements of account 4410087125, which was credited by account 4410090336.", BANK, ["4410087125"]),
    ("fr", "Le compte FR7630006000011234567890189 a reçu un virement du compte FR7630004000031234567890143. Nous vous prions de bloquer le compte FR7630006000011234567890189.", FREEZING, ["FR7630006000011234567890189"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), ONE)
def test_a_thing_in_another_part_is_not_aimed_at(language: str, text: str, measure: str, expected: list[str]) -> None:
    assert targets(language, text)[measure] == expected


ACCOUNTS = "Titular\tCuenta\tBanco\tSaldo\nDelta Inc.\t04-0077-182934-1\tBanco del Istmo, S.A.\tUSD 6.400,00\nLuis Ramos Solano\t04-0077-190021-8\tBanco del Istmo, S.A.\tUSD 85,30\nOmega S.L.\tES91 2100 0418 4502 0005 1332\tCaixaBank\tEUR 2,11\n"
LISTED = [
    ("es", f"SE SOLICITA\n\na) Que se recaben del Banco del Istmo, S.A. los extractos de las cuentas que se relacionan, desde el 1 de enero de 2019 hasta el 31 de diciembre de 2022.\n\nb) Que se bloqueen los saldos existentes en dichas cuentas.\n\n{ACCOUNTS}", ["04-0077-182934-1", "04-0077-190021-8"], ["04-0077-182934-1", "04-0077-190021-8"]),
    ("es", f"{ACCOUNTS}\nSE SOLICITA\n\na) Los extractos bancarios de las cuentas que se detallan en la tabla.\n\nb) El bloqueo de las cuentas indicadas en CaixaBank.", ["04-0077-182934-1", "04-0077-190021-8", "ES91 2100 0418 4502 0005 1332"], ["ES91 2100 0418 4502 0005 1332"]),
    ("pt", "SOLICITA-SE\n\n1. Os extratos bancários das contas abaixo relacionadas.\n\n2. O bloqueio das referidas contas.\n\nBanco | Agência | Conta corrente\n---|---|---\nBanco Azul | 0451 | 22871-6\nBanco Verde | 0032 | 104498-X\n", ["22871-6", "104498-X"], ["22871-6", "104498-X"]),
    ("en", "ASSISTANCE REQUESTED\n\n1. Please obtain from First Harbour Bank the statements of the accounts listed below.\n\n2. Please freeze the accounts which are set out below.\n\nBank\tAccount no.\tHolder\nFirst Harbour Bank\t0077 1829 34\tDelta Ltd\nQuay Bank plc\t55-100-2231\tOmega Ltd\n", ["0077 1829 34"], ["0077 1829 34", "55-100-2231"]),
    ("fr", "ACTES DEMANDÉS\n\n1. Obtenir les relevés bancaires des comptes énumérés ci-après.\n\n2. Geler les comptes qui figurent au tableau.\n\nBanque\tN° de compte\tTitulaire\nBanque du Port\t30004 00123 0001234567A 45\tDelta SARL\nBanque du Lac\t007 780 0001234567890123 45\tOméga SARL\n", ["30004 00123 0001234567A 45", "007 780 0001234567890123 45"], ["30004 00123 0001234567A 45", "007 780 0001234567890123 45"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "records", "frozen"), LISTED)
def test_accounts_of_a_table_are_aimed_at(language: str, text: str, records: list[str], frozen: list[str]) -> None:
    found = targets(language, text)
    assert (found[BANK], found[FREEZING]) == (records, frozen)


SCHEDULE = "Account no.\tHolder\tBank\tUSD\n000-4471-2206\tAdam Reed\tCoral Bank Ltd\t410,000.00\n000-4471-2313\tRoads Ltd\tCoral Bank Ltd\t1,250,500.00\n22871-90-4\tNora Reed\tLagoon Savings Bank\t77,310.20\n"
COMPTES = "Titulaire\tBanque\tN° de compte\nLuc Ramos\tBanque du Port\t30004 00823 00010204417 45\nAnne Ramos\tCrédit du Lac\t17515 90000 04471882013 66\n"
BY_BANK = [
    ("en", f"{SCHEDULE}\nASSISTANCE REQUESTED\n\n1. Please obtain from Coral Bank Ltd certified statements for the accounts set out above.\n\n2. Please freeze the Lagoon Savings Bank account.", ["000-4471-2206", "000-4471-2313"], ["22871-90-4"]),
    ("fr", f"{COMPTES}\nACTES DEMANDÉS\n\n- obtenir de la Banque du Port les relevés des comptes mentionnés ci-dessus ;\n- saisir les sommes inscrites au crédit du compte ouvert au Crédit du Lac.", ["30004 00823 00010204417 45"], ["17515 90000 04471882013 66"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "records", "frozen"), BY_BANK)
def test_accounts_in_the_rows_of_the_bank_that_the_clause_names(
    language: str, text: str, records: list[str], frozen: list[str]
) -> None:
    found = targets(language, text)
    assert (found[BANK][: len(records)], found[FREEZING]) == (records, frozen)


WORDED = [
    ("en", "We request that nothing be paid out of account 4410-221-88 until the court has ruled.", FREEZING, ["4410-221-88"]),
    ("es", "Se solicita que no se pueda disponer de los fondos de la cuenta 4410087125.", FREEZING, ["4410087125"]),
    ("pt", "Pede-se que a conta 4410087125 não possa ser movimentada.", FREEZING, ["4410087125"]),
    ("fr", "MESURES REQUISES\n\n1. Les données rétroactives du raccordement +41 79 555 01 92, du 1er octobre 2025 au 15 janvier 2026.", TRAFFIC, ["+41 79 555 01 92"]),
    ("pt", "Solicita-se identificar o utente do telemóvel 936 555 117.", SUBSCRIBER, ["936 555 117"]),
    ("en", "Please arrange a search of Mr Foy's flat at 12 Mill Lane.", "search_seizure", ["Mr Foy's flat at 12 Mill Lane"]),
    ("en", "ASSISTANCE REQUESTED\n\n1. The whereabouts of Declan Foy, last heard of in Vernon.\n2. Examination of any telephone seized.", "expert_examination", ["telephone seized"]),
    ("pt", "| Item | Medida | Alvo | Período |\n|---|---|---|---|\n| 1 | Extratos bancários | conta 4410087125 | 01/03/2024 a 30/06/2026 |\n| 2 | Bloqueio de valores | conta 4410087125 | - |\n", FREEZING, ["4410087125"]),
    ("pt", "Os réus são Juarez Antunes Prado e Sirlei Prestes Prado. Pede-se a citação dos dois réus na Rua das Flores, 12, em Lisboa.", "service_of_documents", ["Juarez Antunes Prado", "Sirlei Prestes Prado"]),
    ("fr", "Nous souhaitons que le domicile de M. Thivierge, 7 avenue Crovetto, soit fouillé.", "search_seizure", ["domicile de M. Thivierge, 7 avenue Crovetto"]),
    ("es", "El imputado usaba el teléfono +595 981 555 204. Se solicita practicar pericia sobre el teléfono Samsung secuestrado.", "expert_examination", ["teléfono Samsung secuestrado"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "measure", "expected"), WORDED)
def test_measures_in_further_words(language: str, text: str, measure: str, expected: list[str]) -> None:
    assert targets(language, text)[measure] == expected


def test_a_list_of_years_is_a_period() -> None:
    letter = f"{HEADS['en']}Please obtain the tax returns of Luke Ramos for 2021, 2022 and 2023.\n{CLOSINGS['en']}"
    (found,) = [one.value for one in read_request(letter, annotate(letter)).fields["measures"]]
    assert isinstance(found, dict)
    assert found["period"] == {"from": "2021", "to": "2023"}
