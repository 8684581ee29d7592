"""``rogatio annotate``: the machine-readable form used by scripts and other systems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import hostile_files
import pytest
from click.testing import CliRunner

import app.annotation.command
import nlp.pipeline
from app.annotation.command import annotate_command
from extraction.errors import LANGUAGES, sentence
from extraction.worker import MEBIBYTE, Limits

ITEM = {"start", "end", "label", "value", "confidence", "origin"}
LAW = "# Ley 1 de 2020\n\n## TÍTULO I\n\nArtículo 1. Objeto.\n\nLa trata de personas.\n\nArtículo 2. Fin.\n\nFin."


def run(*arguments: str, given: str | bytes = "") -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(annotate_command, list(arguments), input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_text_on_standard_input() -> None:
    code, rows = run(given=LAW)
    assert code == 0
    assert len(rows) == 1
    row = rows[0]
    assert set(row) == {"id", "text", "document_type", "segments", "structure", "spans"}
    assert row["text"] == LAW
    assert row["document_type"]["label"] == "statute"
    assert {segment["label"] for segment in row["segments"]} == {"es"}
    assert ("OFFENCE", "THB") in [(span["label"], span["value"]) for span in row["spans"]]
    for item in [row["document_type"], *row["segments"], *row["structure"], *row["spans"]]:
        assert item.keys() >= ITEM
        assert 0 <= item["start"] <= item["end"] <= len(row["text"])
    articles = [unit for unit in row["structure"] if unit["label"].startswith("art. ")]
    assert [unit["label"] for unit in articles] == ["art. 1", "art. 2"]
    assert articles[0]["path"]


def test_offsets_are_code_points() -> None:
    text = "😀 La trata de personas y el lavado de activos."
    _, rows = run(given=text)
    spans = {span["value"]: text[span["start"] : span["end"]] for span in rows[0]["spans"]}
    assert spans["THB"] == "trata de personas"


def test_files(tmp_path: Path) -> None:
    law = tmp_path / "ley.md"
    law.write_text(LAW, encoding="utf-8")
    code, rows = run(str(law))
    assert code == 0
    assert rows[0]["id"] == str(law)
    assert rows[0]["document_type"]["label"] == "statute"


def test_a_file_inside_a_file_and_one_that_fails(tmp_path: Path) -> None:
    package = tmp_path / "todo.zip"
    with ZipFile(package, "w") as files:
        files.writestr("ley.md", LAW)
        files.writestr("roto.pdf", b"%PDF-1.7 nada")
    code, rows = run(str(package))
    assert code == 1
    assert {row["id"] for row in rows} == {f"{package}/ley.md", f"{package}/roto.pdf"}
    failed = next(row for row in rows if row["id"].endswith("roto.pdf"))
    assert set(failed) == {"id", "error"}
    assert failed["error"].startswith("extraction.")


def test_a_hostile_file_fails_alone_and_rows_stay_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        app.annotation.command, "LIMITS", Limits(memory=640 * MEBIBYTE, seconds=60, processor_seconds=60)
    )
    (tmp_path / "a.md").write_text(LAW)
    (tmp_path / "b.csv").write_bytes(b"a;b\n" + b"x;y\n" * 12_000_000)
    with ZipFile(tmp_path / "c.zip", "w") as package:
        package.writestr("uno.txt", "La ley.")
        package.writestr("dos.txt", "The law.")
    (tmp_path / "d.png").write_bytes(hostile_files.png(60_000, 60_000))
    (tmp_path / "e.txt").write_text("Fin.")
    files = [str(tmp_path / name) for name in ("a.md", "b.csv", "c.zip", "d.png", "e.txt")]
    code, rows = run(*files)
    reported = [(Path(row["id"]).relative_to(tmp_path).as_posix(), row.get("error", "")) for row in rows]
    assert code == 1
    assert [name for name, _ in reported] == ["a.md", "b.csv", "c.zip/uno.txt", "c.zip/dos.txt", "d.png", "e.txt"]
    assert [bool(error) for _, error in reported] == [False, True, False, False, True, False]
    assert all(error.startswith("extraction.") for _, error in reported if error)


def test_a_row_that_takes_too_long_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its processor time is limited as that of a file."""
    run("--jsonl", given=json.dumps({"id": "warm", "text": "La ley."}))
    monkeypatch.setattr(app.annotation.command, "LIMITS", Limits(processor_seconds=2))
    long = {"id": "long", "text": "Se solicita la asistencia de Juan Pérez. " * 60_000}
    code, rows = run("--jsonl", given="\n".join(map(json.dumps, (long, {"id": "next", "text": "La ley."}))))
    assert code == 1
    assert rows[0] == {"id": "long", "error": "extraction.time_limit"}
    assert rows[1]["text"] == "La ley."


