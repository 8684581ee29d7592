"""What the network reads in a letter, read once for all fields."""

from __future__ import annotations

from nlp.requests.context import RequestContext, once
from nlp.requests.measures.evidence import Evidence
from nlp.requests.measures.rule_mentions import read_evidence
from nlp.requests.network.heads import LetterScores, letter_scores

FEW = 12  # statements of a text; in shorter ones words decide before the network


@once
def network_reading(context: RequestContext) -> LetterScores | None:
    """Return what the network reads in the statements of ``read_evidence``; None without weights or statements."""
    return letter_scores(read_evidence(context), context.labelled_type)


def likeliest_statement(context: RequestContext, declaration: str) -> tuple[Evidence, float] | None:
    """Return the statement that most probably makes a declaration, and the probability; None for a short text."""
    evidence, read = read_evidence(context), network_reading(context)
    if read is None or len(evidence) < FEW:
        return None
    return max(
        ((one, likely[declaration]) for one, likely in zip(evidence, read.declared, strict=True)),
        key=lambda entry: entry[1],
    )
