"""Each format is read in reading order, into blocks that cover the text and tables with cells."""

import json
import zipfile
from pathlib import Path

import pytest
from format_checks import SHARED, check, document, outline

from extraction.document import BlockKind
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.media_type import media_type
from extraction.read import read

LETTER = "Señor juez: La petición del exhorto n.º 324-1 fue enviada según el artículo 400 bis; ¿qué dirá él?"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "cp850", "mac-roman"],
)
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert document(tmp_path, "a.txt", LETTER.encode(encoding)).text == LETTER


def test_hard_wrapped_lines_are_rejoined_and_others_kept(tmp_path: Path) -> None:
    wrapped = (
        "El Poder Ejecutivo establecerá en el decreto reglamentario respectivo\n"
        "la fecha de entrada en vigencia de las disposiciones contenidas en el\n"
        "artículo 68 incorporado por la presente ley, que se publicará luego\n"
        "en el diario oficial.\n"
        "\n"
        "Juzgado n.º 1\nCalle Mayor, 2\nMadrid\n"
    )
    found = document(tmp_path, "a.txt", wrapped)
    assert [text.count("\n") for _, _, text in outline(found)] == [0, 2]


def test_hyphens_at_the_ends_of_wrapped_lines(tmp_path: Path) -> None:
    wrapped = (
        "El juzgado de instrucción de la ciudad remite la solicitud de coope-\n"
        "ración al tribunal competente, con sede en la ciudad de Cap-Haïtien,\n"
        "y comunica a las partes que la audiencia tendrá lugar en la de Cap-\n"
        "Haïtien, conforme a lo acordado entre las autoridades en su momento.\n"
    )
    text = document(tmp_path, "a.txt", wrapped).text
    assert "cooperación al" in text
    assert "de Cap-Haïtien, conforme" in text


def test_lines_of_law(tmp_path: Path) -> None:
    """A long line is a paragraph, unless a sentence evidently runs on into the next."""
    first = (
        "Artículo 1.- " + "Las instituciones públicas involucradas en la prevención de los delitos informáticos " * 2
    )
    lines = [first + "promueven", "permanentemente su seguridad.", "a) Uno, según la Ley", "17.510;", "b) dos."]
    assert document(tmp_path, "a.txt", "\n".join(lines)).text.split("\n\n") == [
        f"{lines[0]} {lines[1]}",
        f"{lines[2]}",
        f"{lines[3]}",
        f"{lines[4]}",
    ]


def test_markdown_front_matter_headings_lists_and_tables(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "ley.md",
        "---\ntitle: \"Ley 17016 de tr&aacute;nsito\"\npublication_date: '1998-10-28'\ncountry: no\n---\n"
        "# Ley\n\n##### Artículo 1\n\n"
        "(*a*) **Texto** ~~derogado~~.\n\n2. dos\n3. tres\n\n| a | b |\n|---|---|\n| 007 | 1,5 |\n",
    )
    assert found.metadata == {"title": "Ley 17016 de tránsito", "publication_date": "1998-10-28", "country": "no"}
    assert outline(found) == [
        ("heading", 1, "Ley"),
        ("heading", 5, "Artículo 1"),
        ("paragraph", 0, "(a) Texto ."),
        ("list_item", 0, "2. dos"),
        ("list_item", 0, "3. tres"),
        ("table", 0, "a\tb\n007\t1,5"),
    ]
    assert [(c.row, c.column, found.text[c.start : c.end], c.header) for c in found.tables[0].cells] == [
        (0, 0, "a", True),
        (0, 1, "b", True),
        (1, 0, "007", False),
        (1, 1, "1,5", False),
    ]
    assert found.warnings == ("struck_wording",)


def test_xml_without_a_declaration_is_known_by_its_namespace(tmp_path: Path) -> None:
    start = '<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"><Text>One</Text>'
    found = document(tmp_path, "act.xml", start + "<Text>two</Text>" * 9000 + "</Legislation>")
    assert found.media_type == "application/xml"


def test_statutes_in_the_xml_of_canada_and_the_united_kingdom(tmp_path: Path) -> None:
    canada = document(
        tmp_path,
        "a.xml",
        '<?xml version="1.0"?><Statute xml:lang="en"><Identification><ShortTitle>Bank Act</ShortTitle></Identification>'
        "<Body><Section><MarginalNote>Scope</MarginalNote><Label>3</Label><Subsection><Label>(1)</Label><Text>The "
        "<XRefExternal>Bank Act</XRefExternal> applies.</Text></Subsection></Section></Body></Statute>",
    )
    assert canada.metadata["country"] == "CA"
    assert [text for _, _, text in outline(canada)][1:] == ["Scope", "3. (1) The Bank Act applies."]
    britain = document(
        tmp_path,
        "b.xml",
        '<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"><Metadata>x</Metadata><P1group>'
        "<Title>Scope</Title><P1><Pnumber>3</Pnumber><P1para><P2><Pnumber>1</Pnumber><P2para><Text>See the <Citation>"
        "Bank Act</Citation>.</Text></P2para></P2></P1para></P1></P1group></Legislation>",
    )
    assert [text for _, _, text in outline(britain)] == ["Scope", "3. (1) See the Bank Act."]


