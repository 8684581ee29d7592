"""Letters with their translation beside them, in a table of two columns."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.parts.parallel_columns import parallel_columns
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

PANAMA = [
    ("ESPAÑOL", "ENGLISH"),
    ("Panamá, 16 de noviembre de 2026", "Panama, 16 November 2026"),
    ("Ministerio Público, Procuraduría General de la Nación", "Public Ministry, Attorney General"),
    ("Solicitud de asistencia judicial a Irlanda", "Request for assistance to Ireland"),
    ("Carpeta 202600044512", "File 202600044512"),
    ("Se solicita la declaración de Fergal Quirke, nacido el 6 de mayo de 1972", "The statement of Fergal Quirke, born 6 May 1972, is requested"),
    ("Delito: enriquecimiento injustificado, artículo 351 del Código Penal", "Offence: unjustified enrichment, article 351 of the Criminal Code"),
]  # fmt: skip
BRAZIL = [
    ("Brasília, 16 de novembro de 2026", "Brasilia, le 16 novembre 2026"),
    ("Ministério Público Federal da República Federativa do Brasil", "Ministère public fédéral de la République fédérative du Brésil"),
    ("Pedido de auxílio jurídico à Bélgica", "Demande d'entraide judiciaire à la Belgique"),
    ("Solicita-se a inquirição de Paul Roch, nascido em 6 de maio de 1972", "Il est demandé l'audition de Paul Roch, né le 6 mai 1972"),
    ("Crime: estelionato, artigo 171 do Código Penal", "Infraction : escroquerie, article 171 du Code pénal"),
]  # fmt: skip
FORM = [
    ("Apellidos de la persona", "Fabbri Montanari, casada con Roch"),
    ("Nombre de la persona", "Chiara Lucia Maddalena"),
    ("Fecha de nacimiento", "19/07/2001"),
    ("Domicilio de la persona", "14 Garibaldi Street, Bologna"),
    ("Medida solicitada por la autoridad", "Hearing of the witness by video link on 14 January 2027"),
]


def bars(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {one} | {other} |" for one, other in rows)


def tabs(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{one}\t{other}" for one, other in rows)


def read(text: str) -> RequestReading:
    return read_request(text, annotate(text))


@pytest.mark.parametrize(
    ("text", "languages"),
    [(bars(PANAMA), ("es", "en")), (tabs(PANAMA), ("es", "en")), (bars(BRAZIL), ("pt", "fr")), (tabs(BRAZIL), ("pt", "fr"))],
)  # fmt: skip
def test_the_second_column_is_the_translation_of_the_first(text: str, languages: tuple[str, str]) -> None:
    found = parallel_columns(text)
    assert found is not None
    assert found.languages == languages
    (translation,) = [one.value for one in read(text).fields["translation"] if isinstance(one.value, dict)]
    assert (translation["from"], translation["to"]) == languages


def test_only_the_first_column_is_read() -> None:
    found = read(bars(PANAMA))
    assert [one.value for one in found.fields["issuing_authority"]] == ["Procuraduría General de la Nación"]
    (offence,) = [one.value for one in found.fields["offences"] if isinstance(one.value, dict)]
    assert offence["provisions"] == ["artículo 351 del Código Penal"]
    assert "translation" not in [check.key for check in found.checks if check.state != "present"]


@pytest.mark.parametrize("text", [tabs(FORM), bars(FORM), tabs(PANAMA[:3]), "", "Una carta sin columnas.\n"])
def test_forms_and_other_texts_have_no_parallel_columns(text: str) -> None:
    assert parallel_columns(text) is None
