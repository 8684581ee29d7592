"""How each item of the completeness check is looked for: a function a key, which returns what it found.

A finding is the last word of a reason in ``nlp/resources/request_checks.yaml``: ``present``, ``missing`` or what makes
the item doubtful; None where the item does not apply to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.proposal import ANNEX, COVER, TRANSCRIPTION, FilePart, Json, Proposal
from nlp.requests.signatures import is_signed
from nlp.requests.state_mentions import CONTACT, state_mentions
from nlp.requests.treaty_mentions import treaty_mentions

Finding = str
Fields = Mapping[str, Sequence[Proposal]]
Item = Callable[[RequestContext, Fields], Finding | None]

PRESENT, MISSING = "present", "missing"
_SHORT_FACTS, _LONG_FACTS = 40, 110
_NEAR_IP = 220
_FRAME = frozenset({"to_requested", "from_requesting", "legal_basis", "reference", "states", "annexes", "assistance"})
_PURSUED = frozenset({"suspect", "accused", "convicted"})


def _authority(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if fields.get("issuing_authority") else MISSING


def _proceeding(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if fields.get("own_reference") or _search(context, "proceeding") else MISSING


def _facts(context: RequestContext, fields: Fields) -> Finding:
    """Look at the section of the facts, else at the sentences that tell what was done."""
    length = sum(len(words) for words in _has_facts(context))
    if length < _SHORT_FACTS:
        return MISSING
    return PRESENT if length >= _LONG_FACTS else "doubtful"


def _offence(context: RequestContext, fields: Fields) -> Finding:
    """Look for the provision, its wording and the penalty; the letter may quote, say or enclose the law."""
    law = " ".join(_words(context, part) for part in context.parts if part.kind in (TRANSCRIPTION, ANNEX))
    own = " ".join(_own(context))
    penalty = _pattern("penalty").search(law) or _pattern("penalty").search(own)
    cited = any(
        span.label in ("LAW", "REFERENCE") and context.in_own_words(span.start) for span in context.annotations.spans
    )
    worded = any(part.kind == TRANSCRIPTION for part in context.parts) or _pattern("worded").search(own)
    if penalty:
        return PRESENT if worded or cited else "no_text"
    return "no_penalty" if worded or cited else MISSING


def _measures(context: RequestContext, fields: Fields) -> Finding:
    described = any(
        unit.end - unit.start - len(unit.label) > _SHORT_FACTS for unit in context.sections_of("assistance")
    )
    if not fields.get("measures") and not described:
        return MISSING
    sentences = list(_own(context))
    if any(_pattern("anywhere").search(words) for words in sentences) and _asks_for_records(fields):
        return "anywhere"
    return "open_ended" if any(_pattern("open_ended").search(words) for words in sentences) else PRESENT


def _asks_for_records(fields: Fields) -> bool:
    return bool(_measure_names(fields) & {*load("nlp.request_checks")["records"], "subscriber_data"})


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
        return MISSING if context.document_type.value == "extradition_request" else None
    if _measure_names(fields) and _measure_names(fields) <= {*load("nlp.request_checks")["hearing"]}:
        return PRESENT
    identified = [bool(one["birth_date"] or one["documents"] or one["nationality"]) for one in pursued]
    return PRESENT if any(identified) else "name_only"


def _purpose(context: RequestContext, fields: Fields) -> Finding:
    """Look for a purpose of the evidence, else for a link of the narrative with the requested state."""
    if any(True for _ in context.sections_of("purpose")):
        return PRESENT
    stated = any(_pattern("purpose").search(words) for words in _own(context)) or _is_necessary(fields)
    return PRESENT if stated or _is_linked(context) else MISSING


def _is_necessary(fields: Fields) -> bool:
    """Return whether the letter says by when data would be lost, which is why they are to be preserved."""
    values = [proposal.value for proposal in fields.get("deadlines", ())]
    return any(isinstance(value, Mapping) and value["reason"] == "data_loss" for value in values)


def _is_linked(context: RequestContext) -> bool:
    """Return whether the narrative or the persons' particulars name the requested state or a place of it."""
    code = context.requested_state
    for sentence in context.own_sentences():
        start, end = context.flow.original(sentence.start, sentence.end)
        addressed = any(left <= start < right for left, right in context.states.addresses)
        if (
            addressed
            or context.section_at(start) in _FRAME
            or _asks(context, start, end)
            or _cites(context, start, end)
        ):
            continue
        if any(
            mention.code[:2] == code[:2] and mention.kind != CONTACT
            for mention in state_mentions(context.text, start, end)
        ):
            return True
    return False


