"""Words of a letter that name a measure and ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.boxes import Range, ticked_ranges
from nlp.requests.context import RequestContext, once
from nlp.requests.measure_classifier import classify
from nlp.requests.mood_words import folded_pattern, is_covering, is_pending
from nlp.requests.sentences import ITEM
from nlp.requests.statements import ASKED, NEUTRAL, Statement, find_statements

# What answers a request asks for nothing; a reminder asks for what is still awaited.
ANSWERS = frozenset({"response", "mla_response", "acknowledgment", "execution_return", "refusal", "postponement"})
REMINDERS = frozenset({"reminder"})
_REACH = 22
# Names in which the word of a measure asks for nothing ("Treaty on Extradition", "Registro Mercantil").
_NAMES = ("TREATY", "LAW", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION", "PERSON")
_SURE = {"section": 0.9, "statement": 0.85, "box": 0.95}
# Types of letters that ask for one thing in fixed words, where the classifier is not asked.
_PLAIN_TYPES = frozenset({"service_request", "extradition_request", "preservation_request"})
# The measure that a letter of a type asks for, in whatever words.
_IMPLIED = {
    "extradition_request": "extradition",
    "preservation_request": "data_preservation",
    "service_request": "service_of_documents",
}
# Sections that say how, how soon and how discreetly what is asked for elsewhere is to be done.
_MANNER = frozenset({"urgency", "confidentiality", "procedure", "purpose", "reciprocity", "specialty"})
# Sections of a form whose ticked boxes ask for nothing: what an order completes, who is concerned, why it is urgent.
_OTHER_BOXES = frozenset({"relations", "persons", "urgency", "facts", "proceeding", "offences"})
_HEARINGS = frozenset({"hearing_witness", "hearing_suspect"})
_ONLY_BY_WORDS = frozenset({"spontaneous_information"})
# What joins two things in a sentence, when a verb or an article follows.
_JOINT = regex.compile(r"[;,]\s|\s(?:y|e|and|et|asi como|bem como|as well as|ainsi que)\s(?!(?:de|of|du|des|da|do)\s)")
_PUNCTUATION = (".", ";", ":", ",", ")", "?", "»", '"')
# The classifier: the least probability beside words that name a measure and without any, how far it is trusted beside
# the words, the shortest statement that it is asked about, and of how many.
_LIKELY, _LIKELY_ALONE, _TRUST, _MIN_WORDS, _LIMIT = 0.985, 0.97, 0.8, 3, 400


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a statement that name a measure, as a range of the running text."""

    measure: str
    start: int
    end: int
    statement: Statement
    confidence: float


@once
def find_measure_mentions(context: RequestContext) -> list[Mention]:
    """Return the places where a measure is asked for, in order; an answer has none."""
    kind = str(context.document_type.value)
    if kind in ANSWERS:
        return []
    return list(_reminded(context)) if kind in REMINDERS else _requested(context, kind)


def _requested(context: RequestContext, kind: str) -> list[Mention]:
    """Return what a letter asks for; where no statement does so plainly, the items of its lists that would."""
    boxes = _boxes(context)
    statements = [one for one in find_statements(context) if one.section not in _MANNER]
    found = [*_named_in(context, statements, (ASKED,), boxes)]
    if kind not in _PLAIN_TYPES:
        found += _classified_in(context, statements, (ASKED,), boxes)
    found += _ticked(context, boxes.ticked)
    implied = _IMPLIED.get(kind, "")
    if implied and implied not in {mention.measure for mention in found}:
        implied_mentions = [
            mention for mention in _named_in(context, statements, (NEUTRAL,), boxes) if mention.measure == implied
        ]
        found += implied_mentions[:1]
    if not found:
        items = [statement for statement in statements if statement.is_item]
        found = [*_named_in(context, items, (NEUTRAL,), boxes), *_classified_in(context, items, (NEUTRAL,), boxes)]
    return found


def _reminded(context: RequestContext) -> Iterator[Mention]:
    """Yield what a reminder still waits for; where no statement says so, all that it says was asked for."""
    boxes = _boxes(context)
    pending = list(_named_in(context, list(_pending(context)), (ASKED, NEUTRAL), boxes))
    yield from pending or _named_in(context, find_statements(context), (ASKED, NEUTRAL), boxes)


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Options of a form, and names in which a measure's word asks for nothing, as ranges of the running text."""

    ticked: tuple[Range, ...]
    empty: tuple[Range, ...]
    names: tuple[Range, ...]


def _boxes(context: RequestContext) -> _Boxes:
    at = context.flow.at
    return _Boxes(
        ticked=tuple((at(start), at(end)) for start, end in ticked_ranges(context.text)),
        empty=tuple((at(start), at(end)) for start, end in context.unticked),
        names=tuple((at(span.start), at(span.end)) for span in context.spans(*_NAMES)),
    )


def _named_in(
    context: RequestContext, statements: Iterable[Statement], moods: Sequence[str], boxes: _Boxes
) -> Iterator[Mention]:
    """Yield the measures that words of the statements name in clauses of one of ``moods``."""
    for statement in statements:
        named = _outside(_named(context.flow.folded, statement), boxes)
        yield from _without_general(
            (mention for mention in named if statement.mood_at(mention.start) in moods), context.flow.folded
        )


def _outside(mentions: Iterable[Mention], boxes: _Boxes) -> Iterator[Mention]:
    taken = [*boxes.ticked, *boxes.empty, *boxes.names]
    yield from (mention for mention in mentions if not any(start <= mention.start < end for start, end in taken))


