"""A server while hostile files are uploaded, or with many people at once: times of answers, errors, memory, counts.

    python -m benchmarks.busy_server hostile [--letters 200] [--files 1000] [--searches 200]
    python -m benchmarks.busy_server people [--letters 200] [--people 50] [--requests 20]
    python -m benchmarks.busy_server processes [--letters 200] [--people 50] [--requests 20]

A server of its own process has short letters. ``hostile`` uploads files that code builds (packages that unpack to
much, lie about it, overlap or contain each other, deep messages, entities, broken pictures and PDF files) and searches
before, meanwhile and afterwards; files that came in and files with an outcome must be equal in number. ``people`` are
threads that search and open documents without a pause. ``processes`` gives the same people a server of one process and
one of two, twice in turn: median and 95th percentile, requests a second, and the ratio of these. Prints one line of
JSON, and what is being done to the error output; times are seconds by the clock, so that only ratios of one run on a
quiet machine say something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import hostile_files as hostile
from run_scenarios import LETTER as LETTER  # start_up uses it as well

QUIET_SECONDS = 8
QUERIES = ("exhorto", "Ana María", "blanqueo de capitales", "delito", "title:exhorto OR juzgado")
BUILDERS: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    ("zip", lambda n: hostile.swollen((1 + n % 8) << 20)),
    ("zip", lambda n: hostile.nested(2 + n % 30)),
    ("zip", lambda n: hostile.overlapping(50 + n % 50, 4096)),
    ("zip", lambda n: hostile.lying_about_size(10 + n, 1 << 20)),
    ("eml", lambda n: hostile.deep_mail(50 + n % 200)),
    ("xml", lambda n: (hostile.BILLION_LAUGHS + f"<r>&a9;{n}</r>").encode()),
    ("xml", lambda n: (hostile.EXTERNAL_ENTITY + f"<r>&x;{n}</r>").encode()),
    ("png", lambda n: hostile.png(20_000 + n, 20_000)),
    (
        "pdf",
        lambda n: b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>%%%d" % n,
    ),
    ("csv", lambda n: (f"{n};" + ";".join("x" * 40) + "\n").encode() * 2000),
)


class Server:
    """A server at an address, and the identifier of its process."""

    def __init__(self, url: str, process: int) -> None:
        self.url, self.process = url, process

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=120) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def json(self, path: str) -> Any:
        """Return the data at an address, which is requested again while the server is busy."""
        while (answer := self.get(path))[0] == 503:
            time.sleep(1)
        return json.loads(answer[1])

    def upload(self, folder: Path) -> str:
        """Upload the files of a folder to the collection ``paris`` and return the id of the job."""
        boundary, body = "rogatio-benchmark", bytearray()
        fields = [("collection", "", b"paris")]
        fields += [("files", path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
        for name, file, content in fields:
            named = f'; filename="{file}"' if file else ""
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
            body += content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        request = urllib.request.Request(f"{self.url}/api/v1/jobs", bytes(body), headers)
        with urllib.request.urlopen(request, timeout=600) as answer:
            return str(json.load(answer)["id"])

    def memory(self) -> int:
        """Return the resident memory of the server's own process in MiB."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) >> 10


@contextmanager
def served(home: Path, processes: int = 1) -> Iterator[Server]:
    code = "import sys; from app.cli import main; sys.argv = ['rogatio', *sys.argv[1:]]; main()"
    command = [sys.executable, "-c", code, "--language", "en", "serve", "--port", "0", "--processes", str(processes)]
    environment = {**os.environ, "ROGATIO_HOME": str(home), "ROGATIO_ENGINE": ""}
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        (url,) = re.findall(r"http://[\d.:]+", process.stdout.readline())
        try:
            yield Server(url, process.pid)
        finally:
            process.terminate()


def timed(server: Server, searches: int, until: Callable[[], bool] = lambda: False) -> tuple[list[float], Counter[int]]:
    """Search one after the other, at least twice; return the seconds of each and how often each status came."""
    times, statuses = list[float](), Counter[int]()
    while len(times) < searches and (len(times) < 2 or not until()):
        begun = time.monotonic()
        query = urllib.parse.quote(QUERIES[len(times) % len(QUERIES)])
        statuses[server.get(f"/api/v1/search?q={query}")[0]] += 1
        times.append(time.monotonic() - begun)
    return times, statuses


def ended(server: Server, job: str) -> dict[str, Any]:
    """Return a job once it has ended; its counts are reported every half minute."""
    reported = time.monotonic()
    while not (found := server.json(f"/api/v1/jobs/{job}"))["finished"]:
        if time.monotonic() - reported > 30:
            reported = time.monotonic()
            report(f"job: {found['counts']}")
        time.sleep(2)
    return dict(found)


