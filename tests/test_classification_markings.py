"""Documents with a classification marking of a State, and documents that only mention secrecy."""

import pytest

from extraction.document import Document, Furniture, FurnitureKind, Page
from nlp.classification_markings import classification_marking

LETTER = "MINISTERIO PÚBLICO\n\n{line}\n\nCarta rogatoria\n\nSe solicita la declaración del testigo.\n"


def document(text: str, furniture: tuple[Furniture, ...] = ()) -> Document:
    return Document(text, (Page(1, 0, len(text), furniture=furniture),), (), "text/plain", "")


MARKED = [
    ("SECRETO", "SECRET"),
    ("CONFIDENCIAL", "CONFIDENTIAL"),
    ("C O N F I D E N C I A L", "CONFIDENTIAL"),
    ("** RESERVADO **", "RESERVADO"),
    ("CONFIDENTIEL DÉFENSE", "CONFIDENTIAL"),
    ("SECRET DÉFENSE", "SECRET"),
    ("TRÈS SECRET", "TOP SECRET"),
    ("SECRET // NOFORN", "SECRET"),
    ("NATO CONFIDENTIAL", "CONFIDENTIAL"),
    ("CONFIDENTIEL UE/EU CONFIDENTIAL", "CONFIDENTIAL"),
    ("ULTRASSECRETO", "TOP SECRET"),
    ("MUITO SECRETO", "TOP SECRET"),
    ("Grau de sigilo: Secreto", "SECRET"),
    ("Clasificación: Confidencial", "CONFIDENTIAL"),
    ("Security classification: SECRET", "SECRET"),
]
UNMARKED = [
    "CONFIDENCIALIDAD",
    "Confidencial",
    "SEGREDO DE JUSTIÇA",
    "SIGILO",
    "SECRET DE L'INSTRUCTION",
    "SECRETO DE SUMARIO",
    "SECRETO BANCARIO",
    "TRADE SECRETS",
    "URGENTE Y CONFIDENCIAL",
    "RESTREINT UE/EU RESTRICTED",
    "Se ruega que esta solicitud sea tratada como CONFIDENCIAL.",
    "The request is CONFIDENTIAL",
    "RESERVA DE LA INVESTIGACIÓN",
    "Clasificación: delito grave",
]


@pytest.mark.parametrize(("line", "level"), MARKED)
def test_a_line_of_its_own_is_a_marking(line: str, level: str) -> None:
    assert classification_marking(document(LETTER.format(line=line))) == level


@pytest.mark.parametrize("line", UNMARKED)
def test_a_request_for_confidentiality_is_no_marking(line: str) -> None:
    assert classification_marking(document(LETTER.format(line=line))) == ""


@pytest.mark.parametrize("kind", [FurnitureKind.STAMP, FurnitureKind.RUNNING_HEAD, FurnitureKind.RUNNING_FOOT])
def test_a_stamp_or_a_running_line_counts_on_any_page(kind: FurnitureKind) -> None:
    text = LETTER.format(line="Juzgado 3")
    pages = (Page(1, 0, 10), Page(2, 10, len(text), furniture=(Furniture("SECRETO", kind),)))
    assert classification_marking(Document(text, pages, (), "application/pdf", "")) == "SECRET"


def test_a_heading_deep_in_a_law_is_no_marking() -> None:
    articles = "\n".join(f"Artículo {number}. Texto del artículo." for number in range(20))
    assert classification_marking(document(f"LEY 5/2030\n{articles}\nSECRETO\n{articles}\n")) == ""
