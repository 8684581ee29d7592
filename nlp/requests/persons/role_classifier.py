"""Classifier of roles: a multinomial logistic regression over what the rules found and the words around a name.

It decides for each name of a letter between the roles of a party and none. The weights are those of
``models/request_roles``; its README describes training and quality. Without weights the verdict of the rules stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from nlp.probability import softmax
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import read_evidence
from nlp.requests.network.heads import Place, role_scores
from nlp.requests.network.reading import FEW, network_reading
from nlp.requests.persons.parties import LEGAL, Party
from nlp.requests.persons.role_features import Candidate, features_of, is_word, mentions_read, surroundings
from nlp.requests.persons.role_inference import DescribedParty, of_letter_type
from nlp.requests.persons.role_places import PURSUED, ROLES
from nlp.requests.persons.roles import OTHER, Standing
from nlp.requests.sentence_vectors import embed
from nlp.requests.weights import vector_weights
from nlp.transformer import MODELS, Vector

FOLDER = MODELS / "request_roles"
NOBODY = "not_a_party"
CLASSES = (*ROLES, OTHER, NOBODY)
# Factors of the words, the encoder's vectors and the classes of sentences beside the other features, which are 0 to 1.
WORD_SCALE, VECTOR_SCALE, SENTENCE_SCALE = 0.3, 4.0, 3.0
# Factor of the vectors in the classifier of single sentences.
SINGLE_SCALE = 6.0
# Probability from which a name is no party's; maximum number of sentences of a letter that are encoded.
NO_PARTY, _LIMIT = 0.6, 400
# The same for a name next to a post or profession: officials and counsel are never parties.
_OFFICIAL = 0.15
# Weight of a role stated in a field, a column or an entry of a list, and of one that words state; the difference of the
# probabilities from which the classifier's role replaces the latter.
_LISTED, _STATED, _MARGIN = 3.2, 1.3, 0.45
# Share of the network's verdict beside the classifier's, and the least probability that counts.
_NETWORK, _LEAST_LIKELY = 0.4, 1e-6
# The confidence of a proposal is 0.6 + 0.1 times the weight of its role.
_LEAST, _PER_WEIGHT = 0.6, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A multinomial logistic regression: a column of weights and a bias for each class."""

    weights: Vector
    bias: Vector

    def likely(self, rows: Vector) -> Vector:
        """Return the probability of each class for each row."""
        return np.asarray(softmax(rows @ self.weights + self.bias, axis=1), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The classifier of names with the numbers of its features, and that of single sentences."""

    columns: Mapping[str, int]
    names: Linear
    sentences: Linear


def with_learned_roles(context: RequestContext, candidates: Sequence[Candidate]) -> list[DescribedParty]:
    """Return the parties among the names of a letter with their roles, by the classifier or else by the rules."""
    trained = stored_weights()
    if trained is None or not candidates:
        return [(one.party, one.ruled, one.details) for one in candidates if one.ruled is not None]
    likely = trained.names.likely(feature_rows(context, candidates, trained.columns, trained.sentences))
    likely = _with_network(context, candidates, likely)
    decided = (_decided(one, row) for one, row in zip(candidates, likely, strict=True))
    return [of_letter_type(context, entry) for entry in decided if entry is not None]


def _with_network(context: RequestContext, candidates: Sequence[Candidate], likely: Vector) -> Vector:
    """Return the probabilities of the classifier together with those of the network, as a weighed geometric mean."""
    read = network_reading(context)
    if read is None or len(read.measures) < FEW:
        return likely
    network = role_scores(read, [list(places_of(context, one.party)) for one in candidates], len(CLASSES))
    logs = _NETWORK * np.log(network + _LEAST_LIKELY) + (1 - _NETWORK) * np.log(likely + _LEAST_LIKELY)
    return np.where(np.isnan(network), likely, softmax(logs, axis=1))


def places_of(context: RequestContext, party: Party) -> Iterator[Place]:
    """Yield the mentions of a party within the statements that the network reads."""
    evidence = read_evidence(context)
    for mention in party.mentions:
        start, end = context.flow.at(mention.start), context.flow.at(mention.end)
        number = bisect_right(evidence, start, key=lambda one: one.statement.start) - 1
        if number >= 0 and start < evidence[number].statement.end:
            statement = evidence[number].statement
            yield number, start - statement.start, min(end, statement.end) - statement.start


def feature_rows(
    context: RequestContext, candidates: Sequence[Candidate], columns: Mapping[str, int], sentences: Linear
) -> Vector:
    """Return a row for each candidate: features, then the mean vector and the classes of its sentences."""
    rows = np.zeros((len(candidates), len(columns)), np.float32)
    for number, candidate in enumerate(candidates):
        for name, value in features_of(context, candidate).items():
            if name in columns:
                rows[number, columns[name]] = value * (WORD_SCALE if is_word(name) else 1.0)
    return np.concatenate([rows, *_of_sentences(context, candidates, sentences)], axis=1, dtype=np.float32)


def _of_sentences(context: RequestContext, candidates: Sequence[Candidate], sentences: Linear) -> tuple[Vector, ...]:
    """Return for each candidate the mean of its sentences' vectors, and the highest and mean probability of a class."""
    marked = [
        [surroundings(context, mention.start, mention.end).marked for mention in mentions_read(one.party)]
        for one in candidates
    ]
    every = list(dict.fromkeys(text for texts in marked for text in texts))[:_LIMIT]
    place = {text: number for number, text in enumerate(every)}
    vectors = embed(every)
    likely = sentences.likely(SINGLE_SCALE * vectors)
    shape = len(candidates)
    means = np.zeros((shape, vectors.shape[1]), np.float32)
    highest, usual = (np.zeros((shape, likely.shape[1]), np.float32) for _ in range(2))
    for number, texts in enumerate(marked):
        if known := [place[text] for text in texts if text in place]:
            means[number] = vectors[known].mean(axis=0)
            highest[number], usual[number] = likely[known].max(axis=0), likely[known].mean(axis=0)
    return VECTOR_SCALE * means, SENTENCE_SCALE * highest, SENTENCE_SCALE * usual


def _decided(candidate: Candidate, likely: Vector) -> DescribedParty | None:
    """Return a candidate with its most probable role, None if it is no party; a role that a list states stands."""
    ruled = candidate.ruled
    if ruled is not None and ruled.weight >= _LISTED:
        return candidate.party, ruled, candidate.details
    is_nobody = likely[CLASSES.index(NOBODY)] > (_OFFICIAL if candidate.standing.official else NO_PARTY)
    if is_nobody and not candidate.details.birth_date:  # a letter tells the birth of parties only
        return None
    barred = {NOBODY, "witness"} if candidate.party.kind == LEGAL else {NOBODY}
    barred |= PURSUED if candidate.standing.denied else set()
    role, probability = max(
        ((name, float(value)) for name, value in zip(CLASSES, likely, strict=True) if name not in barred),
        key=lambda entry: entry[1],
    )
    if ruled is not None and (ruled.role == role or _stands(ruled, probability, likely)):
        return candidate.party, ruled, candidate.details
    weight = max(0.0, (probability - _LEAST) / _PER_WEIGHT)
    standing = replace(candidate.standing, official=False, nobody=False, role=role, weight=weight)
    return candidate.party, standing, candidate.details


def _stands(ruled: Standing, probability: float, likely: Vector) -> bool:
    """Return whether a role that words state stands: the classifier's is not much more probable."""
    return ruled.weight >= _STATED and probability - float(likely[CLASSES.index(ruled.role)]) < _MARGIN


@cache
def stored_weights() -> Trained | None:
    """Return the weights of the classifier, None if there are none or they were made for another encoder."""
    stored = vector_weights(FOLDER / "weights.npz")
    if not stored:
        return None
    columns = {str(name): number for number, name in enumerate(stored["columns"])}
    names, sentences = (
        Linear(stored[f"{part}_weights"].astype(np.float32), stored[f"{part}_bias"].astype(np.float32))
        for part in ("names", "sentences")
    )
    return Trained(columns, names, sentences)
