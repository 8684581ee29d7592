"""Roles that a letter denies behind "and" or "but", states by a pronoun or in a list; officials with their ranks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

FRAMES = {
    "es": "A las autoridades judiciales de Brasil\n\n{}\n\nSe solicita la remisión de los extractos.\n",
    "pt": "Às autoridades judiciárias de Espanha\n\n{}\n\nSolicita-se a remessa dos extratos.\n",
    "en": "To the Central Authority of Spain\n\n{}\n\nWe request the records of the account.\n",
    "fr": "Aux autorités judiciaires du Brésil\n\n{}\n\nNous sollicitons les relevés du compte.\n",
}

# Language, what the letter says, and the role of each person; None for an official.
STATED: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "denied behind a conjunction, en": (
        "en",
        "The suspect is Declan Orr, born on 3 May 1970. Miles Corrigan drove the van but is not under suspicion.",
        {"Declan Orr": "suspect", "Miles Corrigan": "other_party"},
    ),
    "denied behind a conjunction, es": (
        "es",
        "Es investigado Ciro Paz Lugo. El señor Mario Duarte Ponce llevó los documentos y no es investigado.",
        {"Ciro Paz Lugo": "suspect", "Mario Duarte Ponce": "other_party"},
    ),
    "denied behind a conjunction, pt": (
        "pt",
        "É arguido Ciro Paz Lugo. Ana Reis Souto, que vendeu a casa mas não é suspeita, reside em Faro.",
        {"Ciro Paz Lugo": "suspect", "Ana Reis Souto": "other_party"},
    ),
    "denied behind a conjunction, fr": (
        "fr",
        "Est mis en cause Cyrille Paz. M. Marius Ducros a porté les documents et n'est pas mis en cause.",
        {"Cyrille Paz": "suspect", "Marius Ducros": "other_party"},
    ),
    "not charged yet, en": (
        "en",
        "Peter Walsh is a suspect and is not charged yet. Ann Tully was arrested and is not charged.",
        {"Peter Walsh": "suspect", "Ann Tully": "suspect"},
    ),
    "not charged yet, es": (
        "es",
        "Ana Rey Soto es sospechosa y no ha sido imputada todavía.",
        {"Ana Rey Soto": "suspect"},
    ),
    "without the status of a suspect": (
        "es",
        "Es investigado Ciro Paz Lugo. Se solicita tomar declaración al contador Fermín Oyarzo Vidal, que no tiene la "
        "condición de imputado.",
        {"Ciro Paz Lugo": "suspect", "Fermín Oyarzo Vidal": "witness"},
    ),
    "pronouns": (
        "en",
        "Persons:\n(1) Gordon Blackman, born on 5 May 1970, believed to live in Malaga. He is a suspect.\n(2) Laura "
        "Finch, of Madrid. She was the victim.\nThe account 48.771-3 is in the name of Blackman.",
        {"Gordon Blackman": "suspect", "Laura Finch": "victim"},
    ),
    "pronouns, fr": (
        "fr",
        "Cyrille Paz, né le 3 mai 1970, demeurant à Recife. Il est le principal suspect.\nLe compte 48.771-3 est au "
        "nom de Cyrille Paz.",
        {"Cyrille Paz": "suspect"},
    ),
    "subjects in a list": (
        "en",
        "PERSONS\n1. Roland Pintos - subject. DOB: 12/25/1972.\n2. Lucy Farrow Bates - subject.\n3. George Etchells - "
        "bank officer, witness.",
        {"Roland Pintos": "suspect", "Lucy Farrow Bates": "suspect", "George Etchells": "witness"},
    ),
    "targets in a list, pt": (
        "pt",
        "PESSOAS\n1. Rolando Pinto Alves - alvo. Nascido a 25/12/1972.\n2. Lúcia Farias Bastos - testemunha.",
        {"Rolando Pinto Alves": "suspect", "Lúcia Farias Bastos": "witness"},
    ),
    "label of the matter": (
        "en",
        "Subject: Request concerning Roland Pintos\n\nThe witness Lucy Farrow Bates kept the accounts.",
        {"Lucy Farrow Bates": "witness"},
    ),
    "British ranks": (
        "en",
        "The suspect is Declan Orr, born on 3 May 1970. DC 4471 Sanjay Rao is the officer in the case and is not a "
        "suspect. DI Euan Pirie leads the inquiry. Alan Dobbs is the officer in the case.",
        {"Declan Orr": "suspect", "Sanjay Rao": None, "Euan Pirie": None, "Alan Dobbs": None},
    ),
    "ranks, es": (
        "es",
        "Es investigado Ciro Paz Lugo. El Ayte. Walter Sosa levantó el acta. El sargento Luis Mora Paz está a cargo de "
        "la investigación. Nilda Ortiz Soto es la encargada de la investigación.",
        {"Ciro Paz Lugo": "suspect", "Walter Sosa": None, "Luis Mora Paz": None, "Nilda Ortiz Soto": None},
    ),
    "ranks, pt": (
        "pt",
        "É arguido Ciro Paz Lugo. O sargento Rui Lameira elaborou o auto. Marta Dias Cruz conduz o inquérito.",
        {"Ciro Paz Lugo": "suspect", "Rui Lameira": None, "Marta Dias Cruz": None},
    ),
    "ranks, fr": (
        "fr",
        "Est mis en cause Cyrille Paz. L'adjudant-chef Marius Ducros a rédigé le rapport. Laurence Houyoux est chargée "
        "de l'enquête.",
        {"Cyrille Paz": "suspect", "Marius Ducros": None, "Laurence Houyoux": None},
    ),
    "predicates behind names, es": (
        "es",
        "Se investiga una estafa. Gloria Osorio Lema es la víctima y Hernán Osorio Lema declaró como testigo. Ciro Paz "
        "Lugo es el investigado y la víctima es Ana Rey Soto.",
        {
            "Gloria Osorio Lema": "victim",
            "Hernán Osorio Lema": "witness",
            "Ciro Paz Lugo": "suspect",
            "Ana Rey Soto": "victim",
        },
    ),
    "predicates behind names, pt": (
        "pt",
        "Investiga-se uma burla. Glória Lemos Pinto é a vítima e Hernâni Lemos Pinto é testemunha.",
        {"Glória Lemos Pinto": "victim", "Hernâni Lemos Pinto": "witness"},
    ),
    "predicates behind names, fr": (
        "fr",
        "Une enquête pour escroquerie est ouverte. Anne Rey est la victime et Cyrille Paz est le principal suspect.",
        {"Anne Rey": "victim", "Cyrille Paz": "suspect"},
    ),
    "denied of each, pt": (
        "pt",
        "O processo corre contra desconhecidos. Nem Adílson Varela Pires nem Zuleica Barros Évora são suspeitos.",
        {"Adílson Varela Pires": "other_party", "Zuleica Barros Évora": "other_party"},
    ),
    "denied of an officer": (
        "es",
        "Es investigado Ciro Paz Lugo. El Ayte. Walter Sosa está a cargo de la pesquisa y no figura como imputado.",
        {"Ciro Paz Lugo": "suspect", "Walter Sosa": None},
    ),
    "rows of a table as long as a line": (
        "fr",
        "Nom | Qualité | Né(e) le\nGauthier Delvenne | suspect | 11/10/1980\nAminata Koffi Brou | préjudiciée | "
        "05/01/1966\nSerge Yapobi | à entendre comme témoin | 23/03/1971\nLe 7 novembre 2025, Gauthier Delvenne s'est "
        "fait remettre la somme de 22 000 euros.",
        {"Gauthier Delvenne": "suspect", "Aminata Koffi Brou": "victim", "Serge Yapobi": "witness"},
    ),
    "officers under investigation": (
        "es",
        "El comisario Juan Rey Gil, imputado, recibió parte del dinero. El capitán Ramón Gil Soto fue detenido por "
        "cohecho.",
        {"Juan Rey Gil": "accused", "Ramón Gil Soto": "suspect"},
    ),
    "acquitted, fr": (
        "fr",
        "Est mis en cause Cyrille Paz. Son coprévenu, Bruno Chalon, a été relaxé.",
        {"Cyrille Paz": "suspect", "Bruno Chalon": "other_party"},
    ),
    "in custody, es": (
        "es",
        "El patrón, Manuel Castro Bua, y los marineros Abdón Faye y Jairo Monteiro Lopes se hallan en prisión "
        "provisional.",
        dict.fromkeys(("Manuel Castro Bua", "Abdón Faye", "Jairo Monteiro Lopes"), "suspect"),
    ),
    "survivor, fr": (
        "fr",
        "Est mis en cause Cyrille Paz. Une rescapée, Mme Guerline Estin, se trouve à l'hôpital.",
        {"Guerline Estin": "victim"},
    ),
    "provider, es": (
        "es",
        "Es investigado Ciro Paz Lugo, que usaba la línea 8877 4410 de la operadora Telecom Brisa S.A., presuntamente.",
        {"Telecom Brisa S.A.": "other_party"},
    ),
    "heard as a suspect after having been a witness, pt": (
        "pt",
        "O caminhão era conduzido por Rui Ayala Benítez, até aqui ouvido apenas como testemunha. Pede-se a oitiva de "
        "Rui Ayala Benítez, na condição de investigado, com defensor.",
        {"Rui Ayala Benítez": "suspect"},
    ),
    "arrested and convicted, pt": (
        "pt",
        "São réus Elielson Braga Trindade e Roberto Picanço Lima. Elielson Braga Trindade foi preso em Oiapoque e "
        "condenado em 9 de maio de 2025.",
        {"Elielson Braga Trindade": "convicted", "Roberto Picanço Lima": "accused"},
    ),
    "identity document of a name like a company's, es": (
        "es",
        "Se pide recibir declaración como testigo a Altagracia Peralta Mejía, cédula 028-0071934-2. La Cámara de "
        "Comercio de La Altagracia expedirá una copia.",
        {"Altagracia Peralta Mejía": "witness"},
    ),
}


@pytest.mark.parametrize("name", STATED)
def test_roles_are_read_as_the_letter_states_them(name: str) -> None:
    language, told, expected = STATED[name]
    text = FRAMES[language].format(told)
    values = [one.value for one in read_request(text, annotate(text)).fields.get("persons", ())]
    roles = {str(value["name"]): value["role"] for value in values if isinstance(value, Mapping)}
    assert {person: roles.get(person) for person in expected} == expected


# A letter that asks about no account or property has no holder of one among its parties.
@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("Se solicita la remisión de los extractos de esa cuenta.", "account_holder"),
        ("Se solicita que se notifique la sentencia a Ciro Paz Lugo.", "other_party"),
    ],
)
def test_holders_of_accounts_are_those_of_which_a_letter_asks(asked: str, role: str) -> None:
    text = (
        "A las autoridades judiciales de Brasil\n\nEs investigado Ciro Paz Lugo. El dinero entraba en la cuenta "
        f"4587-22-11908 a nombre de Frutas Azules, S.A. en Recife.\n\n{asked}\n"
    )
    values = [one.value for one in read_request(text, annotate(text)).fields["persons"]]
    roles = {value["name"]: value["role"] for value in values if isinstance(value, Mapping)}
    assert roles["Frutas Azules, S.A."] == role


def test_the_only_person_sought_in_an_extradition_on_a_final_judgment_is_convicted() -> None:
    text = (
        "Ao Senhor Ministro da Justiça do Brasil\n\nPedido de extradição de Elton Tavares Semedo\n\nTenho a honra de "
        "solicitar a extradição do cidadão cabo-verdiano Elton Tavares Semedo, nascido a 29 de novembro de 1988. Por "
        "acórdão de 4 de julho de 2024, transitado em julgado, foi o mesmo condenado na pena de dez anos de prisão.\n"
    )
    values = [one.value for one in read_request(text, annotate(text)).fields["persons"]]
    assert [value["role"] for value in values if isinstance(value, Mapping)] == ["convicted"]