def report(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def with_hostile_files(server: Server, folder: Path, files: int, searches: int) -> dict[str, Any]:
    for number in range(files):
        extension, build = BUILDERS[number % len(BUILDERS)]
        (folder / f"{number:05}.{extension}").write_bytes(build(number))
    report("searches before")
    timed(server, 20)
    before, statuses = timed(server, searches)
    report("upload")
    job = server.upload(folder)
    during, more = timed(server, sys.maxsize, lambda: bool(server.json(f"/api/v1/jobs/{job}")["finished"]))
    report("end of the job")
    found = ended(server, job)
    after, _ = timed(server, searches)
    outcomes = Counter(file["status"] for file in found["files"] if "/" not in file["name"])
    quiet = p95(before + after)
    return {
        "files": files,
        "outcomes": dict(outcomes),
        "all_with_outcome": sum(outcomes.values()) >= files and "waiting" not in outcomes,
        "p95": {"quiet": quiet, "during": p95(during), "ratio": round(p95(during) / quiet, 2)},
        "searches_during": len(during),
        "statuses": dict(statuses + more),
    }


def with_people(server: Server, people: int, requests: int, into: list[float] | None = None) -> dict[str, Any]:
    """Return times and memory of two rounds; the times are appended to ``into``."""
    documents = [one["id"] for one in server.json("/api/v1/documents?limit=50")["documents"]]
    times, statuses, lock = list[float](), Counter[int](), threading.Lock()

    def person(number: int) -> None:
        for turn in range(requests):
            query = urllib.parse.quote(QUERIES[(number + turn) % len(QUERIES)])
            document = documents[(number + turn) % len(documents)]
            paths = (f"/?q={query}&ui=es", f"/api/v1/search?q={query}", f"/documents/{document}")
            begun = time.monotonic()
            status, _ = server.get(paths[turn % len(paths)])
            with lock:
                times.append(time.monotonic() - begun)
                statuses[status] += 1

    before = server.memory()
    rounds = []
    for number in range(2):  # the second has to need no more memory than the first
        report(f"round {number + 1}")
        threads = [threading.Thread(target=person, args=(one,)) for one in range(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rounds.append(server.memory())
    cuts = quantiles(times, n=100)
    if into is not None:
        into += times
    return {
        "people": people,
        "requests": len(times),
        "p50": round(cuts[49], 3),
        "p95": round(cuts[94], 3),
        "statuses": dict(statuses),
        "memory": [before, *rounds],
    }


def with_processes(home: Path, people: int, requests: int) -> dict[str, Any]:
    """Return the figures of servers with one and two processes over the same installation, and their ratio."""
    times: dict[int, list[float]] = {1: [], 2: []}
    seconds = {1: 0.0, 2: 0.0}
    for processes in (1, 2, 1, 2):
        with served(home, processes) as server:
            report(f"{processes} processes")
            time.sleep(QUIET_SECONDS)  # until what is loaded in the background is there
            with_people(server, people, 2)
            begun = time.monotonic()
            with_people(server, people, requests, times[processes])
            seconds[processes] += time.monotonic() - begun
    rates = {count: len(times[count]) / seconds[count] for count in times}
    figures = {
        str(count): {
            "p50": round(quantiles(times[count], n=100)[49], 3),
            "p95": p95(times[count]),
            "requests a second": round(rates[count], 1),
        }
        for count in times
    }
    return {"people": people, "processes": figures, "ratio": round(rates[2] / rates[1], 2)}


def p95(times: list[float]) -> float:
    return round(quantiles(times, n=20)[18], 3)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("what", choices=("hostile", "people", "processes"))
    options.add_argument("--letters", type=int, default=200)
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--searches", type=int, default=200)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--requests", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, letters, files = (Path(folder) / name for name in ("home", "letters", "hostile"))
        letters.mkdir()
        files.mkdir()
        for number in range(given.letters):
            (letters / f"{number:03}.txt").write_text(LETTER.format(name=f"Ana {number:03} María"))
        with served(home) as server:
            report("letters")
            ended(server, server.upload(letters))
            if given.what == "hostile":
                print(json.dumps(with_hostile_files(server, files, given.files, given.searches)))
            elif given.what == "people":
                print(json.dumps(with_people(server, given.people, given.requests)))
        if given.what == "processes":
            print(json.dumps(with_processes(home, given.people, given.requests)))


if __name__ == "__main__":
    main()
