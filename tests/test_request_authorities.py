"""Issuing authority: the institution that writes is told from the others that the letter names."""

import pytest

from nlp.pipeline import annotate
from nlp.requests.authorities.authorities import full_name
from nlp.requests.authorities.evidence import named_institutions
from nlp.requests.reading import read_request, request_context

LETTERS = [
    (
        "MINISTERIO PÚBLICO\nDirección de Cooperación Internacional\n\nSan Lucas, 3 de mayo de 2025\n\nSeñores\n"
        "Procuraduría General de la República\nLisboa\n\nSolicito que se remitan los extractos de la cuenta 4471 del "
        "Banco Sur, abierta en Lisboa por el investigado Julio Arce.\n",
        "MINISTERIO PÚBLICO Dirección de Cooperación Internacional",
    ),
    (
        "DISTRICT COURT OF ASHMOOR\nCriminal Division\n12 March 2025\n\nTo the Ministry of Justice of Portugal\n\n"
        "Request for assistance\n\nThe court requests that the witness Ana Lopes be heard by the Lisbon court.\n",
        "DISTRICT COURT OF ASHMOOR Criminal Division",
    ),
    (
        "TRIBUNAL JUDICIAIRE DE VALBONNE\nCabinet du juge d'instruction\n\nÀ Monsieur le Procureur général, Madrid\n\n"
        "Nous, juge d'instruction, prions les autorités espagnoles d'entendre le témoin Luis Mora.\n",
        "TRIBUNAL JUDICIAIRE DE VALBONNE Cabinet du juge d'instruction",
    ),
]


@pytest.mark.parametrize(("text", "authority"), LETTERS)
def test_body_and_unit_of_the_letterhead_are_the_authority(text: str, authority: str) -> None:
    found = read_request(text, annotate(text)).fields["issuing_authority"]
    assert [proposal.value for proposal in found] == [authority]
    assert " ".join(text[found[0].start : found[0].end].split()) == authority


@pytest.mark.parametrize(("text", "authority"), LETTERS)
def test_lines_of_a_letterhead_that_a_file_parts_by_blank_lines_are_one_name(text: str, authority: str) -> None:
    blocks = "\n\n".join(line for line in text.split("\n") if line)
    (found,) = read_request(blocks, annotate(blocks)).fields["issuing_authority"]
    assert found.value == authority


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        (
            "RESPUESTA A SOLICITUD DE ASISTENCIA\n\nA la atención de la Fiscalía de Crimen Organizado (México)\n\n"
            "Acuso recibo de su solicitud FGR/586/2022. Para darle curso se necesita el periodo exacto de los "
            "movimientos de la cuenta 70430549471.\n\n"
            "La Dirección de Asuntos Internacionales de la Fiscalía General de la Nación (Colombia). Cali, 13/06/2022.",
            "Dirección de Asuntos Internacionales de la Fiscalía General de la Nación",
        ),
        (
            "From: office@example.org\nTo: central@example.org\n\nREPLY TO A REQUEST FOR ASSISTANCE\n\nFor the "
            "attention of the District Court of Galway, Ireland\n\nIn response to your request 2424 of 26 August 2024, "
            "the Director of Public Prosecutions informs you that it was duly executed.\n\n"
            "The Director of Public Prosecutions (Jamaica). Mandeville, 12 October 2024.",
            "Director of Public Prosecutions",
        ),
        (
            "T0: Tribunal judiciaire de Valbonne\n\nMAGISTRATE'S COURT, ASHMOOR\n\nRequest for assistance\n\nThe court "
            "requests that the witness Ana Lopes be heard.\n",
            "MAGISTRATE'S COURT, ASHMOOR",
        ),
    ],
)
def test_neither_the_reader_nor_a_mail_address_is_the_authority(text: str, authority: str) -> None:
    found = read_request(text, annotate(text)).fields["issuing_authority"]
    assert found[0].value.removeprefix("La ").removeprefix("The ").removeprefix("the ") == authority


FORWARDED = [
    (
        "CORTE SUPREMA DE JUSTICIA\n\nSUPLICATORIO\n\nLa Secretaria General de la Corte libra el presente a petición "
        "del Juzgado Tercero de Sentencia de San Lucas, que conoce del proceso penal contra Julio Arce, y ruega que se "
        "reciba declaración a la testigo Ana Ríos.\n",
        "Juzgado Tercero de Sentencia de San Lucas",
    ),
    (
        "AMBASSADE DE VALBONNE\n\nNOTE VERBALE\n\nL'Ambassade présente ses compliments au Ministère des Relations "
        "extérieures et lui transmet la demande d'entraide émise par le procureur général près la cour d'appel de "
        "Valbonne dans l'affaire suivie contre Luc Morel pour escroquerie.\n",
        "procureur général près la cour d'appel de Valbonne",
    ),
]