def test_a_statutory_instrument_of_the_united_kingdom(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "si.xml",
        '<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" '
        'xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<ukm:Metadata><dc:title>The Evidence Regulations 2099</dc:title><ukm:SecondaryMetadata><ukm:ComingIntoForce>"
        '<ukm:DateTime Date="2099-10-08"/></ukm:ComingIntoForce></ukm:SecondaryMetadata></ukm:Metadata><Secondary>'
        "<SecondaryPrelims><SubjectInformation><Subject><Title>COURTS</Title></Subject></SubjectInformation>"
        "<Title>The Evidence Regulations 2099</Title></SecondaryPrelims><Body><P1><Pnumber>2</Pnumber><P1para><Text>"
        'The Secretary of State<FootnoteRef Ref="f1"/> may <Underline>ask</Underline> the court.</Text></P1para></P1>'
        '</Body></Secondary><Footnotes><Footnote id="f1"><FootnoteText><Para><Text>See 2098/1.</Text></Para>'
        "</FootnoteText></Footnote></Footnotes></Legislation>",
    )
    assert [(kind, text) for kind, _, text in outline(found)] == [
        ("heading", "COURTS"),
        ("heading", "The Evidence Regulations 2099"),
        ("paragraph", "2. The Secretary of State may ask the court."),
        ("footnote", "See 2098/1."),
    ]
    assert found.metadata["title"] == "The Evidence Regulations 2099"
    assert found.metadata["in_force_from"] == "2099-10-08"


def test_statutes_in_the_xml_of_spain_chile_and_the_european_union(tmp_path: Path) -> None:
    spain = document(
        tmp_path,
        "es.xml",
        '<?xml version="1.0"?><documento><metadatos><identificador>B</identificador>'
        '<rango codigo="1300">Ley</rango><numero_oficial>7/2099</numero_oficial>'
        "<titulo>Ley 7/2099, de prueba.</titulo><fecha_publicacion>20990102</fecha_publicacion></metadatos>"
        "<analisis><texto>deroga la Ley 1/2098</texto></analisis>"
        '<texto><p class="articulo">Artículo 1. Objeto.</p><p>La ley tiene objeto.</p></texto></documento>',
    )
    assert [text for _, _, text in outline(spain)] == ["Artículo 1. Objeto.", "La ley tiene objeto."]
    assert (spain.metadata["publication_date"], spain.metadata["official_number"]) == ("2099-01-02", "7/2099")
    consolidated = document(
        tmp_path,
        "es2.xml",
        "<response><status>ok</status><data><metadatos><titulo>Ley 7/2099</titulo></metadatos><texto><bloque>"
        "<version><p>Artículo 1. Pena de un año.</p></version><version><p>Artículo 1. Pena de dos años.</p>"
        "<blockquote><p>Se modifica por la Ley 9/2099.</p></blockquote></version></bloque></texto></data></response>",
    )
    assert [text for _, _, text in outline(consolidated)] == ["Artículo 1. Pena de dos años."]
    chile = document(
        tmp_path,
        "cl.xml",
        '<Norma xmlns="http://www.leychile.cl/esquemas"><Identificador fechaPublicacion="2099-03-04"/><Metadatos>'
        "<TituloNorma>LEY DE PRUEBA</TituloNorma></Metadatos><EstructurasFuncionales><EstructuraFuncional><Texto>"
        "     Artículo 1°.- Uno.\n\n     Dos.\n</Texto></EstructuraFuncional></EstructurasFuncionales></Norma>",
    )
    assert [text for _, _, text in outline(chile)] == ["Artículo 1°.- Uno.", "Dos."]
    assert (chile.metadata["country"], chile.metadata["title"]) == ("CL", "LEY DE PRUEBA")
    union = document(
        tmp_path,
        "eu.xml",
        "<ACT><BIB.INSTANCE><LG.DOC>EN</LG.DOC></BIB.INSTANCE><TITLE><TI><P>Directive 2099/1</P></TI></TITLE>"
        "<ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><STI.ART><P>Scope</P></STI.ART><PARAG>"
        "<NO.PARAG>1.</NO.PARAG><ALINEA><P>See <HT>that</HT>.</P></ALINEA></PARAG>"
        "<PARAG><NO.PARAG>2.</NO.PARAG><ALINEA>And this.</ALINEA>"
        "</PARAG></ARTICLE></ENACTING.TERMS></ACT>",
    )
    read = [text for _, _, text in outline(union)]
    assert read == ["Directive 2099/1", "Article 1", "Scope", "1. See that.", "2. And this."]


