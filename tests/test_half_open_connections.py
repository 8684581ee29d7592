"""The server answers while hundreds of connections send nothing, and while a writer holds the database."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError

import pytest

pytestmark = pytest.mark.slow
OPEN = 400


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("served") / "home"
    environment = os.environ | {"ROGATIO_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", "0", "--threads", "4"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://[\d.:]+/", server.stdout.readline())
        assert found
        yield found[0], home
        server.terminate()


def answer(address: str, path: str, data: bytes | None = None) -> tuple[int, dict[str, str]]:
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, dict(response.headers)
    except HTTPError as error:
        return error.code, dict(error.headers)


def test_half_open_connections_keep_nobody_out(served: tuple[str, Path]) -> None:
    address, _ = served
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    with ExitStack() as held:
        for number in range(OPEN):
            one = held.enter_context(socket.create_connection((host, int(port)), 10))
            if number % 2:  # a request that is never ended
                one.sendall(b"POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx")
        assert answer(address, "api/v1/health")[0] == 200
        assert answer(address, "")[0] == 200


def test_a_request_that_cannot_write_is_told_when_to_come_again(served: tuple[str, Path]) -> None:
    address, home = served
    writer = sqlite3.connect(home / "records.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        status, headers = answer(address, "api/v1/alerts", b'{"kind": "search", "query": "blanqueo"}')
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert status == 503
    assert int(headers["Retry-After"]) > 0
