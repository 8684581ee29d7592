"""Examples of the REST API description: each is sent as written and its answer checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_walk import OPERATIONS, ORDER, Walk, problems
from jsonschema import Draft202012Validator
from workbench_site import workbench

from app.api import description


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return Walk(workbench(Path(tmp_path_factory.mktemp("bench"))))


@pytest.mark.parametrize("name", ORDER)
def test_every_operation_answers_its_example_as_is_reported(walk: Walk, name: str) -> None:
    answer = walk.send(name)
    assert not problems(answer, OPERATIONS[name][2])
    if name == "giveFilePassword":  # its example names a document that waits for no password
        assert (answer.status_code, answer.json["code"]) == (422, "app.not_locked")
        return
    nobody = name in (
        "decideEntity",
        "decideRequest",
        "decideRequestLink",
        "decideRequestMatch",
        "acknowledgeBlindNotice",
        "changeDocuments",
        "removeRequestRule",
        "addRoomProvision",
    )  # their example names nobody
    assert answer.status_code == 404 if nobody else answer.status_code < 300, answer.get_data(as_text=True)


@pytest.mark.parametrize("name", [one for one in OPERATIONS if "requestBody" in OPERATIONS[one][2]])
def test_every_body_has_an_example_that_its_schema_allows(name: str) -> None:
    content = OPERATIONS[name][2]["requestBody"]["content"]
    if result := content.get("application/json"):
        schema = result["schema"] | {"components": description()["components"]}
        assert not [error.message for error in Draft202012Validator(schema).iter_errors(result["example"])]
