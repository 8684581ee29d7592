"""Rules of a desk, read from its decisions: what it rejected or corrected alike in several letters.

A rule is a sentence that a person can read: the words that a letter has, and what was decided on them. It changes later
proposals and decides nothing; who disagrees removes it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.decided_fields import corrected_value
from app.requests.decisions import CONFIRMED, CORRECTED
from app.requests.rules.schema import MAX_PHRASE_LENGTH, RemovedRuleRow
from app.requests.schema import RequestDecisionRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.database import insert
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow
from indexing.store.writing import now, writing
from nlp.matching.spelling import plain

MIN_LETTERS = 2
"""Letters in which the same was decided before it counts as a rule."""
ORIGIN = "desk_rule"
_BY_WORDS = frozenset({"requesting_state", "requested_state", "measures", "offences", "legal_basis"})
"""Fields with values that many letters have: a rule is about the words of the letter, not about the value."""
_NO_RULES = frozenset(
    {"facts_period", "deadlines", "amounts", "urgency", "confidentiality", "reciprocity", "translation"}
)


@dataclass(frozen=True, slots=True)
class DeskRule:
    """Where a letter of ``collection`` has ``phrase`` in ``field``: left out, or ``text`` in its place if corrected.

    ``letters`` counts those in which people of the desk decided so.
    """

    collection: str
    field: str
    phrase: str
    verdict: str
    text: str
    letters: int

    @property
    def key(self) -> str:
        """Return an id of the rule for addresses."""
        return hashlib.sha256("\0".join((self.collection, self.field, self.phrase)).encode()).hexdigest()[:16]


def phrase_of(field: str, value: Any, quote: str) -> str:
    """Return by which words a decision on a value holds in other letters, empty for a field that has no rules."""
    if field in _NO_RULES:
        return ""
    named = value.get("name") or value.get("text") or value.get("label") if isinstance(value, Mapping) else value
    words = quote if field in _BY_WORDS else str(named or "")
    return " ".join(plain(words).split())[:MAX_PHRASE_LENGTH]


def desk_rules(session: Session, collections: Iterable[str]) -> list[DeskRule]:
    """Return the rules of collections that the caller may read as a whole, those from most letters first."""
    row = RequestDecisionRow
    query = (
        select(DocumentRow.collection, row)
        .join(DocumentRow, DocumentRow.id == row.document)
        .where(DocumentRow.collection.in_(set(collections)), row.phrase != "")
        .order_by(row.id)
    )
    newest = {(decision.document, decision.proposal): (place, decision) for place, decision in session.execute(query)}
    by_phrase: dict[tuple[str, str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for place, decision in newest.values():
        by_phrase[place, decision.field, decision.phrase][decision.document] = (decision.verdict, decision.text)
    removed = set(
        session.execute(select(RemovedRuleRow.collection, RemovedRuleRow.field, RemovedRuleRow.phrase)).tuples()
    )
    found = [
        DeskRule(*about, *next(iter(decided.values())), len(decided))
        for about, decided in by_phrase.items()
        if _agree(decided) and about not in removed
    ]
    return sorted(found, key=lambda rule: (-rule.letters, rule.field, rule.phrase))


def _agree(decided: Mapping[str, tuple[str, str]]) -> bool:
    """Return whether enough letters have one decision, which changes the proposal."""
    return (
        len(decided) >= MIN_LETTERS
        and len(set(decided.values())) == 1
        and CONFIRMED not in next(iter(decided.values()))
    )


def visible_rules(store: Store, access: AccessFilter) -> list[DeskRule]:
    """Return the rules of the collections that may be read as a whole."""
    with Session(store.database) as session:
        return desk_rules(session, access.whole)


def remove_rule(store: Store, access: AccessFilter, principal: Principal, key: str) -> None:
    """Remove a rule by its key; raises ``app.no_such_desk_rule``, or ``indexing.not_writable`` for a reader."""
    rule = next((candidate for candidate in visible_rules(store, access) if candidate.key == key), None)
    if rule is None:
        raise RogatioError("app.no_such_desk_rule")
    with Session(store.database) as session:
        any_document = session.scalars(select(DocumentRow.id).where(DocumentRow.collection == rule.collection)).first()
    require_write(store, access, store.document(access, str(any_document)), principal)
    values = {"collection": rule.collection, "field": rule.field, "phrase": rule.phrase, "principal": principal.id}
    with writing(store) as session:
        session.execute(insert(session, RemovedRuleRow).values(**values, made=now()).on_conflict_do_nothing())


def with_rules(row: Mapping[str, Any], rules: Sequence[DeskRule], text: str) -> dict[str, Any]:
    """Return a reading with its proposals as the rules of its desk change them; ``left_out`` are those they reject."""
    known = {(rule.field, rule.phrase): rule for rule in rules}
    fields: dict[str, list[Mapping[str, Any]]] = {}
    left_out: dict[str, list[Mapping[str, Any]]] = {}
    for field, proposals in row.get("fields", {}).items():
        for found in proposals:
            rule = known.get((field, phrase_of(field, found["value"], text[found["start"] : found["end"]])))
            if rule is None:
                fields.setdefault(field, []).append(found)
            elif rule.verdict == CORRECTED:
                value = corrected_value(field, found["value"], rule.text)
                fields.setdefault(field, []).append({**found, "value": value, "origin": ORIGIN})
            else:
                left_out.setdefault(field, []).append(found)
    return {**row, "fields": fields, **({"left_out": left_out} if left_out else {})}
