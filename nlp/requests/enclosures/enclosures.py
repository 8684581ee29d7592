"""Enclosures of a letter: items of its lists, those announced in its text, attachments in the file.

Rules find the usual announcements; weights over pieces of sentences decide (``nlp.requests.enclosures.choice``), where
there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.enclosures.choice import choose, trained_weights
from nlp.requests.enclosures.evidence import Piece, Span, enclosure_pieces, pattern
from nlp.requests.enclosures.lists import missing_items, without_mentions
from nlp.requests.flow import sentence_at
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.proposal import ANNEX, ANSWER, COVER, OWN_WORDS, REQUEST, Proposal
from nlp.requests.weights import feature_probability

ORIGIN = "requests.enclosures@6"
_MIN_LENGTH, _MAX_LENGTH = 6, 220
_IN_SENTENCE, _IN_LIST, _LETTERED = 0.65, 0.8, 0.92
# Least confidence of the rules for lists and numbered titles; types of forms that are an annex of a law themselves.
_LISTED, _FORMS = 0.9, frozenset({"eio"})
_SAID, _CITED, _LEAST, _SUREST = 0.62, 0.6, 0.5, 0.97
_HEAD, _NUMBER, _TITLE, _MARKER = 300, 16, 30, 6
_GOES_ON = r"(?!\s*(?:[-–—•·▪*]|\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[).]))"
# No full stop after the letter of an item or before the next item.
_POINT = r"(?<![\s(:][a-hA-H1-9])\.(?=\s|$)(?!\s+(?:[a-h]|\d{1,2})[.)]\s)"
_END_OF_LINES = regex.compile(rf"{_POINT}(?!\s?\d)|\n{_GOES_ON}")
# No full stop after a short form of address or of a number.
_SHORT_FORM = r"(?<!\b(?:mrs?|ms|dra?|srs?|sra|lic|licda|ing|abg|prof|me|m|mme|arts?|nos?|n|num|pp?|inc|vol|st))"
_END_OF_SENTENCE = regex.compile(rf"{_SHORT_FORM}\.(?=\s|$)|\n|:")


def read_annexes(context: RequestContext) -> list[Proposal]:
    """Return the enclosures, each once, in the order of the letter."""
    ruled = ruled_enclosures(context)
    weights = trained_weights()
    found = _by_weights(context, ruled, weights) if weights else _by_rule(context, ruled)
    orders = _ordered_items(context)
    return [one for one in found if not _is_no_enclosure(context, one, orders)]


def _ordered_items(context: RequestContext) -> list[Span]:
    """Return the ranges of the running text that are items of a list of measures."""
    asked = (one.statement for one in find_measure_mentions(context))
    return [(one.start, one.end) for one in asked if one.is_asked_item]


def _is_no_enclosure(context: RequestContext, one: Proposal, orders: Sequence[Span]) -> bool:
    """Return whether a label names no enclosure: it is denied, or the whole of an item that orders a measure."""
    label = fold(context.text[one.start : one.end])
    if _pattern("no_label").search(label) or pattern("absent").search(label):
        return True
    start, end = context.flow.at(one.start), context.flow.at(one.end)
    return any(0 <= start - first < _MARKER and last - end < _MARKER for first, last in orders)


def _by_weights(context: RequestContext, ruled: Mapping[Span, float], weights: Mapping[str, float]) -> list[Proposal]:
    pieces = enclosure_pieces(context, ruled)
    likely = [feature_probability(piece.features, weights) for piece in pieces]
    found: dict[str, Proposal] = {}
    chosen = choose(pieces, likely)
    for number in chosen:
        piece = _with_number(pieces[number], ruled)
        proposal = _proposal(context, piece, round(min(_SUREST, max(_LEAST, likely[number])), 2))
        found.setdefault(fold(context.text[proposal.start : proposal.end]), proposal)
    spans = [(pieces[number].start, pieces[number].end) for number in chosen]
    for start, end in missing_items(context, spans):
        proposal = _proposal(context, Piece(start, end, {}), _LEAST)
        found.setdefault(fold(context.text[proposal.start : proposal.end]), proposal)
    if not any(_is_of_list(pieces[number], ruled) for number in chosen):
        for proposal in _named_by_number(context):
            label = fold(context.text[proposal.start : proposal.end])
            if not any(label in other for other in found):
                found[label] = proposal
    listed = [(pieces[number].start, pieces[number].end) for number in chosen if _is_of_list(pieces[number], ruled)]
    return without_mentions(context, sorted(found.values(), key=lambda proposal: proposal.start), listed)


def _is_of_list(piece: Piece, ruled: Mapping[Span, float]) -> bool:
    return "listed" in piece.features or ruled.get((piece.start, piece.end), 0.0) >= _LISTED


def _named_by_number(context: RequestContext) -> Iterator[Proposal]:
    """Yield the enclosures that a letter without a list of them names by a number only: "see Annex 1"."""
    if context.document_type.value in _FORMS:
        return
    flow = context.flow
    for named in pattern("named").finditer(flow.folded):
        start, end = flow.original(*named.span())
        is_letter = flow.folded[named.start("number")].isalpha()
        if context.in_own_words(start) and not (is_letter and flow.cased[named.start("number")].islower()):
            yield _proposal(context, Piece(start, end, {}), _LEAST)


def _with_number(piece: Piece, ruled: Mapping[Span, float]) -> Piece:
    """Return a piece with the number before it ("Annex 1:") if a rule reads both together."""
    starts = [start for start, end in ruled if abs(end - piece.end) <= 1 and 0 < piece.start - start <= _NUMBER]
    return Piece(min(starts), piece.end, piece.features) if starts else piece


def _proposal(context: RequestContext, piece: Piece, confidence: float) -> Proposal:
    start = piece.start
    end = start + len(context.text[start : piece.end].rstrip(" \t\n.,;:"))
    joint = pattern("opening").match(fold(context.text[start:end]))
    start += joint.end() if joint else 0
    start, end = _with_title(context.text, start, end)
    return Proposal({"label": " ".join(context.text[start:end].split())}, start, end, confidence, ORIGIN)


def _with_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of an enclosure with the number of the annex before it, or with its name behind the number.

    Without a number before it, it begins with a word: "Anexo I, auto" is one label, ", auto" none.
    """
    first = max(0, start - _TITLE, text.rfind("\n\n", 0, start) + 2)
    before = fold(text[first:start])
    loose = len(text[start:end]) - len(text[start:end].lstrip(" \t\n,;:.–—-"))
    lead = fold(text[start : start + loose])
    title = _pattern("title").search(before + lead)
    if title is not None and title.start() < len(before) and len(before) == start - first:
        start -= len(before) - title.start()
        end += text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end)
    else:
        start += loose
    behind = fold(text[end : end + _MAX_LENGTH].partition("\n\n")[0])
    named = _pattern("named_behind").match(behind) if _pattern("only_number").match(fold(text[start:end])) else None
    return start, end + (len(named[0].rstrip()) if named else 0)


