"""Editorial notes in six countries' collections of laws, distinguished from the words of the law."""

from __future__ import annotations

import pytest

from nlp.editorial_notes import RemovedText, gone, is_editorial
from nlp.elements.clauses import clauses
from nlp.elements.provision_elements import split_elements

NOTES = [
    ("es", "Artículo reformado DOF 16-06-2016"),
    ("es", "Artículo adicionado DOF 09-03-1946. Reformado DOF 20-01-1967, 14-01-1985, 13-05-1996, 14-03-2014"),
    ("es", "Párrafo reformado DOF 17-06-2016\n\nArtículo reformado DOF 13-01-1984"),
    ("es", "Fe de erratas al artículo DOF 31-08-1931. Reformado DOF 05-01-1983"),
    ("es", "Denominación del Capítulo reformada DOF 14-02-1940, 14-01-1966, 27-03-2007"),
    ("es", "Artículo y numeral reformado (antes artículo 217 Bis) DOF 12-04-2019"),
    ("es", "Artículo parcialmente derogado DOF 02-08-1974. Derogado DOF 24-12-1991"),
    ("es", "Párrafo reformado DOF 17-06-2016\nReforma DOF 17-06-2016: Derogó del artículo el entonces párrafo segundo"),
    ("es", ".- (Se deroga)."),
    ("es", "ARTICULO 525.- (Se deroga)\nFe de erratas al artículo DOF 13-03-1943. Derogado DOF 16-01-2012"),
    ("es", "Publicado en el Diario Oficial de la Federación el 17 de junio de 2016"),
    ("es", "Artículo modificado por los siguientes dispositivos:*"),
    (
        "es",
        "3. DL 982, publicado el 22 de julio de 2007 (link: bit.ly/3). 4. Ley 30054, publicada el 3 de junio de 2013.",
    ),
    ("es", "2. Ley 32138, publicada el 19 de octubre de 2024. Clic aquí"),
    ("es", "Artículo modificado por el artículo 1 de la Ley 32326, publicada el 9 de mayo de 2025.*"),
    ("es", "Artículo incorporado por el DL 1736, publicado el 12 de febrero de 2026 (link: lpd.pe/zZ78r)*"),
    (
        "es",
        "Fue modificado por el DL 1351, publicado el 7 de enero de 2017 (link: bit.ly/3QvdIya) y modificado por el DL "
        "1695, publicado el 20 de enero de 2026 (link: lpd.pe/zj5Wa).*",
    ),
    (
        "es",
        "Artículo incorporado por el DL 1244, publicado el 29 de octubre de 2016 (link: bit.ly/3), y por el DL 1697, "
        "publicado el el 20 de enero de 2026 (link: lpd.pe/ygb3a)*",
    ),
    ("es", "(*) Numeral adicionado por el Artículo 3 del Decreto Legislativo Nº 983, publicado el 22 julio 2007."),
    ("es", "Artículo 182.- [Derogado]*"),
    (
        "es",
        "Luego este artículo fue derogado por la Ley 28950, publicada el 16 de enero de 2007 (link: bit.ly/3Kqhumg).*",
    ),
    ("es", "CONCORDANCIA: D.S. N° 016-2006-JUS (Normas referidas a extradiciones y traslado de condenados)"),
    ("es", "Redacción dada por: Ley Nº 19.355 de 19/12/2015 artículo 30."),
    ("es", "Texto según Ley Orgánica 1/2015, de 30 de marzo"),
    ("es", "(Artículo derogado por art. 1° de laLey N° 26.734B.O. 28/12/2011)"),
    ("es", "(Capítulo incorporado por art. 1° de la Ley N° 26.268 B.O. 5/7/2007)"),
    ("es", "K) (*)"),
    ("es", "LEGISLACIÓN ANTERIOR []"),
    ("es", "TEXTO CORRESPONDIENTE A []\n\nVigente desde: 24/07/2000 y hasta el: 31/12/2004"),
    ("es", "JURISPRUDENCIA []"),
    ("es", "Texto original de la Ley 599 de 2000:"),
    ("es", "(Vigencia desde el 1° de enero de 2005)"),
    ("pt", "Redação anterior:"),
    ("pt", "(Redação dada pela Lei nº 12.683, de 2012)"),
    ("pt", "(Incluído pela Lei nº 13.964, de 2019) (Vigência)"),
    ("pt", "II - (revogado); (Redação dada pela Lei nº 14.230, de 2021)"),
    ("pt", "Art. 35: (Revogado pela Lei nº 9.520, de 27.11.1997)"),
    ("pt", "§ 1º (Revogado). (Redação dada pela Lei nº 12.961, de 2014)"),
    ("pt", "§ 9º (VETADO). (Incluído pela Lei nº 12.694, de 2012)"),
    ("pt", "Parágrafo único. (Revogado)."),
    ("pt", "(Revogada pela Medida Provisória nº 1.068, de 2021) (Rejeitada)"),
    ("pt", "(Vide ADI 7236)"),
    ("pt", "Este texto não substitui o publicado no DOU de 13.10.1941 e retificado em 24.10.1941"),
    ("en", "195.—F50[…]"),
    ("en", "(5) F12[…]"),
    ("en", "106P.—F196[…]]"),
    ("en", "F12 Substituted (1.01.2010) by Criminal Justice Act 2009 (28/2009), s. 3, S.I. No. 1 of 2010."),
    ("en", "Annotations:"),
    ("fr", "V. – (Abrogé)"),
    ("fr", "5° bis et 5° ter (abrogés)"),
    ("fr", "6° à 10° (dispositions abrogées)."),
    ("fr", "Modifié par LOI n°2016-731 du 3 juin 2016 - art. 84"),
    ("fr", "Article abrogé par l'ordonnance n° 2005-759 du 4 juillet 2005"),
]
LAW = [
    ("es", "Quedan derogadas todas las disposiciones que se opongan a este Decreto."),
    ("es", "Derógase el artículo 223 del Código Penal."),
    ("es", "Artículo reformado DOF 17-06-2016 Se impondrá prisión de dos a seis años."),
    ("es", "La Ley 30077, publicada el 20 de agosto de 2013, se aplica a este delito."),
    ("es", "Esta disposición entrará en vigencia a partir de la promulgación de la presente ley. (*)"),
    ("es", "La jurisprudencia anterior obliga al juez."),
    ("es", "El texto original se conservará en el expediente."),
    ("pt", "Pena - reclusão, de 2 (dois) a 5 (cinco) anos, e multa. (Incluído pela Lei nº 9.983, de 2000)"),
    ("pt", "A reabilitação será revogada, de ofício ou a requerimento do Ministério Público."),
    ("pt", "Feminicídio (Incluído pela Lei nº 14.994, de 2024)"),
    ("en", "F20[(1) A person who does any act in a place outside the State shall be guilty of an offence.]"),
    (
        "en",
        "(2) Section 898F (substituted by section 90 of the Finance Act 2004) of the Act is amended as follows:",
    ),
    ("fr", "Le deuxième alinéa de l'article R. 90 est supprimé."),
    ("fr", "10° Les arrêtés d'expulsion abrogés ou rapportés ;"),
]


