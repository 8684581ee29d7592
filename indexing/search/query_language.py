"""Language of a query: as stated, else that of the name that it is, else those of its words."""

from __future__ import annotations

from indexing.analysis.lemmas import languages_of_words
from indexing.search.concept_expansion import ConceptExpansion
from nlp.concepts.layer import concept
from nlp.folding import fold


def languages_of_query(text: str, stated: str, names: ConceptExpansion | None) -> frozenset[str]:
    """Return the possible languages of a query, none if nothing tells them.

    Words that several languages share ("legítima defensa") are of the language in which they are the name of a concept.
    """
    if stated:
        return frozenset({stated})
    by_words, by_name = languages_of_words(text), _languages_of_name(text, names)
    return by_words & by_name or by_name or by_words


def _languages_of_name(text: str, names: ConceptExpansion | None) -> frozenset[str]:
    labels = (label for match in names.matches for label in concept(match.concept).labels) if names else ()
    asked = fold(text).strip()
    return frozenset(label.language for label in labels if fold(label.text) == asked)
