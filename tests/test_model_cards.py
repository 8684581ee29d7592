"""The card of each model: its sections, its length, and files, commands and links that exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CARDS = sorted((ROOT / "models").glob("*/README.md"))
SECTIONS = ["Use", "Input and output", "Training data", "Training", "Evaluation", "Limits", "Licence"]
LONGEST = 70  # lines; earlier readings belong to benchmarks/history


def test_every_model_has_a_card() -> None:
    folders = {path.parent for path in (ROOT / "models").glob("*/*.py")}
    assert {card.parent for card in CARDS} >= folders


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_a_card_is_short_and_has_the_sections_in_order(card: Path) -> None:
    text = card.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_a_card_names_files_and_commands_that_exist(card: Path) -> None:
    text = card.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:nlp|app|indexing|extraction|models|benchmarks|tests)/[\w/.-]+)`", text)
    own = re.findall(r"`(\w+\.(?:npz|json|jsonl|yaml|onnx|py))`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert [name for name in own if not (card.parent / name).exists()] == []
    modules = re.findall(r"python -m ([\w.]+)", text)
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []
