"""Concepts of a query or heading, by labels and by single words.

A label may be inflected and have a few other words between its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extraction.build_cache import code_digest, kept
from extraction.resource import load
from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.layer import LANGUAGES, RELATION_WEIGHT, Label, concepts, fingerprint
from nlp.concepts.profiles import profiles, rarity, specificity
from nlp.folding import content_words, fold, plain_stems, stem, stems_fingerprint, words_of
from nlp.portuguese_spelling import possible_spellings

# Weights of the presence of a label and of the share of the text it covers.
_NAMED = 0.6
_COVERED = 0.4
# Other words allowed between two words of a label (``tráfico [ilícito de] drogas``).
_SLACK = 2
# Highest score by words alone, below the lowest of one-word labels.
_BY_WORDS = 0.55
_OTHER_LANGUAGE = 0.8
# Score from which a label explains its words, so that they do not suggest other concepts alone.
_SURE = 0.6
_MINIMUM = 0.12
# Factor of the score of a name that has another word for the same thing as the query.
_EQUAL = 0.97
# Rarity above which a single word is sufficient (one or two concepts have it).
_RARE = 4.0
# Most words of a query that is read as a name with its act behind the object.
_NAME = 4
# Least length of a Portuguese word that is looked for in its other spelling.
_SPELT = 5


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
    best = _best_matches(text, own)
    for reading in _equal_readings(text, own):  # one word alone may mean anything else
        for match in _best_matches(reading.text, own).values():
            score = round(_EQUAL * match.score, 4)
            if (
                len(match.words) > 1
                and match.label
                and reading.act in ("", *match.words)
                and (match.concept not in best or score > best[match.concept].score)
            ):
                words = tuple(reading.words.get(word, word) for word in match.words)
                best[match.concept] = replace(match, score=score, words=words)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.concept))[:limit])


def _best_matches(text: str, own: Sequence[str]) -> dict[str, ConceptMatch]:
    ambiguous = [word for code in own for word in ambiguous_words(text, code)]
    not_meant = {code for word in ambiguous for code in word.not_meant()}
    best: dict[str, ConceptMatch] = {}
    for match in _all_matches(text, own, {form for word in ambiguous for form in words_of(word.term).forms}):
        score = round(match.score, 4)
        least = best[match.concept].score if match.concept in best else _MINIMUM
        if match.concept not in not_meant and score > least:
            best[match.concept] = replace(match, score=score)
    return best


@dataclass(frozen=True, slots=True)
class _EqualReading:
    """A query with another word for the same thing; ``words`` are the stems of the words typed by those in ``text``.

    ``act`` is the stem of the word in another place, which a name must have.
    """

    text: str
    words: Mapping[str, str]
    act: str = ""


def _equal_readings(text: str, own: Sequence[str]) -> Iterator[_EqualReading]:
    """Yield the query with each of its words that have equal ones in the names of concepts replaced by one of them.

    In English it is also read with the act in front ("cultural property trafficking": "trafficking cultural property").
    """
    forms = words_of(text)
    if "en" in own:
        yield from _other_orders(forms.forms)
    for language in own:
        for (begin, end), form in zip(forms.bounds, forms.forms, strict=True):
            for other in _equal_words(language).get(form, ()):
                typed = {stem(other, language): stem(form, language)}
                yield _EqualReading(text[:begin] + other + text[end:], typed)


def _other_orders(words: Sequence[str]) -> Iterator[_EqualReading]:
    """Yield the name of an act with its object in the other place: "trafficking of organs", "organs trafficking"."""
    place = next((place for place, word in enumerate(words) if word in ("of", "in") and place), 0)
    if place:
        yield _EqualReading(" ".join((*words[place + 1 :], *words[:place])), {}, stem(words[place - 1], "en"))
    elif 1 < len(words) <= _NAME:
        yield _EqualReading(" ".join((words[-1], *words[:-1])), {}, stem(words[-1], "en"))


@cache
def _equal_words(language: str) -> Mapping[str, Sequence[str]]:
    """Return the other words for the same thing by folded word."""
    groups = ([fold(word) for word in group] for group in load("nlp.equal_words")[language])
    return {word: [other for other in group if other != word] for group in groups for word in group}


def _all_matches(text: str, own: Sequence[str], ambiguous: Collection[str]) -> Iterator[ConceptMatch]:
    """Yield the matches in each language; in languages other than ``own`` false friends are ignored.

    If the language is unknown, words that have no meaning in one of them ("pour", "con") are no matches by themselves.
    """
    forms = frozenset(words_of(text).forms)
    meaningless = frozenset[str]().union(*(forms.difference(content_words(text, language)) for language in own))
    for language in LANGUAGES:
        content = content_of(text, language)
        if language in own:
            yield from _matches(content, meaningless)
        else:
            alike = {stem(form, language) for form in ambiguous}
            for match in _best_named(content).values():
                if not alike.issuperset(match.words):
                    yield replace(match, score=_OTHER_LANGUAGE * match.score)


def _matches(content: Content, meaningless: Collection[str]) -> Iterator[ConceptMatch]:
    """Yield the matches by labels, and by words for other concepts."""
    named = _best_named(content)
    explained = frozenset(word for match in named.values() if match.score >= _SURE for word in match.words)
    yield from named.values()
    for code, (share, words) in _by_words(content, explained, meaningless).items():
        if code not in named:
            yield ConceptMatch(code, _BY_WORDS * share, "", words)


def _best_named(content: Content) -> dict[str, ConceptMatch]:
    named: dict[str, ConceptMatch] = {}
    for name in filter(lambda name: _is_meant(name, content), names_in(content)):
        if name.concept not in named or name.score > named[name.concept].score:
            named[name.concept] = ConceptMatch(name.concept, name.score, name.label.text, name.words)
    return named


def _is_meant(name: NamedConcept, content: Content) -> bool:
    """Return whether a label is more than an ordinary word of the query: another word is of its concept or of law."""
    if len(name.words) > 1 or name.label.text not in _ordinary_labels(name.label.language):
        return True
    others = content.distinctive.difference(name.words)
    if not others:
        return name.label.text not in load("nlp.ordinary_labels")["alone"][name.label.language]
    known = (_legal_words(content.language), profiles(content.language)[name.concept])
    return any(not others.isdisjoint(words) for words in known)


@cache
def _legal_words(language: str) -> frozenset[str]:
    """Return the stems of the words that belong to any concept of criminal law."""
    return frozenset(stem(fold(word), language) for word in load("nlp.ordinary_labels")["legal_words"][language])


@cache
def _ordinary_labels(language: str) -> frozenset[str]:
    """Return the one-word labels of a language that mostly mean something else in everyday language."""
    lists = load("nlp.ordinary_labels")
    return frozenset((*lists["with_others"][language], *lists["alone"][language]))


def _by_words(
    content: Content, explained: frozenset[str], meaningless: Collection[str]
) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each concept its share of the question's squared rarity, and the matching words.

    Words already ``explained`` by labels count only together with others.
    """
    rare = rarity(content.language)
    telling = {own for word, own in zip(content.words, content.stems, strict=True) if word not in meaningless}
    weights = {word: rare[word] for word in content.distinctive & telling if word in rare}
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


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept by a label in a text; ``score`` is from 0 to 1, ``words`` are the matching stems of the text.

    A label that shares its words with other concepts, or is a small part of the text, scores low.
    """

    concept: str
    label: Label
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The content words of a text and their stems; ``distinctive`` are the stems not common to all concepts."""

    language: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    distinctive: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Name:
    label: Label
    concept: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


