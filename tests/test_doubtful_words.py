"""Words of a scan that are shown as doubtful."""

from __future__ import annotations

import numpy as np
import pytest
import regex

from app.documents.doubtful_words import doubtful_words
from extraction.document import WORD_BOX, Words

DATES = [
    ("nacido el 3. de agosto de 1208 en Lugo", 0.95, ["1208"]),
    ("née le 4 février 3019.", 0.95, ["3019."]),
    ("nascido a 5 de março de 1069", 0.95, ["1069"]),
    ("nacido el 3 de agosto de 1969", 0.95, []),
    ("died on 3 August 1208", 1.0, []),
    ("expediente 1208", 0.95, []),
]


@pytest.mark.parametrize(("text", "confidence", "expected"), DATES)
def test_a_year_that_no_document_has_is_doubtful_in_a_scan(text: str, confidence: float, expected: list[str]) -> None:
    rows = np.zeros(len(text.split()), WORD_BOX)
    places = [match.span() for match in regex.finditer(r"\S+", text)]
    rows["start"], rows["end"] = np.array(places).T
    rows["confidence"] = confidence
    assert [text[start:end] for start, end in doubtful_words(text, Words(rows), 0, len(text))] == expected


def test_a_word_of_low_confidence_is_doubtful() -> None:
    rows = np.zeros(1, WORD_BOX)
    rows["end"], rows["confidence"] = 4, 0.4
    assert doubtful_words("Lugo", Words(rows), 0, 4) == [(0, 4)]
