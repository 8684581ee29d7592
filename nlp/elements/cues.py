"""Cues that a clause concerns an element of a model instrument, in groups of alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.elements.instruments import Element
from nlp.folding import content_words, fold, stem

_GAP = r"\W+(?:\w+\W+){0,2}?"
_NOTHING = regex.compile(r"(?!)")
_MIN_STEM_LENGTH = 4
_SILENT = regex.compile(r"(?<=[aeiou])[cp]?([ct])(?=[aeiou]|$)")


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives over folded text: ``word`` matches single words, ``phrase`` phrases that begin with ``first``."""

    word: regex.Pattern[str]
    phrase: regex.Pattern[str]
    first: regex.Pattern[str]

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the cues in a folded text, words before phrases."""
        for pattern in (self.word, self.phrase):
            yield from (match.span() for match in pattern.finditer(folded))


def groups_of(element: Element, language: str) -> tuple[Group, ...]:
    """Return the cue groups of an element in ``language``, its core first; only its keys if no cues are listed."""
    listed = _listed(element)
    if listed is None:
        return (_group((_key(key, language) for key in element.keys[language]), language),)
    return tuple(_group(_alternatives(group, language), language) for group in listed[language].split(" | "))


def penalties(language: str) -> Group:
    """Return the cues of a punitive provision."""
    return _group(_alternatives("$penalty", language), language)


def abroad(language: str) -> Group:
    """Return the cues of a provision about another State or an organisation of States."""
    return _group(_alternatives("$foreign", language), language)


def asks_abroad(element: Element, language: str) -> bool:
    """Return whether an element is itself about another State or its people, or about assistance."""
    listed = (_listed(element) or {}).get(language, "")
    cues = (
        alternative for group in filter(None, listed.split(" | ")) for alternative in _alternatives(group, language)
    )
    words = fold(" ".join((element.description[language], *element.keys[language], *cues)))
    return "$assistance" in listed or any(abroad(language).spans(words))


def _listed(element: Element) -> Mapping[str, str] | None:
    """Return the cues listed for an element by language, those of the one that it is like included."""
    listed: Mapping[str, Mapping[str, Mapping[str, str]]] = load("nlp.element_cues")
    return listed.get(element.like or element.instrument, {}).get(element.id)


def _alternatives(group: str, language: str) -> Iterator[str]:
    sets: Mapping[str, Mapping[str, str]] = load("nlp.element_cues")["sets"]
    for alternative in group.split(";"):
        written = alternative.strip()
        if written.startswith("$"):
            yield from _alternatives(sets[written[1:]][language], language)
        else:
            yield written


def _key(key: str, language: str) -> str:
    """Return a key as an alternative: the stems of its content words with any ending."""
    stems = (stem(word, language) for word in content_words(key, language))
    return " ".join(f"{stem}*" if len(stem) >= _MIN_STEM_LENGTH else stem for stem in stems)


def _group(alternatives: Iterable[str], language: str) -> Group:
    return _compiled(tuple(dict.fromkeys(filter(None, alternatives))), language)


@cache
def _compiled(alternatives: tuple[str, ...], language: str) -> Group:
    words = [_word(alternative, language) for alternative in alternatives if " " not in alternative]
    phrases = [[_word(word, language) for word in written.split()] for written in alternatives if " " in written]
    return Group(_any(words), _any([_GAP.join(phrase) for phrase in phrases]), _any([phrase[0] for phrase in phrases]))


def _any(branches: list[str]) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)") if branches else _NOTHING


def _word(word: str, language: str) -> str:
    """Return the pattern of a word, where ``*`` is any letters; Portuguese in both orthographies (*facto*, *fato*)."""
    parts = [regex.escape(part) for part in word.removesuffix("*").split("*")]
    if language == "pt":
        parts = [_SILENT.sub(r"[cp]?\1", part) for part in parts]
    return r"\w*".join(parts) + (r"\w*+" if word.endswith("*") else "")
