"""Imports go one way: app -> indexing -> nlp -> extraction."""

import ast
from pathlib import Path

import pytest

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
