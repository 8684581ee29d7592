"""Evidence that a number in a letter is a reference of its writer: its label, its form, its place, the words around it.

Candidates are the numbers behind the labels of ``request_references.yaml``, lines of the letterhead that consist of a
reference, and every other number with the form of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.statements import RESPONSE, WITHDRAWAL
from nlp.requests.proposal import COVER, OWN_WORDS, FilePart

_TOP, _FOOT, _BEFORE, _AFTER = 1_500, 400, 60, 30
_LABELS, _LONGEST, _MOST = 3, 60, 10.0
# Page number after the reference in a scanned letterhead, in a column of its own.
_PAGE = regex.compile(r"[ \t]{3,}")
# A reference holds a figure: "CFP 4471/2023", "AN60.F1.004512-23", "P 20 123 000 456". Lower-case words end it.
_VALUE = regex.compile(
    r"(?P<value>(?:\p{Lu}[\p{Lu}\d]*(?:[\-/.][\p{Lu}\d]+)*[ ]+[Nn]\.?[º°o]\.?[ ]?)?"
    r"(?:\p{Lu}\p{L}+[ ]){0,3}(?:\p{Lu}{1,6}(?:[\-/]\p{Lu}{1,6})*[ .]{1,2}){0,2}"
    r"(?=[\p{L}./\-–_]*\d)[\p{L}\d][\p{L}\d./\-–_º°]*"
    r"(?:[ ](?=[\p{Lu}./\-–_]*\d)[\p{Lu}\d][\p{Lu}\d./\-–_]*){0,5})"
)
_NUMBER = regex.compile(
    r"(?<![\p{L}\d@/.,\-])(?=[^\s,;]*\d)[\p{Lu}\d][\p{L}\d]*(?:(?: / |[./\-–_º°#&])[\p{L}\d]+)*"
    r"(?: \d{2,}(?![\p{L}\d]))*"
)
# A date in figures with the day first, or with the month first as in the United States.
_IN_FIGURES = r"\d{1,2}[./-](?:0?\d|1[0-2])[./-](?:19|20)?\d{2}|(?:0?\d|1[0-2])/[0-3]?\d/(?:19|20)\d{2}"
_DATE = regex.compile(
    rf"(?:19|20)\d{{2}}(?:[-–](?:19|20)?\d{{2}})?|{_IN_FIGURES}|\d{{1,3}}"
    r"|\d{1,2}[h:]\d{2}|\d{1,2}(?:[ºª°]|st|nd|rd|th|er|e|o|a)|24/7"
)
_NO_REFERENCE = regex.compile(
    r"(?:19|20)?\d{2}/\d{1,4}/(?:EU|UE|EC|CE|EEC|CEE|JHA|JAI)|"  # an act of the European Union
    rf"{_IN_FIGURES}|(?:19|20)\d{{2}}|(?:19|20)\d{{2}}([./-])\d{{2}}\1\d{{2}}|\d{{1,2}}"
)
_POSTAL_CODE = regex.compile(r"\d{4}-\d{3}|\d{5}-\d{3}|(?:A|B|CH|D|F|FL|I|L|LT|LV|MD|SI)-\d{4,5}")
_HOUSE = regex.compile(r"\d{3,6}(?:-\d{3,4})?")
_PLACE = regex.compile(
    r"(?<=^\s*)\d{4,5} \p{Lu}[\p{L}’'-]+(?:[ ,-]+\p{L}[\p{L}’'-]*){0,4}(?:[ ]?\([\p{L} ]+\))?$", regex.M
)
# Least weight of the labels of a letter's own reference, and what joins a second number to the first.
_OF_LETTER = 7.0
_JOINT = regex.compile(r"[ ]?(?:/[ ]|[;,][ ]|\()(?:\p{Lu}{2,6}:?[ ]|n[°º.o]{1,2}[ ])?")
_ADDRESS = regex.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
# End of a sentence or of a line; a stop behind a short word or before capitals is that of an abbreviation.
_SENTENCE_END = regex.compile(r"\n|(?<=[\p{L}\d)]{3})[.]\s+(?=\p{Lu}\p{Ll})|;\s")
_WORD = regex.compile(r"[^\W\d_]+|[#º°§]")
_RUNS = ((regex.compile(r"\d+"), "9"), (regex.compile(r"\p{Lu}+"), "A"), (regex.compile(r"\p{Ll}+"), "a"))
_SPANS = frozenset({"LAW", "REFERENCE", "CASE", "DATE", "MONEY", "IDENTIFIER", "TREATY", "ORGANISATION", "JUDGMENT"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A number at a range of the text with the features that tell whether it is a reference of the writer."""

    start: int
    end: int
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Found:
    """A number before its features are collected; ``rule`` is that of its label, ``weight`` the label's."""

    part: FilePart
    start: int
    end: int
    rule: str = "none"
    weight: float = 0.0


