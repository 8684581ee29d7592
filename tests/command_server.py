"""Runs commands of ``rogatio`` in one other process, which loads the program once for all of them.

As a program, it reads lines of JSON (home, arguments) and answers each with a line (code, output, errors).
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_SECONDS_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Commands:
    """A process that runs commands one after the other."""

    process: subprocess.Popen[str]

    def run(self, home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a command on the installation ``home`` and return what it answers, as ``subprocess.run`` does."""
        given = [str(one) for one in arguments]
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([str(home), given]) + "\n")
        self.process.stdin.flush()
        return subprocess.CompletedProcess(given, *json.loads(self.process.stdout.readline()))


@contextmanager
def commands(prefix: Sequence[str] = (), **changed: Any) -> Iterator[Commands]:
    """Yield a process for commands, started by ``prefix``; ``changed`` are other arguments of ``Popen``."""
    command = [*prefix, sys.executable, "-P", str(Path(__file__))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes, **changed) as process:
        yield Commands(process)


def environment(*folders: Path, **more: str) -> Mapping[str, str]:
    """Return the environment of a process that imports the packages from ``folders``."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), **more}


def _answer(home: str, arguments: list[str]) -> tuple[int, str, str]:
    from app.cli import main

    signal.alarm(MAX_SECONDS_LENGTH)
    output, errors, code = _text(), _text(), 0
    os.environ["ROGATIO_HOME"], sys.argv = home, ["rogatio", *arguments]
    with redirect_stdout(output), redirect_stderr(errors):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:
            traceback.print_exc()
            code = 1
    return code, *(stream.buffer.getvalue().decode("utf-8") for stream in (output, errors))  # type: ignore[attr-defined]


def _text() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    for line in sys.stdin:
        print(json.dumps(_answer(*json.loads(line))), file=answers, flush=True)
