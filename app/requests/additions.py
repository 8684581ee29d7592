"""Values of a request that a person adds because the program did not propose them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.requests.corrections import check_correction
from app.requests.decided_fields import corrected_value
from app.requests.decisions import CONFIRMED, Decision, proposal_id
from app.requests.review import MAX_VALUE_LENGTH, Review, record_decision, review
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.writing import now

_PERSON: Mapping[str, Any] = {
    "name": "", "kind": "natural", "role": "other_party", "birth_date": None,
    "nationality": [], "documents": [], "aliases": [],
}  # fmt: skip
EMPTY: Mapping[str, Any] = {
    "requesting_state": "",
    "requested_state": "",
    "issuing_authority": "",
    "own_reference": "",
    "legal_basis": {"instrument": None, "text": "", "articles": []},
    "measures": {"measure": "", "target": "", "period": None},
    "offences": {"concept": "", "broader": [], "provisions": []},
    "persons": _PERSON,
    "deadlines": {"date": "", "reason": ""},
    "answer_period": {"text": ""},
    "preservation_period": {"text": ""},
    "special_procedure": {"text": ""},
    "annexes": {"label": ""},
}
"""The fields to which a value can be added, with the machine form of one that nothing is known of."""
_SINGLE = frozenset({"requesting_state", "requested_state", "issuing_authority"})


def addable_fields(reviewed: Review) -> list[str]:
    """Return the fields to which a value can be added; of those with one value, only those without it."""
    held = {field for field, values in reviewed.fields.items() if any(value.state != "rejected" for value in values)}
    return [field for field in EMPTY if field not in _SINGLE or field not in held]


def add_value(store: Store, access: AccessFilter, principal: Principal, document_id: str, field: str, text: str) -> str:
    """Record a value that a person adds to a request, as confirmed by that person; return its id.

    Its evidence is the first place in the letter with the same words, if there is one. Raises ``app.form_invalid`` for
    another field, an empty or a too long text, ``app.request_value_held`` for a field of one value that has it,
    ``app.unknown_request_value`` for a text that is no value of the field, and what ``stored_reading`` raises.
    """
    written = " ".join(text.split())
    require_write(store, access, store.document(access, document_id), principal)
    reviewed = review(store, access, document_id)
    if field not in EMPTY or not written or len(written) > MAX_VALUE_LENGTH:
        raise RogatioError("app.form_invalid")
    if field not in addable_fields(reviewed):
        raise RogatioError("app.request_value_held")
    check_correction(field, EMPTY[field], written)
    value = corrected_value(field, EMPTY[field], written)
    start, end = _place(store.reading(access, document_id).text, written)
    added = proposal_id(field, value)
    record_decision(store, document_id, Decision(field, added, CONFIRMED, "", principal.id, now(), value, start, end))
    return added


def _place(text: str, words: str) -> tuple[int, int]:
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 else (0, 0)
