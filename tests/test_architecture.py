"""Import cycles, module sizes, keys of data files, and names in the documentation; ``make lint`` checks the layers."""

import ast
import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from long_modules import LONG_MODULES

from app.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PACKAGES = ("extraction", "nlp", "indexing", "app")
SCRIPTS = ("models", "benchmarks")
MAX_MODULE_LENGTH = 350
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


def scripts() -> dict[str, Path]:
    """Return the modules of ``models/`` and ``benchmarks/``."""
    files = [file for folder in SCRIPTS for file in (ROOT / folder).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files}


def test_no_training_or_benchmark_imports_itself_through_others() -> None:
    known = scripts()
    TopologicalSorter({name: imported(file, known) for name, file in known.items()}).prepare()


def test_trainings_and_benchmarks_import_names_that_exist() -> None:
    # Read as well as imported (test_trainings.py): some need torch and more, which tests do not install.
    names = {name: bound(file) for name, file in (modules() | scripts()).items()}
    missing = [
        f"{script}: {node.module}.{alias.name}"
        for script, file in scripts().items()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.split(".")[0] in (*PACKAGES, *SCRIPTS)
        for alias in node.names
        if f"{node.module}.{alias.name}" not in names and alias.name not in names.get(node.module, ())
    ]
    assert missing == []


def bound(file: Path) -> set[str]:
    """Return the names that a module binds at its top level."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def test_modules_have_a_reasonable_size() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in modules().items()}
    assert {name: length for name, length in lengths.items() if length > MAX_MODULE_LENGTH} == {}
    own = [length for length in lengths.values() if length > 5]  # an __init__ holds a docstring at most
    assert sum(length < SHORT_MODULE for length in own) <= SHORT_SHARE * len(own)


def test_long_modules_of_tests_are_listed_once_and_exist() -> None:
    known = Counter(LONG_MODULES)
    assert [name for name, times in known.items() if times > 1] == []
    assert [name for name in known if not Path(__file__).with_name(f"test_{name}.py").exists()] == []


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


def mentioned_files(document: str) -> list[tuple[str, str]]:
    """Return (path, name) of the files that a document names in backquotes, as ``folder/file.py:function``."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|yaml|jsonl|po))(?::(\w+))?`", text)


@pytest.mark.parametrize("document", ["docs/architecture.md", "docs/security.md", "CONTRIBUTING.md", "README.md"])
def test_documentation_names_files_and_functions_that_exist(document: str) -> None:
    known = [file for folder in (*PACKAGES, "docs", "tests", "benchmarks") for file in (ROOT / folder).rglob("*.*")]
    unknown = []
    for path, name in mentioned_files(document):
        file = next((file for file in known if file.as_posix().endswith(f"/{path}")), None)
        if file is None or (name and name not in defined(file)):
            unknown.append(f"{path}:{name}")
    assert unknown == []


def test_the_readme_names_every_command_and_no_other() -> None:
    listed = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Command line")[2].split("```")[1]
    named = [words.partition("#")[0].split() for words in re.split(r"^rogatio |\|", listed, flags=re.MULTILINE)]
    assert {words[0] for words in named if words} >= set(COMMANDS)
    assert set(re.findall(r"^rogatio ([\w-]+)", listed, re.MULTILINE)) <= set(COMMANDS)


def defined(file: Path) -> set[str]:
    """Return the functions and classes of a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/**/resources/*.yaml")), ids=lambda file: file.stem)
def test_a_data_file_names_readers_that_exist(file: Path) -> None:
    readers = re.findall(r"\b(?:\w+/)+\w+\.py\b", file.read_text(encoding="utf-8"))
    assert [reader for reader in readers if not (ROOT / reader).exists()] == []


def test_each_migration_follows_the_one_before() -> None:
    names = sorted(path.name for path in (ROOT / "indexing/store/migrations/versions").glob("*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
