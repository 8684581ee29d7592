"""Codes that readers of documents give have a name in every language, and no two types of a form have the same."""

from __future__ import annotations

from collections import Counter

import pytest

from app.labels import codes, label_in
from app.requests.schema import REQUEST_TYPES
from app.requests.statistics.form import statistics_lines
from app.requests.statistics.tables import Statistics
from extraction.resource import load
from indexing.search.query_fields import known_value

LANGUAGES = ("es", "pt", "pt-PT", "en", "fr")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("request_deadline", tuple(load("nlp.request_deadlines")["reasons"])),
        ("document_type", REQUEST_TYPES),
    ],
)
def test_every_code_has_a_name(kind: str, given: tuple[str, ...]) -> None:
    assert set(given) <= set(codes(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_types_that_are_stored_have_one_name(language: str) -> None:
    stored = {known_value("document_type", code) for code in codes("document_type")}
    names = Counter(label_in(language, "document_type", code) for code in stored)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_suppressed_number_is_not_called_small() -> None:
    found = Statistics("measure", "outcome", ("pending",), ("search_seizure",), ((None, None), (None, None)), (None,))
    _, row, total = statistics_lines(found, "en")
    assert row[1:3] == ["x", "x"]
    assert total[1:3] == ["x", "x"]
