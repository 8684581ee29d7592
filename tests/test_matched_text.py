"""The text in which citations are sought, and its offsets."""

import pytest

from nlp.citations.citations import find_citations
from nlp.citations.matched_text import matched_text


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("Lei \nComplementar nº 277", "Lei\nComplementar nº 277"),
        ("the Banks and Deposit  Companies Act", "the Banks and Deposit Companies Act"),
        ("a column     and another", "a column     and another"),
        ("x \n \n  y", "x\n\ny"),
        ("o Regula-\nmento e o decreto-\nlei", "o Regulamento e o decreto-\nlei"),
        ("arti\u00adculo", "articulo"),
        ("artÃ\xadculo 5 de la Ley NÂ° 24.522", "artículo 5 de la Ley N° 24.522"),
        ("DisposiciÃ³n â€œXâ€\x9d", "Disposición “X”"),
        ("NÃO à SÃO PAULO", "NÃO à SÃO PAULO"),
        ("Act No. 7 of 20251 says", "Act No. 7 of 2025 says"),
        ("16 de septiembre de 19381, se crea", "16 de septiembre de 1938, se crea"),
        ("art. 1 ley 19574 y artículo 3 Ley 20123", "art. 1 ley 19574 y artículo 3 Ley 20123"),  # numbers, no years
    ],
)
def test_surplus_spaces_and_damaged_letters_are_left_out(text, matched):
    assert matched_text(text).text == matched


def test_offsets_lead_to_the_original_text():
    text = "El artÃ\xadculo  5 de la \nLey NÂ° 24.522 rige"
    form = matched_text(text)
    for offset, letter in enumerate(form.text):
        if letter != "í":
            assert text[form.original(offset)] in (letter, "Â")
            assert form.matched(form.original(offset)) == offset


@pytest.mark.parametrize(
    ("text", "state", "language", "cited", "value"),
    [
        ("la Lei \nComplementar nº 277/2011.", "BR", "pt", "Lei \nComplementar nº 277/2011", "ref:br:lc:277:2011"),
        ("Ley NÂ° 24.522 rige", "AR", "es", "Ley NÂ° 24.522", "ref:ar:ley:24522"),
        (
            "section 8A of the Banks and Deposit \nCompanies Act 1999 (Act)", "BM", "en",
            "section 8A of the Banks and Deposit \nCompanies Act 1999",
            "ref:bm:act:banks-deposit-companies:1999#s-8a",
        ),
        ("l’article  5  du code   pénal dit", "FR", "fr", "article  5  du code   pénal", "ref:fr:code:penal#art-5"),
    ],
)  # fmt: skip
def test_citations_are_found_across_surplus_spaces(text, state, language, cited, value):
    (span,) = find_citations(text, jurisdiction=state, language=language)
    assert (text[span.start : span.end], span.value) == (cited, value)
