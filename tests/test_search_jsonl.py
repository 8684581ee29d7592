"""``rogatio search --jsonl``: a malicious or invalid row does not affect the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import rogatio

GOOD = b'{"id": "z", "query": "blanqueo"}'
ROWS: list[tuple[bytes, object]] = [
    (b'{"id": "\\ud800", "query": "a"}', "\ud800"),
    (b'{"id": 1, "query": "\\ud800"}', 1),
    (b'{"id": 2, "query": "\xff"}', None),
    (b"[" * 100_000, None),
    (b'{"id": 3, "query": "a", "limit": 1e400}', 3),
    (b'{"id": 4, "query": "a", "limit": 99999999999999999999}', 4),
    (b'{"id": 5, "query": "a", "filters": {"year": [["2020"]]}}', 5),
    (b'{"id": 6, "query": "' + b"(" * 100_000 + b'"}', 6),
]


@pytest.mark.parametrize(("row", "identifier"), ROWS, ids=range(len(ROWS)))
def test_the_rows_around_it_are_answered(
    row: bytes, identifier: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    result = CliRunner().invoke(rogatio, ["search", "--jsonl"], input=GOOD + b"\n" + row + b"\n\n" + GOOD)
    assert isinstance(result.exception, SystemExit | None), result.exception
    told = [json.loads(line) for line in result.stdout_bytes.splitlines()]
    assert [one["id"] for one in told] == ["z", identifier, "z"]
    assert told[0] == told[2] == {"id": "z", "hits": []}


def test_a_misspelt_field_is_named_beside_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    row = b'{"id": 1, "query": "blanqueo", "filter": {"jurisdiction": ["ES"]}}'
    result = CliRunner().invoke(rogatio, ["search", "--jsonl"], input=row)
    assert json.loads(result.stdout) == {"id": 1, "hits": [], "ignored": ["filter.jurisdiction"]}
