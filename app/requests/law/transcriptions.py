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
    fragments = tuple(_fragments(quoted, nearest.text, copied)) if nearest else ()
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


def _fragments(quoted: str, law: str, copied: Provision | None) -> Iterator[Fragment]:
    """Yield the merged text of transcription and law; punctuation and case are ignored.

    What an ellipsis marks as left out is omitted, as is what stands before the beginning and behind the end.
    """
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
        edge = place in (0, len(found) - 1)
        if _WORD.search(law_words):
            start, end = difference.new
            marked = _ELLIPSIS.search(quoted, max(0, start - _BESIDE), end + _BESIDE)
            yield Fragment(OMITTED if edge or marked else MISSING, law_words)
        if _WORD.search(quoted_words):
            words = f" {' '.join(_WORD.findall(_plain(quoted_words)))} "
            yield Fragment(OLD if other and words in other else ADDED, quoted_words)


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
