"""Function words and verb forms by which phrases are cut, from ``resources/constituents.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extraction.resource import load
from nlp.dictionaries import lemmatize

_INFINITIVES = {
    "es": regex.compile(r"\w+(?:ar|er|ir)(?:l[aeo]s?|se)?"),
    "pt": regex.compile(r"\w+(?:ar|er|ir|por)(?:em)?(?:-\w+)?|\w+[aei]-l[ao]s?"),
    "fr": regex.compile(r"\w{2,}(?:er|ir|re)"),
}
_LEMMA = ("ar", "er", "ir", "re", "or")
_FUNCTION_WORDS = ("determiners", "conjunctions", "genitives", "adjuncts", "relatives")
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Words:
    """Function words and endings of one language (``resources/constituents.yaml``)."""

    language: str
    determiners: frozenset[str]
    conjunctions: frozenset[str]
    genitives: frozenset[str]
    governed: frozenset[str]
    adjuncts: frozenset[str]
    attached: frozenset[str]
    relatives: frozenset[str]
    adverbs: frozenset[str]
    clitics: frozenset[str]
    manners: regex.Pattern[str]
    articles: frozenset[str]
    attributes: regex.Pattern[str]
    compounds: regex.Pattern[str]
    circumstances: regex.Pattern[str]
    nouns: frozenset[str]
    singular: frozenset[str]
    feminine: frozenset[str]
    noun_endings: regex.Pattern[str]
    without: frozenset[str]
    loose: frozenset[str]
    purposeful: regex.Pattern[str]
    irregular_participles: regex.Pattern[str]
    particles: regex.Pattern[str]
    verbs: regex.Pattern[str]
    participles: regex.Pattern[str]
    gerunds: regex.Pattern[str]
    function_words: frozenset[str]

    def is_verb(self, word: str) -> bool:
        """Return whether a word is a verb by its ending or its lemma; function words are none."""
        if self.is_function_word(word) or word in self.nouns or self.gerunds.fullmatch(word):
            return False
        if self.verbs.fullmatch(word):
            return True
        return not self.participles.fullmatch(word) and lemma_is_infinitive(word, self.language)

    def is_infinitive(self, word: str) -> bool:
        """Return whether a folded word is an infinitive of the language."""
        pattern = _INFINITIVES.get(self.language)
        return bool(pattern and pattern.fullmatch(word)) and self.is_verb(word)

    def is_function_word(self, word: str) -> bool:
        return word in self.function_words


@cache
def words_of(language: str) -> Words | None:
    """Return the function words of ``language``, None where there are none."""
    listed = load("nlp.constituents").get(language)
    if listed is None:
        return None

    def listed_words(name: str) -> frozenset[str]:
        return frozenset(listed[name].split())

    return Words(
        language=language,
        determiners=listed_words("determiners"),
        conjunctions=listed_words("conjunctions"),
        genitives=listed_words("genitives"),
        governed=listed_words("governed"),
        adjuncts=listed_words("adjuncts"),
        attached=listed_words("attached"),
        relatives=listed_words("relatives"),
        adverbs=listed_words("adverbs"),
        clitics=listed_words("clitics"),
        articles=listed_words("articles"),
        without=listed_words("without"),
        loose=listed_words("loose"),
        purposeful=regex.compile(listed["purposeful"]),
        irregular_participles=regex.compile(listed["irregular_participles"]),
        nouns=listed_words("nouns"),
        singular=listed_words("singular"),
        feminine=listed_words("feminine"),
        noun_endings=regex.compile(rf"\w{{3,}}{listed['noun_endings']}"),
        attributes=regex.compile(rf"(?:{listed['attributes']})(?!\w)"),
        compounds=regex.compile(rf"(?:{listed['compounds']})(?!\w)"),
        circumstances=regex.compile(rf"(?:{listed['circumstances']})(?!\w)"),
        manners=regex.compile(rf"(?:{listed['manners']})(?!\w)"),
        particles=regex.compile(rf"\s+(?:{listed['particles']})(?!\w)"),
        verbs=regex.compile(listed["verbs"]),
        participles=regex.compile(listed["participles"]),
        gerunds=regex.compile(listed["gerunds"]),
        function_words=frozenset().union(*map(listed_words, _FUNCTION_WORDS)),
    )


@lru_cache(_CACHED)
def lemma_is_infinitive(word: str, language: str) -> bool:
    """Return whether a word is a form of a verb by the dictionary, as written or folded; third persons are not."""
    if not word or language == "en" or word.endswith(("s", "o")):  # no third persons
        return False
    lemma = lemmatize(word, language)
    return lemma != word and lemma.endswith(_LEMMA)
