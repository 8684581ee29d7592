"""Imports go one way: app -> indexing -> nlp -> extraction; data files say each thing once."""

import ast
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "extraction": {"extraction"},
    "nlp": {"nlp", "extraction"},
    "indexing": {"indexing", "nlp", "extraction"},
    "app": {"app", "indexing", "nlp", "extraction"},
}


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    ours = {path: imported(path) & set(MAY_IMPORT) for path in (ROOT / package).rglob("*.py")}
    assert ours
    assert {path: names - MAY_IMPORT[package] for path, names in ours.items() if names - MAY_IMPORT[package]} == {}


def twice_named(node: yaml.Node, path: str = "") -> list[str]:
    """Return the keys that a mapping has twice: YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        return [found for item in node.value for found in twice_named(item, path)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = Counter(f"{path}/{key.value}" for key, _ in node.value)
    inner = [found for key, value in node.value for found in twice_named(value, f"{path}/{key.value}")]
    return [key for key, times in keys.items() if times > 1] + inner


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/resources/*.yaml")), ids=lambda file: file.stem)
def test_a_data_file_names_each_thing_once(file: Path) -> None:
    content = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert content is not None
    assert twice_named(content) == []
