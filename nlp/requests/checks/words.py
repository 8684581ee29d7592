"""Words in which the completeness check looks for an item: patterns of the resource, sentences of the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.flow import Sentence
from nlp.requests.proposal import COVER, Json, Proposal

Fields = Mapping[str, Sequence[Proposal]]
# Measures by which somebody is heard.
HEARINGS = frozenset({"hearing_witness", "hearing_suspect", "videoconference"})


@cache
def pattern(name: str) -> regex.Pattern[str]:
    """Return the folded pattern of a name in ``nlp/resources/request_checks.yaml``."""
    return regex.compile(load("nlp.request_checks")[name])


def letter_sentences(context: RequestContext) -> Iterator[Sentence]:
    """Yield the sentences of the letter itself, without its cover note."""
    for sentence in context.own_sentences():
        if context.part_at(context.flow.places[sentence.start]).kind != COVER:
            yield sentence


def letter_words(context: RequestContext) -> Iterator[str]:
    """Yield the folded words of the sentences of the letter itself."""
    return (context.flow.folded[sentence.start : sentence.end] for sentence in letter_sentences(context))


def says(context: RequestContext, name: str) -> bool:
    """Return whether a sentence of the letter itself matches the pattern of a name."""
    return any(pattern(name).search(words) for words in letter_words(context))


def open_clause(words: str) -> regex.Match[str] | None:
    """Return the clause of a folded sentence that leaves open what is asked for ("any other measure")."""
    return pattern("open_ended").search(words) or pattern("open_discretion").search(words)


def measure_of(value: Json) -> str:
    """Return the measure of a value of the field ``measures``."""
    return str(value["measure"]) if isinstance(value, Mapping) else ""


def target_of(value: Json) -> str:
    """Return the target of a value of the field ``measures``, empty without one."""
    return str(value["target"] or "") if isinstance(value, Mapping) else ""


def states_period(fields: Fields) -> bool:
    """Return whether a letter states the period of a measure."""
    values = (proposal.value for proposal in fields.get("measures", ()))
    return any(isinstance(value, Mapping) and value["period"] for value in values)


def measure_names(fields: Fields) -> set[str]:
    """Return the measures that a letter asks for."""
    return {measure_of(proposal.value) for proposal in fields.get("measures", ())}
