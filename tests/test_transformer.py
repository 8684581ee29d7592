"""Models in folders: batches by length, no session across a fork, clear errors."""

import multiprocessing
import os
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tiny_models import write_encoder, write_negative_head, write_tagger

from extraction.errors import RogatioError
from nlp import transformer
from nlp.transformer import Transformer, batches, open_model

WORDS = ["query", "passage", ":", "casa", "perro"]


@pytest.mark.parametrize(
    ("lengths", "most", "expected"),
    [
        ([], 10, []),
        ([3, 9, 1, 2], 10, [[1], [0, 3, 2]]),
        ([50, 2], 10, [[0], [1]]),
        ([5, 5, 5, 5], 10, [[0, 1], [2, 3]]),
        ([0, 0], 10, [[0, 1]]),
    ],
)
def test_batches_hold_a_bounded_number_of_tokens(lengths: list[int], most: int, expected: list[list[int]]) -> None:
    assert list(batches(lengths, most)) == expected


def test_batches_have_little_padding() -> None:
    lengths = [int(length) for length in np.random.default_rng(1).integers(1, 500, 3000)]
    groups = list(batches(lengths))
    assert sorted(number for group in groups for number in group) == list(range(3000))
    padded = [len(group) * max(lengths[number] for number in group) for group in groups]
    assert max(padded) <= transformer.TOKENS_AT_ONCE
    assert sum(padded) < 1.05 * sum(lengths)


def test_outputs_have_the_number_of_their_sequence(tmp_path: Path) -> None:
    model = Transformer(write_encoder(tmp_path, WORDS))
    texts = ["casa", "perro casa perro", "", "casa perro " * 500]
    sequences = [model.framed(encoding.ids) for encoding in model.tokenise(texts)]
    together = dict(model.run(sequences))
    for number, sequence in enumerate(sequences):
        ((_, alone),) = model.run([sequence])
        np.testing.assert_allclose(together[number], alone, rtol=1e-4, atol=1e-6)
    assert len(sequences[3]) == model.card.max_tokens


def test_neighbouring_tokens_become_pairs() -> None:
    """A last token without another one is a pair with itself; a row of fewer tokens ends earlier."""
    states = np.array([[[1], [2], [3]], [[4], [9], [9]], [[5], [6], [9]]], np.float32)
    mask = np.array([[1, 1, 1], [1, 0, 0], [1, 1, 0]])
    pairs, read = transformer.in_pairs(states, mask)
    assert read.tolist() == [[1, 1], [1, 0], [1, 0]]
    assert pairs[0].tolist() == [[1, 2], [3, 3]]
    assert pairs[1][0].tolist() == [4, 4]
    assert pairs[2][0].tolist() == [5, 6]


def test_a_head_goes_on_from_what_the_model_says(tmp_path: Path) -> None:
    """Without its file in the folder, the result is that of the model."""
    model = Transformer(write_encoder(tmp_path, WORDS))
    sequences = [model.framed(encoding.ids) for encoding in model.tokenise(["casa", "perro casa perro"])]
    before = dict(model.run(sequences))
    assert all(np.array_equal(vector, before[number]) for number, vector in model.run(sequences, "negative"))
    write_negative_head(tmp_path, "negative")
    assert all(np.array_equal(vector, -before[number]) for number, vector in model.run(sequences, "negative"))


def test_the_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    """onnxruntime 1.32 writes events to be sent to its maker into the user's home, unless told before it is loaded."""
    home = tmp_path / "home"
    home.mkdir()
    write_encoder(tmp_path / "model", WORDS)
    code = (
        "import sys; from pathlib import Path; from nlp.transformer import open_model\n"
        "print(len(list(open_model(Path(sys.argv[1])).run([[0, 5, 2]]))))"
    )
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), "ORT_DISABLE_TELEMETRY": "0"}
    request = [sys.executable, "-c", code, str(tmp_path / "model")]
    ran = subprocess.run(request, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "1\n"
    assert [*home.rglob("*")] == []


def test_whatever_loads_the_runtime_has_switched_its_record_off() -> None:
    root = Path(__file__).parent.parent
    sources = [path for package in ("nlp", "indexing", "app", "models") for path in (root / package).rglob("*.py")]
    before = {path.stem: re.split(r"^\s*(?:from|import) onnxruntime", path.read_text(), flags=re.M) for path in sources}
    loading = {name: parts[0] for name, parts in before.items() if len(parts) > 1}
    assert set(loading) == {"transformer", "export"}
    assert [name for name, above in loading.items() if 'os.environ["ORT_DISABLE_TELEMETRY"] = "1"' not in above] == []


def test_a_model_opened_before_a_fork_runs_after_it(tmp_path: Path) -> None:
    model = open_model(write_encoder(tmp_path, WORDS))
    ((_, here),) = model.run([[0, 7, 2]])
    assert transformer._session.cache_info().currsize
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        answers = [future.result(60) for future in [pool.submit(_run, tmp_path) for _ in range(4)]]
    for threads, process, right in answers:
        assert (threads, process != os.getpid()) == (1, True)
        np.testing.assert_array_equal(here, right)


def _run(folder: Path) -> tuple[int, int, np.ndarray]:
    ((_, vector),) = open_model(folder).run([[0, 7, 2]])
    return transformer.threads(), os.getpid(), vector


def test_outside_of_a_pool_every_processor_is_used() -> None:
    assert transformer.threads() == len(os.sched_getaffinity(0))


@pytest.mark.parametrize("missing", ["model.json", "tokenizer.json", "model.onnx"])
@pytest.mark.parametrize("damage", [None, b"", b"\0{garbage"])
def test_a_damaged_folder_is_named(tmp_path: Path, missing: str, damage: bytes | None) -> None:
    file = write_tagger(tmp_path, {"Ana": "B-PERSON"}) / missing
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)
    with pytest.raises(RogatioError, match=r"nlp\.model_unreadable") as raised:
        list(Transformer(tmp_path).run([[0, 2]]))
    assert raised.value.facts == {"folder": tmp_path}
