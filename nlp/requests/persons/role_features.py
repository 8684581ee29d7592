"""Features of a party for the classifier of roles: what the rules found, the words around each mention, the letter.

A feature is a name with a value from 0 to 1. Words are folded; other names are replaced by a marker, so that nothing
depends on who is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext, once
from nlp.requests.flow import sentence_at
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.persons.details import Details
from nlp.requests.persons.officials import signature_zones
from nlp.requests.persons.parties import LEGAL, Mention, Party, words_in
from nlp.requests.persons.role_places import ROLES, role_words
from nlp.requests.persons.roles import Standing

OTHER_NAME, NUMBER = "§", "0"
# What the encoder reads instead of a name and of other names.
MARK, OTHER_MARK = "X", "Y"
# Words around a mention: maximum number, and number of those next to it. Mentions of a party that are read.
_WORDS, _NEXT, _MENTIONS = 12, 3, 8
_STEM = 5  # letters of a word that count as its stem
_REACH = 240  # characters of a sentence around a mention
_HEAD = 700  # characters of the letterhead
# The other names of a list: what is said of one is said of each.
_AND = r"(?:y|e|and|et|ou|or|o|ni|as well as|asi como|bem como|ainsi que)"
_JOINT = rf"(?:,|,? {_AND}(?: (?:de|d['’]|a|of|to|the|la|el|o))?)"
_SMALL = r"(?:(?:el|la|o|a|los|las|al|mr|mrs|ms|sr|sra|m|mme)\.? )?"
_LISTED_BEFORE = regex.compile(rf"(?:{OTHER_NAME}\s*{_JOINT}\s+{_SMALL})+$")
_LISTED_AFTER = regex.compile(rf"^(?:\s*{_JOINT}\s+{_SMALL}{OTHER_NAME})+")
_WORD_FEATURES = ("before ", "after ", "around ", "name ")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d./\-]{1,6}")
_TOKEN = regex.compile(rf"{OTHER_NAME}|[\p{{L}}\p{{M}}]+|\d[\d.,/\-]*|[,:;.()\n|«»\"“”–—-]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with what the words next to it tell, and the verdict of the rules (``ruled``), None for no party."""

    party: Party
    standing: Standing
    details: Details
    ruled: Standing | None

    @property
    def role(self) -> str:
        """Return the role by the rules, ``none`` for no party."""
        return self.ruled.role if self.ruled else "none"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of a sentence before and after a mention, folded, other names replaced by ``OTHER_NAME``."""

    before: str
    after: str

    @property
    def marked(self) -> str:
        """Return the sentence with the name replaced by a marker."""
        return f"{self.before} {MARK} {self.after}".replace(OTHER_NAME, OTHER_MARK).strip()


def is_word(name: str) -> bool:
    """Return whether a feature is a word of the letter or of a name."""
    return name.startswith(_WORD_FEATURES)


def mentions_read(party: Party) -> Sequence[Mention]:
    """Return the mentions of a party that are read."""
    return party.mentions[:_MENTIONS]


def features_of(context: RequestContext, candidate: Candidate) -> dict[str, float]:
    """Return the features of a candidate, each with its largest value over the mentions."""
    found = dict(_of_rules(candidate))
    found.update(_of_letter(context))
    for number, mention in enumerate(mentions_read(candidate.party)):
        around = surroundings(context, mention.start, mention.end)
        found.update((name, 1.0) for name in _of_words(around))
        found.update((name, 1.0) for name in _of_role_words(around))
        found.update((name, 1.0) for name in _of_stages(around))
        found.update((name, 1.0) for name in _of_place(context, mention.start, mention.end))
        if number == 0:
            found[f"first in {context.section_at(mention.start)}"] = 1.0
    return found


def _of_rules(candidate: Candidate) -> Iterator[tuple[str, float]]:
    standing, party, details = candidate.standing, candidate.party, candidate.details
    kind = party.kind
    yield f"kind {kind}", 1.0
    yield f"rules {candidate.role}", 1.0
    yield f"rules {candidate.role} {kind}", 1.0
    yield f"weight {candidate.role}", min(1.0, candidate.ruled.weight / 3.5 if candidate.ruled else 0.0)
    yield f"words {standing.role}", min(1.0, standing.weight / 3.5)
    if standing.official:
        yield f"official {kind}", 1.0
    if standing.nobody:
        yield "nobody", 1.0
    yield f"mentions {min(4, len(party.mentions))}", 1.0
    yield f"mentions {kind}", min(1.0, len(party.mentions) / 6)
    for name, known in (("born", details.birth_date), ("documents", details.documents), ("aliases", details.aliases)):
        if known:
            yield name, 1.0
            yield f"{name} {candidate.role}", 1.0
    if any(mention.in_form for mention in party.mentions):
        yield "in form", 1.0
    yield f"words in name {min(3, words_in(party.name))} {kind}", 1.0
    if _ACRONYM.fullmatch(party.name):
        yield "acronym", 1.0
    if party.name.isupper():
        yield f"capitals {kind}", 1.0
    if kind == LEGAL:
        yield from ((f"name {word}", 1.0) for word in _stems(_folded_words(party.name)))


@once
def _of_letter(context: RequestContext) -> dict[str, float]:
    """Return which roles the letter names at all, how often, and its type."""
    found = {f"type {context.labelled_type}": 1.0, f"language {context.language}": 1.0}
    for role, pattern in _named().items():
        number = len(pattern.findall(context.flow.folded))
        if number:
            found[f"letter {role}"] = 1.0
        found[f"often {role}"] = min(1.0, number / 6)
    for stage, patterns in _stages().items():
        numbers = [len(pattern.findall(context.flow.folded)) for pattern in patterns]
        found.update((f"letter {stage} {index}", 1.0) for index, number in enumerate(numbers) if number)
        found[f"letter stage {stage}"] = min(1.0, sum(numbers) / 6)
    return found


def _of_stages(around: Surroundings) -> Iterator[str]:
    """Yield the stages of a proceeding that the sentence of a mention names."""
    for stage, patterns in _stages().items():
        for index, pattern in enumerate(patterns):
            for side, words in (("before", around.before), ("after", around.after)):
                if pattern.search(words):
                    yield f"stage {stage}"
                    yield f"stage {stage} {side}"
                    yield f"stage {stage} {index} {side}"


def _of_words(around: Surroundings) -> Iterator[str]:
    """Yield the words before and after a mention by distance, with pairs of neighbours next to it."""
    for side, words in (("before", _tokens(around.before)[::-1]), ("after", _tokens(around.after))):
        near = words[:_NEXT]
        yield f"{side} 1 {near[0] if near else 'nothing'}"
        if len(near) > 1:
            yield f"{side} 1-2 {near[0]} {near[1]}"
        for number, word in enumerate(words[:_WORDS]):
            if len(word) > 1:
                yield f"{side} {'near' if number < _NEXT + 2 else 'far'} {word[:_STEM]}"
                yield f"around {word[:_STEM]}"


def _of_role_words(around: Surroundings) -> Iterator[str]:
    """Yield the roles that words of the sentence name, with the side and distance, and whether a name is between."""
    for role, pattern in _named().items():
        for found in pattern.finditer(around.before):
            between = around.before[found.end() :]
            yield f"role before {role} {_distance(between)}{_turned(between)}"
        for found in pattern.finditer(around.after):
            between = around.after[: found.start()]
            yield f"role after {role} {_distance(between)}{_turned(between)}"


def _distance(between: str) -> str:
    number = len(_tokens(between))
    return "next" if number <= 2 else "near" if number <= 6 else "far"


def _turned(between: str) -> str:
    return " past another" if OTHER_NAME in between else ""


def _of_place(context: RequestContext, start: int, end: int) -> Iterator[str]:
    """Yield the section, the part of the file, the zone and the requested measures of a mention."""
    place, last = context.flow.at(start), context.flow.at(end)
    yield f"in {context.section_at(start)}"
    yield f"part {context.part_at(start).kind}"
    if start < _HEAD:
        yield "head"
    if any(first <= place < stop for first, stop in _zones(context)):
        yield "signature"
    line = context.text.rfind("\n", 0, start) + 1
    if not context.text[line:start].strip():
        yield "begins line"
    if not context.text[end : context.text.find("\n", end) if "\n" in context.text[end:] else None].strip():
        yield "ends line"
    for one in find_measure_mentions(context):
        if one.statement.start <= place < one.statement.end:
            yield f"measure {one.measure}"
            yield f"measure {one.measure} {'before' if one.start < last else 'after'}"


@once
def _zones(context: RequestContext) -> list[tuple[int, int]]:
    return list(signature_zones(context))


def surroundings(context: RequestContext, start: int, end: int) -> Surroundings:
    """Return the words of the sentence around a range of the document, with the lead of a list or field before it."""
    flow = context.flow
    first, last = flow.at(start), flow.at(end)
    sentence = sentence_at(context.sentences, first)
    begin, stop = max(sentence.start, first - _REACH), min(max(sentence.end, last), last + _REACH)
    masks = [mask for mask in _names(context) if begin <= mask[0] < stop and not (mask[0] < last and first < mask[1])]
    before = _masked(flow.folded, begin, first, masks)
    after = _masked(flow.folded, last, stop, masks)
    lead = _lead(context, sentence.start)
    return Surroundings(_LISTED_BEFORE.sub("", f"{lead} {before}").strip(), _LISTED_AFTER.sub("", after).strip())


def _lead(context: RequestContext, begin: int) -> str:
    """Return the end of the preceding line where it introduces what follows (it ends in a colon)."""
    before = context.flow.folded[max(0, begin - 90) : begin].rstrip()
    return before.rpartition("\n")[2][-60:] if before.endswith(":") else ""


@once
def _names(context: RequestContext) -> list[tuple[int, int]]:
    at = context.flow.at
    return [(at(span.start), at(span.end)) for span in context.spans("PERSON", "ORGANISATION")]


def _masked(folded: str, start: int, end: int, masks: Sequence[tuple[int, int]]) -> str:
    pieces, place = [], start
    for first, last in masks:
        if place <= first and last <= end:
            pieces += [folded[place:first], OTHER_NAME]
            place = last
    return "".join([*pieces, folded[place:end]]) if place < end or pieces else ""


def _tokens(words: str) -> list[str]:
    return [NUMBER if token[0].isdigit() else token for token in _TOKEN.findall(words)]


def _folded_words(name: str) -> list[str]:
    return _tokens(fold(name))


def _stems(words: Sequence[str]) -> Iterator[str]:
    return (word[:_STEM] for word in words if len(word) > 1)


@cache
def _named() -> Mapping[str, regex.Pattern[str]]:
    """Return for each role the pattern of the words that name it."""
    words = role_words()
    return {role: regex.compile(rf"(?<!\w)(?:{words[role]})(?!\w)") for role in ROLES}


@cache
def _stages() -> Mapping[str, Sequence[regex.Pattern[str]]]:
    """Return the patterns of ``nlp/resources/request_stages.yaml`` by stage."""
    return {
        stage: [regex.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in listed]
        for stage, listed in load("nlp.request_stages").items()
    }
