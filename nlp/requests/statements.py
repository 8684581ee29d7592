"""Statements of a letter: sentences and list items, each clause with what it does (asks, excludes, reports)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nlp.requests.context import RequestContext, once
from nlp.requests.mood_words import anywhere, aside, reporting, resuming, starts
from nlp.requests.request_type import title_types
from nlp.requests.sentences import ITEM, find_sentences

# What a clause does: asks for something, says that it is not asked, tells what was done, gives a reason, or none of it.
ASKED, EXCLUDED, REPORTED, TOLD, NEUTRAL = "asked", "excluded", "reported", "told", "neutral"
# Sections in which everything is asked for unless it says otherwise, and those that quote or list and never ask.
ASKING = frozenset({"assistance", "documents_needed"})
SILENT = frozenset({"statute_text", "annexes", "translation_mark", "legal_basis"})

_COMMA = regex.compile(r"(?<!\d),\s+|\s+[–—]\s+|(?<=\s)\((?=\p{L}{2,}\s)|(?<=\p{L})\)\s*")
_REQUESTING_QUESTION = regex.compile(
    r"\W*(?:(?:\w+\W+){0,6}?)(?:would|could|can|will) you\b|\W*(?:pourriez|voudriez|auriez|podria|podrian|poderia)"
)
_TITLE_WORDS = 24
_LEAD_WORDS, _HEADING_WORDS, _SHORT_HEADING_WORDS = 7, 9, 2
_EXCLUDED_REACH, _LAST_WORDS, _EARLY = 20, 60, 25


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or list item, as a range of the running text; ``clauses`` are the starts of its clauses with moods."""

    start: int
    end: int
    section: str
    clauses: tuple[tuple[int, str], ...]
    is_item: bool = False

    def mood_at(self, index: int) -> str:
        """Return the mood of the clause that holds an index of the running text."""
        return next((mood for start, mood in reversed(self.clauses) if start <= index), NEUTRAL)


@dataclass(slots=True)
class _Reading:
    """State of the walk over the statements.

    ``lead`` is the mood that a list takes from the words that introduce it, ``previous`` that of the last statement,
    ``region`` that of what stands under the last heading, ``began`` whether a whole sentence was read, ``listed``
    whether a list was read since.
    """

    lead: str = ""
    previous: str = NEUTRAL
    section: str = ""
    region: str = NEUTRAL
    began: bool = False
    listed: bool = False


@once
def find_statements(context: RequestContext) -> list[Statement]:
    """Return the statements in the authority's own words, in order."""
    found: list[Statement] = []
    reading = _Reading()
    for start, end, is_item in find_sentences(context.flow):
        if context.in_own_words(context.flow.places[start]):
            found.append(_read(context, start, end, is_item, reading))
        else:
            reading = _Reading()
    return found


def _read(context: RequestContext, start: int, end: int, is_item: bool, reading: _Reading) -> Statement:
    """Read a statement and bring the state of the walk up to date."""
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
        reading.region = NEUTRAL if reading.region == ASKED else reading.region  # what follows a list is none of it
    reading.listed = reading.listed or marked
    default = _default(section, words, is_item, language, reading)
    clauses = _read_clauses(words, start, section, language, default, in_list=is_item and default == ASKED)
    if heading == EXCLUDED:
        clauses = ((start, EXCLUDED),)
    reading.began = reading.began or len(words.split()) > _HEADING_WORDS
    reading.previous = next((mood for _, mood in reversed(clauses) if mood != NEUTRAL), NEUTRAL)
    if _is_lead(words) or anywhere("follows", language).search(words[-_LAST_WORDS:]):
        reading.lead = reading.previous if reading.previous in (ASKED, EXCLUDED) else ""
    elif not is_item and flow.cased.rfind("\n", 0, start + 1) >= start - 1:
        reading.lead = ""
    return Statement(start, end, section, clauses, is_item)


def _is_title(words: str) -> bool:
    """Tell whether a statement before the first whole sentence is the title of a letter, or its subject."""
    stripped = words.strip()
    return len(stripped.split()) <= _TITLE_WORDS and stripped[-1:] not in ".;:" and bool(title_types(stripped))


def _is_lead(words: str) -> bool:
    """Tell whether a statement introduces a list: it ends with a colon, or is a line of few words ("SOLICITA")."""
    words = words.strip()
    return words.endswith(":") or (len(words.split()) <= _LEAD_WORDS and words[-1:] not in ".;,")


def _default(section: str, words: str, is_item: bool, language: str, reading: _Reading) -> str:
    """Return the mood of a statement that says nothing of its own mood."""
    if section in SILENT:
        return NEUTRAL
    if reading.lead and (is_item or reading.previous == reading.lead):
        return reading.lead
    if reading.previous in (ASKED, EXCLUDED) and starts("additive", language).match(words):
        return reading.previous
    return reading.region


def _heading(written: str, words: str, language: str, is_item: bool, reading: _Reading) -> str:
    """Return the mood of what stands under a heading, an empty text where a statement is no heading.

    Words before the first whole sentence are the title of a letter and ask for nothing. In a section on the assistance
    sought a heading goes on asking, unless it names the facts, an annex or the like.
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
    """Tell whether a statement is short and stands alone, or has a short label before a colon."""
    words = words.strip()
    ends = ";,?" if len(words.split()) <= _SHORT_HEADING_WORDS else ".;,?"
    alone = not colon and words[-1:] not in ends
    named = title.isupper() or (bool(ITEM.match(title)) and title[-1:] != ",") or not is_item
    return 0 < len(title.split()) <= _HEADING_WORDS and bool(colon or alone) and named


def _read_clauses(
    words: str, start: int, section: str, language: str, default: str, *, in_list: bool
) -> tuple[tuple[int, str], ...]:
    """Read the clauses of a statement from left to right.

    A verb that asks or excludes holds until the next one; one that reports holds for its own clause alone, and in an
    item of a list of what is asked for only where it begins a clause. What drops the last clause drops what it is
    said of: "the interview, requested in May, is no longer needed".
    """
    question = words.rstrip().endswith("?") and not _REQUESTING_QUESTION.match(words)
    if section in SILENT or question:
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
        for place, own in cues or [(begin, mood)]:
            mood = own if own in (ASKED, EXCLUDED) else mood
            marks.append((start + (place if marks and marks[-1][0] >= start + begin else begin), own))
        if cues and cues[0][1] == ASKED:  # what leads to the verb is asked with it
            marks = [(at, ASKED if one == NEUTRAL else one) for at, one in marks]
    return tuple(marks)


def _moods(words: str, begin: int, stop: int, language: str) -> list[tuple[int, str]]:
    """Return where a clause says what it does, each change of mood once."""
    kinds = {"excluded": EXCLUDED, "reported": REPORTED, "asked": ASKED, "again": ASKED, "told": TOLD}
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
        # "nor do we seek": what excludes reaches over the verb that follows
        held = max(held, -minus_end + (_EXCLUDED_REACH if mood == EXCLUDED else 0))
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
