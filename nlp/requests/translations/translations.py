"""The translation of a letter: in the file, or mentioned as enclosed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.letter_types.statements import RESPONSE
from nlp.requests.proposal import ANSWER, REQUEST, TRANSLATION, FilePart, Json, Proposal
from nlp.requests.translations.translated_files import marked_translation
from nlp.state_languages import accepted_languages

ORIGIN = "requests.translations@4"
_REACH = 140
_MARK = 300
_NAMED = 0.85  # confidence if both languages are named
# Marks of a translation within so many characters of the beginning are about the letter itself.
_HEAD = 1_500


def read_translation(context: RequestContext) -> list[Proposal]:
    """Return one proposal for each language that the letter was translated into."""
    found: dict[str, Proposal] = {}
    for proposal in (*_in_columns(context), *_in_file(context), *_mentioned(context), *_whole_file(context)):
        value = proposal.value
        assert isinstance(value, dict)
        known = found.get(str(value["to"]))
        if known is None or (proposal.confidence == _NAMED and known.confidence < _NAMED):
            found[str(value["to"])] = proposal
        elif value["sworn"] and isinstance(known.value, dict):
            found[str(value["to"])] = Proposal({**known.value, "sworn": True}, *_range(known), known.confidence, ORIGIN)
    return list(found.values())


def _range(proposal: Proposal) -> tuple[int, int]:
    return proposal.start, proposal.end


def _in_columns(context: RequestContext) -> Iterator[Proposal]:
    if context.columns:
        first, second = context.columns.languages
        value: dict[str, Json] = {"from": first, "to": second, "sworn": False}
        yield Proposal(value, context.columns.left_out[0][0], context.columns.left_out[-1][1], _NAMED, ORIGIN)


def _in_file(context: RequestContext) -> Iterator[Proposal]:
    letter = next((part.language for part in context.parts if part.kind in (REQUEST, ANSWER)), "")
    original = letter or next((part.language for part in context.parts if part.kind != TRANSLATION), context.language)
    for part in context.parts:
        if part.kind == TRANSLATION and part.language != original:
            sworn = _is_sworn(fold(_edges(context, part)))
            value: dict[str, Json] = {"from": original, "to": part.language, "sworn": sworn}
            yield Proposal(value, part.start, part.end, 0.9, ORIGIN)


def _whole_file(context: RequestContext) -> Iterator[Proposal]:
    """Yield the translation that the file as a whole is by its marks, in a language that the State does not speak.

    The original is taken to be in the language of the requesting State; of a State of several languages nothing is
    known.
    """
    spoken = accepted_languages(context.requesting_state)
    if len(spoken) != 1 or context.language in ("", *spoken) or context.document_type.value == RESPONSE:
        return
    marked = marked_translation(context.text, context.parts)
    if whole := next((part for part in marked if part.kind == TRANSLATION and part not in context.parts), None):
        value: dict[str, Json] = {
            "from": spoken[0],
            "to": context.language,
            "sworn": _is_sworn(fold(_edges(context, whole))),
        }
        yield Proposal(value, whole.start, whole.end, 0.7, ORIGIN)


def _edges(context: RequestContext, part: FilePart) -> str:
    """Return the first and last words of a translation, where its kind and the translator's certificate appear."""
    return context.text[part.start : part.start + _MARK] + context.text[max(part.start, part.end - _MARK) : part.end]


def _mentioned(context: RequestContext) -> Iterator[Proposal]:
    """Yield translations mentioned as accompanying the letter."""
    flow = context.flow
    for found in _pattern("mention").finditer(flow.folded):
        sentence = sentence_at(context.sentences, found.start())
        before = flow.folded[max(sentence.start, found.start() - _REACH) : found.start()]
        whole = before + flow.folded[found.start() : min(sentence.end, found.end())]
        place = flow.places[found.start()]
        is_unticked = any(start <= place < end for start, end in context.unticked)
        is_kept = _pattern("never").search(whole) is not None and _pattern("apart").search(whole) is None
        if is_unticked or not context.in_own_words(place) or is_kept:
            continue
        language = _target(found["after"], context.language) or _target(found[0], context.language)
        if _pattern("asks").search(before) or not (language or _accompanies(before, found[0])):
            continue
        target = language or next(iter(accepted_languages(context.requested_state)), "")
        is_translation = found.start() < _HEAD and context.document_type.value != RESPONSE
        original = _original(context, found[0])
        if target == original and is_translation:  # the mark of a letter that is a translation itself
            target = context.language
        if target and target != original:
            start, end = flow.original(*found.span())
            value: dict[str, Json] = {"from": original, "to": target, "sworn": _is_sworn(whole)}
            named = _pattern("from").search(found[0])
            sure = _NAMED if named and _language(named[1]) and language else 0.8
            yield Proposal(value, start, end, sure if language else 0.6, ORIGIN)


def _original(context: RequestContext, words: str) -> str:
    """Return the language that a letter was translated from: the one it names, its own, or that of the State.

    A letter in a language that is none of its State, the requested one for an answer, is taken as a translation itself.
    """
    named = _pattern("from").search(words)
    is_answer = context.document_type.value == RESPONSE
    state = context.requested_state if is_answer else context.requesting_state
    spoken = accepted_languages(state)
    is_own = not spoken or context.language in spoken
    own = context.language if is_own else spoken[0]
    return (_language(named[1]) if named else "") or own


def _accompanies(before: str, words: str) -> bool:
    return _pattern("accompanies").search(before + words) is not None


def _is_sworn(words: str) -> bool:
    return _pattern("sworn").search(_pattern("unsworn").sub(" ", words)) is not None


def _target(words: str, own: str) -> str:
    """Return the first language named that is neither that of the original nor that of the letter, else the first."""
    named = _pattern("from").search(words)
    original = _language(named[1]) if named else ""
    names = _languages()
    targets = [names[word] for word in regex.findall(r"\p{L}+", words) if word in names]
    return next((code for code in targets if code not in (original, own)), targets[0] if targets else "")


def _language(words: str) -> str:
    """Return the code of the first language named, empty if none is."""
    names = _languages()
    return next((names[word] for word in regex.findall(r"\p{L}+", words) if word in names), "")


@cache
def _languages() -> dict[str, str]:
    listed: dict[str, list[str]] = load("nlp.request_details")["languages"]
    return {name: code for code, names in listed.items() for name in names}


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["translation"][name])
