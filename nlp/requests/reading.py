"""Reads a request: parts of the file, each field by its reader, the completeness check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace

from extraction.document import Block
from nlp.annotations import Annotations, DocumentType, LetterType
from nlp.document_kinds import is_legislation, is_request
from nlp.document_type import HINT, UNKNOWN
from nlp.entities.dates import in_order, writes_month_first
from nlp.language import UNDETERMINED
from nlp.requests.amounts.amounts import read_amounts
from nlp.requests.authorities.authorities import read_issuing_authority
from nlp.requests.boxes import unticked_ranges
from nlp.requests.checks.checks import check_request
from nlp.requests.context import RequestContext
from nlp.requests.dates.answer_periods import read_answer_periods
from nlp.requests.dates.deadlines import read_deadlines
from nlp.requests.dates.facts_period import read_facts_period
from nlp.requests.dates.preservation_periods import read_preservation_periods
from nlp.requests.declarations import read_confidentiality, read_reciprocity, read_urgency
from nlp.requests.enclosures.enclosures import read_annexes
from nlp.requests.flow import Flow, flow_of, sentences_of
from nlp.requests.identifiers.identifiers import read_identifiers
from nlp.requests.identifiers.references import read_own_reference
from nlp.requests.law.legal_basis import read_legal_basis
from nlp.requests.law.offences import read_offences
from nlp.requests.letter_types.annexes import ANNEX, may_be_annex
from nlp.requests.letter_types.letter_signs import TRANSMITTAL
from nlp.requests.letter_types.request_type import (
    annex_of_request,
    find_request_type,
    is_letter_type,
    is_plain_letter,
    stored_type,
    type_by_measures,
)
from nlp.requests.letter_types.statements import ANSWERS, RESPONSE
from nlp.requests.measures.measures import read_measures
from nlp.requests.parts.letter_lines import with_line_ends
from nlp.requests.parts.parallel_columns import first_column, parallel_columns
from nlp.requests.parts.parts import find_parts, main_language
from nlp.requests.persons.persons import read_persons
from nlp.requests.procedures import read_special_procedure
from nlp.requests.proposal import ANNEX as ANNEX_PART
from nlp.requests.proposal import ANSWER, COVER, OWN_WORDS, REQUEST, FilePart, Proposal, RequestReading
from nlp.requests.sections import letter_sections
from nlp.requests.states.states import States, find_states
from nlp.requests.translations.doubts import translations_of
from nlp.requests.translations.translated_files import marked_translation
from nlp.requests.translations.translations import read_translation
from nlp.requests.use_limitations import read_specialty
from nlp.transformer import Vector

# Of the readers together: a stored reading of another version is computed again.
VERSION = "requests@113"
# Media types of files that show no signature.
_TYPED = frozenset({"text/plain", "text/markdown", "message/rfc822"})

# Least confidence with which a text that the document classifier does not take for a letter counts as one.
_LEAST_LETTER = 0.5
# Least confidence of a State as the author of a letter, and of both with which a text of unknown type counts as one.
_SURE_STATE = 0.8

FieldReader = Callable[[RequestContext], Sequence[Proposal]]


def _requesting_state(context: RequestContext) -> list[Proposal]:
    return [context.states.requesting] if context.states.requesting else []


def _requested_state(context: RequestContext) -> list[Proposal]:
    return [context.states.requested] if context.states.requested else []


# key of the field -> its reader; proposals come back best first
READERS: Mapping[str, FieldReader] = {
    "requesting_state": _requesting_state,
    "requested_state": _requested_state,
    "measures": read_measures,
    "persons": read_persons,
    "offences": read_offences,
    "identifiers": read_identifiers,
    "issuing_authority": read_issuing_authority,
    "own_reference": read_own_reference,
    "legal_basis": read_legal_basis,
    "reciprocity": read_reciprocity,
    "urgency": read_urgency,
    "confidentiality": read_confidentiality,
    "specialty": read_specialty,
    "deadlines": read_deadlines,
    "answer_period": read_answer_periods,
    "preservation_period": read_preservation_periods,
    "facts_period": read_facts_period,
    "amounts": read_amounts,
    "special_procedure": read_special_procedure,
    "annexes": read_annexes,
    "translation": read_translation,
}
# Fields of an annex, which is from nobody and asks for nothing.
_OF_ANNEX = ("offences", "identifiers", "amounts")
# What the own words of a document are that is no request.
_KIND_OF_PART = {RESPONSE: ANSWER, ANNEX: ANNEX_PART}


def read_request(
    text: str, annotations: Annotations, blocks: Sequence[Block] = (), media_type: str = ""
) -> RequestReading:
    """Return the reading of ``text`` with its ``annotations``.

    ``blocks`` and ``media_type`` are those of the document, if any. It never raises for any text, including an empty
    one.
    """
    given = replace(request_context(text, annotations, blocks), is_typed=media_type in _TYPED)
    context, fields = read_fields(given)
    checks = check_request(context, fields)
    parts = marked_translation(context.text, context.parts)
    return RequestReading(context.document_type, parts, fields, checks, translations_of(context))


def read_fields(context: RequestContext) -> tuple[RequestContext, dict[str, tuple[Proposal, ...]]]:
    """Return the proposals of each field that was found, and the context with the type that the measures confirm."""
    kind = context.document_type
    readers = {key: READERS[key] for key in _OF_ANNEX} if kind.value == ANNEX else READERS
    fields = {key: tuple(found) for key, read in readers.items() if (found := read(context))}
    if kind.value == ANNEX:
        fields["annexes"] = (_own_label(context),)
    if kind.origin != HINT:
        kind = type_by_measures(kind, fields.get("measures", ()))
    return replace(context, document_type=kind), fields


def _own_label(context: RequestContext) -> Proposal:
    """Return the label of an annex as the one annex of its file: the words of its title that name it."""
    kind = context.document_type
    label = " ".join(context.text[kind.start : kind.end].split())
    return replace(kind, value={"label": label}) if label else replace(kind, value={"label": ANNEX})


def request_context(text: str, annotations: Annotations, blocks: Sequence[Block] = ()) -> RequestContext:
    """Return the input of the field readers for ``text``; of a letter in two columns, its first one."""
    columns = parallel_columns(text)
    if columns:
        text, annotations = first_column(text, annotations, columns)
    sections = letter_sections(text, blocks)
    text = with_line_ends(text, blocks)
    parts = find_parts(text, annotations.segments, sections)
    flow = flow_of(text)
    encoded: dict[str, Vector] = {}
    letter = letter_part(text, parts)
    kind = _given_type(annotations.document_type, letter)
    language = _language_of_letter(parts) or main_language(annotations.segments)
    language = columns.languages[0] if columns else language

    def states_by(label: str) -> States:
        return find_states(text, flow, parts, annotations.spans, label, language)

    kind = kind or _type_of(text, flow, letter, annotations.document_type, encoded, states_by)
    if kind.value in _KIND_OF_PART:
        own = _KIND_OF_PART[str(kind.value)]
        parts = tuple(replace(part, kind=own) if part.kind == REQUEST else part for part in parts)
    states = states_by(str(kind.value))
    author = _code(states.requested if kind.value == RESPONSE else states.requesting)
    # the dates were annotated before the States of the letter were known
    month_first = writes_month_first(text, author or annotations.jurisdiction)
    return RequestContext(
        text,
        replace(annotations, spans=in_order(text, annotations.spans, month_first=month_first)),
        document_type=kind,
        parts=parts,
        sections=sections,
        language="" if language == UNDETERMINED else language,
        flow=flow,
        sentences=sentences_of(flow),
        unticked=unticked_ranges(text),
        states=states,
        encoded=encoded,
        columns=columns,
        month_first=month_first,
    )


def _type_of(
    text: str,
    flow: Flow,
    letter: FilePart,
    general: DocumentType,
    encoded: MutableMapping[str, Vector],
    states_by: Callable[[str], States],
) -> Proposal:
    """Return the type of a letter by its words; one in which no rule sees a letter is one if it is between two States.

    ``states_by`` returns the States of a letter of a type.
    """
    found = find_request_type(text, flow, letter, general, encoded)
    if found.value != UNKNOWN or not _is_between_states(states_by(UNKNOWN)):
        return found
    return find_request_type(text, flow, letter, general, encoded, is_between_states=True)


def _language_of_letter(parts: Sequence[FilePart]) -> str:
    """Return the language of a letter below a note in another language, empty without such a note."""
    if not parts or parts[0].kind != COVER:
        return ""
    letter = next((part.language for part in parts if part.kind in (REQUEST, ANSWER)), "")
    return "" if letter == UNDETERMINED else letter


def _given_type(general: DocumentType, letter: FilePart) -> Proposal | None:
    """Return the type that was given with the file or by a person, None without one or for another document's."""
    if general.origin != HINT or not (is_letter_type(general.label) or general.label in (*ANSWERS, ANNEX)):
        return None
    label = RESPONSE if general.label in ANSWERS else general.label
    return Proposal(label, letter.start, letter.end, general.confidence, HINT)


