"""A TCP relay to a server of the tests that can be closed and opened, with or without TLS."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading


class Relay:
    """A relay at a fixed port of this machine to an address or a socket file: closed, the server does not answer.

    With ``tls`` clients speak TLS; ``received`` is what they sent, decrypted.
    """

    def __init__(self, target: tuple[str, int] | str, tls: ssl.SSLContext | None = None) -> None:
        self.target, self.tls, self.received = target, tls, bytearray()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.lost, self.stops = b"", False
        self.listening: socket.socket | None = None
        self.open: list[socket.socket] = []

    def start(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listening,), daemon=True).start()

    def stop(self) -> None:
        """Refuse new connections and cut those that exist."""
        for connection in [*self.open, *filter(None, [self.listening])]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.open.clear()

    def cut(self, answer: bytes, *, and_stop: bool = False) -> None:
        """Cut the connection instead of passing on the next ``answer`` of the server, and all of them with ``stop``."""
        self.lost, self.stops = answer, and_stop

    def _is_lost(self, data: bytes) -> bool:
        if not self.lost or self.lost not in data:
            return False
        self.lost = b""
        if self.stops:
            self.stop()
        return True

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listening.accept()
                threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):  # among them what TLS refuses
            client = self.tls.wrap_socket(client, server_side=True) if self.tls else client
            server = self._connected()
            self.open += [client, server]
            threading.Thread(target=self._copy, args=(server, client), daemon=True).start()
            self._copy(client, server, self.received)

    def _connected(self) -> socket.socket:
        if isinstance(self.target, tuple):
            return socket.create_connection(self.target)
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.target)
        return connection

    def _copy(self, source: socket.socket, sink: socket.socket, record: bytearray | None = None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if record is not None:
                    record += data
                elif self._is_lost(data):
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
