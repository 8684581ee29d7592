"""Concepts of a query, by labels and by single words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import LANGUAGES
from nlp.concepts.names import Content, content_of, names_in
from nlp.concepts.profiles import profiles, rarity
from nlp.lexicon import words_of
from nlp.stems import stem

# Highest score by words alone, below the lowest of one-word labels.
_BY_WORDS = 0.55
_OTHER_LANGUAGE = 0.8
# Score from which a label explains its words, so that they do not suggest other concepts alone.
_SURE = 0.6
_MINIMUM = 0.12
# Rarity above which a single word is sufficient (one or two concepts have it).
_RARE = 4.0


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A concept that a question is about.

    ``score`` is from 0 to 1; ``label`` is the label in the question, empty if only single words match; ``words`` are
    the matching stems.
    """

    concept: str
    score: float
    label: str = ""
    words: tuple[str, ...] = ()


def concepts_of_query(text: str, language: str, limit: int = 5) -> tuple[ConceptMatch, ...]:
    """Return at most ``limit`` concepts that ``text`` is about, the best first.

    ``language`` is that of the question; if it is none of the four, all are tried.
    """
    own = (language,) if language in LANGUAGES else LANGUAGES
    ambiguous = [word for code in own for word in ambiguous_words(text, code)]
    not_meant = {code for word in ambiguous for code in word.not_meant()}
    best: dict[str, ConceptMatch] = {}
    for match in _all_matches(text, own, {form for word in ambiguous for form in words_of(word.term).forms}):
        score = round(match.score, 4)
        least = best[match.concept].score if match.concept in best else _MINIMUM
        if match.concept not in not_meant and score > least:
            best[match.concept] = replace(match, score=score)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.concept))[:limit])


def _all_matches(text: str, own: Sequence[str], ambiguous: Collection[str]) -> Iterator[ConceptMatch]:
    """Yield the matches in each language; in languages other than ``own`` false friends are ignored."""
    for language in LANGUAGES:
        content = content_of(text, language)
        if language in own:
            yield from _matches(content)
        else:
            alike = {stem(form, language) for form in ambiguous}
            for match in _best_named(content).values():
                if not alike.issuperset(match.words):
                    yield replace(match, score=_OTHER_LANGUAGE * match.score)


def _matches(content: Content) -> Iterator[ConceptMatch]:
    """Yield the matches by labels, and by words for other concepts."""
    named = _best_named(content)
    explained = frozenset(word for match in named.values() if match.score >= _SURE for word in match.words)
    yield from named.values()
    for code, (share, words) in _by_words(content, explained).items():
        if code not in named:
            yield ConceptMatch(code, _BY_WORDS * share, "", words)


def _best_named(content: Content) -> dict[str, ConceptMatch]:
    named: dict[str, ConceptMatch] = {}
    for name in names_in(content):
        if name.concept not in named or name.score > named[name.concept].score:
            named[name.concept] = ConceptMatch(name.concept, name.score, name.label.text, name.words)
    return named


def _by_words(content: Content, explained: frozenset[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each concept its share of the question's squared rarity, and the matching words.

    Words already ``explained`` by labels count only together with others.
    """
    rare = rarity(content.language)
    weights = {word: rare[word] for word in content.distinctive if word in rare}
    whole = sum(weight * weight for weight in weights.values())
    shares = {}
    for code, profile in profiles(content.language).items():
        words = tuple(word for word in weights if word in profile)
        alone = len(words) == 1 and len(weights) > 1 and weights[words[0]] <= _RARE
        if words and not alone and not explained.issuperset(words):
            shares[code] = (sum(weights[word] ** 2 * profile[word] for word in words) / whole, words)
    top = max((share for share, _ in shares.values()), default=1.0)
    # Even the best share in a long question is small, so half of the score is relative to the best.
    return {code: ((share + share / top) / 2, words) for code, (share, words) in shares.items()}
