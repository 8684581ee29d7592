"""Statements of a letter: sentences and list items with the mood of each clause (asks, excludes, reports)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from nlp.requests.context import RequestContext, once
from nlp.requests.letter_types.request_type import title_types
from nlp.requests.mood_words import anywhere, aside, reporting, resuming, starts
from nlp.requests.sentences import ITEM, find_sentences

# Moods of a clause: requests something, excludes it from the request, reports an act, gives a reason, or none of these.
ASKED, EXCLUDED, REPORTED, TOLD, NEUTRAL = "asked", "excluded", "reported", "told", "neutral"
# Sections in which everything is requested by default, and sections that only quote or list.
ASKING = frozenset({"assistance", "documents_needed"})
_REGIONS = dict.fromkeys(ASKING, "asked")
SILENT = frozenset({"statute_text", "annexes", "translation_mark", "legal_basis"})

_COMMA = regex.compile(r"(?<!\d),\s+|\s+[–—]\s+|(?<=\s)\((?=\p{L}{2,}\s)|(?<=\p{L})\)\s*")
_REQUESTING_QUESTION = regex.compile(
    r"\W*(?:(?:\w+\W+){0,6}?)(?:would|could|can|will) you\b|\W*(?:pourriez|voudriez|auriez|podria|podrian|poderia)"
)
# The second or a later item of an enumeration within a sentence.
_LATER_ITEM = regex.compile(r"\(?(?:i{2,3}|iv|vi{0,3}|[b-h]|[2-9])\)\s")
_TITLE_WORDS = 24
_BULLETS = tuple("-–—•·▪*")
_OPEN = regex.compile(r"[\p{L}\d]\s*\Z")
_LEAD_WORDS, _HEADING_WORDS, _SHORT_HEADING_WORDS = 7, 9, 3
# Mood of the words for the purpose of a measure, which exclude only what follows them in their clause.
_PURPOSE = "purpose"
_EXCLUDED_REACH, _LAST_WORDS, _EARLY = 20, 60, 25


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or list item, as a range of the running text; ``clauses`` holds start and mood of each clause.

    ``is_asked_item`` is true for the items of a list of requests.
    """

    start: int
    end: int
    section: str
    clauses: tuple[tuple[int, str], ...]
    is_item: bool = False
    is_asked_item: bool = False

    def mood_at(self, index: int) -> str:
        """Return the mood of the clause that contains an index of the running text."""
        return next((mood for start, mood in reversed(self.clauses) if start <= index), NEUTRAL)


@dataclass(slots=True)
class _Reading:
    """State of the pass over the statements.

    ``lead`` is the mood that the introduction of a list gives to its items, ``previous`` that of the last statement,
    ``region`` that of the text under the last heading; ``introduced`` is set for items behind a colon, ``began`` after
    the first full sentence, ``listed`` after the first list item under that heading; ``outer`` is the kind of marker of
    an item that introduces a list.
    """

    lead: str = ""
    previous: str = NEUTRAL
    section: str = ""
    region: str = NEUTRAL
    introduced: bool = False
    began: bool = False
    listed: bool = False
    outer: str = ""


@once
def find_statements(context: RequestContext) -> list[Statement]:
    """Return the statements in the authority's own words, in order."""
    found: list[Statement] = []
    reading = _Reading()
    for start, end, is_item in find_sentences(context.flow):
        if context.in_own_words(context.flow.places[start]):
            found.append(_read(context, start, end, is_item, reading))
        else:
            reading = _Reading(began=reading.began)
    return found


def mood_at(context: RequestContext, place: int) -> str:
    """Return the mood of the clause at a place of the running text, ``NEUTRAL`` outside the statements."""
    return next((one.mood_at(place) for one in find_statements(context) if one.start <= place < one.end), NEUTRAL)


def is_asked_item(context: RequestContext, place: int) -> bool:
    """Return whether a place of the running text is in an item of a list of requests."""
    return any(one.is_asked_item for one in find_statements(context) if one.start <= place < one.end)


