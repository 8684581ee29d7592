"""The components in a pipeline of spaCy find what Rogatio's own annotation finds."""

from __future__ import annotations

from nlp.components import COMPONENTS, analysed, proposals
from nlp.language import find_segments
from nlp.spacy_components import pipeline, prepare

TEXT = (
    "El Juzgado Central de Instrucción n.º 3 solicita a la Fiscalía de la Nación del Perú, conforme al artículo 303 "
    "del Código Penal, información sobre el Sr. Juan Pérez Gómez por lavado de activos, el 3 de mayo de 2021, "
    "por 5.000 euros."
    "\n\nO juiz determinou a quebra de sigilo bancário da empresa Aço Ltda."
)


def test_spacy_runs_the_same_components() -> None:
    read = analysed(TEXT, find_segments(TEXT, ()), "es", "ES")
    language = pipeline()
    assert language.pipe_names == list(COMPONENTS)
    doc = prepare(language.make_doc(TEXT), read)
    assert doc.text == TEXT
    for _, component in language.pipeline:
        doc = component(doc)
    assert doc._.proposals == proposals(read)
    assert {span.label for span in doc._.proposals} >= {"COURT", "DATE", "MONEY", "MEASURE", "PERSON"}