def test_a_title_of_several_lines_in_formex_has_spaces_between_them(tmp_path: Path) -> None:
    union = document(
        tmp_path,
        "eu.xml",
        "<ACT><BIB.INSTANCE/><TITLE><TI><P>Directive <HT>2099</HT>/1</P><P>of <DATE>3 May 2099</DATE></P></TI></TITLE>"
        "<ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><ALINEA>Scope.</ALINEA></ARTICLE></ENACTING.TERMS></ACT>",
    )
    assert union.metadata["title"] == "Directive 2099/1 of 3 May 2099"


def test_a_directive_in_formex_is_of_the_european_union(tmp_path: Path) -> None:
    union = document(tmp_path, "eu.xml", "<ACT><TITLE><TI><P>Directive 2099/1</P></TI></TITLE></ACT>")
    assert union.metadata["country"] == "EU"


def test_quotation_marks_and_tables_in_formex(tmp_path: Path) -> None:
    row = '<ROW><CELL COL="1">{}</CELL><CELL COL="2">{}</CELL></ROW>'.format
    union = document(
        tmp_path,
        "eu.xml",
        '<ACT><TITLE/><ENACTING.TERMS><ALINEA>The <QUOT.START CODE="2018" ID="1"/>bank<QUOT.END CODE="2019"/> pays.'
        f'</ALINEA><TBL COLS="2"><CORPUS>{row("Account", "Sum")}{row("0012", "1")}</CORPUS></TBL></ENACTING.TERMS>'
        "</ACT>",
    )
    assert [text for _, _, text in outline(union)] == ["The ‘bank’ pays.", "Account\tSum\n0012\t1"]


def test_notes_in_formex_stand_behind_the_text_with_their_mark(tmp_path: Path) -> None:
    note = '<NOTE NOTE.ID="E{0}" TYPE="FOOTNOTE"><P><REF.DOC.OJ>OJ C {0}, p. 9</REF.DOC.OJ>.</P></NOTE>'.format
    union = document(
        tmp_path,
        "eu.xml",
        f"<ACT><TITLE><TI><P>Directive 2099/1{note(1)} on ports</P></TI></TITLE><ENACTING.TERMS><ARTICLE><PARAG>"
        f"<NO.PARAG>1.</NO.PARAG><ALINEA>The opinion{note(2)} of <HT>the Bank{note(3)}</HT> counts.</ALINEA></PARAG>"
        '<ALINEA>So does the other one<NOTE NOTE.REF="E2"/>.</ALINEA></ARTICLE></ENACTING.TERMS></ACT>',
    )
    assert [text for _, _, text in outline(union)] == [
        "Directive 2099/1[1] on ports",
        "[1] OJ C 1, p. 9.",
        "1. The opinion[2] of the Bank[3] counts.",
        "[2] OJ C 2, p. 9.",
        "[3] OJ C 3, p. 9.",
        "So does the other one[2].",
    ]
    assert [kind for kind, _, _ in outline(union)].count("footnote") == 3
    assert union.metadata["title"] == "Directive 2099/1 on ports"


def test_a_judgment_and_an_article_in_the_xml_of_france(tmp_path: Path) -> None:
    judgment = document(
        tmp_path,
        "cass.xml",
        "<TEXTE_JURI_JUDI><META><META_COMMUN><ID>JURITEXT1</ID></META_COMMUN><META_SPEC><META_JURI><TITRE>Cour de "
        "cassation, 7 janvier 2099, 99-18.856</TITRE><DATE_DEC>2099-01-07</DATE_DEC></META_JURI><META_JURI_JUDI>"
        "<NUMEROS_AFFAIRES><NUMERO_AFFAIRE>99-18856</NUMERO_AFFAIRE></NUMEROS_AFFAIRES><ECLI>ECLI:FR:CCASS:2099:C1"
        "</ECLI></META_JURI_JUDI></META_SPEC></META><TEXTE><BLOC_TEXTUEL><CONTENU>La cour rejette.</CONTENU>"
        "</BLOC_TEXTUEL><SOMMAIRE><ANA>Résumé</ANA></SOMMAIRE></TEXTE></TEXTE_JURI_JUDI>",
    )
    assert (judgment.text, judgment.warnings) == ("La cour rejette.", ())
    assert {judgment.metadata[key] for key in ("country", "date", "number", "ecli")} == {
        *("FR", "2099-01-07", "99-18856", "ECLI:FR:CCASS:2099:C1")
    }
    article = document(
        tmp_path,
        "legi.xml",
        "<ARTICLE><META><META_SPEC><META_ARTICLE><NUM>L113-3</NUM><DATE_DEBUT>2099-05-04</DATE_DEBUT>"
        "<DATE_FIN>2999-01-01</DATE_FIN></META_ARTICLE></META_SPEC></META><CONTEXTE><TEXTE nor='X'><TITRE_TXT>Code des "
        "preuves</TITRE_TXT><TM><TITRE_TM>Livre Ier</TITRE_TM></TM></TEXTE></CONTEXTE><VERSIONS><VERSION>ancienne"
        "</VERSION></VERSIONS><BLOC_TEXTUEL><CONTENU><p><br/>La prime est payable.</p><p>Elle est due.</p></CONTENU>"
        "</BLOC_TEXTUEL></ARTICLE>",
    )
    assert [text for _, _, text in outline(article)] == [
        *("Livre Ier", "Article L113-3.\nLa prime est payable.", "Elle est due.")
    ]
    assert (article.metadata["title"], article.metadata["in_force_from"]) == ("Code des preuves", "2099-05-04")
    assert "date_no_longer_in_force" not in article.metadata


