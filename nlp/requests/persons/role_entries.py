"""Roles in lists of persons: a role alone in an entry, in the heading of the list, or in the line behind it.

An entry is a line that begins with a name ("(b) A, born on 30 June 1945: complainant"), with the lines of a form under
it ("Name: A", "Position: suspected"). The words of roles are those of ``roles`` and ``stated`` in
``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.role_places import (
    HOLDER,
    PURSUED,
    STAGES,
    Place,
    described_words,
    role_in,
    role_words,
)

# Weights of a role in an entry, which prevails over words around other mentions, of one that the sentence states behind
# its list, and of one in the heading of a list.
_ENTRY, _BEHIND, _HEADED = 3.6, 3.2, 2.1
_ENTRY_REACH, _HEADING_REACH, _BEHIND_REACH, _MAX_HEADING = 700, 2400, 1600, 70  # characters
_ARTICLES = r"(?:the|el|la|los|las|le|les|o|a|os|as)"
_TITLE_WORDS = 3  # of a heading that ends with a full stop: "The accused."
_MARKER = r"[\s|]*(?:[-–—•*▪]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)|]?(?=[\s|])[\s|]*|)"
_LISTED = regex.compile(r"[ \t]*(?:[-–—•*▪]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])")
_FIELD = regex.compile(r"[ \t|]*[^:\n|]{2,40}:")
_PIECES = regex.compile(r"[.;:,()|\n]|\s[-–—]\s")
_NEGATED = regex.compile(r"(?<!\w)(?:no|not|nao|non|never|nunca|jamais|ne|pas|sin|sem|sans|nor|ni|nem)(?!\w)")
_OPEN_END = (".", ";", ",")
_STOPS = ("\n", ";", "|", ". ")


def roles_in_entries(folded: str, places: Sequence[Place]) -> Iterator[tuple[Place, str, float]]:
    """Yield the places at which an entry begins with the role stated in it, or in the heading of its list.

    ``folded`` is the running text; ``places`` are sorted by start.
    """
    for number, place in enumerate(places):
        line = folded.rfind("\n", 0, place.start) + 1
        if not _begins().fullmatch(folded, line, place.start):
            continue
        words = folded[place.end : _end(folded, place, places[number + 1 :])]
        if role := _role_of_entry(words, folded[line : place.start]):
            yield place, role, _ENTRY
        elif role := _role_behind(folded, place.end, places):
            yield place, role, _BEHIND
        elif role := role_in(row := _heading_above(folded, line, places)):
            yield place, role, _BEHIND if _names_role_only(row, role) else _HEADED


def _role_of_entry(words: str, label: str) -> str:
    """Return the role stated in the line of an entry, else that of the label before its name, else in its fields.

    Fields below a label that is a role can only tell a later stage: "Suspect: A", "Position: charged".
    """
    line, _, fields = words.partition("\n")
    if role := _stated_in(line, is_behind=True):
        return role
    labelled, below = _stated_in(label), _stated_in(fields)
    if labelled and below and {labelled, below} <= PURSUED:
        return min(labelled, below, key=STAGES.index)
    return labelled or below


def _end(folded: str, place: Place, following: Sequence[Place]) -> int:
    """Return the end of an entry: that of its line and the fields under it, or the next name of a person in it."""
    rivals = (NATURAL,) if place.party.kind == NATURAL else (NATURAL, place.party.kind)
    others = (one.start for one in following if one.party != place.party and one.party.kind in rivals)
    limit = min(len(folded), place.end + _ENTRY_REACH)
    if (rival := next(others, limit)) < limit:  # what introduces the other name is no part of the entry
        limit = max(place.end, *(folded.rfind(stop, place.end, rival) for stop in _STOPS))
    end = folded.find("\n", place.end)
    while 0 <= end < limit and _continues(folded, end + 1):
        end = folded.find("\n", end + 1)
    return limit if end < 0 else min(end, limit)


def _continues(folded: str, line: int) -> bool:
    """Return whether a line is a field of the entry above it, not an entry or a role with other persons behind it."""
    label = _FIELD.match(folded, line)
    if label is None or _LISTED.match(folded, line) or role_in(label[0]):
        return False
    return _facts().search(label[0]) is None


def _stated_in(words: str, *, is_behind: bool = False) -> str:
    """Return the role that a piece of an entry consists of, the most serious of several, else an empty text.

    Some words name a role only behind a name (``is_behind``): "A - subject", but not "Subject: ...".
    """
    for role, pattern in _alone(is_behind).items():
        if any(pattern.fullmatch(piece.strip()) and not _NEGATED.search(piece) for piece in _PIECES.split(words)):
            return role
    return ""


def _names_role_only(heading: str, role: str) -> bool:
    """Return whether a heading is nothing but a role ("The accused:")."""
    return regex.fullmatch(rf"(?:{_ARTICLES}\s+)?(?:{role_words()[role]})\s?[.:]?", heading) is not None


def _heading_above(folded: str, line: int, places: Sequence[Place]) -> str:
    """Return the nearest heading above an entry, empty without one; entries and fields may be in between."""
    end = line
    while end > max(0, line - _HEADING_REACH):
        start = folded.rfind("\n", 0, end - 1) + 1
        row = folded[start : end - 1].strip()
        is_entry = any(start <= place.start < end for place in places) or "|" in row
        if row and not is_entry and (row.endswith(":") or not _FIELD.match(row)):
            is_title = row.endswith(".") and len(row.split()) <= _TITLE_WORDS
            is_heading = len(row) <= _MAX_HEADING and (is_title or not row.endswith(_OPEN_END))
            return row if is_heading and not _NEGATED.search(row) else ""
        end = start
    return ""


def _role_behind(folded: str, place: int, places: Sequence[Place]) -> str:
    """Return the role with which the sentence goes on behind its list ("- A; - B; mis en examen des chefs de ...")."""
    start = folded.find("\n", place) + 1
    while 0 < start < min(len(folded), place + _BEHIND_REACH):
        end = folded.find("\n", start)
        end = len(folded) if end < 0 else end
        for role, pattern in _goes_on().items():
            if pattern.match(folded, start, end):
                return role
        is_entry = any(start <= one.start < end for one in places) and _LISTED.match(folded, start)
        if folded[start:end].strip() and not is_entry:
            return ""
        start = end + 1
    return ""


@cache
def _facts() -> regex.Pattern[str]:
    """Match the label of the facts, which tell of everybody."""
    return regex.compile(load("nlp.request_persons")["entry"]["facts"])


@cache
def _goes_on() -> Mapping[str, regex.Pattern[str]]:
    """Return for each role the pattern of a line that begins with it, or with an unknown person before it."""
    resource = load("nlp.request_persons")
    unknown, offence = resource["entry"]["unknown"], resource["entry"]["charged_with"]
    return {
        role: regex.compile(rf"(?:{_MARKER}(?:{unknown})[,;]?)?[ \t]*(?:{words})(?:,? {offence})")
        for role, words in role_words().items()
    }


@cache
def _begins() -> regex.Pattern[str]:
    """Match what may be between the start of a line and the name of an entry: a marker, a label and a title."""
    title = load("nlp.request_persons")["title"]
    return regex.compile(rf"{_MARKER}(?:[^:\n|]{{2,40}}:\s*)?(?:(?i:{title})\s+)?[\"“«*]?")


@cache
def _alone(is_behind: bool) -> Mapping[str, regex.Pattern[str]]:
    """Return for each role the pattern of a piece that is nothing but that role ("presently accused of fraud")."""
    resource = load("nlp.request_persons")
    adverbs = "|".join(resource["adverbs"])
    capacity, subject = resource["entry"]["capacity"], resource["entry"]["subject"]
    tail = rf"(?:\s(?:{resource['entry']['tail']})(?!\w).{{0,60}})?"
    account = rf"(?:.{{0,12}}\b{resource['account_words']})?"
    return {
        role: regex.compile(
            rf"(?:(?:(?!{subject}).{{0,60}}(?<!\w))?(?:{capacity})\s+)?(?:(?:{adverbs})\s+)*(?:{words})"
            + (account if role == HOLDER else tail)
        )
        for role, words in (described_words() if is_behind else role_words()).items()
    }
