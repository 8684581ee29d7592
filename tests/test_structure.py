"""Structure of legislation: short invented acts in national styles, with the expected labels."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.document import Block, BlockKind
from nlp.annotations import Reading, Unit
from nlp.citations.identity import provision_identity
from nlp.structure.legislation import find_legislation
from nlp.structure.structure import find_structure, provisions


def labels(text: str, language: str, jurisdiction: str = "") -> list[str]:
    return [
        unit.label
        for unit in find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    ]


ARTICLES = [
    (
        "es",
        "ES",
        "Artículo 301. Objeto.\n1. Uno es uno.\n2. Dos:\na) Letra;\nb) otra.\nArtículo 302.\nEl que falte.",
        ["art. 301", "art. 301.1", "art. 301.2", "art. 301.2 letra a)", "art. 301.2 letra b)", "art. 302"],
    ),
    (
        "es",
        "MX",
        "Artículo 400 Bis.- Se impondrá pena:\nI. Adquiera;\nII. Oculte.\nArtículo 400 Ter.- Otra.",
        ["art. 400 bis", "art. 400 bis fracción I", "art. 400 bis fracción II", "art. 400 ter"],
    ),
    (
        "es",
        "MX",
        "Artículo 9o.- Uno.\nTRANSITORIOS\nPRIMERO.- Entra en vigor.\nSEGUNDO.- Se deroga.",
        ["art. 9", "TRANSITORIOS", "art. 1 transitorio", "art. 2 transitorio"],
    ),
    (
        "es",
        "CO",
        "ARTÍCULO PRIMERO. Créase.\nPARÁGRAFO 1o. Uno.\nARTÍCULO SEGUNDO. Rige.",
        ["art. 1", "art. 1 parágrafo 1", "art. 2"],
    ),
    (
        "fr",
        "BE",
        "Art. 417/11.[1 Le viol est puni.]1\nArt. 417/12. L'inceste.\nArt. 433quater/3. La mendicité.",
        [
            "art. 417/11",
            "art. 417/11 alinéa 1",
            "art. 417/12",
            "art. 417/12 alinéa 1",
            "art. 433 quater/3",
            "art. 433 quater/3 alinéa 1",
        ],
    ),
    (
        "fr",
        "BE",
        "Art. 197. Un.\nArt. 198. Deux.\nTITRE IX. - DISPOSITIONS TRANSITOIRES\nArt. I. Trois.\nArt. II. Quatre.",
        [
            "art. 197",
            "art. 197 alinéa 1",
            "art. 198",
            "art. 198 alinéa 1",
            "TITRE IX",
            "art. I",
            "art. I alinéa 1",
            "art. II",
            "art. II alinéa 1",
        ],
    ),
    (
        "es",
        "CL",
        "§ IV. De la tortura y otros tratos\nArtículo 150 A\n\nART. 150 A.-\n\nEl que torture.\n\nArtículo 151\n\n"
        "ART. 151.\n\nEl que falte.",
        ["§ IV", "art. 150 A", "art. 151"],
    ),
    (
        "es",
        "CL",
        'LEY NÚM. 21.180\nHa dado su aprobación al siguiente Proyecto de ley:\n"Artículo 1º.- Elimínase "esto".\n'
        "Artículo 2º.- Intercálase.\nArtículo 3º.- Agrégase.",
        ["preámbulo", "art. 1", "art. 2", "art. 3"],
    ),
    (
        "es",
        "CO",
        "LEY 25 DE 1990. DECRETA: ARTÍCULO 1o. Apruébase. ARTÍCULO 2o. Reglaméntese. ARTÍCULO 3o. Rige.",
        ["preámbulo", "art. 1", "art. 2", "art. 3"],
    ),
    (
        "es",
        "CO",
        "Artículo 8. Uno.\nLEGISLACIÓN ANTERIOR []\nArtículo 8. Otro.\n"
        "Vigente desde: 20/01/2014 y hasta el: 18/07/2017\n"
        "Artículo 9. Tres.\nTexto original:\nArtículo 9. Antes.\nArtículo 10. Cuatro.",
        ["art. 8", "art. 8 [2014-01-20/2017-07-18]", "art. 9", "art. 9 [texto anterior]", "art. 10"],
    ),
    (
        "es",
        "PE",
        "Título I (Artículo 8 al 10)\nArtículo 8.- Uno.(*)\n\n"
        "(*) Artículo modificado por el Artículo 1 de la Ley N° 28730, publicada el 13 mayo 2006, cuyo texto es el "
        'siguiente:\n\n"Artículo 8.- Dos."(*)\n\n(*) Artículo modificado por el Artículo Único de la Ley Nº 29819, '
        "publicada el 27.12.11, en los términos siguientes:\n\nRúbrica del artículo\n\n"
        '"Artículo 8.- Tres."\n\n"Artículo 8-A.- Cuatro."(*)\n\n'
        "(*) Artículo incorporado por el Artículo 2 de la Ley Nº 30076, publicada el 19 agosto 2013.\n\n"
        "Artículo 9.- Modifícase el artículo 5, que queda redactado así:\n\n"
        '"Artículo 5.- Cinco."\n\nArtículo 10.- Rige.',
        [
            "Título I",
            "art. 8 [../2006-05-13]",
            "art. 8 [2006-05-14/2011-12-27]",
            "art. 8",
            "art. 8-A",
            "art. 9",
            "«art. 5»",
            "art. 10",
        ],
    ),
    (
        "es",
        "PE",
        "Artículo 1.- Uno.(*)\n\n(*) Artículo modificado por la Ley N° 5, publicada el 31 febrero 2006, cuyo texto es "
        'el siguiente:\n\n"Artículo 1.- Dos."\n\nArtículo 2.- Tres.',
        ["art. 1", "art. 1", "art. 2"],
    ),
    (
        "pt",
        "PT",
        "Artigo 1.º\nUm.\nCapítulo II\nDisposições finais e transitórias\nArtigo 2.º\nDois.\nAnexo\n"
        "(a que se refere o artigo 2.º)\nArtigo 1.º\nTrês.\nArtigo 2.º\nQuatro.",
        ["art. 1.º", "Capítulo II", "art. 2.º", "Anexo", "anexo art. 1", "anexo art. 2"],
    ),
    (
        "pt",
        "BR",
        "Art. 1º Ocultar bens:\nPena - reclusão.\n§ 1º Incorre quem:\nI - adquire;\nII - move:\n"
        "a) sempre;\nParágrafo único. Não.\nArt. 10. Fim.",
        [
            "art. 1º",
            "art. 1º § 1º",
            "art. 1º § 1º inciso I",
            "art. 1º § 1º inciso II",
            "art. 1º § 1º inciso II alínea a)",
            "art. 1º parágrafo único",
            "art. 10",
        ],
    ),
    (
        "pt",
        "PT",
        "Artigo 368.º-A\nBranqueamento\n1 - Para efeitos:\na) Lenocínio;\n2 - Quem converter.\n"
        "Artigo 369.º\nDenegação\n1 - O funcionário.",
        [
            "art. 368.º-A",
            "art. 368.º-A n.º 1",
            "art. 368.º-A n.º 1 alínea a)",
            "art. 368.º-A n.º 2",
            "art. 369.º",
            "art. 369.º n.º 1",
        ],
    ),
    (
        "en",
        "TT",
        "7. (1) A person who—\n(a) conceals; or\n(b) moves,\ncommits an offence.\n(2) Subject to this.\n"
        "8. This Act binds.",
        ["s. 7", "s. 7(1)", "s. 7(1)(a)", "s. 7(1)(b)", "s. 7(2)", "s. 8"],
    ),
    (
        "fr",
        "FR",
        "Article L. 132-1\n\nLe fait est puni.\n\nLa peine est doublée :\n\n1° En bande ;\n\nArticle L132-2\n\nIdem.",
        [
            "art. L. 132-1",
            "art. L. 132-1 alinéa 1",
            "art. L. 132-1 alinéa 2",
            "art. L. 132-1 1°",
            "art. L. 132-2",
            "art. L. 132-2 alinéa 1",
        ],
    ),
]


@pytest.mark.parametrize(("language", "jurisdiction", "text", "expected"), ARTICLES)
def test_labels_are_written_in_the_way_of_the_country(
    language: str, jurisdiction: str, text: str, expected: list[str]
) -> None:
    assert labels(text, language, jurisdiction) == expected


def test_an_article_quoted_by_an_amending_law_is_no_article_of_that_law() -> None:
    text = (
        "Artículo 1. El artículo 5 quedará redactado así:\n«Artículo 5. Nuevo texto.\nArtículo 6. Otro.»\n"
        "Artículo 2. Entra en vigor."
    )
    units = find_structure(text, language="es")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1", "art. 2"]
    quoted = [(unit.label, unit.path) for unit in units if unit.kind == "quoted_article"]
    assert quoted == [("«art. 5»", ("art. 1",)), ("«art. 6»", ("art. 1",))]


def test_path_holds_the_headings_above() -> None:
    text = "TÍTULO XIII\nDe los delitos contra el patrimonio\nCAPÍTULO XIV\nDe la receptación\nArtículo 301. Texto."
    article = find_structure(text, language="es")[-1]
    assert article.path == ("TÍTULO XIII De los delitos contra el patrimonio", "CAPÍTULO XIV De la receptación")


def test_provisions_cover_the_text_without_overlap() -> None:
    text = "LEY\nTÍTULO I\nNormas\nArtículo 1. Uno.\nTÍTULO II\nOtras\nArtículo 2. Dos."
    found = provisions(find_structure(text, language="es"))
    assert [unit.label for unit in found] == ["preámbulo", "art. 1", "art. 2"]
    assert [(a.end, b.start) for a, b in pairwise(found) if a.end != b.start] == []


def nested(units: tuple[Unit, ...]) -> bool:
    open_units: list[Unit] = []
    for unit in units:
        while open_units and open_units[-1].end <= unit.start:
            open_units.pop()
        if open_units and unit.end > open_units[-1].end:
            return False
        open_units.append(unit)
    return True


@pytest.mark.parametrize(("language", "jurisdiction", "text", "expected"), ARTICLES)
def test_units_nest(language: str, jurisdiction: str, text: str, expected: list[str]) -> None:
    units = find_structure(text, language=language, jurisdiction=jurisdiction)
    assert len(units) == len(expected)
    assert nested(units)


OTHER_FORMS = [
    ("es", "PE", "TÍTULO PRELIMINAR\nArtículo I. Objeto\nUno.\nArtículo Vlll. Prueba:\nDos.\nLIBRO PRIMERO\n"
     "Artículo 1.- Acción.\nTres.\nDISPOSICIONES COMPLEMENTARIAS FINALES\nPRIMERA. Vigencia\nRige.\nÚNICA. Fin\nEs.",
     ["TÍTULO PRELIMINAR", "art. I", "art. VIII", "LIBRO PRIMERO", "art. 1",
      "DISPOSICIONES COMPLEMENTARIAS FINALES", "disposición complementaria final primera",
      "disposición complementaria final única"]),
    ("es", "ES", "Artículo 5. Cinco.\nDisposición adicional primera. Régimen.\nSe aplica.\n"
     "Disposición transitoria única.\nSigue.",
     ["art. 5", "disposición adicional primera", "disposición transitoria única"]),
    ("es", "MX", "Artículo 5.- Uno. Artículo reformado DOF 23-12-1974 ARTICULO 6.- Dos. CAPITULO II Robo\n"
     "Artículo 8.- Tres.",
     ["art. 5", "art. 6", "CAPITULO II", "art. 8"]),
    ("es", "MX", "Artículo 1.- Uno.\nArtículo 2.- Dos.\nArtículo 3.- Tres.\nTRANSITORIOS\nÚNICO.- Entra.\n"
     "México, D.F., a 3 de mayo de 2007.- Rúbrica.\nDECRETO por el que se reforma la ley.\nArtículo Segundo\n"
      "Se reforma.",
     ["art. 1", "art. 2", "art. 3", "TRANSITORIOS", "art. único transitorio", "cierre", "DECRETO", "art. 2 decreto"]),
    ("es", "MX", "ARTICULO 16.- Serán legalizados conforme a las ARTICULO 17.- Dos, según el ARTICULO 3.- citado.\n"
     "ARTICULO 18.- Tres.",
     ["art. 16", "art. 17", "art. 18"]),
    ("es", "MX", "Artículo 46\n. La responsabilidad será conforme a lo señalado Artículo 47. Los sentenciados podrán.\n"
     "Artículo 48. Lo previsto en el Artículo 49. No.\nArtículo 50. Fin.",
     ["art. 46", "art. 47", "art. 48", "art. 50"]),
    ("es", "PE", "Artículo 1.- Uno.\nArtículo 2.- Dos.\nArt. 1 MODIFICADO por el Art. 3 del D.L. Nº 983",
     ["art. 1", "art. 2"]),
    ("es", "PE", "Artículo 129-N.- Uno.\nArtículo 129-Ñ.- Dos.\nArtículo 129-O.- Tres.",
     ["art. 129-N", "art. 129-Ñ", "art. 129-O"]),
    ("es", "CL", "Artículo 411 quáter.- Uno.\nArtículo 412.- Dos.\nArtículos transitorios\nArtículo 1.- Rige.",
     ["art. 411 quáter", "art. 412", "Artículos transitorios", "art. 1 transitorio"]),
    ("es", "AR", "ARTICULO 2º — Comuníquese.\nART. 210 bis - Otro.", ["art. 2", "art. 210 bis"]),
    ("es", "", "Artícu1o 1. Uno.\nArt1culo 2. Dos.", ["art. 1", "art. 2"]),
    ("es", "", "### **Artículo 1**\nUno.\n**Artículo 2.-** (Derogado)\n"
     "\f Artículo 3.- Tres.", ["art. 1", "art. 2", "art. 3"]),
    ("pt", "BR", "Art. 1.014. Um.\nArt. 1.015. Dois.\nArt. 2o-A. Três.", ["art. 1014", "art. 1015", "art. 2º-A"]),
    ("pt", "BR", "Homicídio simples\nArt. 121. Matar alguém:\nPena.\nInfanticídio\nArt. 123 - Matar:\n§ 1o-A Não.",
     ["art. 121", "art. 123", "art. 123 § 1º-A"]),
    ("fr", "BE", "Art. 433quinquies. Un.\n§ 1er. Deux.\n§ 2. Trois.\nArt. 433sexies. Quatre.",
     ["art. 433 quinquies", "art. 433 quinquies alinéa 1", "art. 433 quinquies § 1", "art. 433 quinquies § 2",
      "art. 433 sexies", "art. 433 sexies alinéa 1"]),
    ("fr", "LU", "Art. 246.\n\n(\nL. 13 février 2011\n) (\nL. du 12 mars 2020\n) Sera puni.\n\nArt. 247.\n\nDeux.",
     ["art. 246", "art. 246 alinéa 1", "art. 247", "art. 247 alinéa 1"]),
    ("fr", "FR", "Article 1er\nUn.\nArticle 706-73-1\nDeux.",
     ["art. 1er", "art. 1er alinéa 1", "art. 706-73-1", "art. 706-73-1 alinéa 1"]),
    ("en", "GB", "ARRANGEMENT OF SECTIONS\n1. Short title.\n2. Interpretation.\n3. Offences.\n"
     "PART I\nPRELIMINARY\n1.—(1) This Act may be cited.\n2. In this Act—\n15A.—(1) A person.\n"
     "SCHEDULE 2\n1. First.\n2. Second.",
     ["preamble", "PART I", "s. 1", "s. 1(1)", "s. 2", "s. 15A", "s. 15A(1)", "SCHEDULE 2",
      "sch. 2 para. 1", "sch. 2 para. 2"]),
    ("en", "GB", "327 Concealing etc\n(1) A person commits an offence if he—\n(a) conceals;\n(i) here;\n"
     "328 Arrangements\n(1) One.",
     ["s. 327", "s. 327(1)", "s. 327(1)(a)", "s. 327(1)(a)(i)", "s. 328", "s. 328(1)"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "jurisdiction", "text", "expected"), OTHER_FORMS)
def test_other_forms_of_numbers_and_parts(language: str, jurisdiction: str, text: str, expected: list[str]) -> None:
    assert labels(text, language, jurisdiction) == expected


LETTERED = [
    ("fr", "FR", "Article 224-1 A", "art. 224-1 A", "art-224-1a"),
    ("fr", "FR", "Article L. 121-1 B", "art. L. 121-1 B", "art-l121-1b"),
    ("fr", "FR", "Article 706-1-1 A : Règle", "art. 706-1-1 A", "art-706-1-1a"),
    ("fr", "FR", "Article 1er A (nouveau)", "art. 1er A", "art-1a"),
    ("es", "GT", 'ARTICULO 332 "A".. Texto', "art. 332 A", "art-332a"),
    ("fr", "FR", "Article 4 bis A", "art. 4 bis A", "art-4bisa"),
    ("fr", "FR", "Article 4 bis-0 A", "art. 4 bis-0 A", "art-4bis-0a"),
    ("fr", "FR", "Article 1649 quater-0 B bis", "art. 1649 quater-0 B bis", "art-1649quater-0bbis"),
    ("fr", "FR", "Article 885-0 V bis A", "art. 885-0 V bis A", "art-885-0vbisa"),
    ("fr", "FR", "Article L. 80 CB", "art. L. 80 CB", "art-l80cb"),
    ("fr", "FR", "Article 224-1 B L'exploitation est", "art. 224-1 B", "art-224-1b"),
    ("fr", "FR", "Article 224-1 A la suite de quoi", "art. 224-1", "art-224-1"),
    ("fr", "FR", "Article 224-1 À la suite de quoi", "art. 224-1", "art-224-1"),
    ("fr", "FR", "Article 2 M. Dupont est nommé", "art. 2", "art-2"),
    ("fr", "FR", "Article 3\nI. - Les personnes", "art. 3", "art-3"),
    ("es", "MX", "Artículo 211 bis 1.- Al que", "art. 211 bis 1", "art-211bis1"),
    ("es", "MX", "Artículo 11 Bis-2.- Al que", "art. 11 bis 2", "art-11bis2"),
    ("es", "MX", "Artículo 52 A.- Al que", "art. 52 A", "art-52a"),
    ("es", "MX", "Artículo 52 A los efectos de", "art. 52", "art-52"),
    ("es", "MX", "ARTÍCULO 5 A LOS EFECTOS", "art. 5", "art-5"),
    ("es", "ES", "Artículo 127 bis. Los", "art. 127 bis", "art-127bis"),
    ("es", "ES", "Artículo 588 ter a. Presupuestos", "art. 588 ter a", "art-588tera"),
    ("es", "PE", "Artículo 108-B.- Feminicidio", "art. 108-B", "art-108b"),
    ("es", "PE", "Artículo 23 A.- Formación", "art. 23 A", "art-23a"),
    ("es", "PE", "Artículo 129-Ñ.- Esclavitud", "art. 129-Ñ", "art-129ñ"),
    ("es", "PE", "Artículo 307- F.- Tráfico ilícito", "art. 307-F", "art-307f"),
    ("es", "PE", "Artículo 5 - A quien", "art. 5", "art-5"),
    ("pt", "BR", "Art. 121-A. Matar", "art. 121-A", "art-121a"),
    ("pt", "BR", "Art. 5º A lei punirá", "art. 5º", "art-5"),
    ("pt", "BR", "Art. 5 O Presidente", "art. 5º", "art-5"),
    ("en", "IE", "3A.—(1) A person", "s. 3A", "s-3a"),
    ("es", "PE", "Artículo 148 - A.- El que instiga", "art. 148-A", "art-148a"),
    ("es", "PE", "Artículo 148 -A.- El que instiga", "art. 148-A", "art-148a"),
]


@pytest.mark.parametrize(("language", "jurisdiction", "heading", "label", "item"), LETTERED)
def test_letters_of_a_number_are_in_the_label_and_in_what_a_citation_finds(
    language: str, jurisdiction: str, heading: str, label: str, item: str
) -> None:
    text = f"{heading}\nTexto de la ley.\n"
    units = find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    assert next(unit.label for unit in units if unit.kind == "article") == label
    assert provision_identity(Reading("ref", jurisdiction, "", "", ""), label) == f"ref#{item}"


def test_articles_put_before_the_one_they_are_named_after_are_all_kept() -> None:
    text = "\n".join(f"Article {number}\nTexte." for number in ("224", "224-1 A", "224-1 B", "224-1", "224-2"))
    units = find_structure(text, document_type="code", language="fr", jurisdiction="FR")
    found = [unit.label for unit in units if unit.kind == "article"]
    assert found == ["art. 224", "art. 224-1 A", "art. 224-1 B", "art. 224-1", "art. 224-2"]


REFERENCES = [
    "Artículo 1. Según el\nartículo 5 de esta ley.\nArtículo 266 de este Código rige.\nArtículo 2. Fin.",
    "Artículo 1. Uno.\nArtículo 2. Se reforma el Código así:\nArtículo 317.- Otra cosa.\nArtículo 318.- Más.",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_references_and_announced_wording_are_no_articles(text: str) -> None:
    units = find_structure(text, language="es")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1", "art. 2"]


def test_a_quotation_that_never_closes_ends_where_the_count_of_the_law_continues() -> None:
    text = "Artículo 3.- Modifícase la ley:\n“Artículo 6.- Disposición\nTexto sin cierre.\nArtículo 4.- Otra.\nFin.”"
    assert [u.label for u in find_structure(text, language="es") if u.kind == "article"] == ["art. 3", "art. 4"]


def test_announced_wording_ends_at_the_next_article_with_a_heading_of_its_own() -> None:
    text = (
        "Article R265-3\n\nPour l'application du chapitre IV, les articles suivants sont ainsi rédigés :\n\n"
        '" Art. R. 254-1.-Les dispositions sont applicables.\n\n" Art. R. 254-2.-Elles sont publiées.\n\n'
        "Livre III : Les établissements\n\nArticle D311-1\n\nLes conditions sont fixées par décret.\n\n"
        "Article R321-1\n\nLe conseil se réunit une fois par an.\n"
    )
    units = find_structure(text, (), document_type="statute", jurisdiction="FR", language="fr")
    assert [unit.label for unit in units if unit.kind == "article"] == [
        "art. R. 265-3",
        "art. D. 311-1",
        "art. R. 321-1",
    ]
    assert [unit.label for unit in units if unit.kind == "quoted_article"] == ["«art. R. 254-1»", "«art. R. 254-2»"]


def test_a_section_put_into_another_act_is_quoted_from_its_rubric_on() -> None:
    text = (
        "### 29. **Amendment of Act 1992**\n\n**29.** A section is inserted after section 28:\n\n"
        "**“Forfeiture of office**\n\n**28A.** (1) A member ceases.\n\n(2) Others stay.”.\n\n"
        "### 30. **Amendment of Act 1937**\n\n**30.** After section 29:\n\n"
        "**“Forfeiture**\n\n**29A.** One ceases.”.\n\n"
        "### 31. **Repeals**\n\n**31.** Repealed."
    )
    units = find_structure(text, document_type="statute", language="en", jurisdiction="IE")
    assert [unit.label for unit in units if unit.kind == "article"] == ["s. 29", "s. 30", "s. 31"]
    quoted = [(unit.label, unit.path) for unit in units if unit.kind == "quoted_article"]
    assert [label for label, _ in quoted] == ["«s. 28A»", "«s. 29A»"]


def test_new_wording_of_another_brazilian_law_is_quoted_to_its_end() -> None:
    text = (
        "Art. 24. O art. 288 do Código Penal passa a vigorar com a seguinte redação:\n\n“ Associação Criminosa\n\n"
        "Art. 288. Associarem-se pessoas:\n\nParágrafo único. A pena aumenta-se.” (NR)\n\n"
        "Art. 25. O art. 342 passa a vigorar com a seguinte redação:\n\n“Art. 342. .....\n\n§ 2º .....” (NR)\n\n"
        "Art. 26. Revoga-se."
    )
    units = find_structure(text, document_type="statute", language="pt", jurisdiction="BR")
    assert [(unit.label, unit.path[-1:]) for unit in units] == [
        ("art. 24", ()), ("«art. 288»", ("art. 24",)), ("art. 25", ()), ("«art. 342»", ("art. 25",)), ("art. 26", ()),
    ]  # fmt: skip


def test_a_quoted_section_that_never_closes_ends_at_the_heading_of_the_next() -> None:
    text = (
        "# 28. **Amendments**\n\n**28.** Inserted:\n\n“28A. An offence.\n\n# 29. **More**\n\n"
        "**29.** Section 4 is amended by “more”.\n\n# 30. **Repeals**\n\n**30.** Repealed."
    )
    units = find_structure(text, document_type="statute", language="en")
    assert [unit.label for unit in units if unit.kind == "article"] == ["s. 28", "s. 29", "s. 30"]


OWN_WORDING = [
    (  # a whole act in quotation marks below its title
        "es",
        "CL",
        'Proyecto de ley:\n\n"TÍTULO I\nDE LOS DELITOS\n\nArtículo 1.- El que dañe.\n\nArtículo 2.- El que acceda.\n\n'
        'Artículo 3.- El que intercepte.".',
        ["art. 1", "art. 2", "art. 3"],
    ),
    (  # the name of the title is printed twice: nothing announces the act, and no article precedes it
        "es",
        "CL",
        'TÍTULO I\n\n"TÍTULO I\n\nArtículo 1.- El que dañe.\n\nArtículo 2.- El que acceda.\n\nArtículo 3.- Otro.".',
        ["art. 1", "art. 2", "art. 3"],
    ),
    (  # inserted by a later law, as an editor marks it
        "es",
        "PE",
        'Artículo 17.- Uno.\n\n"Artículo 17-A.- Insertado."\n\n"Artículo 17-B.- Otro."\n\nArtículo 18.- Dos.',
        ["art. 17", "art. 17-A", "art. 17-B", "art. 18"],
    ),
    (  # several wordings below a rubric that ends in a dash
        "es",
        "PE",
        "Artículo 156.- Uno.\n\nNotificación por cédula.-\n\n“Artículo 157.- Primera redacción.\n\n"
        "Artículo 157.- Segunda redacción.”\n\nArtículo 158.- Dos.",
        ["art. 156", "art. 157", "art. 157", "art. 158"],
    ),
    (  # the same numbers, but announced
        "es",
        "PE",
        'Artículo 17.- Incorpórase el siguiente artículo:\n\n"Artículo 17-A.- Insertado."\n\nArtículo 18.- Dos.',
        ["art. 17", "art. 18"],
    ),
    (  # neither the number before nor that after is its neighbour
        "es",
        "PE",
        'Artículo 2.- Se incorpora en la Ley 1 lo que sigue\n\n"Artículo 90.- Insertado."\n\nArtículo 3.- Dos.',
        ["art. 2", "art. 3"],
    ),
]


@pytest.mark.parametrize(("language", "jurisdiction", "text", "own"), OWN_WORDING)
def test_quotation_marks_around_the_wording_of_the_law_itself(
    language: str, jurisdiction: str, text: str, own: list[str]
) -> None:
    units = find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    assert [unit.label for unit in units if unit.kind == "article"] == own


NO_ARTICLES = [
    "Art. 2\n\nMODIFICADO por el Artículo 1 de la Ley N° 28544\n\n16-06-2005",
    "Art. 2-A\n\nINCORPORADO por el Artículo 1 de la Ley N° 28439",
    "Artículo 2-A restablecido por el Artículo 1 de la Ley N° 26",
    "Artículo 2-A al 2-C)",
]


@pytest.mark.parametrize("printed", NO_ARTICLES)
def test_rows_of_a_list_of_changes_and_notes_are_no_articles(printed: str) -> None:
    text = f"Artículo 1.- Uno.\n\n{printed}\n\nArtículo 3.- Tres."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="PE")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1", "art. 3"]


def test_tens_and_units_of_an_ordinal_may_be_parted_by_a_full_stop() -> None:
    text = "Artículo 1. Uno.\n\nTransitorios\n\nTRIGÉSIMO. Treinta.\n\nTRIGÉSIMO. PRIMERO. Treinta y uno."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="MX")
    assert [unit.label for unit in units[-2:]] == ["art. 30 transitorio", "art. 31 transitorio"]


@pytest.mark.parametrize(
    ("below", "labels"),
    [
        ("en doscientos cuarenta\n(240) días.", []),
        ("como sigue.\n\n(1) Inciso a) modificado por la Ley 5.", []),
        ("como sigue:\n(1) uno;\n(2) dos.", ["art. 1 (1)", "art. 1 (2)"]),
    ],
)
def test_numbers_in_brackets_are_paragraphs_if_they_count(below: str, labels: list[str]) -> None:
    text = f"Artículo 1.- El plazo vence {below}\n\nArtículo 2.- Fin."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="PE")
    assert [unit.label for unit in units if unit.kind == "paragraph"] == labels


def test_contents_with_dispositions_and_annexes_end_before_the_law() -> None:
    listed = "\n\n".join(f"Artículo {number}" for number in range(1, 5))
    contents = f"{listed}\n\nDisposición adicional única\n\nANEXO I\n\nANEXO II\n\n"
    law = "\n\n".join(f"Artículo {number}. Objeto {number}.\n\nEl texto del artículo." for number in range(1, 5))
    units = find_structure(contents + law, document_type="statute", language="es", jurisdiction="ES")
    assert [(unit.label, unit.path) for unit in units if unit.kind == "article"] == [
        (f"art. {number}", ()) for number in range(1, 5)
    ]


APPROVED = [
    (
        "es",
        "AR",
        "ARTICULO 1º — Apruébase el Tratado.\n\nARTICULO 2º — Comuníquese.",
        "TRATADO DE EXTRADICION",
        "anexo",
    ),
    (
        "es",
        "AR",
        "ARTICULO 1º — Apruébase el Acuerdo.\n\nARTICULO 2º — Rige.",
        "Acuerdo de Cooperación entre A y B",
        "anexo",
    ),
    (
        "pt",
        "BR",
        "Art. 1º Fica aprovado o texto.\n\nArt. 2º Entra em vigor.",
        "ACORDO ENTRE O BRASIL E O PERU",
        "anexo",
    ),
    ("fr", "LU", "Art. 1er. Est approuvé l'accord.\n\nArt. 2. Il est publié.", "ACCORD ENTRE LES PARTIES", "annexe"),
]


@pytest.mark.parametrize(("language", "jurisdiction", "law", "title", "word"), APPROVED)
def test_articles_of_an_approved_treaty_are_told_from_those_of_the_law(
    language: str, jurisdiction: str, law: str, title: str, word: str
) -> None:
    article = {"es": "ARTICULO", "pt": "Artigo", "fr": "Article"}[language]
    treaty = "\n\n".join(f"{article} {number}\n\nUno, dos, tres." for number in range(1, 4))
    text = f"{law}\n\n{title}\n\n{treaty}"
    units = find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    found = [unit for unit in units if unit.kind == "article"]
    assert [unit.label.startswith(word) for unit in found] == [False, False, True, True, True]
    assert [unit.path for unit in found[2:]] == [(title,)] * 3


def test_articles_that_count_again_without_approval_have_no_annex() -> None:
    text = "Artículo 1. Uno.\n\nArtículo 2. Dos.\n\nCONVENIO MARCO\n\nArtículo 1. Tres.\n\nArtículo 2. Cuatro."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="AR")
    assert [unit.label for unit in units if unit.kind == "annex"] == []


def test_the_articles_of_a_law_that_an_article_approves_are_its_own() -> None:
    text = (
        "Artículo primero.- Apruébase la siguiente ley sobre responsabilidad penal:\n\n"
        '"Artículo 1°.- Contenido.\n\nArtículo 2°.- Ámbito.\n\nArtículo 3°.- Supuestos.\n\nArtículo 4°.- Modelo.".\n\n'
        'Artículo segundo.- Intercálase en el Código Penal el siguiente artículo:\n\n"Artículo 294 bis.- Otro.".\n\n'
        "Artículo tercero.- Esta ley entra en vigor."
    )
    units = find_structure(text, document_type="statute", language="es", jurisdiction="CL")
    assert [unit.label for unit in units if unit.kind == "article"] == [
        "art. primero ley", "art. 1", "art. 2", "art. 3", "art. 4", "art. segundo ley", "art. tercero ley",
    ]  # fmt: skip
    law = Reading("ref", "CL", "", "", "")
    assert [provision_identity(law, label) for label in ("art. primero ley", "art. 1")] == [
        "ref#art-1-ley",
        "ref#art-1",
    ]
    assert [unit.label for unit in units if unit.kind == "quoted_article"] == ["«art. 294 bis»"]


def test_a_schedule_that_a_section_substitutes_does_not_end_the_sections() -> None:
    text = (
        "# 97. **Rates**\n\n97.—The Schedule to the Act is replaced by:\n\nSCHEDULE.\n\nRate\t20s.\n\n"
        "# 98. **Repeal**\n\n98.—The Act is repealed.\n\n# 99. **Saver**\n\n99.—No person loses a pension.\n\n"
        "SCHEDULE.\n\n1. First paragraph.\n\n2. Second paragraph."
    )
    units = find_structure(text, document_type="statute", language="en", jurisdiction="IE")
    assert [unit.label for unit in units if unit.kind == "article"] == ["s. 97", "s. 98", "s. 99"]
    assert [unit.label for unit in units if unit.kind == "schedule"] == ["SCHEDULE"]


def test_sections_on_the_schedule_are_no_schedule() -> None:
    sections = [
        f"{number}. (1) The names in the schedule are those of courts for the purpose of item {number} of this Act.\n\n"
        "(2) The Minister may amend them by order, after consultation.\n\n"
        for number in range(1, 9)
    ]
    law = "".join([*sections[:3], "Schedule\n\nDesignation\n\n", *sections[3:]])
    text = f"An Act to provide for assistance\n\n{law}SCHEDULE\n\n1. International Court\n\n2. International Tribunal\n"
    units = find_structure(text, document_type="statute", language="en", jurisdiction="CA")
    expected = [*(f"s. {number}" for number in range(1, 9)), "sch. para. 1", "sch. para. 2"]
    assert [unit.label for unit in provisions(units)] == expected


def test_sections_with_headings_outweigh_more_numbers_without() -> None:
    inserted = "\n\n".join(f"177{letter}.— A person shall apply." for letter in "ABCDEF")
    text = (
        f"# 57. **New Part**\n\n57.— After Part X:\n\n“PART XA\n\nConsent\n\n{inserted}\n\n"
        "# 58. **Appeals**\n\n58.— Section 179 is amended.\n\n# 59. **Costs**\n\n59.— Section 180 is amended."
    )
    units = find_structure(text, document_type="statute", language="en", jurisdiction="IE")
    assert [unit.label for unit in units if unit.kind == "article"] == ["s. 57", "s. 58", "s. 59"]


PRINTED_NUMBERS = [
    ("pt", "PT", "Artigo 9.o Casamento\n\nTexto.\n\nArtigo 10. o Liberdade\n\nTexto.", ["art. 9.º", "art. 10.º"]),
    ("es", "AR", "ARTICULO 17. - Plazo.\n\nARTICULO. 18. - Fianza.", ["art. 17", "art. 18"]),
    ("fr", "FR", "Article 49 septies X\n\nLes biens.\n\nArticle 50 A 15\n\nUn.", ["art. 49 septies X", "art. 50 A 15"]),
    ("es", "PE", "Artículo 1”.- Las ofertas.\n\nArtículo 2”.- Se entiende.", ["art. 1", "art. 2"]),
]


@pytest.mark.parametrize(("language", "jurisdiction", "text", "own"), PRINTED_NUMBERS)
def test_numbers_as_they_are_printed_and_scanned(language: str, jurisdiction: str, text: str, own: list[str]) -> None:
    units = find_structure(text, document_type="statute", language=language, jurisdiction=jurisdiction)
    assert [unit.label for unit in units if unit.kind == "article"] == own


def test_the_link_to_the_top_of_a_page_is_no_rubric() -> None:
    text = "Artículo 1. Objeto.\n\nA.\n\n[Subir]\n\nArtículo 2. Plazo.\n\nB.\n\nSubir\n\nArtículo 3. Fines.\n\nC."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="ES")
    assert [unit.heading for unit in units] == ["Objeto", "Plazo", "Fines"]


def headed(lines: list[tuple[int, str]]) -> tuple[str, list[Block]]:
    """Return the text of ``lines`` and its blocks: headings of a level, level 0 for paragraphs."""
    text, blocks = "", []
    for level, printed in lines:
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        blocks.append(Block(len(text), len(text) + len(printed), kind, level))
        text += f"{printed}\n\n"
    return text, blocks


def test_the_first_section_has_its_heading_and_the_number_of_an_act_is_no_chapter() -> None:
    lines = [
        (0, "Chapter 2"),
        (0, "An Act to amend the law on horse racing."),
        (0, "Be it enacted as follows;"),
        (2, "Interpretation"),
        (0, "1. In this Act, “operator” means a club."),
        (2, "Commencement"),
        (0, "2. This Act comes into operation on the next day."),
    ]
    text, blocks = headed(lines)
    units = find_structure(text, blocks, document_type="statute", language="en", jurisdiction="GB")
    assert [(unit.label, unit.heading) for unit in units if unit.kind != "preamble"] == [
        ("s. 1", "Interpretation"),
        ("s. 2", "Commencement"),
    ]


def test_a_section_of_a_french_code_has_a_suffix_behind_its_number() -> None:
    text = "Section 1 quater : Des examens médicaux\n\nArticle 225-4-11\n\nLe fait est puni d'une amende."
    units = find_structure(text, document_type="code", language="fr", jurisdiction="FR")
    assert [(unit.label, unit.heading) for unit in units[:2]] == [
        ("Section 1 quater", "Des examens médicaux"),
        ("art. 225-4-11", ""),
    ]


def test_a_sentence_that_a_converter_prints_as_a_heading_is_text_of_the_article_before() -> None:
    lines = [
        (6, "Dispositions communes"),
        (0, "Art. 111."),
        (0, "L'attentat est puni."),
        (6, "Le coupable pourra être condamné à l'interdiction."),
        (0, "Art. 112."),
        (0, "Quiconque aura formé la résolution."),
    ]
    text, blocks = headed(lines)
    units = provisions(find_structure(text, blocks, document_type="code", language="fr", jurisdiction="LU"))
    first, second = (unit for unit in units if unit.kind == "article")
    assert text[first.start : first.end].endswith("interdiction.")
    assert second.heading == ""


RUBRICS = [
    ("es", "Artículo 29. Trámite de cooperación\n1. Las solicitudes.", "Trámite de cooperación"),
    ("es", "Artículo 4\n(Secretaría Nacional).- La Secretaría.", "Secretaría Nacional"),
    ("es", "Artículo 334 Calificación.-\n1. Si el Fiscal.", "Calificación"),
    ("es", "Artículo 2.- El que mate a otro.", ""),
    ("pt", "Artigo 369.º\nDenegação de justiça\n1 - O funcionário.", "Denegação de justiça"),
    ("pt", "Homicídio simples\nArt. 121. Matar alguém:", "Homicídio simples"),
    (  # behind a paragraph with the note on its amendment and on its entry into force
        "pt",
        "Parágrafo único. Equipara-se a documento o cartão. (Incluído pela Lei nº 1, de 2012) Vigência\n\n"
        "Falsidade ideológica\n\nArt. 299 - Omitir, em documento, declaração:",
        "Falsidade ideológica",
    ),
    ("en", "7. Short title.\n7.—(1) This Act.", "Short title"),
    ("pt", "Art. 218-C. Oferecer, por qualquer meio - inclusive por meio de comunicação -, fotografia:", ""),
    ("pt", "Art. 14. Diz-se o crime: (Redação dada pela Lei nº 7.209, de 11.7.1984)\nI - consumado.", ""),
    ("pt", "Art. 193. Será feito por meio de intérprete. (Incluído pela Lei nº 1)\nParágrafo único. (Revogado)", ""),
    ("es", "Ley Nº 17510 - ACUERDOS\nArtículo 1\nApruébase el Estatuto. (*)", ""),
    ("es", "Publicado en el Diario Oficial de la Federación el 1 de julio de 2020\nARTÍCULO ÚNICO.- Se reforma.", ""),
    (
        "es",
        "Artículo 69. Instrucciones del Fiscal.- Sin perjuicio de lo que el\nFiscal dé.",
        "Instrucciones del Fiscal",
    ),
    ("pt", "Art. 5º Definições - Para os fins desta Lei, considera-se:", "Definições"),
    # the first line of a text, of a rubric of two lines, of a note, of a closing formula
    ("es", "ARTÍCULO 1° — Homológase el Acta de la Comisión del\n\nConvenio Colectivo de Trabajo.", ""),
    ("es", "Artículo 3\n\nAutorízase a la Administración de Alcohol y\n\nPortland a invertir cien pesos.", ""),
    (
        "pt",
        "Artigo 6.º\n\nCompetências do Conselho Superior\n\nde Segurança\n\n1. Compete ao Conselho propor.",
        "Competências do Conselho Superior de Segurança",
    ),
    ("fr", "Article 35\n\nIl est responsable de la\n\ncommission des actes de trahison devant la Cour.\n\nFin.", ""),
    # marks of amendments, and sentences that are printed apart
    ("en", "7A. F13[Leave to appeal.\n\n7A.—A person may appeal.]", "Leave to appeal"),
    ("en", "12. Value of F28[€13,000 or more].\n\n12.—F29[…]", "Value of €13,000 or more"),
    ("fr", "Art. 417/11. [1 Le viol\nEst un viol tout acte commis.]1", "Le viol"),
    ("fr", "Si l'agent a frappé.\n\nS'il a blessé, il sera puni de mort\n\nArt. 146.\n\nLes coups.", ""),
    ("fr", "Soit par altération d'écritures\n\nArt. 197.\n\nL'usage de faux.", ""),
    ("fr", "Article 5\nPersonnes qui sont tenues au secret\nLes avocats.", "Personnes qui sont tenues au secret"),
    ("fr", "Article 6\nCas où l'extradition est refusée\nElle l'est.", "Cas où l'extradition est refusée"),
    ("es", "Artículo 10\n\nReforma DOF 06-11-2020: Derogó el párrafo séptimo\n\nLos ejecutores.", ""),
    ("es", "Artículo 17\n\n*Adicionado por el Artículo 9 del Decreto Número 13-2013\n\nLas entidades.", ""),
    ("es", "Artículo 9. Se castiga a quien: 1)\nSea reincidente.", ""),
    ("es", "Art. 3º - Comuníquese, publíquese y archívese. — PÉREZ. — Luis Soto.", ""),
    ("en", "6.\n\n(1)\n\nA person shall apply.", ""),
]


def test_lines_that_are_paragraphs_of_their_own_are_no_rubrics() -> None:
    line = (
        "La Unidad de Información\n\nFinanciera recibe los informes que\n\nlos sujetos obligados presentan\n\ncada mes."
    )
    text = "\n\n".join(f"ARTICULO {number}º— {line}" for number in range(1, 9))
    text += "\n\nARTICULO 9º\n\nDefiniciones\n\nPara los fines de esta ley\n\nse entiende lo que sigue."
    units = find_structure(text, document_type="statute", language="es", jurisdiction="AR")
    assert [unit.heading for unit in units if unit.kind == "article"] == [""] * 8 + ["Definiciones"]


@pytest.mark.parametrize(("language", "text", "rubric"), RUBRICS)
def test_rubrics_are_headings(language: str, text: str, rubric: str) -> None:
    articles = [unit for unit in find_structure(text, language=language) if unit.kind == "article"]
    assert [unit.heading for unit in articles] == [rubric]


LAWS = [
    (  # the first sentence of each article
        "Artículo 101. Cohecho. El funcionario que pida una ventaja será castigado.\n"
        "Artículo 102. Uso de la cosa hallada. Quien la use será castigado.\n"
        "Artículo 103. Esta pena es mayor. El juez la fija.\n"
        "Artículo 104. Lesiones leves. El que cause una lesión será castigado.",
        ["Cohecho", "Uso de la cosa hallada", "", "Lesiones leves"],
    ),
    (  # in parentheses
        "Artículo 1.- (Función). El juez dirige la audiencia.\nArtículo 2. (Plazo). Corre desde la notificación.\n"
        "Artículo 3. (Costas). Las paga el vencido.\nArtículo 4. (Derogado). Por la ley 3.\n"
        "Artículo 5. Financiar los delitos de los arts. 1 y 2.",
        ["Función", "Plazo", "Costas", "", ""],
    ),
    (  # articles that begin with a short sentence
        "Artículo 1. La tentativa es punible. El juez la atenúa.\n"
        "Artículo 2. Comuníquese a las partes. Se publica.\n"
        "Artículo 3. El acto se repite. No hay recurso.\n"
        "Artículo 4. Queda sin efecto la orden. Se archiva.",
        ["", "", "", ""],
    ),
    (  # lines with a full stop above the articles, behind the button of a web page
        "Daño.\nArtículo 7.-Se castiga a quien rompa una cosa ajena.\nFicha articulo\n\n"
        "Hurto.\n\nArtículo 8.-Se castiga a quien se lleve una cosa ajena.\nFicha articulo\n\n"
        "Incendio.\n\nArtículo 9.-Se castiga a quien prenda fuego.\nFicha articulo\n\n"
        "Fuga de presos.\n\nArtículo 10.-Se castiga a quien la facilite.\nFicha articulo\n\n"
        "Fraude de seguros.\n\nArtículo 11.-Se castiga a quien cobre sin derecho.\nFicha articulo\n\n"
        "Artículo 12.-Se castiga a quien ayude.",
        ["Daño", "Hurto", "Incendio", "Fuga de presos", "Fraude de seguros", ""],
    ),
    (  # titles of chapters in capitals above rubrics in capitals
        "TÍTULO I\nDE LAS COSAS\nDEL DAÑO\nDAÑO SIMPLE\nARTICULO 1. Se castiga a quien rompa.\n"
        "DAÑO LEVE\nARTICULO 2. Se castiga menos.\nDEL HURTO\nHURTO PROPIO\nARTICULO 3. Se castiga a quien tome.\n"
        "HURTO DE USO\nARTICULO 4. Se castiga a quien use.\nAGRAVANTES DE\nTODA CLASE\nARTICULO 5. Más pena.\n"
        "EXENCIÓN\nARTICULO 6. No hay pena.\nMULTA\nARTICULO 7. Se paga.\nCOMISO\nARTICULO 8. Se pierde.",
        [
            *("DAÑO SIMPLE", "DAÑO LEVE", "HURTO PROPIO", "HURTO DE USO"),
            *("AGRAVANTES DE TODA CLASE", "EXENCIÓN", "MULTA", "COMISO"),
        ],
    ),
]


@pytest.mark.parametrize("articles", ["Artículo 1.- Uno.", "Artículo 1.- Uno.\nArtículo 2.- Dos."])
def test_the_title_of_a_law_is_no_rubric_of_its_first_article(articles: str) -> None:
    text = f"LEY CONTRA EL CONTRABANDO\n\n{articles}"
    title = Block(0, text.index("\n"), BlockKind.HEADING, level=1)
    blocks = [title] if articles.count("Artículo") == 1 else []
    units = find_structure(text, blocks, document_type="statute", language="es")
    assert {unit.heading for unit in units if unit.kind == "article"} == {""}


@pytest.mark.parametrize(("text", "rubrics"), LAWS)
def test_rubrics_in_the_form_of_the_law(text: str, rubrics: list[str]) -> None:
    articles = [unit for unit in find_structure(text, document_type="statute", language="es") if unit.kind == "article"]
    assert [unit.heading for unit in articles] == rubrics


def test_the_words_of_an_article_are_no_rubric_of_the_next() -> None:
    text = "Artículo 46\n. La responsabilidad será la de lo señalado Artículo 47. Los sentenciados.\nArtículo 48. Fin."
    first, second, _ = find_structure(text, language="es")
    assert (text[first.start : first.end], second.heading) == (text[: text.index(" Artículo 47")], "")


def test_headings_above_an_article_are_no_part_of_the_article_before() -> None:
    text = "1. This Act may be cited as the Bank Act.\n\nLoans\n\nMaximum amount\n\n1.1. No loan exceeds it.\n\n2. End."
    starts = [(text.index(line), len(line)) for line in ("Loans", "Maximum amount")]
    headings = [Block(start, start + length, BlockKind.HEADING, level=3) for start, length in starts]
    units = find_structure(text, headings, document_type="statute", language="en")
    assert [(unit.label, text[unit.start : unit.end]) for unit in units] == [
        ("s. 1", "1. This Act may be cited as the Bank Act."),
        ("s. 1.1", "1.1. No loan exceeds it."),
        ("s. 2", "2. End."),
    ]


def test_numbers_in_words_and_with_decimals_in_english() -> None:
    text = "Article Sixty-Three\nOne.\n\nArticle One Hundred and Two\nTwo.\n\nArticle 104.1\n\nThree."
    labels = [unit.label for unit in find_structure(text, language="en", document_type="constitution")]
    assert labels == ["art. 63", "art. 102", "art. 104.1"]


def test_a_footnote_behind_the_number_of_an_article_is_no_text() -> None:
    text = "ARTIGO 212.º-A 36\n\n(Provedor)\n\nO Provedor decide.\n\nARTIGO 213.º\n\nFim."
    assert [unit.label for unit in find_structure(text, language="pt")] == ["art. 212.º-A", "art. 213.º"]


def test_a_rubric_above_an_article_is_no_part_of_the_article_before() -> None:
    text = "Art. 121. Matar alguém.\n\nInfanticídio\n\nArt. 123. Matar."
    first = find_structure(text, language="pt")[0]
    assert text[first.start : first.end] == "Art. 121. Matar alguém."


def test_groupings_nest_as_the_document_nests_them() -> None:
    text = (
        "SECCIÓN I\nUNO\nTÍTULO I\nA\nArtículo 1. Uno.\nTÍTULO II\nB\nArtículo 2. Dos.\n"
        "SECCIÓN II\nDOS\nTÍTULO I\nC\nArtículo 3. Tres."
    )
    paths = [unit.path for unit in find_structure(text, language="es") if unit.kind == "article"]
    assert paths == [
        ("SECCIÓN I UNO", "TÍTULO I A"),
        ("SECCIÓN I UNO", "TÍTULO II B"),
        ("SECCIÓN II DOS", "TÍTULO I C"),
    ]


PIECES = [
    "Artículo 1. ",
    "ARTÍCULO PRIMERO.- ",
    "Art. 5º ",
    "§ 1º ",
    "I - ",
    "a) ",
    "(1) ",
    "«Artículo 5. ",
    "»",
    "”",
    "\n",
    "1. ",
    "TÍTULO II\n",
    "Section 3 ",
    "SCHEDULE 2\n",
    "TRANSITORIOS\n",
    "Primero.- ",
    "HECHOS:\n",
    "FALLO\n",
    "texto ",
    "A",
    "\f",
    "\n\n",
    "Article L. 132-1\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_units_of_any_text_nest_and_its_provisions_never_overlap(text: str) -> None:
    for language in ("es", "pt", "en", "fr"):
        units = find_structure(text, document_type="statute", language=language)
        assert nested(units)
        assert all(0 <= unit.start < unit.end <= len(text) for unit in units)
        assert [unit.start for unit in units] == sorted(unit.start for unit in units)
        assert all(a.end <= b.start for a, b in pairwise(provisions(units)))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_is_read_under_any_type(text: str) -> None:
    for document_type in ("", "judgment", "mla_request", "eio"):
        units = find_structure(text, document_type=document_type)
        assert all(0 <= unit.start < unit.end <= len(text) for unit in units)


STATUTES = Path(__file__).parent.parent.parent / "shared" / "data" / "statutes"
REAL = [
    ("uy/UY-ley-19574.md", "UY", [f"art. {number}" for number in range(1, 80)]),
    ("ie/IE-1996-act-30.md", "IE", ["s. 1", "s. 4", "s. 4A", "s. 5", "s. 16A", "s. 16B", "s. 18"]),
    ("mx/LSCT_ley_sobre_la_celebracion_de_tratados.md", "MX", ["art. 1", "art. 11", "art. 16 transitorio"]),
]


@pytest.mark.shared
@pytest.mark.skipif(not STATUTES.exists(), reason=f"the reference data is not at {STATUTES}")
@pytest.mark.parametrize(("name", "jurisdiction", "expected"), REAL)
def test_real_laws_read_as_raw_markdown(name: str, jurisdiction: str, expected: list[str]) -> None:
    text = (STATUTES / name).read_text(encoding="utf-8")
    found = {unit.label for unit in find_structure(text, jurisdiction=jurisdiction)}
    assert [label for label in expected if label not in found] == []


def test_contents_that_list_ranges_of_articles_are_no_articles() -> None:
    contents = "".join(f"TITRE {number}. - TITRE {number} DE LA LOI\nArt. {first}-{first + 1}\n" for number, first in
                       (("Ier", 1), ("II", 3), ("III", 5), ("IV", 7)))  # fmt: skip
    law = (
        "TITRE Ier. - TITRE Ier DE LA LOI\nArt. 1. Un article.\nArt. 2. Un autre.\nTITRE II. - TITRE II DE LA LOI\n"
        "Art. 3. Fin."
    )
    assert [label for label in labels(contents + law, "fr", "BE") if "alinéa" not in label] == [
        "préambule", "TITRE Ier", "art. 1er", "art. 2", "TITRE II", "art. 3",
    ]  # fmt: skip


def test_the_articles_of_each_act_of_a_gazette_are_units() -> None:
    body = "Le ministre chargé des finances est chargé de l'exécution du présent arrêté. " * 3
    act = "Arrête :\n\n" + "\n\n".join(f"Article {number} : {body}" for number in ("premier", "2", "3", "4"))
    units = find_structure(f"{act}\n\n{act}", document_type="regulation", language="fr", jurisdiction="CG")
    assert [unit.label for unit in units if unit.kind == "article"] == ["art. 1er", "art. 2", "art. 3", "art. 4"] * 2


def test_numbered_paragraphs_of_headed_sections_are_no_sections() -> None:
    text = "\n\n".join(f"Section {number}\n\n1. Every person may.\n\n2. A person shall." for number in range(33, 47))
    units = find_structure(text, document_type="statute", language="en", jurisdiction="NG")
    assert [unit.label for unit in units if unit.kind == "article"] == [f"s. {number}" for number in range(33, 47)]


RUN_IN = (
    ("4. Money laundering.—A person who converts property is guilty of an offence.", "en", "Money laundering"),
    ("7. Forfeiture.—(1) Where a person is convicted, the court may order it.", "en", "Forfeiture"),
    ("Artículo 4.- Lavado de activos.- El que convierta bienes será reprimido.", "es", "Lavado de activos"),
    ("Article 4. – Blanchiment. – Quiconque convertit des biens est puni.", "fr", "Blanchiment"),
    ("4.—(1) A person who converts property commits an offence.—(2) This section applies.", "en", ""),
)


@pytest.mark.parametrize(("text", "language", "heading"), RUN_IN)
def test_rubric_in_the_line_of_its_provision(text: str, language: str, heading: str) -> None:
    assert find_structure(text, document_type="statute", language=language)[0].heading == heading


@pytest.mark.parametrize(
    ("text", "language", "country", "expected"),
    [
        (
            "Artículo 27\n\nSerá castigado:\n\na) El que oculte bienes. b) El que los adquiera. c) El que los use.",
            "es",
            "CL",
            ["art. 27 letra a)", "art. 27 letra b)", "art. 27 letra c)"],
        ),
        (
            "Artigo 63.º\n\nCompete à unidade:\n\na) Emitir pareceres; b) Organizar cursos; d) Outras tarefas.",
            "pt",
            "PT",
            ["art. 63.º alínea a)", "art. 63.º alínea b)"],
        ),
        ("Artículo 5\n\nSe estará al inciso. b) El juez podrá oír a las partes.", "es", "CL", []),
    ],
)
def test_letters_that_continue_a_list_within_a_line(
    text: str, language: str, country: str, expected: list[str]
) -> None:
    units = find_legislation(text, (), language, country)
    assert [unit.label for unit in units if unit.label.count(" ") > 1] == expected
