"""Mentions of measures in words and in ticked boxes of a form, and what the rules found in each statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.boxes import Range, ticked_ranges
from nlp.requests.columns import column_head
from nlp.requests.context import RequestContext, once
from nlp.requests.enclosures.enclosed_items import is_enclosed
from nlp.requests.measures.evidence import Evidence, Named
from nlp.requests.mood_words import folded_pattern, is_pending, purpose_label
from nlp.requests.sentences import ITEM
from nlp.requests.statements import ASKED, NEUTRAL, REPORTED, Statement, find_statements

HEARINGS = WITNESS, SUSPECT = "hearing_witness", "hearing_suspect"
_REACH = 22
# Labels of names; a measure word inside a name is no request ("Treaty on Extradition", "Registro Mercantil").
_NAMES = ("TREATY", "LAW", "AUTHORITY", "COURT", "INSTITUTION", "ORGANISATION", "PERSON")
_SURE = {"section": 0.9, "statement": 0.85}
SURE_BOX = 0.95  # confidence of a ticked box
# The measure implied by the type of a letter.
_IMPLIED = {
    "extradition_request": "extradition",
    "preservation_request": "data_preservation",
    "service_request": "service_of_documents",
}
# Sections about the manner of execution, which request no measure themselves.
_MANNER = frozenset({"urgency", "confidentiality", "procedure", "purpose", "reciprocity", "specialty"})
# Sections of a form with boxes that select no measure, such as earlier orders, persons and grounds of urgency.
_OTHER_BOXES = frozenset({"relations", "persons", "urgency", "facts", "proceeding", "offences"})
# Separators and conjunctions between two requested measures in a sentence.
_JOINT = regex.compile(r"[;,]\s|\s(?:y|e|and|et|asi como|bem como|as well as|ainsi que)\s(?!(?:de|of|du|des|da|do)\s)")
_LIMIT = 400  # statements of a letter that are read


@dataclass(frozen=True, slots=True)
class Mention:
    """A range of the running text that requests a measure, with its statement."""

    measure: str
    start: int
    end: int
    statement: Statement
    confidence: float


def named_measures(context: RequestContext, measure: str) -> list[Mention]:
    """Return the mentions of a measure in words, requested or not, in the order of the letter."""
    return [one for named in _named_in_words(context).values() for one in named if one.measure == measure]


def named_within(context: RequestContext, statement: Statement) -> list[Mention]:
    """Return the measures that words of a statement name, requested or not."""
    return _named_in_words(context).get(statement, [])


@once
def rule_mentions(context: RequestContext) -> list[Mention]:
    """Return the measures that words and ticked boxes request.

    Without an explicit request these are the measures named in list items other than enclosures.
    """
    kind = context.labelled_type
    statements = [statement for statement in find_statements(context) if statement.section not in _MANNER]
    found = [
        *_named_in(context, statements, (ASKED,)),
        *_purposes(context),
        *_ticked(context, _boxes(context).ticked),
        *_tabled(context, statements),
    ]
    implied = _IMPLIED.get(kind, "")
    if implied and implied not in {mention.measure for mention in found}:
        implied_mentions = [
            mention for mention in _named_in(context, statements, (NEUTRAL,)) if mention.measure == implied
        ]
        found += implied_mentions[:1]
    if not found:
        items = [statement for statement in statements if statement.is_item and not is_enclosed(context, statement)]
        found = list(_named_in(context, items, (NEUTRAL,)))
    return found


def _purposes(context: RequestContext) -> Iterator[Mention]:
    """Yield the measures that a label of the form names as the purpose of the letter ("FINALIDADE: citação do réu")."""
    for statement in find_statements(context):
        if statement.section in _MANNER and (label := purpose_label().match(context.flow.folded, statement.start)):
            named = list(_named_in(context, [statement], (ASKED, NEUTRAL)))
            if any(mention.start - label.end() <= _REACH for mention in named):
                yield from named


@once
def read_evidence(context: RequestContext) -> list[Evidence]:
    """Return the statements of a letter with what the rules found in them, at most the first ``_LIMIT``."""
    boxes = _boxes(context)
    by_rule = rule_mentions(context)
    return [_evidence(context, statement, boxes, by_rule) for statement in find_statements(context)[:_LIMIT]]


def _evidence(context: RequestContext, statement: Statement, boxes: _Boxes, by_rule: Sequence[Mention]) -> Evidence:
    named = _named_in_words(context)[statement]
    words = [Named(mention.measure, mood=statement.mood_at(mention.start)) for mention in named]
    rules = [
        Named(mention.measure, confidence=mention.confidence)
        for mention in by_rule
        if statement.start <= mention.start < statement.end
    ]
    boxed = any(start < statement.end and statement.start < end for start, end in (*boxes.ticked, *boxes.empty))
    return Evidence(statement, context.flow.cased[statement.start : statement.end], [*words, *rules], boxed)


def awaited_mentions(context: RequestContext) -> list[Mention]:
    """Return the mentions of outstanding measures in a reminder; without a statement of those, all mentions.

    A reminder that asks for nothing again only reports what was asked for before.
    """
    pending = list(_named_in(context, list(_pending(context)), (ASKED, NEUTRAL)))
    everything = find_statements(context)
    return (
        pending
        or list(_named_in(context, everything, (ASKED, NEUTRAL)))
        or list(_named_in(context, everything, (REPORTED,)))
    )


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Ticked and empty options of a form, and names that may contain a measure word, as ranges of the running text."""

    ticked: tuple[Range, ...]
    empty: tuple[Range, ...]
    names: tuple[Range, ...]