def test_the_official_gazette_of_brazil_whose_texts_are_html(tmp_path: Path) -> None:
    gazette = document(
        tmp_path,
        "dou.xml",
        '\ufeff<xml><article pubName="DO1" artType="Portaria" pubDate="02/01/2099"><body><Identifica><![CDATA[ '
        "PORTARIA Nº 9]]></Identifica><Data><![CDATA[]]></Data><Ementa><![CDATA[Só aqui.]]></Ementa><Texto><![CDATA["
        '<p class="identifica">PORTARIA Nº 9</p><p>Art. 1º Nomear <b>Ana</b>.</p><script>x()</script>'
        "<table><tr><td>Conta</td><td>Valor</td></tr><tr><td>0012</td><td>1</td></tr></table>]]></Texto></body>"
        "</article></xml>",
    )
    assert [text for _, _, text in outline(gazette)] == [
        *("Só aqui.", "PORTARIA Nº 9", "Art. 1º Nomear Ana.", "Conta\tValor\n0012\t1")
    ]
    assert {key: gazette.metadata[key] for key in ("country", "title", "publication_date")} == {
        "country": "BR",
        "title": "PORTARIA Nº 9",
        "publication_date": "2099-01-02",
    }


@pytest.mark.parametrize(
    "source",
    [
        """<bill xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/"><meta>
<dc:type>Senate Bill</dc:type><docNumber>1325</docNumber></meta><preface><slugLine>S 1325 RS</slugLine></preface>
<main><longTitle><officialTitle>To share evidence.</officialTitle></longTitle><section><num value="2">SEC. 2. </num>
<heading>EVIDENCE.</heading><chapeau>The <term>Attorney General</term> may—</chapeau><paragraph>
<num value="1">(1) </num><content>share <inline class="smallCaps">records</inline>; and</content>
</paragraph></section></main></bill>""",
        """<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd"><bill>
<metadata><x>1</x></metadata><form>
<legis-num>S. 1325</legis-num><official-title>To share evidence.</official-title></form><legis-body><section>
<enum>2.</enum><header>EVIDENCE.</header><text>The <term>Attorney General</term> may—</text><paragraph><enum>(1)</enum>
<text>share <italic>records</italic>; and</text></paragraph></section></legis-body></bill>""",
    ],
)
def test_bills_in_the_xml_of_the_united_states(tmp_path: Path, source: str) -> None:
    found = document(tmp_path, "bill.xml", source)
    blocks = [(kind, text.casefold()) for kind, _, text in outline(found)]
    assert blocks[-3:] == [
        (BlockKind.HEADING, "sec. 2. evidence."),
        (BlockKind.PARAGRAPH, "the attorney general may—"),
        (BlockKind.PARAGRAPH, "(1) share records; and"),
    ]
    assert (found.metadata["country"], found.metadata["title"]) == ("US", "To share evidence.")
    assert found.metadata["official_number"] in ("1325", "S. 1325")


@pytest.mark.parametrize(
    "source",
    [
        """<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><docNumber>7</docNumber></meta><main>
<component changed="deleted"><section><num>SECTION 1. </num><heading>OLD TITLE.</heading><content>Gone.</content>
</section></component><component changed="added"><section><num value="1">SECTION 1. </num><heading>NEW TITLE.</heading>
<content>A fee of <inline changed="deleted">five</inline> ten dollars.</content></section></component></main></bill>""",
        """<bill><form><legis-num>H. R. 7</legis-num></form><legis-body>
<section changed="deleted" reported-display-style="strikethrough"><enum>1.</enum><header>Old title</header>
<text>Gone.</text></section><section changed="added" reported-display-style="italic"><enum>1.</enum>
<header>New title</header><text>A fee of <quote changed="deleted">five</quote> ten dollars.</text></section>
</legis-body></bill>""",
    ],
)
def test_what_a_bill_prints_struck_through_is_left_out(tmp_path: Path, source: str) -> None:
    found = document(tmp_path, "bill.xml", source)
    text = " ".join(found.text.casefold().replace("title.", "title").split())
    assert "old title" not in text
    assert "gone" not in text
    assert text.endswith("new title a fee of ten dollars.")
    assert found.warnings == ("struck_wording",)


