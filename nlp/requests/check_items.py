"""How each item of the completeness check is looked for: a function a key, which returns what it found.

A finding is the last word of a reason in ``nlp/resources/request_checks.yaml``: ``present``, ``missing`` or what makes
the item doubtful; None where the item does not apply to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.check_purpose import states_purpose
from nlp.requests.check_records import has_period, has_time_zone, lacks_duration
from nlp.requests.check_words import Fields, letter_words, measure_names, pattern, says
from nlp.requests.context import RequestContext
from nlp.requests.proposal import ANNEX, TRANSCRIPTION, FilePart
from nlp.requests.signatures import is_signed

Finding = str
Item = Callable[[RequestContext, Fields], Finding | None]

PRESENT, MISSING = "present", "missing"
_SHORT_FACTS, _LONG_FACTS = 40, 110
_PURSUED = frozenset({"suspect", "accused", "convicted"})


def _authority(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if fields.get("issuing_authority") else MISSING


def _proceeding(context: RequestContext, fields: Fields) -> Finding:
    """Look for the kind, number or stage of a proceeding; the number of the letter alone tells none."""
    return PRESENT if says(context, "proceeding") else MISSING


def _facts(context: RequestContext, fields: Fields) -> Finding:
    """Look at the section of the facts, else at the sentences that tell what was done."""
    length = sum(len(words) for words in _has_facts(context))
    if length < _SHORT_FACTS:
        return MISSING
    return PRESENT if length >= _LONG_FACTS else "doubtful"


def _offence(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for the provision, its wording and the penalty; the letter may quote, say or enclose the law.

    A supplement repeats them only where it names the offence again. Whose extradition is asked for, the law itself must
    be sent, not only the sentence imposed.
    """
    if context.document_type.value == "supplement" and not fields.get("offences"):
        return None
    law = " ".join(_words(context, part) for part in context.parts if part.kind in (TRANSCRIPTION, ANNEX))
    own = " ".join(letter_words(context))
    penalty = pattern("penalty").search(law) or pattern("penalty").search(own)
    cited = any(
        span.label in ("LAW", "REFERENCE") and context.in_own_words(span.start) for span in context.annotations.spans
    )
    worded = any(part.kind == TRANSCRIPTION for part in context.parts) or pattern("worded").search(own)
    if context.document_type.value == "extradition_request" and not worded:
        return "no_text"
    if penalty:
        return PRESENT if worded or cited else "no_text"
    return "no_penalty" if worded or cited else MISSING


def _measures(context: RequestContext, fields: Fields) -> Finding:
    described = any(
        unit.end - unit.start - len(unit.label) > _SHORT_FACTS for unit in context.sections_of("assistance")
    )
    if not fields.get("measures") and not described:
        return MISSING
    asked = list(letter_words(context))
    if any(pattern("anywhere").search(words) for words in asked) and _asks_for_records(fields):
        return "anywhere"
    if any(_is_open(words) for words in asked):
        return "open_ended"
    return "no_duration" if lacks_duration(context, fields) else PRESENT


def _is_open(words: str) -> bool:
    """Return whether a sentence leaves the measure open; one that says that nothing else is asked does not."""
    found = pattern("open_ended").search(words)
    return found is not None and not pattern("nothing_else").search(words, max(0, found.start() - 60), found.start())


def _asks_for_records(fields: Fields) -> bool:
    return bool(measure_names(fields) & {*load("nlp.request_checks")["records"], "subscriber_data"})


def _identity(context: RequestContext, fields: Fields) -> Finding | None:
    """Look at the persons pursued; a letter about unknown persons cannot identify them.

    One of them identified is enough: of accomplices a letter often knows no more than the name. A letter that only has
    others heard or served need not identify whom it accuses.
    """
    persons = [proposal.value for proposal in fields.get("persons", ())]
    pursued = [
        person
        for person in persons
        if isinstance(person, Mapping) and person["role"] in _PURSUED and person["kind"] == "natural"
    ]
    if not pursued:
        return MISSING if context.document_type.value in load("nlp.request_checks")["person_wanted"] else None
    if measure_names(fields) and measure_names(fields) <= {*load("nlp.request_checks")["hearing"]}:
        return PRESENT
    identified = [bool(one["birth_date"] or one["documents"] or one["nationality"]) for one in pursued]
    return PRESENT if any(identified) else "name_only"


def _purpose(context: RequestContext, fields: Fields) -> Finding:
    """Look for the purpose; the grounds of a European Investigation Order are its facts (section G of the form)."""
    if context.document_type.value == "eio" and _facts(context, fields) == PRESENT:
        return PRESENT
    return PRESENT if states_purpose(context, fields) else MISSING


def _legal_basis(context: RequestContext, fields: Fields) -> Finding:
    if fields.get("legal_basis"):
        return PRESENT
    return "reciprocity" if fields.get("reciprocity") or says(context, "comity") else MISSING


def _translation(context: RequestContext, fields: Fields) -> Finding | None:
    """Compare the languages of the letter with those that the requested state accepts, where these are known."""
    accepted: Sequence[str] = load("nlp.state_languages").get(context.requested_state, ())
    if not accepted or not context.language or context.language in accepted:
        return None
    return PRESENT if fields.get("translation") or says(context, "bilingual") else MISSING


def _signature(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if is_signed(context) else MISSING


def _period(context: RequestContext, fields: Fields) -> Finding | None:
    return _found(has_period(context, fields))


def _time_zone(context: RequestContext, fields: Fields) -> Finding | None:
    return _found(has_time_zone(context, fields))


def _found(answer: bool | None) -> Finding | None:
    """Return the finding for a yes or no; None stays None: the item does not apply."""
    return answer if answer is None else (PRESENT if answer else MISSING)


def _follow_up(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if says(context, "follow_up") else MISSING


ITEMS: Mapping[str, Item] = {
    "authority": _authority,
    "subject_and_proceeding": _proceeding,
    "facts": _facts,
    "offence_text_and_penalty": _offence,
    "measure_precision": _measures,
    "identity": _identity,
    "purpose_nexus": _purpose,
    "legal_basis": _legal_basis,
    "translation": _translation,
    "signature": _signature,
    "period_of_records": _period,
    "timezone_of_ip": _time_zone,
    "intention_to_follow_up": _follow_up,
}


def _has_facts(context: RequestContext) -> Iterator[str]:
    """Yield the sentences of the section of the facts; without one, those that tell of an act."""
    flow = context.flow
    sections = [unit for unit in context.sections_of("facts") if context.in_own_words(unit.start)]
    sections = sections or [unit for unit in context.sections_of("summary") if context.in_own_words(unit.start)]
    for sentence in context.own_sentences():
        place = flow.places[sentence.start]
        words = flow.folded[sentence.start : sentence.end]
        within = any(unit.start + len(unit.label) <= place < unit.end for unit in sections)
        begins = any(
            unit.start <= place < unit.start + len(unit.label) < flow.places[sentence.end - 1] for unit in sections
        )
        if within or begins or (not sections and _acts().search(words)):
            yield words


def _words(context: RequestContext, part: FilePart) -> str:
    return context.flow.folded[context.flow.at(part.start) : context.flow.at(part.end)]


@cache
def _acts() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")["acts"])
