"""Cues to the subject of a provision: heading, headings above, first words, penalty, words of its conduct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extraction.resource import load
from nlp.annotations import Unit
from nlp.compiled_patterns import compiled
from nlp.concepts.layer import concepts
from nlp.concepts.profiles import rarity
from nlp.dictionaries import lemmatize
from nlp.folding import content_stems, content_words, fold, stem

_OPENING = 400  # characters
# The number of the provision before its words, once or twice ("Artículo 269 TER ART. 269 ter.").
OWN_NUMBER = compiled(
    r"\A(?:\s*(?:(?:art(?:[íi]culo|igo|icle)?|sec(?:tion)?|s)\b\.?\s*)?\d(?:(?!\.\p{Lu}\p{Ll})[\w./º°-])*"
    r"(?:\s+(?:bis|ter|qu[aá]ter|quinquies|sexies)\b)?[\s.:)º°–—-]*){1,2}",
    regex.I,
)
# "Denuncia. Cualquier persona", "Concurso de infrações 1 Se": a heading in the line of the text.
_RUN_IN = compiled(
    r"(?P<words>\p{Lu}[^\n.;:\d]{2,90}(?<!\b(?:\p{L}|arts?)))(?:\.[ \t*_]*(?=[\p{Lu}\d(«“\"])| (?=1 \p{Lu}))"
)
# "Prueba testimonial Todo testigo podrá": one whose full stop is missing, before a word that begins a sentence.
_UNSTOPPED = r"(?P<words>\p{Lu}[^\n.,;:\d]{8,90}?) (?=(?:%s) \p{Ll})"
_MAX_WORDS = 12
_PUNISHED = 4_000


@dataclass(frozen=True, slots=True)
class ProvisionCues:
    """Cues of a provision; ``start`` and ``body`` are offsets of its heading and body; ``above``: nearest last."""

    language: str
    jurisdiction: str
    start: int
    heading: str
    above: tuple[str, ...]
    body: int
    opening: str
    punishes: bool
    title: str = ""


def read_cues(text: str, unit: Unit, start: int, language: str, jurisdiction: str, title: str = "") -> ProvisionCues:
    """Return the cues of a provision whose own label is at ``start`` (its range may begin with headings above)."""
    heading = unit.heading or run_in_heading(text[start : min(unit.end, start + _OPENING)], language)
    at = max(start, text.find(heading, start, unit.end))
    body = at + len(heading)
    return ProvisionCues(
        language,
        jurisdiction,
        at,
        heading,
        tuple(filter(None, map(name_of_grouping, unit.path[-2:]))),
        body,
        text[body : min(unit.end, body + _OPENING)],
        punishes(text[body : min(unit.end, body + _PUNISHED)], language),
        title,
    )


def run_in_heading(text: str, language: str) -> str:
    """Return the heading of a provision in the line of its text, empty without one ("Artículo 173.- Denuncia. El")."""
    number = OWN_NUMBER.match(text)
    if number is None:
        return ""
    first = _RUN_IN.match(text, number.end()) or _unstopped(language).match(text, number.end())
    if first is None or len(first["words"].split()) > _MAX_WORDS:
        return ""
    return "" if _pattern("sentence_words", language).search(fold(first["words"])) else str(first["words"])


@cache
def _unstopped(language: str) -> regex.Pattern[str]:
    begins = load("nlp.provision_cues")["sentence_begins"].get(language)
    return compiled(_UNSTOPPED % begins if begins else "(?!)")


def punishes(text: str, language: str) -> bool:
    """Return whether a provision contains a penalty."""
    return bool(_pattern("punishes", language).search(fold(text)))


def is_definition(folded: str, start: int, end: int, language: str) -> bool:
    """Return whether a folded first sentence defines the term in ``[start, end)``."""
    before, after = folded[:start].rstrip(" «“\"'"), folded[end:].lstrip(" »”\"'")
    return bool(_pattern("before", language).search(before) or _pattern("behind", language).search(after))


def joined_parts(heading: str, language: str) -> tuple[str, ...]:
    """Return the coordinated parts of a heading ("La corruption passive et le trafic d'influence")."""
    ends = [(0, 0), *(match.span() for match in _pattern("joins", language).finditer(fold(heading)))]
    starts = [*(start for start, _ in ends[1:]), len(heading)]
    return tuple(part for (_, end), start in zip(ends, starts, strict=True) if (part := heading[end:start].strip()))


@lru_cache(maxsize=20_000)
def name_of_grouping(heading: str) -> str:
    """Return the heading of a grouping without its number and editorial notes."""
    begin = _pattern("groupings").match(fold(heading))
    name = heading[begin.end() :] if begin else heading
    note = _pattern("notes").search(fold(name))
    return name[: note.start()].strip() if note else name.strip()


@cache
def _pattern(name: str, language: str = "") -> regex.Pattern[str]:
    listed = load("nlp.provision_cues")[name]
    return compiled(listed.get(language, "(?!)") if language else listed)


# Least share of the conduct's words in a provision's first words, and least ratio to the best conduct.
_MINIMUM = 0.4
_MARGIN = 0.85


@dataclass(frozen=True, slots=True)
class Conduct:
    """Stems of the verbs and objects that describe the conduct of ``concept``."""

    concept: str
    verbs: frozenset[str]
    objects: frozenset[str]


def described_conduct(words: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield (concept, share) of the offences whose conduct the first words of a provision describe.

    The share is that of the conduct's objects, weighted by rarity; at least one verb must match. Only the best offence
    and those within ``_MARGIN`` of it are returned.
    """
    present = frozenset(own for word in content_words(words, language) for own in word_stems(word, language))
    rare = rarity(language)
    shares = {
        conduct.concept: sum(rare[own] for own in conduct.objects & present) / sum(rare[own] for own in conduct.objects)
        for conduct in conducts(language).values()
        if conduct.verbs & present
    }
    best = max(shares.values(), default=0.0)
    yield from ((code, share) for code, share in shares.items() if share >= max(_MINIMUM, best * _MARGIN))


@lru_cache(maxsize=100_000)
def word_stems(word: str, language: str) -> tuple[str, str]:
    """Return the stems of a word and of its lemma, which may differ: ``convierte``, ``convertir``."""
    return stem(word, language), stem(fold(lemmatize(word, language)), language)


@cache
def conducts(language: str) -> Mapping[str, Conduct]:
    """Return the conducts of all offences with more than one object, by concept."""
    return {
        concept.id: Conduct(
            concept.id,
            frozenset(content_stems(" ".join(conduct.verbs), language)),
            frozenset(content_stems(" ".join(conduct.objects), language)),
        )
        for concept in concepts().values()
        if concept.penal and (conduct := concept.conduct.get(language)) and len(conduct.objects) > 1
    }
