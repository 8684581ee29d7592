"""One function for each item of the completeness check; it returns the finding for a letter.

A finding is the last part of a reason key in ``nlp/resources/request_checks.yaml``: ``present``, ``missing`` or the
name of a defect; None if the item does not apply to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extraction.resource import load
from nlp.requests.checks.evidence_words import asked_ranges
from nlp.requests.checks.extradition import (
    NO_MAXIMUM,
    has_no_maximum,
    limitation_of,
    means_of_identification,
    warrant_of,
)
from nlp.requests.checks.facts_told import dated_sentences, facts_sentences
from nlp.requests.checks.foot import ends_with_name, ends_with_office, is_illegible
from nlp.requests.checks.heard import UNLOCATED, unlocated_persons
from nlp.requests.checks.identity import identity_of
from nlp.requests.checks.impossible_dates import IMPOSSIBLE_DATE, impossible_dates
from nlp.requests.checks.inverted_periods import INVERTED, inverted_periods
from nlp.requests.checks.later_orders import LATER_ORDER, later_orders
from nlp.requests.checks.numbers import annexes_of, identifiers_of
from nlp.requests.checks.other_letters import further_requests
from nlp.requests.checks.penalties import cites_law, some_lack_penalty
from nlp.requests.checks.purpose import states_purpose
from nlp.requests.checks.records import has_time_zone, lacks_duration, period_of
from nlp.requests.checks.signatures import NOT_VISIBLE, bears_mark, is_signed
from nlp.requests.checks.told import names_treaty
from nlp.requests.checks.vague_measures import vague_measure
from nlp.requests.checks.words import Fields, letter_words, measure_names, open_clause, pattern, says, states_period
from nlp.requests.context import RequestContext
from nlp.requests.law.invoked_basis import basis_of_letter
from nlp.requests.letter_types.unlearned_types import PROVISIONAL_ARREST
from nlp.requests.proposal import ANNEX, OWN_WORDS, TRANSCRIPTION, FilePart
from nlp.requests.translations.doubts import DIFFERS, divergences
from nlp.state_languages import accepted_languages

Finding = str
Item = Callable[[RequestContext, Fields], Finding | None]

PRESENT, MISSING = "present", "missing"
NAMED = "named"
"""The finding on the legal basis of a letter that names a treaty without invoking it in words that are known."""
OF_REMINDER = "of_reminder"
"""The finding on the authority of a reminder, of which only what every letter needs is checked."""
NO_PERIOD_NEEDED = "no_period_needed"
"""The finding on the period where only documents or stored data are asked for, which seldom need one."""
_SHORT_FACTS, _LONG_FACTS = 40, 110
_SERVICE = {"service_of_documents"}
_REMINDER = "reminder"
_LETTERHEAD, _FEW_FACTS, _NEAR_PENALTY = 700, 700, 80
# Types of letters that only have to name the offence.
_NAMES_OFFENCE = frozenset({"supplement", "preservation_request", PROVISIONAL_ARREST})


def _authority(context: RequestContext, fields: Fields) -> Finding:
    """Look for the authority; one named in the letterhead is enough if the issuing one is not certain."""
    first = next((part.start for part in context.parts if part.kind in OWN_WORDS), 0)
    named = any(first <= span.start < first + _LETTERHEAD for span in context.spans("AUTHORITY", "COURT"))
    if not fields.get("issuing_authority") and not named:
        return MISSING
    return OF_REMINDER if context.document_type.value == _REMINDER else PRESENT


def _proceeding(context: RequestContext, fields: Fields) -> Finding:
    """Look for the type, number or stage of a proceeding; the reference number of the letter is not enough.

    An order that is dated after the letter contradicts it.
    """
    if later_orders(context):
        return LATER_ORDER
    return PRESENT if says(context, "proceeding") else MISSING


def _facts(context: RequestContext, fields: Fields) -> Finding | None:
    """Rate the statement of facts by its length in characters and by whether it says when they occurred.

    A request for service alone needs none (UNTOC 18(15)(c)).
    """
    if measure_names(fields) == _SERVICE:
        return None
    told = list(facts_sentences(context, fields))
    length = sum(len(words) for words in told)
    if length < _LONG_FACTS:
        length += sum(len(words) for words in dated_sentences(context, fields))
    elif not any(pattern("when").search(words) for words in (*told, *dated_sentences(context, fields))):
        return "undated"
    if length < _FEW_FACTS and says(context, "facts_elsewhere"):
        return "doubtful"
    if length < _SHORT_FACTS:
        return MISSING
    return PRESENT if length >= _LONG_FACTS else "doubtful"


def _offence(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for the provision, its wording and the penalty, quoted, paraphrased or enclosed.

    A supplementary request needs them only if it names an offence with a provision or penalty and does not refer to the
    earlier letter for it, which told the rest; the provision or the penalty is enough, as in a request for
    preservation, which Budapest 29(2)(b) only asks to name the offence, and for provisional arrest (European Convention
    on Extradition 16(2)), where the name is enough. An extradition request needs the text of the law itself and the
    highest penalty; the sentence imposed is not enough.
    """
    kind = context.document_type.value
    if kind == "supplement" and (not fields.get("offences") or says(context, "unchanged")):
        return None
    law = " ".join(_words(context, part) for part in context.parts if part.kind in (TRANSCRIPTION, ANNEX))
    own = " ".join(letter_words(context))
    penalty = pattern("penalty").search(law) or pattern("penalty").search(own)
    cited = cites_law(context)
    worded = any(part.kind == TRANSCRIPTION for part in context.parts) or pattern("worded").search(own)
    if kind in _NAMES_OFFENCE:
        if penalty:
            return PRESENT
        if worded or cited or (kind == PROVISIONAL_ARREST and fields.get("offences")):
            return "no_penalty_needed"
        return None if kind == "supplement" else MISSING
    if kind == "extradition_request" and not worded:
        return "no_wording" if cited else "no_text"
    if not penalty:
        return "no_penalty" if worded or cited else MISSING
    if not worded and not cited:
        return "no_text"
    if kind == "extradition_request" and has_no_maximum(f"{own} {law}"):
        return NO_MAXIMUM
    quoted = any(part.kind == TRANSCRIPTION for part in context.parts)
    if not quoted and not _states_measure(own) and not _states_measure(law):
        return "no_measure"
    return "some_no_penalty" if some_lack_penalty(context, fields) else PRESENT