def references_of(context: RequestContext) -> list[Reference]:
    """Return the numbers in the authority's own words that may be its references, in order, with their features."""
    found = [one for part in context.parts if part.kind in OWN_WORDS for one in _in_part(context, part)]
    found.sort(key=lambda one: (one.start, one.end))
    counts = Counter(fold(context.text[one.start : one.end]) for one in found)
    best = max((one.weight for one in found), default=0.0)
    spans = [span for span in context.annotations.spans if span.label in _SPANS]
    references = []
    for number, one in enumerate(found):
        names = {*_words_beside(context, one), *_form(context.text[one.start : one.end]), *_place(context, one)}
        names |= {f"span.{span.label}" for span in spans if span.start < one.end and one.start < span.end}
        names |= {f"order.{min(number, 6)}", f"rule.{one.rule}"}
        names |= {"best"} if one.weight and one.weight == best else set()
        names |= {"again"} if counts[fold(context.text[one.start : one.end])] > 1 else set()
        kind = context.labelled_type
        names |= {f"{kind}.{name}" for name in ("other_word", "best", "order.0", "part.cover") if name in names}
        features = dict.fromkeys(names, 1.0)
        features |= {"weight": one.weight / _MOST, "every": 1.0}
        references.append(Reference(one.start, one.end, features))
    return references


# --- candidates ----------------------------------------------------------------------------------------------------


def _in_part(context: RequestContext, part: FilePart) -> list[_Found]:
    """Return the numbers of a part, those behind labels first; overlapping ones and the other side's are left out."""
    others = [context.flow.original(*place) for place in _ranges_of_others(context, part)]
    kept: list[_Found] = []
    for one in (*_labelled(context, part), *_bare(context, part), *_formed(context, part)):
        is_taken = any(one.start < known.end and known.start < one.end for known in kept)
        if not is_taken and not any(left <= one.start < right for left, right in others):
            kept.append(one)
    return kept


def _ranges_of_others(context: RequestContext, part: FilePart) -> Iterator[tuple[int, int]]:
    """Yield the lines that say when a message was sent, and the rest of those behind a label of the other side's
    reference, up to a label of the own one; also the numbers of translations and acts, and what follows the mention of
    an earlier European Investigation Order or is in the section of its form on one, that of a request withdrawn, of the
    request that an answer answers, or of the number under which the other side keeps this one.
    """
    folded, last = context.flow.folded, context.flow.at(part.end)
    for earlier in _pattern("earlier").finditer(folded, context.flow.at(part.start), last):
        stop = regex.search(r"(?<=\d)[.,;)](?!\w)|\n", folded, pos=earlier.end(), endpos=last)
        yield earlier.end(), stop.start() if stop else last
    for line in (
        one
        for name in ("sent", "translated", "acts")
        for one in _pattern(name).finditer(folded, context.flow.at(part.start), last)
    ):
        yield line.span()
    yield from _clauses_of_others(context, part)
    if context.document_type.value == WITHDRAWAL:
        for request in _pattern("withdrawn").finditer(folded, context.flow.at(part.start), last):
            stop = _pattern("of_proceeding").search(folded, request.end(), last)
            yield request.end(), stop.start() if stop else last
    if context.document_type.value == "eio":
        for section in _pattern("relation").finditer(folded, context.flow.at(part.start), last):
            stop = _pattern("next_section").search(folded, section.end(), last)
            yield section.end(), stop.start() if stop else last
    for rule in _labels():
        if not rule.yours:
            continue
        for label in rule.pattern.finditer(folded, context.flow.at(part.start), last):
            end = folded.find("\n", label.end()) % (last + 1)
            own = _pattern("own").search(folded, label.end(), end)
            yield label.end(), own.start() if own else end


