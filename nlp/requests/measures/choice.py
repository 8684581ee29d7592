"""Choice between the measures that words request and those that the network finds, by its probabilities.

The network decides, whose input includes what the rules find; ticked boxes, and words of very short texts, stand. The
threshold was chosen on sets of letters that the network had not seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from nlp.requests.measures.evidence import Evidence
from nlp.requests.network.reading import FEW
from nlp.requests.statements import ASKED, EXCLUDED, REPORTED, TOLD, Statement

# Moods of the clauses of a statement that asks for nothing, whatever the network says.
_NOT_ASKED = frozenset({EXCLUDED, REPORTED, TOLD})
# Probability from which a measure is requested, in a statement that asks for something and in another one, if no other
# measure of the statement is more probable by so much; and from which it is requested in any case.
_LIKELY_ASKED, _LIKELY, _RIVAL, _CERTAIN = 0.55, 0.65, 0.1, 0.9
# Probability of another measure from which the network contradicts an item that orders a measure with its first words.
_CONTRADICTED = 0.95
# Measures that state the manner of another, which their statement requests beside it.
_MANNERS = frozenset({"videoconference"})
# Probability from which a measure that words request stands beside a likelier one, and that of measures whose words no
# other one has.
_WORDED = 0.8
_BESIDE = {"service_of_documents": 0.4}

Scored = Sequence[tuple[Evidence, Mapping[str, float]]]  # statements with the probability of each measure
Known = Collection[tuple[str, int]]  # measures that words request, with their places
Found = tuple[str, Statement, float]  # a measure, the statement that requests it, its probability


def is_doubted(measure: str, place: int, scored: Scored, besides: Collection[str] = ()) -> bool:
    """Return whether the network takes words for no request of a measure.

    ``place`` is that of the words in the running text. ``besides`` are measures that other clauses of the statement
    request, which say nothing against it. The network is not asked in very short texts.
    """
    if len(scored) < FEW:
        return False
    within = (likely for one, likely in scored if one.statement.start <= place < one.statement.end)
    return any(measure in likely and not _is_named(measure, _without(likely, besides)) for likely in within)


def _without(likely: Mapping[str, float], besides: Collection[str]) -> Mapping[str, float]:
    return {measure: probability for measure, probability in likely.items() if measure not in besides}


def _is_named(measure: str, likely: Mapping[str, float]) -> bool:
    """Return whether the network takes words for a request of a measure."""
    return likely[measure] >= _BESIDE.get(measure, _WORDED) or _is_likely(measure, likely, _LIKELY_ASKED)


def is_contradicted(measure: str, statement: Statement, scored: Scored, besides: Collection[str] = ()) -> bool:
    """Return whether the network is certain that a statement requests another measure instead of one it orders.

    ``besides`` are measures that say nothing against it.
    """
    within = (likely for one, likely in scored if one.statement == statement)
    apart = {measure, *besides}
    return any(value >= _CONTRADICTED for likely in within for other, value in likely.items() if other not in apart)


def likely_measures(
    scored: Scored, known: Known, secrets: Collection[int], ordered: Collection[int] = ()
) -> Iterator[Found]:
    """Yield the measures of each statement beside those that are ``known`` to be requested in it.

    ``secrets`` are places of requests for secrecy: a statement with one requests no measure. In very short texts words
    that no rule takes for requested are none, whatever the network says. ``ordered`` are the starts of statements whose
    first words order a measure that the network does not see: it misreads them, and adds what it is certain of only.
    """
    for one, likely in scored:
        statement = one.statement
        is_asked = any(found.confidence for found in one.named)
        if one.boxed or _asks_nothing(one):
            continue
        if not is_asked and any(statement.start <= place < statement.end for place in secrets):
            continue
        unasked = {found.measure for found in one.named} if len(scored) < FEW else set()
        found = _likely(one, likely, _within(statement, known) | unasked)
        misread = statement.start in ordered
        yield from (new for new in found if not misread or new[2] >= _CONTRADICTED)


def awaited_measures(scored: Scored, known: Known) -> Iterator[Found]:
    """Yield the measures in each item of a reminder beside those that are ``known`` to be requested in it."""
    for one, likely in scored:
        if one.statement.is_item and not _asks_nothing(one):
            yield from _likely(one, likely, _within(one.statement, known))


def _within(statement: Statement, known: Known) -> set[str]:
    return {measure for measure, place in known if statement.start <= place < statement.end}


def _likely(evidence: Evidence, likely: Mapping[str, float], known: Set[str]) -> Iterator[Found]:
    is_asked = ASKED in {mood for _, mood in evidence.statement.clauses}
    for measure, probability in likely.items():
        if measure not in known and _is_likely(measure, likely, _LIKELY_ASKED if is_asked else _LIKELY):
            yield measure, evidence.statement, round(probability, 3)


def _is_likely(measure: str, likely: Mapping[str, float], needed: float) -> bool:
    probability = likely[measure]
    is_first = measure in _MANNERS or max(likely.values()) - probability <= _RIVAL
    return probability >= _CERTAIN or (probability >= needed and is_first)


def _asks_nothing(evidence: Evidence) -> bool:
    return {mood for _, mood in evidence.statement.clauses} <= _NOT_ASKED
