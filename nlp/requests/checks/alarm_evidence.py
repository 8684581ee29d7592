"""Evidence that an alarm of the completeness check is right: its reason, the type of the letter, how thorough it is.

A letter with many dates, enclosures and particulars seldom lacks what a pattern did not find in it; a short letter with
other gaps often does. A letter whose type is in doubt may not need the item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log, log1p

from nlp.requests.checks.identity import identity_evidence
from nlp.requests.checks.records import period_evidence
from nlp.requests.checks.told import facts_evidence
from nlp.requests.checks.vagueness import vagueness_evidence
from nlp.requests.checks.words import Fields, letter_sentences
from nlp.requests.context import RequestContext

# Fields whose number of values is evidence.
_COUNTED = (
    "annexes",
    "deadlines",
    "amounts",
    "own_reference",
    "reciprocity",
    "special_procedure",
    "facts_period",
    "offences",
    "identifiers",
    "legal_basis",
)
_OF_KEY = 0.5  # scale of the evidence for one item alone, so that a fit prefers what holds for all items

Features = Mapping[str, float]

# The evidence of one item alone.
EVIDENCE: Mapping[str, Callable[[RequestContext, Fields], Features]] = {
    "facts": facts_evidence,
    "identity": identity_evidence,
    "measure_precision": vagueness_evidence,
    "period_of_records": period_evidence,
}


def features_of_alarms(
    context: RequestContext, fields: Fields, alarms: Mapping[str, str], doubted: Mapping[str, str]
) -> dict[str, Features]:
    """Return the features of each alarm of a letter by its key, and of each item that it may lack after all.

    ``alarms`` are the findings of the rules by key, ``doubted`` those of the items that the rules found.
    """
    stated, kind = _thoroughness(context, fields), context.labelled_type
    weighed = {**alarms, **doubted}
    found = {key: alarm_features(key, reason, kind, tuple(alarms), stated) for key, reason in weighed.items()}
    for key in found.keys() & EVIDENCE.keys():
        found[key] = {**found[key], f"evidence.{key}": 1.0, **EVIDENCE[key](context, fields)}
    return found


def _thoroughness(context: RequestContext, fields: Fields) -> Features:
    """Return the evidence of how much a letter states, each value near 1."""
    born = sum(isinstance(one.value, Mapping) and bool(one.value["birth_date"]) for one in fields.get("persons", ()))
    counts = {name: len(fields.get(name, ())) for name in _COUNTED}
    counts |= {
        "dates": sum(1 for _ in context.spans("DATE")),
        "sentences": sum(1 for _ in letter_sentences(context)),
        "birth_dates": born,
    }
    found = {name: log1p(number) for name, number in counts.items()}
    found["type_in_doubt"] = 1 - context.document_type.confidence
    return found | {"length": log(len(context.text) + 1) / 3 - 2.5}


def alarm_features(key: str, reason: str, kind: str, alarms: Sequence[str], stated: Features) -> Features:
    """Return the features of the alarm of an item.

    ``reason`` is the finding of the item, ``kind`` the type of the letter, ``alarms`` the keys of all items that are
    raised in it, ``stated`` its thoroughness.
    """
    found = {"every": 1.0, f"key.{key}": 1.0, f"reason.{key}.{reason}": 1.0, f"type.{key}.{kind}": 1.0}
    shared = {**stated, "others": float(sum(other != key for other in alarms))}
    found |= shared
    found |= {f"{key}.{name}": value * _OF_KEY for name, value in shared.items()}
    found |= {f"other.{other}": 1.0 for other in alarms if other != key}
    return found
