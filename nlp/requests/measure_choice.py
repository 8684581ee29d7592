"""Choice between the measures that words request and those that the network finds, by its probabilities.

The rules decide whether a measure named in words is requested, unless the network is almost certain or doubts it. The
thresholds were chosen on sets of letters that the network had not seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from nlp.requests.measure_evidence import Evidence
from nlp.requests.statements import ASKED, EXCLUDED, REPORTED, TOLD, Statement

# Moods of the clauses of a statement that asks for nothing, whatever the network says.
_NOT_ASKED = frozenset({EXCLUDED, REPORTED, TOLD})
# Minimum probability of a measure: in statements that ask for something, in others, beside a measure that the rules
# find, for one that words name though no rule takes it for requested, and in the items of a reminder.
_LIKELY_ASKED, _LIKELY, _LIKELY_BESIDE, _LIKELY_NAMED, _LIKELY_AWAITED, _NEVER = 0.45, 0.7, 0.9, 0.9, 0.6, 2.0
# Probability below which a measure that words request is left out, and how much more probable another one of the
# statement must be for that; in texts of at least so many statements.
_DOUBTED, _RIVAL, _FEW = 0.6, 0.1, 12
# Measures that state the manner of another, which their statement requests beside it.
_MANNERS = frozenset({"videoconference"})

Scored = Sequence[tuple[Evidence, Mapping[str, float]]]  # statements with the probability of each measure
Found = tuple[str, Statement, float]  # a measure, the statement that requests it, its probability


def is_doubted(measure: str, place: int, scored: Scored) -> bool:
    """Return whether the network takes words for no request, or for one of another measure.

    ``place`` is that of the words in the running text. The network is not asked in very short texts.
    """
    if len(scored) < _FEW:
        return False
    within = [
        likely for one, likely in scored if one.statement.start <= place < one.statement.end and measure in likely
    ]
    return any(
        likely[measure] < _DOUBTED or (measure not in _MANNERS and max(likely.values()) - likely[measure] > _RIVAL)
        for likely in within
    )


def likely_measures(scored: Scored, known: Set[str], secrets: Collection[int]) -> Iterator[Found]:
    """Yield the measures beside the ``known`` ones.

    ``secrets`` are places of requests for secrecy: a statement with one requests no measure. In very short texts words
    that no rule takes for requested are none, whatever the network says.
    """
    likely_named = _NEVER if len(scored) < _FEW else _LIKELY_NAMED
    for one, likely in scored:
        statement, needed = one.statement, _needed(one)
        named = {found.measure for found in one.named}
        is_asked = any(found.confidence for found in one.named)
        if not is_asked and any(statement.start <= place < statement.end for place in secrets):
            continue
        for measure, probability in likely.items():
            if measure not in known and probability >= max(needed, likely_named if measure in named else 0.0):
                yield measure, statement, round(probability, 3)


def awaited_measures(scored: Scored, known: Set[str]) -> Iterator[Found]:
    """Yield the measures in the items of a reminder beside the ``known`` ones."""
    for one, likely in scored:
        if one.statement.is_item and not _asks_nothing(one):
            for measure, probability in likely.items():
                if measure not in known and probability >= _LIKELY_AWAITED:
                    yield measure, one.statement, round(probability, 3)


def _needed(evidence: Evidence) -> float:
    """Return the minimum probability of a measure that the rules do not find in a statement."""
    if evidence.boxed or _asks_nothing(evidence):
        return _NEVER
    if any(named.confidence for named in evidence.named):
        return _LIKELY_BESIDE
    return _LIKELY_ASKED if ASKED in {mood for _, mood in evidence.statement.clauses} else _LIKELY


def _asks_nothing(evidence: Evidence) -> bool:
    return {mood for _, mood in evidence.statement.clauses} <= _NOT_ASKED
