"""Requested special procedures: oath, presence, warnings, recording, form of copies.

Patterns find the usual words; weights over sentences decide (``nlp.requests.procedure_choice``), where there are any.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.declarations import denies, heading_end
from nlp.requests.flow import Sentence
from nlp.requests.formalities import formalities, is_formality
from nlp.requests.letter_types.statements import ANSWERS
from nlp.requests.procedure_choice import LIKELY, Features, procedure_features, trained_weights
from nlp.requests.proposal import Proposal
from nlp.requests.sentence_vectors import embed_once, encodable
from nlp.requests.sentences import ITEM
from nlp.requests.statements import ASKED, EXCLUDED, NEUTRAL, find_statements
from nlp.requests.weights import feature_probability

ORIGIN = "requests.procedures@11"
_SECTION, _FACTS = "procedure", "facts"
_MIN_LENGTH = 20
_BY_PATTERN, _LEAST = 0.8, 0.5
_MIN_WORDS = 4  # of an item of a list under the heading on the manner of execution


def read_special_procedure(context: RequestContext) -> list[Proposal]:
    """Return what the letter wishes about the manner of execution of the measures, in its order.

    An answer wishes nothing to be executed.
    """
    if context.document_type.value in ANSWERS:
        return []
    weighed = trained_weights()
    likely = {one: feature_probability(found, weighed) for one, found in sentence_features(context)} if weighed else {}
    found = []
    for sentence in context.own_sentences():
        listed = _formality(context, sentence)
        first = max(sentence.start, heading_end(context, sentence), listed)
        start, end = context.flow.original(first, sentence.end)
        words = context.flow.folded[sentence.start : sentence.end]
        if end - start < _MIN_LENGTH or _is_apart(words):
            continue
        asked = likely[sentence] >= LIKELY if weighed else _is_procedure(context, Sentence(first, sentence.end), start)
        whole = asked or listed > 0 or _is_plain(context, sentence, (sentence.start, sentence.end))
        confidence = round(max(_LEAST, likely[sentence]), 2) if asked and weighed else _BY_PATTERN
        bounds = context.flow.at(start), context.flow.at(end)
        wishes = _wishes(context.flow.folded, *bounds) if whole else _plain_wishes(context, sentence, bounds)
        found += [_proposal(context, wish, confidence) for wish in wishes]
    return found


def _formality(context: RequestContext, sentence: Sentence) -> int:
    """Return where a sentence of a list of formalities says something behind its heading, 0 for another sentence."""
    within = (start for start, end in formalities(context) if start < sentence.end and sentence.start < end)
    return max(sentence.start, next(within, 0)) if is_formality(context, sentence.end - 1) else 0


def _proposal(context: RequestContext, wish: tuple[int, int], confidence: float) -> Proposal:
    start, end = context.flow.original(*wish)
    return Proposal({"text": " ".join(context.text[start:end].split())}, start, end, confidence, ORIGIN)


def _plain_wishes(context: RequestContext, sentence: Sentence, bounds: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the wishes of a sentence of several wishes that are certainly about a manner, not those of secrecy."""
    joints = [one.span() for one in _pattern("joint").finditer(context.flow.folded, *bounds)]
    edges = [bounds[0], *(place for joint in joints for place in joint), bounds[1]]
    wishes = list(zip(edges[::2], edges[1::2], strict=True))
    if not joints or _pattern("negated").search(context.flow.folded, *bounds):
        return []
    return [wish for wish in wishes if _is_plain(context, sentence, wish, {EXCLUDED})]


def _is_apart(words: str) -> bool:
    """Return whether a sentence asks for secrecy, an answer or nothing, and not for a manner of execution.

    Nor does one that only announces that something will be asked for later or separately.
    """
    if _is_secrecy(words) or _pattern("announced").search(words):
        return True
    other = any(_pattern(name).search(words) for name in ("wanted_by", "negated", "sent"))
    return other and not any(rule.search(words) for rule in (*_manners(), *_plain()))


def _is_plain(
    context: RequestContext, sentence: Sentence, span: tuple[int, int], further: Collection[str] = ()
) -> bool:
    """Return whether a range of a sentence asks for a measure in a manner that is certainly one, such as on oath.

    ``further`` are moods of its clause beside those of a request: what a sentence excludes besides is secrecy.
    """
    folded = context.flow.folded
    words = folded[span[0] : span[1]]
    if denies(words) or _pattern("never").search(words) or _pattern("not_wanted").search(words):
        return False
    places = [span[0] + found.start() for rule in _plain() if (found := rule.search(words))]
    if not places:
        return False
    section = context.section_at(context.flow.places[sentence.start])
    listed = section == _SECTION
    asks = section != _FACTS and any(
        _pattern(name).search(folded, sentence.start, sentence.end) for name in ("asks", "future")
    )
    obliged = section != _FACTS or _pattern("obliged").search(words)
    moods = {ASKED, NEUTRAL} if listed or (asks and obliged) else {ASKED}
    statements = [one for one in find_statements(context) if one.start < sentence.end and sentence.start < one.end]
    moods = moods.union(further)
    return any(one.mood_at(place) in moods for place in places for one in statements if one.start <= place < one.end)


def _is_secrecy(words: str) -> bool:
    """Return whether a sentence asks only that somebody is told nothing."""
    return _pattern("secrecy").search(words) is not None and not any(rule.search(words) for rule in _manners())


def _wishes(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a sentence that wish one thing each: "that it be recorded and that counsel be present"."""
    wishes = [(start, end)]
    for joint in _pattern("joint").finditer(folded, start, end):
        first = wishes[-1][0]
        if all(
            any(rule.search(folded, *piece) for rule in _manners())
            for piece in ((first, joint.start()), (joint.end(), end))
        ):
            wishes[-1:] = [(first, joint.start()), (joint.end(), end)]
    return wishes


def sentence_features(context: RequestContext) -> list[tuple[Sentence, Features]]:
    """Return the sentences of the letter itself with their features."""
    sentences = list(context.own_sentences())
    if not sentences:
        return []
    folded, cased = context.flow.folded, context.flow.cased
    vectors = embed_once([encodable(cased[one.start : one.end]) for one in sentences], context.encoded)
    sections = [context.section_at(context.flow.places[one.start]) for one in sentences]
    words = [folded[one.start : one.end] for one in sentences]
    return [
        (one, procedure_features(said, vector, section, _said(said)))
        for one, said, vector, section in zip(sentences, words, vectors, sections, strict=True)
    ]


def _said(words: str) -> dict[str, bool]:
    """Return what the patterns say about a sentence, by name."""
    manner = any(rule.search(words) for rule in _manners())
    asks, never = (_pattern(name).search(words) is not None for name in ("asks", "never"))
    return {
        "manner": manner,
        "asks": asks,
        "never": never,
        "denies": denies(words),
        "asked_manner": manner and asks,
        "sure": manner and asks and not never,
    }


def _is_procedure(context: RequestContext, sentence: Sentence, place: int) -> bool:
    words = context.flow.folded[sentence.start : sentence.end]
    if _pattern("never").search(words):
        return False
    if denies(words):
        return False
    asks = _pattern("asks").search(words) is not None
    manner = any(rule.search(words) for rule in _manners())
    if context.section_at(place) == _SECTION:
        listed = ITEM.match(words) is not None and len(words.split()) >= _MIN_WORDS
        return manner or ((asks or listed) and _pattern("wanted_by").search(words) is None)
    return manner and asks and context.section_at(place) != _FACTS


@cache
def _manners() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_details")["procedure"]["manner"])


@cache
def _plain() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_details")["procedure"]["plain"])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["procedure"][name])
