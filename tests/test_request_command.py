"""``rogatio request``: the machine-readable form used by scripts and other systems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from app.requests.command import request_command
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTER = "COMISIÓN ROGATORIA INTERNACIONAL\n\nHECHOS\n\nEl investigado abrió una cuenta.\n"


def run(*arguments: str, given: str | bytes = "") -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(request_command, list(arguments), input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_rows_keep_their_order_and_a_bad_row_fails_alone() -> None:
    good = [json.dumps({"id": number, "text": text}) for number, text in enumerate([LETTER, "", "\ud800 x"])]
    code, rows = run("--jsonl", given="\n".join([good[0], "not json", *good[1:]]))
    assert code == 1
    assert [row["id"] for row in rows] == [0, None, 1, 2]
    assert set(rows[1]) == {"id", "error"}
    assert set(rows[0]) == {"id", "document_type", "segments", "fields", "preflight"}
    assert rows[0]["document_type"] == "rogatory_letter"
    assert {check["key"]: check["state"] for check in rows[0]["preflight"]}["legal_basis"] == "missing"
    assert set(rows[0]["preflight"][0]) - {"start", "end"} == {"key", "state", "instrument", "provision", "message"}


def test_a_file_is_read_without_storing(tmp_path: Path) -> None:
    letter = tmp_path / "carta.txt"
    letter.write_text(LETTER, encoding="utf-8")
    code, rows = run(str(letter))
    assert code == 0
    assert rows[0]["id"] == str(letter)
    assert rows[0]["segments"][0]["start"] == 0


def test_provisional_arrest_is_a_request_for_extradition_in_the_fixed_form() -> None:
    text = "REQUEST FOR PROVISIONAL ARREST\n\nProvisional arrest of John Doe is requested with a view to extradition.\n"
    _, rows = run("--jsonl", given=json.dumps({"id": 1, "text": text}))
    assert rows[0]["document_type"] == "extradition_request"
    assert read_request(text, annotate(text)).document_type.value == "provisional_arrest_request"


def test_the_sentence_of_an_answer_says_what_could_not_be_executed() -> None:
    text = (
        "Juzgado Central de Instrucción n.º 5\nMadrid, 20 de noviembre de 2026\n\nA la Fiscalía General de Colombia\n\n"
        "En contestación a su carta rogatoria n.º 214 de 2026:\n1. Se adjuntan los extractos de la primera cuenta.\n"
        "2. No ha sido posible obtener los extractos de la segunda cuenta, por cuanto el número no es de ninguna.\n"
    )
    _, rows = run("--jsonl", given=json.dumps({"id": 1, "text": text}))
    outcome = rows[0]["outcome"]
    assert outcome["status"] == "partially_executed"
    assert "obtener los extractos de la segunda cuenta, por cuanto" in outcome["quote"]
    assert " ".join(text[outcome["start"] : outcome["end"]].split()) == outcome["quote"]
