"""The basic offence comes first among the provisions of its law if the query is the name of an offence."""

from __future__ import annotations

from uuid import uuid4

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.search.basic_offence import asked_form, asked_offence
from indexing.search.concept_expansion import expand_concepts
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.structure.structure import find_structure

SPANISH = """TÍTULO I. DELITOS CONTRA LA VIDA

Artículo 10. Homicidio agravado. La pena será de veinte a treinta años de prisión si el homicidio se comete contra un \
ascendiente, por precio o con alevosía.

Artículo 11. Homicidio. El que matare a otro será castigado con la pena de ocho a quince años de prisión.

Artículo 12. Reincidencia. Son reincidentes los condenados por homicidio, hurto, robo u otro delito de homicidio doloso.

Artículo 13. Homicidio: competencia. El juez de garantías conoce de los delitos de homicidio cometidos en su distrito.
"""
ENGLISH = """PART I

1. In this Act, "theft" means an offence of theft under section 3 and includes attempted theft.

2. A person convicted of theft who has before been convicted of theft is liable to imprisonment for fourteen years.

3. A person who dishonestly appropriates property belonging to another with the intention of permanently depriving \
the other of it is guilty of theft and liable on conviction to imprisonment for seven years.
"""


@pytest.fixture(scope="module")
def laws(engine: Engine) -> str:
    partition = f"basic-{uuid4().hex[:8]}"
    for name, text, language, country in (("codigo", SPANISH, "es", "PY"), ("act", ENGLISH, "en", "JM")):
        units = tuple(find_structure(text, (), document_type="statute", jurisdiction=country, language=language))
        records = made(name, text, language=language, jurisdiction=country, document_type="statute", units=units)
        engine.write(partition, records)
    engine.refresh(partition)
    return partition


def units(engine: Engine, partition: str, query: str, language: str, **request: object) -> list[str]:
    access = AccessFilter("tester", ((partition, frozenset({"law"})),))
    return [
        hit.unit
        for hit in retrieve(SearchRequest(query, language=language, **request), access, engine).hits  # type: ignore[arg-type]
        if hit.unit
    ]


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("homicidio", "es", "art. 11"),
        ("delito de homicidio Paraguay", "es", "art. 11"),
        ("theft Jamaica", "en", "s. 3"),
    ],
)
def test_the_basic_offence_is_first_in_its_law(
    engine: Engine, laws: str, query: str, language: str, first: str
) -> None:
    found = units(engine, laws, query, language)
    assert found[0] == first
    assert len(found) == len(set(found)) > 2


def test_a_query_that_says_more_keeps_its_order(engine: Engine, laws: str) -> None:
    assert units(engine, laws, "homicidio reincidencia", "es")[0] == "art. 12"
    assert units(engine, laws, "homicidio agravado", "es")[0] == "art. 10"


def test_pages_continue_the_same_order(engine: Engine, laws: str) -> None:
    access = AccessFilter("tester", ((laws, frozenset({"law"})),))
    whole = units(engine, laws, "homicidio", "es", limit=4)
    first = retrieve(SearchRequest("homicidio", language="es", limit=2), access, engine)
    second = retrieve(SearchRequest("homicidio", language="es", limit=2, after=first.after), access, engine)
    assert [hit.unit for hit in (*first.hits, *second.hits) if hit.unit] == whole


@pytest.mark.parametrize(
    ("text", "language", "offence"),
    [
        ("receptación", "es", "RECEIV"), ("¿Qué pena tiene el homicidio?", "es", "HOM"), ("furto", "pt", "THEFT"),
        ("receiving stolen goods", "en", "RECEIV"), ("recel", "fr", "RECEIV"), ("extradición", "es", ""),
        ("homicidio reincidencia", "es", ""), ("cancer", "en", ""),
        ("homicidio agravado", "es", ""), ("roubo qualificado", "pt", ""), ("aggravated burglary", "en", ""),
        ("vol aggravé", "fr", ""),
    ],
)  # fmt: skip
def test_a_query_is_the_name_of_an_offence(text: str, language: str, offence: str) -> None:
    assert asked_offence(text, expand_concepts(text, language)) == offence


