"""Vectors of sentences in the reading of requests: encoded once, read by the choice of type and by declarations."""

from __future__ import annotations

import numpy as np

from nlp.pipeline import annotate
from nlp.requests.letter_types.choice import trained_weights, vector_features
from nlp.requests.reading import request_context
from nlp.requests.sentence_vectors import MAX_LENGTH, embed, embed_once, encodable
from nlp.transformer import Vector

LETTER = """Attorney General's Chambers
To: Fiscalía General, Asunción

Dear colleague,

What you wanted about the Encarnación account has come in from the bank, and I send it on with this letter.
"""


def test_a_text_is_encoded_once() -> None:
    known: dict[str, Vector] = {"first": np.full_like(embed(["first"])[0], 0.5)}
    found = embed_once(["second", "first", "second"], known)
    assert np.array_equal(found[1], known["first"])
    assert np.array_equal(found[0], found[2])
    assert set(known) == {"first", "second"}


def test_the_choice_of_type_leaves_its_vectors_to_the_other_readers() -> None:
    context = request_context(LETTER, annotate(LETTER))
    sentences = [encodable(context.flow.cased[one.start : one.end]) for one in context.sentences]
    assert set(sentences) <= set(context.encoded)


def test_features_of_vectors_have_weights_and_none_without_vectors() -> None:
    features = vector_features("title_vector", embed(["Request for assistance", "Letter of request"]))
    assert set(features) & set(trained_weights()["mla_request"])
    assert vector_features("title_vector", embed([])) == {}


def test_text_for_the_encoder_is_short_and_has_no_lone_surrogates() -> None:
    assert encodable("a\ud800b") == "a?b"
    assert len(encodable("a" * 2 * MAX_LENGTH)) == MAX_LENGTH
