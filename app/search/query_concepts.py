"""Concepts of a query: named in it or classified from its words."""

from __future__ import annotations

from indexing.engines.protocol import VectorQuery
from indexing.search.concept_expansion import LOOKED_AT, classify_concepts, query_stems
from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from nlp.concepts.abbreviations import spelled_out
from nlp.concepts.query import ConceptMatch, concepts_of_query
from nlp.language import find_segments

_SENTENCE = 4  # words
_MIN_PROBABILITY = 0.03
"""Made-up words, names and numbers of articles stay below it (25 of 28); cases that people tell seldom do."""


def query_concepts(settings: Settings, text: str, language: str = "", most: int = 5) -> tuple[ConceptMatch, ...]:
    """Return the concepts of ``text``, best first, by names, by words and, with an encoder, by meaning.

    ``language`` is that of the question, empty if unknown: it is identified for a sentence, while one or two words may
    be of any language. Abbreviations ("TdP", "LA/FT") are spelled out.
    """
    language = language or _language(text)
    text = spelled_out(text, language)
    matches = concepts_of_query(text, language, max(most, LOOKED_AT))
    encoder = open_encoder(settings) if text else None
    question = VectorQuery(encoder.version, encoder.query(text)) if encoder else None
    if classified := classify_concepts(matches, question, query_stems(text, language), most):
        return classified if classified[0].score >= _MIN_PROBABILITY else ()
    return matches[:most]


def _language(text: str) -> str:
    return find_segments(text)[0].label if len(text.split()) >= _SENTENCE else ""
