"""Choice of the alarms of the completeness check that are raised, by weighed evidence (a logistic regression).

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
LIKELY = 0.25  # chosen on sets of letters that the weights had not seen, for the best F1


def likely_alarms(context: RequestContext, fields: Fields, alarms: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of the alarms that are likely right; ``alarms`` are the findings by key. All without weights."""
    weights = trained_weights()
    if not alarms or not weights:
        return frozenset(alarms)
    found = features_of_alarms(context, fields, alarms)
    return frozenset(key for key, features in found.items() if feature_probability(features, weights) >= LIKELY)


@cache
def trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if their file is missing."""
    return feature_weights(WEIGHTS).get(RIGHT, {})