def _ticked(context: RequestContext, ticked: Iterable[Range]) -> Iterator[Mention]:
    for start, end in ticked:
        if context.section_at(context.flow.places[start]) in _OTHER_BOXES:
            continue
        option = Statement(start, end, "", ((start, ASKED),), is_item=True)
        named = _named(context.flow.folded, option)
        yield from _without_general(
            (replace(mention, confidence=_SURE["box"]) for mention in named), context.flow.folded
        )


def _classified_in(
    context: RequestContext, statements: Sequence[Statement], moods: Sequence[str], boxes: _Boxes
) -> list[Mention]:
    """Return the measures that the classifier sees beside those that words of a statement name."""
    candidates: list[tuple[Statement, str]] = []
    for statement in statements[:_LIMIT]:
        words = _asked_words(context.flow.cased, statement, moods)
        boxed = any(start < statement.end and statement.start < end for start, end in (*boxes.ticked, *boxes.empty))
        if not boxed and _is_classifiable(context, statement, words):
            candidates.append((statement, words))
    found: list[Mention] = []
    for (statement, _), likely in zip(candidates, classify([words for _, words in candidates]), strict=True):
        named = list(_outside(_named(context.flow.folded, statement), boxes))
        needed = _LIKELY if named else _LIKELY_ALONE
        seen = [
            Mention(measure, statement.start, statement.end, statement, round(_TRUST * probability, 3))
            for measure, probability in likely.items()
            if probability >= needed and measure not in _ONLY_BY_WORDS
        ]
        found += _others(seen, named)
    return found


def _is_classifiable(context: RequestContext, statement: Statement, words: str) -> bool:
    """Tell whether words can ask for a measure: no title, no signature, no sentence that hands a request over."""
    if len(words.split()) < _MIN_WORDS or words.isupper() or words.endswith(":"):
        return False
    if statement.section == "reference" or not (statement.is_item or words.endswith(_PUNCTUATION)):
        return False
    return not is_covering(words, context.language_at(context.flow.places[statement.start]))


def _asked_words(text: str, statement: Statement, moods: Sequence[str]) -> str:
    """Return the clauses of a statement that ask for something."""
    ends = [*(start for start, _ in statement.clauses[1:]), statement.end]
    clauses = zip(statement.clauses, ends, strict=True)
    return "".join(text[start:end] for (start, mood), end in clauses if mood in moods).strip()


def _others(classified: Iterable[Mention], named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield what the classifier sees beside what words of the statement name; words tell how somebody is heard."""
    known = {mention.measure for mention in named}
    known |= {other for one in known for other in _rules()[one].instead_of | _rules()[one].close}
    heard = bool(known & _HEARINGS)
    yield from (
        mention
        for mention in classified
        if mention.measure not in known and not (heard and mention.measure in _HEARINGS)
    )


def _pending(context: RequestContext) -> Iterator[Statement]:
    """Yield the statements of a reminder on what is still awaited, with the items of the lists that they introduce."""
    awaited = False
    for statement in find_statements(context):
        words = context.flow.folded[statement.start : statement.end]
        language = context.language_at(context.flow.places[statement.start])
        awaited = is_pending(words, language) or (awaited and ITEM.match(words) is not None)
        if awaited:
            yield statement


def _named(folded: str, statement: Statement) -> Iterator[Mention]:
    """Yield the measures that the words of a statement name, asked for or not."""
    sure = _SURE["section" if statement.section else "statement"]
    for measure, rule in _rules().items():
        for found in rule.words.finditer(folded, statement.start, statement.end):
            before = folded[max(statement.start, found.start() - _REACH) : found.start()]
            after = folded[found.end() : found.end() + _REACH]
            within = rule.not_within.search(found[0])
            if not within and not rule.not_before.search(before) and not rule.not_after.match(after):
                yield Mention(measure, *found.span(), statement, sure)


def _without_general(mentions: Iterable[Mention], folded: str) -> Iterator[Mention]:
    """Yield mentions except those that a more special measure takes the place of: in its words, or beside them."""
    named = list(mentions)
    for mention in named:
        special = [other for other in named if mention.measure in _rules()[other.measure].instead_of]
        if not any(_beside(mention, other, folded) for other in special):
            yield mention


def _beside(mention: Mention, other: Mention, folded: str) -> bool:
    """Tell whether nothing joins two mentions of a statement as two things that are asked for."""
    between = folded[min(mention.end, other.end) : max(mention.start, other.start)]
    return mention.statement == other.statement and _JOINT.search(between) is None


@dataclass(frozen=True, slots=True)
class _Rule:
    words: regex.Pattern[str]
    not_before: regex.Pattern[str]
    not_after: regex.Pattern[str]
    not_within: regex.Pattern[str]
    instead_of: frozenset[str]
    close: frozenset[str]


@cache
def _rules() -> dict[str, _Rule]:
    return {
        measure: _Rule(
            folded_pattern(entry["words"]),
            _ending_with(entry.get("not_before", ())),
            regex.compile(rf"(?:\w*\W+|)(?:{'|'.join(entry.get('not_after') or ['(?!)'])})"),
            regex.compile(rf"\b(?:{'|'.join(entry.get('not_within') or ['(?!)'])})\b"),
            frozenset(entry.get("instead_of", ())),
            frozenset(entry.get("close", ())),
        )
        for measure, entry in load("nlp.request_measures").items()
    }


def _ending_with(words: Sequence[str]) -> regex.Pattern[str]:
    """Match words, or signs, at the end of what stands before a measure's own."""
    bounded = (word if word in ",;(" else rf"(?<!\w)(?:{word})" for word in words)
    return regex.compile(rf"(?:{'|'.join(bounded) or '(?!)'})\s*\Z")
