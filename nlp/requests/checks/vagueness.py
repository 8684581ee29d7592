"""Evidence that a measure cannot be carried out as it is asked for: open quantities, unnamed persons, no target."""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p

import regex

from nlp.requests.checks.evidence_words import amount, asked_words
from nlp.requests.checks.words import HEARINGS, Fields, measure_names, measure_of, open_clause, says, target_of
from nlp.requests.context import RequestContext

_ACCOUNTS = frozenset({"bank_information", "freezing"})
_NUMBER = regex.compile(r"\d{3}")


def vagueness_evidence(context: RequestContext, fields: Fields) -> Mapping[str, float]:
    """Return evidence for an alarm of the measures: words that leave them open, rows without target or number."""
    asked, names = asked_words(context), measure_names(fields)
    rows = [found.value for found in fields.get("measures", ()) if isinstance(found.value, Mapping)]
    aimless = [measure_of(row) for row in rows if not row["target"]]
    accounts = [row for row in rows if measure_of(row) in _ACCOUNTS]
    numbered = any(_NUMBER.search(target_of(row)) for row in accounts)
    length = sum(len(words) for words in asked)
    return {
        "measures.number": log1p(len(rows)),
        "measures.none": float(not rows),
        "measures.aimless": len(aimless) / max(1, len(rows)),
        "measures.aimless_hearing": float(bool(HEARINGS & {*aimless})),
        "measures.aimless_accounts": float(bool(accounts) and not numbered),
        "measures.open_quantity": amount("open_quantity", asked),
        "measures.unnamed": amount("unnamed", asked),
        "measures.conditional": amount("conditional", asked),
        "measures.open_end": float(any(open_clause(" ".join(words.split())) for words in asked)),
        "measures.length": log1p(length) / 3 - 2,
        "measures.figures": log1p(sum(len(_NUMBER.findall(words)) for words in asked)),
        "measures.no_questions": float(bool(HEARINGS & names) and not says(context, "questions")),
        "measures.search": float("search_seizure" in names),
        "measures.locate": float("identify_locate_person" in names),
        "measures.production": float("production_documents" in names),
    }
