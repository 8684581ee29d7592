"""Identifiers in letters: numbers of other documents are no cases; identity numbers as each country writes them."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.identifiers.identifiers import read_identifiers
from nlp.requests.identifiers.tabled_accounts import tabled_accounts
from nlp.requests.reading import read_request, request_context

NO_CASES = [
    "Acompanha este pedido o laudo pericial nº 0931/2024 e a certidão de óbito.",
    "Se adjunta copia del contrato n.º 2231/2019 entre las partes.",
    "La medida fue acordada por auto n.º 771/2025, que se acompaña.",
    "The invoice no. 2024/11873 of the supplier is attached.",
    "Traduction certifiée par Mme Odile Ferrand, traductrice n° 2019/4471.",
    "The claimant asks the court for EUR 912.50 and costs.",
    "Le greffe de la chambre civile, BP 204, reçoit les pièces.",
    "Annexe 2 - procès-verbal d'exploitation téléphonique n° 2025/1187 de la brigade.",
    "Se adjunta el atestado 2025-101893-441 de la Guardia Civil.",
    "Par jugement n° 211/2024 du 18 avril 2024, le tribunal a condamné le prévenu.",
    "Numéro | Navire | Scellé\nMSKU 907032-3 | Fort Royal | CO-448812\nCMAU 412588-0 | Polar | CO-391027",
    "Se adjuntan las declaraciones de los testigos protegidos TP-01-2024 y TP-02-2024.",
]  # fmt: skip

IDENTITIES = [
    ("El imputado, boliviano, C.I. 5120934 SC, nacido el 3 de mayo de 1980, es requerido.", "5120934 SC"),
    ("La imputada, boliviana, C.I. 3307715 Tj., domiciliada en Tarija, es requerida.", "3307715 Tj."),
    ("The witness Mr Joseph Grech, I.D. card 0442876M, of Mosta, is to be heard.", "0442876M"),
    ("The accused Paul Borg, I.D. 0218863(M), born at Rabat, is charged.", "0218863(M)"),
    ("The suspect Mikkel Dahl (140387-2215, Danish) lives at Aarhus.", "140387-2215"),
    ("The suspect Kurt Tamm, ID code 38504120018, lives at Tartu.", "38504120018"),
]  # fmt: skip


def identifiers(text: str) -> list[tuple[str, str]]:
    found = read_identifiers(request_context(text, annotate(text)))
    values = [proposal.value for proposal in found if isinstance(proposal.value, dict)]
    return [(str(value["kind"]), str(value["text"])) for value in values]


@pytest.mark.parametrize(
    ("text", "number", "valid"),
    [
        ("Os extratos da conta PT50 0002 0123 12345678901 54, da sociedade.", "PT50 0002 0123 12345678901 54", True),
        ("Los extractos de la cuenta PT50 0035 0651 00012345678 31.", "PT50 0035 0651 00012345678 31", False),
        ("Les relevés du compte BE68.539.007547034 ouvert à Anvers.", "BE68.539.007547034", True),
    ],
)
def test_account_numbers_in_groups_of_their_country(text: str, number: str, valid: bool) -> None:
    (found,) = read_identifiers(request_context(text, annotate(text)))
    assert found.value == {"kind": "iban", "text": number, "valid": valid, "scope": "case"}


@pytest.mark.parametrize("text", NO_CASES)
def test_numbers_of_other_documents_are_no_case_numbers(text: str) -> None:
    assert [number for kind, number in identifiers(text) if kind == "case_number"] == []


@pytest.mark.parametrize(("text", "number"), IDENTITIES)
def test_identity_numbers_of_a_country(text: str, number: str) -> None:
    assert identifiers(text) == [("national_id", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("La sociedad luxemburguesa Orinoquia Invest S.à r.l., matrícula B 214.557, recibió el dinero.", "B 214.557"),
        ("Certificado de Lyford Blue Investments Ltd. (IBC 219044 B).", "219044 B"),
    ],
)
def test_company_numbers_of_a_country(text: str, number: str) -> None:
    assert ("company_number", number) in identifiers(text)


def test_a_case_number_beside_such_words_is_kept() -> None:
    text = "Diligencias previas 412/2025. El auto de 3 de marzo de 2025 y el contrato constan en la causa 77/2024."
    assert identifiers(text) == [("case_number", "412/2025"), ("case_number", "77/2024")]


def test_the_time_zone_of_a_mail_is_no_telephone() -> None:
    text = "Date: Thu, 05 Nov 2026 10:12:00 +0000\n\nSe solicita identificar al titular del teléfono +51 987 654 321."
    assert [number for kind, number in identifiers(text) if kind == "phone"] == ["+51 987 654 321"]


@pytest.mark.parametrize(
    "text",
    [
        "A la autoridad central. El juez solicita que se identifique a los titulares del teléfono +51 987 654 321.",
        "The prosecutor asks who were the holders of telephone +51 987 654 321.",
        "Le juge demande l'identification des titulaires du téléphone +51 987 654 321.",
        "El juez pregunta a quién pertenecen las líneas +51 987 654 321.",
        "Le juge demande les relevés des lignes +51 987 654 321.",
    ],
)
def test_a_telephone_whose_holder_is_sought_is_that_of_the_case(text: str) -> None:
    found = read_identifiers(request_context(text, annotate(text)))
    scopes = [one.value["scope"] for one in found if isinstance(one.value, dict) and one.value["kind"] == "phone"]
    assert scopes == ["case"]


DOCUMENTS = [
    ("Vérifier l'authenticité des passeports nos R11223344 et R11223345.", "passport", ["R11223344", "R11223345"]),
    ("Il détenait les passeports français n° 12AB34567, 12AB34568 et n° 12AB34569.", "passport", ["12AB34567", "12AB34568", "12AB34569"]),
    ("Les cartes nationales d'identité n° 120475100234 et n° 120475100235 ont été saisies.", "national_id", ["120475100234", "120475100235"]),
    ("Les titres de séjour numéros 7511223344 et 7511223345 sont faux.", "national_id", ["7511223344", "7511223345"]),
    ("Se verificarán los pasaportes números A12345678 y A12345679.", "passport", ["A12345678", "A12345679"]),
    ("Se le incautaron dos pasaportes (R11223344 y R11223345) a nombre falso.", "passport", ["R11223344", "R11223345"]),
    ("Las cédulas de identidad Nros. 4567890 y 4567891 fueron anuladas.", "national_id", ["4567890", "4567891"]),
    ("Los documentos nacionales de identidad núms. 12345678 y 23456789 son falsos.", "national_id", ["12345678", "23456789"]),
    ("Usou os passaportes n.ºs R11223344 e R11223345 em Lisboa.", "passport", ["R11223344", "R11223345"]),
    ("Os passaportes de Ana Lima (AB123456) e de João Reis (AB123457) foram apreendidos.", "passport", ["AB123456", "AB123457"]),
    ("Os bilhetes de identidade n.os 12345678 e 12345679 são falsos.", "national_id", ["12345678", "12345679"]),
    ("As carteiras de identidade nºs 12.345.678-9 e 23.456.789-0 são falsas.", "national_id", ["12.345.678-9", "23.456.789-0"]),
    ("The passports Nos. R11223344 and R11223345 were used.", "passport", ["R11223344", "R11223345"]),
    ("A testemunha é titular do cartão de cidadão 11873405 4ZX2.", "national_id", ["11873405 4ZX2"]),
    ("Passports Nos. A1234567 (John Reeves) and A1234568 (Mary Reeves) were seized.", "passport", ["A1234567", "A1234568"]),
    ("Their identity cards, numbers 12345678 and 12345679, are forged.", "national_id", ["12345678", "12345679"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "numbers"), DOCUMENTS)
def test_noun_tells_the_kind_of_every_number_of_its_list(text: str, kind: str, numbers: list[str]) -> None:
    assert identifiers(f"Solicitud 88/2026\n\n{text}\n")[-len(numbers) :] == [(kind, number) for number in numbers]


PLURALS = [
    ("Se pide identificar las líneas guatemaltecas 502 5555 0174, 502 5555 0181 y 502 4555 0139.", "phone", ["502 5555 0174", "502 5555 0181", "502 4555 0139"]),
    ("He pays into an account with Bank of Cork Ltd., Cork City, No. 0410-55172-9.", "account", ["0410-55172-9"]),
    ("Statements of accounts 4410087125 (Bank of Cork) and 4410090336 (Liffey Bank).", "account", ["4410087125", "4410090336"]),
    ("Send records of calls of his phone, 1-868-555-0142, for two weeks.", "phone", ["1-868-555-0142"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "numbers"), PLURALS)
def test_every_number_of_a_list_is_read(text: str, kind: str, numbers: list[str]) -> None:
    assert [found for found in identifiers(f"Solicitud 88/2026\n\n{text}\n") if found[0] == kind] == [
        (kind, number) for number in numbers
    ]


def test_list_of_documents_ends_where_another_thing_is_numbered() -> None:
    found = identifiers("Request 88/2026\n\nPassports Nos. A1234567 and A1234568 and account number 12345678.\n")
    assert found[-1] == ("account", "12345678")


def test_confirmed_number_keeps_its_check_digit() -> None:
    text = "Solicitud 88/2026\n\nLos DNI 12345678Z y 87654321X son falsos.\n"
    found = read_identifiers(request_context(text, annotate(text)))
    assert [one.value["valid"] for one in found if isinstance(one.value, dict)][-2:] == [True, True]


APART = [
    ("Please obtain the statements of the account at Northshore Bank, Bridgetown, No. 0410-55172-9.", "account", ["0410-55172-9"]),
    ("Un compte ouvert à la Banque du Littoral, No. 331-20144-6, reçoit les fonds.", "account", ["331-20144-6"]),
    ("Contaban con las líneas 655 555 013 y 655 555 048 de la operadora.", "phone", ["655 555 013", "655 555 048"]),
    ("Os contactos partiram das linhas 912 345 678 e 912 345 679.", "phone", ["912 345 678", "912 345 679"]),
    ("Calls were made from the lines 020 7946 0018 and 020 7946 0019.", "phone", ["020 7946 0018", "020 7946 0019"]),
    ("Les appels venaient des lignes 06 39 98 12 34 et 06 39 98 12 35.", "phone", ["06 39 98 12 34", "06 39 98 12 35"]),
    ("Send the records of his phone, 1-868-555-0142, for two weeks.", "phone", ["1-868-555-0142"]),
    ("The suspect, Harold Ramkissoon, Guyanese ID 130044781, lives in Orealla.", "national_id", ["130044781"]),
    ("The suspect, Agris Ozols, identity code 120374-10555, is at large.", "national_id", ["120374-10555"]),
    ("El imputado Luis Mejía, con identidad 0703-1981-00412, conducía.", "national_id", ["0703-1981-00412"]),
    ("Sable Point Ltd (BC No. 1955012) received the money.", "company_number", ["1955012"]),
    ("La instrucción se sigue en la información judicial nº JI 3/24/118.", "case_number", ["JI 3/24/118"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "numbers"), APART)
def test_numbers_apart_from_their_noun_and_in_lists(text: str, kind: str, numbers: list[str]) -> None:
    assert [number for found, number in identifiers(text) if found == kind] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The records of the user ID 130044781 at the platform are sought.",
        "Les fonds passés par les comptes de la société, 23.775.400,00 €, ont disparu.",
        "Passaram pelas contas da distribuidora R$ 23.775.400,00 em dois anos.",
    ],
)
def test_user_names_and_amounts_are_no_identifiers(text: str) -> None:
    assert [found for found in identifiers(text) if found[0] in ("national_id", "account")] == []


OF_COUNTRIES = [
    # registers of companies
    ("The accounts of Brightwater Trading Ltd (Companies House 11223344) are sought.", "company_number", "11223344"),
    ("Le gérant de la société Hafen Logistik GmbH, HRB 20417, est suspect.", "company_number", "HRB 20417"),
    ("Se pide la visura de Monviso Foods S.r.l. (REA TO-918273).", "company_number", "TO-918273"),
    ("The shares of Peel Bay Limited (IoM no. 119922V) are to be restrained.", "company_number", "119922V"),
    ("A sociedade Karoo Stone (Pty) Ltd, matriculada em Durban sob o n.º 2011/004512/07.", "company_number", "2011/004512/07"),
    ("Obtain the file of Murray River Wines Pty Ltd, ABN 51 824 753 556.", "company_number", "51 824 753 556"),
    ("Caroni Plant Hire Limited (company no. C-4410(02)) received the money.", "company_number", "C-4410(02)"),
    ("La firme Djolof Services SARL, NINEA 004512873, a encaissé les fonds.", "company_number", "004512873"),
    ("Les comptes de la société Akwaba Négoce, RCCM CI-ABJ-2019-B-14522.", "company_number", "CI-ABJ-2019-B-14522"),
    ("The records of Palm Orlando LLC (Fla. L19000123456) are requested.", "company_number", "L19000123456"),
    ("La sociedad Istmo Carga, S.A., folio mercantil 155601122-2-2017.", "company_number", "155601122-2-2017"),
    ("The charge concerns OÜ Kadakas (reg. code 12345678), of Tartu.", "company_number", "12345678"),
    ("A sociedade foi inscrita no registo de comércio sob o n.º 552100554.", "company_number", "552100554"),
    ("Westbay Nominees Ltd., registered in Nassau under number 204411 B, holds it.", "company_number", "204411 B"),
    ("The licence of Sahra Metals DMCC, licence DMCC-220145, is requested.", "company_number", "DMCC-220145"),
    # persons
    ("O arguido, titular do Emirates ID 784-1990-1234567-1, vive em Sharjah.", "national_id", "784-1990-1234567-1"),
    ("El investigado Paolo Ferri, codice fiscale FRRPLA80A01H501K, vive en Roma.", "national_id", "FRRPLA80A01H501K"),
    ("The accused Anil Kumar Mehta, PAN AKMPM1234Q, was arrested.", "national_id", "AKMPM1234Q"),
    ("The witness Tan Wei Ming, NRIC S7654321Z, is to be heard.", "national_id", "S7654321Z"),
    ("Le suspect Jan Peeters, né à Gand, RN 82.05.11-123-45, est détenu.", "national_id", "82.05.11-123-45"),
    ("L'inculpé Salif Konaté, carte NINA 17903112034056B, est recherché.", "national_id", "17903112034056B"),
    ("Le prévenu Idriss Bennani, CNIE BK44120, réside à Rabat.", "national_id", "BK44120"),
    ("Le témoin Awa Traoré, CNIB B8812045, sera entendu.", "national_id", "B8812045"),
    ("L'inculpé Yao Konan, CNI CI002244881, est écroué.", "national_id", "CI002244881"),
    ("Suspect: BĒRZIŅŠ Andris, pers. code 120580-11223, of Riga.", "national_id", "120580-11223"),
    ("The accused Sipho Dlamini, identity number 800101 5009 08 7, is charged.", "national_id", "800101 5009 08 7"),
    ("Suspect : Mehmet Kaya, T.C. 12345678901, de Mersin.", "national_id", "12345678901"),
    ("The suspect Joseph Camilleri, identity card 0123467(M), of Sliema.", "national_id", "0123467(M)"),
    ("A arguida, CPF 529.982.247-25, RG 3041122334 SSP/RS, reside em Pelotas.", "national_id", "3041122334"),
    ("El testigo Óscar Menjívar, con documento 03318842-7, vive en Sonsonate.", "national_id", "03318842-7"),
    # vehicles and boats
    ("Seja apreendida a viatura Nissan Navara de matrícula sul-africana JLB 204 GP.", "plate", "JLB 204 GP"),
    ("Se vigilará la Renault Master 5521 KLM hasta su destino.", "plate", "5521 KLM"),
    ("El cabezal C-204.118 fue retenido en la aduana.", "plate", "C-204.118"),
    ("The title history of a Ford F-150, tag HJK C12, is sought.", "plate", "HJK C12"),
    ("Les trajets de la semi-remorque 34 TRK 118 sont demandés.", "plate", "34 TRK 118"),
    ("El pesquero abordado lleva matrícula P-02-00417.", "plate", "P-02-00417"),
    # accounts and lines
    ("Os valores foram ao Eastern Harbour Bank (n. 015-330-2-007788).", "account", "015-330-2-007788"),
    ("Their bank, Barclays, for 20-45-77 13344556, ought to certify it.", "account", "20-45-77 13344556"),
    ("Se pide la bitácora de llamadas del 7120-4433.", "phone", "7120-4433"),
    # cases
    ("REPUBLIC versus OTIENO (NAKURU CRIMINAL CASE E031 OF 2024)", "case_number", "E031 OF 2024"),
    ("Vos réf. : JI 3 25 000102\n\nMadame,\n\nNous exécutons la demande.", "case_number", "JI 3 25 000102"),
    ("SECTION F. Procédure pénale. Parquet : 24 122 000 318.", "case_number", "24 122 000 318"),
    ("Your European Investigation Order 02-1-00318-24 was received.", "case_number", "02-1-00318-24"),
    ("Votre demande, procédure 4410/23 RGNR, est exécutée.", "case_number", "4410/23 RGNR"),
    ("Mandat d'arrêt n° 44/2025 du 3 mars 2025 du juge d'instruction.", "case_number", "44/2025"),
]  # fmt: skip

OTHER_NUMBERS = [
    "O preço, de ZAR 12 500 000, entrou na conta 62-1144-00212 do banco.",
    "Nos termos da Convenção do Conselho da Europa (STCE n.º 141), pede-se o seguinte.",
    "Perquisitionner les bureaux de la Calle 8 n° 12-40, à Bogota.",
    "El agente con TIP K-10422-B asistirá al registro.",
    "Tradução de Ana Prado, tradutora pública, JUCESP 2041.",
    "Gerida por Rui Salgado, nascido a 3.IX.81, e por Ana Salgado, nascida a 4/XI/1983.",
    "The fingerprint card is exhibited as \"K.R.7\".",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "number"), OF_COUNTRIES)
def test_numbers_as_each_country_writes_them(text: str, kind: str, number: str) -> None:
    assert (kind, number) in identifiers(text)
    inside = [one for one in identifiers(text) if one[1] != number and one[1] in number]
    assert inside == []


@pytest.mark.parametrize("text", OTHER_NUMBERS)
def test_other_numbers_are_no_cases(text: str) -> None:
    assert [number for kind, number in identifiers(text) if kind == "case_number"] == []


def test_a_sum_of_money_is_no_account() -> None:
    found = identifiers("O preço, de ZAR 12 500 000, entrou na conta 62-1144-00212 do banco.")
    assert [number for kind, number in found if kind == "account"] == ["62-1144-00212"]


def test_the_number_of_a_parcel_is_no_telephone() -> None:
    found = identifiers("CONTROLLED DELIVERY, FLIGHT BA 118, PARCEL RR 12345 6789 GB")
    assert [number for kind, number in found if kind == "phone"] == []


def test_the_number_of_a_user_account_identifies_no_person() -> None:
    text = 'Solicita-se o conteúdo da conta "brisa#1204", ID 773041228890, do mês de maio.'
    assert [kind for kind, _ in identifiers(text) if kind == "national_id"] == []


@pytest.mark.parametrize("written", ["ES91 2100 0418 4502 0005 133", "ES91 2100 0418 4502 0005 1332 9"])
def test_an_account_with_a_figure_missing_or_added_is_one(written: str) -> None:
    found = identifiers(f"Se solicitan los movimientos de la cuenta {written} desde 2024.")
    assert [kind for kind, _ in found] == ["iban"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (
            "Navire de plaisance « Calypso II », pavillon français, immatriculé BI 774512, amarré à Puerto Banús.",
            "774512",
        ),
        ("Iate « Mar Alto », registado sob o n.º BI 774512 na capitania de Lisboa.", "774512"),
        ("Embarcación «Sol», matriculada con el número BI 774512 en la capitanía marítima.", "774512"),
    ],
)
def test_the_registration_of_a_ship_is_no_identity_document(words: str, number: str) -> None:
    text = f"Commission rogatoire internationale. {words}"
    found = read_request(text, annotate(text)).fields.get("identifiers", ())
    assert not [one for one in found if one.value["kind"] == "national_id" and number in one.value["text"]]  # type: ignore[index, call-overload]


def test_the_bilhete_de_identidade_is_one() -> None:
    text = (
        "Carta rogatória. A testemunha Ana Reis Gil, portadora do BI 7745123, residente em Lisboa, deve ser inquirida."
    )
    found = [one.value for one in read_request(text, annotate(text)).fields["identifiers"]]
    assert [one["text"] for one in found if one["kind"] == "national_id"] == ["7745123"]  # type: ignore[index, call-overload]


def test_a_number_counted_by_year_is_one_number() -> None:
    text = "CARTA ROGATORIA No. 214 DE 2026. Proceso penal por lavado de activos. Se solicita la declaración de un testigo."
    found = [one.value for one in read_request(text, annotate(text)).fields["identifiers"]]
    assert [one["text"] for one in found if one["kind"] == "case_number"] == ["214 DE 2026"]  # type: ignore[index, call-overload]


def test_a_national_registration_number_is_an_identity_number() -> None:
    text = "Letter of request. The suspect John Holder, national registration number 970327-0118, is to be interviewed."
    found = [one.value for one in read_request(text, annotate(text)).fields["identifiers"]]
    assert [one["text"] for one in found if one["kind"] == "national_id"] == ["970327-0118"]  # type: ignore[index, call-overload]


TABLED = [
    ("Titular\tCuenta\tSaldo\nDelta Inc.\t04-0077-182934-1\tUSD 6.400,00\nOmega\tES91 2100 0418 4502 0005 1332\tEUR 2,11\n", ["04-0077-182934-1"]),
    ("Banco | N.º de cuenta | Apertura\n---|---|---\nDel Sur | 104-0078231-9 (ahorros) | 12/03/2021\nDel Norte | | 01/04/2021\nAzul | 22871 | 2021", ["104-0078231-9", "22871"]),
    ("Agência\tConta corrente\n0451\t22871-6\n0032\t104498-X\n", ["22871-6", "104498-X"]),
    ("Account number   Bank\n00713382         Quay Bank\n55-100-2231      First Bank\n\nOther   Bank\n667788   None\n", ["00713382", "55-100-2231"]),
    ("Banque\tCompte n°\nA\t30004 00123 0001234567A 45\nB\t007 780 0001234567890123 45\n", ["30004 00123 0001234567A 45", "007 780 0001234567890123 45"]),
    ("Titular de la cuenta\tFecha\nAna Ruiz\t12/03/2021\n", []),
    ("Cuenta\tImporte\n12/03/2021\t1.000\n1.234,50\t2.000\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), TABLED)
def test_accounts_below_the_head_of_a_column(text: str, numbers: list[str]) -> None:
    assert [text[one.start : one.end] for one in tabled_accounts(text)] == numbers


NATIONAL_ACCOUNTS = [
    ("Les avoirs sont au compte n° 007 780 0001234567890123 45.", "007 780 0001234567890123 45"),
    ("Le RIB 30004 00123 0001234567A 45 est ouvert à Lille.", "30004 00123 0001234567A 45"),
    ("Les comptes 30004-00123-0001234567A-45 et autres.", "30004-00123-0001234567A-45"),
    ("La cuenta n.º 2100-0418-45-0200051332 recibió 2.000 euros.", "2100-0418-45-0200051332"),
    ("A conta com o NIB 0035 0651 00012345678 31 foi aberta.", "0035 0651 00012345678 31"),
    ("La CLABE interbancaria 032 180 00011835971 9, a su nombre.", "032 180 00011835971 9"),
    ("El CBU 2850590-9 4009041813520-1 del banco.", "2850590-9 4009041813520-1"),
    ("La CCI 002-193-002123456789-01 del banco.", "002-193-002123456789-01"),
    ("The account no. 5512-3344-0099-1 was closed.", "5512-3344-0099-1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NATIONAL_ACCOUNTS)
def test_whole_number_of_an_account(text: str, number: str) -> None:
    assert identifiers(text) == [("account", number)]
