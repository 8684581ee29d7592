"""Parts and numbered paragraphs of judgments, by the conventions of the countries."""

from __future__ import annotations

import pytest

from nlp.structure.structure import find_structure

JUDGMENTS = [
    ("es", "SENTENCIA 12/2020\nANTECEDENTES DE HECHO\nPRIMERO.- Uno.\nFUNDAMENTOS DE DERECHO\nPRIMERO.- Dos.\n"
     "FALLAMOS\nQue debemos.",
     ["header", "facts", "grounds", "ruling"]),
    ("es", "SENTENCIA 12/2020\nA N T E C E D E N T E S  D E  H E C H O\nPRIMERO.- Uno.\nFUNDAMENTOS DE DERECHO\n"
     "PRIMERO.- Dos.\nF A L L O\nQue debemos.",
     ["header", "facts", "grounds", "ruling"]),
    ("es", "VISTOS: los autos.\nRESULTANDO: I) Que sí.\nRESULTANDO: II) Que no.\nCONSIDERANDO: Que procede.\n"
     "POR TANTO: Se declara.",
     ["facts", "facts", "grounds", "ruling"]),
    ("pt", "EMENTA\nPenal.\nRELATÓRIO\nTrata-se de recurso.\nVOTO\nConheço.\n"
     "Ante o exposto, nego provimento.\nÉ como voto.",
     ["headnote", "facts", "grounds", "ruling"]),
    ("fr", "ARRÊT\nFaits et procédure\nSelon l'arrêt.\nExamen du moyen\nEnoncé.\nRéponse de la Cour\nVu.\n"
     "PAR CES MOTIFS, la Cour :\nREJETTE",
     ["header", "facts", "grounds", "grounds", "ruling"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), JUDGMENTS)
def test_parts_are_found_in_order(language: str, text: str, expected: list[str]) -> None:
    assert [unit.key for unit in find_structure(text, document_type="judgment", language=language)] == expected


def test_paragraph_numbers_carry_on_over_lists_and_parts() -> None:
    text = "THE FACTS\n1. One.\n2. Two:\n1. a list,\n3. Three.\nTHE LAW\n4. Four.\nFOR THESE REASONS, THE COURT\nHolds."
    units = find_structure(text, document_type="judgment", language="en")
    numbered = [(unit.label, unit.path) for unit in units if unit.kind == "paragraph"]
    assert numbered == [
        ("para. 1", ("THE FACTS",)),
        ("para. 2", ("THE FACTS",)),
        ("para. 3", ("THE FACTS",)),
        ("para. 4", ("THE LAW",)),
    ]


def test_a_judgment_is_known_by_its_parts_without_a_type() -> None:
    assert [unit.key for unit in find_structure(JUDGMENTS[0][1])] == JUDGMENTS[0][2]
