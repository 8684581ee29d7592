"""Nationalities of a natural person: in the words next to the name, or behind a word for nationality."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.persons.parties import Mention

_APPOSED_BEFORE = regex.compile(r"[,(]\s*(?:de\s+)?\Z")
_APPOSED_AFTER = regex.compile(r"\s*[,.;)]|\s+(?:national|citizen|born|nacid|nascid|nee?)\b")
_PERSONS_AFTER = regex.compile(r"\s*(?:[,.;)]|\Z)|\s+(?:nationals?|citizens?|born|nacid[oa]s|nascid[oa]s|nee?s)\b")
_IS_NATIONAL = regex.compile(r"\s+(?:national|citizen|subject)\b")
_AND = regex.compile(r"\s(?:y|e|et|and)\s(?:(?:de la|of the|de|of|del|d[aou]) )?")
# Characters before a people's name in which a word for nationality stands, behind that word and before it.
_CUE_REACH, _BEHIND, _BEFORE = 45, 35, 18
_TWO, _BOTH_REACH = 2, 300  # names, and characters behind the first one, in which the nationality of both is stated

Window = tuple[Mention, int]
"""A mention with the end of the details behind it."""


def nationalities(
    folded: str, spans: Collection[Span], windows: Sequence[Window], starts: Collection[int]
) -> tuple[str, ...]:
    """Return the nationalities (ISO 3166-1 alpha-2) of a person in ``windows`` of the folded text of a letter.

    ``spans`` are those of countries and nationalities in the letter; other names begin at ``starts``.
    """
    of_both = [_ends_of_both(folded, window, starts) for window in windows]
    told = [
        span
        for span in spans
        if any(_tells(folded, span, window, starts) for window in windows) or _is_of_both(folded, span, of_both)
    ]
    listed = [one.value for span in told for one in (span, *_joined_to(folded, span, spans, windows))]
    spelt = [
        code
        for window, ends in zip(windows, of_both, strict=True)
        for code in (*_spelt(folded, window, starts), *_spelt_of_both(folded, ends))
    ]
    return tuple(dict.fromkeys([*listed, *spelt]))


def _tells(folded: str, span: Span, window: Window, starts: Collection[int]) -> bool:
    """Return whether a country or a people's name is the nationality of the one named by a mention."""
    mention, end = window
    cued = _cue().search(folded, max(0, span.start - _CUE_REACH), span.start) is not None
    if mention.end <= span.start < end:
        if _is_before_name(folded, span.end, end, starts):
            return False
        if cued or span.label == "COUNTRY":
            return cued
        apposed = _APPOSED_BEFORE.search(folded, mention.end, span.start)
        return bool(apposed and _APPOSED_AFTER.match(folded, span.end)) or bool(_IS_NATIONAL.match(folded, span.end))
    right_before = 0 <= mention.start - span.end < 3
    return right_before and (cued or span.label == "NATIONALITY")


def _is_of_both(folded: str, span: Span, of_both: Sequence[Sequence[int]]) -> bool:
    """Return whether a nationality begins where words for both persons end (``of_both``, by window)."""
    return any(span.start in ends for ends in of_both) and _PERSONS_AFTER.match(folded, span.end) is not None


def _spelt_of_both(folded: str, ends: Sequence[int]) -> Iterator[str]:
    """Yield the nationalities behind ``ends``, in words that are missing from the lists of the annotations."""
    for end in ends:
        for code, stem in load("nlp.request_persons")["peoples"].items():
            found = regex.match(rf"(?:{stem})\w*", folded[end : end + _BEHIND])
            if found and _PERSONS_AFTER.match(folded, end + found.end()):
                yield code


def _ends_of_both(folded: str, window: Window, starts: Collection[int]) -> list[int]:
    """Return where words for the person of a mention and one other end ("both", "tous deux de")."""
    mention, _ = window
    found = _both().finditer(folded, mention.end, mention.end + _BOTH_REACH)
    return [one.end() for one in found if sum(mention.end <= start < one.start() for start in starts) < _TWO]


def _joined_to(folded: str, span: Span, spans: Collection[Span], windows: Sequence[Window]) -> Iterator[Span]:
    """Yield the second of two nationalities of a person ("a citizen of Belize and of Mexico")."""
    for other in spans:
        inside = any(mention.end <= span.start and other.end <= end for mention, end in windows)
        if inside and other.start > span.end and _AND.fullmatch(folded, span.end, other.start):
            yield other


def _is_before_name(folded: str, place: int, end: int, starts: Collection[int]) -> bool:
    """Return whether the next name begins right behind a place ("A ... that the Belgian national B")."""
    return end in starts and not folded[place:end].strip()


def _spelt(folded: str, window: Window, starts: Collection[int]) -> Iterator[str]:
    """Yield the nationalities in words that are missing from the lists of the annotations."""
    mention, end = window
    for cue in _cue_anywhere().finditer(folded, mention.end, end):
        behind, before = folded[cue.end() : cue.end() + _BEHIND], folded[max(0, cue.start() - _BEFORE) : cue.start()]
        for code, stem in load("nlp.request_persons")["peoples"].items():
            found = regex.match(rf"\W*(?:\p{{L}}+ (?:y|e|et|and) )?(?:{stem})\w*", behind)
            if found and _is_before_name(folded, cue.end() + found.end(), end, starts):
                continue
            if found or regex.search(rf"(?<!\w)(?:{stem})\w*\s\Z", before):
                yield code


@cache
def _both() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{load('nlp.request_persons')['of_both']})\s")


@cache
def _cue() -> regex.Pattern[str]:
    cue = load("nlp.request_persons")["nationality_cue"]
    small = r"(?:de la |de |of the |of |del |da |do |du |des |d')?(?:la |the |el |l')?"
    return regex.compile(rf"(?<!\w)(?:{cue})\s*[:(]?\s*{small}\Z")


@cache
def _cue_anywhere() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['nationality_cue']})\s*:?")
