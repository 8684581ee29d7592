"""Mentions of parties as ranges of the running text, and the words that name a role there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext, once
from nlp.requests.persons.parties import Party

# Roles in the order of their consequences, the most serious first: it decides between equally probable ones. Those of
# who is pursued are the stages of a proceeding, the last one first.
STAGES = ("convicted", "accused", "suspect")
PURSUED = frozenset(STAGES)
HOLDER = "account_holder"
ROLES = (*STAGES, "victim", "witness", HOLDER, "beneficiary")
_SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a party, as a range of the running text."""

    start: int
    end: int
    party: Party
    in_form: bool


def places_of(context: RequestContext, parties: Sequence[Party]) -> list[Place]:
    """Return the mentions of the parties, in order."""
    return sorted(_places(context, parties), key=lambda place: place.start)


def _places(context: RequestContext, parties: Sequence[Party]) -> Iterator[Place]:
    at = context.flow.at
    for party in parties:
        for mention in party.mentions:
            yield Place(at(mention.start), at(mention.end), party, mention.in_form)


@once
def present_words(context: RequestContext) -> str:
    """Return the folded running text with blanks for former capacities: "so far heard as a witness only".

    The option of a form for suspects and accused alike tells no charge: it becomes the word for a suspect.
    """
    present = _former().sub(lambda found: " " * len(found[0]), context.flow.folded)
    return _either().sub(lambda found: _SUSPECT.ljust(len(found[0])), present)


def role_in(words: str) -> str:
    """Return the role that words name, the most serious of several, else an empty text."""
    return next((role for role, pattern in _nouns().items() if pattern.search(words)), "")


@cache
def role_words() -> Mapping[str, str]:
    """Return for each role the alternatives of a pattern for the words that name it, the most serious role first."""
    resource = load("nlp.request_persons")
    nouns = resource["stated"]["nouns"]
    return {role: "|".join([*resource["roles"][role]["apposed"], *nouns.get(role, ())]) for role in ROLES}


@cache
def described_words() -> Mapping[str, str]:
    """Return the words of each role, with those that name it only of somebody named before: "A - subject"."""
    behind = load("nlp.request_persons")["entry"]["behind"]
    return {role: "|".join([words, *behind.get(role, ())]) for role, words in role_words().items()}


@cache
def _nouns() -> Mapping[str, regex.Pattern[str]]:
    return {role: regex.compile(rf"(?<!\w)(?:{words})(?!\w)") for role, words in role_words().items()}


@cache
def _either() -> regex.Pattern[str]:
    """Match the option of a form for suspects and accused alike."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['suspect_or_accused']})(?!\w)")


@cache
def _former() -> regex.Pattern[str]:
    written: str = load("nlp.request_persons")["stated"]["former"]
    return regex.compile(rf"(?<!\w)(?:{written.replace('ROLE', _every())})".replace(" ", r"\s+"))


def _every() -> str:
    return rf"(?:{'|'.join(role_words().values())})(?!\w)"