@once
def _boxes(context: RequestContext) -> _Boxes:
    at = context.flow.at
    return _Boxes(
        ticked=tuple((at(start), at(end)) for start, end in ticked_ranges(context.text)),
        empty=tuple((at(start), at(end)) for start, end in context.unticked),
        names=tuple((at(span.start), at(span.end)) for span in context.spans(*_NAMES)),
    )


def _named_in(context: RequestContext, statements: Iterable[Statement], moods: Sequence[str]) -> Iterator[Mention]:
    """Yield the measures named in clauses of one of ``moods``."""
    for statement in statements:
        named = _named_in_words(context)[statement]
        yield from _without_general(
            (mention for mention in named if statement.mood_at(mention.start) in moods), context.flow.folded
        )


@once
def _named_in_words(context: RequestContext) -> dict[Statement, list[Mention]]:
    """Return the measures that words of each statement name, requested or not, without those in names and boxes."""
    boxes = _boxes(context)
    return {one: list(_outside(_named(context.flow.folded, one), boxes)) for one in find_statements(context)}


def _outside(mentions: Iterable[Mention], boxes: _Boxes) -> Iterator[Mention]:
    taken = [*boxes.ticked, *boxes.empty, *boxes.names]
    yield from (mention for mention in mentions if not any(start <= mention.start < end for start, end in taken))


def _ticked(context: RequestContext, ticked: Iterable[Range]) -> Iterator[Mention]:
    for start, end in ticked:
        if context.section_at(context.flow.places[start]) in _OTHER_BOXES:
            continue
        option = Statement(start, end, "", ((start, ASKED),), is_item=True)
        named = _named(context.flow.folded, option)
        yield from _without_general((replace(mention, confidence=SURE_BOX) for mention in named), context.flow.folded)


def _tabled(context: RequestContext, statements: Iterable[Statement]) -> Iterator[Mention]:
    """Yield the measures in the rows of a table that has a column for them ("Medida | Alvo | Período")."""
    for statement in statements:
        named = (
            replace(mention, confidence=SURE_BOX)
            for mention in _named_in_words(context)[statement]
            if _measure_head().fullmatch(column_head(context.text, context.flow.places[mention.start]).strip())
        )
        yield from _without_general(named, context.flow.folded)