@pytest.mark.parametrize(("text", "authority"), FORWARDED)
def test_the_body_on_whose_behalf_a_request_is_sent_on_is_the_authority(text: str, authority: str) -> None:
    assert read_request(text, annotate(text)).fields["issuing_authority"][0].value == authority


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("O Juízo Criminal de Pedras Altas tramita a ação penal 44/2024.", "Juízo Criminal de Pedras Altas"),
        ("The National Crime Agency under the name Tamarisk has begun.", "National Crime Agency"),
        ("Le parquet de Liège nous charge de vous adresser la demande.", "parquet de Liège"),
        ("La Fiscalía Penal de San Lucas de 27 de febrero pide auxilio.", "Fiscalía Penal de San Lucas"),
    ],
)
def test_a_name_ends_before_the_words_of_its_sentence(text: str, name: str) -> None:
    context = request_context(text, annotate(text))
    assert name in [text[one.start : one.end] for one in named_institutions(context)]


@pytest.mark.parametrize(
    "reference",
    [
        "Processo n.º 448/26.2TELSB",
        "Exp. 0501-2026-00077",
        "Ref.: CRI 12/2026",
        "RUC 2501044871-6",
        "Radicado 20261700088123",
        "Legajo n.º 214/2026",
    ],
)
def test_a_name_ends_before_the_reference_on_its_line(reference: str) -> None:
    text = (
        f"Departamento Central de Investigação e Ação Penal, Lisboa {reference}\n\nLisboa, 5 de novembro de 2026\n\n"
        "À autoridade judiciária competente do Reino de Espanha\n\nSolicita-se a informação bancária da conta "
        "ES9121000418450200051332, em inquérito por burla."
    )
    (found,) = read_request(text, annotate(text)).fields["issuing_authority"]
    assert found.value == "Departamento Central de Investigação e Ação Penal, Lisboa"


def test_a_court_of_appeal_above_a_court_is_not_its_body() -> None:
    text = (
        "COUR D'APPEL DE VALBONNE\nTRIBUNAL JUDICIAIRE DE VALBONNE\nCabinet du juge d'instruction\n\n"
        "Commission rogatoire\n\nNous, juge d'instruction, prions les autorités espagnoles d'entendre Luis Mora.\n"
    )
    context = request_context(text, annotate(text))
    named = named_institutions(context)
    court = next(number for number, one in enumerate(named) if text.startswith("TRIBUNAL JUDICIAIRE", one.start))
    start, end = full_name(named, court, text)
    assert text[start:end] == "TRIBUNAL JUDICIAIRE DE VALBONNE\nCabinet du juge d'instruction"


_BODY = (
    "\n\nSolicita la declaración del testigo Pedro Santos, con domicilio en Lisboa, Portugal, en la investigación por "
    "lavado de activos que se sigue contra Juan Pérez Ramos.\n\n"
)


@pytest.mark.parametrize(
    ("heading", "foot", "authority"),
    [
        ("AUXILIO JUDICIAL INTERNACIONAL\n\nLisboa", "Lic. Ana López", ""),
        (
            "CARTA ROGATORIA\n\nCiudad de Guatemala, 3 de octubre de 2026",
            "Lic. Ana López\nAgente Fiscal",
            "Agente Fiscal",
        ),
        ("COOPERACIÓN JUDICIAL INTERNACIONAL\n\nREPÚBLICA DE GUATEMALA", "Ministerio Público", "Ministerio Público"),
        ("INTERNATIONAL LEGAL ASSISTANCE\nREPUBLIC OF MALTA\n\nValletta", "Attorney General", "Attorney General"),
        (
            "MINISTERIO PÚBLICO\nUNIDAD DE ASUNTOS INTERNACIONALES\nAUXILIO JUDICIAL INTERNACIONAL\nCARTA ROGATORIA",
            "Ana López",
            "MINISTERIO PÚBLICO UNIDAD DE ASUNTOS INTERNACIONALES",
        ),
    ],
)
def test_a_title_a_state_or_a_place_is_no_authority(heading: str, foot: str, authority: str) -> None:
    text = heading + _BODY + foot
    found = read_request(text, annotate(text)).fields.get("issuing_authority", ())
    assert [one.value for one in found] == ([authority] if authority else [])
