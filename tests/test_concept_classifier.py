"""Concepts of questions that name none, classified with the bundled encoder."""

import numpy as np
import pytest

from indexing.engines.protocol import VectorQuery
from indexing.search.concept_expansion import LearnedClassifier, classify_concepts, probabilities, query_stems
from indexing.settings import Settings
from indexing.vectors.encoder import FOLDER, open_encoder
from nlp.concepts.layer import concepts
from nlp.concepts.query import ConceptMatch, concepts_of_query

SHIPPED = pytest.mark.skipif(not (FOLDER / "model.onnx").exists(), reason="models/encoder holds no model")


def question(text: str, tmp_path_factory: pytest.TempPathFactory) -> VectorQuery:
    encoder = open_encoder(Settings(home=tmp_path_factory.mktemp("home")))
    assert encoder is not None
    return VectorQuery(encoder.version, encoder.query(text))


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
def test_the_situation_is_among_the_first_concepts(
    text: str, language: str, code: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stems = query_stems(text, language)
    matches = classify_concepts(concepts_of_query(text, language, 8), question(text, tmp_path_factory), stems, 5)
    assert code in [match.concept for match in matches], matches


@SHIPPED
def test_a_name_in_the_question_is_not_guessed_about(tmp_path_factory: pytest.TempPathFactory) -> None:
    named = concepts_of_query("blanqueo de capitales", "es", 8)
    query = question("blanqueo de capitales", tmp_path_factory)
    assert classify_concepts(named, query, query_stems("blanqueo de capitales", "es"), 5) == ()


@SHIPPED
def test_the_places_are_of_this_encoder_and_of_nearly_every_concept(tmp_path_factory: pytest.TempPathFactory) -> None:
    shares = probabilities(question("homicidio", tmp_path_factory), ())
    assert 0.9 < sum(shares.values()) < 1
    none = probabilities(question("mi vecina canta bien", tmp_path_factory), query_stems("mi vecina canta bien", "es"))
    assert sum(none.values()) < 0.5, "it tells of nothing"
    with np.load(FOLDER / "concepts.npz", allow_pickle=False) as held:
        assert len(set(concepts()) - set(held["ids"].tolist())) <= 10


def test_vectors_of_another_encoder_say_nothing() -> None:
    match = ConceptMatch("HOM", 0.4)
    assert classify_concepts([match], VectorQuery("another@1", np.zeros(384, np.float32)), ("veneno",), 5) == ()


@SHIPPED
def test_words_make_a_concept_likelier_that_the_vector_is_unsure_of(tmp_path_factory: pytest.TempPathFactory) -> None:
    query = question("The parcel held three kilos and a forged label", tmp_path_factory)
    without, beside = probabilities(query, ()), probabilities(query, query_stems("counterfeit banknotes", "en"))
    assert beside["CURRENCY"] > without["CURRENCY"]


def test_a_stem_adds_to_the_concepts_that_it_indicates_and_an_unknown_one_to_none() -> None:
    learned = LearnedClassifier(
        ids=("POISON", "THEFT"),
        vectors=np.zeros((2, 3), np.float32),
        biases=np.array([1.0, 0.0], np.float32),
        encoder="made@1",
        places={"veneno": 0, "bolso": 1},
        starts=np.array([0, 1, 3], np.int32),
        holders=np.array([0, 0, 1], np.uint16),
        says=np.array([0.5, 0.25, 0.75], np.float32),
    )
    vector = np.ones(3, np.float32)
    assert learned.logarithms(vector, ()).tolist() == [1.0, 0.0]
    assert learned.logarithms(vector, ("veneno", "jamás")).tolist() == [1.5, 0.0]
    assert learned.logarithms(vector, ("veneno", "bolso")).tolist() == [1.75, 0.75]


@pytest.mark.parametrize("language", ["", "de"])
def test_a_question_of_no_known_language_has_its_stems_in_all_four(language: str) -> None:
    assert query_stems("roubaram carteiras", "pt") < query_stems("roubaram carteiras", language)
    assert query_stems("roubaram carteiras", "es") <= query_stems("roubaram carteiras", language)
