"""Words of who, conduct, object and state of mind of single offences; all texts are invented."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

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
