"""State of origin of a document: from metadata, from the text, or unknown."""

from __future__ import annotations

import pytest

from nlp.annotations import Hints
from nlp.citations.neutral import court_country
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of
from nlp.jurisdiction import Jurisdiction, find_jurisdiction
from nlp.jurisdiction_metadata import address_country, country_code, metadata_jurisdiction


def jurisdiction(text: str, language: str = "", **metadata: str) -> Jurisdiction:
    return find_jurisdiction(text, Hints(), metadata, find_gazetteer(text, words_of(text)), language)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("cl", "CL"),
        ("LUX", "LU"),
        ("GB-UKM", "GB"),
        ("es-ES", "ES"),
        ("http://publications.europa.eu/resource/authority/country/LUX", "LU"),
        ("Colombia", "CO"),
        ("República de Chile", "CL"),
        ("EU", "EU"),
        ("zz", ""),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_state_given_in_any_form(given: str, code: str) -> None:
    assert country_code(given) == code


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("pais", "co", "CO"),
        ("uri", "/akn/tz/act/1967/6/eng@2019-11-30", "TZ"),
        ("uri", "/za/act/1998/84", "ZA"),
        ("frbruri", "/akn/za-gp/act/2003/4", "ZA"),
        ("source", "https://www.bcn.cl/leychile/navegar?idNorma=1177743", "CL"),
        ("source", "http://data.legilux.public.lu/eli/etat/leg/loi/1973/02/19/n1/jo", "LU"),
        ("source", "http://data.europa.eu/eli/reg/2021/953/oj", "EU"),
        ("urn", "urn:lex:br:federal:lei:2008-06-19;11705", "BR"),
        ("ecli", "ECLI:BE:CASS:2022:ARR.20221207.2F.5", "BE"),
        ("source", "https://example.com/law", ""),
        ("source", "https://files.example.co/law", ""),
    ],
)
def test_a_state_named_by_the_file(key: str, value: str, code: str) -> None:
    assert metadata_jurisdiction({key: value}) == code


def test_an_official_address_in_a_text_is_a_governments() -> None:
    assert address_country("http://www.legislation.gov.uk/nia/2022/2", official=True) == "GB"
    assert address_country("https://www.elpais.es/noticia", official=True) == ""


