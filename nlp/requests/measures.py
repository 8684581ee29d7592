"""Requested measures (ids of ``nlp/resources/concepts_measures.yaml``), with target and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measure_mentions import Mention, find_measure_mentions
from nlp.requests.mood_words import folded_pattern
from nlp.requests.parties import NATURAL
from nlp.requests.persons import concerned_parties
from nlp.requests.proposal import Proposal
from nlp.requests.role_inference import PURSUED

ORIGIN = "requests.measures@1"
_HEARINGS = _WITNESS, _SUSPECT = "hearing_witness", "hearing_suspect"
# A request of these types has exactly one measure, whatever other measures it mentions.
_OF_TYPE = {"preservation_request": "data_preservation"}


def read_measures(context: RequestContext) -> list[Proposal]:
    """Return one proposal a measure, in the order of the letter; an answer has none."""
    best: dict[str, Mention] = {}
    for mention in _by_status(context, _of_type(context, find_measure_mentions(context))):
        if mention.measure not in best or mention.confidence > best[mention.measure].confidence:
            best[mention.measure] = mention
    return [_proposal(context, mention) for mention in sorted(best.values(), key=lambda mention: mention.start)]


def _of_type(context: RequestContext, mentions: Sequence[Mention]) -> list[Mention]:
    only = _OF_TYPE.get(str(context.document_type.value))
    kept = [mention for mention in mentions if mention.measure == only]
    return kept if only and kept else list(mentions)


def _by_status(context: RequestContext, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Yield the mentions; suspects are not heard as witnesses unless the letter says so.

    Words on how a hearing is to be held ask for no other one.
    """
    flow = context.flow
    places = (
        [
            (flow.at(mention.start), standing.role)
            for party, standing in concerned_parties(context)
            if party.kind == NATURAL
            for mention in party.mentions
        ]
        if any(mention.measure == _WITNESS for mention in mentions)
        else []
    )
    for mention in mentions:
        statement = mention.statement
        roles = {role for place, role in places if statement.start <= place < statement.end}
        words = flow.folded[statement.start : statement.end]
        elsewhere = any(mention.measure in _HEARINGS and mention.statement != statement for mention in mentions)
        if mention.measure == _WITNESS and elsewhere and not roles and _again().search(words):
            continue
        if mention.measure == _WITNESS and roles and roles <= PURSUED and not _as_witness().search(words):
            yield replace(mention, measure=_SUSPECT)
        else:
            yield mention


@cache
def _again() -> regex.Pattern[str]:
    """Match words on how a hearing that was asked for before is to be held."""
    return folded_pattern(load("nlp.request_moods")["hearing_again"])


@cache
def _as_witness() -> regex.Pattern[str]:
    return folded_pattern(["testi(?:go|fi|mon)", "testemunh", "witness", "temoin", "temoign"])


def _proposal(context: RequestContext, mention: Mention) -> Proposal:
    start, end = context.flow.original(mention.statement.start, mention.statement.end)
    within = [span for span in context.annotations.spans if start <= span.start < end]
    value = {"measure": mention.measure, "target": _target(context.text, within), "period": stated_period(within)}
    return Proposal(value, start, end, mention.confidence, ORIGIN)


def _target(text: str, spans: Sequence[Span]) -> str | None:
    """Return the target of the measure as written: an account, number or thing, else a person or body."""
    for labels in (("IDENTIFIER",), ("PERSON",), ("ORGANISATION", "AUTHORITY", "INSTITUTION"), ("LOCATION",)):
        for span in spans:
            if span.label in labels and fold(text[span.start : span.end]) not in _peoples():
                return " ".join(text[span.start : span.end].split())
    return None


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives of peoples, which name nothing that a measure could be aimed at ("Spanish territory")."""
    listed: Mapping[str, Sequence[str]] = load("nlp.countries")["demonyms"]
    return frozenset(fold(word) for words in listed.values() for word in words)


def stated_period(spans: Sequence[Span]) -> dict[str, str] | None:
    """Return the first and last of two dates or more in a statement."""
    values = [span.value for span in spans if span.label == "DATE" and span.value]
    dates = sorted(filter(None, (_with_year(value, values[place:]) for place, value in enumerate(values))))
    return {"from": dates[0], "to": dates[-1]} if len(dates) > 1 else None


def _with_year(value: str, behind: Sequence[str]) -> str:
    """Return a day without a year (``--09-01``) in the year that ends with the next date, empty without such a date."""
    if not value.startswith("--"):
        return value
    following = next((other for other in behind if not other.startswith("--")), "")
    return f"{int(following[:4]) - (value[2:] > following[5:]):04d}-{value[2:]}" if len(following) == 10 else ""
