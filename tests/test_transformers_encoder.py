"""An encoder of the organisation in the format of transformers; skipped where the extra is not installed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.operations.doctor import State, examine
from extraction.errors import RogatioError
from indexing.settings import Settings
from indexing.vectors.encoder import Encoder, encoder_version, open_encoder

WHY = "THE EXTRA transformers IS NOT TESTED: not installed (pip install -r requirements-transformers.lock)"
torch = pytest.importorskip("torch", reason=WHY)
transformers = pytest.importorskip("transformers", reason=WHY)

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "casa", "perro", "rua", "ley"]


def write_model(folder: Path, **options: object) -> Path:
    """Write a small model with random weights, as ``save_pretrained`` does; ``options`` are its ``model.json``."""
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(folder)
    if options:
        (folder / "model.json").write_text(json.dumps(options))
    return folder


def opened(home: Path, folder: Path) -> Encoder:
    found = open_encoder(Settings(home, encoder=folder))
    assert found
    return found


def test_passages_are_unit_vectors_whatever_they_are_encoded_with(tmp_path: Path) -> None:
    encoder = opened(tmp_path, write_model(tmp_path / "own"))
    texts = ["casa", "perro rua casa " * 40, "", "perro"] * 50
    vectors = encoder.passages(texts)
    assert (vectors.shape, vectors.dtype) == ((200, 16), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)
    alone = np.concatenate([encoder.passages([text]) for text in texts[:4]])
    np.testing.assert_allclose(vectors, np.tile(alone, (50, 1)), rtol=1e-3, atol=1e-4)


def test_pooling_prefixes_and_length_are_those_of_its_files(tmp_path: Path) -> None:
    plain = opened(tmp_path, write_model(tmp_path / "plain"))
    first = write_model(tmp_path / "first")
    (first / "1_Pooling").mkdir()
    (first / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    assert not np.allclose(plain.passages(["casa perro"]), opened(tmp_path, first).passages(["casa perro"]), atol=1e-3)
    own = opened(tmp_path, write_model(tmp_path / "own", query_prefix="query: ", passage_prefix="passage: "))
    np.testing.assert_allclose(own.query("casa"), plain.query("query: casa"), atol=1e-5)
    np.testing.assert_allclose(own.passages(["casa"])[0], plain.query("passage: casa"), atol=1e-5)
    short = opened(tmp_path, write_model(tmp_path / "short", max_tokens=4))  # with the two marks of the model
    np.testing.assert_allclose(short.query("casa perro rua ley"), plain.query("casa perro"), atol=1e-5)


def test_other_weights_are_another_version(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "own")
    version = encoder_version(Settings(tmp_path, encoder=folder))
    assert version == opened(tmp_path, folder).version
    changed = write_model(tmp_path / "changed", query_prefix="query: ")
    assert encoder_version(Settings(tmp_path, encoder=changed)).partition("@")[2] != version.partition("@")[2]


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "own")
    for weights in folder.glob("*.safetensors"):
        weights.write_bytes(b"\0garbage")
    with pytest.raises(RogatioError, match=r"indexing\.encoder_not_found"):
        open_encoder(Settings(tmp_path, encoder=folder))


def test_an_installation_searches_with_it(tmp_path: Path) -> None:
    """Vectors are stored under its version, and ``doctor`` names it."""
    folder = write_model(tmp_path / "own")
    settings = Settings(tmp_path / "home", encoder=folder)
    (finding,) = [one for one in examine(settings) if one.name == "encoder"]
    assert (finding.state, finding.found) == (State.OK, encoder_version(settings))
