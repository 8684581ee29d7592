"""Choice of the sentences that ask for a special procedure, by weighed evidence (a logistic regression).

Evidence is the encoder's vector of the sentence, the beginnings of its words, its section and what the patterns of
``nlp.requests.procedures`` say. The weights are those of ``models/request_procedures``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from nlp.requests.weights import ENCODER, feature_weights
from nlp.transformer import MODELS, Vector, exists

WEIGHTS = MODELS / "request_procedures" / "weights.json"
ASKED = "procedure"
LIKELY = 0.6  # chosen on letters that the weights had not seen
_VECTOR, _STEM, _LONGEST = 8.0, 6, 40

Features = Mapping[str, float]


def procedure_features(folded: str, vector: Vector, section: str, said: Mapping[str, bool]) -> Features:
    """Return the features of a sentence; ``said`` are the results of the patterns by name."""
    words = [word[:_STEM] for word in regex.findall(r"\p{L}+", folded)]
    found = {f"vector.{number}": value * _VECTOR for number, value in enumerate(vector.tolist())}
    found |= dict.fromkeys((f"word.{word}" for word in words), 1.0)
    found |= {name: 1.0 for name, is_so in said.items() if is_so}
    found |= {f"section.{section}": 1.0, "length": min(len(words), _LONGEST) / _LONGEST, "every": 1.0}
    return found


@cache
def trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if there are none or no encoder."""
    return feature_weights(WEIGHTS).get(ASKED, {}) if exists(ENCODER) else {}
