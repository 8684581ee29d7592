"""Birth dates beside a name without a word for birth, and apart from the name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTERS = {
    "behind a nationality in a form": (
        "SECTION E: Identity of the persons concerned\n(i) natural persons\nName: Vella\nFirst name(s): Carmelo\n"
        "Nationality: Maltese\nIdentity number: 0345977M\nDate of birth: 13 July 1977\n",
        {"Carmelo Vella": "1977-07-13"},
    ),
    "of an order behind a number": (
        "A la autoridad central del Uruguay\n\nSe solicita notificar al procesado Julio César Píriz Olivera, D.N.I. "
        "23.456.789, el auto de procesamiento de fecha 4 de marzo de 2024.",
        {"Julio César Píriz Olivera": None},
    ),
    "in turn, the word before the dates": (
        "Au juge compétent d'Espagne\n\nLes deux frères, Karim BENZAID et Yanis BENZAID, nés respectivement le 5 mai "
        "1991 et le 17 décembre 1994 à Roubaix, sont mis en examen pour vol. Nous demandons leur audition.",
        {"Karim BENZAID": "1991-05-05", "Yanis BENZAID": "1994-12-17"},
    ),
    "in turn, the word behind the dates": (
        "To the Central Authority of Spain\n\nThe suspects, Owen Prosser and Gethin Rhys Vaughan, born on 4 April 1980 "
        "and 9 June 1982 respectively, are under investigation for fraud. Please take statements from both suspects.",
        {"Owen Prosser": "1980-04-04", "Gethin Rhys Vaughan": "1982-06-09"},
    ),
    "in turn, in Spanish": (
        "A las autoridades judiciales de Chile\n\nSe investiga a Marta Quiroga Peña y a Luis Sanz Ortega, nacidos "
        "respectivamente el 3 de marzo de 1979 y el 8 de agosto de 1975, por estafa. Se solicita su declaración.",
        {"Marta Quiroga Peña": "1979-03-03", "Luis Sanz Ortega": "1975-08-08"},
    ),
    "behind the relative of the person": (
        "À autoridade central de Portugal\n\nA cobradora era DULCE RAMOS PRADO, tia do arguido VALTER RAMOS LIMA "
        "(nascido em 2 de fevereiro de 1970), brasileira, nascida em 3 de maio de 1961, investigada por tráfico. "
        "Solicita-se o interrogatório de DULCE RAMOS PRADO e de VALTER RAMOS LIMA.",
        {"DULCE RAMOS PRADO": "1961-05-03", "VALTER RAMOS LIMA": "1970-02-02"},
    ),
    "behind another name": (
        'To the Central Authority of Guyana\n\nThe loads were received by Harold Ramkissoon, called "Sharkie" '
        "(born Crabwood Creek 02-12-1980), the owner of the pontoon, who is a suspect. Please take a statement from "
        "Harold Ramkissoon.",
        {"Harold Ramkissoon": "1980-12-02"},
    ),
    "behind a nationality that a sentence tells": (
        "A las autoridades judiciales de Chile\n\nSe pide la extradición de Raúl Medina Cortés, condenado por robo.\n\n"
        "El reclamado es de nacionalidad mexicana, nacido en Culiacán, Sinaloa, el 11 de junio de 1975.",
        {"Raúl Medina Cortés": "1975-06-11"},
    ),
    "behind the father of a person in India": (
        "To the Central Authority of Singapore\n\nThe suspects are Vikram Anand RAO, s/o Gopal Krishna Rao, DOB "
        "03-02-1981, and Sunita DEVI, d/o late Shri Ram Prasad, born 7 June 1985. Please take statements from both.",
        {"Vikram Anand RAO": "1981-02-03", "Sunita DEVI": "1985-06-07"},
    ),
    "behind a surname": (
        "Au juge compétent d'Espagne\n\nDidier LACROIX est mis en examen pour vol. Ce jour, LACROIX (né le 4 avril "
        "1988) a été écroué. Nous demandons l'audition de Didier LACROIX.",
        {"Didier LACROIX": "1988-04-04"},
    ),
    "behind the first particular in brackets": (
        "À autoridade central de Portugal\n\nO grupo é chefiado por Leandro Pires Fontoura (CPF 529.982.247-25; 14 fev."
        " 1979), investigado por tráfico. Solicita-se o interrogatório de Leandro Pires Fontoura.",
        {"Leandro Pires Fontoura": "1979-02-14"},
    ),
    "with a month in small Roman figures": (
        "To the Central Authority of Greece\n\nThe suspect Stelios Markou, b. 5.xi.1970, is under investigation for "
        "fraud. Please take a statement from Stelios Markou.",
        {"Stelios Markou": "1970-11-05"},
    ),
    "only a year": (
        "Au juge compétent du Sénégal\n\nMamadou Sy Diakhaté, sénégalais, né vers 1983, est mis en examen pour vol. "
        "Nous demandons l'audition de Mamadou Sy Diakhaté.",
        {"Mamadou Sy Diakhaté": "1983"},
    ),
    "between commas": (
        "A las autoridades judiciales de Chile\n\nInvestigado: Gareth Owen Pryce, súbdito británico, 18/04/1972, "
        "vecino de Ramsgate. Se solicita que se le reciba declaración.",
        {"Gareth Owen Pryce": "1972-04-18"},
    ),
    "apart from the name": (
        "To the Central Authority of Spain\n\nThe suspect, Cedric Alleyne, is under investigation for fraud. He left "
        "the island in March 2024.\n\nParticulars. Date of birth: 8 December 1987. Height: 1.80 m.",
        {"Cedric Alleyne": "1987-12-08"},
    ),
    "of an act": (
        "To the Central Authority of Spain\n\nThe suspect, Cedric Alleyne, 12/05/2024, signed the contract. Please "
        "take a statement from him.",
        {"Cedric Alleyne": None},
    ),
    "cut by a scan, en": (
        "To the Minister of Justice\n\n2. The accused, Delroy Keating, born on\n\n19th July, 1985 in Portland, and "
        "Kerry-Ann Dacres, born on\n\n3rd March, 1991, are charged with fraud.\n\n3. Please serve the summons.\n",
        {"Delroy Keating": "1985-07-19", "Kerry-Ann Dacres": "1991-03-03"},
    ),
    "cut by a scan, es": (
        "A las autoridades judiciales de Brasil\n\nEl investigado, Ciro Paz Lugo, nacido el\n\n3 de mayo de 1970 en "
        "Lima, y Ana Rey Soto, nacida el\n\n14 de julio de 1981, también investigada, abrieron la cuenta.\n",
        {"Ciro Paz Lugo": "1970-05-03", "Ana Rey Soto": "1981-07-14"},
    ),
    "cut by a scan, pt": (
        "Às autoridades judiciárias de Espanha\n\nO arguido Ciro Paz Lugo, nascido a\n\n3 de maio de 1970 em Faro, e "
        "Ana Reis Souto, nascida a\n\n14/07/1981, são arguidos.\n",
        {"Ciro Paz Lugo": "1970-05-03", "Ana Reis Souto": "1981-07-14"},
    ),
    "cut by a scan, fr": (
        "Aux autorités judiciaires du Brésil\n\nLe mis en cause, M. Cyrille Paz, né le\n\n3 mai 1970 à Nice, et Mme "
        "Anne Rey, née le\n\n14 juillet 1981, sont soupçonnés d'escroquerie.\n",
        {"Cyrille Paz": "1970-05-03", "Anne Rey": "1981-07-14"},
    ),
    "of a hearing": (
        "Liège, le 27 novembre 2026\n\nObjet : rappel\n\nLa juge a sollicité l'audition de Julio HUAMÁN QUISPE. Aucune "
        "réponse ne nous est parvenue. L'audience étant fixée au 18 janvier 2024, je vous prie de répondre.",
        {"Julio HUAMÁN QUISPE": None},
    ),
    "in French": (
        "Au juge compétent d'Espagne\n\nLe mis en cause, Julien MERCIER, né à Lyon le 18 janvier 1984, sera entendu.",
        {"Julien MERCIER": "1984-01-18"},
    ),
    "behind a sign": (
        "Au juge compétent d'Espagne\n\nPrévenu : Jean-Yves Kerhoas, ° Gand 12.03.1969, sera entendu.",
        {"Jean-Yves Kerhoas": "1969-03-12"},
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_birth_dates_without_words_at_the_name(name: str) -> None:
    text, expected = LETTERS[name]
    values = [one.value for one in read_request(text, annotate(text)).fields.get("persons", ())]
    assert {str(one["name"]): one["birth_date"] for one in values if isinstance(one, Mapping)} == expected
