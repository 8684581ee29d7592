"""Evidence that a State wrote a letter or receives it: where and how the letter mentions the State.

Each mention gives a few named features: its place in the letter with its kind, and the words around it. The features of
a State are the sums over its mentions; ``nlp.requests.states.choice`` weighs them for both roles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.boxes import Range
from nlp.requests.flow import Flow
from nlp.requests.proposal import FilePart
from nlp.requests.states.addresses import address_blocks, labelled_lines, letterhead_end
from nlp.requests.states.mentions import CONTACT, NAME, PEOPLE, SEAT, StateMention, in_name, state_mentions
from nlp.state_languages import legislators

_REACH = 200
_TOP, _FOOT, _SIGNATURE = 900, 500, 160
# Further mentions of a State in the same way add nothing.
_MOST, _MOST_LAWS = 2.0, 4.0
_PARAGRAPHS, _RANKS, _CERTAIN = 8, 4, 0.7
# Mentions of people and contacts may precede those that name the States of the letter.
RANKED = "ranked"
# Features that no mention carries: the language of the letter, the national law that it cites, a part of a State.
SPEAKS, FOREIGN_TONGUE, LAW, PART = "speaks", "foreign_tongue", "law", "part"


@dataclass(frozen=True, slots=True)
class Clue:
    """A mention of the State ``code`` at a range of the text with its features; ``share`` is less than 1 if the
    mention may as well refer to other States.
    """

    code: str
    start: int
    end: int
    features: tuple[str, ...]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Places of one part of the file: labelled lines with the role, address blocks, ends of letterhead and head."""

    part: FilePart
    labelled: tuple[tuple[str, int, int], ...]
    address: tuple[Range, ...]
    letterhead: int
    head: int


def clues(text: str, flow: Flow, own: Sequence[FilePart], spans: Sequence[Span]) -> list[Clue]:
    """Return the clues in the parts ``own`` of the letter; ``spans`` are its entities and citations."""
    people = [span for span in spans if span.label == "PERSON"]
    found: list[Clue] = []
    for part in own:
        layout = _layout(text, flow, part)
        mentions = [one for one in _outer(state_mentions(text, part.start, part.end)) if not in_name(one, text, people)]
        sharing: dict[Range, set[str]] = defaultdict(set)
        for mention in mentions:
            sharing[mention.start, mention.end].add(mention.code)
        named = next((mention.start for mention in mentions if mention.kind == NAME), -1)
        for mention in mentions:
            share = 1.0 / len(sharing[mention.start, mention.end])
            features = _features(flow, layout, mention, first=mention.start == named)
            features += (_paragraph(text, part, mention),)
            found.append(Clue(mention.code, mention.start, mention.end, features, share))
    return [*found, *_law_clues((span for span in spans if span.label == "LAW"), own)]


def _outer(mentions: Sequence[StateMention]) -> list[StateMention]:
    """Return the mentions that are no part of a longer one, in order."""
    kept: list[StateMention] = []
    for mention in mentions:  # in order of their start, the longest first
        last = kept[-1] if kept else None
        if last is None or mention.end > last.end or (mention.start, mention.end) == (last.start, last.end):
            kept.append(mention)
    return kept


def _paragraph(text: str, part: FilePart, mention: StateMention) -> str:
    """Return the feature of the paragraph with a mention, by its number from the top and its kind."""
    number = len(regex.findall(r"\n[ \t]*\n", text[part.start : mention.start]))
    return f"paragraph_{min(number, _PARAGRAPHS)}.{mention.kind}"


def _ranks(found: Iterable[Clue]) -> Iterator[tuple[str, str]]:
    """Yield each State with the feature of its rank: the order in which the letter first mentions States."""
    seen: list[str] = []
    for clue in found:
        if clue.share > _CERTAIN and clue.code[:2] not in seen and RANKED in clue.features:
            seen.append(clue.code[:2])
            yield clue.code, f"rank_{min(len(seen), _RANKS)}"


