"""Classes of citations, each with its forms in several languages and States (``gold/citation_classes.yaml``)."""

from pathlib import Path

import pytest
import yaml

from nlp.annotations import Unit
from nlp.citations.citations import find_citations

CLASSES = yaml.safe_load((Path(__file__).parent / "gold" / "citation_classes.yaml").read_text("utf-8"))
UNITS = {
    "law": (Unit(-9, 0, "art. 1", "article", (), "", 1.0, ""),),
    "paper": (Unit(-9, 0, "para. 1", "paragraph", (), "", 1.0, ""),),
}
ROWS = [pytest.param(row, id=f"{name}-{place}") for name, rows in CLASSES.items() for place, row in enumerate(rows)]


@pytest.mark.parametrize("row", ROWS)
def test_a_form_cites_the_laws_of_its_class(row):
    units = UNITS["law"] if row.get("law") else UNITS["paper"] if row.get("paper") else ()
    decision = row.get("decision", False)
    spans = find_citations(
        row["text"], jurisdiction=row["state"], language=row["language"], units=units, decision=decision
    )
    assert [value for span in spans for value in span.attributes.get("targets", span.value).split()] == row["cites"]
