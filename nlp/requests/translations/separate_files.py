"""Original and translation of a letter in files of their own, compared as those in one file are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nlp.annotations import Annotations
from nlp.requests.proposal import OWN_WORDS, REQUEST, TRANSLATION, FilePart, TranslationCheck
from nlp.requests.translations.check import check_translations

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class LetterFile:
    """The text of a file with its annotations, and what its parts are (kind, start, end)."""

    text: str
    annotations: Annotations
    parts: tuple[tuple[str, int, int], ...]


def compare_files(original: LetterFile, translation: LetterFile) -> tuple[str, TranslationCheck | None]:
    """Return the two texts in one, and their paragraphs side by side with the differences, as ranges of that text."""
    text = original.text + _BETWEEN + translation.text
    offset = len(text) - len(translation.text)
    spans = (replace(one, start=one.start + offset, end=one.end + offset) for one in translation.annotations.spans)
    annotations = replace(original.annotations, spans=(*original.annotations.spans, *spans))
    parts = [
        *_parts(REQUEST, (part for part in original.parts if part[0] in OWN_WORDS), 0),
        *_parts(TRANSLATION, (part for part in translation.parts if part[0] in (TRANSLATION, *OWN_WORDS)), offset),
    ]
    return text, check_translations(text, annotations, parts)


def _parts(kind: str, parts: Iterable[tuple[str, int, int]], offset: int) -> Iterable[FilePart]:
    return (FilePart(kind, "", start + offset, end + offset, 1.0, "") for _, start, end in parts)
