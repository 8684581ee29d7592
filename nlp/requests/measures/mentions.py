"""Mentions of requested measures in a letter: those of words and boxes that the network confirms, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.requests.context import RequestContext, once
from nlp.requests.declarations import read_confidentiality
from nlp.requests.letter_types.statements import ANSWERS, WITHDRAWAL
from nlp.requests.letter_types.unlearned_types import SPONTANEOUS
from nlp.requests.measures.choice import Found, Scored, awaited_measures, is_doubted, likely_measures
from nlp.requests.measures.rule_mentions import SURE_BOX, Mention, awaited_mentions, read_evidence, rule_mentions
from nlp.requests.network.reading import network_reading

# Answers, withdrawals and spontaneous information request nothing; a reminder requests the measures still outstanding.
REQUEST_NOTHING = frozenset({*ANSWERS, WITHDRAWAL, SPONTANEOUS})
REMINDERS = frozenset({"reminder"})


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
    ruled = rule_mentions(context)
    kept = [one for one in ruled if one.confidence >= SURE_BOX or not is_doubted(one.measure, one.start, scored)]
    found = kept or ruled
    secrets = [context.flow.at(one.start) for one in read_confidentiality(context)]
    return [*found, *_by_network(likely_measures(scored, _places(found), secrets))]


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
