"""Choice of the items of the completeness check that are raised, by weighed evidence (a logistic regression).

The evidence is that of ``nlp.requests.checks.alarm_evidence``, the weights those of ``models/request_checks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nlp.requests.checks.alarm_evidence import features_of_alarms
from nlp.requests.checks.words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.weights import feature_probability, feature_weights
from nlp.transformer import MODELS

WEIGHTS = MODELS / "request_checks" / "weights.json"
RIGHT = "right"
# Least probability of an alarm of the rules, by sets of letters that the weights had not seen (from 0.25 on F1 hardly
# changes, and false alarms get fewer), and of a doubt about what they found: at 0.5 short letters that lack nothing
# were doubted, 0.8 was not measured on these sets.
LIKELY, DOUBTED = 0.35, 0.8


def likely_alarms(
    context: RequestContext, fields: Fields, alarms: Mapping[str, str], doubted: Mapping[str, str]
) -> frozenset[str]:
    """Return the keys of the items that a letter likely lacks; without weights all that the rules raise.

    ``alarms`` are the findings of the rules by key, ``doubted`` those of the items that they found.
    """
    weights = trained_weights()
    if not weights:
        return frozenset(alarms)
    found = features_of_alarms(context, fields, alarms, doubted)
    return frozenset(
        key
        for key, features in found.items()
        if feature_probability(features, weights) >= (LIKELY if key in alarms else DOUBTED)
    )


@cache
def trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if their file is missing."""
    return feature_weights(WEIGHTS).get(RIGHT, {})
