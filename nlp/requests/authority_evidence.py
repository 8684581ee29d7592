"""Evidence that an institution named in a letter wrote it: where its name stands, its kind, the words around it.

Candidates are names that begin with a word for an institution (``heads`` of ``request_authorities.yaml``),
the lines of the letterhead and of the signature, and what follows a label of the requesting authority.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.proposal import OWN_WORDS, FilePart
from nlp.requests.request_type import RESPONSE
from nlp.requests.state_mentions import PEOPLE, state_mentions

_TOP, _BODY, _FOOT = 900, 3_000, 600
_LINES, _PARAGRAPHS, _BESIDE, _STEM = 8, 5, 90, 6
_SHORTEST, _LONGEST, _LONG_LINE = 5, 140, 160
NO_KIND = "none"
_BULLET = regex.compile(r"[ \t#*_|>•·–—\-]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[).][ \t]+)?")
# Columns of a letterhead, and the parts of its lines.
_COLUMNS = regex.compile(r"[ \t]{3,}|\t|[ ]?[|·•/][ ]|[ ][–—-][ ]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an institution: its range of the text and the features that tell whether it is the writer's.

    ``is_line`` is true of a line of the letterhead or the signature, ``kind`` is that of ``kind_of``.
    """

    start: int
    end: int
    kind: str
    is_line: bool
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Found:
    """A name before its features are collected: part of the file, index in the running text, kind of place."""

    part: FilePart
    index: int
    start: int
    end: int
    line: int  # its number in the letterhead, negative in the signature, 0 elsewhere
    labels: tuple[str, ...]


def named_institutions(context: RequestContext) -> list[Named]:
    """Return the names of institutions in the letter that may be its writer's, in order, with their features."""
    found: dict[int, _Found] = {}
    for part in context.parts:
        if part.kind in OWN_WORDS:
            for one in (*_labelled(context, part), *_lines(context, part), *_headed(context, part)):
                if _is_reader_or_mail_address(context.text, one):
                    continue
                known = found.get(one.start)
                if known is None or (one.labels and not known.labels):
                    found[one.start] = one if known is None or one.line else replace(one, line=known.line)
    ordered = [found[start] for start in sorted(found)]
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
        names["again"] = min(3, counts[written[number]] - 1) / 3
        names[f"rank.{min(kinds[kind], 4)}"] = 1.0
        names[f"order.{min(number, 6)}"] = 1.0
        named.append(Named(one.start, _end_of_line(context.text, one), kind, one.line != 0, names))
    return named


def _is_reader_or_mail_address(text: str, one: _Found) -> bool:
    """Tell whether a name is that of the reader for whose attention the letter is, or the address of an e-mail."""
    line = fold(text[text.rfind("\n", 0, one.start) + 1 : one.end])
    return pattern("for_attention").match(line) is not None or pattern("mail_address").match(line) is not None


def _end_of_line(text: str, one: _Found) -> int:
    """Return the end of a name; in a line of its own it ends before contacts, streets and a date, or with the line."""
    if not one.line:
        return one.end
    line = text[one.start : text.find("\n", one.start) % (len(text) + 1)]
    line = _COLUMNS.split(line)[0]
    ends = pattern("line_ends").search(fold(line), 3)
    stop = ends.start() if ends and len(fold(line)) == len(line) else len(line)
    return max(one.end, one.start + len(line[:stop].rstrip(" .,;:-–(")))


# --- candidates ----------------------------------------------------------------------------------------------------


