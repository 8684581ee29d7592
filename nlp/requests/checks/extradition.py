"""Documents that a request for extradition needs: warrant or judgment, law on limitation, means of identification.

What treaties ask for is alike: a copy of the warrant of arrest or of the judgment, the text of the law with penalty and
limitation, and a description of the person with the whereabouts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nlp.requests.checks.words import Fields, letter_words, pattern
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.unlearned_types import PROVISIONAL_ARREST
from nlp.requests.proposal import ANNEX, TRANSCRIPTION

NO_MAXIMUM = "no_maximum"
# Characters around the name of a document in which it is said to be enclosed.
_NEAR = 80


def has_no_maximum(words: str) -> bool:
    """Return whether folded words give the least penalty of an offence and not the highest."""
    around = [
        words[max(0, found.start() - _NEAR) : found.end() + _NEAR] for found in pattern("penalty").finditer(words)
    ]
    least = any(pattern("least_penalty").search(near) for near in around)
    return least and not any(pattern("highest_penalty").search(near) for near in around)


def warrant_of(context: RequestContext, fields: Fields) -> str:
    """Return whether a warrant of arrest or a judgment is enclosed, only mentioned (``not_enclosed``) or missing.

    For provisional arrest it is enough that it exists.
    """
    if _is_enclosed(context, fields, "warrant"):
        return "present"
    mentioned = any(pattern("warrant").search(words) for words in letter_words(context))
    if mentioned and _is_provisional(context):
        return "present"
    return "not_enclosed" if mentioned else "missing"


def limitation_of(context: RequestContext, fields: Fields) -> str:
    """Return whether the law on limitation is enclosed or cited, limitation only mentioned (``no_text``) or missing."""
    if _is_enclosed(context, fields, "limitation"):
        return "present"
    said = [words for words in letter_words(context) if pattern("limitation").search(words)]
    if any(pattern("provision").search(words) for words in said):
        return "present"
    return "no_text" if said else "missing"


def means_of_identification(context: RequestContext, fields: Fields) -> str:
    """Return whether description, photograph or fingerprints and the whereabouts of the person are given.

    For provisional arrest the person is described by a date of birth as well.
    """
    described = _says(context, "means") or _is_enclosed(context, fields, "means")
    described = described or (_is_provisional(context) and _is_born(fields))
    located = _says(context, "whereabouts")
    if described and located:
        return "present"
    return "no_location" if described else "no_description" if located else "missing"


def _is_provisional(context: RequestContext) -> bool:
    return bool(context.document_type.value == PROVISIONAL_ARREST)


def _is_born(fields: Fields) -> bool:
    """Return whether the date of birth of a person is given."""
    return any(isinstance(one.value, Mapping) and one.value["birth_date"] for one in fields.get("persons", ()))


def _says(context: RequestContext, name: str) -> bool:
    return any(pattern(name).search(words) for words in letter_words(context))


def _is_enclosed(context: RequestContext, fields: Fields, name: str) -> bool:
    """Return whether a document that the pattern of ``name`` describes is an enclosure or said to be one."""
    return any(pattern(name).search(words) for words in _enclosed(context, fields)) or any(
        pattern("enclosed").search(words, max(0, found.start() - _NEAR), found.end() + _NEAR)
        for words in letter_words(context)
        for found in pattern(name).finditer(words)
    )


def _enclosed(context: RequestContext, fields: Fields) -> Iterator[str]:
    """Yield the folded words of enclosures: those read, the attachments and quotations in the file, their lists."""
    flow = context.flow
    ranges = [(one.start, one.end) for one in fields.get("annexes", ())]
    ranges += [(part.start, part.end) for part in context.parts if part.kind in (ANNEX, TRANSCRIPTION)]
    ranges += [(unit.start, unit.end) for unit in context.sections_of("annexes")]
    return (flow.folded[flow.at(start) : flow.at(end)] for start, end in ranges)