def ruled_enclosures(context: RequestContext) -> dict[Span, float]:
    """Return the ranges of the document that a rule takes for an enclosure, with its confidence."""
    found: dict[Span, float] = {}
    readers = (_lettered(context), _listed(context), _announced(context), _marked(context), _attached(context))
    said = (
        _said(context, name, sure) for name, sure in (("passive", _SAID), ("cited", _CITED), ("numbered", _LETTERED))
    )
    for start, end, confidence in chain(*readers, *said):
        found[start, end] = max(confidence, found.get((start, end), 0.0))
    return found


def _by_rule(context: RequestContext, ruled: Mapping[Span, float]) -> list[Proposal]:
    """Return what the rules find; what the text only mentions or cites is left out beside what it lists."""
    surest = max(ruled.values(), default=0.0)
    least = _IN_LIST if surest >= _IN_LIST else min(surest, _SAID)
    found: list[Proposal] = []
    for (start, end), confidence in sorted(ruled.items()):
        overlaps = any(proposal.start < end and start < proposal.end for proposal in found)
        if confidence >= least and not overlaps:
            found.append(_proposal(context, Piece(start, end, {}), confidence))
    return found


def _lettered(context: RequestContext) -> Iterator[tuple[int, int, float]]:
    """Yield the lines that name an attachment by its number: "Annex 1: List of questions"."""
    flow = context.flow
    for found in _pattern("lettered").finditer(flow.folded):
        start, end = flow.original(*found.span("line"))
        if context.in_own_words(start):
            yield start, end, _LETTERED


def _listed(context: RequestContext) -> Iterator[tuple[int, int, float]]:
    """Yield the lines of the sections that list enclosures, up to a blank line after the first of them."""
    for unit in context.sections_of("annexes"):
        if not context.in_own_words(unit.start):
            continue
        offset = unit.start + len(unit.label)
        body = context.text[offset : context.part_at(unit.start).end]
        listed = regex.match(r"[\s:]*(?:[^\n]+\n?)+", body)
        if listed:
            yield from _items(context.text, offset, offset + listed.end(), 0.9)


