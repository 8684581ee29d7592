"""Checks that apply to documents of every format."""

from pathlib import Path

from extraction.document import Document
from extraction.read import read

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def document(tmp_path: Path, name: str, content: str | bytes) -> Document:
    """Read ``content`` as the store does: from a path without an extension, under the file's own name."""
    path = tmp_path / "original"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path, tmp_path / "members", name=name).document
    assert found is not None
    check(found)
    return found


def check(found: Document) -> None:
    """Blocks follow one another, cover all but the blanks, and cells lie in their tables."""
    end = 0
    for block in found.blocks:
        assert block.end > block.start >= end
        assert found.text[end : block.start].strip() == ""
        end = block.end
    assert found.text[end:].strip() == ""
    assert found.pages[0].start == 0
    assert found.pages[-1].end == len(found.text)
    for table in found.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


def outline(found: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, found.text[block.start : block.end]) for block in found.blocks]
