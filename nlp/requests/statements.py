"""Statements of a letter: sentences and list items, each clause with what it does (asks, excludes, reports)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.flow import Flow

# What a clause does: asks for something, says that it is not asked, tells what was done, gives a reason, or none of it.
ASKED, EXCLUDED, REPORTED, TOLD, NEUTRAL = "asked", "excluded", "reported", "told", "neutral"
LANGUAGES = ("es", "pt", "en", "fr")
# Sections in which everything is asked for unless it says otherwise, and those that quote or list and never ask.
ASKING = frozenset({"assistance", "documents_needed"})
SILENT = frozenset({"statute_text", "annexes", "translation_mark", "legal_basis"})

_MARKER = (
    r"(?:[-–—•·▪*]|\d{1,2}(?:\.\d{1,2})+\.?|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})(?:\)|[.º°ª]+[-)]?)"
    r"|\d{1,2}[ªº°]\)|(?:\d{1,2}|[IVX]{1,4})\s?[-–—]"
    r"|(?i:primer[oa]|segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]|s[ée]ptim[oa]|octav[oa]|primeir[oa]|terceir[oa]|"
    r"quart[oa]|first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth|premièrement|deuxièmement|troisièmement)"
    r"(?:\.[-–—]?|,|:|\.-))(?=\s)"
)
_ITEM = regex.compile(rf"[ \t]*{_MARKER}")
_INNER_ITEM = r"\(?(?:i{1,3}|iv|vi{0,3}|[a-h]|\d{1,2})\)"
_LINE = regex.compile(r"[^\n]+\n?")
_SENTENCE_END = regex.compile(
    r"[.;?!]+[”»\")]?\s+(?=[\p{Lu}\d¿(\[☐☒☑—–-])|;\s*|[:,;]\s+(?:(?:y|e|and|et)\s+)?(?=" + _INNER_ITEM + r"\s)"
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(/.])(?:\p{L}{1,2}|arts?|nums?|n[oº]s?|nos|sras?|sres|drs?|dras?|ing|lic|mag|mtr[oa]|exm[oa]s?|ilm[oa]s?|"
    r"inc|ltd|ltda|lda|corp|cia|pags?|tel|ext|ref|fols?|mme|mlle|mr|mrs|ms|messrs|hon|sgt|det|insp|supt|chap|ch|cap|"
    r"esq|st|avda?|u\.s|jr|sr|vs|cf|cfr|p\. ex|al|inc|ss|no|proc|exp|of|nro)$"
)
_COMMA = regex.compile(r"(?<!\d),\s+|\s+[–—]\s+|(?<=\s)\((?=\p{L}{2,}\s)|(?<=\p{L})\)\s*")
_REQUESTING_QUESTION = regex.compile(
    r"\W*(?:(?:\w+\W+){0,6}?)(?:would|could|can|will) you\b|\W*(?:pourriez|voudriez|auriez|podria|podrian|poderia)"
)
_LEAD_WORDS, _HEADING_WORDS = 7, 9
_EXCLUDED_REACH, _LAST_WORDS = 20, 60


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
    ``region`` that of what stands under the last heading.
    """

    lead: str = ""
    previous: str = NEUTRAL
    section: str = ""
    region: str = NEUTRAL


def find_statements(context: RequestContext) -> list[Statement]:
    """Return the statements in the authority's own words, in order."""
    flow = context.flow
    found: list[Statement] = []
    reading = _Reading()
    for start, end, is_item in _sentences(flow):
        place = flow.places[start]
        if not context.in_own_words(place):
            reading = _Reading()
            continue
        words = flow.folded[start:end]
        language = context.language_at(place)
        section = context.section_at(place)
        if section != reading.section:
            reading = _Reading(section=section, region=ASKED if section in ASKING else NEUTRAL)
        if heading := _heading(flow.cased[start:end], words, language, is_item):
            reading.lead, reading.previous = "", NEUTRAL
            reading.region = ASKED if section in ASKING and heading == NEUTRAL else heading
        clauses = _read_clauses(words, start, section, language, _default(section, words, is_item, language, reading))
        found.append(Statement(start, end, section, clauses, is_item))
        reading.previous = next((mood for _, mood in reversed(clauses) if mood != NEUTRAL), NEUTRAL)
        if _is_lead(words) or _anywhere("follows", language).search(words[-_LAST_WORDS:]):
            reading.lead = reading.previous if reading.previous in (ASKED, EXCLUDED) else ""
        elif not is_item and flow.cased.rfind("\n", 0, start + 1) >= start - 1:
            reading.lead = ""
    return found


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
    if reading.previous in (ASKED, EXCLUDED) and _starts("additive", language).match(words):
        return reading.previous
    return reading.region


