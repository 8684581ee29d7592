"""No resource file names a key twice: the later value would replace the earlier one without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILES = [path for part in ("app", "extraction", "indexing", "nlp") for path in sorted((ROOT / part).rglob("*.yaml"))]


def repeated(node: yaml.Node | None) -> Iterator[str]:
    """Yield the keys that a mapping below ``node`` has twice, with their lines."""
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from repeated(one)
    if isinstance(node, yaml.MappingNode):
        names = Counter(str(key.value) for key, _ in node.value)
        yield from (f"{name}, line {node.start_mark.line + 1}" for name, count in names.items() if count > 1)
        for _, value in node.value:
            yield from repeated(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice(path: Path) -> None:
    assert list(repeated(yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader))) == []
