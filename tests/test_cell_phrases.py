"""Words of who, conduct, object and state of mind of single offences; all texts are invented."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from nlp.elements.penalties import find_penalties
from nlp.elements.provision_elements import provision_elements

_HEAD = {"es": "Artículo 7.", "fr": "Article 7", "en": "7. Offence", "pt": "Art. 7º"}
_LABEL = {"es": "art. 7", "fr": "art. 7", "en": "s. 7", "pt": "art. 7º"}
_PUNISHED = {
    "es": "será castigado con prisión de dos años",
    "fr": "est puni de deux ans d'emprisonnement",
    "en": "shall be liable to a fine",
    "pt": "é punido com prisão até dois anos",
}

OBJECTS = [  # (language, act, objects)
    ("es", "El que amenaza o intimida a una persona", ["una persona"]),
    ("es", "Quien produce, almacena, distribuye o vende bebidas adulteradas", ["bebidas adulteradas"]),
    ("es", "El que ponga en peligro inminente la vida de otro", ["la vida de otro"]),
    ("es", "Quien haga imposible el paso de trenes", ["el paso de trenes"]),
    ("es", "El que sin autorización expresa exhiba un registro de imágenes", ["un registro de imágenes"]),
    ("es", "El que con el mismo fin realice cualquier acto de disposición", ["cualquier acto de disposición"]),
    ("es", "Quien, en un procedimiento, presente a la autoridad una relación de bienes", ["una relación de bienes"]),
    ("es", "El que destruya un cadáver", ["un cadáver"]),
    ("pt", "Quem fabrica, armazena ou vende arma proibida", ["arma proibida"]),
    ("pt", "Quem põe em perigo iminente a vida de outrem", ["a vida de outrem"]),
    ("pt", "Quem destruir ou ocultar cadáver", ["cadáver"]),
    ("pt", "Quem vender mercadoria imprópria para consumo", ["mercadoria imprópria para consumo"]),
    ("fr", "Quiconque aura, de quelque manière que ce soit, exploité la mendicité d'autrui", ["la mendicité d'autrui"]),
    ("fr", "Quiconque aura importé ou mis en circulation des objets volés", ["des objets volés"]),
    ("fr", "Quiconque aura apporté son concours à une opération de placement", ["une opération de placement"]),
    ("fr", "Le fait de prolonger indûment la durée d'une détention", ["la durée d'une détention"]),
    ("en", "Any person who puts into circulation any counterfeit goods", ["any counterfeit goods"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "act", "objects"), OBJECTS, ids=[row[1][:40] for row in OBJECTS])
def test_objects_are_whole_noun_phrases(language: str, act: str, objects: list[str]) -> None:
    assert _words("object", language, f"{act} {_PUNISHED[language]}.") == objects


AIMS = [  # (language, act, states of mind, objects)
    ("es", "El que fabrique con fin de lucro un dispositivo", ["con fin de lucro"], ["un dispositivo"]),
    ("es", "El que revelare los secretos de que tenga conocimiento por su oficio", [],
     ["los secretos de que tenga conocimiento por su oficio"]),
    ("fr", "Le fait, en vue de nuire à la défense, d'entraver le mouvement des trains", ["en vue de nuire à la défense"],
     ["le mouvement des trains"]),
    ("fr", "Le fait de recueillir, en vue de les livrer à une puissance étrangère, des renseignements",
     ["en vue de les livrer à une puissance étrangère"], ["des renseignements"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "act", "aims", "objects"), AIMS, ids=[row[1][:40] for row in AIMS])
def test_aims_end_where_the_act_goes_on(language: str, act: str, aims: list[str], objects: list[str]) -> None:
    text = f"{act} {_PUNISHED[language]}."
    assert (_words("mental_element", language, text), _words("object", language, text)) == (aims, objects)


OFFENDERS = [  # (text, offenders)
    ("(1) The holder of a licence commits an offence if the holder fails to keep a register.\n\n(2) A person who commits "
     "an offence under this section is liable to a fine.", ["The holder of a licence"]),
    ("(1) A child commits an offence who refuses a name.\n\n(2) A child guilty of an offence under this section is liable "
     "to a fine.", ["A child"]),
    ("A company which fails to keep a register is guilty of an offence and liable to a fine.", ["A company"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "offenders"), OFFENDERS, ids=[row[1][0] for row in OFFENDERS])
def test_offenders_are_named_without_the_offence(text: str, offenders: list[str]) -> None:
    assert _words("subject", "en", text) == offenders


def test_a_rule_on_offences_committed_abroad_names_no_offender() -> None:
    text = (
        "1. El que adquiera bienes robados será castigado con prisión de seis meses.\n\n2. El culpable será igualmente "
        "castigado aunque el delito del que provinieren los bienes se hubiese cometido en el extranjero."
    )
    assert _words("subject", "es", text) == ["El que"]


def test_the_items_behind_a_verb_are_its_objects() -> None:
    text = "Falsificar, fabricando-os ou alterando-os:\n\nI - selo público;\n\nII - vale postal:\n\nPena - reclusão, de dois anos."
    assert _words("object", "pt", text) == ["selo público", "vale postal"]


def test_an_act_goes_on_behind_a_semicolon() -> None:
    text = "Subtrair aparelho de salvamento; ou impedir ou dificultar serviço de tal natureza:\n\nPena - reclusão, de dois anos."
    assert _words("object", "pt", text) == ["aparelho de salvamento", "serviço de tal natureza"]


def test_measures_to_mitigate_a_risk_mitigate_no_penalty() -> None:
    text = "A bank shall apply measures to manage and mitigate the risk of laundering. A bank which fails to do so is guilty of an offence and liable to a fine."
    assert not _words("mitigation", "en", text)


def _words(element: str, language: str, body: str) -> list[str]:
    text = f"{_HEAD[language]}\n\n{body}"
    return [
        text[part.start : part.end]
        for part in provision_elements(text, _LABEL[language], language, "BR" if language == "pt" else "")
        if part.element == element
    ]


FORMS = [  # (language, country, text, elements in order)
    ("es", "ES", "El que queme un bosque será castigado con prisión de dos años.\n\nSi el hecho se cometiere por culpa, se "
     "impondrá multa de cien euros.", ["subject", "conduct", "object", "penalty", "negligent_form"]),
    ("pt", "BR", "Causar incêndio:\n\nPena - reclusão, de três a seis anos.\n\nParágrafo único - Se o crime é culposo:\n\n"
     "Pena - detenção, de um a dois anos.", ["conduct", "object", "penalty", "negligent_form", "negligent_form"]),
    ("fr", "FR", "Quiconque cause un incendie est puni de dix ans d'emprisonnement.\n\nSi l'incendie est causé par imprudence, "
     "la peine est d'un an d'emprisonnement.", ["subject", "conduct", "object", "penalty", "negligent_form"]),
    ("en", "IE", "A person who causes a fire is liable to imprisonment for ten years.\n\nWhere the fire is caused by "
     "negligence, the person is liable to imprisonment for one year.", ["subject", "conduct", "object", "penalty", "negligent_form"]),
    ("es", "ES", "El que lesione a otro será castigado con prisión de un año.\n\nSi por imprudencia resultare la muerte, la "
     "pena será de prisión de tres años.", ["subject", "conduct", "object", "penalty", "aggravation"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "country", "text", "elements"), FORMS, ids=[row[2][:30] for row in FORMS])
def test_a_lesser_penalty_for_negligence_is_a_form_of_its_own(
    language: str, country: str, text: str, elements: list[str]
) -> None:
    parts = provision_elements(f"{_HEAD[language]}\n\n{text}", _LABEL[language], language, country)
    assert [part.element for part in parts] == elements


def test_an_act_named_behind_the_predicate_is_conduct() -> None:
    text = (
        "Con las mismas penas se sancionará, según los casos, la ocultación de la verdadera naturaleza de los bienes."
    )
    assert _words("object", "es", text) == ["la verdadera naturaleza de los bienes"]


DEGREES = [  # (words, months) in Chile
    ("presidio menor en su grado medio", [(18, 36)]),
    ("presidio mayor en sus grados mínimo a medio", [(60, 180)]),
    ("presidio menor en su grado máximo a presidio mayor en su grado mínimo", [(36, 120)]),
    ("presidio o reclusión menores en sus grados mínimo a medio", [(2, 36)]),
    ("reclusión menor en cualquiera de sus grados", [(2, 60)]),
    ("presidio mayor en cualquiera de sus grados", [(60, 240)]),
    ("presidio mayor en su grado máximo a presidio perpetuo calificado", [(180, 240), (None, None)]),
]


@pytest.mark.parametrize(("words", "months"), DEGREES, ids=[row[0] for row in DEGREES])
def test_degrees_have_the_years_of_the_table_of_their_code(words: str, months: list[tuple[float, float]]) -> None:
    found = find_penalties(f"será castigado con {words}", "es", "CL")
    assert [(one.least, one.most) for one in found] == months
    assert found[0].by == "Código Penal, art. 56"


def test_degrees_of_a_country_without_a_table_are_named_without_years() -> None:
    found = find_penalties("presidio mayor en cualquiera de sus grados", "es", "HN")
    assert [(one.kind, one.unit, one.by) for one in found] == [("imprisonment", "", "")]


def test_a_raised_penalty_of_a_negligent_offence_is_no_negligent_form() -> None:
    text = (
        "Quien causare lesiones por culpa será sancionado con prisión de dos años.\n\nSi el delito culposo fuere "
        "ejecutado en estado de ebriedad, se impondrá, además, una multa de trescientos quetzales."
    )
    assert _words("aggravation", "es", text)
    assert not _words("negligent_form", "es", text)


CLAUSES = [  # (language, act, object)
    ("es", "Quien destruya un registro en el que consten derechos", "un registro en el que consten derechos"),
    ("fr", "Quiconque détruit un registre dans lequel sont inscrits des biens", "un registre dans lequel sont inscrits des biens"),
    ("en", "Any person who uses a container in which petroleum was stored", "a container in which petroleum was stored"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "act", "phrase"), CLAUSES, ids=[row[0] for row in CLAUSES])
def test_a_clause_with_a_preposition_belongs_to_its_noun(language: str, act: str, phrase: str) -> None:
    assert _words("object", language, f"{act} {_PUNISHED[language]}.") == [phrase]


def test_items_with_ordinal_numbers_belong_to_the_offender_above_them() -> None:
    text = "Serán sancionados con prisión de un año, quienes:\n1o. Propaguen o fomenten doctrinas violentas.\n2o. Ejecuten actos de sabotaje."
    assert _words("object", "es", text) == ["doctrinas violentas", "actos de sabotaje"]


JOINED = [  # (language, act, objects): verbs joined behind an object, pronouns like articles, places before an object
    ("es", "El que retenga a un menor o lo oculte contra su voluntad", ["un menor"]),
    ("es", "El que introduzca al mercado productos peligrosos", ["productos peligrosos"]),
    ("pt", "Quem se apropriar de dinheiro ou o desviar em proveito próprio", ["dinheiro"]),
    ("pt", "Quem, sem autorização, aceder a um sistema informático", ["um sistema informático"]),
    ("pt", "Quem introduzir no mercado produtos perigosos", ["produtos perigosos"]),
    ("pt", "Quem impedir outrem de exercer um direito político", ["outrem"]),
    ("fr", "Quiconque fait une déclaration inexacte ou remet un document falsifié", ["une déclaration inexacte", "un document falsifié"]),
    ("fr", "Quiconque prive une personne de sa liberté ou la retient contre son gré", ["une personne de sa liberté"]),
    ("fr", "Quiconque, ayant la garde d'un détenu, favorise son évasion", ["son évasion"]),
    ("fr", "Quiconque introduit sur le territoire national des déchets dangereux", ["des déchets dangereux"]),
    ("en", "A person who obstructs an inspector, furnishes false returns or conceals goods", ["an inspector", "false returns", "goods"]),
    ("en", "A person who keeps any house, rooms or premises", ["any house, rooms or premises"]),
    ("en", "A person who in any public place uses abusive words or behaviour", ["abusive words or behaviour"]),
    ("en", "A person who destroys property belonging to another", ["property belonging to another"]),
    ("en", "A person who alters any book of a company", ["any book of a company"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "act", "objects"), JOINED, ids=[row[1][:40] for row in JOINED])
def test_verbs_joined_behind_an_object_have_their_own(language: str, act: str, objects: list[str]) -> None:
    assert _words("object", language, f"{act} {_PUNISHED[language]}.") == objects


def test_an_act_begins_behind_the_state_of_mind_that_follows_its_offender() -> None:
    text = "Quiconque, dans l'intention de nuire, altère ou supprime des données est puni d'un an d'emprisonnement."
    assert _words("object", "fr", text) == ["des données"]


def test_an_offender_of_one_word_leads_a_list() -> None:
    text = "Quem:\na) Fabricar documento falso;\nb) Usar documento falsificado;\né punido com prisão até três anos."
    assert _words("subject", "pt", text) == ["Quem"]


@pytest.mark.parametrize(
    ("language", "text", "subject"),
    [
        ("en", "Any director who causes a company to pay a dividend is guilty of an offence and liable to a fine.", "Any director"),
        ("pt", "Quem alojar pessoa para fins de exploração é punido com prisão.", "Quem"),
        ("es", "El que venda productos exentos de impuestos será sancionado con prisión de dos años.", "El que"),
    ],
)  # fmt: skip
def test_an_offence_may_name_companies_purposes_and_exemptions(language: str, text: str, subject: str) -> None:
    assert _words("subject", language, text) == [subject]
