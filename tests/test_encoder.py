"""Text embeddings: with the bundled encoder, with another one, and without any."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tiny_models import write_encoder, write_negative_head

from app.operations.doctor import State, examine
from extraction.errors import RogatioError
from indexing.settings import Settings, settings_from
from indexing.vectors import encoder as embedding
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.transformer import Transformer, open_model

WORDS = ["query", "passage", ":", "casa", "perro", "rua"]
PASSAGES = (
    "Hurto\nEl que se apoderare de cosa mueble ajena será castigado con prisión de uno a tres años.",
    "Roubo\nSubtrair coisa móvel alheia mediante grave ameaça ou violência à pessoa: pena, reclusão de quatro anos.",
    "Extradition\nA request shall be accompanied by the warrant of arrest and the text of the law that was broken.",
    "Blanchiment\nLe fait de faciliter la justification mensongère de l'origine des biens est puni de cinq ans.",
    "Witnesses\nA witness may be heard by video link where it is not possible to appear before the court in person.",
)


@pytest.fixture
def encoder(tmp_path: Path) -> Encoder:
    opened = open_encoder(Settings(tmp_path, encoder=write_encoder(tmp_path / "tiny", WORDS)))
    assert opened
    return opened


def test_passages_are_unit_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = ["casa", "perro rua casa " * 40, "", "perro"] * 600
    vectors = encoder.passages(texts)
    assert (vectors.shape, vectors.dtype) == ((2400, encoder.dimensions), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(vectors, np.tile(encoder.passages(texts[:4]), (600, 1)), rtol=1e-4, atol=1e-6)
    assert encoder.passages([]).shape == (0, encoder.dimensions)


def test_a_query_has_its_own_prefix_and_is_kept(encoder: Encoder) -> None:
    vector = encoder.query("casa")
    assert vector.shape == (encoder.dimensions,)
    assert not np.allclose(vector, encoder.passages(["casa"])[0])
    assert encoder.query("casa") is vector
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1


def test_passages_may_have_layers_of_their_own(tmp_path: Path) -> None:
    """A folder with ``passages.onnx`` uses it for passages alone."""
    folder = write_negative_head(write_encoder(tmp_path / "two", WORDS), "passages")
    model, opened = Transformer(folder), open_encoder(Settings(tmp_path, encoder=folder))
    assert opened
    np.testing.assert_array_equal(opened.passages(["casa"]), -model.vectors(["passage : casa"]))
    np.testing.assert_array_equal(opened.query("casa"), model.vectors(["query : casa"])[0])


@pytest.mark.skipif(not (embedding.FOLDER / "passages.onnx").exists(), reason="models/encoder holds no model")
def test_the_layers_of_passages_give_nearly_the_vectors_of_the_encoder() -> None:
    model = open_model(embedding.FOLDER)
    texts = [model.card.passage_prefix + text for text in PASSAGES]
    whole, fewer = model.vectors(texts), model.vectors(texts, "passages")
    near = fewer @ whole.T
    assert near.diagonal().min() > 0.9
    assert near.argmax(axis=1).tolist() == [*range(len(texts))]


@pytest.mark.parametrize(
    "model",
    ["concept_tags/concepts", "request_declarations/weights", "request_network/weights", "request_roles/weights"],
)
def test_models_that_go_on_from_the_encoder_name_its_present_version(model: str) -> None:
    """A model of another version is not used, without an error."""
    opened = open_encoder(Settings(Path()))
    assert opened
    with np.load(embedding.FOLDER.parent / f"{model}.npz") as stored:
        assert str(stored["encoder"]) == opened.version


def test_name_and_version_say_whose_vectors_they_are(encoder: Encoder) -> None:
    assert (encoder.version, encoder.dimensions) == ("tiny-encoder@1", 8)


def test_without_files_there_is_no_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "FOLDER", tmp_path / "none")
    assert open_encoder(Settings(tmp_path)) is None
    assert state(Settings(tmp_path)) is State.OPTIONAL


def test_doctor_names_the_encoder(encoder: Encoder, tmp_path: Path) -> None:
    assert state(Settings(tmp_path, encoder=tmp_path / "tiny")) is State.OK
    (tmp_path / "empty").mkdir()
    assert state(Settings(tmp_path, encoder=tmp_path / "empty")) is State.MISSING


def state(settings: Settings) -> State:
    return next(one.state for one in examine(settings) if one.name == "encoder")


def test_the_environment_may_name_a_folder(tmp_path: Path) -> None:
    assert settings_from({"ROGATIO_ENCODER": str(tmp_path)}).encoder == tmp_path.resolve()
    assert settings_from({"ROGATIO_ENCODER": ""}).encoder is None


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.encoder_not_found"):
        open_encoder(Settings(tmp_path, encoder=tmp_path))


def test_a_folder_of_transformers_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(RogatioError, match=r"indexing\.encoder_needs") as raised:
        open_encoder(Settings(tmp_path, encoder=tmp_path))
    assert raised.value.facts["package"] == "torch"
