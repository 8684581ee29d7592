"""The page of the benchmarks, its history and the cards of models: links and commands exist, and cells stay short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "benchmarks/README.md", *sorted((ROOT / "benchmarks/history").glob("*.md"))]
CARDS = sorted((ROOT / "models").glob("*/README.md"))
LONGEST_CELL = 25  # words; what needs more belongs to a paragraph


def rows(page: Path) -> Iterator[list[str]]:
    """Yield the cells of each table row of a page."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("|"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, *CARDS], ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for path, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


@pytest.mark.parametrize("page", [*PAGES, *CARDS], ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_tables_have_short_cells_and_the_columns_of_their_head(page: Path) -> None:
    assert [cell for row in rows(page) for cell in row if len(cell.split()) > LONGEST_CELL] == []
    for table in re.findall(r"(?:^ *\|.*\n)+", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert len({line.strip().count("|") for line in table.splitlines()}) == 1, table


def test_the_page_names_benchmarks_that_exist() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    listed = re.findall(r"`(\w+)[^`]*`", text.partition("## What each command measures")[2].partition("\n## ")[0])
    commands = [row[4] for row in rows(PAGES[0]) if len(row) == 5 and row[0] not in ("measure", "---")]
    named = {*listed, *re.findall(r"`(\w+)", " ".join(commands))}
    assert {name for name in named if not (ROOT / f"benchmarks/{name}.py").exists()} <= {"people"}
    modules = (ROOT / "benchmarks").glob("*.py")
    assert {module.stem for module in modules if "__main__" in module.read_text(encoding="utf-8")} <= named
