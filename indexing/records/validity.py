"""Period of validity of an expression, as far as known, and three-valued answers for a date.

Names of the fields that files say it in stand in ``resources/validity.yaml``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.records.canonical_ids import document_identity
from nlp.annotations import Annotations

HISTORY, MANIFEST = "git_history", "manifest"
_STATUS = "status"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")

# YYYYMMDD of an expression without a known end, in the fields that are filtered by date.
LAST_DAY = 9999_12_31


class InForce(StrEnum):
    """Whether a version is in force on a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Validity:
    """Days in ISO 8601; every end is the first day that no longer counts, an empty one leaves its side open.

    From ``start`` to ``end`` the version is in force, with no ``start`` on no day for sure. Before ``earliest`` and
    from ``latest`` on it is not. What lies between is not known, and never guessed.
    """

    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""

    @property
    def replaced(self) -> bool:
        """Tell whether a corrected text has taken the place of this one, which never was in force."""
        return self == NEVER

    def on(self, day: str) -> InForce:
        return self.within(day, day)

    def within(self, first: str, last: str) -> InForce:
        """Tell whether the version is in force on one of the days from ``first`` to ``last``."""
        if (self.earliest and last < self.earliest) or (self.latest and first >= self.latest):
            return InForce.NO
        if self.start and self.start <= last and (not self.end or first < self.end):
            return InForce.YES
        return InForce.UNKNOWN


NEVER = Validity(latest="0001-01-01")


def exactly(start: str, end: str = "") -> Validity:
    """Return the validity of a version whose first day is known, and whose end is or is not to come."""
    return Validity(start, end, start, end)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one document as a version of a law.

    ``identity`` are canonical ids of the law, the surest first. ``source`` says who claims (``file``, ``manifest``,
    ``git_history``), ``basis`` on what: the field of the file, the commit. ``ended`` tells a law that is said to be
    no longer in force without a day. ``place`` is a file of a history, whose versions are all of one law.
    """

    identity: tuple[str, ...]
    validity: Validity
    source: str
    basis: str = ""
    ended: bool = False
    place: str = ""


def claim_of_file(metadata: Mapping[str, str], annotations: Annotations) -> Claim:
    """Return what a file of legislation says of itself (front matter, Akoma Ntoso); nothing is made of its text."""
    start, basis = _first(metadata, "start")
    as_of, as_of_basis = _first(metadata, "as_of")
    published, _ = _first(metadata, "published")
    end, _ = _first(metadata, "end")
    if not end and (last := _first(metadata, "last_day")[0]):
        end = _next_day(last)
    ended = fold(metadata.get(_STATUS, "")).replace("-", " ").replace("_", " ") in load("indexing.validity")["ended"]
    identity = document_identity(annotations)
    if start:
        return Claim(identity, exactly(start, end), "file", basis, ended and not end)
    if ended and not end:
        return Claim(identity, Validity(earliest=published, latest=as_of), "file", _STATUS, not as_of)
    if as_of and (not end or as_of < end):
        # the text is that of the day of its last change; how long it read so before is not said
        return Claim(identity, Validity(as_of, end, min(published or as_of, as_of), end), "file", as_of_basis)
    return Claim(identity, Validity(earliest=published, latest=end), "file")


def in_a_manifest(first: str, last: str) -> Claim:
    """Return what a manifest says of a file: its first day in force, its last one, or both."""
    end = _next_day(last) if last else ""
    return Claim((), exactly(first, end) if first else Validity(latest=end), MANIFEST, "manifest")


def is_first_day(basis: str) -> bool:
    """Tell whether the basis of a claim is a field that gives the first day in force."""
    return basis in load("indexing.validity")["start"]


def is_day_of_text(basis: str) -> bool:
    """Tell whether the basis of a claim is a field that gives the day whose text the file has."""
    return basis in load("indexing.validity")["as_of"]


def is_status(basis: str) -> bool:
    """Tell whether the basis of a claim is the word that a law is no longer in force."""
    return basis == _STATUS


def _first(metadata: Mapping[str, str], kind: str) -> tuple[str, str]:
    """Return the first date that stands in one of the fields of ``kind``, and the field."""
    dates = ((read_day(metadata.get(name, "")), name) for name in load("indexing.validity")[kind])
    return next(((date, name) for date, name in dates if date), ("", ""))


def read_day(written: str) -> str:
    """Return a day written as ``2015-03-01`` (a time may follow) or ``1/3/2015`` in ISO 8601; empty for no day."""
    if found := _DAY.match(written.strip()):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(written.strip()):
        day, month, year = found.groups()
    else:
        return ""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def whole_day(written: str) -> str:
    """Return a day in ISO 8601; ``indexing.no_such_day`` for what is none."""
    if day := read_day(written):
        return day
    raise RogatioError("indexing.no_such_day", value=written[:80])


def today() -> str:
    """Return the day by this machine's clock in ISO 8601."""
    return datetime.date.today().isoformat()


def labelled_days(text: str) -> Iterator[str]:
    """Yield the days that the message of a commit gives behind one of the known labels (``Source-Date: ...``)."""
    for name, written in re.findall(r"^\s*([\w -]+?)\s*:\s*(\S+)", text, re.MULTILINE):
        if fold(name).replace("-", " ") in load("indexing.validity")["message_labels"] and (day := read_day(written)):
            yield day


def _next_day(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()
