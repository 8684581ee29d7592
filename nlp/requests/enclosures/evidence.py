"""Pieces of a letter that may name an enclosure, with the evidence for it.

A piece is a part of a sentence or an item of a list near words of enclosing (``cue`` of ``request_enclosures.yaml``):
in the sentence, or at the head of the list. Sentences are split at commas, and each part once more at conjunctions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.flow import Sentence
from nlp.requests.sentences import ITEM

_STEM, _LONGEST, _LONG_LINE, _MOST_WORDS = 6, 240, 70, 14
_USUAL = "ci-joint"[:_STEM]
_SHORTEST = 4  # letters of a piece
_LEAD, _BEHIND = 40, 45
_LIST = 25  # sentences that a head may introduce

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the document that may name an enclosure, with its features."""

    start: int
    end: int
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Head:
    """What announces a list: its word of enclosing, how it ends, the number of sentences since."""

    cue: str
    opening: str
    passed: int = 0


def enclosure_pieces(context: RequestContext, ruled: Mapping[Span, float]) -> list[Piece]:
    """Return the pieces of the letter's own words, in order; ``ruled`` are the ranges that rules found."""
    found = {
        (piece.start, piece.end): piece
        for sentence, head in announcing(context)
        for piece in _pieces(context, sentence, head, ruled)
    }
    for span, confidence in ruled.items():
        if span not in found and span[1] > span[0]:
            found[span] = _of_rule(context, span, confidence)
    return [found[span] for span in sorted(found)]


# --- where enclosures may be named ---------------------------------------------------------------------------------


def announcing(context: RequestContext) -> Iterator[tuple[Sentence, Head | None]]:
    """Yield the sentences of the letter that may name an enclosure, with the head of their list, if any."""
    head: Head | None = None
    before = 0
    for sentence in context.own_sentences():
        words = context.flow.folded[sentence.start : sentence.end]
        parted = regex.search(r"\n[ ]*\n", context.flow.folded[before : sentence.start + 1]) is not None
        before = max(0, sentence.end - 2)
        is_item = ITEM.match(words) is not None
        if head and (head.passed > _LIST or (parted and head.passed and not is_item)):
            head = None
        cues = [one[0] for one in pattern("cue").finditer(words)]
        if all(map(pattern("bare").fullmatch, cues)) and pattern("asks").search(words):
            cues = []  # documents that the letter asks for
        if cues or head or context.section_at(context.flow.places[sentence.start]) == "annexes":
            yield sentence, head
        head = _next_head(words, cues, head, is_item)


def _next_head(words: str, cues: Sequence[str], head: Head | None, is_item: bool) -> Head | None:
    """Return the head of what follows a sentence."""
    ending = words.rstrip()[-1:]
    if cues and pattern("only").fullmatch(words):
        return Head(_name(cues[-1]), "only")
    if cues and (ending == ":" or (ending not in ".;,)" and len(words) < _LONG_LINE and words.endswith("\n"))):
        return Head(_name(cues[-1]), "colon" if ending == ":" else "line")
    if cues and (ending == ";" or pattern("shortened").search(words)):
        return Head(_name(cues[-1]), "inside")
    if head and (is_item or ending in ";," or words.endswith("\n") or head.opening == "only"):
        return Head(head.cue, head.opening, head.passed + 1)
    return None


# --- pieces --------------------------------------------------------------------------------------------------------


def _pieces(
    context: RequestContext, sentence: Sentence, head: Head | None, ruled: Mapping[Span, float]
) -> Iterator[Piece]:
    folded = context.flow.folded
    cues = list(pattern("cue").finditer(folded, sentence.start, sentence.end))
    common = dict.fromkeys(_of_sentence(context, sentence, head), 1.0)
    for number, (start, stop, level) in enumerate(_split(folded, sentence)):
        first = _after_lead(folded, start, stop)
        tail = pattern("tail").search(folded, first, stop)
        end = tail.start() if tail else stop
        span = context.flow.original(first, end)
        if sum(sign.isalpha() for sign in folded[first:end]) < _SHORTEST or end - first > _LONGEST:
            continue
        features = common | dict.fromkeys(_of_words(folded[first:end]), 1.0)
        features |= dict.fromkeys(_of_place(folded, sentence, (first, end), cues), 1.0)
        features |= {f"level.{level}": 1.0, f"piece.{min(number, 8)}": 1.0, "lead": float(first > start)}
        features |= dict.fromkeys(_of_rules(span, ruled), 1.0)
        yield Piece(*span, features | dict.fromkeys(_together(features), 1.0))