def _states_measure(words: str) -> bool:
    """Return whether a penalty is named with its measure: "punished by articles 3 and 4" does not tell it."""
    return any(
        pattern("penalty_measure").search(words, max(0, found.start() - _NEAR_PENALTY), found.end() + _NEAR_PENALTY)
        for found in pattern("penalty").finditer(words)
    )


def _measures(context: RequestContext, fields: Fields) -> Finding:
    described = any(
        unit.end - unit.start - len(unit.label) > _SHORT_FACTS for unit in context.sections_of("assistance")
    )
    if not fields.get("measures") and not described and not asked_ranges(context):
        return MISSING
    asked = list(letter_words(context))
    if any(pattern("anywhere").search(words) for words in asked) and _asks_for_records(fields):
        return "anywhere"
    if any(_is_open(words) for words in asked):
        return "open_ended"
    return vague_measure(context, fields) or ("no_duration" if lacks_duration(context, fields) else PRESENT)


def _is_open(words: str) -> bool:
    """Return whether a folded sentence requests open-ended assistance ("any other measure") and does not negate it."""
    words = " ".join(words.split())
    found = open_clause(words)
    if found is None or pattern("offer").search(words):
        return False
    return not pattern("nothing_else").search(words, max(0, found.start() - 60), found.start())


def _asks_for_records(fields: Fields) -> bool:
    return bool(measure_names(fields) & {*load("nlp.request_checks")["records"], "subscriber_data"})


