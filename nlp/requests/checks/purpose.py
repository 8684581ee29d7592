"""Purpose for which evidence is requested (UNTOC 18(15)(f)), stated in a section, after a label or in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.checks.words import HEARINGS, Fields, letter_sentences, measure_names, open_clause, pattern, says
from nlp.requests.context import RequestContext

# Parts without a statement of purpose: names, laws and quotations.
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
        words = _without_open_end(folded[sentence.start : sentence.end])
        if any(pattern(name).search(words) for name in _PATTERNS) or says_aim(words):
            return True
    if measure_names(fields) & {*load("nlp.request_checks")["own_purpose"]}:
        return True
    return _is_urgent_for_loss(fields) or _asks_questions(context, fields)


def _without_open_end(words: str) -> str:
    """Return a folded sentence up to its open-ended clause: "any other measure useful for the truth" is no purpose."""
    found = open_clause(words)
    return words[: found.start()] if found else words


def _asks_questions(context: RequestContext, fields: Fields) -> bool:
    """Return whether somebody is to be heard on questions that the letter gives, which say what the hearing is for."""
    return bool(HEARINGS & measure_names(fields)) and says(context, "questions")


# Groups that say by themselves why evidence is needed.
_ALONE = ("future", "unknown", "cannot_know", "loss", "depends", "without", "alone", "tendered")
_PATTERNS = ("purpose_label", "purpose_needed", "purpose_link")


def says_aim(words: str) -> bool:
    """Return whether a folded sentence says what evidence is for or why it is needed."""
    flat = " ".join(words.split())
    return any(aim.search(flat) for aim in _aims())


@cache
def _aims() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of a sentence that says what evidence is for, joined from the groups of the resource."""
    group: Mapping[str, str] = load("nlp.request_purposes")
    end = r"(?:\b|(?<=['’]))"
    proof, find, weak = group["proof"], group["find"], rf"\b{group['weak']}{end} ?"
    joined = (
        rf"\b{group['aim']}{end} ?{_words(5)}(?:{proof}|{find})",
        rf"{weak}{_words(1)}{group['verb']}{proof}",
        rf"\b(?:para|pour|for|aux?|al|ao|a) {_words(1)}{group['act']}\b",
        rf"{weak}{find} {_words(3)}{group['question']}\b",
        rf"\b{group['enable']} ?{_words(6)}(?:{proof}|{find})\b",
        rf"\b{group['will']} {_words(2)}(?:{proof}|{find}|{group['use']})",
        rf"\b{group['will_be']} {_words(1)}{proof}",
        rf"^\W*{group['first']} {_words(1)}{group['verb']}(?:{proof}|{find})",
        rf"(?<!\b(?:no|nao|not|ne) (?:\w+ )?){group['need']} {_words(3)}"
        rf"(?:para|pour|for|to|dans|en|in|a|ao|na|no|da|do|as) {_words(4)}{group['matter']}\b",
    )
    alone = (group[name] for name in _ALONE)
    return tuple(regex.compile(words) for words in (*joined, *alone))


def _words(number: int) -> str:
    """Return the pattern of up to ``number`` words, as few as possible."""
    return rf"(?:[\w'’-]+,? ){{0,{number}}}?"


def _is_urgent_for_loss(fields: Fields) -> bool:
    values = [proposal.value for proposal in fields.get("deadlines", ())]
    return any(isinstance(value, Mapping) and value["reason"] == "data_loss" for value in values)
