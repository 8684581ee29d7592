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
    "facts_period": {"from": None, "to": None},
    "amounts": {"value": 0, "currency": ""},
    "deadlines": {"date": "", "reason": ""},
    "answer_period": {"text": ""},
    "preservation_period": {"text": ""},
    "urgency": True,
    "confidentiality": True,
    "specialty": {"text": ""},
    "reciprocity": True,
    "special_procedure": {"text": ""},
    "annexes": {"label": ""},
    "translation": {"from": "", "to": "", "sworn": False},
}
"""The fields to which a value can be added, with the machine form of one that nothing is known of."""
STATEMENTS = frozenset({"urgency", "confidentiality", "reciprocity"})
"""Fields that a letter states or not: to be added without a text."""
_SINGLE = frozenset({"requesting_state", "requested_state", "issuing_authority", *STATEMENTS})


def addable_fields(reviewed: Review) -> list[str]:
    """Return the fields to which a value can be added; of those with one value, only those without it."""
    held = {field for field, values in reviewed.fields.items() if any(value.state != "rejected" for value in values)}
    return [field for field in EMPTY if field not in _SINGLE or field not in held]


def add_value(store: Store, access: AccessFilter, principal: Principal, document_id: str, field: str, text: str) -> str:
    """Record a value that a person adds to a request, as confirmed by that person; return its id.

    Its evidence is the first place in the letter with the same words, if there is one; ``STATEMENTS`` need no text.
    Raises ``app.no_addable_field`` for another field, ``app.request_value_empty`` for an empty and ``app.form_invalid``
    for a too long text, ``app.request_value_held`` for a field of one value that has it,
    ``app.unknown_request_value`` for a text that is no value of the field, and what ``stored_reading`` raises.
    """
    written = " ".join(text.split())
    require_write(store, access, store.document(access, document_id), principal)
    reviewed = review(store, access, document_id)
    _check_written(field, written)
    if field not in addable_fields(reviewed):
        raise RogatioError("app.request_value_held")
    value = _value(field, written)
    start, end = (0, 0) if field in STATEMENTS else _place(store.reading(access, document_id).text, written)
    added = proposal_id(field, value)
    record_decision(store, document_id, Decision(field, added, CONFIRMED, "", principal.id, now(), value, start, end))
    return added


def _check_written(field: str, written: str) -> None:
    if field not in EMPTY:
        raise RogatioError("app.no_addable_field", field=field[:40], fields=", ".join(EMPTY))
    if not written and field not in STATEMENTS:
        raise RogatioError("app.request_value_empty", field=field)
    if len(written) > MAX_VALUE_LENGTH:
        raise RogatioError("app.form_invalid")


def _value(field: str, written: str) -> Any:
    """Return the machine form of what a person wrote; raises what ``check_correction`` raises."""
    if field in STATEMENTS:
        return True
    check_correction(field, EMPTY[field], written)
    return corrected_value(field, EMPTY[field], written)


def _place(text: str, words: str) -> tuple[int, int]:
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 else (0, 0)
