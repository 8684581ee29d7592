"""Issuing authority: the institution that writes is told from the others that the letter names."""

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

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
    assert found[0].value.removeprefix("La ").removeprefix("The ") == authority
