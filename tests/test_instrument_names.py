"""Treaties and institutions are displayed by name in the reader's language, not by key."""

from __future__ import annotations

import pytest
from flask import Flask

from app.labels import value_label
from app.web import create_app
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.settings import Settings

NAMES = load("app.instrument_names")
MODELS = {"UN-MODEL-EXT"}  # cited by checks of letters without a treaty, invoked by none


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app({"SETTINGS": Settings(tmp_path_factory.mktemp("names"))})


def test_each_treaty_has_a_name_in_each_language() -> None:
    assert set(NAMES["treaties"]) - MODELS == set(load("nlp.treaties"))
    assert set(NAMES["institutions"]) <= set(load("nlp.institutions"))
    assert all(set(names) - {"pt-PT"} == set(LANGUAGES) for kind in NAMES.values() for names in kind.values())


@pytest.mark.parametrize(
    ("field", "value", "language", "shown"),
    [
        ("treaty", "NASSAU", "es", "Convención de Nassau"),
        ("treaty", "ref:int:treaty:UNCAC#art-46", "fr", "Convention de Mérida, art. 46"),
        ("treaty", "OTHER", "fr", "OTHER"),
        ("institution", "FATF", "pt", "GAFI"),
        ("institution", "FIU", "es", "Unidad de inteligencia financiera"),
        ("institution", "FIU", "pt-PT", "Unidade de informação financeira"),
        ("treaty", "ECMA59", "pt-PT", "Convenção Europeia de Auxílio Judiciário Mútuo"),
        ("treaty", "BUD", "pt-PT", "Convenção de Budapeste"),
        ("institution", "EUROJUST", "en", "EUROJUST"),
    ],
)
def test_a_key_is_shown_as_a_name(app: Flask, field: str, value: str, language: str, shown: str) -> None:
    with app.test_request_context(f"/?ui={language}"):
        assert value_label(field, value) == shown