def _read(context: RequestContext, start: int, end: int, is_item: bool, reading: _Reading) -> Statement:
    """Read a statement and update ``reading``."""
    flow = context.flow
    words = flow.folded[start:end]
    language = context.language_at(flow.places[start])
    section = context.section_at(flow.places[start])
    if section != reading.section:
        reading.lead, reading.previous = "", NEUTRAL
        reading.section, reading.region, reading.listed = section, ASKED if section in ASKING else NEUTRAL, False
    if not reading.began and _is_title(words):
        return Statement(start, end, section, ((start, NEUTRAL),), is_item)
    if heading := _heading(flow.cased[start:end], words, language, is_item, reading):
        reading.lead, reading.previous, reading.region, reading.listed = "", NEUTRAL, heading, False
    marked = is_item and ITEM.match(flow.cased[start:end]) is not None
    if reading.listed and not is_item and not heading and flow.cased.rfind("\n", 0, start + 1) >= start - 1:
        reading.region = NEUTRAL if reading.region == ASKED else reading.region  # the list has ended
        reading.lead = ""
    reading.listed = reading.listed or marked
    marker = marker_kind(flow.cased[start:end])
    if marked and not heading and marker == reading.outer:  # the list was one of the item before
        reading.lead, reading.previous, reading.region, reading.outer = "", NEUTRAL, _REGIONS.get(section, NEUTRAL), ""
    default = _default(section, words, is_item, language, reading)
    listed = is_item and reading.lead == ASKED
    clauses = _read_clauses(words, start, section, language, default, in_list=is_item and default == ASKED)
    if heading == EXCLUDED:
        clauses = ((start, EXCLUDED),)
    reading.introduced = words.rstrip().endswith(":") or (reading.introduced and is_item)
    reading.began = reading.began or len(words.split()) > _HEADING_WORDS
    reading.previous = next((mood for _, mood in reversed(clauses) if mood != NEUTRAL), NEUTRAL)
    leads = _is_lead(words, marked=marked and bool(reading.lead)) or (not heading and _is_open(words, clauses, reading))
    if leads or anywhere("follows", language).search(words[-_LAST_WORDS:]):
        reading.lead = reading.previous if reading.previous in (ASKED, EXCLUDED) else ""
        reading.outer = marker if marked else ""
    elif not is_item and flow.cased.rfind("\n", 0, start + 1) >= start - 1:
        reading.lead = ""
    return Statement(start, end, section, clauses, is_item, is_asked_item=default == ASKED and (marked or listed))


def marker_kind(written: str) -> str:
    """Return the kind of the marker that an item begins with: "1." for "4.", "(a)" for "(c)"; empty without one."""
    found = ITEM.match(written)
    return regex.sub(r"\p{L}+", "a", regex.sub(r"\d+", "1", found[0].strip())) if found else ""


def _is_title(words: str) -> bool:
    """Return whether a statement before the first full sentence is the title or subject of the letter."""
    stripped = words.strip()
    return len(stripped.split()) <= _TITLE_WORDS and stripped[-1:] not in ".;:" and bool(title_types(stripped))


def _is_lead(words: str, *, marked: bool) -> bool:
    """Return whether a statement introduces a list: it ends with a colon, or is a short line ("SOLICITA").

    A short item of a list (``marked``) does not.
    """
    words = words.strip()
    return words.endswith(":") or (not marked and len(words.split()) <= _LEAD_WORDS and words[-1:] not in ".;,")


def _is_open(words: str, clauses: Sequence[tuple[int, str]], reading: _Reading) -> bool:
    """Return whether a statement that asks breaks off before a list, without a colon ("We would like you to")."""
    asks = clauses[-1][1] == ASKED and reading.began and not reading.lead
    return asks and _OPEN.search(words) is not None and not _is_title(words)


def _default(section: str, words: str, is_item: bool, language: str, reading: _Reading) -> str:
    """Return the mood of a statement without words that state one."""
    if section in SILENT:
        return NEUTRAL
    if reading.lead and (is_item or reading.previous == reading.lead):
        return reading.lead
    going_on = starts("additive", language).match(words) or (is_item and _LATER_ITEM.match(words))
    if reading.previous in (ASKED, EXCLUDED) and going_on:
        return reading.previous
    orders = reading.region == NEUTRAL and not reading.introduced and starts("orders", language).match(words)
    return ASKED if orders else reading.region


def _heading(written: str, words: str, language: str, is_item: bool, reading: _Reading) -> str:
    """Return the mood of the text under a heading; empty if the statement is no heading.

    Words before the first full sentence are the title of the letter and request nothing. In a section on the
    assistance sought, the text under a heading is requested unless the heading names the facts, an annex or the like.
    """
    label, colon, _ = words.partition(":")
    if not _may_be_heading(written[: len(label)].strip(), words, colon, is_item):
        return ""
    if anywhere("no_request_heading", language).search(label):
        return EXCLUDED
    if anywhere("request_heading", language).search(label):
        known = reading.began or colon or reading.section in ASKING
        return ASKED if known or ITEM.match(written) else NEUTRAL
    if starts("other_heading", language).match(label):
        return NEUTRAL
    going_on = ASKED if reading.section in ASKING else NEUTRAL
    return going_on if written[: len(label)].isupper() or not (colon or is_item) else ""


