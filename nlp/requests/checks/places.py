"""Places in the original where a raised item of the completeness check is weak, one function for each item.

What is missing has no words of its own: then the place is where it would stand, as the end of the letter for a
signature, or what it belongs to, as the records for their period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from nlp.requests.checks.heard import UNLOCATED, unlocated_persons
from nlp.requests.checks.identity import IMPOSSIBLE, unidentified_persons
from nlp.requests.checks.impossible_dates import IMPOSSIBLE_DATE, impossible_births, impossible_dates
from nlp.requests.checks.inverted_periods import INVERTED, inverted_periods
from nlp.requests.checks.later_orders import LATER_ORDER, later_orders
from nlp.requests.checks.numbers import INVALID, UNLISTED, invalid_identifiers, unlisted_annexes
from nlp.requests.checks.other_letters import SEVERAL, other_addressees
from nlp.requests.checks.records import addresses_without_zone, records_without_period
from nlp.requests.checks.words import Fields, letter_sentences, measure_of, pattern
from nlp.requests.context import RequestContext
from nlp.requests.flow import Sentence, sentence_at
from nlp.requests.proposal import Proposal
from nlp.requests.translations.doubts import DIFFERS, divergences

Place = tuple[int, int]


def place_of(context: RequestContext, fields: Fields, key: str, finding: str) -> Place | None:
    """Return the range of the text where a raised item is weak, else the opening of the letter; None without text.

    ``finding`` is that of the item ``key`` (``nlp.requests.checks.items``).
    """
    return _PLACES[key](context, fields, finding) or _opening(context)


def places_in_doubt(context: RequestContext, fields: Fields, finding: str) -> list[Place]:
    """Return the ranges of the names, numbers, dates, annexes or addressees that a finding doubts, empty for others."""
    if finding == INVALID:
        return [(found.start, found.end) for found in invalid_identifiers(fields)]
    if finding == UNLOCATED:
        return [(found.start, found.end) for found in unlocated_persons(context, fields)]
    if finding == IMPOSSIBLE_DATE:
        return impossible_dates(context)
    if finding == SEVERAL:
        return other_addressees(context)
    return unlisted_annexes(context) if finding == UNLISTED else []


def _opening(context: RequestContext) -> Place | None:
    return next((_range(context, sentence) for sentence in letter_sentences(context)), None)


def _range(context: RequestContext, sentence: Sentence) -> Place:
    return context.flow.original(sentence.start, sentence.end)


def _head(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return _opening(context)


def _proceeding(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return later_orders(context)[0] if finding == LATER_ORDER else _opening(context)


def _facts(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the reference to another document for the facts, else the beginning of their section."""
    return _sentence_that_says(context, "facts_elsewhere") or _first_of_section(context, "facts", "summary")


def _first_of_section(context: RequestContext, *keys: str) -> Place | None:
    """Return the first sentence behind the heading of the first section with one of the keys."""
    unit = next((unit for unit in context.sections_of(*keys) if context.in_own_words(unit.start)), None)
    if unit is None:
        return None
    place = min(unit.start + len(unit.label) + 1, unit.end - 1)
    return _range(context, sentence_at(context.sentences, context.flow.at(place)))


def _sentence_that_says(context: RequestContext, name: str) -> Place | None:
    """Return the first sentence of the letter that matches the pattern of a name."""
    folded = context.flow.folded
    for sentence in letter_sentences(context):
        if pattern(name).search(" ".join(folded[sentence.start : sentence.end].split())):
            return _range(context, sentence)
    return None


def _offence(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return where the first offence is named, else where a law is cited, else the facts."""
    laws = (span for span in context.spans("LAW", "REFERENCE") if context.in_own_words(span.start))
    cited = next(((span.start, span.end) for span in laws), None)
    return _first(fields.get("offences", ())) or cited or _facts(context, fields, finding)


def _first(proposals: Iterable[Proposal]) -> Place | None:
    return min(((found.start, found.end) for found in proposals), default=None)


def _measures(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the clause that leaves a measure open, or the interception without an end, else the measures."""
    if finding in ("open_ended", "anywhere"):
        for sentence in letter_sentences(context):
            if found := pattern(finding).search(context.flow.folded, sentence.start, sentence.end):
                return context.flow.original(*found.span())
    if finding == "no_duration":
        return _first(one for one in fields.get("measures", ()) if measure_of(one.value) == "interception")
    return _first(fields.get("measures", ())) or _first_of_section(context, "assistance")


def _asked(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return _first(fields.get("measures", ())) or _first_of_section(context, "assistance")


def _identity(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the impossible birth date, or the first person who is not identified, else what is asked for."""
    if finding == IMPOSSIBLE:
        return impossible_births(context)[0]
    if finding == UNLOCATED:
        return places_in_doubt(context, fields, finding)[0]
    return _first(unidentified_persons(context, fields)) or _asked(context, fields, finding)


def _limitation(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return _sentence_that_says(context, "limitation") or _offence(context, fields, finding)


def _warrant(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return _sentence_that_says(context, "warrant") or _first(fields.get("annexes", ()))


def _in_doubt(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return places_in_doubt(context, fields, finding)[0]


def _person(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    return _first(fields.get("persons", ()))


def _legal_basis(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return where a treaty is invoked that is not in force, else the section of the legal basis."""
    if invoked := _first(fields.get("legal_basis", ())):
        return invoked
    return _first_of_section(context, "legal_basis") or _asked(context, fields, finding)


def _translation(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the first differing value, what the letter says of its translation, or the State of another language."""
    if finding == DIFFERS:
        return divergences(context, fields)[0].translation
    said = _sentence_that_says(context, "partial_translation") or _sentence_that_says(context, "translation_later")
    requested = context.states.requested
    return said or _first(fields.get("translation", ())) or (_first([requested]) if requested else None)


def _signature(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the last sentence or line of the letter itself."""
    sentences = list(letter_sentences(context))
    return _range(context, sentences[-1]) if sentences else None


def _period(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    """Return the period that ends before it begins, else the records without one."""
    if finding == INVERTED:
        return inverted_periods(context, fields)[0].place
    found = next(records_without_period(context, fields), None)
    return context.flow.original(found.start, found.end) if found else _asked(context, fields, finding)


def _time_zone(context: RequestContext, fields: Fields, finding: str) -> Place | None:
    found = next(addresses_without_zone(context, fields), None)
    return context.flow.original(*found) if found else None


_PLACES: Mapping[str, Callable[[RequestContext, Fields, str], Place | None]] = {
    "authority": _head,
    "subject_and_proceeding": _proceeding,
    "facts": _facts,
    "offence_text_and_penalty": _offence,
    "measure_precision": _measures,
    "limitation": _limitation,
    "warrant_or_judgment": _warrant,
    "identity": _identity,
    "identification_means": _person,
    "identifiers": _in_doubt,
    "addressee": _in_doubt,
    "dates": _in_doubt,
    "annexes": _in_doubt,
    "purpose_nexus": _asked,
    "legal_basis": _legal_basis,
    "translation": _translation,
    "signature": _signature,
    "period_of_records": _period,
    "timezone_of_ip": _time_zone,
    "intention_to_follow_up": _asked,
    "further_requests": _in_doubt,
}
