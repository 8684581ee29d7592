"""Text embeddings: with the bundled encoder, with another one, and without any."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tiny_models import write_encoder

from app.operations.doctor import State, examine
from extraction.errors import RogatioError
from indexing.settings import Settings, settings_from
from indexing.vectors import encoder as embedding
from indexing.vectors.encoder import Encoder, open_encoder

WORDS = ["query", "passage", ":", "casa", "perro", "rua"]


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