def _split(folded: str, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a sentence between commas and marks of items, and the parts of these between conjunctions."""
    position = sentence.start
    for cut in (*pattern("split").finditer(folded, sentence.start, sentence.end), None):
        end = cut.start() if cut else sentence.end
        if end > position:
            joints = list(pattern("joint").finditer(folded, position, end))
            yield position, end, "joined" if joints else "whole"
            begin = position
            for joint in (*joints, None) if joints else ():
                stop = joint.start() if joint else end
                yield begin, stop, "part"
                begin = joint.end() if joint else end
        position = cut.end() if cut else end


def after_mark(folded: str, start: int, end: int) -> int:
    """Return where the words of an item begin, behind its number or bullet."""
    mark = pattern("mark").match(folded, start, end)
    return mark.end() if mark else start


def _after_lead(folded: str, start: int, end: int) -> int:
    """Return where the name of the thing begins: behind the mark of an item and words such as "Se adjunta"."""
    first = after_mark(folded, start, end)
    cue = pattern("cue").search(folded, first, end)
    if cue and cue.end() <= first + _LEAD and end - cue.end() > _SHORTEST:
        lead = pattern("lead").match(folded, cue.end(), end)
        return lead.end() if lead else cue.end()
    return first


# --- features ------------------------------------------------------------------------------------------------------


def _of_sentence(context: RequestContext, sentence: Sentence, head: Head | None) -> Iterator[str]:
    flow = context.flow
    place = flow.places[sentence.start]
    part = context.part_at(place)
    words = regex.findall(r"\p{L}+", flow.folded[sentence.start : sentence.end])
    yield from ("every", f"section.{context.section_at(place)}", f"part.{part.kind}")
    yield f"type.{context.labelled_type}"
    yield f"begins.{'_'.join(word[:_STEM] for word in words[:2])}"
    yield f"tenth.{int(10 * (place - part.start) / max(1, part.end - part.start))}"
    if ITEM.match(flow.folded, sentence.start):
        yield "item"
    if pattern("asks").search(flow.folded, sentence.start, sentence.end):
        yield "asks"
    if head:
        yield from ("listed", f"list.{head.cue}", f"list.{head.opening}", f"listed.{min(head.passed, 6)}")


def _of_words(words: str) -> Iterator[str]:
    named = [word[:_STEM] for word in regex.findall(r"\p{L}+", words)]
    yield from (f"word.{word}" for word in named[:_MOST_WORDS])
    yield from (f"word_{number}.{word}" for number, word in enumerate(named[:3]))
    yield f"length.{min(len(named), _MOST_WORDS)}"
    if regex.search(r"\d", words):
        yield "figures"
    yield from (name for name in ("translation", "never", "document") if pattern(name).search(words))


def _of_place(folded: str, sentence: Sentence, span: Span, cues: Sequence[regex.Match[str]]) -> Iterator[str]:
    """Yield the words of enclosing before and behind a piece in its sentence."""
    first, end = span
    said = [cue for cue in cues if cue.end() <= first]
    within = [cue for cue in cues if first <= cue.start() < end]
    behind = [cue for cue in cues if end <= cue.start() < end + _BEHIND]
    if said:
        between = folded[said[-1].end() : first]
        yield from (f"said.{_name(said[-1][0])}", f"since.{min(4, between.count(','))}")
        yield f"first_said.{_name(said[0][0])}"
        if not between.strip(" :,.") or pattern("lead").fullmatch(between):
            yield f"next.{_name(said[-1][0])}"
        if ":" in between:
            yield "colon"
    yield from (f"within.{_name(cue[0])}" for cue in within)
    yield from (f"behind.{_name(cue[0])}" for cue in behind[:1])
    if not (said or within or behind):
        yield "no_cue"
    last = regex.search(r"(\p{L}+|\p{P}) ?$", folded[sentence.start : first])
    after = regex.match(r" ?(\p{L}+|\p{P})", folded[end : sentence.end])
    yield f"before.{last[1][:_STEM] if last else ''}"
    yield f"after.{after[1][:_STEM] if after else ''}"


def _name(cue: str) -> str:
    """Return the beginning of a word of enclosing; rare ones have that of a usual one."""
    return _USUAL if pattern("rare").match(cue) else cue[:_STEM]


def _together(features: Mapping[str, float]) -> Iterator[str]:
    """Yield what the words of a piece and its place say together."""
    said = any(name.startswith(("said.", "next.")) for name in features)
    places = {"listed": "listed" in features, "said": said, "ruled": "ruled" in features}
    places["behind"] = any(name.startswith("behind.") for name in features)
    for kind in ("document", "translation"):
        if kind in features:
            yield from (f"{kind}.{place}" for place, is_so in places.items() if is_so)
            yield from (f"{kind}.{name}" for name in features if name.startswith(("next.", "level.")))


def _of_rules(span: Span, ruled: Mapping[Span, float]) -> Iterator[str]:
    start, end = span
    over = [(one, sure) for one, sure in ruled.items() if one[0] < end and start < one[1]]
    yield "ruled" if over else "unruled"
    for (left, right), sure in over:
        yield f"rule.{sure}"
        within = "rule.within" if left <= start and end <= right else "rule.part"
        yield "rule.same" if (left, right) == span else within


def _of_rule(context: RequestContext, span: Span, confidence: float) -> Piece:
    """Return what only a rule found."""
    flow = context.flow
    first, end = flow.at(span[0]), flow.at(span[1])
    sentences = [one for one in context.sentences if one.start <= first < one.end]
    sentence = sentences[0] if sentences else Sentence(first, max(end, first + 1))
    cues = list(pattern("cue").finditer(flow.folded, sentence.start, max(end, sentence.end)))
    names = [*_of_sentence(context, sentence, None), *_of_words(flow.folded[first:end])]
    names += [*_of_place(flow.folded, sentence, (first, end), cues), *_of_rules(span, {span: confidence}), "rule_only"]
    return Piece(*span, dict.fromkeys([*names, "level.rule", f"rule_only.{confidence}"], 1.0))


@cache
def pattern(name: str) -> regex.Pattern[str]:
    """Return a pattern of the resource by its name."""
    return regex.compile(load("nlp.request_enclosures")[name])
