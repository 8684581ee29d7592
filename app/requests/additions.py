"""Values of a request that a person adds because the program did not propose them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.requests.corrections import check_correction
from app.requests.decided_fields import corrected_value
from app.requests.decisions import CONFIRMED, NAMED, REJECTED, Decision, proposal_id
from app.requests.review import MAX_VALUE_LENGTH, Review, ReviewedValue, record_decision, review
from app.requests.written_identifiers import identifier_in, is_same, place_of
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.writing import now
from nlp.folding import fold

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
    "identifiers": {"kind": "", "text": "", "valid": None, "scope": "case"},
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
# Parts of a value that follow from its others.
_DERIVED = ("broader",)
_SINGLE = frozenset({"requesting_state", "requested_state", "issuing_authority", *STATEMENTS})


def addable_fields(reviewed: Review) -> list[str]:
    """Return the fields to which a value can be added; of those with one value, only those without it."""
    return [field for field in EMPTY if field not in _SINGLE or not _standing(reviewed, field)]


def add_value(store: Store, access: AccessFilter, principal: Principal, document_id: str, field: str, text: str) -> str:
    """Record a value that a person adds to a request, as confirmed by that person; return its id.

    Its evidence is the first place in the letter with the same words, if there is one; ``STATEMENTS`` need no text.
    Raises ``app.no_addable_field`` for another field, ``app.request_value_empty`` for an empty and ``app.form_invalid``
    for a too long text, ``app.request_value_held`` for a field of one value that has it, and for a value that says no
    more than one of the request, ``app.unknown_request_value`` for a text that is no value of the field, and what
    ``stored_reading`` raises. An identifier is checked as one of the States of the request.
    """
    written = " ".join(text.split())
    require_write(store, access, store.document(access, document_id), principal)
    reviewed = review(store, access, document_id)
    _check_written(field, written)
    if field not in addable_fields(reviewed):
        raise RogatioError("app.request_value_held")
    value = _value(field, written, _states(reviewed))
    if any(_says_as_much(field, one.current, value) for one in _standing(reviewed, field)):
        raise RogatioError("app.request_value_held")
    start, end = _place(field, store.reading(access, document_id).text, value, written)
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


def _states(reviewed: Review) -> list[str]:
    """Return the codes of the States of the request, without those of their parts."""
    fields = ("requesting_state", "requested_state")
    return [str(value.current)[:2] for field in fields for value in _standing(reviewed, field)]


def _standing(reviewed: Review, field: str) -> list[ReviewedValue]:
    """Return the values of a field that nobody rejected."""
    return [value for value in reviewed.fields.get(field, ()) if value.state != REJECTED]


def _says_as_much(field: str, held: Any, added: Any) -> bool:
    """Return whether an added value names the same measure, offence, person or day as ``held`` and adds no detail.

    An identical value is not refused: adding it confirms the proposal.
    """
    if field == "identifiers":
        return is_same(held, added)
    named = {**NAMED, "deadlines": "date"}.get(field)
    if not named or held == added or fold(str(held[named])) != fold(str(added[named])):
        return False
    rest = {key: said for key, said in added.items() if key not in (named, *_DERIVED)}
    return all(said == held.get(key) or said == EMPTY[field].get(key) for key, said in rest.items())


def _value(field: str, written: str, states: Sequence[str]) -> Any:
    """Return the machine form of what a person wrote; raises what ``check_correction`` raises."""
    if field in STATEMENTS:
        return True
    check_correction(field, EMPTY[field], written)
    if field == "identifiers":
        return {**EMPTY[field], **(identifier_in(written, states=states) or {})}
    return corrected_value(field, EMPTY[field], written)


def _place(field: str, text: str, value: Any, written: str) -> tuple[int, int]:
    """Return where a letter has an added value, (0, 0) if nowhere."""
    if field in STATEMENTS:
        return 0, 0
    if field == "identifiers":
        return place_of(value["text"], text)
    at = text.find(written)
    return (at, at + len(written)) if at >= 0 else (0, 0)
