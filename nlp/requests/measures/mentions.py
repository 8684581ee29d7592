"""Mentions of requested measures in a letter: those of words and boxes that the network confirms, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.requests.columns import column_head, is_head
from nlp.requests.context import RequestContext, once
from nlp.requests.declarations import read_confidentiality
from nlp.requests.enclosures.enclosed_items import is_enclosed
from nlp.requests.formalities import is_formality
from nlp.requests.identifiers.identifiers import find_request_identifiers
from nlp.requests.letter_types.statements import ANSWERS, WITHDRAWAL
from nlp.requests.letter_types.unlearned_types import SPONTANEOUS
from nlp.requests.measures.choice import (
    Found,
    Scored,
    awaited_measures,
    is_contradicted,
    is_doubted,
    likely_measures,
)
from nlp.requests.measures.earlier_requests import without_earlier
from nlp.requests.measures.handed_over import SEIZURE, handed_over
from nlp.requests.measures.plain_orders import (
    asks_for_results,
    begins_clause,
    is_clause_order,
    is_of_things_held,
    is_person_order,
    is_plain_order,
    tells_held,
)
from nlp.requests.measures.rule_mentions import (
    SURE_BOX,
    Mention,
    awaited_mentions,
    is_apart,
    names_form_alone,
    read_evidence,
    rule_mentions,
)
from nlp.requests.network.reading import network_reading
from nlp.requests.statements import is_put_to_a_person

# Answers, withdrawals and spontaneous information request nothing; a reminder requests the measures still outstanding.
REQUEST_NOTHING = frozenset({*ANSWERS, WITHDRAWAL, SPONTANEOUS})
REMINDERS = frozenset({"reminder"})
_ACCOUNTS = frozenset({"account", "iban"})


@once
def find_measure_mentions(context: RequestContext) -> list[Mention]:
    """Return the mentions of requested measures; none for the answer to a request."""
    kind = context.labelled_type
    if kind in REQUEST_NOTHING:
        return []
    return _reminded(context) if kind in REMINDERS else _requested(context)


def _requested(context: RequestContext) -> list[Mention]:
    """Return the mentions in a request: those of the rules, then those of the network."""
    scored = _scored(context)
    held = [one for one in rule_mentions(context) if is_of_things_held(context.flow.folded, one)]
    ruled = [one for one in rule_mentions(context) if not _is_of_held(context, one, held)]
    doubted = [one for one in ruled if one.confidence < SURE_BOX and _is_doubted(context, one, scored, ruled)]
    ordered = [one for one in doubted if _is_ordered(context, one, scored, ruled)]
    kept = [one for one in ruled if one not in doubted or one in ordered]
    found = kept or ruled
    secrets = [context.flow.at(one.start) for one in read_confidentiality(context)]
    misread = {one.statement.start for one in ordered if is_plain_order(context.flow.folded, one)}
    misread |= {one.statement.start for one in held}
    things_held = {one.statement.start for one in held}
    likely = [
        one
        for one in _by_network(likely_measures(scored, _places(found), secrets, misread))
        if one.measure != SEIZURE or one.start not in things_held
    ]
    found = [one for one in found if not any(names_form_alone(context.flow.folded, one, other) for other in likely)]
    asked = [one for one in (*found, *likely) if not asks_for_results(context.flow.folded, one)]
    asked = [one for one in asked if not is_formality(context, one.start) and not _is_question(context, one)]
    asked = [one for one in asked if not is_enclosed(context, one.statement) and not _is_tabled(context, one, ruled)]
    given = list(handed_over(context))
    over = {one.statement for one in given}
    kept = [one for one in asked if one.measure != SEIZURE or one.statement not in over]
    return without_earlier(context, [*kept, *given])


def _is_doubted(context: RequestContext, mention: Mention, scored: Scored, ruled: Iterable[Mention]) -> bool:
    """Return whether the network takes the words of a mention for no request.

    Where clauses are coordinated ("obtain the records, and freeze the account"), likelier measures of the other
    clauses say nothing against them.
    """
    besides = _elsewhere(context, mention, ruled) if _is_in_clause(context.flow.folded, mention, ruled) else ()
    return is_doubted(mention.measure, mention.start, scored, besides)


def _is_in_clause(folded: str, mention: Mention, ruled: Iterable[Mention]) -> bool:
    """Return whether the words of a mention begin a coordinated clause, or are before one that orders a measure."""
    later = (one for one in ruled if one.start > mention.start and is_apart(folded, mention, one))
    return begins_clause(folded, mention) or any(is_clause_order(folded, one) for one in later)


def _elsewhere(context: RequestContext, mention: Mention, ruled: Iterable[Mention]) -> set[str]:
    """Return the other measures that words of the statement of a mention request in other phrases."""
    return {one.measure for one in ruled if is_apart(context.flow.folded, mention, one)} - {mention.measure}


def _is_question(context: RequestContext, mention: Mention) -> bool:
    """Return whether the statement of a mention is a question to the person who is to be heard."""
    words = context.flow.folded[mention.statement.start : mention.statement.end]
    return is_put_to_a_person(words, context.language)


def _is_tabled(context: RequestContext, mention: Mention, ruled: Iterable[Mention]) -> bool:
    """Return whether a mention is in the head of a table, or is a row with the number of an account and no order."""
    place = context.flow.places[mention.start]
    if is_head(context.text, place):
        return True
    start, end = mention.statement.start, mention.statement.end
    accounts = (one.start for one in find_request_identifiers(context) if one.kind in _ACCOUNTS)
    is_listed = any(start <= context.flow.at(one) < end and column_head(context.text, one) for one in accounts)
    return is_listed and not any(one.statement == mention.statement for one in ruled)


def _is_of_held(context: RequestContext, mention: Mention, held: Iterable[Mention]) -> bool:
    """Return whether the words of a mention tell only that a thing is held with which its statement orders to deal."""
    beside = any(one != mention and one.statement == mention.statement for one in held)
    return beside and tells_held(context.flow.folded, mention)


def _is_ordered(context: RequestContext, mention: Mention, scored: Scored, ruled: Iterable[Mention]) -> bool:
    """Return whether the first words of an item or clause order a measure, and the network is sure of no other there.

    Another measure that the item orders in words behind it says nothing against the first, nor do those of other
    clauses against an order that begins a clause of its own.
    """
    folded = context.flow.folded
    if is_clause_order(folded, mention) or is_person_order(context.flow, mention):
        return not is_contradicted(mention.measure, mention.statement, scored, _elsewhere(context, mention, ruled))
    besides = {one.measure for one in ruled if one.statement == mention.statement and one.start >= mention.end}
    besides |= {SEIZURE} if is_of_things_held(folded, mention) else set()
    return is_plain_order(folded, mention) and not is_contradicted(mention.measure, mention.statement, scored, besides)


def _scored(context: RequestContext) -> Scored:
    evidence, read = read_evidence(context), network_reading(context)
    return list(zip(evidence, read.measures, strict=True)) if read else [(one, {}) for one in evidence]


def _by_network(found: Iterable[Found]) -> Iterator[Mention]:
    for measure, statement, probability in found:
        yield Mention(measure, statement.start, statement.end, statement, probability)


def _reminded(context: RequestContext) -> list[Mention]:
    """Return the mentions in a reminder: those of the rules, then those of the network in its items."""
    found = awaited_mentions(context)
    return [*found, *_by_network(awaited_measures(_scored(context), _places(found)))]


def _places(mentions: Iterable[Mention]) -> set[tuple[str, int]]:
    return {(mention.measure, mention.start) for mention in mentions}
