"""Footnotes of a report: citations of quoted passages in the language of the export."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.cited_sources import CitedSource
from app.exports.report import Note, Source, printable
from app.exports.words import country_name, words
from app.i18n import last_day, written_date
from app.wording import wording

_SHORT_TITLE = 60  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """The target of a note: a document, a pinpoint and page in it, and the period of validity of the expression.

    ``valid_to`` is the first day no longer in force; ``text_of`` is the date of the text if no source states the first
    day in force.
    """

    document_id: str
    pinpoint: str = ""
    page: int = 0
    valid_from: str = ""
    valid_to: str = ""
    is_law: bool = True
    text_of: str = ""


@dataclass(slots=True)
class Notes:
    """Assigns a note to each place: in full at the first citation of a document, then in short."""

    language: str
    sources: Mapping[str, CitedSource]
    count: int = 0
    cited: dict[str, Place] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)

    def note(self, place: Place) -> Note | None:
        """Return the next note, None for a document that must not be cited."""
        source = self.sources.get(place.document_id)
        if source is None:
            return None
        self.count += 1
        self.cited.setdefault(place.document_id, place)
        if place.document_id in self.first:
            return Note(self.count, self._again(source, place))
        self.first[place.document_id] = self.count
        before, after = self._text(source, place)
        return Note(self.count, before, source.address, after)

    def _again(self, source: CitedSource, place: Place) -> str:
        """Return a short note that refers to the first one of the same document."""
        before = words("note_above", self.language, number=self.first[place.document_id])
        return self._citation(short_title(source.title), place.pinpoint, self._page(source, place), before) + "."

    def _citation(self, *known: str) -> str:
        return printable(", ".join(filter(None, known)))

    def _page(self, source: CitedSource, place: Place) -> str:
        return f"{words('page', self.language)} {place.page}" if place.page and source.pages > 1 else ""

    def _text(self, source: CitedSource, place: Place) -> tuple[str, str]:
        text = self._citation(
            source.title,
            number_outside_title(source, self.language),
            place.pinpoint,
            version_words(place, self.language) or self._date(source),
            self._page(source, place),
        )
        consulted = words("consulted", self.language, day=written_date(source.retrieved, self.language))
        return (
            (f"{text}. ", f", {consulted}.")
            if source.address
            else (f"{text}{wording('common.semicolon', self.language)} {consulted}.", "")
        )

    def _date(self, source: CitedSource) -> str:
        return words("document_of", self.language, day=written_date(source.date, self.language)) if source.date else ""

    def list(self) -> tuple[Source, ...]:
        """Return the cited documents, each once, in the order of the notes."""
        return tuple(self._source(self.sources[document], place) for document, place in self.cited.items())

    def _source(self, source: CitedSource, place: Place) -> Source:
        return Source(
            title=printable(source.title),
            language=source.language,
            number=source.number,
            identifier=_public_identifier(source.canonical),
            country=country_name(source.jurisdiction, self.language) if source.jurisdiction else "",
            version=version_words(place, self.language),
            date=written_date(source.date, self.language),
            address=source.address,
            retrieved=written_date(source.retrieved, self.language),
            file=printable(source.file),
            sha256=source.sha256,
        )


def version_words(place: Place, language: str) -> str:
    """Return the period of validity of an expression in words, empty for other documents."""
    if not place.is_law:
        return ""
    if place.text_of:
        day, end = written_date(place.text_of, language), place.valid_to
        ended = words("text_until", language, day=day, end=written_date(last_day(end), language)) if end else ""
        return ended or words("text_of", language, day=day)
    if not place.valid_from:
        return words("version_unknown", language)
    since = written_date(place.valid_from, language)
    if not place.valid_to:
        return words("version_from", language, day=since)
    return words("version_until", language, day=since, end=written_date(last_day(place.valid_to), language))


def _public_identifier(canonical: str) -> str:
    """Return an identifier with a meaning outside the program (ECLI, CELEX, a neutral citation), else none."""
    return "" if canonical.startswith("ref:") else canonical


def short_title(title: str) -> str:
    """Return the title shortened for cross-references between notes; omissions are marked."""
    if len(title) <= _SHORT_TITLE:
        return title
    return textwrap.shorten(title, _SHORT_TITLE, placeholder="").rstrip(" ,;:.-–—") + " […]"


def number_outside_title(source: CitedSource, language: str) -> str:
    """Return the law's number unless its title contains it."""
    digits = source.number.partition("/")[0].replace(".", "")
    plain = source.title.replace(".", "")
    return words("number", language, number=source.number) if digits and digits not in plain else ""