def _announced(context: RequestContext) -> Iterator[tuple[int, int, float]]:
    """Yield the text after words such as "Se adjunta" in their sentence or, after a colon, in the lines below."""
    flow = context.flow
    bare = _pattern("bare_noun")
    announced = [(one, bare.match(one[0]) is not None) for one in _pattern("announces").finditer(flow.folded)]
    enumerated = [(one, True) for one in _pattern("enumerated").finditer(flow.folded)]
    for found, is_bare in (*announced, *enumerated):
        if found.end() >= len(flow.folded) or (is_bare and _is_asked_for(context, found.start())):
            continue
        start = flow.places[found.end()]
        part = context.part_at(start)
        if part.kind == COVER or part.kind not in OWN_WORDS or context.section_at(start) == "annexes":
            continue
        colon = ":" in found[0][-3:]
        end = _end_of_list(flow.folded, found.end(), lines=colon)
        yield from _items(context.text, start, flow.original(found.end(), end)[1], 0.8 if colon else _IN_SENTENCE)


def _is_asked_for(context: RequestContext, index: int) -> bool:
    """Return whether the sentence of an index of the running text asks for the documents that it lists."""
    sentence = sentence_at(context.sentences, index)
    asks = load("nlp.request_periods")["asks"]
    return regex.search(asks, context.flow.folded, pos=sentence.start, endpos=index) is not None or (
        context.section_at(context.flow.places[index]) in ("assistance", "documents_needed")
    )


def _end_of_list(folded: str, start: int, *, lines: bool) -> int:
    """Return the end of a list: a full stop at the end of the sentence, or the end of its bulleted lines."""
    stop = _END_OF_LINES if lines else _END_OF_SENTENCE
    if lines and folded[start : start + 1] == "\n":
        start += 1
    found = stop.search(folded, start)
    return found.start() if found else len(folded)


def _marked(context: RequestContext) -> Iterator[tuple[int, int, float]]:
    """Yield things described as attached: "la citación adjunta", "the attached questions"."""
    flow = context.flow
    for found in _pattern("behind").finditer(flow.folded):
        place = flow.places[found.start()]
        if context.part_at(place).kind in (REQUEST, ANSWER) and context.section_at(place) != "annexes":
            start, end = flow.original(found.start(), found.end())
            if not _pattern("never").search(found[0]):
                yield start, end, 0.6


def _attached(context: RequestContext) -> Iterator[tuple[int, int, float]]:
    """Yield the titles of the attachments that are in the file."""
    for part in context.parts:
        if part.kind == ANNEX:
            line = regex.compile(r"[^\n]+").search(context.text, part.start)
            if line and _stripped(context.text, line.start(), line.end())[0] < line.end():
                yield *_stripped(context.text, line.start(), line.end()), 0.9


def _items(text: str, start: int, end: int, confidence: float) -> Iterator[tuple[int, int, float]]:
    position = start
    for cut in (*_pattern("split").finditer(text, start, end), None):
        stop = cut.start() if cut else end
        left, right = _stripped(text, position, stop)
        if right - left <= _MAX_LENGTH and _is_thing(fold(text[left:right]), listed=confidence > _IN_SENTENCE):
            yield left, right, confidence
        position = cut.end() if cut else end


def _is_thing(words: str, *, listed: bool) -> bool:
    """Return whether an item names an enclosure; a translation counts only in a list."""
    if len(regex.findall(r"\p{L}", words)) < _MIN_LENGTH or _pattern("never").search(words):
        return False
    return listed or _pattern("translation").match(words) is None or "adjunt" in words


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the number or bullet of its item and without signs at its edges."""
    bullet = _pattern("bullet").match(fold(text[start:end]).lstrip())
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    start += lead + (bullet.end() if bullet else 0)
    words = text[start:end]
    return start, start + len(words.rstrip(" \t\n.,;:"))


def _said(context: RequestContext, name: str, confidence: float) -> Iterator[tuple[int, int, float]]:
    """Yield the things that a pattern with a ``label`` finds in the letter itself."""
    flow = context.flow
    for found in _pattern(name).finditer(flow.folded):
        place = flow.places[found.start("label")]
        is_head = name == "cited" and place < _HEAD  # the number of a form
        if is_head or context.part_at(place).kind not in (REQUEST, ANSWER):
            continue
        words = found["label"]
        if not (_pattern("never").search(words) or _pattern("no_thing").match(words)):
            yield *flow.original(*found.span("label")), confidence


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["enclosures"][name])
