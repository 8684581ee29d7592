"""Headers of mails and memoranda, in the languages of the interface and as Markdown."""

from __future__ import annotations

import pytest

from nlp.annotations import DocumentType
from nlp.mail_headers import mail_header
from nlp.title import find_title


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("From: Ann O'Dell <ann@state.example>", "sender", "Ann O'Dell <ann@state.example>"),
        ("**De:** Fiscalía de Bombarda", "sender", "Fiscalía de Bombarda"),
        ("Expéditeur : Cour de Bombarda", "sender", "Cour de Bombarda"),
        ("  Enviado por: Ministério Público", "sender", "Ministério Público"),
        ("À : Marc Levasseur", "recipient", "Marc Levasseur"),
        ("> Cc: jramos@fiscalia.example", "recipient", "jramos@fiscalia.example"),
        ("Assunto: Pedido de cooperação", "subject", "Pedido de cooperação"),
        ("RE: Request for assistance", "subject", "Request for assistance"),
        ("Réf. 12/2024", "reference", "12/2024"),
        ("Enviado el: lunes 12 de enero", "other", "lunes 12 de enero"),
        ("Pièces jointes : 2", "other", "2"),
    ],
)
def test_a_header_has_a_kind_and_a_value(line: str, kind: str, value: str) -> None:
    header = mail_header(line)
    assert header is not None
    assert (header.kind, line[header.value :]) == (kind, value)


@pytest.mark.parametrize(
    "line",
    ["De conformidad con el artículo 5:", "Data from the bank", "Re. our letter of 3 May", "Subject to appeal", ""],
)
def test_a_line_of_prose_is_no_header(line: str) -> None:
    assert mail_header(line) is None


@pytest.mark.parametrize(
    ("headers", "title"),
    [
        ("De: Dirección de Asuntos\nPara: Fiscalía\nRef.: 14/2026\nAsunto: Bienes en Bombarda\n", "Bienes en Bombarda"),
        ("Da: Procuradoria\nPara: Ministério\nAssunto: Bens em Bombarda\n", "Bens em Bombarda"),
        ("TO: Central Authority\nFROM: Crown Counsel\nRE: Assets in Bombarda\n", "Assets in Bombarda"),
        ("Expéditeur : Parquet\nDestinataires : Ministère\nObjet : Biens à Bombarda\n", "Biens à Bombarda"),
    ],
)  # fmt: skip
def test_the_title_of_a_memorandum_is_its_subject(headers: str, title: str) -> None:
    assert find_title(f"{headers}\nSe remiten los datos.\n", [], DocumentType("", 0.0, "")) == title