@pytest.mark.parametrize(
    ("text", "language", "offence"),
    [
        ("escroquerie en bande organisée", "fr", "FRAUD"), ("robo agravado", "es", "ROB"),
        ("furto qualificado", "pt", "AGGTHEFT"), ("aggravated robbery", "en", "ROB"),
        ("robo", "es", ""), ("circunstancias agravantes", "es", ""), ("extradition simplifiée", "fr", ""),
    ],
)  # fmt: skip
def test_a_query_is_the_name_of_an_aggravated_form(text: str, language: str, offence: str) -> None:
    assert asked_form(text, expand_concepts(text, language)) == offence


FRAUDS = """Chapitre III : De l'escroquerie et des infractions voisines

Article 313-1

L'escroquerie est le fait de tromper une personne par l'usage d'un faux nom et de la déterminer à remettre des fonds. \
L'escroquerie est punie de cinq ans d'emprisonnement.

Article 313-2

Les peines sont portées à sept ans d'emprisonnement lorsque l'escroquerie est réalisée par une personne dépositaire de \
l'autorité publique. Les peines sont portées à dix ans lorsque l'escroquerie est commise en bande organisée.
"""
THEFTS = """Section 1 : Du vol simple et des vols aggravés

Article 311-4

Le vol est puni de cinq ans d'emprisonnement lorsqu'il est précédé, accompagné ou suivi de violences sur autrui \
n'ayant pas entraîné une incapacité totale de travail.

Article 311-9

Le vol en bande organisée est puni de vingt ans de réclusion lorsqu'il est précédé, accompagné ou suivi de violences \
sur autrui. Le vol avec violence en bande organisée est puni de trente ans.
"""


def test_the_form_asked_for_is_first_and_otherwise_no_aggravated_one(engine: Engine) -> None:
    partition = f"forms-{uuid4().hex[:8]}"
    for name, text in (("escroqueries", FRAUDS), ("vols", THEFTS)):
        found = tuple(find_structure(text, (), document_type="statute", jurisdiction="FR", language="fr"))
        engine.write(
            partition, made(name, text, language="fr", jurisdiction="FR", document_type="statute", units=found)
        )
    engine.refresh(partition)
    assert units(engine, partition, "escroquerie", "fr")[0] == "art. 313-1"
    assert units(engine, partition, "escroquerie en bande organisée", "fr")[0] == "art. 313-2"
    assert units(engine, partition, "vol avec violence", "fr")[0] == "art. 311-4"
    assert units(engine, partition, "vol en bande organisée", "fr")[0] == "art. 311-9"


HARASSMENT = """Chapitre II : Des atteintes à l'intégrité de la personne

Paragraphe 1 : Du viol

Article 222-23

Tout acte de pénétration sexuelle, de quelque nature qu'il soit, commis sur autrui par violence, contrainte, \
menace ou surprise est un viol. Le viol est puni de quinze ans de réclusion criminelle.

Paragraphe 2 : Des autres agressions sexuelles

Article 222-29-1

Les agressions sexuelles autres que le viol sont punies de sept ans d'emprisonnement et de 100 000 euros d'amende.

Paragraphe 3 : De l'exhibition sexuelle et du harcèlement sexuel

Article 222-32

L'exhibition sexuelle imposée à la vue d'autrui dans un lieu accessible aux regards du public est punie d'un an \
d'emprisonnement et de 15 000 euros d'amende.

Article 222-33

I. - Le harcèlement sexuel est le fait d'imposer à une personne, de façon répétée, des propos ou comportements à \
connotation sexuelle. II. - Les faits sont punis de deux ans d'emprisonnement et de 30 000 euros d'amende.
"""


def test_without_headings_the_offence_is_where_it_is_defined_or_under_its_name(engine: Engine) -> None:
    partition = f"defined-{uuid4().hex[:8]}"
    found = tuple(find_structure(HARASSMENT, (), document_type="statute", jurisdiction="FR", language="fr"))
    engine.write(
        partition, made("code", HARASSMENT, language="fr", jurisdiction="FR", document_type="statute", units=found)
    )
    engine.refresh(partition)
    assert units(engine, partition, "harcèlement sexuel", "fr")[0] == "art. 222-33"
    assert units(engine, partition, "viol", "fr")[0] == "art. 222-23"


