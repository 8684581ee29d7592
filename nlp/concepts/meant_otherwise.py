"""Words in a provision that look like a label of a concept but have another meaning there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.provision_cues import ProvisionCues
from nlp.stems import content_stems


def is_other(code: str, name: str, alike: Mapping[str, frozenset[str]], language: str) -> bool:
    """Return whether a label was matched by a word with another meaning in this provision.

    "Trata de personas y tráfico ilícito de migrantes" has a word that never means smuggling, and its own label too.
    """
    return not alike.get(code, frozenset()).isdisjoint(content_stems(name, language))


def words_alike(place: ProvisionCues, words: str) -> Mapping[str, frozenset[str]]:
    """Return the concepts excluded by false friends in ``words``, with the stems of these words."""
    return _meant_otherwise(words, " ".join(place.above), place.language, place.jurisdiction, place.punishes)


@lru_cache(maxsize=20_000)
def _meant_otherwise(words: str, above: str, language: str, country: str, punished: bool) -> dict[str, frozenset[str]]:
    """Return the excluded concepts; in a punitive provision the meaning is an offence, else a measure."""
    excluded: dict[str, frozenset[str]] = {}
    for word in ambiguous_words(words, language):
        context = next(
            (other for other in ambiguous_words(f"{words} {above}", language) if other.friend == word.friend), word
        )
        meant = word.decided or context.decided or word.likeliest(country, punished)
        stems = frozenset(content_stems(word.term, language))
        others = word.friend.concepts() - {meant.concept} if meant else set()
        for code in {word.friend.kept_apart, *others} - {""}:
            excluded[code] = excluded.get(code, frozenset()) | stems
    return excluded
