"""Whether a request says what the evidence is for (UNTOC 18(15)(f)): a section, a label or a sentence that does."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.requests.check_words import Fields, letter_sentences, measure_names, pattern, says
from nlp.requests.context import RequestContext

# Where the purpose is not looked for: names, laws and quotations.
_ELSEWHERE = frozenset({"statute_text", "legal_basis", "annexes"})
_SHORTEST = 25


def states_purpose(context: RequestContext, fields: Fields) -> bool:
    """Return whether the letter says why it needs what it asks for, or by when the data would be lost."""
    if any(unit.end - unit.start - len(unit.label) > _SHORTEST for unit in context.sections_of("purpose")):
        return True
    folded = context.flow.folded
    for sentence in letter_sentences(context):
        if context.section_at(context.flow.places[sentence.start]) in _ELSEWHERE:
            continue
        words = folded[sentence.start : sentence.end]
        if any(pattern(name).search(words) for name in _PATTERNS):
            return True
    return _is_urgent_for_loss(fields) or _asks_a_witness_questions(context, fields)


def _asks_a_witness_questions(context: RequestContext, fields: Fields) -> bool:
    return "hearing_witness" in measure_names(fields) and says(context, "questions")


_PATTERNS = ("purpose_label", "purpose_serves", "purpose_to_prove", "purpose_needed", "purpose_link")


def _is_urgent_for_loss(fields: Fields) -> bool:
    values = [proposal.value for proposal in fields.get("deadlines", ())]
    return any(isinstance(value, Mapping) and value["reason"] == "data_loss" for value in values)