def content_of(text: str, language: str) -> Content:
    """Return the content words of a text and their stems."""
    words = content_words(text, language)
    if language == "pt":
        words = tuple(_as_in_labels(word) for word in words)
    stems = tuple(stem(word, language) for word in words)
    return Content(language, words, stems, frozenset(stems) - plain_stems(language))


def _as_in_labels(word: str) -> str:
    """Return a folded Portuguese word in the spelling of the labels, if only its other spelling is in them."""
    known = _stems_of_labels()
    if len(word) < _SPELT or stem(word, "pt") in known:
        return word
    return next((other for other in possible_spellings(word) if stem(other, "pt") in known), word)


@cache
def _stems_of_labels() -> frozenset[str]:
    """Return the stems of the Portuguese labels."""
    return frozenset(part for named in _label_words("pt").values() for *_, stems in named for part in stems)


def names_in(content: Content) -> Iterator[NamedConcept]:
    """Yield the concepts with labels in a text, without labels inside longer ones."""
    matches = list(_matching(content))
    for places, name in matches:
        if not any(set(places) < set(others) for others, _ in matches):
            words = tuple(content.stems[place] for place in places)
            yield NamedConcept(name.concept, name.label, _score(name, words, content), words)


def _matching(content: Content) -> Iterator[tuple[tuple[int, ...], _Name]]:
    for first in set(content.stems):
        for name in _names(first, content.language):
            places = _one_word(name, content) if len(name.stems) == 1 else _in_order(name.stems, content.stems)
            if places:
                yield places, name