def _lines(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield the lines of the letterhead and those of the signature, each column for itself."""
    lines = list(regex.finditer(r"[^\n]*\S[^\n]*", context.text, pos=part.start, endpos=part.end))
    for number, line in enumerate(lines):
        top = line.start() - part.start < _TOP and number < _LINES
        foot = part.end - line.start() < _FOOT
        if not (top or foot) or len(line[0]) > _LONG_LINE:
            continue
        place = number + 1 if top else number - len(lines)
        position = line.start()
        for cut in (*_COLUMNS.finditer(line[0]), None):
            stop = line.start() + cut.start() if cut else line.end()
            if found := _line_piece(context, part, position, stop, place):
                yield found
            position = line.start() + cut.end() if cut else stop


def _line_piece(context: RequestContext, part: FilePart, start: int, stop: int, place: int) -> _Found | None:
    bullet = _BULLET.match(context.text, start, stop)
    first = bullet.end() if bullet else start
    first += len(context.text[first:stop]) - len(context.text[first:stop].lstrip())
    if stop - first < _SHORTEST or not context.text[first].isalnum():
        return None
    index = context.flow.at(first)
    left, right = name_at(context, index)
    words = fold(context.text[left:right])
    if right - left < _SHORTEST:
        return None
    if kind_of(words) == NO_KIND and (" " not in words or pattern("no_institution").search(words)):
        return None
    return _Found(part, index, left, right, place, ())


def _headed(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield the names that begin with a word for an institution, in the beginning and at the end of a part."""
    flow = context.flow
    first, last = flow.at(part.start), flow.at(part.end)
    for head in _any_head().finditer(flow.folded, first, last):
        place = flow.places[head.start()]
        if place - part.start > _BODY and part.end - place > _FOOT:
            continue
        before = flow.folded[max(first, head.start() - 12) : head.start()]
        if pattern("numbered").search(before):
            continue
        start, end = name_at(context, head.start())
        if end - start >= _SHORTEST:
            yield _Found(part, head.start(), start, end, 0, ())


def _labelled(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield what follows a label of the requesting authority."""
    flow = context.flow
    for weight, label in _labels():
        for found in label.finditer(flow.folded, flow.at(part.start), flow.at(part.end)):
            start, end = name_at(context, found.end())
            if end - start >= _SHORTEST:
                yield _Found(part, found.end(), start, end, 0, (f"label.{weight}",))
    for unit in context.sections_of("from_requesting"):
        if part.start <= unit.start < part.end and len(unit.label) < 100:
            index = flow.at(unit.start + len(unit.label))
            gap = regex.match(r"[\s:.\-–—]*", flow.folded, pos=index)
            index = gap.end() if gap else index
            start, end = name_at(context, index)
            if end - start >= _SHORTEST:
                yield _Found(part, index, start, end, 0, ("label.section",))


def name_at(context: RequestContext, index: int) -> tuple[int, int]:
    """Return the range of the name that begins at an index of the running text."""
    flow = context.flow
    limit = min(len(flow.folded), index + _LONGEST)
    ends = pattern("ends").search(flow.folded, index + 3, limit)
    words = flow.folded[index : ends.start() if ends else limit]
    kept = 0
    for number, piece in enumerate(words.split(",")):
        if number and not pattern("goes_on").search(piece):
            break
        kept += len(piece) + (1 if number else 0)
    start, end = flow.original(index, index + kept)
    return start, end - (len(context.text[start:end]) - len(context.text[start:end].rstrip(" .,-–:")))


# --- features ------------------------------------------------------------------------------------------------------


def _features(context: RequestContext, one: _Found, kind: str) -> Iterator[str]:
    """Yield the names of the features of one candidate."""
    words = fold(context.text[one.start : one.end])
    answer = "answer" if context.document_type.value == RESPONSE else "request"
    place = _place(context, one)
    yield from (f"place.{place}", f"kind.{kind}", f"{place}.{kind}", f"{answer}.{kind}", f"part.{one.part.kind}")
    yield f"{one.part.kind}.{place}"
    yield from one.labels
    if one.line:
        yield f"line.{max(-4, min(one.line, _LINES))}"
    if one.labels:
        yield f"label.{kind}"
    yield from (f"word.{stem}" for stem in {word[:_STEM] for word in regex.findall(r"\p{L}{3,}", words)})
    yield f"length.{min(len(words.split()), 9)}"
    if context.text[one.start : one.end].isupper():
        yield "upper"
    if any(sign.isdigit() for sign in words):
        yield "figures"
    yield from _side(context, one)
    yield from _around(context, one, place)


def _place(context: RequestContext, one: _Found) -> str:
    """Return the kind of place: address, letterhead, signature, label or the paragraph of the running text."""
    if any(start <= one.start < end for start, end in context.states.addresses):
        return "address"
    if one.line > 0:
        addressed = any(one.part.start <= start < one.start for start, _ in context.states.addresses)
        return "below" if addressed else "head"
    if one.line < 0:
        return "foot"
    paragraphs = len(regex.findall(r"\n[ \t]*\n", context.text[one.part.start : one.start]))
    return f"paragraph_{min(paragraphs, _PARAGRAPHS)}"


def _side(context: RequestContext, one: _Found) -> Iterator[str]:
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


def _around(context: RequestContext, one: _Found, place: str) -> Iterator[str]:
    """Yield what the words before and after a name in its sentence say about it."""
    flow = context.flow
    sentence = sentence_at(context.sentences, one.index)
    before = flow.folded[sentence.start : one.index]
    after = flow.folded[one.index : min(sentence.end, one.index + 260)]
    if pattern("paper").match(flow.folded, one.index):
        yield "paper"
    if pattern("by").search(before):
        yield from ("by", f"by.{one.part.kind}")
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


def _relations(context: RequestContext, one: _Found, kind: str, beside: Iterable[_Found]) -> Iterator[str]:
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


def kind_of(words: str) -> str:
    """Return the kind of an institution: the number of the first head that its name matches, or whether one occurs."""
    for number, head in enumerate(_heads()):
        if head.match(words):
            return str(number)
    if pattern("unit").match(words):
        return "unit"
    return "within" if _any_head().search(words) else NO_KIND


# --- patterns ------------------------------------------------------------------------------------------------------


@cache
def _heads() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of words for institutions, by their kind."""
    return tuple(_institution(words) for words in load("nlp.request_authorities")["heads"])


@cache
def _any_head() -> regex.Pattern[str]:
    return _institution("|".join(load("nlp.request_authorities")["heads"]))


def _institution(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words})(?!\p{{L}})")


@cache
def _labels() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    number = r"(?:[(\[]?(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)\]º°]{1,2}[ \-–]*(?:[a-z][.)] )?)?"
    return tuple(
        (
            int(rule["weight"]),
            regex.compile(
                rf"^[ \t#*_|>•\-]*{number}(?:{rule['re']})(?: \([^)\n]{{1,40}}\))?(?: ?[:|] ?\n?| ?\n)", regex.MULTILINE
            ),
        )
        for rule in load("nlp.request_authorities")["labels"]
    )


@cache
def _words_around(place: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Return the patterns of words before a name (``said``) or behind it (``then``), by name."""
    return tuple((name, regex.compile(words)) for name, words in load("nlp.request_authorities")[place].items())


@cache
def pattern(name: str) -> regex.Pattern[str]:
    """Return a pattern of the resource by its name."""
    return regex.compile(load("nlp.request_authorities")[name])