def test_html_within_unknown_xml_is_not_read_as_text(tmp_path: Path) -> None:
    unknown = document(tmp_path, "a.xml", "<registro><cuerpo>&lt;p&gt;Uno &amp;lt; dos.&lt;/p&gt;</cuerpo></registro>")
    assert (unknown.text, unknown.warnings) == ("Uno < dos.", ("unknown_xml",))


def test_xml_with_control_characters_is_malformed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<?xml version='1.0'?><a>" + 20 * b"the parties\x19 costs " + b"</a>")
    with pytest.raises(RogatioError) as error:
        read(path, tmp_path)
    assert error.value.code == "extraction.malformed"


@pytest.mark.parametrize(
    ("kind", "named", "title"),
    [
        ("judgment", '<FRBRalias name="Übergreifende ID" value="1-2"/><FRBRname value="A v B"/>', "A v B"),
        ("judgment", '<FRBRalias name="Dokumentnummer" value="1-2"/>', ""),
        ("act", '<FRBRname value="bgbl-1"/><FRBRalias name="alias" value="Evidence Act"/>', "Evidence Act"),
    ],
)
def test_title_of_akoma_ntoso_by_its_names(tmp_path: Path, kind: str, named: str, title: str) -> None:
    found = document(
        tmp_path,
        "a.xml",
        f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><{kind}><meta><identification><FRBRWork>'
        f"{named}</FRBRWork></identification></meta><judgmentBody><decision><paragraph><num>1.</num><content><p>The "
        f"appeal fails.</p></content></paragraph></decision></judgmentBody></{kind}></akomaNtoso>",
    )
    assert (found.metadata.get("title", ""), found.text) == (title, "1. The appeal fails.")


def test_annexes_and_agreements_of_the_official_journal_of_the_european_union(tmp_path: Path) -> None:
    for root in ("ANNEX", "AGR"):
        found = document(
            tmp_path,
            "eu.xml",
            f"<{root}><BIB.INSTANCE><NO.SEQ>0001.0002</NO.SEQ></BIB.INSTANCE><TITLE><TI><P>AGREEMENT on mutual <HT>"
            "legal</HT> assistance</P></TI></TITLE><CONTENTS><ARTICLE><TI.ART>Article 1</TI.ART><PARAG><NO.PARAG>1."
            f"</NO.PARAG><ALINEA>The Parties assist each other.</ALINEA></PARAG></ARTICLE></CONTENTS></{root}>",
        )
        assert [text for _, _, text in outline(found)] == [
            *("AGREEMENT on mutual legal assistance", "Article 1", "1. The Parties assist each other.")
        ]
        assert (found.metadata["country"], found.metadata["title"]) == ("EU", "AGREEMENT on mutual legal assistance")
        assert ("type" in found.metadata, found.warnings) == (False, ())
    unknown = document(tmp_path, "other.xml", "<ANNEX><P>A list of parts.</P></ANNEX>")
    assert unknown.warnings == ("unknown_xml",)


@pytest.mark.parametrize(("begin", "end"), [("", ""), ("<ProjetoNorma>", "</ProjetoNorma>")], ids=["law", "bill"])
def test_a_law_in_lexml(tmp_path: Path, begin: str, end: str) -> None:
    brazil = document(
        tmp_path,
        "br.xml",
        '<LexML xmlns="http://www.lexml.gov.br/1.0"><Metadado><Identificacao URN="urn:lex:br:federal:lei:2099;99"/>'
        f"</Metadado>{begin}<Norma><ParteInicial><Epigrafe>LEI Nº 99, DE 3 DE MARÇO DE 2099</Epigrafe>"
        "<Ementa>Dispõe sobre provas.</Ementa></ParteInicial><Articulacao><Capitulo><Rotulo>CAPÍTULO I</Rotulo>"
        "<NomeAgrupador>Das provas</NomeAgrupador><Artigo><Rotulo>Art. 1º</Rotulo><Caput><p>Ocultar <i>bens</i>:</p>"
        "<Inciso><Rotulo>I –</Rotulo><p>de outrem.</p></Inciso></Caput><Paragrafo><Rotulo>§ 1º</Rotulo>"
        f"<p>Incorre quem os converte.</p></Paragrafo></Artigo></Capitulo></Articulacao></Norma>{end}</LexML>",
    )
    assert outline(brazil) == [
        ("heading", 1, "LEI Nº 99, DE 3 DE MARÇO DE 2099"),
        ("paragraph", 0, "Dispõe sobre provas."),
        ("heading", 3, "CAPÍTULO I Das provas"),
        ("paragraph", 0, "Art. 1º Ocultar bens:"),
        ("paragraph", 0, "I – de outrem."),
        ("paragraph", 0, "§ 1º Incorre quem os converte."),
    ]
    assert (brazil.metadata["country"], brazil.metadata["urn"]) == ("BR", "urn:lex:br:federal:lei:2099;99")
    assert brazil.warnings == ()


