"""A letter of cooperation is stored under the type of its request, also where it is called an official letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.reading import Selection

REQUEST = """MINISTERIO PÚBLICO
OFICIO N.º 771-2026-MP-FN-UCJIE
Lima, 14 de octubre de 2026

Señor Director General de Cooperación Jurídica Internacional
Madrid, España

Asunto: Solicitud de asistencia judicial en materia penal

Tengo el agrado de dirigirme a usted a fin de transmitir la presente solicitud, en la investigación seguida contra
Hernán Tuesta Ríos por el delito de lavado de activos. Se solicita que se obtenga del banco la información de la cuenta
y que se tome declaración al notario en calidad de testigo.

Atentamente,
Fiscal Superior
"""
REMINDER = """OFICIO N.º 802-2026-MP-FN-UCJIE
Lima, 24 de noviembre de 2026

Señor Director General, Madrid

Asunto: Reiteración de solicitud de asistencia judicial

Me dirijo a usted a fin de reiterar nuestro oficio N.º 771-2026-MP-FN-UCJIE, de 14 de octubre de 2026, mediante el cual
se solicitó asistencia judicial, sin que a la fecha se haya recibido respuesta.

Atentamente,
Fiscal Superior
"""
ANSWER = """Oficio N.º 190/2026
Montevideo, 12 de noviembre de 2026

A la Subdirección General de Cooperación Jurídica Internacional, Madrid

En respuesta a la comisión rogatoria de la referencia, cúmpleme remitir las actuaciones diligenciadas por el Juzgado
Letrado de Primera Instancia. Se adjunta el informe del Registro.

Saluda a usted atentamente,
Directora
"""
INTERNAL = """MEMORANDO N.º 12
Madrid, 3 de noviembre de 2026

A todo el personal

Se recuerda que el archivo de la planta segunda permanecerá cerrado por obras hasta el viernes.
"""
LAW = """LEY N.º 4.321

Artículo 1. El pedido de asistencia jurídica se dirige a la autoridad central.
Artículo 2. La autoridad central responde por oficio a la autoridad requirente.
Artículo 3. Comuníquese al Poder Ejecutivo.
"""
FILES = {
    "request.txt": REQUEST,
    "reminder.txt": REMINDER,
    "answer.txt": ANSWER,
    "internal.txt": INTERNAL,
    "law.txt": LAW,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("letters")
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


@pytest.fixture(scope="module")
def desk(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    opened = Installation(Settings(tmp_path_factory.mktemp("home")))
    ingest(opened, [folder / name for name in FILES], IngestOptions("madrid"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "document_type"),
    [
        ("request.txt", "mla_request"),
        ("reminder.txt", "reminder"),
        ("answer.txt", "mla_response"),
        ("internal.txt", "official_letter"),
        ("law.txt", "statute"),
    ],
)
def test_a_letter_has_the_type_of_its_request(desk: Installation, name: str, document_type: str) -> None:
    stored = desk.store.every_document(desk.store.access(LOCAL_USER), Selection(collection="madrid"))
    assert {one.source: one.document_type for one in stored}[name] == document_type


def test_the_country_of_an_answer_is_that_of_its_author(tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text(
        "PROCURADORIA-GERAL DA REPÚBLICA\nLisboa\n\nAo Diretor do DRCI\nMinistério da Justiça\nBrasília, Brasil\n\n"
        "Assunto: Resposta ao pedido de auxílio jurídico mútuo\n\nEm resposta ao pedido de V. Ex.ª de 30 de julho de "
        "2026, remete-se a certidão da sociedade Ribatejo Trading, Lda.\n\nCom os melhores cumprimentos,\nO "
        "Procurador\n"
    )
    opened = Installation(Settings(tmp_path / "home"))
    ingest(opened, [tmp_path / "answer.txt"], IngestOptions("madrid"))
    (stored,) = opened.store.every_document(opened.store.access(LOCAL_USER), Selection(collection="madrid"))
    assert (stored.document_type, stored.jurisdiction) == ("mla_response", "PT")
    opened.close()


def test_the_type_that_was_given_with_a_file_remains(folder: Path, tmp_path: Path) -> None:
    opened = Installation(Settings(tmp_path))
    ingest(opened, [folder / "request.txt"], IngestOptions("madrid", document_type="official_letter"))
    (stored,) = opened.store.every_document(opened.store.access(LOCAL_USER), Selection(collection="madrid"))
    assert stored.document_type == "official_letter"
    opened.close()


def test_an_official_letter_with_a_request_is_no_published_law(folder: Path, tmp_path: Path) -> None:
    opened = Installation(Settings(tmp_path))
    public = IngestOptions()
    assert ingest(opened, [upload(folder / "request.txt", "request.txt", public)], public).quarantined == 1
    assert ingest(opened, [upload(folder / "law.txt", "law.txt", public)], public).indexed == 1
    opened.close()
