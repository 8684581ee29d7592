"""Build cache: what is kept between processes, when it is not used, and that results are the same with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import regex
import yaml
from small_disk import small_disk

from app.operations.prepare import RESOURCES
from extraction import build_cache, resource
from extraction.build_cache import kept, read_entry, write_entry
from nlp import compiled_patterns
from nlp.compiled_patterns import compiled

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def patterns(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, object]:
    """The expressions of this process, none at first."""
    store: dict[bytes, object] = {}
    monkeypatch.setattr(compiled_patterns, "_store", lambda: store)
    return store


def test_an_entry_is_read_for_the_same_source_only() -> None:
    write_entry("a", b"source", b"payload")
    assert read_entry("a", b"source") == b"payload"
    assert read_entry("a", b"another") is None
    assert read_entry("b", b"source") is None


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-1], lambda whole: b"", lambda whole: whole[:-1] + b"!", lambda whole: whole + b"x"]
)
def test_a_damaged_entry_is_not_used(folder: Path, damage: object) -> None:
    write_entry("a", b"source", b"payload")
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert read_entry("a", b"source") is None


def test_source_and_payload_are_told_apart() -> None:
    write_entry("a", b"ab", b"c")
    assert read_entry("a", b"a") is None


def test_a_result_is_made_once_for_each_source() -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(len(made))
        return list(made)

    assert [kept("a", source, list[int], make) for source in (b"1", b"1", b"2")] == [[0], [0], [0, 1]]


def test_a_result_of_another_shape_is_made_again() -> None:
    kept("counted", b"1", dict[str, str], lambda: {"a": "one"})
    assert kept("counted", b"1", dict[str, int], lambda: {"a": 1}) == {"a": 1}
    assert kept("counted", b"1", dict[str, int], dict) == {"a": 1}


def test_nothing_is_written_where_that_is_not_possible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file, so that no folder can be made below it")
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "file" / "cache")
    assert kept("a", b"1", int, lambda: 5) == kept("a", b"1", int, lambda: 5) == 5


def test_a_full_disk_keeps_no_part_of_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        monkeypatch.setattr(build_cache, "FOLDER", disk / "cache")
        write_entry("a", b"source", b"payload")
        write_entry("a", b"source", bytes(2 << 20))
        assert read_entry("a", b"source") == b"payload"
        assert [file.name for file in (disk / "cache").iterdir()] == ["a.cache"]


def test_entries_are_readable_by_every_user_and_leave_no_other_file(folder: Path) -> None:
    umask = os.umask(0o077)
    try:
        write_entry("a", b"source", b"payload")
        write_entry("a", b"source", b"payload")
    finally:
        os.umask(umask)
    assert [(file.name, oct(file.stat().st_mode)[-3:]) for file in folder.iterdir()] == [("a.cache", "644")]


@pytest.mark.parametrize("name", RESOURCES)
def test_a_resource_is_the_same_from_the_cache(name: str) -> None:
    package, _, file = name.rpartition(".")
    parsed = yaml.load((ROOT / package / f"resources/{file}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    load = resource.load.__wrapped__
    assert repr(load(name)) == repr(load(name)) == repr(parsed)


@pytest.mark.parametrize(
    ("expression", "flags", "text"),
    [
        (r"(?<![\p{L}\d])(?P<kind>ley|lei)\s(\d+)", regex.V0 | regex.I, "La LEY 19574"),
        (r"^art(?>ículo)?\.? (?P<n>\d+)$", regex.MULTILINE, "uno\nartículo 5\n"),
        (r"(?:ab){e<=1}", 0, "xxacb"),
        (r"(?(DEFINE)(?P<q>\d+))x(?&q)", 0, "x12"),
        (r"añ[oó]\b", regex.I | regex.V0, "AÑO"),
    ],
)
def test_an_expression_from_the_cache_matches_the_same(
    patterns: dict[bytes, object], expression: str, flags: int, text: str
) -> None:
    first, plain = compiled(expression, flags), regex.compile(expression, flags)
    assert len(patterns) == 1
    second = compiled(expression, flags)
    found, expected = second.search(text), plain.search(text)
    assert expected is not None
    assert found is not None
    assert (found.span(), found.groupdict(), found.regs) == (expected.span(), expected.groupdict(), expected.regs)
    assert (second.pattern, second.flags) == (first.pattern, first.flags) == (plain.pattern, plain.flags)


def test_flags_make_another_expression(patterns: dict[bytes, object]) -> None:
    assert compiled("a").match("A") is None
    assert compiled("a", regex.I).match("A") is not None
    assert compiled("a").match("A") is None


def test_expressions_are_kept_for_the_next_process(folder: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom extraction import build_cache\n"
        "build_cache.FOLDER = Path(sys.argv[1])\n"
        "import nlp.compiled_patterns as patterns\n"
        "print(len(patterns._store()))\npatterns.compiled('a+b')\npatterns.compiled(sys.argv[2])"
    )
    command = [sys.executable, "-c", program, str(folder)]
    counts = [
        subprocess.run([*command, more], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()
        for more in ("c", "d", "d")
    ]
    assert counts == ["0", "2", "3"]


def test_preparation_fills_the_cache(folder: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom extraction import build_cache\n"
        "build_cache.FOLDER = Path(sys.argv[1])\nfrom app.operations.prepare import main\nmain()"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, cwd=ROOT)
    names = {file.name.removesuffix(".cache") for file in folder.iterdir()}
    assert names >= {
        "patterns",
        "nlp.lemmas.pt",
        "nlp.concepts",
        "nlp.language_table",
        "nlp.iso_names",
        "app.translations.fr",
        "nlp.courts",
    }
