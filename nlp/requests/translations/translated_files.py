"""A file that is as a whole the translation of a letter: a line near its beginning or the translator says so.

The patterns are ``translated_file``, ``translation_enclosed`` and ``translator_signs`` of
``nlp/resources/request_parts.yaml``. The fields are read from the translation as from the letter itself, so the kind of
its parts is replaced only in the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.proposal import ANSWER, REQUEST, TRANSLATION, FilePart

# Lines of the head that may mark a translation, and characters of the end in which a translator signs.
_HEAD_LINES, _TAIL = 8, 700
_DECORATION = " \t#*_|>[](){}-–—=\"'«»"


def marked_translation(text: str, parts: Sequence[FilePart]) -> tuple[FilePart, ...]:
    """Return the parts, those of the letter as translations if the file is one and has no other translation."""
    letter = [part for part in parts if part.kind in (REQUEST, ANSWER)]
    if not letter or any(part.kind == TRANSLATION for part in parts):
        return tuple(parts)
    if not _is_marked(text[letter[0].start : letter[-1].end]):
        return tuple(parts)
    return tuple(replace(part, kind=TRANSLATION) if part in letter else part for part in parts)


def _is_marked(letter: str) -> bool:
    lines = [line.strip(_DECORATION) for line in fold(letter).splitlines() if line.strip(_DECORATION)]
    heads = (line for line in lines[:_HEAD_LINES] if not _pattern("translation_enclosed").search(line))
    return any(_pattern("translated_file").match(line) for line in heads) or (
        _pattern("translator_signs").search(fold(letter[-_TAIL:])) is not None
    )


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_parts")[name])
