"""Concepts of a question that names none, by the encoder that ships."""

import numpy as np
import pytest

from indexing.embedding import FOLDER, open_encoder
from indexing.engine import Question
from indexing.search.told_concepts import probabilities, told_concepts
from indexing.settings import Settings
from nlp.concepts.layer import concepts
from nlp.concepts.query import ConceptMatch, concepts_of_query

SHIPPED = pytest.mark.skipif(not (FOLDER / "model.onnx").exists(), reason="models/encoder holds no model")


def question(text: str, tmp_path_factory: pytest.TempPathFactory) -> Question:
    encoder = open_encoder(Settings(home=tmp_path_factory.mktemp("home")))
    assert encoder is not None
    return Question(encoder.version, encoder.query(text))


@SHIPPED
@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("He put arsenic in his partner's tea until she died", "en", "HOM"),
        ("Se llevaron la moto que estaba en la calle mientras dormíamos", "es", "THEFT"),
        ("Falsificou a assinatura do pai na escritura e levou-a ao cartório", "pt", "DOCFRAUD"),
        ("On exige de moi de l'argent chaque mois sinon ils brûlent mon café", "fr", "EXT"),
        ("Le encontraron quince paquetes de cocaína escondidos en el camión", "es", "DRUG"),
    ],
)
def test_what_is_told_is_among_the_first_concepts(
    text: str, language: str, code: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    matches = told_concepts(concepts_of_query(text, language, 8), question(text, tmp_path_factory), 5)
    assert code in [match.concept for match in matches], matches


@SHIPPED
def test_a_name_in_the_question_is_not_guessed_about(tmp_path_factory: pytest.TempPathFactory) -> None:
    named = concepts_of_query("blanqueo de capitales", "es", 8)
    asked = question("blanqueo de capitales", tmp_path_factory)
    assert told_concepts(named, asked, 5) == ()


@SHIPPED
def test_the_places_are_of_this_encoder_and_of_nearly_every_concept(tmp_path_factory: pytest.TempPathFactory) -> None:
    shares = probabilities(question("homicidio", tmp_path_factory))
    assert 0.9 < sum(shares.values()) < 1
    assert sum(probabilities(question("mi vecina canta bien", tmp_path_factory)).values()) < 0.5, "it tells of nothing"
    with np.load(FOLDER / "concepts.npz", allow_pickle=False) as held:
        assert len(set(concepts()) - set(held["ids"].tolist())) <= 10


def test_vectors_of_another_encoder_say_nothing() -> None:
    match = ConceptMatch("HOM", 0.4)
    assert told_concepts([match], Question("another@1", np.zeros(384, np.float32)), 5) == ()
