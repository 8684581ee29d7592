"""Measures, persons, offences and identifiers of requests: short passages, and whole letters in four languages."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from request_scores import Tally, count, count_frame

from nlp.pipeline import annotate
from nlp.requests.law.bilateral_basis import named_treaty
from nlp.requests.reading import read_request

LETTERS = Path(__file__).parent / "gold" / "request_letters.yaml"


def read(text: str, key: str) -> list[Any]:
    return [one.value for one in read_request(text, annotate(text)).fields.get(key, ())]


def measures(text: str) -> set[str]:
    return {one["measure"] for one in read(text, "measures")}


ASKED = [
    ("Se solicita la remisión de los extractos de la cuenta corriente.", {"bank_information"}),
    ("Ruego se reciba declaración al testigo Luis Paz por videoconferencia.", {"hearing_witness", "videoconference"}),
    ("Solicita-se a quebra de sigilo bancário e a oitiva da testemunha.", {"bank_information", "hearing_witness"}),
    ("Roga-se que se proceda ao interrogatório do arguido.", {"hearing_suspect"}),
    ("We request that the premises be searched and any computers seized.", {"search_seizure"}),
    ("Would you please identify the subscriber of the telephone number?", {"subscriber_data"}),
    ("Je vous prie de bien vouloir faire geler les avoirs de la société.", {"freezing"}),
    ("Merci de procéder à l'audition du suspect.", {"hearing_suspect"}),
    ("Se solicita que se incaute y entregue con la persona el teléfono que lleve.", {"search_seizure"}),
    ("Please preserve for ninety days the traffic data of the server.", {"data_preservation"}),
    ("We ask that the prisoner be transferred temporarily to England for the trial.", {"transfer_person_in_custody"}),
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_a_sentence_asks_for(text: str, expected: set[str]) -> None:
    assert measures(f"DEMANDE D'ENTRAIDE / SOLICITUD DE ASISTENCIA\n\n{text}\n") == expected


OFFENCES = [
    (
        "Os factos são suscetíveis de integrar um crime de branqueamento, p. e p. pelo artigo 368.º-A do Código Penal, "
        "punível com pena de prisão até 12 anos, e de um crime de fraude fiscal qualificada, p. e p. pelos artigos "
        "103.º e 104.º do RGIT.",
        {"ML", "TAX"},
    ),
    (
        "Fue condenado a la pena de ocho años de prisión por cohecho pasivo (artículo 256 del Código Penal).",
        {"CORR_PASS"},
    ),
    (
        "Il est soupçonné d'importation de stupéfiants et de direction d'une organisation criminelle (article 324ter "
        "de l'ancien Code pénal).",
        {"DRUG", "OC"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), OFFENCES)
def test_offences_of_a_list_and_behind_a_penalty(text: str, expected: set[str]) -> None:
    assert {one["concept"] for one in read(text, "offences")} == expected


NOT_ASKED = [
    "No se solicita el bloqueo de la cuenta.",
    "El 3 de mayo de 2023 se practicó el registro del domicilio.",
    "El embargo de los bienes será objeto de otra solicitud.",
    "Não se pretende a busca e apreensão.",
    "A quebra do sigilo bancário já foi deferida e cumprida.",
    "We do not seek a restraint order at this stage.",
    "His house was searched on 4 May 2023.",
    "A separate request for the freezing of the account will follow.",
    "Je ne sollicite pas d'écoute téléphonique.",
    "La perquisition a été exécutée le 3 juin 2022.",
    "La présente ne demande ni l'audition de l'intéressé ni la saisie de ses biens.",
    "Nous n'entendons pas, présentement, demander son extradition.",
    "Nobody is to be interviewed.",
    "We have given up the idea of a video link with the agent.",
    "Con lo anterior se busca acreditar quién compró las piezas.",
]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_is_excluded_done_or_announced_is_not_requested(text: str) -> None:
    assert measures(f"SOLICITUD DE ASISTENCIA\n\n{text}\n") == set()


def test_a_list_takes_its_mood_from_the_words_that_introduce_it() -> None:
    text = "CARTA ROGATORIA\n\nPor lo que se solicita:\na) el allanamiento del local;\nb) la notificación del auto.\n"
    assert measures(text) == {"search_seizure", "service_of_documents"}


def test_a_paragraph_after_the_list_asks_for_nothing_by_itself() -> None:
    text = (
        "CARTA ROGATÓRIA\n\nSolicita-se:\n\n1. A oitiva da testemunha Ana Paz.\n\n2. Os extratos da conta.\n\n"
        "A finalidade é impedir a venda do imóvel.\n"
    )
    assert measures(text) == {"hearing_witness", "bank_information"}


SECRECY = [
    "Nenhum deles deve ser informado deste pedido.",
    "Se pide localizarlo sin detenerlo ni advertirle de la investigación.",
    "Il est demandé de ne divulguer ni l'existence ni le contenu de la présente.",
    "Le secret le plus strict est requis.",
]


@pytest.mark.parametrize("text", SECRECY)
def test_secrecy_is_asked_for_in_many_words(text: str) -> None:
    assert read(f"SOLICITUD DE ASISTENCIA\n\n{text}\n", "confidentiality") == [True]


RECIPROCITY = [
    "Ireland would assist Belize in the same way.",
    "La République agira de même à l'égard de la France.",
    "Portugal prestará, em caso semelhante, a mesma colaboração.",
]


@pytest.mark.parametrize("text", RECIPROCITY)
def test_reciprocity_is_offered_without_its_name(text: str) -> None:
    assert read(f"SOLICITUD DE ASISTENCIA\n\n{text}\n", "reciprocity") == [True]


OTHER_WORDS = [
    ("confidentiality", "Nadie en la empresa puede saberlo.", True),
    ("confidentiality", "Rogamos que o operador não comente o assunto com a sua cliente.", True),
    ("confidentiality", "The broker ought not to hear of this from anybody.", True),
    ("confidentiality", "Il convient que la société ignore tout de la démarche.", True),
    ("confidentiality", "El testigo fue avisado de la fecha del juicio.", False),
    ("confidentiality", "La victime a été avisée de ses droits.", False),
    ("reciprocity", "Austria promises to act upon your requests of this kind.", True),
    ("reciprocity", "Haïti rendrait le même service à vos juridictions.", True),
    ("reciprocity", "The two companies exchanged services.", False),
]


@pytest.mark.parametrize(("field", "text", "is_declared"), OTHER_WORDS)
def test_declarations_in_other_words_are_recognised(field: str, text: str, is_declared: bool) -> None:
    assert read(f"SOLICITUD DE ASISTENCIA\n\n{text}\n", field) == [True] * is_declared


EVENTS = [
    ("Madrid, 3 de mayo de 2025.\n\nEl buque tiene previsto zarpar el 9 de junio de 2025.", ["2025-06-09"]),
    ("Enviado: martes, 4 de marzo de 2025 16:12\n\nLa subasta será el 6 de abril de 2025.", ["2025-04-06"]),
    ("Osnabrück, 03.03.2026\n\nThe auction will be held on 14.04.2026.", ["2026-04-14"]),
    ("01. Date: 2026/01/19\n\nThe lease of the server ends on 2026/02/01.", ["2026-02-01"]),
    ("Paris, le 2 mars 2026.\n\nIl devrait quitter le pays le 5 avril 2026.", ["2026-04-05"]),
    ("Paris, le 2 mars 2026.\n\nIl a quitté le pays le 5 avril 2021.", []),
    ("Dublin, 1 May 2026.\n\nPlease intercept the line from 1 June 2026 to 30 June 2026.", []),
]


@pytest.mark.parametrize(("text", "days"), EVENTS)
def test_a_day_after_the_date_of_the_letter_is_a_deadline_unless_in_a_period(text: str, days: list[str]) -> None:
    assert [one["date"] for one in read(f"REQUEST FOR ASSISTANCE\n\n{text}\n", "deadlines")] == days


LAPSES = [
    ("La prisión provisional quedaría sin efecto el 28 de julio de 2025.", "2025-07-28"),
    ("The provisional warrant will lapse on 10 November 2025.", "2025-11-10"),
    ("L'ordonnance de saisie cesse ses effets le 10 juillet 2026.", "2026-07-10"),
    ("O réu está preso, e a sua custódia será reavaliada em 10 de março de 2026.", "2026-03-10"),
]


@pytest.mark.parametrize(("text", "day"), LAPSES)
def test_days_on_which_measures_lapse_are_deadlines(text: str, day: str) -> None:
    letter = f"SOLICITUD DE ASISTENCIA\n\nMadrid, 3 de marzo de 2025\n\n{text}\n"
    assert [one["date"] for one in read(letter, "deadlines")] == [day]


BEFORE_HEARINGS = [
    "Rogamos que la respuesta llegue antes del {answer}, pues el juicio oral está señalado para el {hearing}.",
    "La audiencia de debate, fijada para el {hearing}, exige que el resultado obre en autos antes del {answer}.",
    "Solicita-se a resposta antes de {answer}, pois a audiência de julgamento ocorrerá em {hearing}.",
    "O julgamento está marcado para {hearing}, pelo que se roga resposta até {answer}.",
    "Please let us have the answer before {answer}, as the hearing takes place on {hearing}.",
    "In view of the hearing fixed for {hearing}, the evidence is needed by {answer}.",
    "Nous souhaiterions recevoir la réponse avant le {answer}, l'audience devant se tenir le {hearing}.",
    "L'audience est fixée au {hearing} ; nous vous saurions gré de répondre avant le {answer}.",
]


@pytest.mark.parametrize("text", BEFORE_HEARINGS)
def test_an_answer_wanted_before_a_hearing_is_not_the_hearing(text: str) -> None:
    letter = "SOLICITUD DE ASISTENCIA\n\nMadrid, 3 de marzo de 2025\n\n" + text.format(
        answer="10.12.2026", hearing="15.12.2026"
    )
    found = {one["date"]: one["reason"] for one in read(letter, "deadlines")}
    assert found == {"2026-12-10": "answer_by", "2026-12-15": "hearing"}


ONE_DAY = [
    ("So that it may be used at trial, the material should reach us by 10 December 2026.", "answer_by"),
    (
        "Para que a prova possa ser usada na audiência, precisamos dos documentos até 10 de dezembro de 2026.",
        "answer_by",
    ),
    ("El juicio debe celebrarse antes del 10 de diciembre de 2026.", "hearing"),
    ("The logs are overwritten: the copy must be made before 10 December 2026.", "data_loss"),
]


@pytest.mark.parametrize(("text", "reason"), ONE_DAY)
def test_a_day_before_which_something_is_wanted_has_one_reason(text: str, reason: str) -> None:
    letter = f"SOLICITUD DE ASISTENCIA\n\nMadrid, 3 de marzo de 2025\n\n{text}\n"
    assert [(one["date"], one["reason"]) for one in read(letter, "deadlines")] == [("2026-12-10", reason)]


ANSWERS = [
    "Assunto: pedido de auxílio n.º 3\n\nReportando-me ao pedido em epígrafe, informo V. Ex.ª do seguinte.",
    "LETTER OF REQUEST DATED 4 JUNE 2025 - YOUR REF. AB/12\n\nI refer to the letter of request above. "
    "I am pleased to report as follows.",
]


@pytest.mark.parametrize("text", ANSWERS)
def test_answers_are_told_from_the_requests_that_they_name(text: str) -> None:
    found = read_request(text, annotate(text))
    assert found.document_type.value == "response"
    assert {part.kind for part in found.parts} == {"answer"}


def test_boxes_left_empty_ask_for_nothing() -> None:
    text = "EUROPEAN INVESTIGATION ORDER\nSECTION C\n[x] Search and seizure\n[ ] Interception of telecommunications\n"
    assert measures(text) == {"search_seizure"}


def test_persons_are_those_concerned_and_not_who_writes_defends_or_begot_them() -> None:
    text = (
        "SOLICITUD DE ASISTENCIA\n\nSe investiga a Juan Carlos Medina Osorio, alias «El Contador», nacido el 12 de "
        "marzo de 1975, de nacionalidad colombiana, con cédula de ciudadanía n.º 16.789.234, hijo de Alberto Medina "
        "Ruiz y de Rosa Osorio Paz, defendido por el abogado Pedro Gil Mora.\n\nAtentamente,\n"
        "Ernesto Villalba Roca\nFiscal\n"
    )
    assert read(text, "persons") == [
        {
            "name": "Juan Carlos Medina Osorio",
            "kind": "natural",
            "role": "suspect",
            "birth_date": "1975-03-12",
            "nationality": ["CO"],
            "documents": ["16.789.234"],
            "aliases": ["El Contador"],
        }
    ]


def test_fields_of_a_form_are_one_person_with_the_role_that_is_ticked() -> None:
    text = (
        "EUROPEAN INVESTIGATION ORDER\nSECTION E\nSurname: OKAFOR\nForename(s): Jerome Tyrell\n"
        "Date of birth: 14.02.1994\nStatus: [ ] witness [x] victim\nSECTION G\nFacts.\n"
    )
    (person,) = read(text, "persons")
    assert (person["name"], person["role"], person["birth_date"]) == ("Jerome Tyrell OKAFOR", "victim", "1994-02-14")


def test_offences_are_those_charged_with_what_is_wider_and_the_provisions() -> None:
    text = (
        "LETTER OF REQUEST\n\nPalmer is charged with money laundering contrary to section 92 of the Proceeds of Crime "
        "Act 2007.\n\nANNEX\nA person who commits kidnapping is liable to imprisonment.\n"
    )
    (offence,) = read(text, "offences")
    assert offence["concept"] == "ML"
    assert offence["provisions"] == ["section 92 of the Proceeds of Crime Act 2007"]


def test_identifiers_have_a_kind_a_check_and_whose_they_are() -> None:
    text = (
        "COMISIÓN ROGATORIA\nTel.: +34 91 400 62 11, jci5@justicia.es\n\nSe solicita información de la cuenta "
        "ES91 2100 0418 4502 0005 1333 y del titular de la línea +57 310 555 2211.\n"
    )
    found = {one["text"]: (one["kind"], one["valid"], one["scope"]) for one in read(text, "identifiers")}
    assert found == {
        "+34 91 400 62 11": ("phone", None, "contact"),
        "jci5@justicia.es": ("email", None, "contact"),
        "ES91 2100 0418 4502 0005 1333": ("iban", False, "case"),
        "+57 310 555 2211": ("phone", None, "case"),
    }


NUMBERS = [
    ("HENRIQUE DIAS, português, CC 12209871 4 ZY5, residente em Sines.", "national_id", "12209871 4 ZY5"),
    ("ERLING DOWNS, cédula 601-190480-0003K, nicaragüense.", "national_id", "601-190480-0003K"),
    ("The cédula of Raimundo Pérez, V-26.114.870, is believed false.", "national_id", "V-26.114.870"),
    ("Kurt Scicluna (ID 391286M) is sought.", "national_id", "391286M"),
    ("Titulaire de la cédule de citoyenneté 1.118.840.227.", "national_id", "1.118.840.227"),
    ("RG 6.112.884-1/PR, réu.", "national_id", "6.112.884-1/PR"),
    ("Neerlandês, cartão de identidade IW4K90LP3, suspeito.", "national_id", "IW4K90LP3"),
    ("Mme Moreira, passeport FX 412 770, née en 1998.", "passport", "FX 412 770"),
    ("Passaporte alemão C4VXT9K20, em nome dela.", "passport", "C4VXT9K20"),
    ("Limanex Trading Ltd, HE 287114, is charged.", "company_number", "HE 287114"),
    ("Marlin Reef Holdings Ltd. (IBC No. 204417 B) holds it.", "company_number", "204417 B"),
    ("Registered in Belize with number 158,336, it gave advice.", "company_number", "158,336"),
    ("Retivemos o caminhão HBL 732, dirigido por Arnaldo.", "plate", "HBL 732"),
    ("A caminhonete IWR7E44 foi vista no depósito.", "plate", "IWR7E44"),
    ("She drove the tanker (08-LH-2217) herself.", "plate", "08-LH-2217"),
    ("Le conducteur utilise le 0030 694 555 0728 depuis lundi.", "phone", "0030 694 555 0728"),
    ("La causa (IV K 77/25) sigue en trámite.", "case_number", "IV K 77/25"),
    ("Se acusa recibo de la carta rogatoria 6 Nt 118/2024 del tribunal.", "case_number", "6 Nt 118/2024"),
]


@pytest.mark.parametrize(("passage", "kind", "number"), NUMBERS)
def test_numbers_of_many_countries_are_read_whole(passage: str, kind: str, number: str) -> None:
    found = read(f"LETTER OF REQUEST\n\n{passage}\n", "identifiers")
    assert [(one["kind"], one["text"]) for one in found] == [(kind, number)]


@pytest.mark.parametrize(
    "passage", ["This EIO supplements the one of 2026-01-14.", "O contentor MEDU 774.126-0 segue."]
)
def test_dates_and_containers_are_no_identifiers(passage: str) -> None:
    assert not read(f"LETTER OF REQUEST\n\n{passage}\n", "identifiers")


@cache
def scores() -> Tally:
    tally = Tally()
    for letter in yaml.safe_load(LETTERS.read_text(encoding="utf-8")):
        reading = read_request(letter["text"], annotate(letter["text"]))
        count(tally, letter, {key: [one.value for one in found] for key, found in reading.fields.items()})
        if "frame" in letter:
            count_frame(tally, letter, reading)
    return tally


FLOORS = [
    ("measures", 0.92),
    ("offences", 0.92),
    ("persons", 0.92),
    ("roles", 0.88),
    ("births", 0.97),
    ("identifiers", 0.95),
    ("officials", 0.95),
    ("document_type", 0.97),
    ("requesting_state", 0.96),
    ("requested_state", 0.97),
    ("own_reference", 0.92),
    ("legal_basis", 0.92),
    ("confidentiality", 0.97),
    ("raised", 0.74),
    ("deadlines", 0.9),
]


@pytest.mark.parametrize(("key", "floor"), FLOORS)
def test_whole_letters(key: str, floor: float) -> None:
    assert scores().f1(key) >= floor, "\n".join(scores().errors)


def persons_in(text: str) -> list[Any]:
    """Return the persons of a request with this text below a title in two languages."""
    return read(f"SOLICITUD DE ASISTENCIA / REQUEST FOR ASSISTANCE\n\n{text}\n", "persons")


LISTED = [
    (
        "3. OTHER PERSONS\n(a) Joan Thorpe-Wint, a British citizen born on 8 March 1948: complainant.\n",
        ("victim", "1948-03-08"),
    ),
    (
        "SUBJECTS OF THE INVESTIGATION\n(a) Courtney BRISSETT, born 19 November 1971, estate agent.\n",
        ("suspect", "1971-11-19"),
    ),
    ("Pessoas\n1. Nome: Edvan Queiroz\n   Nascimento: 30.03.1982\n   Posição: acusado\n", ("accused", "1982-03-30")),
    ("PERSONNES\n1) Jean Dorcil, né le 19/09/1994, sera entendu comme témoin.\n", ("witness", "1994-09-19")),
]


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_role_and_birth_of_an_entry_of_a_list(text: str, expected: tuple[str, str]) -> None:
    found = persons_in(text)
    assert [(one["role"], one["birth_date"]) for one in found] == [expected]


OWNERS = [
    "Se pide el extracto de la cuenta ES91 2100 0418 4502 0005 1332, de Harbour Lime Limited.",
    "The fee was sent to Harbour Lime Limited, whose account was opened in August 2018.",
    "Solicita-se o extrato da conta aberta por Harbour Lime Limited.",
    "Nous demandons les relevés du compte LU28 0019 4006 4475 0000, détenu par Harbour Lime Limited.",
]


@pytest.mark.parametrize("text", OWNERS)
def test_who_holds_an_account(text: str) -> None:
    found = persons_in(text)
    assert [(one["name"], one["role"]) for one in found] == [("Harbour Lime Limited", "account_holder")]


NO_PARTIES = [
    "The warrant was issued by His Honour Judge Mostyn Crewe on 7 June 2019.",
    "The defendant's solicitors, Penhaligon Stacey LLP, must not be approached.",
    "Defence counsel are Leland Fitch and Ana Corrales, of Miami.",
    "É seu defensor oficioso o Dr. Raul Meneses, com escritório em Guimarães.",
]


@pytest.mark.parametrize("text", NO_PARTIES)
def test_judges_and_counsel_are_no_parties(text: str) -> None:
    assert persons_in(text) == []


OTHER_NAMES = [
    'Acusado: Fabrício Nogueira, conhecido por "Chumbo" ou "Binho Salles", nascido em 2 de março de 1993.',
    "Inculpé : Fabrício Nogueira, alias « Commandant Wòdi », né le 2 mars 1993.",
    "Arguido: Fabrício Nogueira, nascido em 2 de março de 1993, com passaporte falso em nome de Leandro Viegas.",
]


@pytest.mark.parametrize("text", OTHER_NAMES)
def test_other_names_of_a_person_are_no_further_persons(text: str) -> None:
    found = persons_in(text)
    assert [(one["name"], one["birth_date"]) for one in found] == [("Fabrício Nogueira", "1993-03-02")]


ONLY_NAMES = [
    (
        "Dos víctimas, Keylin y Dayana, relataron que un tal Besnik les quitó el pasaporte.",
        {"Keylin", "Dayana", "Besnik"},
    ),
    ('O motorista disse que a carga é de um homem que chamam "Tío Chulo".', {"Tío Chulo"}),
    ("The manager of the bar, known as Papito, is suspected of having kept the money.", {"Papito"}),
]


@pytest.mark.parametrize(("text", "expected"), ONLY_NAMES)
def test_persons_with_one_name_or_a_nickname_only(text: str, expected: set[str]) -> None:
    assert {one["name"] for one in persons_in(text)} == expected


BIRTHS = [
    "| N.º | Nombre | Fecha de nacimiento |\n| 1 | Óscar Menjívar Lemus | 14/11/1970 |\n",
    "Mr Oscar Lemus kept the books of the company until 2023 and is a witness. He was born on 14.11.1970.\n",
]


@pytest.mark.parametrize("text", BIRTHS)
def test_date_of_birth_of_a_column_and_of_a_sentence_about_the_same_person(text: str) -> None:
    found = persons_in(text)
    assert [one["birth_date"] for one in found] == ["1970-11-14"]


def test_counsel_behind_a_name_is_no_party() -> None:
    text = "Mr Winston Daniel, who appears for the first defendant, and Dr. Gustavo Lértora, defensor de Ferreyra.\n"
    assert read(f"LETTER OF REQUEST\n\n{text}\n", "persons") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We would like the Brazilian authorities to\n\n• seize the flat provisionally\n• hear Mr Lira\n", "freezing"),
        ("We would like the Brazilian authorities to\n\n• seize the phone\n• hear Mr Lira\n", "hearing_witness"),
        ("Nous avons besoin, pour agir :\n- de savoir où demeure Ramón Antonio.\n", "identify_locate_person"),
        ("Se pide que se retenga el saldo mientras se resuelve el pedido.\n", "freezing"),
        ("Solicita-se o arresto das duas frações acima identificadas.\n", "freezing"),
        ("Je demande l'interrogatoire de l'utilisateur ainsi identifié.\n", "hearing_suspect"),
        ("Hace falta copia de la factura y del contrato de venta.\n", "production_documents"),
        ("We request that John Benn be provisionally arrested in Sweden.\n", "extradition"),
    ],
)
def test_measures_in_plain_words_and_lists_without_colon(text: str, expected: str) -> None:
    opening = "The prosecutor directs the investigation of a criminal case against two persons in this district.\n\n"
    assert expected in measures(f"REQUEST FOR ASSISTANCE\n\n{opening}{text}")


def test_a_number_in_french_and_a_card_of_identity_are_no_measures() -> None:
    text = "DEMANDE D'ENTRAIDE\n\nNous demandons l'audition de M.J. (seize ans), témoin, portador de la cédula 1234567."
    assert measures(text) == {"hearing_witness"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'information est ouverte du chef de homicide qualifié : feminicidio.", {"HOM"}),
        ("Se investiga el delito de trata de personas con fines de explotación sexual.", {"THB"}),
        ("The accused is charged with damage to electronic data under section 126a of the Code.", {"CYB"}),
        ("É acusado de falsidade ideológica, artigo 299 do Código Penal.", {"DOCFRAUD"}),
        ("Il est poursuivi du chef d'abus de confiance, article 314-1 du code pénal.", {"FRAUD"}),
        ("He is charged with conspiracy to cheat the public revenue.", {"TAX"}),
        ("The accused is charged with the acceptance of bribes.", {"CORR_PASS"}),
        ("Il est poursuivi pour trafic de trésors nationaux.", {"CULT"}),
        ("Se investiga el delito de legitimación de ganancias ilícitas.", {"ML"}),
        ("Il est poursuivi pour importation de déchets dangereux.", {"ENV"}),
        ("Se investiga el delito de gestión ilegal de residuos peligrosos.", {"ENV"}),
        ("Article 270 § 1 of the Penal Code - forgery of document - penalty: deprivation of liberty.", {"DOCFRAUD"}),
    ],
)
def test_offences_are_concepts_of_the_machine_form(text: str, expected: set[str]) -> None:
    found = {one["concept"] for one in read(f"REQUEST FOR ASSISTANCE\n\n{text}\n", "offences")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No existiendo tratado bilateral entre ambos Estados, solicitamos su auxilio por reciprocidad.", []),
        ("Apoyo: Convención de Palermo.", ["UNTOC"]),
        ("La base de cooperación es el artículo 18 de la Convención de Palermo.", ["UNTOC"]),
        (
            "The request is made under the CARICOM Treaty on Mutual Legal Assistance in Serious Criminal Matters.",
            ["CARI-MLA"],
        ),
        (
            "The request is made under the Scheme relating to Mutual Assistance in Criminal Matters within the "
            "Commonwealth (the Harare Scheme).",
            ["HARARE"],
        ),
        ("Se funda en el art. 29 Conv. Budapest.", ["BUD"]),
        (
            "Conformément à la Convention de Palerme et à la Convention interaméricaine contre la corruption, cette "
            "dernière n'étant citée que pour mémoire.",
            ["UNTOC"],
        ),
        ("Fondement : Protocole contre le trafic de migrants, additionnel à la Convention de Palerme.", ["UNTOC-SOM"]),
        ("Legal footing: the Treaty of 16 March 1990.", [None]),
        ("El Ecuador se adhirió al Convenio de Budapest en 2024.", []),
        ("Se funda en la Convención Interamericana de Panamá sobre exhortos.", ["PAN75"]),
        ("This request is made under the Panama Convention of 1975.", ["PAN75"]),
        ("La demande est fondée sur la Convention du Conseil de l'Europe du 20 avril 1959.", ["ECMA59"]),
        (
            "This is grounded in the Protocol against the Smuggling of Migrants and in its mother Convention.",
            ["UNTOC", "UNTOC-SOM"],
        ),
        ("De conformidad con dicho Tratado, el Gobierno de México solicita, con urgencia, la extradición.", []),
        (
            "We proceed under the EU Convention of 29 May 2000 and the 1959 European Convention.",
            ["ECMA59", "EU-MLA2000"],
        ),
        (
            "The request is grounded on article 18 of the Palermo Convention and its Trafficking Protocol.",
            ["UNTOC", "UNTOC-TIP"],
        ),
        (
            "O pedido funda-se na Convenção das Nações Unidas contra a Corrupção, art. 46; Convenção Interamericana "
            "sobre Assistência Mútua em Matéria Penal, arts. 7 e 26.",
            ["NASSAU", "UNCAC"],
        ),
        (
            "El Juzgado Penal de Garantías de Encarnación saluda a la autoridad competente de la República "
            "Argentina y, con arreglo a la Convención Interamericana sobre Asistencia Mutua en Materia Penal "
            '(Nassau, 1992), en adelante "la Convención", solicita se reciba declaración a Ramón Benítez.',
            ["NASSAU"],
        ),
        (
            "Fundamento jurídico: arts. 18 de la CNUDOT y 46 de la CNUCC.",
            ["UNCAC", "UNTOC"],
        ),
        (
            "Ruego a Vd. se sirva dar curso a la presente comisión rogatoria, que se libra conforme a lo "
            "prevenido en el artículo 14 del Convenio Europeo de Asistencia Judicial en Materia Penal, hecho en "
            "Estrasburgo el 20 de abril de 1959, y en el Convenio de Asistencia Judicial en Materia Penal entre "
            "los Estados miembros de la Unión Europea, de 29 de mayo de 2000.",
            ["ECMA59", "EU-MLA2000"],
        ),
        (
            "El delito investigado está previsto en el artículo 15 de la Convención de las Naciones Unidas "
            "contra la Corrupción y en el 418 del Código Penal. La ayuda se pide al amparo del Tratado de "
            "Asistencia Legal Mutua en Asuntos Penales entre las Repúblicas de Costa Rica, El Salvador, "
            "Guatemala, Honduras, Nicaragua y Panamá, de 29 de octubre de 1993.",
            ["SICA-MLA"],
        ),
        (
            "Como es de su conocimiento, Chile accedió al Segundo Protocolo Adicional al Convenio Europeo de "
            "Asistencia Judicial en Materia Penal. Con base en dicho Convenio (STE núm. 30) y en la "
            "reciprocidad, agradeceremos se tome declaración a la señora Klein.",
            ["ECMA59"],
        ),
        (
            "Por medio de la presente, y de acuerdo con los artículos 25, 29 y 31 del Convenio sobre "
            "Cibercriminalidad del Consejo de Europa, se requiere a las autoridades neerlandesas el contenido "
            "preservado.",
            ["BUD"],
        ),
        (
            "La Orden Europea de Investigación se emite según la Directiva 2014/41/CE del Parlamento Europeo y "
            "del Consejo, transpuesta por la Ley 3/2018.",
            ["EIO"],
        ),
        (
            "Esta Fiscalía recurre a la Convención Internacional para la Represión de la Financiación del "
            "Terrorismo, arts. 12 a 15, y a la Convención Interamericana contra el Terrorismo (Bridgetown, 2002).",
            ["CIAT", "ICSFT"],
        ),
        (
            "El Acuerdo de Extradición entre los Estados Partes del Mercosur, hecho en Río de Janeiro el 10 de "
            "diciembre de 1998, arts. 1, 2 y 18, ampara la presente.",
            ["MERC-EXT"],
        ),
        (
            "Com fulcro no Tratado de Assistência Judiciária em Matéria Penal entre o Governo da República "
            "Federativa do Brasil e o Governo dos Estados Unidos da América (MLAT), promulgado pelo Decreto n.º "
            "3.810/2001, solicita-se a oitiva da testemunha.",
            ["BILATERAL:BR-US:assistance:1997"],
        ),
        (
            "O pedido ancora-se no Protocolo de Assistência Jurídica Mútua em Assuntos Penais (Decreto "
            "3.468/2000) e, subsidiariamente, na Convenção de Mérida.",
            ["SANLUIS", "UNCAC"],
        ),
        (
            "This request is made pursuant to the Mutual Legal Assistance (Serious Criminal Matters) Treaty "
            "concluded among Member States of the Caribbean Community in 2005.",
            ["CARI-MLA"],
        ),
        (
            "There is no treaty between Guyana and Suriname. We therefore write under the Scheme's spirit and "
            "offer reciprocity; the Palermo Convention, to which both are parties, is our legal basis so far as "
            "needed.",
            ["UNTOC"],
        ),
        (
            "Article 49 TEU is irrelevant. Our authority to ask is article 5 of the 1959 Strasbourg Convention "
            "(ETS No. 30) read with Title III of the EU-UK Trade and Cooperation Agreement.",
            ["ECMA59", "EU-TCA"],
        ),
        (
            "Letter of Request issued in reliance upon section 7 of the Crime (International Co-operation) Act "
            "2003 and the United Nations Convention Against Illicit Traffic in Narcotic Drugs and Psychotropic "
            "Substances, Vienna, 20 December 1988, article 7.",
            ["VIENNA88"],
        ),
        (
            "We ask you to treat this message as a 24/7 preservation request (Art. 29 CoE Cybercrime Convention).",
            ["BUD"],
        ),
        (
            "The Council Framework Decision 2002/584/JHA does not apply. Ireland seeks extradition under the "
            "European Convention on Extradition, done at Paris on 13 December 1957, and its Fourth Additional "
            "Protocol.",
            ["ECE57"],
        ),
        (
            "Au visa de l'article 18 de la CTO et de l'article 46 de la CNUCC, le juge d'instruction requiert "
            "les actes suivants.",
            ["UNCAC", "UNTOC"],
        ),
        (
            "Haïti et la République dominicaine étant toutes deux parties à la Convention interaméricaine contre "
            "la corruption (Caracas, 29 mars 1996), c'est sur ce texte, pris en son article XIV, que repose la "
            "demande.",
            ["CICC"],
        ),
        (
            "Nous nous référons à la Convention relative à l'entraide judiciaire en matière pénale établie par "
            "le Conseil conformément à l'article 34 du traité sur l'Union européenne, du 29 mai 2000.",
            ["EU-MLA2000"],
        ),
        ("Italy is a party to the Palermo Convention, but the charge has no element of organised crime.", []),
        ("The 1988 Vienna Convention, mentioned in the police file, has no application.", []),
        (
            "Rappel : selon l'article 18 de la Convention de Palerme, ces pièces ne pourront être utilisées ailleurs.",
            [],
        ),
        ("Vu les articles 7 et 17 de la convention des Nations unies du 20 décembre 1988,", ["VIENNA88"]),
        ("Con base en el artículo 18 de la Convención de las Naciones Unidas de 15 de noviembre de 2000.", ["UNTOC"]),
        ("Com base na Convenção das Nações Unidas de 31 de outubro de 2003, artigo 46.º", ["UNCAC"]),
        ("Se pide al amparo del Tratado Brasil-Italia de 1989.", [None]),
        (
            "The letter rests on the mutual legal assistance agreement between Saint Lucia and France.",
            ["BILATERAL:FR-LC:assistance:2005"],
        ),
        ("Hechos: se importó madera en contra del Reglamento (UE) 995/2010; no hay tratado.", []),
    ],
)
def test_treaties_of_one_list_and_treaties_that_are_absent(text: str, expected: list[str | None]) -> None:
    found = [one["instrument"] for one in read(f"REQUEST FOR ASSISTANCE\n\n{text}\n", "legal_basis")]
    assert sorted(found, key=str) == expected


BILATERAL = [
    (
        "el Convenio de Cooperación Judicial en Materia Penal entre el Reino de España y la República de Colombia, "
        "hecho en Bogotá el 29 de mayo de 1997, artículos 1, 2 y 5, y artículo 18 de la Convención de las Naciones "
        "Unidas contra la Delincuencia Organizada Transnacional",
        [("BILATERAL:CO-ES:assistance:1997", ["1", "2", "5"]), ("UNTOC", ["18"])],
    ),
    (
        "la Convención de las Naciones Unidas contra la Corrupción, artículos 46 y 48, y el artículo 18 de la "
        "Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional",
        [("UNCAC", ["46", "48"]), ("UNTOC", ["18"])],
    ),
    (
        "los artículos 16 y 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada Transnacional",
        [("UNTOC", ["16", "18"])],
    ),
]


@pytest.mark.parametrize(("words", "expected"), BILATERAL)
def test_articles_belong_to_the_treaty_before_them(words: str, expected: list[tuple[str | None, list[str]]]) -> None:
    letter = f"COMISIÓN ROGATORIA\n\nA las autoridades de Colombia\n\nBase jurídica: se invoca {words}.\n"
    found = {one["instrument"]: one["articles"] for one in read(letter, "legal_basis")}
    assert found == dict(expected)


NAMED = [
    (
        "Tratado de Extradición y Asistencia Judicial entre Argentina y España, de 3 de marzo de 1987",
        "AR ES",
        "AR-ES:assistance:1987",
    ),
    (
        "Convention d'entraide judiciaire en matière pénale entre la France et le Pérou, du 15 novembre 2012",
        "FR PE",
        "FR-PE:assistance:2012",
    ),
    (
        "Tratado de Auxílio Mútuo em Matéria Penal entre o Brasil e Portugal, de 7 de maio de 1991",
        "BR PT",
        "BR-PT:assistance:1991",
    ),
    ("Tratado de asistencia jurídica mutua con México", "ES MX", "ES-MX:assistance:2006"),
    ("tratado de asistencia judicial de 1978", "ES MX", "ES-MX:assistance:1978"),
    ("Tratado de extradición con México, de 1978", "ES MX", "ES-MX:extradition:1978"),
    ("Tratado de asistencia judicial de 1979", "ES MX", ""),
    ("Tratado entre Perú y Colombia sobre asistencia judicial", "ES CO", ""),
]


@pytest.mark.parametrize(("words", "states", "expected"), NAMED)
def test_a_bilateral_treaty_is_known_by_parties_subject_and_year(words: str, states: str, expected: str) -> None:
    first, second = states.split()
    treaty = named_treaty(words, first, second, date(2026, 11, 29))
    assert (treaty.id if treaty else "") == (f"BILATERAL:{expected}" if expected else "")


@pytest.mark.parametrize(
    "treaty",
    [
        "Treaty between the Government of the United Kingdom of Great Britain and Northern Ireland and the Government "
        "of the Republic of Trinidad and Tobago on Mutual Legal Assistance in Criminal Matters, signed at Port of "
        "Spain on 5 January 1998",
        "Treaty between the Government of the United States of America and the Government of Saint Vincent and the "
        "Grenadines on Mutual Legal Assistance in Criminal Matters",
        "Agreement with the Federal Republic of Germany concerning mutual assistance in criminal matters",
    ],
)
def test_the_name_of_a_treaty_is_read_to_its_end(treaty: str) -> None:
    (found,) = read(f"REQUEST FOR ASSISTANCE\n\nThe request is made under the {treaty}.\n", "legal_basis")
    assert found["text"] == treaty


@pytest.mark.parametrize(
    ("requested", "words", "state"),
    [
        ("Spain", "the Trade and Cooperation Agreement", "present"),
        ("France", "Article 635 of the EU-UK TCA and the Trade and Cooperation Agreement", "present"),
        ("Canada", "the Trade and Cooperation Agreement", "doubtful"),
    ],
)
def test_the_trade_and_cooperation_agreement_must_bind_both_states(requested: str, words: str, state: str) -> None:
    letter = (
        f"CROWN PROSECUTION SERVICE\nLondon, United Kingdom\n\nLondon, 4 November 2026\n\nTo the competent "
        f"authorities of {requested}\n\nREQUEST FOR MUTUAL LEGAL ASSISTANCE\n\nThis request is made under {words}. "
        "We request the statements of account 44-1.\n"
    )
    (check,) = (one for one in read_request(letter, annotate(letter)).checks if one.key == "legal_basis")
    assert check.state == state
    assert [treaty.instrument for treaty in check.treaties] == (["EU-TCA"] if state == "doubtful" else [])


@pytest.mark.parametrize(("year", "state"), [("1978", "doubtful"), ("2006", "present")])
def test_a_bilateral_treaty_must_be_in_force(year: str, state: str) -> None:
    letter = (
        "Juzgado Central de Instrucción n.º 4, Madrid (España)\n\nMadrid, 12 de enero de 2026\n\nCOMISIÓN ROGATORIA\n\n"
        "A las autoridades judiciales de los Estados Unidos Mexicanos\n\nSe invoca el Tratado de Asistencia Jurídica "
        f"Mutua en Materia Penal entre el Reino de España y los Estados Unidos Mexicanos, de {year}. Se solicita la "
        "remisión de los extractos de la cuenta 44-1.\n"
    )
    (check,) = (one for one in read_request(letter, annotate(letter)).checks if one.key == "legal_basis")
    assert check.state == state
    assert [treaty.instrument for treaty in check.treaties] == (
        ["BILATERAL:ES-MX:assistance:1978"] if state == "doubtful" else []
    )


@pytest.mark.parametrize(
    ("words", "instrument", "last"),
    [
        (
            "al amparo del Tratado de Asistencia Jurídica Mutua en Asuntos Penales entre los Estados Partes del "
            "MERCOSUR, "
            "Bolivia y Chile",
            "MERC-MLA-BOCL",
            "Chile",
        ),
        (
            "conforme al Acuerdo de Asistencia Jurídica Mutua en Asuntos Penales suscrito por los Estados Partes del "
            "MERCOSUR (Argentina, Brasil, Paraguay y Uruguay), la República de Chile y el Estado Plurinacional "
            "de Bolivia",
            "MERC-MLA-BOCL",
            "Bolivia",
        ),
        ("en virtud del artículo 6 del Acuerdo de Extradición MERCOSUR-Bolivia-Chile", "MERC-EXT-BOCL", "Chile"),
        (
            "com fulcro no Acordo sobre Assistência Jurídica Mútua em Assuntos Penais entre os Estados Partes do "
            "Mercosul, "
            "a República da Bolívia e a República do Chile",
            "MERC-MLA-BOCL",
            "Chile",
        ),
        ("com base no Acordo de Extradição entre o Mercosul, a Bolívia e o Chile", "MERC-EXT-BOCL", "Chile"),
        (
            "under the Agreement on Mutual Legal Assistance in Criminal Matters between the States Parties of "
            "MERCOSUR, "
            "the Republic of Bolivia and the Republic of Chile",
            "MERC-MLA-BOCL",
            "Chile",
        ),
        ("under the Extradition Agreement between Mercosur and Bolivia and Chile", "MERC-EXT-BOCL", "Chile"),
        (
            "sur le fondement de l'Accord d'entraide judiciaire en matière pénale entre les États parties du "
            "Mercosur, la "
            "République de Bolivie et la République du Chili",
            "MERC-MLA-BOCL",
            "Chili",
        ),
        ("en vertu de l'Accord d'extradition entre le Mercosur, la Bolivie et le Chili", "MERC-EXT-BOCL", "Chili"),
        ("conforme al Protocolo de Asistencia Jurídica Mutua en Asuntos Penales del MERCOSUR", "SANLUIS", ""),
        ("al amparo del Protocolo de San Luis y del Derecho interno de Bolivia y Chile", "SANLUIS", "San Luis"),
        ("com base no Acordo de Extradição entre os Estados Partes do Mercosul", "MERC-EXT", "Mercosul"),
        (
            "al amparo del Acuerdo de Asistencia Jurídica Mutua en Asuntos Penales entre los Estados Partes del "
            "MERCOSUR y "
            "Estados Asociados",
            None,
            "Asociados",
        ),
        (
            "al amparo del Tratado de Asistencia Legal Mutua en Asuntos Penales entre la República de Panamá y "
            "los Estados "
            "Unidos de América",
            "BILATERAL:PA-US:assistance:1991",
            "América",
        ),
        (
            "al amparo del Tratado de Asistencia Legal Mutua en Asuntos Penales entre las Repúblicas de Costa Rica, El "
            "Salvador, Guatemala, Honduras, Nicaragua y Panamá",
            "SICA-MLA",
            "",
        ),
    ],
)
def test_a_treaty_with_more_states_is_not_read_as_the_one_with_fewer(
    words: str, instrument: str | None, last: str
) -> None:
    (found,) = read(f"REQUEST FOR ASSISTANCE\n\nThe request is made {words}.\n", "legal_basis")
    assert found["instrument"] == instrument
    assert found["text"].endswith(last)
