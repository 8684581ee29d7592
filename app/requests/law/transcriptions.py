"""Transcription check: the law quoted in a request against the expression in force at the time of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from app.comparison.provisions import WholeProvisions
from app.comparison.table import Provision
from app.requests.decided_fields import decisions_by_document
from app.requests.law.facts_day import facts_day
from app.requests.life.course import Course, course_among, linked_as
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.installation import Installation
from indexing.records.validity import InForce, whole_day
from indexing.search.provision_lookup import by_identity
from indexing.works.differences import differences
from nlp.folding import fold
from nlp.requests.flow import flow_of
from nlp.requests.law.transcribed_provisions import Transcribed, transcribed_provisions
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.proposal import TRANSCRIPTION, FilePart

SAME, DIFFERS, OUTDATED, NOT_AT_DATE, NOT_HELD, LAW_UNKNOWN = (
    "same", "differs", "outdated", "not_at_date", "not_held", "law_unknown",
)  # fmt: skip
EQUAL, ADDED, MISSING, OLD, OMITTED = "equal", "added", "missing", "outdated", "omitted"
_WORD = regex.compile(r"[\p{L}\p{N}]+")
# Omissions that the writer marks, and the characters beside a difference in which the mark stands.
_ELLIPSIS, _BESIDE = regex.compile(r"…|\.{3}"), 6
# The number of a paragraph or item at the beginning of its line, or in running text behind the end of a sentence.
_NUMBERING = regex.compile(r"(?:§|\(?(?:\d{1,4}(?:\.\d{1,3}){0,3}[ºª°]?|[a-z]{1,2}|[ivxl]{1,5})[.)–—-]+)\W*", regex.I)
_LINE_START, _SENTENCE_START = regex.compile(r"(?:^|\n)\W*\Z"), regex.compile(r"(?:^|[.:;!?»”\")…])\W*\Z")
# A paragraph of a provision, and the end of a sentence.
_PARAGRAPH, _SENTENCE_END = regex.compile(r"[^\n]+"), regex.compile(r"[.;:!?…]|\n")
_LONGEST_RUBRIC = 160
_NO_WORD = regex.compile(r"[^\p{L}\p{N}\s]")
_CLEARLY = 0.03
"""By how much of its words another expression must be nearer to the transcription to be what was copied."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A section of the merged text of transcription and law.

    ``kind`` is ``equal``, ``added`` (only in the transcription), ``outdated`` (only in the transcription, words of
    another expression), ``missing`` (only in the law) or ``omitted`` (law before or after the transcribed part).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TranscriptionCheck:
    """One transcribed provision: ``text`` is that of ``document``, the letter or an annex, on ``page`` (from 1).

    It reaches from ``start`` to ``end``.

    ``body`` is the start of the provision's words, behind its heading; ``quoted`` are those words as running text.
    ``provision`` is the compared expression, None if unavailable; ``copied`` is another expression with a better
    agreement, if there is one.
    """

    citation: str
    canonical: str
    start: int
    body: int
    end: int
    page: int
    verdict: str
    text: str
    quoted: str
    provision: Provision | None
    copied: Provision | None
    fragments: tuple[Fragment, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptionReport:
    """The checks of one request, for the law as it was on ``day`` (ISO 8601)."""

    document: str
    day: str
    checks: tuple[TranscriptionCheck, ...]


def check_transcriptions(
    installation: Installation, document_id: str, day: str = "", principal: Principal = LOCAL_USER
) -> TranscriptionReport:
    """Compare each provision that a request or its annexes transcribe with the law of ``day``, by default of the facts.

    The annexes are the linked ones whose link nobody rejected. Raises what ``stored_reading`` does, and
    ``indexing.no_such_day``.
    """
    store = installation.store
    access = store.access(principal)
    of, known = course_among(store, access, document_id)
    then = whole_day(day) if day else facts_day(of, decisions_by_document(store, [document_id]))
    found = [check for one in (of, *linked_as(ANNEX, of, known)) for check in _checks(installation, access, one, then)]
    return TranscriptionReport(document_id, then, tuple(found))


def _checks(installation: Installation, access: AccessFilter, of: Course, day: str) -> Iterator[TranscriptionCheck]:
    """Yield the checks of the provisions that a letter or an annex transcribes."""
    store, document = installation.store, of.reading.document.id
    text, spans = store.reading(access, document), store.annotations(access, document).spans
    for transcribed in transcribed_provisions(text.text, _transcribed_parts(of.reading.row or {}), spans):
        found = _check(installation, access, text.text, text.page_at(transcribed.start), transcribed, day)
        yield replace(found, document=document)


def _transcribed_parts(row: Mapping[str, Any]) -> list[FilePart]:
    """Return the transcriptions of a stored reading: parts of the file, and quotations inside lines of the letter."""
    parts = [(part["start"], part["end"]) for part in row.get("segments", ()) if part["kind"] == TRANSCRIPTION]
    quoted = [(start, end) for start, end in row.get("quotations", ())]
    return [FilePart(TRANSCRIPTION, "", start, end, 1.0, "") for start, end in sorted([*parts, *quoted])]


def _check(
    installation: Installation, access: AccessFilter, text: str, page: int, transcribed: Transcribed, day: str
) -> TranscriptionCheck:
    quoted = flow_of(text[transcribed.body : transcribed.end]).cased.strip(" \n\"'«»“”.:-–—")
    held = _expressions(installation, access, transcribed.canonical, day)
    then = _of_day(held)
    copied = _copied(quoted, then, held)
    nearest = then or copied
    fragments = tuple(fragments_of(quoted, nearest.text, copied)) if nearest else ()
    return TranscriptionCheck(
        citation=transcribed.citation,
        canonical=transcribed.canonical,
        start=transcribed.start,
        body=transcribed.body,
        end=transcribed.end,
        page=page,
        verdict=_verdict(transcribed, held, then, copied, fragments),
        text=text[transcribed.start : transcribed.end],
        quoted=quoted,
        provision=then,
        copied=copied,
        fragments=fragments,
    )


def _expressions(installation: Installation, access: AccessFilter, canonical: str, day: str) -> list[Provision]:
    """Return all available expressions of a provision."""
    if not canonical:
        return []
    shown = [
        stored_fields for stored_fields in by_identity((canonical,), access, installation.engine) if stored_fields.unit
    ]
    return WholeProvisions(access, installation.store, day).of((stored_fields, ()) for stored_fields in shown)


def _of_day(held: Sequence[Provision]) -> Provision | None:
    """Return the expression in force on the day, else one for which that is unknown."""
    for state in (InForce.YES.value, InForce.UNKNOWN.value, ""):
        if found := [provision for provision in held if provision.in_force == state]:
            return max(found, key=lambda expression: expression.valid_from)
    return None


def _copied(quoted: str, then: Provision | None, held: Sequence[Provision]) -> Provision | None:
    """Return an expression of another day with a clearly better agreement."""
    others = [provision for provision in held if then is None or provision.id != then.id]
    best = max(others, key=lambda expression: _agreement(quoted, expression.text), default=None)
    if best is None or then is None:
        return best
    return best if _agreement(quoted, best.text) > _agreement(quoted, then.text) + _CLEARLY else None


def _agreement(quoted: str, law: str) -> float:
    """Return the share of the words of the transcription that are in the law, in their order."""
    plain = _plain(quoted)
    equal = (
        plain[slice(*difference.new)] for difference in differences(_plain(law), plain) if difference.kind == "equal"
    )
    return sum(len(_WORD.findall(words)) for words in equal) / max(1, len(_WORD.findall(plain)))


def fragments_of(quoted: str, law: str, copied: Provision | None) -> Iterator[Fragment]:
    """Yield the merged text of transcription and law; punctuation and case are ignored.

    What an ellipsis marks as left out is omitted, as is what stands before the beginning and, from the end of a
    sentence, behind the end; so are rubrics and the numbers of paragraphs. Words that a sentence ends with are not.
    """
    rubric = _end_of_rubric(law)
    other = f" {' '.join(_WORD.findall(_plain(copied.text)))} " if copied and copied.text != law else ""
    found = [
        difference
        for difference in differences(_plain(law), _plain(quoted))
        if difference.old[0] < difference.old[1] or difference.new[0] < difference.new[1]
    ]
    for place, difference in enumerate(found):
        law_words, quoted_words = law[slice(*difference.old)], quoted[slice(*difference.new)]
        if difference.kind == "equal":
            yield Fragment(EQUAL, quoted_words)
            continue
        edge = place == 0 or (place == len(found) - 1 and _begins_sentence(law, difference.old[0]))
        if _WORD.search(law_words):
            start, end = difference.new
            marked = _ELLIPSIS.search(quoted, max(0, start - _BESIDE), end + _BESIDE)
            frames = _numbers(law, max(rubric, difference.old[0]), difference.old[1], _LINE_START)
            yield Fragment(OMITTED if edge or marked or frames else MISSING, law_words)
        if not _WORD.search(quoted_words):
            continue
        if _numbers(quoted, *difference.new, _SENTENCE_START):
            yield Fragment(EQUAL, quoted_words)
        else:
            words = f" {' '.join(_WORD.findall(_plain(quoted_words)))} "
            yield Fragment(OLD if other and words in other else ADDED, quoted_words)


def _end_of_rubric(law: str) -> int:
    """Return where the titles above the words of a provision end: its first short lines that are no sentences."""
    end = 0
    for line in _PARAGRAPH.finditer(law):
        words = line[0].rstrip(" *")
        if len(words) > _LONGEST_RUBRIC or _NUMBERING.match(words) or _SENTENCE_END.search(words[-1:]):
            break
        end = line.end()
    return end if end < len(law.rstrip()) else 0


def _numbers(text: str, start: int, end: int, begins: regex.Pattern[str]) -> bool:
    """Return whether a range holds nothing but the number of a paragraph or item, which ``begins`` there."""
    words = text[start:end].lstrip()
    place = end - len(words)
    is_number = _NUMBERING.fullmatch(words) is not None
    return not words or (is_number and begins.search(text, max(0, place - _BESIDE), place) is not None)


def _begins_sentence(law: str, place: int) -> bool:
    """Return whether a sentence, an item or a paragraph of the law ends before a place."""
    words = _WORD.search(law, place)
    before = max((found.end() for found in _WORD.finditer(law[:place])), default=0)
    return words is None or _SENTENCE_END.search(law, before, words.start()) is not None


def _plain(text: str) -> str:
    """Return text of the same length without accents, case and punctuation."""
    return _NO_WORD.sub(" ", fold(text))


def _verdict(
    transcribed: Transcribed,
    held: Sequence[Provision],
    then: Provision | None,
    copied: Provision | None,
    fragments: Sequence[Fragment],
) -> str:
    if not transcribed.canonical:
        return LAW_UNKNOWN
    if not held:
        return NOT_HELD
    if then is None:
        return NOT_AT_DATE
    if all(fragment.kind in (EQUAL, OMITTED) for fragment in fragments):
        return SAME
    return OUTDATED if copied else DIFFERS
