"""Period of validity of an expression, as far as known, and three-valued queries by date.

The names of metadata fields with dates of validity are in ``resources/validity.yaml``.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.records.entry_into_force import FirstDay, Issue, stated_first_day
from nlp.annotations import Annotations
from nlp.citations.identity import document_identities
from nlp.entities.dates import next_day
from nlp.later_laws import names_later_law
from nlp.structure.former_wording import former_period

HISTORY, MANIFEST = "git_history", "manifest"
_STATUS = "status"
_OWN_TEXT = "own_text"  # the law states its first day in force itself
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")

# YYYYMMDD value of an open end in the fields filtered by date.
LAST_DAY = 9999_12_31


class InForce(StrEnum):
    """Whether an expression is in force on a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Validity:
    """Days in ISO 8601, ends exclusive; empty means unknown or open.

    The expression is certainly in force from ``start`` to ``end`` (on no day without ``start``), and certainly not
    before ``earliest`` nor from ``latest`` on. Between these bounds its state is unknown.

    ``text_of`` is the date of the text if no source states its first day in force: without an ``end`` nothing is
    certain after it, since the law may have been amended.
    """

    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""
    text_of: str = ""

    @property
    def replaced(self) -> bool:
        """Whether a corrected text replaced this one, which never was in force."""
        return self == NEVER

    @property
    def first_day(self) -> str:
        """Return the first day in force that a source states, ``""`` if there is only the date of the text."""
        return "" if self.day_of_text else self.start

    @property
    def day_of_text(self) -> str:
        """Return the date of the text if no source states the first day in force, also of a wording; else ``""``."""
        return self.text_of if self.text_of == self.start else ""

    @property
    def certain_end(self) -> str:
        """Return the first day after those on which the expression is certainly in force, ``""`` if none is known."""
        return self.end or (next_day(max(self.text_of, self.start)) if self.text_of else "")

    def on(self, day: str) -> InForce:
        """Return whether the expression is in force on ``day`` (ISO 8601)."""
        return self.within(day, day)

    def within(self, first: str, last: str) -> InForce:
        """Return whether the expression is in force on any day from ``first`` to ``last`` (inclusive)."""
        if (self.earliest and last < self.earliest) or (self.latest and first >= self.latest):
            return InForce.NO
        if self.start and self.start <= last and (not self.certain_end or first < self.certain_end):
            return InForce.YES
        return InForce.UNKNOWN


NEVER = Validity(latest="0001-01-01")


def exactly(start: str, end: str = "") -> Validity:
    """Return the validity of an expression with known ``start`` and, if it has ended, known ``end``."""
    return Validity(start, end, start, end)


