"""Without the model files: documents are ingested and found by words, and ``doctor`` reports what is missing."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_server import commands, environment

ROOT = Path(__file__).parent.parent
LETTER = (
    "Comisión rogatoria\n\nMadrid, 3 de mayo de 2024\n\n"
    "La Audiencia Nacional solicita el embargo de las cuentas del Sr. Juan Pérez Gómez, conforme al artículo 301 del "
    "Código Penal.\n"
)
Rogatio = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def rogatio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rogatio]:
    """The packages beside which no folder ``models`` lies, with one letter ingested; workers find none either."""
    bare = tmp_path_factory.mktemp("bare")
    for package in ("extraction", "nlp", "indexing", "app"):
        (bare / package).symlink_to(ROOT / package)
    (bare / "in").mkdir()
    (bare / "in" / "letter.txt").write_text(LETTER, encoding="utf-8")
    with commands(env=environment(bare, ROGATIO_ENCODER="", LANGUAGE="en"), cwd=bare) as started:

        def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
            return started.run(bare / "home", "--language", "en", *arguments)

        report = json.loads(run("ingest", str(bare / "in"), "--json").stdout)
        assert (report["came_in"], report["indexed"], report["failed"]) == (1, 1, 0)
        yield run


@pytest.mark.parametrize("query", ["embargar cuenta", '"Juan Pérez Gómez"', "art. 301 código penal"])
def test_words_names_and_citations_find_it(rogatio: Rogatio, query: str) -> None:
    hits = json.loads(rogatio("search", query, "--json").stdout)["hits"]
    assert [(hit["source"], "meaning" in hit["why"]) for hit in hits] == [("letter.txt", False)]


def test_a_search_by_meaning_says_what_it_lacks(rogatio: Rogatio) -> None:
    result = rogatio("search", "freezing of assets", "--mode", "meaning")
    assert result.returncode == 3
    assert "rogatio doctor" in result.stderr


def test_status_and_search_say_that_it_is_by_words_alone(rogatio: Rogatio) -> None:
    assert "Lexical search only" in rogatio("status").stdout
    assert json.loads(rogatio("status", "--json").stdout)["encoder"] == ""
    assert "Lexical search only" in rogatio("search", "embargar cuenta").stdout
    assert "Lexical search only" not in rogatio("search", "embargar cuenta", "--mode", "words").stdout


def test_doctor_names_both_models_and_how_to_get_them(rogatio: Rogatio) -> None:
    rows = {row["name"]: row for row in json.loads(rogatio("doctor", "--json").stdout)}
    assert [rows[name]["state"] for name in ("entities", "encoder")] == ["optional", "optional"]
    assert all(rows[name]["get"] for name in ("entities", "encoder"))


def test_rules_still_see_persons_dates_courts_and_laws(rogatio: Rogatio, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    row = json.loads(rogatio("annotate", str(letter)).stdout)
    assert {"PERSON", "DATE", "COURT", "LAW"} <= {span["label"] for span in row["spans"]}
    assert not any(span["origin"].startswith("legal_ner") for span in row["spans"])