def letter_type(text: str, annotations: Annotations, blocks: Sequence[Block] = ()) -> LetterType:
    """Return the type of a document, that of a letter of cooperation by the reader of letters, and its author's State.

    An official letter with a request has the type of the request, and so has a letter of unknown type from one State to
    another. An annex of a request is none, whatever its title names. A type that was given with the file, a law, and a
    request of a type that the reader of letters does not know keep the type of the document classifier.
    """
    general = annotations.document_type
    is_known, is_law = is_letter_type(general.label), is_legislation(general.label)
    if general.origin == HINT:
        return LetterType(VERSION, general)
    if may_be_annex(text, of_law=is_law) and (annex := _annex(text, annotations, blocks)):
        return LetterType(VERSION, annex)
    if is_law or (is_request(general.label) and not is_known):
        return LetterType(VERSION, general)
    sections = letter_sections(text, blocks)
    text = with_line_ends(text, blocks)
    parts = find_parts(text, annotations.segments, sections)
    flow = flow_of(text)

    def states_by(label: str) -> States:
        return find_states(text, flow, parts, annotations.spans, label, main_language(annotations.segments))

    found = _type_of(text, flow, letter_part(text, parts), general, {}, states_by)
    label = str(found.value)
    if label == TRANSMITTAL and (is_known or general.label == UNKNOWN):
        return LetterType(VERSION, DocumentType(TRANSMITTAL, found.confidence, found.origin, general.evidence))
    if not is_letter_type(label):
        return LetterType(VERSION, DocumentType(UNKNOWN, 0.0, found.origin) if is_known else general)
    states = states_by(label)
    is_sure = is_known or is_plain_letter(general.label) or found.confidence >= _LEAST_LETTER
    if not is_sure and not (general.label == UNKNOWN and _is_between_states(states)):
        return LetterType(VERSION, general)
    kind = DocumentType(stored_type(label), found.confidence, found.origin, general.evidence)
    return LetterType(VERSION, kind, _code(states.requested if label == RESPONSE else states.requesting))


def _annex(text: str, annotations: Annotations, blocks: Sequence[Block]) -> DocumentType | None:
    """Return the type of a document that is an annex of a request, None of another one."""
    parts = find_parts(text, annotations.segments, letter_sections(text, blocks))
    text = with_line_ends(text, blocks)
    found = annex_of_request(text, flow_of(text), letter_part(text, parts))
    return DocumentType(ANNEX, found.confidence, found.origin) if found else None


def _is_between_states(states: States) -> bool:
    """Return whether both States of a letter are read with confidence."""
    return bool(_code(states.requesting) and _code(states.requested))


def _code(state: Proposal | None) -> str:
    """Return the code of a State that was read with confidence, empty for others."""
    return str(state.value)[:2] if state is not None and state.confidence >= _SURE_STATE else ""


def letter_part(text: str, parts: Sequence[FilePart]) -> FilePart:
    """Return the letter itself with all that follows it in the authority's own words, as one part; no cover note."""
    own = [part for part in parts if part.kind in OWN_WORDS]
    letter = next((part for part in own if part.kind == REQUEST), own[0] if own else None)
    if letter is None:
        return FilePart(REQUEST, "", 0, len(text), 0.0, "")
    return replace(letter, end=own[-1].end)