def features_of(found: Iterable[Clue], language: str) -> dict[str, dict[str, float]]:
    """Return the features of each State; the evidence for a whole State counts for its parts as well."""
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    found = list(found)
    for code, rank in _ranks(found):
        totals[code][rank] = 1.0
    for clue in found:
        for name in clue.features:
            most = _MOST_LAWS if name == LAW else _MOST
            totals[clue.code][name] = min(most, totals[clue.code][name] + clue.share)
    for code in [code for code in totals if "-" in code]:
        for name, value in totals.get(code[:2], {}).items():
            totals[code][name] = max(totals[code][name], value)
        totals[code][PART] = 1.0
    for code, features in totals.items():
        features[SPEAKS if code[:2] in legislators(language) else FOREIGN_TONGUE] = 1.0
    return totals


def _layout(text: str, flow: Flow, part: FilePart) -> _Layout:
    address = tuple(address_blocks(text, part))
    head = min([part.start + _TOP, *(start for start, _ in address)])
    return _Layout(part, tuple(labelled_lines(flow, part)), address, min(head, letterhead_end(text, part)), head)


def _features(flow: Flow, layout: _Layout, mention: StateMention, *, first: bool) -> tuple[str, ...]:
    start, end = flow.at(mention.start), flow.at(mention.end)
    before, after = flow.folded[max(0, start - _REACH) : start], flow.folded[end : end + _REACH]
    place = _place(layout, mention)
    found = [place, f"{place}.{mention.kind}"]
    around = [name for name, pattern in _before() if pattern.search(before)]
    around += [name for name, pattern in _after() if pattern.match(after)]
    if mention.kind == SEAT:
        around += ["seat"] * _follows_court(before)
        dated = _pattern("dateline").search(before) and _pattern("dated").match(after)
        around += ["dateline"] * bool(dated)
    found += [f"{name}.{mention.kind}" for name in dict.fromkeys(around)]
    if first:
        found.append("first")
    if mention.kind not in (PEOPLE, CONTACT):
        found.append(RANKED)
    return tuple(found)


def _place(layout: _Layout, mention: StateMention) -> str:
    """Return the name of the place of a mention in its part of the file."""
    label = next((name for name, start, end in layout.labelled if start <= mention.start < end), "")
    if label:
        return label
    if any(start <= mention.start < end for start, end in layout.address):
        return "address"
    if mention.start < layout.letterhead:
        return "letterhead"
    if mention.start < layout.head:
        return "head"
    if layout.part.end - mention.end < _SIGNATURE:
        return "signature"
    if mention.start > layout.part.end - _FOOT:
        return "foot"
    return "upper" if mention.start < layout.part.start + 2 * _TOP else "body"


def _follows_court(before: str) -> bool:
    """Return whether a city follows the name of an authority, in its line or the one above."""
    return any(_pattern("seat_words").search(line) for line in before[-160:].split("\n")[-2:])


def _law_clues(laws: Iterable[Span], own: Sequence[FilePart]) -> Iterator[Clue]:
    """Yield a clue for each national law cited: a letter cites the law of the State that writes it."""
    for span in laws:
        if span.readings and any(part.start <= span.start < part.end for part in own):
            reading = span.readings[0]
            if len(reading.jurisdiction) == 2 and reading.jurisdiction != "EU":
                yield Clue(reading.jurisdiction, span.start, span.end, (LAW,), reading.score)


@cache
def _before() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Return the patterns of the words before a mention with the names of their features."""
    content = load("nlp.request_states")
    listed = [(f"addressed_{number}", pattern) for number, pattern in enumerate(content["addressed"])]
    single = [(name, content[name]) for name in ("nationals", "origin", "own")]
    named = [(name, pattern) for name, pattern in content["before"].items()]
    return tuple((name, regex.compile(pattern)) for name, pattern in (*listed, *single, *named))


@cache
def _after() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    content = load("nlp.request_states")
    rows = [(name, content[name]) for name in ("helps", "asks")] + list(content["after"].items())
    return tuple((name, regex.compile(pattern)) for name, pattern in rows)


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_states")[name])
