"""Words in a provision that look like the name of a concept and mean something else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nlp.concepts.false_friends import ambiguous_words
from nlp.concepts.provision_cues import ProvisionCues
from nlp.stems import content_stems


def is_other(code: str, name: str, alike: Mapping[str, frozenset[str]], language: str) -> bool:
    """Tell whether a name is read from a word that looks like it and means something else here.

    "Trata de personas y tráfico ilícito de migrantes" holds a word that never means smuggling, and its own name too.
    """
    return not alike.get(code, frozenset()).isdisjoint(content_stems(name, language))


def words_alike(place: ProvisionCues, words: str) -> Mapping[str, frozenset[str]]:
    """Return the concepts that words which look like their names do not mean here, with the stems of these words."""
    return _meant_otherwise(words, " ".join(place.above), place.language, place.jurisdiction, place.punishes)


@lru_cache(maxsize=20_000)
def _meant_otherwise(words: str, above: str, language: str, country: str, punished: bool) -> dict[str, frozenset[str]]:
    """Return what false friends in ``words`` do not mean; what punishes speaks of an offence, else of a measure."""
    out: dict[str, frozenset[str]] = {}
    for word in ambiguous_words(words, language):
        context = next(
            (one for one in ambiguous_words(f"{words} {above}", language) if one.friend == word.friend), word
        )
        meant = word.decided or context.decided or word.likeliest(country, punished)
        stems = frozenset(content_stems(word.term, language))
        others = word.friend.concepts() - {meant.concept} if meant else set()
        for code in {word.friend.kept_apart, *others} - {""}:
            out[code] = out.get(code, frozenset()) | stems
    return out
