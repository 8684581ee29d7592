"""What the page of an upload says that was doubtful in a file."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.uploads.extracted_metadata import NO_COUNTRY, NO_TYPE, UnderstoodFile
from indexing.store.schema import Status


@pytest.mark.parametrize(
    ("language", "holds_files", "doubts"),
    [("und", True, ()), ("es", True, (NO_TYPE, NO_COUNTRY)), ("und", False, (NO_TYPE, NO_COUNTRY))],
)
def test_an_archive_without_a_text_has_no_type_and_country(
    language: str, holds_files: bool, doubts: tuple[str, ...]
) -> None:
    file: Any = SimpleNamespace(status=Status.INDEXED)
    document: Any = SimpleNamespace(language=language, document_type="unknown", jurisdiction="", warnings=())
    assert UnderstoodFile(file, document, holds_files=holds_files).doubts == doubts
