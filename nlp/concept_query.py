"""From a question in any of the four languages to concepts: by their names, else by what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.concept_layer import LANGUAGES
from nlp.concept_names import Content, content_of, names_in
from nlp.concept_profiles import profiles, rarity
from nlp.false_friends import ambiguous_words

# The most that words alone can say; below the least of the names of one word.
_BY_WORDS = 0.55
_OTHER_LANGUAGE = 0.8
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
    not_meant = {code for spoken in own for word in ambiguous_words(text, spoken) for code in word.not_meant()}
    best: dict[str, ConceptMatch] = {}
    for spoken in LANGUAGES:
        weight = 1.0 if spoken in own else _OTHER_LANGUAGE
        for match in _matches(content_of(text, spoken), by_words=spoken in own):
            score = round(weight * match.score, 4)
            if match.concept not in not_meant and score > max(
                _LEAST, best[match.concept].score if match.concept in best else 0
            ):
                best[match.concept] = replace(match, score=score)
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.concept))[:limit])


def _matches(content: Content, *, by_words: bool) -> Iterator[ConceptMatch]:
    """Yield what names say, then, in the question's own language, what its words say."""
    named = _best_named(content)
    spoken = _spoken(content) if by_words else {}
    for code in {*named, *spoken}:
        share, words = spoken.get(code, (0.0, ()))
        name = named.get(code)
        if name is None:
            yield ConceptMatch(code, _BY_WORDS * share, "", words)
        else:
            yield replace(name, score=min(1.0, name.score * (0.9 + 0.1 * share)))


def _best_named(content: Content) -> dict[str, ConceptMatch]:
    named: dict[str, ConceptMatch] = {}
    for one in names_in(content):
        if one.concept not in named or one.score > named[one.concept].score:
            named[one.concept] = ConceptMatch(one.concept, one.score, one.label.text, one.words)
    return named


def _spoken(content: Content) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each concept which share of the question's weight its words hold, and those words."""
    rare = rarity(content.language)
    asked = {one: rare[one] for one in content.told if one in rare}
    whole = sum(weight * weight for weight in asked.values())
    shares = {}
    for code, profile in profiles(content.language).items():
        words = tuple(one for one in asked if one in profile)
        if len(words) > 1 or (words and (len(asked) == 1 or asked[words[0]] > _RARE)):
            shares[code] = (sum(asked[one] ** 2 * profile[one] for one in words) / whole, words)
    top = max((share for share, _ in shares.values()), default=1.0)
    # The best of a long question is still a weak likeness: half of the measure is how it stands to the others.
    return {code: ((share + share / top) / 2, words) for code, (share, words) in shares.items()}
