"""Short names that a text defines: ``(UIF)``, ``(en adelante, «la Sociedad»)``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold

_MAX_ACRONYM_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Defined:
    """A defined short name, its range, and the start of the mention that it abbreviates (code points)."""

    name: str
    place: tuple[int, int]
    owner: int


def defined_names(text: str, mentions: Iterable[Span]) -> list[Defined]:
    """Return the short names defined beside ``mentions``, without those defined for several entities."""
    candidates = [defined for mention in mentions for defined in _definitions_near(text, mention)]
    owners: dict[str, set[str]] = {}
    wholes = {mention.start: fold(mention.value) for mention in mentions}
    for defined in candidates:
        owners.setdefault(defined.name, set()).add(wholes[defined.owner])
    return [defined for defined in candidates if len(owners[defined.name]) == 1]


def _definitions_near(text: str, mention: Span) -> Iterator[Defined]:
    whole = text[mention.start : mention.end]
    for pattern in _patterns():
        after = pattern.match(text, mention.end)
        if after and (not _is_bare(after) or _is_acronym(after["name"], whole)):
            yield Defined(after["name"].strip(), after.span("name"), mention.start)
            return
    before = _acronym_before().search(text, max(0, mention.start - _MAX_ACRONYM_LENGTH - 3), mention.start)
    if before and _is_acronym(before["name"], whole):
        yield Defined(before["name"], before.span("name"), mention.start)


def _is_bare(match: regex.Match[str]) -> bool:
    """Return whether the parentheses contain only the name, without quotes or words that mark a definition."""
    return match[0].strip(" ()[]") == match["name"].strip()


def _is_acronym(name: str, whole: str) -> bool:
    """Return whether ``name`` is an acronym of ``whole``: of its initials or, from three letters, of any letters."""
    letters = fold(name).replace(".", "").replace(" ", "")
    if not name.isupper() or not 2 <= len(letters) <= _MAX_ACRONYM_LENGTH or not letters.isalpha():
        return False
    words = [word for word in regex.findall(r"\p{L}+", fold(whole)) if word not in _small()]
    every = "".join(words)
    return every != letters and (
        _is_within(letters, [word[0] for word in words]) or (len(letters) > 2 and _is_within(letters, list(every)))
    )


def _is_within(letters: str, others: list[str]) -> bool:
    """Return whether ``letters`` is a subsequence of ``others`` that begins with the first one."""
    rest = iter(others)
    return bool(others) and letters[:1] == others[0] and all(letter in rest for letter in letters)


def occurrences(text: str, names: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Yield the name, start and end of each occurrence of ``names`` from their definition on.

    ``names`` maps each defined name to the offset of its definition in code points.
    """
    if names:
        longest_first = "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))
        for match in regex.finditer(rf"(?<![\p{{L}}\p{{N}}])(?:{longest_first})(?![\p{{L}}\p{{N}}])", text):
            if match.start() >= names[match[0]]:
                yield match[0], *match.span()


@cache
def _patterns() -> list[regex.Pattern[str]]:
    return [regex.compile(pattern) for pattern in load("nlp.linking")["defined"]]


@cache
def _acronym_before() -> regex.Pattern[str]:
    acronym = rf"\p{{Lu}}[\p{{Lu}}.]{{1,{_MAX_ACRONYM_LENGTH - 1}}}"
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?P<name>{acronym})\s?[(–—]\s?$")


@cache
def _small() -> frozenset[str]:
    lists = load("nlp.linking")
    return frozenset(
        (*lists["particles"], *lists["articles"], "para", "por", "contra", "en", "em", "of", "and", "for", "et")
    )
