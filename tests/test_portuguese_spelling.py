"""Both spellings of Portuguese: with and without the consonants that the agreement of 1990 drops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from nlp.concepts.query import concepts_of_query
from nlp.portuguese_spelling import other_spellings


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("recetação", ("receptação",)),
        ("receptação", ("recetação",)),
        ("direto", ("directo",)),
        ("objecto", ("objeto",)),
        ("infração", ("infracção",)),
        # Sounded consonants: other words without them.
        ("pacto", ()),
        ("pato", ()),
        ("rapto", ()),
        ("rato", ()),
        ("apto", ()),
        ("ato", ("acto",)),
        ("carta", ()),
    ],
)
def test_the_other_spelling_of_a_word(word: str, others: tuple[str, ...]) -> None:
    assert other_spellings(word) == others


@pytest.mark.parametrize(
    ("query", "concept"),
    [("receptação", "RECEIV"), ("recetação", "RECEIV"), ("recetacao", "RECEIV"), ("rato", None), ("prática", None)],
)
def test_concepts_are_recognised_in_both_spellings(query: str, concept: str | None) -> None:
    best = next(iter(concepts_of_query(query, "pt")), None)
    assert (best.concept if best and best.label else None) == concept


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("spelling")
    for name, words in (
        ("brasil", "Comete receptação quem adquire a coisa. O ato objeto da infração é o projeto."),
        ("portugal", "Comete recetação quem adquire a coisa. O facto é o objecto da acção."),
        ("animais", "O rato é um animal e não é objeto de nenhum pato."),
    ):
        (folder / f"{name}.txt").write_text(f"Da aplicação da lei penal.\n\n{words}\n", encoding="utf-8")
    opened = Installation(Settings(folder / "home"))
    ingest(opened, sorted(folder.glob("*.txt")))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("recetação", {"brasil.txt", "portugal.txt"}),
        ("receptação", {"brasil.txt", "portugal.txt"}),
        ("infracção", {"brasil.txt"}),
        ("ação", {"portugal.txt"}),
        ("rapto", set()),
        ("pacto", set()),
    ],
)
def test_a_search_finds_both_spellings(installation: Installation, query: str, found: set[str]) -> None:
    result = search(installation, SearchRequest(query, mode="words", language="pt"))
    assert {hit.source for hit in result.hits} == found