def _score(name: _Name, words: Sequence[str], content: Content) -> float:
    covered = len(content.distinctive.intersection(words)) / max(1, len(content.distinctive))
    telling = 1.0 if covered == 1.0 else specificity(name.stems, content.language)
    return RELATION_WEIGHT[name.label.relation] * (_NAMED * telling + _COVERED * covered)


def _one_word(name: _Name, content: Content) -> tuple[int, ...]:
    """Return the position of a one-word label in singular, plural or feminine; its stem alone would match too much."""
    own = name.words[0]
    return tuple(place for place, word in enumerate(content.words) if _is_form(word, own, content.language))[:1]


def _is_form(word: str, own: str, language: str) -> bool:
    """Return whether two folded words are equal or one is the other's plural, in French also its feminine."""
    short, long = sorted((word, own), key=len)
    added = long.removeprefix(short)
    return short + added == long and (added in ("", "s", "es") or (added == "e" and language == "fr"))


def _in_order(name: Sequence[str], stems: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the words of ``name`` in ``stems``, in order and within ``_SLACK``, else nothing."""
    for begin in (place for place, own in enumerate(stems) if own == name[0]):
        places = [begin]
        for word in name[1:]:
            following = range(places[-1] + 1, min(len(stems), places[-1] + 2 + _SLACK))
            place = next((place for place in following if stems[place] == word), None)
            if place is None:
                break
            places.append(place)
        else:
            return tuple(places)
    return ()


_Words = tuple[str, int, tuple[str, ...], tuple[str, ...]]
"""A label as kept: concept, number among the labels in its language, words, stems."""


@lru_cache(maxsize=10_000)
def _names(first: str, language: str) -> tuple[_Name, ...]:
    """Return the labels that begin with a stem."""
    return tuple(
        _Name(concepts()[code].labels_in(language)[number], code, words, stems)
        for code, number, words, stems in _label_words(language).get(first, ())
    )


@cache
def _label_words(language: str) -> Mapping[str, list[_Words]]:
    """Return the words of all labels by their first stem."""
    source = fingerprint() + stems_fingerprint() + code_digest(__file__)
    return kept(f"nlp.concept_labels.{language}", source, dict[str, list[_Words]], lambda: _made_words(language))


def _made_words(language: str) -> dict[str, list[_Words]]:
    words_by_stem: dict[str, list[_Words]] = defaultdict(list)
    for concept in concepts().values():
        for number, label in enumerate(concept.labels_in(language)):
            words = content_words(label.text, language)
            if words:
                stems = tuple(stem(word, language) for word in words)
                words_by_stem[stems[0]].append((concept.id, number, words, stems))
    return dict(words_by_stem)