def validity_of_unit(law: Validity, unit: str, since: str) -> Validity:
    """Return the validity of the wording of one unit in an expression of a law with the validity ``law``.

    ``unit`` is its label. That of a former wording is its period, or that it ended before the date of the text, at the
    latest today; that of the present one beside former wordings begins ``since`` (ISO 8601, empty if unknown) the last
    of them ended.
    """
    if former := former_period(unit):
        first, last = former
        end = next_day(last) if last else law.start
        return Validity(first, end, first or law.earliest, end or today())
    first = max(since, law.earliest)
    if not since or (law.latest and first >= law.latest):
        return law
    return replace(law, start=first, earliest=first)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about one document as an expression of a law.

    ``identity`` are canonical ids of the law, the most reliable first. ``source`` is its origin (``file``,
    ``manifest``, ``git_history``), ``basis`` the field of the file or the commit. ``ended``: the law is stated to be no
    longer in force, without a date. ``place`` is a file in a Git history, whose versions all belong to one law.
    """

    identity: tuple[str, ...]
    validity: Validity
    source: str
    basis: str = ""
    ended: bool = False
    place: str = ""


def claim_of_file(metadata: Mapping[str, str], annotations: Annotations, text: str = "") -> Claim:
    """Return the claim in the metadata of a legislation file (front matter, Akoma Ntoso) and in its ``text``.

    Of the text the year of the law itself is used, which corrects an earlier date of publication, the first day in
    force that it states, and the laws of later years that it names: then it is not of the date in the metadata.
    """
    identity = document_identities(annotations)
    start, basis = _first(metadata, "start")
    published = max(_first(metadata, "published")[0], _year_of_law(annotations))
    as_of, as_of_basis = _day_of_text(metadata, text, published)
    end, _ = _first(metadata, "end")
    if not end and (last := _first(metadata, "last_day")[0]):
        end = next_day(last)
    ended = fold(metadata.get(_STATUS, "")).replace("-", " ").replace("_", " ") in load("indexing.validity")["ended"]
    if start:
        return Claim(identity, exactly(start, end), "file", basis, ended and not end)
    stated = stated_first_day(text, _issue(metadata, annotations))
    if stated and _is_original(stated, as_of, as_of_basis, text):
        return Claim(identity, Validity(stated.day, end, stated.earliest, end), "file", _OWN_TEXT, ended and not end)
    if stated and published and _is_of_the_law(stated.earliest, published):
        published = max(published, stated.earliest)
    if ended and not end:
        ended_by = as_of if as_of > published else ""  # the day of publication is not that of the repeal
        return Claim(identity, Validity(earliest=published, latest=ended_by), "file", _STATUS, not ended_by)
    if as_of and (not end or as_of < end):
        # the text is that of the day of its last change; since when it applied is not stated
        return Claim(identity, Validity(as_of, end, min(published or as_of, as_of), end, as_of), "file", as_of_basis)
    return Claim(identity, Validity(earliest=published, latest=end), "file")


def _day_of_text(metadata: Mapping[str, str], text: str, published: str) -> tuple[str, str]:
    """Return the date of the text and its field; no date for a placeholder, or if the text names laws of later years.

    Placeholders are days before the law (1900-01-01) and days to come (2222-02-02).
    """
    as_of, basis = _first(metadata, "as_of")
    is_placeholder = as_of[:4] < published[:4] or as_of > today()
    return ("" if is_placeholder or _is_later(text, as_of) else as_of), basis


def _is_later(text: str, day: str) -> bool:
    """Return whether the wording of a text is later than a day: it names laws of later years."""
    return bool(day) and day[:4] < today()[:4] and names_later_law(text, int(day[:4]))


def _is_original(first: FirstDay, as_of: str, as_of_basis: str, text: str) -> bool:
    """Return whether a text is that of the ``first`` day in force: not dated later, and it names no law of later years.

    A text without a date is not if the day is counted: nearly every law says so, amended or not. Nor is one with a date
    that cannot be that of its wording.
    """
    is_early = as_of <= first.day if as_of else not as_of_basis and not first.is_counted
    return is_early and not _is_later(text, first.day)


_VACATION = 3  # years between the publication of a law and its first day in force


def _is_of_the_law(first: str, published: str) -> bool:
    """Return whether a first day is that of a law published on a day, not that of one of its reforms."""
    return int(published[:4]) <= int(first[:4]) <= int(published[:4]) + _VACATION


def _issue(metadata: Mapping[str, str], annotations: Annotations) -> Issue:
    """Return the days on which a law was published and promulgated, as its file states them."""
    published, promulgated = _first(metadata, "publication")[0], _first(metadata, "promulgation")[0]
    is_same = annotations.jurisdiction in load("indexing.entry_into_force")["promulgation_is_publication"]
    return Issue(published, published if is_same else promulgated)


def _year_of_law(annotations: Annotations) -> str:
    """Return the first day of the year in the law's own number or title, before which it cannot apply; else ``""``.

    A year to come is taken as an error of the file and not used.
    """
    years = [reading.year for reading in annotations.identity if re.fullmatch(r"\d{4}", reading.year)]
    day = f"{min(years)}-01-01" if years else ""
    return day if day <= today() else ""


def in_a_manifest(first: str, last: str) -> Claim:
    """Return the claim of a manifest: first day in force, last day (inclusive), or both, in ISO 8601."""
    end = next_day(last) if last else ""
    return Claim((), exactly(first, end) if first else Validity(latest=end), MANIFEST, "manifest")


def is_first_day(basis: str) -> bool:
    """Return whether the basis of a claim is a field with the first day in force."""
    return basis in load("indexing.validity")["start"]


def is_day_of_text(basis: str) -> bool:
    """Return whether the basis of a claim is a field with the date of the text in the file."""
    return basis in load("indexing.validity")["as_of"]


def is_status(basis: str) -> bool:
    """Return whether the basis of a claim is a status field, which says that a law is no longer in force."""
    return basis == _STATUS


def _first(metadata: Mapping[str, str], kind: str) -> tuple[str, str]:
    """Return the first date in one of the fields of ``kind``, and the name of the field."""
    dates = ((read_day(metadata.get(name, "")), name) for name in load("indexing.validity")[kind])
    return next(((date, name) for date, name in dates if date), ("", ""))


def read_day(written: str) -> str:
    """Return a date ``2015-03-01`` (a time may follow) or ``1/3/2015`` in ISO 8601; ``""`` if it is invalid."""
    if match := _DAY.match(written.strip()):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(written.strip()):
        day, month, year = match.groups()
    else:
        return ""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def whole_day(written: str) -> str:
    """Return a date in ISO 8601; raises ``indexing.no_such_day`` if it is invalid."""
    if day := read_day(written):
        return day
    raise RogatioError("indexing.no_such_day", value=written[:80])


def last_day_of(written: str) -> str:
    """Return the last day of a day, month or year in ISO 8601; other values unchanged."""
    year, month, day = [*written.split("-"), "", ""][:3]
    if day or not year.isdigit() or not (month or "12").isdigit():
        return written
    number = int(month or 12)
    return f"{year}-{number:02d}-{monthrange(int(year), number)[1]:02d}" if 1 <= number <= 12 else written


def today() -> str:
    """Return the present local date in ISO 8601."""
    return datetime.date.today().isoformat()


def labelled_days(text: str) -> Iterator[str]:
    """Yield the dates in a commit message that follow a known label (``Source-Date: ...``)."""
    for name, written in re.findall(r"^\s*([\w -]+?)\s*:\s*(\S+)", text, re.MULTILINE):
        if fold(name).replace("-", " ") in load("indexing.validity")["message_labels"] and (day := read_day(written)):
            yield day


def day(date: str) -> int:
    """Return an ISO date as YYYYMMDD, with 0 for an unknown month or day; 0 without a date."""
    digits = "".join(character for character in date[:10] if character.isdigit())
    return int(digits.ljust(8, "0")) if digits else 0
