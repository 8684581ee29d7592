"""Signs of ordinals in words read by OCR, by the language of the page."""

import pytest

from extraction.layout.ocr_ordinals import with_ordinals


@pytest.mark.parametrize(
    ("language", "recognised", "corrected"),
    [
        (
            "es",
            "Decreto N°6174/INT./2023, art. 2°, DNI N° 16.685.486",
            "Decreto Nº6174/INT./2023, art. 2º, DNI Nº 16.685.486",
        ),
        ("es", "períodos: 01°/2018 a 12°/2018, D.L. n.° 7", "períodos: 01º/2018 a 12º/2018, D.L. n.º 7"),
        ("es", 'CUIT N*20-08090430-5 y N"30', "CUIT Nº20-08090430-5 y Nº30"),
        ("es", "Resolución N? 10378 y Anexo n? 25", "Resolución Nº 10378 y Anexo nº 25"),
        ("es", "2.° Que en la 2a instancia", "2.º Que en la 2ª instancia"),
        ("pt", "Lei no 8.078, art. 5o, § 1o, e art. 368.°-A", "Lei nº 8.078, art. 5º, § 1º, e art. 368.º-A"),
        ("pt", "os itens 1° e 2° ou 3° O réu", "os itens 1º e 2º ou 3º O réu"),
        ("pt", "1° de janeiro, 3* Vara Cível", "1º de janeiro, 3ª Vara Cível"),
        ("fr", "loi nº 2020-1 du 3 mai, 1º alinéa et 2º", "loi n° 2020-1 du 3 mai, 1° alinéa et 2°"),
    ],
)
def test_the_language_decides_the_sign(language: str, recognised: str, corrected: str) -> None:
    assert " ".join(with_ordinals(recognised.split(), language)) == corrected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "a 25 °C y 25°C, 12.5°, 3° O, 40° N"),
        ("es", "a 40° 26' de latitud, una temperatura de 40°, un ángulo de 45°"),
        ("pt", "uma inclinação de 15°, 30° C., 12° de longitude"),
        ("fr", "un angle de 45° et 48° 51' nord"),
        ("es", "¿Hay zona N? No."),
        ("es", "no 5 días, y no 3; vitamina a 10o"),
        ("pt", "não 5* nem 100a"),
        ("en", "No. 5, 40° and 3º"),
        ("", "N° 5, art. 2° y 3º"),
    ],
)
def test_degrees_and_other_words_stay(language: str, text: str) -> None:
    assert " ".join(with_ordinals(text.split(), language)) == text
