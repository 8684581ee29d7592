"""Borders of the phrases of offences by class: headings in the line, offenders, aims, penalties, lists of verbs and nouns."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision
from nlp.elements.provision_elements import provision_elements

Row = tuple[str, str, str, list[str]]

OFFENDERS: list[Row] = [
    ("en", "Fraudulent claims Any person who knowingly presents a false invoice shall be guilty of an offence and liable to a fine.", "subject", ["Any person"]),
    ("en", "Obstruction of officers Every person who obstructs an inspector commits an offence and is liable to a fine.", "conduct", ["obstructs"]),
    ("es", "Difusión de datos Quien difunda datos personales será sancionado con prisión de un año.", "subject", ["Quien"]),
    ("fr", "Accès frauduleux Quiconque accède à un système informatique est puni d'un emprisonnement d'un an.", "conduct", ["accède à"]),
    ("pt", "Furto simples Quem subtrair coisa alheia será punido com pena de prisão até três anos.", "conduct", ["subtrair"]),
    ("en", "A person subject to customs control, who removes any seal commits an offence and is liable to a fine.", "subject", ["A person subject to customs control"]),
    ("en", "If any person forges a permit, he shall be guilty of an offence and liable to imprisonment for two years.", "subject", ["any person"]),
    ("en", "If any officer discloses the name of an informant, he shall be guilty of an offence unless he proves that the disclosure was lawful.", "object", ["the name of an informant"]),
    ("en", "No dealer shall sell a firearm to a minor. A dealer who contravenes this section commits an offence and is liable to a fine.", "object", ["a firearm"]),
    ("en", "An employer shall not retain the passport of a worker. An employer who contravenes this section commits an offence and is liable to a fine.", "object", ["the passport of a worker"]),
    ("en", "Any person who— (a) destroys a record, commits an offence and is liable to a fine.", "object", ["a record"]),
    ("es", "El que entra en un aeropuerto militar o el que fotografía sus instalaciones será reprimido con prisión de un año.", "subject", ["El que", "el que"]),
    ("pt", "O gerente que ocultar documentos da sociedade será punido com pena de prisão até um ano.", "subject", ["O gerente"]),
    ("pt", "A testemunha, perito ou intérprete que prestar falso depoimento é punida com prisão de um ano.", "subject", ["A testemunha, perito ou intérprete"]),
    ("pt", "A mãe que matar o próprio filho é punida com pena de prisão de um a cinco anos.", "subject", ["A mãe"]),
    ("fr", "Est puni d'un emprisonnement d'un an ou de l'une de ces deux peines seulement celui qui détient une arme.", "subject", ["celui qui"]),
    ("es", "El que obligue a otro a firmar un documento será castigado con prisión de dos años, sin perjuicio de las que correspondan por las lesiones.", "subject", ["El que"]),
]  # fmt: skip

OBJECTS: list[Row] = [
    ("fr", "Sera puni d'une amende tout commerçant qui se procure frauduleusement des marchandises volées.", "object", ["des marchandises volées"]),
    ("fr", "Quiconque s'attribue une fausse qualité sera puni d'un emprisonnement d'un an.", "object", ["une fausse qualité"]),
    ("en", "Any person who removes, disposes of, attempts to conceal, hides, or sells seized goods commits an offence and is liable to a fine.", "object", ["seized goods"]),
    ("en", "No person shall sell or dispose of any protected animal. Any person who contravenes this section commits an offence and is liable to a fine.", "object", ["any protected animal"]),
    ("en", "A person who sells indecent images, objects, slides and other materials commits an offence and is liable to a fine.", "object", ["indecent images, objects, slides and other materials"]),
    ("en", "Any person who does an act which causes directly or indirectly a failure of a computer commits an offence and is liable to a fine.", "object", ["an act which causes directly or indirectly a failure of a computer"]),
    ("es", "El que ejecuta o manda ejecutar órdenes de un gobierno extranjero será reprimido con prisión de dos años.", "object", ["órdenes de un gobierno extranjero"]),
    ("es", "El que hiciere publicar por terceros imágenes obscenas será reprimido con prisión de dos años.", "object", ["imágenes obscenas"]),
    ("es", "El que obligare a un juez, con armas, a dictar una resolución injusta será castigado con prisión de dos años.", "object", ["un juez", "una resolución injusta"]),
    ("es", "Quien venda, de forma directa o indirecta, medicamentos falsificados será sancionado con prisión de dos años.", "object", ["medicamentos falsificados"]),
]  # fmt: skip

ENDS: list[Row] = [
    ("es", "Quien favoreciere la evasión de una persona detenida o condenada por delito será sancionado con prisión de tres años.", "object", ["la evasión de una persona detenida o condenada por delito"]),
    ("fr", "Quiconque vend un objet exposé ou placé sous scellés est puni d'un emprisonnement d'un an.", "object", ["un objet exposé ou placé sous scellés"]),
    ("es", "Quien abuse de una persona menor de edad o con discapacidad será sancionado con prisión de tres años.", "object", ["una persona menor de edad o con discapacidad"]),
    ("fr", "Quiconque prend part à une mutinerie commet une infraction et, sur déclaration de culpabilité, encourt l'emprisonnement à perpétuité.", "object", ["une mutinerie"]),
    ("fr", "Une personne qui, sans permission, enlève du bois commet une infraction et encourt une amende de cinq cents dollars.", "subject", ["Une personne"]),
    ("fr", "Quiconque prend part à une mutinerie commet une infraction et, sur déclaration de culpabilité, encourt une amende.", "penalty", ["sur déclaration de culpabilité, encourt une amende"]),
    ("pt", "Quem tornar não utilizável coisa alheia é punido com pena de prisão até três anos.", "object", ["coisa alheia"]),
    ("pt", "Quem observar às ocultas pessoas é punido com pena de prisão até um ano.", "object", ["pessoas"]),
]  # fmt: skip

MINDS: list[Row] = [
    ("pt", "Quem empregar violência para se opor a uma ordem é punido com pena de prisão até cinco anos.", "mental_element", ["para se opor a uma ordem"]),
    ("pt", "Quem, com intenção de causar prejuízo a outra pessoa, ou de obter para si benefício ilegítimo, fabricar documento falso é punido com pena de prisão até três anos.", "mental_element", ["com intenção de causar prejuízo a outra pessoa, ou de obter para si benefício ilegítimo"]),
    ("es", "Quien de propósito defraudare a otro será sancionado con multa de veinte quetzales.", "mental_element", ["de propósito"]),
    ("en", "Any person who uses threatening words with intent to provoke a breach of the peace or whereby a breach of the peace is likely, shall be guilty of an offence and liable to a fine.", "mental_element", ["with intent to provoke a breach of the peace"]),
    ("en", "A person who, with intent to defraud obtains a loan from a bank shall be guilty of an offence and liable to a fine.", "mental_element", ["with intent to defraud"]),
    ("en", "A person who supplies a weapon with a view to facilitating a robbery commits an offence and is liable to a fine.", "mental_element", ["with a view to facilitating a robbery"]),
    ("en", "A person who employs a victim while knowing that he is a victim commits an offence and is liable to a fine.", "mental_element", ["while knowing that he is a victim"]),
    ("en", "A person who makes a false document for the purposes of smuggling and is on conviction liable to a fine.", "mental_element", ["for the purposes of smuggling"]),
    ("es", "El que retiene documentos con el fin de obtener un pago o se niega a devolverlos será reprimido con prisión de un año.", "mental_element", ["con el fin de obtener un pago"]),
    ("es", "El que con los propósitos indicados en el artículo anterior, falsifique un sello será reprimido con prisión de un año.", "mental_element", ["con los propósitos indicados en el artículo anterior"]),
    ("es", "El que consciente y voluntariamente destruya un registro será reprimido con prisión de un año.", "mental_element", ["consciente y voluntariamente"]),
    ("fr", "Quiconque propose un don à un agent public pour qu'il accomplisse un acte de sa fonction est puni de cinq ans d'emprisonnement.", "mental_element", ["pour qu'il accomplisse un acte de sa fonction"]),
    ("pt", "Quem concorre para o crime incide nas penas a este cominadas.", "penalty", ["incide nas penas a este cominadas"]),
    ("pt", "Os administradores que distribuírem lucros fictícios incorrem em multa.", "penalty", ["incorrem em multa"]),
    ("en", "Any person who makes a false statement about an attempt to smuggle goods, commits an offence.", "attempt", []),
    ("en", "Upon conviction, he or she is liable to imprisonment for a term of five years.", "penalty", ["Upon conviction, he or she is liable to imprisonment for a term of five years"]),
]  # fmt: skip


def read(language: str, text: str) -> tuple[str, str]:
    """Return the text below a heading of an article, and the label of the article."""
    heading = {"es": "Artículo 1.- Delito", "pt": "Artigo 1.º — Crime", "en": "1. Offence", "fr": "Art. 1."}[language]
    return f"{heading}\n\n{text}", "s. 1" if language == "en" else "art. 1"


@pytest.mark.parametrize(("language", "text", "element", "expected"), OFFENDERS + OBJECTS + ENDS + MINDS)
def test_phrases_end_at_their_borders(language: str, text: str, element: str, expected: list[str]) -> None:
    whole, label = read(language, text)
    parts = provision_elements(whole, label, language)
    assert [whole[part.start : part.end] for part in parts if part.element == element] == expected


@pytest.mark.parametrize(
    ("language", "text", "conduct"),
    [
        ("fr", "Quiconque accède frauduleusement à tout ou partie d'un système informatique est puni d'un emprisonnement d'un an.", "accède frauduleusement à tout ou partie d'un système informatique"),
        ("es", "El que atente dolosamente a la seguridad de un aeropuerto será reprimido con prisión de un año.", "atente dolosamente a la seguridad de un aeropuerto"),
    ],
)  # fmt: skip
def test_conduct_goes_on_behind_a_preposition(language: str, text: str, conduct: str) -> None:
    whole, label = read(language, text)
    provision = Provision(
        id="0", document_id="law", collection="", title="", jurisdiction="FR", unit=label, path=(), language=language,
        date="", page=1, start=0, end=len(whole), text=whole, source="law", role="basic",
    )  # fmt: skip
    rows = {row.element: row for row in structure_rows([read_column(Column("FR", (provision,)))])}
    assert [quotation.text for quotation in rows["conduct"].cells[0].quotations] == [conduct]
