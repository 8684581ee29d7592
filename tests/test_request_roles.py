"""Roles stated at a distance from the name, measures in lists, and declarations in uncommon wordings."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

BASIS = "under article 18 of the United Nations Convention against Transnational Organized Crime"

ROLES = {
    "both are suspects": (
        f"To the Central Authority of Spain\n\nI ask for your help {BASIS} with regard to Milton Prescod, born on "
        "3 May 1980, and the managing director of his company, Cedric Alleyne. Both are suspects of fraud.\n\n"
        "The complainant, Mrs Edna Holder, was deceived in March 2024.",
        {"Milton Prescod": "suspect", "Cedric Alleyne": "suspect", "Edna Holder": "victim"},
    ),
    "column of a table": (
        "A las autoridades judiciales de Chile\n\nSe investiga una estafa. El dinero llegó a estas cuentas:\n\n"
        " N.º | Cuenta        | Titular             | Banco\n"
        " 1   | 4587-22-11908 | Ramiro Soto Aguilar | Banco Sur\n\n"
        "Se solicita la remisión de los extractos de la cuenta 1 del año 2023.",
        {"Ramiro Soto Aguilar": "account_holder"},
    ),
    "capacity of a summons": (
        "À l'Attorney General de la Dominique\n\nLe procureur sollicite la remise d'une citation à comparaître comme "
        "témoin devant le tribunal correctionnel, à l'audience du 8 juin 2026, destinée à Mme Josephine Royer.",
        {"Josephine Royer": "witness"},
    ),
    "heard already": (
        "Às autoridades judiciárias de Portugal\n\nSolicita-se cópia do contrato social da empresa. Já foram "
        "inquiridos no Brasil o despachante Ivo Piana e a secretária Rosa Maria Lemos.",
        {"Ivo Piana": "witness"},
    ),
    "attack ordered": (
        "A la autoridad judicial de España\n\nSe investiga la extorsión en agravio de Transportes Bello S.A. y de "
        "Wilmer Ñique Paredes. El 26 de octubre de 2023 el jefe de la banda ordenó a Brayan Cotrina Leyva disparar "
        "contra Ñique Paredes, quien sobrevivió.",
        {"Wilmer Ñique Paredes": "victim", "Brayan Cotrina Leyva": "suspect"},
    ),
    "unidentified person": (
        "Aux autorités judiciaires de Colombie\n\nVu l'information suivie contre X… se disant « Tío Chepe », demeurant "
        "à Turbo, du chef d'importation de stupéfiants, nous vous prions d'identifier l'intéressé.",
        {"Tío Chepe": "suspect"},
    ),
    "victims by initials": (
        "À Autoridade Central de Portugal\n\nVítimas: duas crianças de 6 e 9 anos, identificadas como A.L.P. e M.E.P. "
        "\n\nSolicita-se a identificação do titular da linha +351 912 345 678.",
        {"A.L.P.": "victim", "M.E.P.": "victim"},
    ),
    "sentence imposed": (
        "A las autoridades judiciales de Chile\n\nEl fallo de 3 de mayo de 2024 impuso a Rosa María Quiñones seis años "
        "de prisión. Se solicita su localización.",
        {"Rosa María Quiñones": "convicted"},
    ),
    "charged by the public prosecutor": (
        "Às autoridades judiciárias de Portugal\n\nO Ministério Público denunciou Caio Bruno Siqueira por tráfico. "
        "Solicita-se a sua citação.",
        {"Caio Bruno Siqueira": "accused"},
    ),
    "surrender for trial": (
        "To the Central Authority of Spain\n\nWe seek the surrender of Alan Reece Kirby to stand trial for arson. "
        "Ms Ruth Adeyemi saw the fire.",
        {"Alan Reece Kirby": "accused", "Ruth Adeyemi": "witness"},
    ),
    "subject of an extradition": (
        "À l'Autorité centrale du Royaume d'Espagne\n\nObjet : demande d'extradition de Hicham BENKIRANE – complément "
        "d'informations\n\nLa peine encourue pour l'escroquerie est de cinq ans ; le mandat d'arrêt date de mai 2024.",
        {"Hicham BENKIRANE": "accused"},
    ),
    "complaint lodged": (
        "Aux autorités judiciaires de Belgique\n\nUne plainte a été déposée par Mme Lucie Fontaine contre son associé, "
        "Paul Garnier, pour escroquerie.",
        {"Lucie Fontaine": "victim", "Paul Garnier": "suspect"},
    ),
    "place of birth": (
        f"To the Central Authority of Spain\n\nI ask for your help {BASIS}. Tavoy Delano Whyte, born 8th April 1996 at "
        "Cornwall Regional Hospital, St. James, TRN 124-551-903, was charged on 2 July 2026 with fraud.",
        {"Tavoy Delano Whyte": "accused"},
    ),
    "known by a witness": (
        f"To the Minister of Justice of the Netherlands\n\nI ask for your help {BASIS}. The fugitive, whom Ravi Bello "
        "has known for fifteen years, fired several rounds. The statement of the witness Ravi Bello is attached.",
        {"Ravi Bello": "witness"},
    ),
    "post of a company": (
        f"To the Central Authority of Spain\n\nWe request the records of its account {BASIS}. The company Orchid Ltd "
        "and its managing director Gordon Blackman are charged with fraud.",
        {"Gordon Blackman": "accused"},
    ),
}

DENIED = {
    "es": (
        "A las autoridades judiciales de Brasil\n\nSe investiga un lavado de activos atribuido a Ciro Paz Lugo. No es "
        "imputado el señor Juan Carlos Núñez, quien puso los hechos en conocimiento de la fiscalía.\n\nSe solicita la "
        "remisión de los extractos de la cuenta 48.771-3.",
        "Juan Carlos Núñez",
    ),
    "pt": (
        "Às autoridades judiciárias do Brasil\n\nInvestiga-se um branqueamento imputado a Ciro Paz Lugo. Não é arguido "
        "o senhor João Carlos Nunes, que comunicou os factos ao Ministério Público.\n\nSolicita-se a remessa dos "
        "extratos da conta 48.771-3.",
        "João Carlos Nunes",
    ),
    "fr": (
        "Aux autorités judiciaires du Brésil\n\nUne enquête pour escroquerie vise Ciro Paz. N'est pas mis en cause "
        "M. Jean-Claude Noblet, qui a signalé les faits au parquet.\n\nNous sollicitons les relevés du compte 4-3.",
        "Jean-Claude Noblet",
    ),
}

DENIED_BEHIND = {
    "pt": (
        "CARTA ROGATÓRIA\nJuízo da 3.ª Vara Federal de Porto Alegre, Brasil\nAo Uruguai\nNos autos em que é réu Pedro "
        "Antunes, por estelionato, informa-se que Joana Teles Prado não é investigada nem acusada. Pede-se a oitiva "
        "de Pedro Antunes.",
        "Joana Teles Prado",
    ),
    "en": (
        "REQUEST FOR MUTUAL LEGAL ASSISTANCE\nDirector of Public Prosecutions, Dublin, Ireland\nTo Brazil\nDeclan "
        "O'Rourke is charged with theft. Mr Peter Walsh is not a suspect in this investigation. We request a statement "
        "from Declan O'Rourke.",
        "Peter Walsh",
    ),
}

HARMED = {
    "es": (
        "A la autoridad central de Portugal\n\nInvestigado: Raúl Garmendia Ozores, nacido el 3 de abril de 1980, por "
        "estafa. Figura como perjudicada la Diputación Provincial de Alicante.",
        "Diputación Provincial de Alicante",
    ),
    "pt": (
        "À Autoridade Central de Espanha\n\nArguido: Raul Garcia Lobo, nascido a 3 de abril de 1980, por burla. "
        "Figura como lesado o Município de Beja.",
        "Município de Beja",
    ),
    "en": (
        "To the Central Authority of Spain\n\nSuspect: Ralph Garmond, born on 3 April 1980, for fraud. The "
        "Municipality of Ballymore is named as the injured party.",
        "Municipality of Ballymore",
    ),
    "fr": (
        "À l'autorité centrale d'Espagne\n\nMis en cause : Raoul Garmond, né le 3 avril 1980, pour escroquerie. "
        "Figure comme partie lésée la Commune de Montbrun.",
        "Commune de Montbrun",
    ),
}

MEASURES = {
    "list of requests": (
        "Aux autorités compétentes de Belgique\n\nNous vous saurions gré de bien vouloir :\n"
        "1. procurer les documents d'exportation et les relevés de pesage du conteneur ;\n"
        "2. saisir conservatoirement l'immeuble de la rue Haute ;\n"
        "3. entendre M. Paul Servais en qualité de témoin.\n",
        {"production_documents", "freezing", "hearing_witness"},
    ),
    "reservation": (
        "Boa tarde, colegas da Polícia Federal,\n\nPrecisávamos da vossa ajuda, sem prejuízo de carta formal, no "
        "seguinte:\n- dizer-nos quem é o assinante do telemóvel +55 13 95555-4402.\nNão precisamos de escutas.",
        {"subscriber_data"},
    ),
    "copy of a statement": (
        "A las autoridades judiciales de Francia\n\nSe solicita que se remita copia de su declaración de 9 de octubre "
        "de 2024. La presente no constituye solicitud de extradición.",
        {"production_documents"},
    ),
}

DECLARATIONS = [
    ("Our courts stand ready to render like assistance to yours.", "reciprocity", True),
    ("Une demande identique de votre part recevrait ici le même accueil.", "reciprocity", True),
    ("Pede-se discrição total com a família do visado.", "confidentiality", True),
    ("The material must not be given to the press.", "confidentiality", True),
    ("Pedimos que nada seja comunicado aos interessados.", "confidentiality", True),
    ("Neither Mr nor Mrs Devane ought to learn of the request before that day.", "confidentiality", True),
    ("Il importe que cette lettre reste entre nos deux parquets.", "confidentiality", True),
    ("O conteúdo deste pedido não pode chegar ao despachante.", "confidentiality", True),
    (
        "Le témoin jure de dire toute la vérité, rien que la vérité, et sera averti de ses droits.",
        "confidentiality",
        False,
    ),
    ("Please indicate if there is any urgency due to: [ ] imminent trial date.", "urgency", False),
    ("Se solicita con urgencia el cumplimiento.", "urgency", True),
    ("Los datos se borran el viernes; por eso la premura.", "urgency", True),
    ("There's a hurry: the flats are offered for sale.", "urgency", True),
    ("L'affaire presse, le navire partant demain.", "urgency", True),
    ("O pedido não admite demora.", "urgency", True),
    ("La prescription étant lointaine, rien ne presse de ce côté.", "urgency", False),
    ("B. Urgence : pas de cas", "urgency", False),
    ("It is asked that the existence of this request be kept from the company.", "confidentiality", True),
    ("Merci de demander à l'hébergeur de ne rien dire à son client.", "confidentiality", True),
    ("A ninguém deve ser dito que Portugal perguntou.", "confidentiality", True),
    ("Lo anterior debe permanecer oculto para el investigado.", "confidentiality", True),
    (
        "The cars were driven, as far as is known without knowledge of the load, by a hired driver.",
        "confidentiality",
        False,
    ),
    ("We have not told any of the individuals of your request.", "confidentiality", False),
]


def _read(text: str) -> RequestReading:
    return read_request(text, annotate(text))


@pytest.mark.parametrize("name", ROLES)
def test_role_stated_at_a_distance_from_the_name(name: str) -> None:
    text, expected = ROLES[name]
    values = [one.value for one in _read(text).fields.get("persons", ())]
    roles = {str(value["name"]): value["role"] for value in values if isinstance(value, Mapping)}
    assert {person: roles.get(person) for person in expected} == expected


@pytest.mark.parametrize("name", MEASURES)
def test_measures_of_lists_and_reservations(name: str) -> None:
    text, expected = MEASURES[name]
    values = [one.value for one in _read(text).fields.get("measures", ())]
    assert {value["measure"] for value in values if isinstance(value, Mapping)} == expected


@pytest.mark.parametrize(("sentence", "field", "expected"), DECLARATIONS)
def test_declaration(sentence: str, field: str, expected: bool) -> None:
    text = f"To the competent authorities\n\nWe request the records of the account.\n\n{sentence}\n"
    assert (field in _read(text).fields) is expected


def test_title_with_spaces_between_its_letters() -> None:
    text = (
        "Au Ministère public\n\nR A P P E L\n\nMonsieur le Procureur, j'ai sollicité l'entraide le 14 janvier 2025.\n"
    )
    assert _read(text).document_type.value == "reminder"


@pytest.mark.parametrize(("text", "name"), [*DENIED.values(), *DENIED_BEHIND.values()])
def test_a_person_who_is_said_to_be_no_suspect_is_none(text: str, name: str) -> None:
    persons = {
        one.value["name"]: one.value["role"] for one in _read(text).fields["persons"] if isinstance(one.value, dict)
    }
    assert persons[name] == "other_party"


@pytest.mark.parametrize("language", HARMED)
def test_a_public_body_named_as_injured_party_is_a_victim(language: str) -> None:
    text, name = HARMED[language]
    assert _role(text, name) == "victim"


def _role(text: str, name: str) -> object:
    persons = [one.value for one in _read(text).fields["persons"] if isinstance(one.value, dict)]
    return next((person["role"] for person in persons if name in str(person["name"])), None)