def test_an_amendment_in_lexml_is_quoted(tmp_path: Path) -> None:
    """What the law inserts into another one has its quotation marks, and dots for what remains there."""
    brazil = document(
        tmp_path,
        "br.xml",
        '<LexML xmlns="http://www.lexml.gov.br/1.0"><Norma><ParteInicial><Epigrafe>LEI Nº 99</Epigrafe></ParteInicial>'
        "<Articulacao><Artigo><Rotulo>Art. 1º</Rotulo><Caput><p>O art. 2º da <span>Lei nº 98</span> vigora assim:</p>"
        '<Alteracao><Artigo abreAspas="s"><Rotulo>Art. 2º</Rotulo><Caput textoOmitido="s"/><Omissis/><Paragrafo '
        'fechaAspas="s" notaAlteracao="NR"><Rotulo>§ 3º</Rotulo><p>Ocultar <i>bens</i>.</p></Paragrafo></Artigo>'
        "</Alteracao></Caput></Artigo><Artigo><Rotulo>Art. 2º</Rotulo><Caput><p>Esta Lei entra em vigor.</p></Caput>"
        "</Artigo></Articulacao></Norma></LexML>",
    )
    assert [text for _, _, text in outline(brazil)] == [
        "LEI Nº 99",
        "Art. 1º O art. 2º da Lei nº 98 vigora assim:",
        "“Art. 2º .....",
        ".....",
        "§ 3º Ocultar bens.” (NR)",
        "Art. 2º Esta Lei entra em vigor.",
    ]


