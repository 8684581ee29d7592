"""Translations of a letter in files of their own: the other file, and what differs between the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.requests.life.course import Course
from app.requests.life.links import REJECTED, TRANSLATION, Link
from app.requests.review import ReviewedTranslation, reviewed_translation
from app.requests.rows import translation_row
from indexing.access import AccessFilter
from indexing.store.reading import Store
from nlp.requests.translations.separate_files import LetterFile, compare_files


@dataclass(frozen=True, slots=True)
class FileTranslation:
    """A letter and its translation: their ``link``, the ``other`` of the two files, and the ``check`` of both."""

    link: Link
    other: Course
    check: ReviewedTranslation


def translation_json(found: FileTranslation) -> dict[str, Any]:
    """Return a letter and its translation by their ids, with the values that the two give otherwise."""
    return {
        "letter": found.link.letter,
        "request": found.link.request,
        "verdict": found.link.verdict or "proposed",
        "differences": [
            {"original": original, "translation": translation} for original, translation in found.check.differences
        ],
    }


def file_translations(
    store: Store, access: AccessFilter, of: Course, known: Mapping[str, Course]
) -> Iterator[FileTranslation]:
    """Yield the translations of a letter in files of their own, or the original of one, but for rejected links.

    ``known`` are the letters linked with it, and itself.
    """
    for link in (*of.belongs_to, *of.letters):
        other = known.get(link.request if link in of.belongs_to else link.letter)
        if link.kind != TRANSLATION or link.verdict == REJECTED or other is None:
            continue
        files = (known[link.request], known[link.letter])
        text, found = compare_files(*(_letter_file(store, access, one) for one in files))
        if check := reviewed_translation(translation_row(found) if found else None, text):
            yield FileTranslation(link, other, check)


def _letter_file(store: Store, access: AccessFilter, letter: Course) -> LetterFile:
    document: str = letter.reading.document.id
    parts: Any = (letter.reading.row or {}).get("segments", ())
    places = tuple((str(part["kind"]), int(part["start"]), int(part["end"])) for part in parts)
    return LetterFile(store.reading(access, document).text, store.annotations(access, document), places)
