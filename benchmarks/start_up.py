"""Start of commands: seconds of processor time until each has answered, and a server's first answer.

    python -m benchmarks.start_up [--repeats 5]

An installation of its own has short letters. Each command runs in a process of its own, whose children (such as
Tesseract) count; the median of the repeats is printed, after one run that is not counted, as a first one fills the
caches, that of Python's byte code among them even where the environment switches it off. ``python`` is an interpreter
that does nothing, ``spacy`` the import of spaCy, which an annotation needs and which tells how busy the machine is. The
first query of a server, once it has loaded what it loads in the background, and the median of fifty later ones are
seconds of processor time of its threads. The bar is a second for each command, and three times the median for the first
query.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.busy_server import LETTER, QUERIES, Server, served

ROGATIO = (sys.executable, "-c", "from app.cli import main; main()")
COMMANDS: dict[str, tuple[str, ...]] = {
    "python": (sys.executable, "-c", ""),
    "spacy": (sys.executable, "-c", "import spacy"),
    "help": (*ROGATIO, "--help"),
    "annotate": (*ROGATIO, "annotate"),
    "search": (*ROGATIO, "search", "blanqueo de capitales"),
    "search by words": (*ROGATIO, "search", "--mode", "words", "exhorto"),
    "doctor": (*ROGATIO, "doctor"),
}
LATER = 50


def processor_seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=LETTER.encode(), env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def of_process(process: int) -> float:
    """Return the seconds of processor time that the threads of a process have used."""
    files = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def wait_until_idle(server: Server) -> None:
    """Wait until the threads that load in the background have ended."""
    before = -1.0
    while (now := of_process(server.process)) - before > 0.01:
        before = now
        time.sleep(3)


def queries(server: Server) -> dict[str, float]:
    """Return the processor time of the first query, and the median of later ones, of other words each."""
    spent: list[float] = []
    for number in range(LATER + 1):
        before = of_process(server.process)
        server.get(f"/api/v1/search?q={urllib.parse.quote(QUERIES[number % len(QUERIES)])}%20{number}")
        spent.append(of_process(server.process) - before)
    return {"first": round(spent[0], 3), "median": round(median(spent[1:]), 3)}


def ingest(home: Path, folder: Path, environment: dict[str, str]) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_text(LETTER.format(name=f"Ana {number}"), encoding="utf-8")
    subprocess.run([*ROGATIO, "ingest", str(folder), "--collection", "paris"], env=environment, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home, folder = Path(scratch) / "home", Path(scratch) / "letters"
        folder.mkdir()
        environment = {**os.environ, "ROGATIO_HOME": str(home), "ROGATIO_ENGINE": "", "PYTHONDONTWRITEBYTECODE": ""}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(scratch) / "byte-code")
        ingest(home, folder, environment)
        result: dict[str, Any] = {}
        for name, command in COMMANDS.items():
            processor_seconds(command, environment)
            result[name] = round(median(processor_seconds(command, environment) for _ in range(options.repeats)), 2)
        with served(home) as server:
            wait_until_idle(server)
            result["queries of a server"] = queries(server)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