@cache
def _measure_head() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["measure_head"])


def _pending(context: RequestContext) -> Iterator[Statement]:
    """Yield the statements of a reminder about outstanding measures, with the list items that they introduce."""
    awaited = False
    for statement in find_statements(context):
        words = context.flow.folded[statement.start : statement.end]
        language = context.language_at(context.flow.places[statement.start])
        listed = statement.is_item or ITEM.match(words) is not None
        awaited = is_pending(words, language) or (awaited and listed)
        if awaited:
            yield statement


def _named(folded: str, statement: Statement) -> Iterator[Mention]:
    """Yield the measures named in a statement, requested or not."""
    sure = _SURE["section" if statement.section else "statement"]
    for measure, rule in _rules().items():
        for found in rule.words.finditer(folded, statement.start, statement.end):
            before = folded[max(statement.start, found.start() - _REACH) : found.start()]
            after = folded[found.end() : found.end() + _REACH]
            within = rule.not_within.search(found[0])
            if not within and not rule.not_before.search(before) and not rule.not_after.match(after):
                yield Mention(measure, *found.span(), statement, sure)


def _without_general(mentions: Iterable[Mention], folded: str) -> Iterator[Mention]:
    """Yield mentions except those of a general measure that a specific one in the same phrase replaces."""
    named = list(mentions)
    for mention in named:
        special = [other for other in named if mention.measure in _rules()[other.measure].instead_of]
        if not any(_beside(mention, other, folded) for other in special):
            yield mention


def names_form_alone(folded: str, mention: Mention, other: Mention) -> bool:
    """Return whether a mention names the form of an order ("a production order") by which ``other`` is executed."""
    rules = _rules()
    is_special = mention.measure in rules[other.measure].instead_of and mention.statement == other.statement
    return is_special and rules[mention.measure].form.fullmatch(folded, mention.start, mention.end) is not None


def is_apart(folded: str, mention: Mention, other: Mention) -> bool:
    """Return whether two mentions of a statement are in different phrases."""
    return mention.statement == other.statement and not _beside(mention, other, folded)


def _beside(mention: Mention, other: Mention, folded: str) -> bool:
    """Return whether two mentions of a statement are in one phrase, without a separator or conjunction between."""
    between = folded[min(mention.end, other.end) : max(mention.start, other.start)]
    return mention.statement == other.statement and _JOINT.search(between) is None


@dataclass(frozen=True, slots=True)
class _Rule:
    words: regex.Pattern[str]
    not_before: regex.Pattern[str]
    not_after: regex.Pattern[str]
    not_within: regex.Pattern[str]
    instead_of: frozenset[str]
    form: regex.Pattern[str]


@cache
def _rules() -> dict[str, _Rule]:
    return {
        measure: _Rule(
            folded_pattern(entry["words"]),
            _ending_with(entry.get("not_before", ())),
            regex.compile(rf"(?:\w*\W+|)(?:{'|'.join(entry.get('not_after') or ['(?!)'])})"),
            regex.compile(rf"\b(?:{'|'.join(entry.get('not_within') or ['(?!)'])})\b"),
            frozenset(entry.get("instead_of", ())),
            folded_pattern(entry.get("form") or ["(?!)"]),
        )
        for measure, entry in load("nlp.request_measures").items()
    }


def _ending_with(words: Sequence[str]) -> regex.Pattern[str]:
    """Compile a pattern for words or punctuation at the end of the text before a measure word."""
    bounded = (word if word in ",;(" else rf"(?<!\w)(?:{word})" for word in words)
    return regex.compile(rf"(?:{'|'.join(bounded) or '(?!)'})\s*\Z")


@cache
def capacity(measure: str) -> regex.Pattern[str]:
    """Match the capacity in which somebody is heard by a measure: "na condição de investigado"."""
    content = load("nlp.request_capacities")
    return regex.compile(rf"\b{content['as']} {content[measure]}\b")
