"""Requests generated from the schemas: all valid ones are answered, and every answer is as described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from api_walk import FIRST, OF_ACCOUNTS, OF_FILES, OPERATIONS, ORDER, Walk, problems, resolved
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from workbench_site import workbench

from app.api import description

EXAMPLES = 20
# What one parameter says of another, and what depends on what is held, no schema can tell.
BEYOND_SCHEMAS = frozenset(
    {
        "indexing.decision_closed",
        "indexing.nothing_to_compare",
        "indexing.own_verdict",
        "indexing.verdict_replaced",
        "indexing.not_your_part",
        "indexing.last_owner",
        "indexing.room_full",
        "indexing.room_without_name",  # a name of characters that nobody sees
        "indexing.nothing_to_search",  # a query of signs alone
        "indexing.too_many_alerts",
        "app.bad_state",  # a state may be given by its name in any language
        "app.account_exists",
        "app.own_account",
        "app.no_accounts",
        "app.no_such_account",
        "app.no_such_grant",
        "app.no_such_case_file",
        "indexing.no_such_place",
        "app.no_such_state_code",
        "app.public_is_no_authority",
        "app.no_such_authority",
        "app.reason_needed",
        "app.too_many_exports",
        "app.key_used_otherwise",  # the key of an earlier upload with other files
        "app.too_many_tokens",
        "indexing.too_many_rooms",
        "app.no_changes",
        "app.no_documents_chosen",
        "app.same_states",
        "app.end_before_start",
        "app.not_locked",
        "app.nothing_to_ask",
        "app.link_refused",
        "app.no_letter_with_reference",
        "app.several_with_reference",
        "app.last_provision",
        "app.citation_of_several_countries",
        "app.workspace_of_many_provisions",
        "app.no_offence",  # an offence that the request does not name
        "app.transition_refused",
        "app.bad_event_day",
        "app.event_day_future",
        "app.event_before_letter",
        "app.late_status_refused",
        "indexing.date_in_future",
        "app.ground_missing",
        "app.unknown_request_field",  # words with a colon are a field in the query
        "app.unknown_request_value",
        "app.no_such_request_field",
        "app.no_such_request_value",
        "app.request_field_empty",
        "app.request_value_held",
        "app.request_value_empty",
        "app.no_such_day",
        "indexing.unknown_filter_value",
        "indexing.no_such_filter_value",
    }
)
NOT_THERE = (404, 409)
BASE = "http://127.0.0.1/api/v1"
NAMES = (*OF_FILES, *OF_ACCOUNTS, *ORDER)


pytestmark = pytest.mark.slow


def generated() -> dict[str, Any]:
    """Return the operations by their ids, as schemathesis makes requests of them."""
    schema = schemathesis.openapi.from_dict(description())
    schema.app = Flask("nobody")  # requests are made for the test client of an application
    schema.config.generation.update(allow_x00=False)
    found = (one.ok() for one in schema.get_all_operations())
    return {one.definition.raw["operationId"]: one for one in found}


GENERATED = generated()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Give an installation in which everything has been made that operations are about."""
    made = Walk(workbench(Path(tmp_path_factory.mktemp("bench"))))
    for name in FIRST:
        made.send(name)
    return made


def takes_values(name: str) -> bool:
    """Tell whether there is a parameter or a body that a wrong value can be given to."""
    reported = OPERATIONS[name][2]
    return "requestBody" in reported or any(resolved(one)["in"] == "query" for one in reported["parameters"])


CASES = [(name, GenerationMode.POSITIVE) for name in NAMES] + [
    (name, GenerationMode.NEGATIVE) for name in NAMES if takes_values(name)
]


@pytest.mark.parametrize(("name", "mode"), CASES)
def test_what_a_schema_allows_is_answered(walk: Walk, name: str, mode: GenerationMode) -> None:
    """What it does not allow may be refused or not, and is answered as the description says in either case."""
    operation = GENERATED[name]

    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def send(case: schemathesis.Case, known: bool) -> None:
        if known:
            case.path_parameters.update(walk.path_of(name))
        answer = walk.client.open(**case.as_transport_kwargs(base_url=BASE))
        assert answer.status_code < 500, case.as_curl_command()
        assert not problems(answer, OPERATIONS[name][2])
        if mode is GenerationMode.POSITIVE and answer.status_code not in NOT_THERE:
            refused = answer.json["code"] if answer.status_code >= 400 else ""
            assert not refused or refused in BEYOND_SCHEMAS, (refused, case.as_curl_command())

    send()
