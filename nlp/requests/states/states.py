"""Requesting and requested State of a letter, and the places that name its addressee.

The evidence of ``evidence`` is weighed for both roles by ``choice``. A letter that answers a request is
written by the requested State.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.annotations import Span
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow
from nlp.requests.letter_types.statements import RESPONSE
from nlp.requests.proposal import OWN_WORDS, FilePart, Proposal
from nlp.requests.states.addresses import address_blocks, labelled_lines
from nlp.requests.states.choice import choose, trained_weights
from nlp.requests.states.evidence import Clue, clues, features_of
from nlp.requests.states.mentions import NAME, SEAT
from nlp.requests.weights import feature_score

ORIGIN = "requests.states@4"
_SUREST = 0.99


@dataclass(frozen=True, slots=True)
class States:
    """The two states as proposals of their fields, and the ranges of the letter that name the addressee."""

    requesting: Proposal | None
    requested: Proposal | None
    addresses: tuple[Range, ...] = ()


def find_states(
    text: str, flow: Flow, parts: Sequence[FilePart], spans: Sequence[Span], kind: str, language: str
) -> States:
    """Return the two states of the letter.

    ``spans`` are the entities and citations of the text, ``kind`` the type of the letter, ``language`` its main one.
    """
    own = [part for part in parts if part.kind in OWN_WORDS] or list(parts)
    found = clues(text, flow, own, spans)
    choice = choose(features_of(found, language))
    weights = trained_weights()
    wrote = _proposal(choice.writer, choice.writer_probability, found, weights["writer"])
    addressed = _proposal(choice.addressee, choice.addressee_probability, found, weights["addressee"])
    if kind == RESPONSE:
        wrote, addressed = addressed, wrote
    return States(wrote, addressed, tuple(block for part in own for block in _addresses(text, flow, part)))


def _addresses(text: str, flow: Flow, part: FilePart) -> Iterator[Range]:
    """Yield the address blocks of a part and its lines that a label gives to the requested state."""
    yield from address_blocks(text, part)
    yield from ((start, end) for role, start, end in labelled_lines(flow, part) if role == "requested")


def _proposal(code: str, probability: float, found: Sequence[Clue], weights: Mapping[str, float]) -> Proposal | None:
    """Return a State as a proposal; its evidence is the mention with the most weight, no city where it is named."""
    mentions = [clue for clue in found if clue.code[:2] == code[:2]]
    if not code or not mentions:
        return None

    def weight(clue: Clue) -> float:
        return clue.share * feature_score(dict.fromkeys(clue.features, 1.0), weights)

    best = max(mentions, key=weight)
    if _is_of_kind(best, SEAT):
        best = max((clue for clue in mentions if _is_of_kind(clue, NAME)), key=weight, default=best)
    return Proposal(code, best.start, best.end, round(min(_SUREST, probability), 2), ORIGIN)


def _is_of_kind(clue: Clue, kind: str) -> bool:
    return any(feature.endswith(f".{kind}") for feature in clue.features)
