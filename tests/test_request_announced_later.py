"""What a letter announces for later is no request and no manner of execution; the labels of its annexes are whole."""

from __future__ import annotations

import pytest
from test_request_wishes import found, reading

from app.requests.written_values import person_in

LATER = [
    (
        "es",
        "En su oportunidad, el decomiso y la restitución de los bienes al Estado, que se pedirán por separado.",
    ),
    ("es", "El decomiso de los bienes se solicitará por separado en su momento."),
    ("es", "La extradición del imputado se pedirá oportunamente mediante solicitud aparte."),
    ("pt", "O perdimento dos bens será pedido oportunamente, em carta separada."),
    ("pt", "A extradição do investigado será solicitada em separado."),
    ("en", "Confiscation of the assets will be requested separately in due course."),
    ("en", "A request for the extradition of the accused will follow separately."),
    ("fr", "La confiscation des biens fera l'objet d'une demande distincte."),
    ("fr", "L'extradition de l'intéressé sera demandée ultérieurement."),
    ("fr", "Le gel du compte 12345678 sera sollicité en temps utile par une demande séparée."),
]


@pytest.mark.parametrize(("language", "words"), LATER)
def test_what_is_announced_for_later_is_not_asked(language: str, words: str) -> None:
    read = reading(language, words)
    assert found(read, "measures", "measure") == ["hearing_witness"]
    assert not read.fields.get("special_procedure")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Se solicita que la declaración se reciba bajo juramento y por separado de los demás testigos."),
        ("en", "The statement should be taken on oath, separately from those of the other witnesses."),
        ("fr", "Il est demandé que l'audition soit enregistrée séparément en vidéo."),
    ],
)
def test_manner_that_is_separate_stays_one(language: str, words: str) -> None:
    assert reading(language, words).fields.get("special_procedure")


LABELS = [
    (
        "es",
        "Se acompañan: Anexo I, texto de los artículos 248, 250 y 301 del Código Penal; Anexo II, auto de 1 de "
        "septiembre de 2024.",
        [
            "Anexo I, texto de los artículos 248, 250 y 301 del Código Penal",
            "Anexo II, auto de 1 de septiembre de 2024",
        ],
    ),
    (
        "es",
        "Se adjuntan el Anexo I (texto de los artículos 248 y 250 del Código Penal) y el Anexo II (auto de prisión).",
        ["Anexo I (texto de los artículos 248 y 250 del Código Penal)", "Anexo II (auto de prisión)"],
    ),
    (
        "pt",
        "Junta-se: Anexo I, cópia da acusação; Anexo II, texto dos artigos 217.º e 218.º do Código Penal.",
        ["Anexo I, cópia da acusação", "Anexo II, texto dos artigos 217.º e 218.º do Código Penal"],
    ),
    (
        "en",
        "Enclosures: Annex 1, list of questions; Annex 2, copy of the warrant.",
        ["Annex 1, list of questions", "Annex 2, copy of the warrant"],
    ),
    (
        "fr",
        "Sont joints : Annexe I, texte des articles 313-1 et 324-1 du code pénal ; Annexe II, ordonnance du 1er "
        "septembre 2024.",
        ["Annexe I, texte des articles 313-1 et 324-1 du code pénal", "Annexe II, ordonnance du 1er septembre 2024"],
    ),
    (
        "es",
        "Anexos: 1) Anexo I, interrogatorio; 2) Anexo II, copia de la denuncia.",
        ["Anexo I, interrogatorio", "Anexo II, copia de la denuncia"],
    ),
    (
        "pt",
        "\n\nANEXOS\nI – cópia da denúncia\nII – cópia do mandado de busca",
        ["cópia da denúncia", "cópia do mandado de busca"],
    ),
]


@pytest.mark.parametrize(("language", "words", "labels"), LABELS)
def test_label_of_an_annex_has_its_number(language: str, words: str, labels: list[str]) -> None:
    assert found(reading(language, words), "annexes", "label") == labels


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Jean Dupont · mis en examen", "accused"),
        ("Jean Dupont · prévenu", "accused"),
        ("Jean Dupont · personne poursuivie", "accused"),
        ("Juan Paz · imputado", "accused"),
        ("Juan Paz · acusado", "accused"),
        ("João Paz · réu", "accused"),
        ("João Paz · arguido", "accused"),
        ("John Peace · defendant", "accused"),
        ("Juana Paz · investigada", "suspect"),
    ],
)
def test_words_for_roles_of_other_stages_and_genders(written: str, role: str) -> None:
    assert person_in(written)["role"] == role
