"""Evidence that an institution named in a letter wrote it: where its name stands, its kind, the words around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.authorities.names import (
    LINES,
    NO_KIND,
    FoundName,
    end_of_line,
    found_names,
    header_end,
    kind_of,
    pattern,
    words_of_sentences,
)
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.letter_types.statements import RESPONSE
from nlp.requests.states.mentions import PEOPLE, state_mentions

_PARAGRAPHS, _BESIDE, _STEM, _SHORTEST_REPEATED = 5, 90, 6, 10
# Feature of a name in the address of the letter.
ADDRESSEE = "place.address"
# Value of a label of the authority: few letters have one, so the penalty on its weight would be too high for it.
_LABELLED = 3.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an institution: its range of the text and the features that tell whether it is the writer's.

    ``is_line`` is true of a line of the letterhead or the signature, ``is_unit`` of the name of a unit, ``may_join``
    of a line that may stand with another one as the name of a body or of its unit; ``kind`` is that of ``kind_of``.
    """

    start: int
    end: int
    kind: str
    is_line: bool
    is_unit: bool
    may_join: bool
    features: Mapping[str, float]


def named_institutions(context: RequestContext) -> list[Named]:
    """Return the names of institutions in the letter that may be its writer's, in order, with their features."""
    ordered = found_names(context)
    written = [fold(context.text[one.start : one.end]) for one in ordered]
    counts = Counter(written)
    named: list[Named] = []
    kinds: Counter[str] = Counter()
    for number, one in enumerate(ordered):
        kind = kind_of(written[number])
        kinds[kind] += 1
        beside = [ordered[place] for place in (number - 1, number + 1) if 0 <= place < len(ordered)]
        names = dict.fromkeys(_features(context, one, kind), 1.0)
        names |= dict.fromkeys(_relations(context, one, kind, beside), 1.0)
        names |= dict.fromkeys(_repetitions(context, written, ordered, number), 1.0)
        names |= dict.fromkeys(one.labels, _LABELLED)
        names["again"] = min(3, counts[written[number]] - 1) / 3
        names[f"rank.{min(kinds[kind], 4)}"] = 1.0
        names[f"order.{min(number, 6)}"] = 1.0
        end, is_unit = end_of_line(context.text, one), pattern("unit").match(written[number]) is not None
        may_join = one.line != 0 and (is_unit or kind != NO_KIND) and ADDRESSEE not in names
        named.append(Named(one.start, end, kind, one.line != 0, is_unit, may_join, names))
    return named


def _features(context: RequestContext, one: FoundName, kind: str) -> Iterator[str]:
    """Yield the names of the features of one candidate."""
    words = fold(context.text[one.start : one.end])
    answer = "answer" if context.document_type.value == RESPONSE else "request"
    place = _place(context, one)
    yield from (f"place.{place}", f"kind.{kind}", f"{place}.{kind}", f"{answer}.{kind}", f"part.{one.part.kind}")
    yield f"{one.part.kind}.{place}"
    yield from (f"{context.labelled_type}.{place}", f"{context.labelled_type}.{one.part.kind}")
    if one.line:
        yield f"line.{max(-4, min(one.line, LINES))}"
    if one.labels:
        yield f"label.{kind}"
    yield from (f"word.{stem}" for stem in {word[:_STEM] for word in regex.findall(r"\p{L}{3,}", words)})
    yield f"length.{min(len(words.split()), 9)}"
    if context.text[one.start : one.end].isupper():
        yield "upper"
    if any(sign.isdigit() for sign in words):
        yield "figures"
    yield f"loose.{min(3, words_of_sentences(context.text[one.start : one.end], words))}"
    if place != "address":  # the State of an addressee says nothing of the writer
        yield from _side(context, one)
    yield from _around(context, one, place)