def _asks(context: RequestContext, start: int, end: int) -> bool:
    flow = context.flow
    return _pattern("asks").search(flow.folded, flow.at(start), flow.at(end)) is not None


def _cites(context: RequestContext, start: int, end: int) -> bool:
    return any(start <= mention.start < end for mention in treaty_mentions(context))


def _legal_basis(context: RequestContext, fields: Fields) -> Finding:
    if fields.get("legal_basis"):
        return PRESENT
    return "reciprocity" if fields.get("reciprocity") else MISSING


def _translation(context: RequestContext, fields: Fields) -> Finding | None:
    """Compare the languages of the letter with those that the requested state accepts, where these are known."""
    accepted: Sequence[str] = load("nlp.state_languages").get(context.requested_state, ())
    if not accepted or not context.language or context.language in accepted:
        return None
    return PRESENT if fields.get("translation") else MISSING


def _signature(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if is_signed(context) else MISSING


def _period(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for a period in the sentences that ask for records, else in the section of the assistance."""
    names = set(load("nlp.request_checks")["records"])
    requested = [proposal for proposal in fields.get("measures", ()) if _measure(proposal.value) in names]
    if not requested:
        return None
    if any(isinstance(proposal.value, Mapping) and proposal.value["period"] for proposal in requested):
        return PRESENT
    flow = context.flow
    places = [(flow.at(proposal.start), flow.at(proposal.end)) for proposal in requested]
    places += [
        (flow.at(unit.start), flow.at(unit.end)) for unit in context.sections_of("assistance", "documents_needed")
    ]
    places += [
        (sentence.start, sentence.end)
        for sentence in context.own_sentences()
        if _pattern("asks").search(flow.folded, sentence.start, sentence.end)
    ]
    return PRESENT if any(_pattern("period").search(flow.folded, *place) for place in places) else MISSING


def _time_zone(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for a time zone near each IP address, or once for all of them in a sentence that says so."""
    flow = context.flow
    addresses = [
        match for match in _pattern("ip").finditer(flow.folded) if context.in_own_words(flow.places[match.start()])
    ]
    if not addresses:
        return None
    zones = [match.start() for match in _pattern("zone").finditer(flow.folded)]
    zones += [match.start() for match in _pattern("zone_code").finditer(flow.cased)]
    near = [any(abs(zone - address.start()) < _NEAR_IP for zone in zones) for address in addresses]
    return PRESENT if all(near) or len(zones) >= len(addresses) else MISSING


def _follow_up(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if any(_pattern("follow_up").search(words) for words in _own(context)) else MISSING


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


def _own(context: RequestContext) -> Iterator[str]:
    """Yield the folded sentences of the letter itself, without its cover note."""
    for sentence in context.own_sentences():
        if context.part_at(context.flow.places[sentence.start]).kind != COVER:
            yield context.flow.folded[sentence.start : sentence.end]


def _words(context: RequestContext, part: FilePart) -> str:
    return context.flow.folded[context.flow.at(part.start) : context.flow.at(part.end)]


def _search(context: RequestContext, name: str) -> bool:
    return any(_pattern(name).search(words) for words in _own(context))


def _measure(value: Json) -> str:
    return str(value["measure"]) if isinstance(value, Mapping) else ""


def _measure_names(fields: Fields) -> set[str]:
    return {_measure(proposal.value) for proposal in fields.get("measures", ())}


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_checks")[name])


@cache
def _acts() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")["acts"])