def _identity(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for the persons pursued, and for those to be heard or served, who must be found."""
    found = identity_of(context, fields)
    return UNLOCATED if found in (None, PRESENT) and unlocated_persons(context, fields) else found


def _dates(context: RequestContext, fields: Fields) -> Finding | None:
    return IMPOSSIBLE_DATE if impossible_dates(context) else None


def _addressee(context: RequestContext, fields: Fields) -> Finding | None:
    return UNLOCATED if unlocated_persons(context, fields) else None


def _purpose(context: RequestContext, fields: Fields) -> Finding:
    """Look for the purpose.

    A European Investigation Order gives its grounds with the facts (section G of the form); facts are what makes the
    preservation of data necessary.
    """
    with_facts = context.document_type.value in ("eio", "preservation_request")
    if with_facts and _facts(context, fields) in (PRESENT, "undated"):
        return PRESENT
    return PRESENT if states_purpose(context, fields) else MISSING


def _legal_basis(context: RequestContext, fields: Fields) -> Finding:
    """Look for a treaty, which must be in force between the States, else for reciprocity; of an order the Directive."""
    basis = basis_of_letter(context, fields)
    if basis.instruments:
        kind = str(context.document_type.value)
        return basis.finding_of(kind, is_reciprocal=bool(fields.get("reciprocity")))
    if fields.get("reciprocity") or says(context, "comity"):
        return "reciprocity"
    return NAMED if names_treaty(context) else MISSING


def _translation(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for a translation; one in the file that gives values otherwise than the original is doubtful."""
    found = _language_of_state(context, fields)
    return DIFFERS if found in (None, PRESENT, "doubtful", "uncertified") and divergences(context, fields) else found


def _language_of_state(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for a translation if the requested state is known not to accept the language of the letter.

    One that is only announced, of a part, or not certified is doubtful, as is one into a language that is not accepted.
    """
    accepted = accepted_languages(context.requested_state, basis_of_letter(context, fields).instruments)
    values = [proposal.value for proposal in fields.get("translation", ())]
    targets = {str(value["to"]) for value in values if isinstance(value, Mapping)}
    if targets and pattern("partial_translation").search(_flat(context)):
        return "doubtful"
    if not accepted or not context.language or context.language in accepted:
        return None
    if pattern("translation_later").search(_flat(context)):
        return "doubtful"
    if targets and not targets & {*accepted}:
        return "not_accepted"
    if targets and pattern("uncertified_translation").search(_flat(context)):
        return "uncertified"
    return PRESENT if targets or says(context, "bilingual") else MISSING


def _flat(context: RequestContext) -> str:
    """Return the folded words of the whole file in one line."""
    return " ".join(context.flow.folded.split())


def _signature(context: RequestContext, fields: Fields) -> Finding:
    """Look for a signature; of a reminder it is enough that it tells who writes."""
    found = _signature_of(context)
    is_enough = context.document_type.value == _REMINDER and found not in (PRESENT, MISSING)
    return NAMED if is_enough else found


def _signature_of(context: RequestContext) -> Finding:
    """Look for a signature; the name alone of the signatory is doubtful in a file that cannot show a signature.

    Weights decide on a name without office, an office without name, and an illegible signature without name or seal.
    """
    if not is_signed(context):
        return "name_alone" if ends_with_name(context) else MISSING
    if is_illegible(context):
        return "illegible"
    if ends_with_office(context):
        return "office_alone"
    return NOT_VISIBLE if context.is_typed and not bears_mark(context) else PRESENT


def _period(context: RequestContext, fields: Fields) -> Finding | None:
    """Look for the period of the records; one that ends before it begins is doubtful. Documents may not need one."""
    if inverted_periods(context, fields):
        return INVERTED
    found = period_of(context, fields)
    if found is None and measure_names(fields) & {*load("nlp.request_checks")["dated_records"]}:
        return PRESENT if states_period(fields) else NO_PERIOD_NEEDED
    return found


def _time_zone(context: RequestContext, fields: Fields) -> Finding | None:
    return _found(has_time_zone(context, fields))


def _found(answer: bool | None) -> Finding | None:
    """Convert the result of a yes-or-no check to a finding; None (does not apply) remains None."""
    return answer if answer is None else (PRESENT if answer else MISSING)


def _follow_up(context: RequestContext, fields: Fields) -> Finding:
    return PRESENT if says(context, "follow_up") else MISSING


ITEMS: Mapping[str, Item] = {
    "authority": _authority,
    "subject_and_proceeding": _proceeding,
    "facts": _facts,
    "offence_text_and_penalty": _offence,
    "measure_precision": _measures,
    "limitation": limitation_of,
    "warrant_or_judgment": warrant_of,
    "identity": _identity,
    "identifiers": identifiers_of,
    "addressee": _addressee,
    "dates": _dates,
    "annexes": annexes_of,
    "identification_means": means_of_identification,
    "purpose_nexus": _purpose,
    "legal_basis": _legal_basis,
    "translation": _translation,
    "signature": _signature,
    "period_of_records": _period,
    "timezone_of_ip": _time_zone,
    "intention_to_follow_up": _follow_up,
    "further_requests": further_requests,
}


def _words(context: RequestContext, part: FilePart) -> str:
    return context.flow.folded[context.flow.at(part.start) : context.flow.at(part.end)]
