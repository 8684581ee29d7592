"""Concepts of a query: by their names, else by its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import LANGUAGES
from nlp.concepts.names import Content, content_of, names_in
from nlp.concepts.profiles import profiles, rarity
from nlp.lexicon import words_of
from nlp.stems import stem

# The most that words alone can say; below the least of the names of one word.
_BY_WORDS = 0.55
_OTHER_LANGUAGE = 0.8
# A name that is surely meant: what its words alone would say of other concepts is not asked.
_SURE = 0.6
_LEAST = 0.12
# A word that one or two concepts have may speak alone.
_RARE = 4.0


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that a question is about.

    ``score`` is between 0 and 1; ``label`` is the name that the question holds, empty where only other words speak
    for it; ``words`` are the stems that do.
    """

    concept: str
    score: float
    label: str = ""
    words: tuple[str, ...] = ()


def concepts_of_query(text: str, language: str, limit: int = 5) -> tuple[ConceptMatch, ...]:
    """Return the concepts that ``text`` asks about, the best first; none where nothing speaks for one.

    ``language`` is that of the question, empty or another where it is not known: then all four are tried.
    """
    own = (language,) if language in LANGUAGES else LANGUAGES
    ambiguous = [word for spoken in own for word in ambiguous_words(text, spoken)]
    not_meant = {code for word in ambiguous for code in word.not_meant()}
    best: dict[str, ConceptMatch] = {}
    for match in _all_matches(text, own, {form for word in ambiguous for form in words_of(word.term).forms}):
        score = round(match.score, 4)
        least = best[match.concept].score if match.concept in best else _LEAST
        if match.concept not in not_meant and score > least:
            best[match.concept] = replace(match, score=score)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.concept))[:limit])


def _all_matches(text: str, own: Sequence[str], ambiguous: Collection[str]) -> Iterator[ConceptMatch]:
    """Yield what each language makes of a question; in another one than its own a false friend says nothing."""
    for spoken in LANGUAGES:
        content = content_of(text, spoken)
        if spoken in own:
            yield from _matches(content)
        else:
            alike = {stem(form, spoken) for form in ambiguous}
            for match in _best_named(content).values():
                if not alike.issuperset(match.words):
                    yield replace(match, score=_OTHER_LANGUAGE * match.score)


def _matches(content: Content) -> Iterator[ConceptMatch]:
    """Yield what names say, and what the words say that are no part of a name."""
    named = _best_named(content)
    told = frozenset(one for match in named.values() if match.score >= _SURE for one in match.words)
    spoken = _spoken(content, told)
    yield from named.values()
    for code, (share, words) in spoken.items():
        if code not in named:
            yield ConceptMatch(code, _BY_WORDS * share, "", words)


def _best_named(content: Content) -> dict[str, ConceptMatch]:
    named: dict[str, ConceptMatch] = {}
    for one in names_in(content):
        if one.concept not in named or one.score > named[one.concept].score:
            named[one.concept] = ConceptMatch(one.concept, one.score, one.label.text, one.words)
    return named


def _spoken(content: Content, told: frozenset[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each concept which share of the question's weight its words hold, and those words.

    Words that names have ``told`` speak only beside others.
    """
    rare = rarity(content.language)
    asked = {one: rare[one] for one in content.told if one in rare}
    whole = sum(weight * weight for weight in asked.values())
    shares = {}
    for code, profile in profiles(content.language).items():
        words = tuple(one for one in asked if one in profile)
        alone = len(words) == 1 and len(asked) > 1 and asked[words[0]] <= _RARE
        if words and not alone and not told.issuperset(words):
            shares[code] = (sum(asked[one] ** 2 * profile[one] for one in words) / whole, words)
    top = max((share for share, _ in shares.values()), default=1.0)
    # The best of a long question is still a weak likeness: half of the measure is how it stands to the others.
    return {code: ((share + share / top) / 2, words) for code, (share, words) in shares.items()}
