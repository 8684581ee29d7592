"""Processes that answer requests at one address: the Python code of one process uses one processor at a time.

They share the listening sockets, and whichever is free accepts a connection. The first process also runs the queues of
jobs and mail; the others only answer. One that dies is replaced, and all end with the first.

Waitress reads a request completely before a thread gets it, so that connections which send nothing, or half of a body,
keep nobody out where no proxy stands before the program. The servers with a manager of processes of their own do not:
with four threads and forty such connections, gunicorn 27.0 (threads) answers nobody else, neither behind idle
connections nor behind half a header or body; granian 2.8 (WSGI) nobody behind half a body. Asynchronous workers of
gunicorn need patched sockets and locks, which native libraries (indexes, encoder) do not know. What gunicorn would then
replace, starting a process again, is ``FurtherProcesses``, which is shorter than a worker class of gunicorn's.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.import_path import leave_out_current_folder

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

CONNECTIONS = 2000
"""Open connections of a process: one that sends nothing costs a descriptor, and is closed after ``IDLE_SECONDS``."""

IDLE_SECONDS, CLEANUP_SECONDS = 30, 5
BACKLOG = 1024
_RESTART_SECONDS = 1.0
_PARENT_SECONDS = 0.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """How a process answers: ``names`` are the host names it accepts, ``threads`` the requests at the same time."""

    names: tuple[str, ...]
    threads: int
    https: bool
    log_format: str


def listening(host: str, port: int) -> list[socket.socket]:
    """Return sockets that listen at all addresses of ``host``; raises ``app.port_taken``."""
    sockets: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            one = socket.socket(family, kind, protocol)
            sockets.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            taken = port or sockets[0].getsockname()[1]  # the first address decides about port 0
            one.bind((address[0], taken, *address[2:]))
            one.listen(BACKLOG)
    except OSError as error:
        for one in sockets:
            one.close()
        raise RogatioError("app.port_taken", port=port) from error
    return sockets


def application(serving: Serving) -> Flask:
    """Return the application of a process."""
    from app.operations.logs import set_up_logs
    from app.web import create_app

    set_up_logs(serving.log_format)
    slots = max(1, serving.threads // 2)
    return create_app({"TRUSTED_HOSTS": [*serving.names], "HEAVY_SLOTS": slots, "HTTPS": serving.https})


def server_of(app: Flask, sockets: Sequence[socket.socket], serving: Serving) -> MultiSocketServer | BaseWSGIServer:
    """Return the server of a process, with file descriptors for ``CONNECTIONS``."""
    import resource

    from waitress import create_server

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 2 * CONNECTIONS), most))
    return create_server(
        app,
        sockets=list(sockets),
        threads=serving.threads,
        url_scheme="https" if serving.https else "http",
        # too large requests are refused by the application, in the reader's language
        max_request_body_size=2 * app.config["MAX_CONTENT_LENGTH"],
        connection_limit=CONNECTIONS,
        backlog=BACKLOG,
        asyncore_use_poll=True,  # select() refuses file descriptors above 1023
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
    )


class FurtherProcesses:
    """``count`` processes beside this one, each replaced when it dies."""

    def __init__(self, count: int, sockets: Sequence[socket.socket], serving: Serving) -> None:
        self._sockets, self._serving = tuple(sockets), serving
        leave_out_current_folder()
        # A new interpreter, since threads and open indexes do not survive a fork.
        self._context = multiprocessing.get_context("spawn")
        self._stopping = threading.Event()
        self._running = [self._started() for _ in range(count)]
        if count:
            threading.Thread(target=self._keep, daemon=True).start()

    def stop(self) -> None:
        """End all processes at once, with the requests that they are answering, and wait for them."""
        self._stopping.set()
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.join()

    def _started(self) -> BaseProcess:
        # No daemon in the sense of multiprocessing, which could have no workers of its own.
        process = self._context.Process(target=_answer, args=(self._sockets, self._serving, os.getpid()))
        process.start()
        return process

    def _keep(self) -> None:
        while not self._stopping.is_set():
            wait([process.sentinel for process in self._running], _RESTART_SECONDS)
            for place, process in enumerate(self._running):
                if not process.is_alive() and not self._stopping.is_set():
                    _log.error("a server process ended with %s and is replaced", process.exitcode)
                    time.sleep(_RESTART_SECONDS)
                    self._running[place] = self._started()


def _answer(sockets: Sequence[socket.socket], serving: Serving, parent: int) -> None:
    """Answer requests until the first process ends."""
    from app.web import warm_up

    os.umask(0o077)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    app = application(serving)
    warm_up(app)
    server_of(app, sockets, serving).run()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(0)
