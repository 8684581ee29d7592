"""The pipeline of spaCy runs every component on a text in two languages."""

from __future__ import annotations

import subprocess
import sys

from nlp.components import COMPONENTS, analysed
from nlp.language import find_segments
from nlp.spacy_components import pipeline, proposals

TEXT = (
    "El Juzgado Central de Instrucción n.º 3 solicita a la Fiscalía de la Nación del Perú, conforme al artículo 303 "
    "del Código Penal, información sobre el Sr. Juan Pérez Gómez por lavado de activos, el 3 de mayo de 2021, "
    "por 5.000 euros."
    "\n\nO juiz determinou a quebra de sigilo bancário da empresa Aço Ltda."
)


def test_the_pipeline_proposes_the_spans_of_every_component() -> None:
    read = analysed(TEXT, find_segments(TEXT, ()), "es", "ES")
    assert pipeline().pipe_names == list(COMPONENTS)
    assert pipeline().make_doc(TEXT).text == TEXT
    found = proposals(read)
    assert found == [span for find in COMPONENTS.values() for span in find(read)]
    assert {span.label for span in found} >= {"COURT", "DATE", "MONEY", "MEASURE", "PERSON"}


def test_the_command_line_of_spacy_is_imported_by_those_who_use_it() -> None:
    program = (
        "import sys\nfrom nlp.spacy_components import pipeline\npipeline()\n"
        "assert 'typer' not in sys.modules\n"
        "import spacy, spacy.cli\n"
        "assert spacy.cli.__file__ and callable(spacy.cli.download)\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__"
    )
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert completed.returncode == 0, completed.stderr
