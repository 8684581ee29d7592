"""Python files in the folder where a command runs are documents at most, and never executed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
HOSTILE = (
    "yaml.py",
    "nlp/__init__.py",
    "app/__init__.py",
    "indexing/__init__.py",
    "multiprocessing/__init__.py",
    "pebble.py",
    "socket.py",
    "threading.py",
)
SERVED = "Rogatio is at"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder with a letter and Python files that leave a trace when they are executed."""
    folder = tmp_path / "received"
    for name in HOSTILE:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"open({str(tmp_path / 'executed')!r}, 'a').write({name + chr(10)!r})\n")
    (folder / "extraction" / "resources").mkdir(parents=True)
    (folder / "letter.txt").write_text("LETTER OF REQUEST\n\nTo the court of Lisbon: take a statement.\n")
    return folder


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    """Return the command as an installed script starts it: with the folder of the script on the path."""
    script = tmp_path / "bin" / "rogatio-command"
    script.parent.mkdir()
    script.write_text("import sys\nfrom app.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n")
    return [sys.executable, str(script)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return {**kept, "PYTHONPATH": str(REPOSITORY), "ROGATIO_HOME": str(tmp_path / "home")}


def _executed(folder: Path) -> list[str]:
    trace = folder.parent / "executed"
    return trace.read_text().split() if trace.exists() else []


def test_an_ingest_executes_nothing_of_the_current_folder(
    hostile: Path, program: list[str], environment: dict[str, str]
) -> None:
    command = [*program, "ingest", "letter.txt", "--collection", "lisbon"]
    done = subprocess.run(command, cwd=hostile, env=environment, capture_output=True, text=True, timeout=300)
    assert _executed(hostile) == []
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_given_to_the_interpreter_does_not_either(hostile: Path, environment: dict[str, str]) -> None:
    code = "import sys; here = sys.path.pop(0); from app.cli import main; sys.path.insert(0, here); main()"
    command = [sys.executable, "-c", code, "ingest", "letter.txt", "--collection", "lisbon"]
    done = subprocess.run(command, cwd=hostile, env=environment, capture_output=True, text=True, timeout=300)
    assert _executed(hostile) == []
    assert done.returncode == 0, done.stderr


@pytest.fixture
def serving(hostile: Path, program: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [*program, "--language", "en", "serve", "--port", "0", "--processes", "2"]
    with subprocess.Popen(command, cwd=hostile, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.terminate()  # an interrupt is ignored where the tests run in the background


def test_further_server_processes_execute_nothing_of_it(serving: subprocess.Popen[str], hostile: Path) -> None:
    assert serving.stdout is not None
    assert SERVED in serving.stdout.readline()
    assert _executed(hostile) == []