def _clauses_of_others(context: RequestContext, part: FilePart) -> Iterator[tuple[int, int]]:
    """Yield what follows words for the other side's file, in an answer for the request, up to the sentence's end."""
    flow = context.flow
    last = flow.at(part.end)
    names = ("theirs", "answered") if context.document_type.value == RESPONSE else ("theirs",)
    for name in names:
        for words in _pattern(name).finditer(flow.folded, flow.at(part.start), last):
            stops = (
                _SENTENCE_END.search(flow.cased, words.end(), last),
                _pattern("own").search(flow.folded, words.end(), last),
            )
            yield words.end(), min((stop.start() for stop in stops if stop), default=last)


def _labelled(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield the numbers behind labels, those of the heaviest label first."""
    flow = context.flow
    first, last = flow.at(part.start), flow.at(part.end)
    for rule in _labels():
        if rule.yours:
            continue
        for label in rule.pattern.finditer(flow.folded, first, last):
            found = _VALUE.match(flow.cased, label.end(), last)
            value = _trimmed(_in_column(context, found)) if found else ""
            if found and is_reference(value):
                left, right = flow.original(found.start(), found.start() + len(value))
                yield _Found(part, left, right, rule.name, rule.weight)
                if rule.weight >= _OF_LETTER:
                    yield from _beside(context, part, rule, found.start() + len(value))


def _beside(context: RequestContext, part: FilePart, rule: _Label, index: int) -> Iterator[_Found]:
    """Yield the second number behind a label of the letter's reference: "Our ref. A / B", "Our ref. A (URN B)"."""
    cased = context.flow.cased
    joint = _JOINT.match(cased, index)
    found = _VALUE.match(cased, joint.end(), cased.find("\n", joint.end()) % (len(cased) + 1)) if joint else None
    value = _trimmed(found["value"]) if found else ""
    if found and is_reference(value):
        left, right = context.flow.original(found.start(), found.start() + len(value))
        yield _Found(part, left, right, rule.name, rule.weight)


def _in_column(context: RequestContext, found: regex.Match[str]) -> str:
    """Return a value without the text of another column of its line, after three or more spaces."""
    left, right = context.flow.original(*found.span())
    kept = _PAGE.split(context.text[left:right])[0]
    return found[0] if len(kept) == right - left else found[0][: len(" ".join(kept.split()))]


def _bare(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield lines of the letterhead that are nothing but a reference."""
    for line in regex.finditer(r"[^\n]+", context.text, pos=part.start, endpos=min(part.end, part.start + _TOP)):
        words = _PAGE.split(line[0].strip())[0]
        start = line.start() + line[0].index(words) if words else line.start()
        lead = fold(context.text[line.start() : line.end()])
        if subject := _pattern("subject").match(lead) or _pattern("dated").match(lead):
            start = line.start() + subject.end()
            words = line[0][subject.end() :].strip()
        if _pattern("bare").fullmatch(words.lower()) and is_reference(words):
            yield _Found(part, start, start + len(words), "bare")


def _formed(context: RequestContext, part: FilePart) -> Iterator[_Found]:
    """Yield the numbers with the form of a reference, without or with an unknown label."""
    for found in _NUMBER.finditer(context.text, part.start, part.end):
        value = _trimmed(found[0])
        end = found.start() + len(value)
        if is_reference(value) and not _DATE.fullmatch(value.lower()) and not _is_address(context, found.start(), end):
            yield _Found(part, found.start(), end)


def _is_address(context: RequestContext, start: int, end: int) -> bool:
    """Return whether figures are the number of a house or a postcode: behind a street, or alone with a place."""
    if not _HOUSE.fullmatch(context.text, start, end):
        return False
    folded, index = context.flow.folded, context.flow.at(start)
    line = folded[max(0, index - _BEFORE) : index].rpartition("\n")[2]
    return _pattern("street").search(line) is not None or _PLACE.match(context.text, start) is not None


def _trimmed(value: str) -> str:
    return regex.sub(r"[ .,\-–/_]+$", "", value)


def is_reference(value: str) -> bool:
    """Return whether a value may be a reference: at least three signs with a figure, no date, no year alone."""
    figures = len(regex.findall(r"\d", value))
    if len(value) < _LABELS or not figures or len(value) > _LONGEST or (" " in value and figures < 2):
        return False
    if _NO_REFERENCE.fullmatch(value) or _POSTAL_CODE.fullmatch(value):
        return False
    letters = regex.findall(r"\p{Ll}", value)
    return not _ADDRESS.fullmatch(value) and len(letters) <= len(value) // 2


# --- features ------------------------------------------------------------------------------------------------------


def _words_beside(context: RequestContext, one: _Found) -> Iterator[str]:
    """Yield features of the words around a number in its line."""
    flow = context.flow
    index, end = flow.at(one.start), flow.at(one.end)
    line = flow.folded[max(0, index - _BEFORE) : index].rpartition("\n")[2]
    before = _WORD.findall(line)[::-1]
    yield from (f"before.{place}.{word}" for place, word in enumerate(before[:2]))
    yield from (f"before.{word}" for word in before[:5])
    following = flow.folded[end : end + _AFTER].partition("\n")[0]
    after = _WORD.findall(following)
    yield from (f"after.{word}" for word in after[:2])
    yield f"words_before.{min(len(before), 6)}"
    yield f"words_after.{min(len(after), 4)}"
    yield from (f"sign.{sign}" for sign in (line.rstrip()[-1:], following.strip()[:1]) if sign in ",;:.()-–—/|")
    if _pattern("other").search(line):
        yield "other_word"
    if regex.match(r",? (?:de|of|du|dated|from|del) (?:fecha |data )?\d{1,2}\b", flow.folded[end:][:_AFTER]):
        yield "dated"


def _form(value: str) -> Iterator[str]:
    """Yield features of the form of a number: its signs, its length, a year in it."""
    form = value
    for pattern, sign in _RUNS:
        form = pattern.sub(sign, form)
    yield f"form.{form[:12]}"
    yield f"length.{min(len(value), 30) // 3}"
    yield f"digits.{min(sum(sign.isdigit() for sign in value), 14)}"
    yield from (f"has.{sign}" for sign in "/-. " if sign in value)
    if regex.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)|/\d{2}(?!\d)", value):
        yield "has_year"
    if regex.match(r"\p{Lu}{2,}", value):
        yield "has_initials"


def _place(context: RequestContext, one: _Found) -> Iterator[str]:
    """Yield features of the place of a number: part, section, line, distance from the beginning and the end."""
    text = context.text
    lines = text.count("\n", one.part.start, one.start)
    yield f"part.{one.part.kind}"
    yield f"section.{context.section_at(one.start)}"
    yield f"line.{next((limit for limit in (0, 1, 2, 4, 6, 9, 13, 20, 35) if lines <= limit), 99)}"
    if one.start - one.part.start < _TOP:
        yield "top"
    if one.part.end - one.start < _FOOT:
        yield "foot"
    line = text[text.rfind("\n", 0, one.start) + 1 : text.find("\n", one.end) % (len(text) + 1)]
    if len(line.strip()) <= one.end - one.start + 2:
        yield "alone"
    if len(line) < _LONGEST:
        yield "short_line"
    if one.part.kind != COVER:
        yield "in_letter"


# --- patterns ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    weight: float
    yours: bool
    pattern: regex.Pattern[str]


@cache
def _labels() -> Sequence[_Label]:
    content = load("nlp.request_references")
    number = content["number"]
    rules = [
        _Label(
            str(place),
            float(rule["weight"]),
            bool(rule.get("yours")),
            regex.compile(rf"(?<![\p{{L}}\d])(?:{rule['re']})(?!\p{{L}})\.?[ ]?{number}(?:\([^)\n]{{1,30}}\)[ :]*)?"),
        )
        for place, rule in enumerate(content["labels"])
    ]
    return tuple(sorted(rules, key=lambda rule: -rule.weight))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    """Return a pattern of ``request_references.yaml``; ``own`` and ``other`` need no letter before them."""
    before = r"(?<![\p{L}\d])" if name == "own" else ""
    return regex.compile(rf"{before}(?:{load('nlp.request_references')[name]})")