FIRES = """Section 2 : Des destructions dangereuses pour les personnes

Article 322-5

La destruction involontaire d'un bien appartenant à autrui par l'effet d'un incendie provoqué par un manquement à une \
obligation de prudence est punie d'un an d'emprisonnement. L'incendie de bois est puni de deux ans.

Article 322-6

La destruction d'un bien appartenant à autrui par l'effet d'une substance explosive ou d'un incendie de nature à créer \
un danger pour les personnes est punie de dix ans d'emprisonnement.
"""


def test_what_is_done_without_intent_is_not_the_basic_offence(engine: Engine) -> None:
    partition = f"fires-{uuid4().hex[:8]}"
    found = tuple(find_structure(FIRES, (), document_type="statute", jurisdiction="FR", language="fr"))
    engine.write(partition, made("code", FIRES, language="fr", jurisdiction="FR", document_type="statute", units=found))
    engine.refresh(partition)
    assert units(engine, partition, "incendie criminel", "fr")[0] == "art. 322-6"


AMENDING = """Artículo 19. Introdúcense en la ley N° 5, que crea la unidad contra el lavado de activos, las siguientes \
modificaciones: reemplázase en su artículo 27, sobre lavado de activos, la frase "lavado de activos" por "lavado".

Artículo 20. Modifícase el artículo 2 de la ley N° 6 sobre lavado de activos: agrégase la expresión "lavado de activos".
"""
LAUNDERING = """Artículo 27. El que oculte o disimule el origen ilícito de bienes, a sabiendas de que provienen de un \
delito de lavado de activos, será castigado con presidio mayor.
"""


def test_provisions_that_only_amend_come_behind_the_offence_of_their_country(engine: Engine) -> None:
    partition = f"amending-{uuid4().hex[:8]}"
    for name, text in (("reforma", AMENDING), ("unidad", LAUNDERING)):
        found = tuple(find_structure(text, (), document_type="statute", jurisdiction="CL", language="es"))
        engine.write(
            partition, made(name, text, language="es", jurisdiction="CL", document_type="statute", units=found)
        )
    engine.refresh(partition)
    for query in ("lavado de activos", "lavado de activos en Chile"):
        assert units(engine, partition, query, "es")[0] == "art. 27"


def test_provisions_that_only_amend_come_behind_the_offence_of_other_countries(engine: Engine) -> None:
    partition = f"elsewhere-{uuid4().hex[:8]}"
    for name, text, country in (("reforma", AMENDING, "CL"), ("ley", LAUNDERING, "PE")):
        found = tuple(find_structure(text, (), document_type="statute", jurisdiction=country, language="es"))
        engine.write(
            partition, made(name, text, language="es", jurisdiction=country, document_type="statute", units=found)
        )
    engine.refresh(partition)
    assert units(engine, partition, "lavado de activos", "es")[0] == "art. 27"


REPEALED = """SECCIÓN II: DEFRAUDACIÓN TRIBUTARIA

Artículo 268.- [Derogado]*

Artículo sustituido por el D-L 25859, publicado el 24 de noviembre de 1992. Luego este artículo fue derogado por el \
DL 813, publicado el 20 de abril de 1996.
"""
IN_FORCE = """Artículo 34. El que con engaño dejare de pagar tributos, incurriendo en defraudación tributaria, será \
castigado con la pena de seis meses de prisión a seis años de penitenciaría.
"""


def test_a_repealed_article_comes_behind_those_in_force_of_any_country(engine: Engine) -> None:
    partition = f"repealed-{uuid4().hex[:8]}"
    for name, text, country in (("codigo", REPEALED, "PE"), ("ley", IN_FORCE, "UY")):
        found = tuple(find_structure(text, (), document_type="statute", jurisdiction=country, language="es"))
        engine.write(
            partition, made(name, text, language="es", jurisdiction=country, document_type="statute", units=found)
        )
    engine.refresh(partition)
    assert units(engine, partition, "defraudación tributaria", "es") == ["art. 34", "art. 268"]