def _heading(written: str, words: str, language: str, is_item: bool) -> str:
    """Return the mood of what stands under a heading, an empty text where a statement is no heading."""
    label, colon, _ = words.partition(":")
    short = len(label.split()) <= _HEADING_WORDS
    alone = not words.strip(" \n:.").endswith((";", ",")) and words.strip()[-1:] not in ".;,?" and not colon
    title = written[: len(label)].strip()
    named = title.isupper() or (bool(_ITEM.match(written)) and title[-1:] != ",") or not is_item
    if not short or not title or not (colon or alone) or not named:
        return ""
    if _anywhere("no_request_heading", language).search(label):
        return EXCLUDED
    if _anywhere("request_heading", language).search(label):
        return ASKED
    plain = title.isupper() or (colon and _anywhere("other_heading", language).search(label)) or (alone and not is_item)
    return NEUTRAL if plain else ""


def _sentences(flow: Flow) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is an item of a list, of each sentence of the running text."""
    text = flow.cased
    for start, end, is_item in _paragraphs(text):
        begin, inner = start, is_item
        for stop in _SENTENCE_END.finditer(text, start, end):
            if stop[0][0] == "." and _ABBREVIATION.search(flow.folded, max(start, stop.start() - 12), stop.start()):
                continue
            if not text[begin : stop.start()].strip(" ()-–—•·▪*") or _ITEM.fullmatch(text[begin : stop.end()]):
                continue
            yield begin, stop.end(), inner
            begin, inner = stop.end(), is_item or stop[0][0] in ":;,"
        if text[begin:end].strip():
            yield begin, end, inner


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the paragraphs and list items; what follows a semicolon, comma or colon is an item as well."""
    is_item, before = False, ""
    for line in _LINE.finditer(text):
        if written := line[0].strip():
            is_item = bool(_ITEM.match(line[0])) or before.endswith((";", ",", ":"))
            yield *line.span(), is_item
            before = written


def _read_clauses(words: str, start: int, section: str, language: str, default: str) -> tuple[tuple[int, str], ...]:
    """Read the clauses of a statement from left to right.

    A verb that asks or excludes holds until the next one; one that reports holds for its own clause alone.
    """
    question = words.rstrip().endswith("?") and not _REQUESTING_QUESTION.match(words)
    if section in SILENT or question:
        return ((start, NEUTRAL),)
    plain = _aside(language).sub(lambda found: found[0].replace(",", " "), words)
    marks: list[tuple[int, str]] = []
    mood = default
    for begin, stop in _clauses(plain, language):
        if _anywhere("dropped", language).search(plain, begin, stop):
            marks.append((start + begin, EXCLUDED))
            continue
        cues = _moods(plain, begin, stop, language)
        if not cues and _starts("contrast", language).match(plain, begin):
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
        for cue in _anywhere(kind, language).finditer(words, begin, stop)
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
    turns = (found.start() for found in _anywhere("contrast", language).finditer(words))
    relatives = (found.start() for found in _reporting(language).finditer(words))
    for cut in sorted({*commas, *turns, *relatives}):
        if cut > begin:
            yield begin, cut
            begin = cut
    if begin < len(words):
        yield begin, len(words)


def is_pending(words: str, language: str) -> bool:
    """Tell whether folded ``words`` of a reminder say that something is still awaited."""
    return _anywhere("pending", language).search(words) is not None


def folded_pattern(alternatives: Sequence[str]) -> regex.Pattern[str]:
    """Compile patterns of a resource for folded text: each begins a word, ``_`` stands for up to five words."""
    gap = r"(?:[\W]+\w+){0,5}?[\W]+"
    joined = "|".join(one.replace(" _ ", gap).replace(" ", r"\s+") for one in alternatives)
    return regex.compile(rf"(?<!\w)(?:{joined})")


def _patterns(kind: str, language: str) -> Sequence[str]:
    lists: dict[str, list[str]] = load("nlp.request_moods")[kind]
    return lists.get(language) or [one for each in lists.values() for one in each]


@cache
def _anywhere(kind: str, language: str) -> regex.Pattern[str]:
    ends = r"\b" if kind == "contrast" else ""
    return folded_pattern([f"(?:{one}){ends}" for one in _patterns(kind, language)])


@cache
def _reporting(language: str) -> regex.Pattern[str]:
    """Match a relative word with a verb that reports right behind it."""
    words = "|".join(_patterns("relative", language)).replace(" ", r"\s+")
    reports = "|".join(_patterns("reported", language)).replace(" ", r"\s+")
    return regex.compile(rf"(?<!\w)(?:{words})(?:\W*\w+){{0,2}}?\W+(?:{reports})")


@cache
def _aside(language: str) -> regex.Pattern[str]:
    words = "|".join(_patterns("aside", language)).replace(" ", r"\s+")
    return regex.compile(rf",\s+(?:{words})\s*,")


@cache
def _starts(kind: str, language: str) -> regex.Pattern[str]:
    words = "|".join(_patterns(kind, language)).replace(" ", r"\s+")
    return regex.compile(rf"\W*(?:{_MARKER}\s*)?(?:(?:y|e|and|et)\s+)?(?:{words})\b")