def test_comments_of_a_conversion_in_markdown(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", "<!-- image -->\n\n# Lei\n\n<!-- page\nbreak -->\n\nArtigo 1.º\n")
    assert [text for _, _, text in outline(found)] == ["Lei", "Artigo 1.º"]


def test_the_end_of_an_element_alone_is_a_part_of_markdown(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", "# Ley\n\n<div>\n\nArtículo 1. Texto.\n\n</div>\n\nArtículo 2. Texto.\n")
    assert [text for _, _, text in outline(found)] == ["Ley", "Artículo 1. Texto.", "Artículo 2. Texto."]


def test_html_inside_markdown(tmp_path: Path) -> None:
    table = "<table><tr><td>Cuenta</td><td>Valor</td></tr><tr><td>0012</td><td>1</td></tr></table>"
    found = document(tmp_path, "a.md", f"# Ley\n\n{table}\n\nTexto<br>dos <u>tres</u>\n")
    assert [text for _, _, text in outline(found)] == ["Ley", "Cuenta\tValor\n0012\t1", "Texto\ndos tres"]


def test_html_reads_as_it_is_shown(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "lei.html",
        "<html lang=pt><head><title>Lei</title><style>p{}</style></head><body><nav>Menu</nav><h2>CAPÍTULO&nbsp;I</h2>"
        "<p><font><a name='art1'></a>Art. 1<u><sup>o</sup></u>&#160; Ocultar\n ou <b>dissimular</b>:<br>Pena</p>"
        "<strike><p>texto revogado</p></strike><font><p>vigente<p style='display:none'>oculto</p>"
        "<ol type=a start=2><li>um<li>dois<ul><li>x</ul></ol><script>var x</script>"
        "<table><tr><th>Conta<th>Valor<tr><td rowspan=2>0012<td>1<tr><td>2</table>"
        "<table><tr><td><p>Presidência</p><td>da República</table></font>",
    )
    assert outline(found) == [
        ("heading", 2, "CAPÍTULO I"),
        ("paragraph", 0, "Art. 1º Ocultar ou dissimular:\nPena"),
        ("paragraph", 0, "vigente"),
        ("list_item", 0, "b. um"),
        ("list_item", 0, "c. dois"),
        ("list_item", 0, "x"),
        ("table", 0, "Conta\tValor\n0012\t1\n2"),
        ("paragraph", 0, "Presidência"),
        ("paragraph", 0, "da República"),
    ]
    assert found.tables[0].cells[-1].column == 1
    assert set(found.warnings) == {"struck_wording", "hidden_text"}
    assert found.metadata == {"language": "pt", "title": "Lei"}
    assert [item.text for item in found.pages[0].furniture] == ["Menu"]


def test_html_in_its_declared_encoding(tmp_path: Path) -> None:
    page = "<html><meta charset=iso-8859-1><p>ação “penal” €</p>"
    assert document(tmp_path, "a.html", page.encode("cp1252")).text == "ação “penal” €"


@pytest.mark.shared
@pytest.mark.parametrize("country", ["br", "fr", "ie", "mx", "pe", "uy"])
def test_statutes_of_each_country(tmp_path: Path, country: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    paths = [path for path in (SHARED / "statutes" / country).rglob("*") if path.suffix in (".md", ".html")]
    assert paths
    for path in paths:
        found = read(path, tmp_path).document
        assert found is not None
        check(found)
        assert any(block.kind is BlockKind.HEADING for block in found.blocks), path.name
        assert not any(mark in found.text for mark in ("<p", "</", "&nbsp", "\xa0", "\xad")), path.name


@pytest.mark.parametrize(
    ("preface", "title"),
    [
        ("<p><docTitle>Ley de lavado</docTitle></p>", "Ley de lavado"),
        ("<longTitle><p>An Act to restrain laundering</p></longTitle>", "An Act to restrain laundering"),
        (
            "<longTitle><p>Loi portant :</p><p>modification <i>d</i>’une loi</p></longTitle>",
            "Loi portant : modification d’une loi",
        ),
        ("<p><docType>Ley</docType> N° <docNumber>19574</docNumber></p>", "Ley 19574"),
        ("<p>Poder Legislativo</p>", None),
    ],
)
def test_the_title_of_akoma_ntoso_without_an_alias(tmp_path: Path, preface: str, title: str | None) -> None:
    found = document(
        tmp_path,
        "ley.xml",
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta/>'
        f"<preface>{preface}</preface><body><article><num>Artículo 1</num><content><p>Texto.</p></content></article>"
        "</body></act></akomaNtoso>",
    )
    assert found.metadata.get("title") == title


@pytest.mark.parametrize(
    "version", ["http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "http://www.akomantoso.org/1.0"]
)
def test_akoma_ntoso(tmp_path: Path, version: str) -> None:
    found = document(
        tmp_path,
        "lei.xml",
        f'<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="{version}"><act><meta><identification source="#s">'
        '<FRBRWork><FRBRuri value="/akn/br/act/1998-03-03/9613"/><FRBRdate date="1998-03-03"/><FRBRcountry value="br"/>'
        '<FRBRnumber value="9613"/></FRBRWork><FRBRExpression><FRBRdate date="2012-07-09"/>'
        '<FRBRlanguage language="por"/></FRBRExpression></identification></meta>'
        "<preface><longTitle><p><docTitle>Lei 9.613</docTitle></p></longTitle></preface><body>"
        "<chapter><num>CAPÍTULO I</num><heading>Dos <b>Crimes</b></heading><article><num>Art. 1º</num><content>"
        "<p>Ocultar <ref href='#x'>bens</ref><authorialNote marker='2'><p>Nota.</p></authorialNote>"
        "<del>velho</del>:</p></content>"
        "<paragraph><num>§ 1º</num><content><p>Incorre na pena.</p></content></paragraph>"
        "<list><point><num>I -</num><content><p>converte;</p></content></point></list></article></chapter></body></act>"
        "</akomaNtoso>",
    )
    assert outline(found) == [
        ("paragraph", 0, "Lei 9.613"),
        ("heading", 1, "CAPÍTULO I\nDos Crimes"),
        ("heading", 2, "Art. 1º"),
        ("paragraph", 0, "Ocultar bens[2]:"),
        ("footnote", 0, "[2] Nota."),
        ("list_item", 0, "§ 1º Incorre na pena."),
        ("list_item", 0, "I - converte;"),
    ]
    assert found.metadata == {
        "type": "act",
        "uri": "/akn/br/act/1998-03-03/9613",
        "country": "br",
        "number": "9613",
        "date": "1998-03-03",
        "version_date": "2012-07-09",
        "language": "pt",
        "title": "Lei 9.613",
    }
    assert found.warnings == ("struck_wording",)


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ('<identification><FRBRExpression><FRBRdate date="2012-07-09" name="validFrom"/></FRBRExpression>'
         '</identification>',
         {"valid_from": "2012-07-09", "version_date": "2012-07-09"}),
        ('<identification><FRBRWork><FRBRdate date="1998-03-03" name="Entry into force"/></FRBRWork></identification>',
         {"entry_into_force": "1998-03-03", "date": "1998-03-03"}),
        ('<lifecycle><eventRef eId="e1" date="1998-03-03" type="generation"/>'
         '<eventRef eId="e2" date="2016-01-01" type="repeal"/></lifecycle>', {"repeal_date": "2016-01-01"}),
        ('<lifecycle><eventRef id="e1" date="2000-05-05" type="amendment"/></lifecycle><temporalData>'
         '<temporalGroup id="p1"><timeInterval start="#e1" end="#none"/></temporalGroup></temporalData>',
         {"in_force_from": "2000-05-05"}),
        ('<temporalData><temporalGroup id="p1"><timeInterval start="#none"/></temporalGroup></temporalData>', {}),
    ],
)  # fmt: skip
def test_days_of_akoma_ntoso(tmp_path: Path, meta: str, said: dict[str, str]) -> None:
    found = document(
        tmp_path,
        "act.xml",
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act period="#p1"><meta>'
        f"{meta}</meta><body><p>Texto de la ley.</p></body></act></akomaNtoso>",
    )
    assert dict(found.metadata) == {"type": "act", **said}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimited(tmp_path: Path, delimiter: str) -> None:
    rows = [["Cuenta", "Señor", "Importe"], ["0001", 'dijo "sí"; no, | nunca', "1.234,50"], ["007", "x", "2"]]
    text = "\r\n".join(delimiter.join('"' + field.replace('"', '""') + '"' for field in row) for row in rows)
    found = document(tmp_path, "a.csv", text.encode("cp1252"))
    assert [found.text[cell.start : cell.end] for cell in found.tables[0].cells] == [
        field for row in rows for field in row
    ]
    assert [cell.header for cell in found.tables[0].cells] == [True] * 3 + [False] * 6


def test_json_with_one_law_in_it(tmp_path: Path) -> None:
    law = {
        "id": "x",
        "nome": "Lei",
        "url": None,
        "conteudo": "<h1>L1</h1><p>Art. 1<sup>o</sup> Texto.</p>" + "<p>x</p>" * 99,
    }
    found = document(tmp_path, "a.json", json.dumps(law))
    assert outline(found)[:2] == [("heading", 1, "L1"), ("paragraph", 0, "Art. 1º Texto.")]
    assert found.metadata == {"id": "x", "nome": "Lei"}
    assert document(tmp_path, "b.json", '[{"a": "uno"}, {"b": ["dos", 3, true, null]}]').text == "uno\n\ndos\n\n3"


@pytest.mark.shared
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "utf-8", "utf-16-le", "utf-16-be"])
def test_encodings_of_real_law(encoding: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    paths = sorted((SHARED / "statutes").rglob("*.md"))
    assert len(paths) > 40
    for path in paths:
        data = path.read_text(encoding="utf-8")[5000:8000].encode(encoding, "ignore")
        assert decode(data).text == data.decode(encoding), path.name


def test_where_a_reader_broke_is_logged_without_a_word_of_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "secreto.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook><sheets>Operación Jaguar</sheets></workbook>")
    with pytest.raises(RogatioError):
        read(path, tmp_path / "scratch")
    assert "raised at" in caplog.text
    assert "Jaguar" not in caplog.text
    assert "secreto" not in caplog.text


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("Направляем вам материалы уголовного дела о мошенничестве.", ("koi8-r", "cp1251", "iso8859-5", "cp866")),
        ("Изпращаме ви молба за правна помощ по наказателни дела.", ("cp1251", "iso8859-5")),
        ("Надсилаємо вам клопотання про надання правової допомоги.", ("koi8-u", "cp1251")),
        ("Σας διαβιβάζουμε την αίτηση δικαστικής συνδρομής σε ποινικές υποθέσεις.", ("cp1253", "iso8859-7")),
    ],
)
def test_cyrillic_and_greek_in_old_code_pages(text: str, pages: tuple[str, ...]) -> None:
    for page in pages:
        decoded = decode(text.encode(page))
        assert (decoded.text, decoded.warnings) == (text, ("encoding_guessed",)), page


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("INSTRUÇÃO: A AÇÃO NÃO É Só ÑANDÚ", "cp1252"),
        ("¿Qué? «À l’été», où çà… “Œuvre”", "cp1252"),
        ("Comisión ········ 12\nPág. ……… 3", "cp1252"),
    ],
)
def test_accents_and_dots_are_no_other_script(text: str, page: str) -> None:
    assert decode(text.encode(page)).text == text