@pytest.mark.parametrize(
    ("query", "language", "absent"),
    [
        ("piratería marítima", "es", "PIRACY"), ("enriquecimiento ilícito", "es", "ILLENR"),
        ("enriquecimento ilícito", "pt", "ILLENR"),
        ("stalking", "en", "STALK"), ("stalking offence", "en", "STALK"), ("piraterie maritime", "fr", "PIRACY"),
        ("homicidio", "es", ""), ("theft", "en", ""), ("homicidio reincidencia", "es", ""), ("abuelo", "es", ""),
    ],
)  # fmt: skip
def test_a_concept_that_no_provision_is_about_is_told(
    engine: Engine, laws: str, query: str, language: str, absent: str
) -> None:
    access = AccessFilter("tester", ((laws, frozenset({"law"})),))
    assert retrieve(SearchRequest(query, language=language), access, engine).absent == absent


def test_a_provision_with_words_of_the_name_is_behind_the_offence_of_another_law(engine: Engine) -> None:
    other = (
        "PART II\n\n7. A person who handles, acquires or possesses property that is the proceeds of theft commits "
        "money laundering and is liable on conviction to imprisonment for a term not exceeding fourteen years.\n\n"
        "8. The following are predicate offences: theft, robbery, burglary, theft of cattle, theft of vehicles and "
        "theft from the person.\n"
    )
    partition = f"others-{uuid4().hex[:8]}"
    for name, text, country in (("list", other, "IE"), ("act", ENGLISH, "JM")):
        parts = tuple(find_structure(text, (), document_type="statute", jurisdiction=country, language="en"))
        records = made(name, text, language="en", jurisdiction=country, document_type="statute", units=parts)
        engine.write(partition, records)
    engine.refresh(partition)
    assert units(engine, partition, "theft", "en")[0] == "s. 3"


def test_the_basic_offence_is_shown_from_its_beginning(engine: Engine) -> None:
    further = "\n\n".join(
        f"{number}. Si el homicidio culposo se comete en un homicidio múltiple, la pena del homicidio será de dos a "
        "seis años de prisión e inhabilitación especial por el doble del tiempo de la condena por homicidio."
        for number in range(1, 30)
    )
    text = (
        f"Artículo 5. El que matare a otro será castigado con la pena de ocho a veinte años de prisión.\n\n{further}\n"
    )
    parts = tuple(find_structure(text, (), document_type="statute", jurisdiction="PY", language="es"))
    partition = f"start-{uuid4().hex[:8]}"
    engine.write(
        partition, made("codigo", text, language="es", jurisdiction="PY", document_type="statute", units=parts)
    )
    engine.refresh(partition)
    access = AccessFilter("tester", ((partition, frozenset({"law"})),))
    (hit, *_) = retrieve(SearchRequest("homicidio", language="es"), access, engine).hits
    assert (hit.unit, hit.start) == ("art. 5", 0)


FRENCH_LIST = """Article 90. Escroquerie, abus de confiance et blanchiment : le tribunal de la capitale exerce une \
compétence concurrente pour les délits suivants : 1° l'escroquerie prévue aux articles 313-1, 313-2 et 313-3 ; 2° \
l'abus de confiance prévu aux articles 314-1 et 314-2 ; 3° le blanchiment prévu aux articles 324-1 et 324-2.
"""
FRENCH_OFFENCE = """Article 8. Le fait de tromper une personne par une manœuvre frauduleuse, afin qu'elle remette \
des fonds, est puni de cinq ans d'emprisonnement. Cette escroquerie est jugée par le tribunal correctionnel du lieu où \
les fonds ont été remis, et les biens qui en proviennent sont confisqués au profit de l'État par le jugement.
"""


def test_a_list_of_offences_for_competence_is_behind_the_offence_of_another_law(engine: Engine) -> None:
    partition = f"list-{uuid4().hex[:8]}"
    for name, text in (("procedure", FRENCH_LIST), ("code", FRENCH_OFFENCE)):
        found = tuple(find_structure(text, (), document_type="statute", jurisdiction="FR", language="fr"))
        engine.write(
            partition, made(name, text, language="fr", jurisdiction="FR", document_type="statute", units=found)
        )
    engine.refresh(partition)
    assert units(engine, partition, "escroquerie", "fr") == ["art. 8", "art. 90"]