def _may_be_heading(title: str, words: str, colon: str, is_item: bool) -> bool:
    """Return whether a statement is short and a line by itself, or has a short label before a colon."""
    words = words.strip()
    unmarked = ITEM.sub("", words).split()
    if not colon and words[:1] in _BULLETS:
        return False  # "• hear Mr Smith" is an item, however short
    ends = ";,?" if len(unmarked) <= _SHORT_HEADING_WORDS else ".;,?"
    alone = not colon and words[-1:] not in ends
    named = title.isupper() or (bool(ITEM.match(title)) and title[-1:] != ",") or not is_item
    return 0 < len(title.split()) <= _HEADING_WORDS and bool(colon or alone) and named


def _read_clauses(
    words: str, start: int, section: str, language: str, default: str, *, in_list: bool
) -> tuple[tuple[int, str], ...]:
    """Return start and mood of the clauses of a statement, from left to right.

    A verb that requests or excludes applies until the next such verb. A verb that reports applies to its clause only;
    in a list of requested measures it counts only at the start of a clause. A withdrawal applies to the clauses
    before it as well: "the interview, requested in May, is no longer needed".
    """
    question = words.rstrip().endswith("?") and not _REQUESTING_QUESTION.match(words)
    if section in SILENT or question or is_put_to_a_person(words, language):
        return ((start, NEUTRAL),)
    plain = aside(language).sub(lambda found: found[0].replace(",", " "), words)
    marks: list[tuple[int, str]] = []
    mood, since = default, 0
    for begin, stop in _clauses(plain, language):
        if marks and marks[-1][1] == EXCLUDED and plain[:begin].endswith("("):
            continue  # "we withdraw item 4 (the examination of the officer)"
        if dropped := anywhere("dropped", language).search(plain, begin, stop):
            marks.append((start + begin, EXCLUDED))
            if dropped.start() - begin <= _EARLY:
                marks = [*marks[:since], *((at, EXCLUDED) for at, _ in marks[since:])]
            continue
        cues = _moods(plain, begin, stop, language)
        if in_list:
            cues = [(at, own) for at, own in cues if own != REPORTED or at - begin <= _EARLY]
        turns = starts("contrast", language).match(plain, begin) is not None
        since = len(marks) if turns or any(own in (ASKED, EXCLUDED) for _, own in cues) else since
        if not cues and turns:
            mood = default
        held, reserved = mood, anywhere("reserved", language).search(plain, begin, stop)
        for place, own in cues or [(begin, mood)]:
            is_first = not (marks and marks[-1][0] >= start + begin)
            if own == _PURPOSE:  # what the measure before it is for, up to the end of the clause
                marks += [(start + begin, mood)] if is_first and place > begin else []
                marks.append((start + place, EXCLUDED))
                continue
            mood = own if own in (ASKED, EXCLUDED) else mood
            marks.append((start + (begin if is_first else place), own))
        if reserved and not any(own == ASKED for _, own in cues):
            mood = held  # "without prejudice to a formal request" excludes nothing that follows
        if cues and cues[0][1] == ASKED:  # the words before the verb are its objects
            marks = [(at, ASKED if marked == NEUTRAL else marked) for at, marked in marks]
    return tuple(marks)


def is_put_to_a_person(words: str, language: str) -> bool:
    """Return whether a folded statement is a question to the person who is to be heard: "Diga si conoce a ..."."""
    return starts("questions", language).match(ITEM.sub("", words.lstrip())) is not None


def _moods(words: str, begin: int, stop: int, language: str) -> list[tuple[int, str]]:
    """Return each change of mood in a clause: the index of the cue and the mood."""
    kinds = {
        "excluded": EXCLUDED,
        "purpose": _PURPOSE,
        "reported": REPORTED,
        "asked": ASKED,
        "again": ASKED,
        "told": TOLD,
    }
    found = [
        (cue.start(), -cue.end(), mood)
        for kind, mood in kinds.items()
        for cue in anywhere(kind, language).finditer(words, begin, stop)
    ]
    moods: list[tuple[int, str]] = []
    held = begin
    for place, minus_end, mood in sorted(found):
        if place >= held and (not moods or moods[-1][1] != mood):
            moods.append((place, mood))
        # "nor do we seek": an exclusion also applies to the requesting verb directly after it
        held = max(held, -minus_end + (_EXCLUDED_REACH if mood in (EXCLUDED, _PURPOSE) else 0))
    return moods


def _clauses(words: str, language: str) -> Iterator[tuple[int, int]]:
    begin = 0
    commas = (found.end() for found in _COMMA.finditer(words))
    turns = (found.start() for found in anywhere("contrast", language).finditer(words))
    relatives = (found.start() for found in reporting(language).finditer(words))
    resumed = (found.start() for found in resuming(language).finditer(words))
    for cut in sorted({*commas, *turns, *relatives, *resumed}):
        if cut > begin:
            yield begin, cut
            begin = cut
    if begin < len(words):
        yield begin, len(words)
