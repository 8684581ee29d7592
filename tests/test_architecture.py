"""No import cycles, no oversized modules; a data file names each key once. ``make lint`` checks the layers."""

import ast
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGES = ("extraction", "nlp", "indexing", "app")
LONGEST_MODULE = 350
SHORT_MODULE, SHORT_SHARE = 40, 0.15


def modules() -> dict[str, Path]:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if "versions" not in file.parts]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(file: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules of ours that a module imports when it is loaded."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name in whole if name in known} or {node.module}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names & known.keys()


def test_no_module_imports_itself_through_others() -> None:
    known = modules()
    TopologicalSorter({name: imported(file, known) for name, file in known.items()}).prepare()


def test_modules_have_a_reasonable_size() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}
    own = [length for length in lengths.values() if length > 5]  # an __init__ holds a docstring at most
    assert sum(length < SHORT_MODULE for length in own) <= SHORT_SHARE * len(own)


def twice_named(node: yaml.Node, path: str = "") -> list[str]:
    """Return the keys that a mapping has twice: YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        return [found for item in node.value for found in twice_named(item, path)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = Counter(f"{path}/{key.value}" for key, _ in node.value)
    inner = [found for key, value in node.value for found in twice_named(value, f"{path}/{key.value}")]
    return [key for key, times in keys.items() if times > 1] + inner


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/**/resources/*.yaml")), ids=lambda file: file.stem)
def test_a_data_file_names_each_thing_once(file: Path) -> None:
    content = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert content is not None
    assert twice_named(content) == []