TEXTS = [
    ("en", "THE SUPREME COURT OF APPEAL OF SOUTH AFRICA\nJUDGMENT\nCase No: 272/2022", "ZA"),
    ("en", "Neutral Citation: Minister v M (272/2022) [2024] ZASCA 21 (05 March 2024)", "ZA"),
    ("en", "Laws of Kenya\nCHAPTER 63\nTHE PENAL CODE", "KE"),
    ("en", "IN THE HIGH COURT OF BELIZE\nBETWEEN\nThe King\nand\nA. B.", "BZ"),
    ("en", "IN THE SUPREME COURT OF THE STATE OF MISSOURI\nState ex rel. Roe v. Doe", "US"),
    ("en", "SUPERIOR COURT OF CALIFORNIA, COUNTY OF SAN MATEO\nPeople v. Roe", "US"),
    ("en", "IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS\nRoe v. Doe", "US"),
    ("en", "Texas Court of Criminal Appeals\nRoe v. State, from the District Court of Travis County, Texas", "US"),
    ("en", "UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF ARIZONA\nRoe v. Doe", "US"),
    ("fr", "Règlement grand-ducal du 31 juillet 1987\n\nNous Jean, Grand-Duc de Luxembourg", "LU"),
    ("fr", "8 JUIN 1867. - CODE PENAL\nArt. 2. <L 2002-06-14/42, art. 4> Nul crime\n[arrêté royal du 1er mai 1913]\n"
     "<L 2005-08-10/61, art. 14> <L 2000-11-28/35, art. 31>", "BE"),
    ("es", "LEY NÚM. 21.180\nTeniendo presente que el H. Congreso Nacional ha dado su aprobación\n"
     "Introdúcense en la ley Nº 19.880", "CL"),
    ("es", "Modifica la Ley 599 de 2000, la Ley 906 de 2004, el Decreto 1069 de 2015 y la Ley 1708 de 2014.", "CO"),
    ("pt", "Lei n.º 58/2019, de 8 de agosto\nArtigo 1.º\nArtigo 2.º\nRevoga a Lei n.º 67/98, de 26 de outubro", "PT"),
    ("fr", "REPUBLIQUE DU NIGER\nCOUR DE CASSATION\nLa Cour de Cassation, avocat au Barreau de Niamey, "
     "la Cour d’Appel de Zinder", "NE"),
    ("pt", "Decisão sumária, art. 407° do C.P.P.M.; art. 191° do C.P.M., multa de MOP$3.000,00 em Macau", "MO"),
    ("en", "Police v Oliver\n2026 UPW 13\nRatseezanunt v The State [2026 SCJ 29]", "MU"),
    ("es", "Roj: STS 2384/2025 - ECLI:ES:TS:2025:2384\nÓrgano: Tribunal Supremo", "ES"),
    ("es", "La Consejería concede ayudas a municipios de la Comunidad Autónoma de La Rioja.", "ES"),
    ("es", "el predio se sobrepone, D.S. N° 29215, DS N° 25763, DS N° 24784, SCP 0121/2012; INRA", "BO"),
    ("pt", "Agravo 0701234-05.2024.8.07.0000 e apelação 1003456-77.2021.8.26.0100, Rel. Des. X", "BR"),
    ("pt", "Recurso inominado. Segunda Turma Recursal dos Juizados Especiais. Voto.", "BR"),
    ("pt", "o acórdão no processo n.º 234/19.0T8LSB e no processo n.º 98/20.1JAPRT", "PT"),
    ("es", "Proceso 17294-2019-00123 y proceso 09281-2020-04567, se casa la sentencia", "EC"),
    ("es", "Expediente 20-004512-0007-CO y expediente 19-001122-0369-PE, por mayoría", "CR"),
    ("es", "Radicado 11001-60-00-028-2016-01234-01 y 05001-31-03-004-2018-00321-02", "CO"),
    ("es", "causa RUC N° 1900123456-7, RIT 123-2020, apelación de la medida", "CL"),
    ("es", "autos caratulados X C/ Y, IUE: 2-12345/2019, en segunda instancia", "UY"),
    ("fr", "pourvoi n° F 20-81.345 et pourvoi n° T 19-16.222, rejet", "FR"),
    ("en", "EASTERN CARIBBEAN SUPREME COURT\nCLAIM NO. SLUHCV2019/0123\nBETWEEN", "LC"),
    ("en", "EASTERN CARIBBEAN SUPREME COURT\nTERRITORY OF THE VIRGIN ISLANDS\nBVIHC (COM) 2020/0011", "VG"),
    ("en", "GIBRALTAR GAZETTE\nLEGAL NOTICE NO. 12 OF 2024\nRegulations of Gibraltar", "GI"),
    ("en", "CAYMAN ISLANDS\nIN THE GRAND COURT OF THE CAYMAN ISLANDS\nFINANCIAL SERVICES DIVISION", "KY"),
    ("pt", "Nos termos da alínea c) do n.º 1 do artigo 197.º da Constituição, o Governo aprova o Acordo", "PT"),
    ("en", "Uganda\n\nCriminal Procedure Code Act\n1. Short title", "UG"),
    ("en", "VAPING PRODUCTS ACT 2024\nAT 4 of 2024\nSection 16 of the Post Office Act", "IM"),
    ("es", "Decreto 729/2022\nVISTO el Expediente N° EX-2022-105743299-APN-DGDA#MEC\nSantiago Andrés Cafiero", "AR"),
    ("es", "Sentencia 1357-13-EP/20, con base en la LOGJCC y la sentencia 7-11-IA/19", "EC"),
    ("fr", "Loi n° 1.572\nla Société Monégasque des Eaux, boulevard du Larvotto", "MC"),
    ("pt", "CONSELHO ADMINISTRATIVO DE RECURSOS FISCAIS, CARF: empresa inscrita no CNPJ", "BR"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "code"), TEXTS)
def test_a_state_recognised_from_the_text(language: str, text: str, code: str) -> None:
    found = jurisdiction(text, language)
    assert found.code == code
    assert 0.2 < found.confidence < 1


UNKNOWN = [
    ("es", "Artículo 1. El presente Código Penal se aplicará a los delitos cometidos."),
    ("en", "Section 1. This Act may be cited as the Penal Code."),
    ("en", "DISTRICT COURT\nThe witness lived in Texas and later in Ohio."),
    ("en", "EUROPEAN COURT OF HUMAN RIGHTS\nCASE OF GARCÍA v. SPAIN\n(Application no. 47287/15)"),
    ("en", "EASTERN CARIBBEAN SUPREME COURT\nIN THE COURT OF APPEAL\nBETWEEN"),
    ("pt", "o processo n.º 12/2020 e o acórdão de 3 de maio de 2019"),
    ("es", "Expediente N° 123-2019, Resolución 45-2020 y folio 20-2020"),
    ("es", "Convenio sobre transporte entre los dos Estados, visto por un autor de Chile."),
    (
        "pt",
        "nos termos do artigo 16.º e do artigo 14.º da Lei n.º 4/94, de 28 de Janeiro e da Lei n.º 22/10, de 3 de Maio",
    ),
    ("", ""),
    ("es", "El Ministro resuelve archivar.\n\nDiego Aulestia Valencia"),
]
SIGNED_IN = {  # head, preamble and signature of treaties
    "es": (
        "CONVENCIÓN SOBRE LA TRATA\nSan José, Costa Rica, 7 de noviembre de 1999",
        "Los Estados Partes en la presente Convención, han convenido en lo siguiente:",
        "HECHO en la ciudad de San José, el siete de noviembre de mil novecientos noventa y nueve.",
    ),
    "pt": (
        "CONVENÇÃO SOBRE AUXÍLIO MÚTUO\nBrasília, Brasil, 23 de maio de 1992",
        "OS ESTADOS MEMBROS DA ORGANIZAÇÃO, ACORDAM em adotar a seguinte Convenção:",
        "Feito em Brasília, em 23 de maio de 1992.",
    ),
    "en": (
        "CONVENTION ON MUTUAL ASSISTANCE\nDone at Kingston, Jamaica, 23 May 1992",
        "The States Parties to this Convention have agreed as follows:",
        "Done at Kingston, Jamaica, on 23 May 1992.",
    ),
    "fr": (
        "CONVENTION SUR L'ENTRAIDE\nParis, France, 23 mai 1992",
        "Les Etats signataires de la présente Convention sont convenus de ce qui suit :",
        "Fait à Paris, le 23 mai 1992.",
    ),
}