@pytest.mark.parametrize(("language", "text"), NOTES)
def test_what_is_nothing_but_an_editor_s(language: str, text: str) -> None:
    assert is_editorial(text, language)


@pytest.mark.parametrize(("language", "text"), LAW)
def test_words_of_the_law_are_none(language: str, text: str) -> None:
    assert not is_editorial(text, language)


@pytest.mark.parametrize(
    ("text", "label", "language", "country", "kind", "line"),
    [
        (
            "Artículo 121\n\n.- (Se deroga).\n\nDerogado DOF 24-12-1991",
            "art. 121",
            "es",
            "MX",
            "repealed",
            ".- (Se deroga).",
        ),
        (
            "Artículo 182.- [Derogado]*\n\nArtículo modificado por la Ley 28251, publicada el 8 de junio de 2004. "
            "Luego este artículo fue derogado por la Ley 28950, publicada el 16 de enero de 2007.*",
            "art. 182",
            "es",
            "PE",
            "repealed",
            "Artículo 182.- [Derogado]*",
        ),
        ("Art. 502. (Revogado pela Lei nº 11.719, de 2008).", "art. 502", "pt", "BR", "repealed", ""),
        ("Art. 7º-A. (VETADO). (Incluído pela Lei nº 13.840, de 2019)", "art. 7º-A", "pt", "BR", "vetoed", ""),
        ("41.—F81[…]", "s. 41", "en", "IE", "repealed", ""),
        ("Article 5\n\n(Abrogé)", "art. 5", "fr", "FR", "repealed", "(Abrogé)"),
    ],
)
def test_a_provision_without_a_word_says_what_became_of_it(
    text: str, label: str, language: str, country: str, kind: str, line: str
) -> None:
    (part,) = split_elements(text, label, language, country)
    assert (part.element, text[part.start : part.end]) == (kind, line or text)
    assert gone(text, language) == RemovedText(kind, part.start, part.end)


def test_no_note_is_a_clause() -> None:
    text = (
        "Art. 121. Matar alguém:\n\nPena - reclusão, de seis a vinte anos. "
        "(Redação dada pela Lei nº 14.994, de 2024)\n\n"
        "§ 1º (Revogado). (Redação dada pela Lei nº 12.961, de 2014)\n\n"
        "§ 2º Se o crime é culposo, a pena é de detenção.\n\n"
        "(Vide ADI 7236)"
    )
    found = [text[one.start : one.end] for one in clauses(text, "art. 121", "pt", "BR")]
    assert found == [
        "Matar alguém:",
        "Pena - reclusão, de seis a vinte anos.",
        "§ 2º Se o crime é culposo, a pena é de detenção.",
    ]


def test_notes_before_the_words_of_a_provision_are_no_part_of_its_clause() -> None:
    text = (
        "Art. 246.\n\n(\nL. 13 février 2011\n) (\nL. du 12 mars 2020\n) Sera puni qui reçoit.\n\nSera puni qui donne.\n"
    )
    found = [text[one.start : one.end].strip() for one in clauses(text, "art. 246", "fr", "LU")]
    assert found == ["Sera puni qui reçoit.", "Sera puni qui donne."]


@pytest.mark.parametrize(
    "note",
    [
        "(Artículo sustituido por art. 9° de la Ley N° 99.111 B.O. 3/4/2009. Vigencia: a los noventa (90) días de su "
        "publicación. Hasta entonces rige el texto anterior)",
        "(Inciso incorporado por art. 2° del Anexo I de la Ley N° 99.222 B.O. 3/4/2009)",
        "(Nota Infonormas: por art. 4 de la Ley N° 99.333 se fija otro monto. Rige desde 2010)",
    ],
)
def test_notes_of_several_sentences_are_no_clauses(note: str) -> None:
    text = f"ARTICULO 12. - Será reprimido con multa de mil pesos el que destruyere un registro.\n{note}"
    (one,) = clauses(text, "art. 12", "es", "AR")
    assert text[one.start : one.end].endswith("un registro.")
