"""A letter has the same reading in every format of file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from file_letters import FORMATS, LETTERS, Letter

from extraction.read import read
from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

FIELDS = ("requesting_state", "requested_state", "own_reference")
MARKS = ("urgency", "confidentiality")
LEARNT = {"eml": ("measures", "roles", "annexes", "missing")}
"""Fields whose weights see the headers of a mail too; their expected values hold, but not all others."""


def values(reading: RequestReading) -> dict[str, object]:
    """Return what is compared of a reading, by field."""
    fields = reading.fields
    found: dict[str, object] = {key: fields[key][0].value for key in FIELDS if key in fields}
    found |= {key: bool(fields.get(key)) for key in MARKS}
    found["authority"] = (
        " ".join(str(fields["issuing_authority"][0].value).split()) if "issuing_authority" in fields else ""
    )
    found["measures"] = {entry.value["measure"] for entry in fields.get("measures", ())}
    found["deadlines"] = {entry.value["date"] for entry in fields.get("deadlines", ())}
    people = [entry.value for entry in fields.get("persons", ())]
    found["births"] = {(one["name"], one["birth_date"]) for one in people if one["birth_date"]}
    found["roles"] = {(one["name"], one["role"]) for one in people}
    found["annexes"] = [entry.value["label"] for entry in fields.get("annexes", ())]
    found["missing"] = {check.key for check in reading.checks if check.state == "missing"}
    return found


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], dict[str, object]]:
    """Return the compared values by letter and format."""
    folder = tmp_path_factory.mktemp("letters")
    return {(letter.name, ending): _read(letter, ending, folder) for letter in LETTERS for ending in FORMATS}


def _read(letter: Letter, ending: str, folder: Path) -> dict[str, object]:
    path = folder / f"{letter.name}.{ending}"
    FORMATS[ending](letter, path)
    document = read(path, folder).document
    assert document is not None
    annotations = annotate(document.text, document.blocks, metadata=document.metadata)
    return values(read_request(document.text, annotations, document.blocks))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_a_letter_is_read_alike_from_every_format(
    readings: Mapping[tuple[str, str], dict[str, object]], letter: Letter, ending: str
) -> None:
    found = readings[letter.name, ending]
    assert {key: found[key] for key in letter.expected} == dict(letter.expected)
    compared = [key for key in found if key not in LEARNT.get(ending, ())]
    assert {key: found[key] for key in compared} == {key: readings[letter.name, "txt"][key] for key in compared}