@pytest.mark.parametrize("language", SIGNED_IN)
def test_a_treaty_is_not_of_the_state_where_it_was_signed(language: str) -> None:
    head, preamble, signature = SIGNED_IN[language]
    assert jurisdiction(f"{head}\n\n{preamble}\n\n{signature}", language) == Jurisdiction()


def test_a_law_that_quotes_the_parties_of_a_treaty_keeps_its_state() -> None:
    law = "LEY N° 27527\nCONGRESO DE LA REPÚBLICA DEL PERÚ\nApruébase lo que los Estados Partes en ella acordaron."
    assert jurisdiction(law, "es").code == "PE"


@pytest.mark.parametrize(("language", "text"), UNKNOWN)
def test_a_state_that_nothing_indicates_is_unknown(language: str, text: str) -> None:
    assert jurisdiction(text, language) == Jurisdiction()


@pytest.mark.parametrize(
    ("court", "code"),
    [("UKSC", "GB"), ("EWCA Crim", "GB"), ("ZASCA", "ZA"), ("KEHC", "KE"), ("IESC", "IE"), ("SCC", "CA"),
     ("JMCA Civ", "JM"), ("INLR", ""), ("IRLR", ""), ("BPIR", ""), ("XYZ", "")],
)  # fmt: skip
def test_the_state_of_a_court_by_its_neutral_citation(court: str, code: str) -> None:
    assert court_country(court) == code


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("El patrono costarricense. En Costa Rica rige. Costa Rica, costarricense.", "es", "CR"),
        ("El patrono costarricense. En Costa Rica rige.", "es", ""),
        ("El tratado con Italia: Italia, italiano, italiana, Italia.", "es", ""),
        ("Entre Chile y el Perú. Chile, Perú, chileno, peruano, chilena, peruana.", "es", ""),
        ("LE MINISTÈRE PUBLIC. RÉPUBLIQUE ET CANTON DE GENÈVE. Arrêt", "fr", "CH"),
        ("Having regard to the Treaty establishing the European Community, Whereas:", "en", "EU"),
        ("titular de la cédula V-1.379.450; inscrito en el Instituto de Previsión Social del Abogado", "es", "VE"),
    ],
)
def test_a_state_without_other_signs(text: str, language: str, code: str) -> None:
    assert jurisdiction(text, language).code == code


@pytest.mark.parametrize(
    ("text", "title", "code"),
    [
        ("Cybercrime Bill, 2024\nHistory of this Bill", "Barbados Parliament Bills Archive | Cybercrime Bill", "BB"),
        ("Bail Bill, 2021\nFirst reading", "Parliament of Jamaica: Bail Bill", "JM"),
        ("Order No. 3", "The Kenya Gazette, vol. 3", "KE"),
        ("Cybercrime Bill, 2024", "Treaty with Barbados", ""),
        ("DECRETO-LEI Nº 3.914, DE 9 DE DEZEMBRO DE 1941\nArt. 1: Considera-se crime", "Lei de Introdução", "BR"),
        ("LEI COMPLEMENTAR Nº 105, DE 10 DE JANEIRO DE 2001\nArt. 1o", "", "BR"),
        ("LEI N.º 3/2014, de 10 de Fevereiro\nArtigo 1.º", "", ""),
    ],
)
def test_a_state_by_the_institution_in_a_title_or_the_name_of_its_law(text: str, title: str, code: str) -> None:
    assert jurisdiction(text, title=title).code == code


def test_an_english_case_that_is_cited_does_not_make_a_text_english() -> None:
    text = (
        "The trial judge relied on the reasoning in Marlow v Penrose [2003] EWCA Civ 1411 at paragraph 20, which "
        "counsel urged this Court to follow, when he construed section 12 of the Police Act of Antigua and Barbuda. "
        "The Attorney General of Antigua and Barbuda submits that the English cases do not apply."
    )
    assert find_jurisdiction(text, Hints(), {}, language="en").code != "GB"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Montevideo, dos de marzo de dos mil doce\nVISTOS: la Suprema Corte, el señor Burgos Pérez; IUE: 2-29/2011",
            "UY",
        ),
        (
            "Corte Suprema: San Salvador, a las diez horas del dos de marzo de dos mil veinte.\nAdvierte esta Corte",
            "SV",
        ),
        ("La Corte oyó al señor Burgos Pérez.\nEl recurrente insiste.", ""),
    ],
)
def test_the_city_and_date_above_a_decision_and_no_surname_tell_the_state(text: str, code: str) -> None:
    assert jurisdiction(text, "es").code == code