def test_rows_in_order_with_their_text_unchanged() -> None:
    texts = ["uno\r\ndos\t", "", " \u00a0 ", "e\u0301", "\ud800 x", "Le juge a dit que la loi s'applique."]
    given = "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
    code, rows = run("--jsonl", given=given)
    assert code == 0
    assert [(row["id"], row["text"]) for row in rows] == list(enumerate(texts))
    assert rows[-1]["segments"][0]["label"] == "fr"


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        ('{"id": "a"}', "a"),
        ('{"id": "b", "text": 5}', "b"),
        ('{"id": "c", "text": null}', "c"),
        ("not json", None),
        ("[1, 2]", None),
        ('"text"', None),
        ("[" * 100_000, None),
    ],
)
def test_a_row_that_fails_is_reported_and_the_others_continue(line: str, identifier: str | None) -> None:
    good = json.dumps({"id": "z", "text": "hola"})
    code, rows = run("--jsonl", given=f"{good}\n{line}\n\n{good}\n")
    assert code == 1
    assert rows[1] == {"id": identifier, "error": "app.row_unreadable"}
    assert [row["id"] for row in rows] == ["z", identifier, "z"]


def test_rows_that_fail_are_told_with_their_id_or_their_line() -> None:
    given = '{"id": "c", "text": null}\n\nnot json\n{"id": 1, "text": "hola"}\n'
    result = CliRunner().invoke(annotate_command, ["--jsonl"], input=given)
    assert [(json.loads(row)["id"], "error" in json.loads(row)) for row in result.stdout.splitlines()] == [
        ("c", True),
        (None, True),
        (1, False),
    ]
    assert [told.partition(":")[0] for told in result.stderr.splitlines()] == ["c", "3"]
    assert result.exit_code == 1


def test_bytes_that_are_no_text() -> None:
    code, rows = run("--jsonl", given=b'{"id": 1, "text": "\xff"}\n{"id": 2, "text": "a"}\n')
    assert code == 1
    assert [("error" in row) for row in rows] == [True, False]


def test_a_pipeline_that_breaks_on_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = nlp.pipeline.annotate

    def breaks(text: str) -> Any:
        if text == "breaks":
            raise ZeroDivisionError
        return whole(text)

    monkeypatch.setattr(nlp.pipeline, "annotate", breaks)
    code, rows = run("--jsonl", given='{"id": 1, "text": "breaks"}\n{"id": 2, "text": "a"}\n')
    assert code == 1
    assert rows[0] == {"id": 1, "error": "nlp.annotation_failed"}
    assert rows[1]["id"] == 2


def test_errors_have_sentences() -> None:
    for language in LANGUAGES:
        assert sentence("nlp.annotation_failed", language)


def test_a_missing_file_is_wrong_usage() -> None:
    result = CliRunner().invoke(annotate_command, ["/does/not/exist"])
    assert result.exit_code == 2
    assert "/does/not/exist" in result.stderr


@pytest.mark.parametrize("options", [(), ("--jsonl",)])
def test_a_missing_file_among_others_fails_alone_and_is_named(options: tuple[str, ...], tmp_path: Path) -> None:
    there = tmp_path / "a.txt"
    there.write_text('{"id": "there", "text": "hola"}')
    missing = str(tmp_path / "nofile.txt")
    result = CliRunner().invoke(annotate_command, [*options, missing, str(there)])
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {"id": missing, "error": "app.no_file"}
    assert "error" not in second
    assert missing in result.stderr.partition(":")[0]
    assert result.exit_code == 1
