"""Decision which candidates are concepts of a provision, learned from labelled provisions (``models/concept_tags``).

Candidates are the concepts that the rules found in the provision, around it or where it refers to, the offences with
most of its words, and the nearest concepts by the encoder's vector. A logistic regression weighs the evidence of each
and its rivals. No feature identifies a concept, a country or a law.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extraction.resource import load
from nlp.concepts.layer import KINDS, broader_concepts, concept
from nlp.concepts.tagging import ConceptTag
from nlp.probability import logistic
from nlp.provision_roles.classifier import model
from nlp.provision_roles.evidence import evidence, likely_offences
from nlp.provision_roles.nearest_concepts import FOLDER, Nearness
from nlp.provision_roles.reading import ProvisionReading

FILE = FOLDER / "weights.json"
# Candidates by words, the provisions around, those referred to and the most frequent labels.
_OFFENCES, _NEIGHBOURS, _REFERRED, _MENTIONED = 10, 4, 4, 5
_ORIGINS = ("heading", "above", "defined", "opening", "conduct")


@dataclass(frozen=True, slots=True)
class SubjectPlace:
    """A provision with the concepts that the rules found (``found``) and decided on (``ruled``).

    ``around`` is the mean confidence with which the provisions around it have each concept, ``referred`` the greatest
    one in the provisions to which it refers. ``mentioned`` counts the labels of each concept in the provision.
    """

    reading: ProvisionReading
    found: Sequence[ConceptTag]
    ruled: Sequence[ConceptTag]
    around: Mapping[str, float]
    referred: Mapping[str, float]
    mentioned: Mapping[str, int]
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class SubjectWeights:
    """Weights by feature and the bias; ``least`` is the probability of a subject, ``least_best`` of the best one."""

    weights: Mapping[str, float]
    bias: float
    least: float
    least_best: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that a candidate with these features is a concept of its provision."""
        total = self.bias + sum(value * self.weights.get(name, 0.0) for name, value in features.items())
        return logistic(total)


def subject_probabilities(place: SubjectPlace, known: SubjectWeights) -> dict[str, float]:
    """Return the probability of each candidate that it is a concept of the provision."""
    return {code: known.probability(features) for code, features in subject_features(place).items()}


def chosen_subjects(
    probable: Mapping[str, float], known: SubjectWeights, headed: Collection[str] = ()
) -> dict[str, float]:
    """Return the candidates that are probable enough; for two of them a lower threshold is used.

    They are the most probable one, and the most probable one of those that the provision's own heading names
    (``headed``): the subject of the chapter or of the law is often more probable.
    """
    best = max(probable, key=lambda code: probable[code], default="")
    named = max(probable.keys() & set(headed), key=lambda code: probable[code], default="")
    return {
        code: probability
        for code, probability in probable.items()
        if probability >= (known.least_best if code in (best, named) else known.least)
    }


def subject_features(place: SubjectPlace) -> dict[str, dict[str, float]]:
    """Return the features of each candidate by its concept."""
    codes = _candidates(place)
    single = [evidence(code, place.reading) for code in codes]
    roles = model().alone.probabilities(single)
    return {
        code: {
            **own,
            **place.nearness.features(code),
            **_kind(code, place, role),
            **_ruled(code, place),
            **_around(code, place),
            **_referred(code, place),
            **_mentioned(code, place),
        }
        for code, own, role in zip(codes, single, roles, strict=True)
    }


def _candidates(place: SubjectPlace) -> list[str]:
    beside = (
        *_first(place.around, _NEIGHBOURS),
        *_first(place.referred, _REFERRED),
        *_first(place.mentioned, _MENTIONED),
    )
    found = (tag.concept for tag in (*place.found, *place.ruled))
    offences = likely_offences(place.reading)[:_OFFENCES]
    known = place.nearness.places
    every = (*place.nearness.nearest(), *found, *offences, *beside)
    return [code for code in dict.fromkeys(every) if code in known and not _is_incidental(code, place)]