def test_bookmarks_of_a_browser_are_html(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- x -->\n<TITLE>Leyes</TITLE>\n<DL><DT>Ley"
    )
    document = read(tmp_path / "a.htm", tmp_path / "members").document
    assert document is not None
    assert document.media_type == "text/html"


def test_long_xml_without_a_declaration(tmp_path: Path) -> None:
    rows = "".join(
        f"<fila><fecha>{day}/07/2024</fecha><tema>Proyecto de ley {day}</tema></fila>" for day in range(2000)
    )
    (tmp_path / "a.xml").write_text(f"<votaciones>{rows}</votaciones>")
    document = read(tmp_path / "a.xml", tmp_path / "members").document
    assert document is not None
    assert (document.media_type, document.text[:30].split()[0], "<" in document.text) == (
        "application/xml",
        "0/07/2024",
        False,
    )


@pytest.mark.parametrize(
    "start",
    ["\n" * 60_000 + "MII", "<" + "a" * 60_000, "<a " + "b" * 60_000, "<a>" * 20_000, "-----BEGIN CMS" + " " * 60_000],
)
def test_starts_that_only_resemble_a_format_are_text(tmp_path: Path, start: str) -> None:
    (tmp_path / "a").write_text(f"{start} auto")
    assert media_type(tmp_path / "a").name == "text/plain"


def test_text_with_control_characters_of_a_pdf_is_text(tmp_path: Path) -> None:
    text = "\x03\nDELIBERAÇÃO/2025/267\n" + "A autoridade\x03decide nos termos do artigo 57.º do Regulamento.\n" * 20
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert media_type(tmp_path / "a.txt").name == "text/plain"
    (tmp_path / "b.bin").write_bytes(bytes(range(1, 32)) * 40)
    with pytest.raises(RogatioError, match="unsupported_format"):
        media_type(tmp_path / "b.bin")