def _place(context: RequestContext, one: FoundName) -> str:
    """Return the kind of place: address, letterhead, signature, label or the paragraph of the running text."""
    if any(start <= one.start < end for start, end in context.states.addresses):
        return "address"
    if one.line > 0:
        first = header_end(context.text, one.part)
        addressed = any(first <= start < one.start for start, _ in context.states.addresses)
        return "below" if addressed else "head"
    if one.line < 0:
        return "foot"
    paragraphs = len(regex.findall(r"\n[ \t]*\n", context.text[one.part.start : one.start]))
    return f"paragraph_{min(paragraphs, _PARAGRAPHS)}"


def _side(context: RequestContext, one: FoundName) -> Iterator[str]:
    """Yield which of the two States are named with the institution, in its line or shortly after it."""
    writer, addressee = context.requesting_state[:2], context.requested_state[:2]
    if context.document_type.value == RESPONSE:
        writer, addressee = addressee, writer
    blank = context.text.find("\n\n", one.end)
    end = min(one.end + _BESIDE, blank if blank >= 0 else len(context.text))
    for reach, last in (("name", one.end), ("beside", end)):
        codes = {
            mention.code[:2] for mention in state_mentions(context.text, one.start, last) if mention.kind != PEOPLE
        }
        if writer and writer in codes:
            yield f"own_side.{reach}"
        elif addressee and addressee in codes:
            yield f"other_side.{reach}"


def _around(context: RequestContext, one: FoundName, place: str) -> Iterator[str]:
    """Yield what the words before and after a name in its sentence say about it."""
    flow = context.flow
    sentence = sentence_at(context.sentences, one.index)
    before = flow.folded[sentence.start : one.index]
    after = flow.folded[one.index : min(sentence.end, one.index + 260)]
    if pattern("paper").match(flow.folded, one.index):
        yield "paper"
    if pattern("by").search(before):
        yield from ("by", f"by.{one.part.kind}", f"by.{context.labelled_type}")
    first, presents = pattern("first").search(before), pattern("presents").search(before)
    if first and not presents:
        yield "introduces"
    if presents:
        yield "after_request"
    if len(before.strip()) < 40:
        yield "begins"
        if pattern("presents").search(after):
            yield from ("subject", f"subject.{place}")
    end = flow.at(one.end)
    shortly_before, behind = flow.folded[max(0, one.index - 80) : one.index], flow.folded[end : end + 80]
    yield from (f"said.{name}" for name, words in _words_around("said") if words.search(shortly_before))
    yield from (f"then.{name}" for name, words in _words_around("then") if words.match(behind))
    last = regex.search(r"(\p{L}+|\p{P}) ?$", before)
    yield f"before.{last[1] if last else 'none'}"


def _relations(context: RequestContext, one: FoundName, kind: str, beside: Iterable[FoundName]) -> Iterator[str]:
    """Yield the relations to the neighbouring candidates: the lines above and below, a name within another."""
    for other in beside:
        label = kind_of(fold(context.text[other.start : other.end]))
        if other.start < one.start < other.end:
            yield from ("inside", f"inside.{label}")
        elif one.start < other.start < one.end:
            yield from ("holds", f"holds.{label}")
        elif other.line and one.line and other.part == one.part:
            side = "above" if other.start < one.start else "under"
            if abs(other.line - one.line) <= 1:
                yield from (f"{side}.{label}", f"{kind}.{side}.{label}")


def _repetitions(
    context: RequestContext, written: Sequence[str], ordered: Sequence[FoundName], number: int
) -> Iterator[str]:
    """Yield the places in which a name stands again, alone or within a longer name."""
    own = written[number]
    if len(own) < _SHORTEST_REPEATED:
        return
    for words, other in zip(written, ordered, strict=True):
        if other is not ordered[number] and not (other.start <= ordered[number].start < other.end) and own in words:
            place = _place(context, other)
            yield f"again.{place if not place.startswith('paragraph') else 'text'}"


@cache
def _words_around(place: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Return the patterns of words before a name (``said``) or behind it (``then``), by name."""
    return tuple((name, regex.compile(words)) for name, words in load("nlp.request_authorities")[place].items())