def _is_incidental(code: str, place: SubjectPlace) -> bool:
    """Return whether a concept occurs in most provisions of a kind and the heading does not name it.

    Penal provisions mention imprisonment, transitional ones the institutions that they reorganise.
    """
    listed = load("nlp.provision_roles")
    incidental = [*listed["incidental"], *(listed["institutions"] if place.reading.kind == "final" else ())]
    return code in incidental and code not in place.reading.heading_names


def _first(weights: Mapping[str, float], count: int) -> list[str]:
    return sorted(weights, key=lambda code: (-weights[code], code))[:count]


def _kind(code: str, place: SubjectPlace, role: NDArray[np.float64]) -> dict[str, float]:
    """Return the features of the kind of concept, and for an offence of its role by the classifier of roles."""
    entry = concept(code)
    punished = place.reading.punishes
    return {
        **{f"concept_{kind}": float(entry.kind == kind) for kind in KINDS},
        "role_relevant": float(role[2] + role[3]) if entry.penal else 0.0,
        "role_connected": float(role[1]) if entry.penal else 0.0,
        "penal_punished": float(entry.penal and punished),
        "penal_unpunished": float(entry.penal and not punished),
        "other_punished": float(punished and not entry.penal),
        "narrower": float(np.log1p(len(entry.narrower))),
        "narrower_near": place.nearness.greatest(entry.narrower),
        "broader_near": place.nearness.greatest(broader_concepts(code)),
    }


def _ruled(code: str, place: SubjectPlace) -> dict[str, float]:
    """Return the features of what the rules decided for the concept and for others."""
    sure = {tag.concept: tag.confidence for tag in place.ruled}
    by = next((tag.by for tag in place.ruled if tag.concept == code), "")
    broader, narrower = set(broader_concepts(code)), set(concept(code).narrower)
    others = sure.keys() - {code}
    return {
        "ruled": sure.get(code, 0.0),
        "ruled_so": float(code in sure),
        **{f"ruled_by_{origin}": float(by == origin) for origin in _ORIGINS},
        "ruled_count": float(len(sure)),
        "ruled_other": _greatest(sure, others),
        "ruled_broader": _greatest(sure, broader),
        "ruled_narrower": _greatest(sure, narrower),
        "ruled_unrelated": _greatest(sure, others - broader - narrower),
    }


def _around(code: str, place: SubjectPlace) -> dict[str, float]:
    own = place.around.get(code, 0.0)
    return {
        "around": own,
        "around_narrower": _greatest(place.around, set(concept(code).narrower)),
        "around_first": float(own > 0 and own == max(place.around.values())),
    }


def _referred(code: str, place: SubjectPlace) -> dict[str, float]:
    """Return the features of the provisions referred to."""
    own = place.referred.get(code, 0.0)
    return {
        "referred": own,
        "referred_first": float(own > 0 and own == max(place.referred.values())),
        "referred_other": float(bool(place.referred) and not own),
    }


def _mentioned(code: str, place: SubjectPlace) -> dict[str, float]:
    """Return the features of the labels in the whole provision: a subject is named more than once."""
    own, most = place.mentioned.get(code, 0), max(place.mentioned.values(), default=0)
    broader, narrower = set(broader_concepts(code)), set(concept(code).narrower)
    return {
        "mentions": float(np.log1p(own)),
        "mentions_first": float(own > 0 and own == most),
        "mentions_share": own / sum(place.mentioned.values()) if own else 0.0,
        "mentions_lead": float(np.log1p(own) - np.log1p(most)),
        "mentions_broader": float(np.log1p(_greatest(place.mentioned, broader))),
        "mentions_narrower": float(np.log1p(_greatest(place.mentioned, narrower))),
        "mentions_none": float(not place.mentioned),
    }


def _greatest(sure: Mapping[str, float], codes: set[str]) -> float:
    return max((value for code, value in sure.items() if code in codes), default=0.0)


@cache
def subject_weights() -> SubjectWeights | None:
    """Return the learned weights, None if they are not installed."""
    return stored_weights(FILE) if FILE.is_file() else None


def stored_weights(file: Path) -> SubjectWeights:
    """Return the weights of a file that ``models.concept_tags.train`` wrote."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return SubjectWeights(content["weights"], content["bias"], content["least"], content["least_best"])
