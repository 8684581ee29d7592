"""Metadata of a document after annotation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk

from indexing.access import LOCAL_USER
from indexing.ingest.preparation import authority_of, prepare
from indexing.ingest.tasks import task_for
from nlp.annotations import DocumentType, LetterType
from nlp.pipeline import annotate
from nlp.requests.reading import VERSION

AUTHORITIES = [
    (
        "La Guardia Civil remitió el atestado al Juzgado Central de Instrucción n.º 3.",
        "Juzgado Central de Instrucción n.º 3",
    ),
    ("O Ministério Público pediu a cooperação. A Polícia Federal cumpriu.", ""),
    (
        "La Subdirección General de Cooperación Jurídica Internacional acusa recibo.",
        "Subdirección General de Cooperación Jurídica Internacional",
    ),
]


@pytest.mark.parametrize(("text", "expected"), AUTHORITIES)
def test_what_any_state_may_have_is_nobody_to_filter_by(text: str, expected: str) -> None:
    annotations = annotate(text)
    assert "AUTHORITY" in {span.label for span in annotations.spans}
    assert authority_of(annotations) == expected


LETTER = """Juzgado Central de Instrucción n.º 4, Madrid (España)

A la autoridad judicial competente de la República del Perú

COMISIÓN ROGATORIA

Se solicita la remisión de los extractos de la cuenta ES9121000418450200051332.
"""


@pytest.mark.parametrize(("version", "expected"), [(VERSION, "reminder"), ("requests@0", "rogatory_letter")])
def test_the_type_of_a_letter_is_stored_with_its_annotations(tmp_path: Path, version: str, expected: str) -> None:
    """A stored type is used as it stands; one of another version of the reader is found and stored again."""
    desk = Desk(tmp_path)
    identifier = desk.bring("carta.txt", LETTER, "madrid")
    document = desk.store.document(desk.store.access(LOCAL_USER), identifier)
    place = (document.sha256, document.id, document.annotations)
    held = desk.store.derived.annotations(*place)
    assert held.letter is not None
    assert (held.letter.version, held.letter.document_type.label) == (VERSION, "rogatory_letter")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    other = LetterType(version, DocumentType("reminder", 0.9, "test"))
    desk.store.derived.write_annotations(*place, replace(held, letter=other), scratch)
    task = task_for(desk.installation, document, scratch, read=False)
    assert prepare(replace(task, facts=replace(task.facts, document_type=""))).facts.document_type == expected
    stored = desk.store.derived.annotations(*place).letter
    assert stored is not None
    assert (stored.version, stored.document_type.label) == (VERSION, expected)
    desk.installation.close()
