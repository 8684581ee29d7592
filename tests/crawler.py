"""Crawls the web application from a start page, within the process."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import html

_ID = re.compile(r"[0-9a-f]{12,}")
_BASE = "http://127.0.0.1"


@dataclass(slots=True)
class Crawl:
    """A crawl of at most ``most`` pages; equal seeds follow equal links.

    Links are of one shape where only identities and values differ. Rare shapes are followed first, and of each shape
    of one path at most ``of_a_kind`` pages are opened, since every combination of filters is an address of its own.
    """

    client: FlaskClient
    most: int
    of_a_kind: int
    random: Random = field(default_factory=lambda: Random(1))
    opened: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, list[str]] = field(default_factory=dict)  # by shape
    _known: set[str] = field(default_factory=set)
    _shapes: Counter[str] = field(default_factory=Counter)
    _kinds: Counter[str] = field(default_factory=Counter)

    def run(self, first: str = "/") -> dict[str, int]:
        """Return the status of every page opened, by its address."""
        self._add(first)
        while self._waiting and len(self.opened) < self.most:
            self._open(self._next())
        return self.opened

    def _next(self) -> str:
        rarest = min(self._shapes[shape] for shape in self._waiting)
        shape = self.random.choice([one for one in self._waiting if self._shapes[one] == rarest])
        waiting = self._waiting[shape]
        chosen = waiting.pop(self.random.randrange(len(waiting)))
        if not waiting:
            del self._waiting[shape]
        return chosen

    def _open(self, address: str) -> None:
        self._shapes[_shape(address)] += 1
        answer = self.client.get(address)
        self.opened[address] = answer.status_code
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for link in html.fromstring(answer.data).xpath("//a/@href | //img/@src | //iframe/@src"):
                self._add(urldefrag(urljoin(address, link)).url)
        elif answer.location:
            self._add(urldefrag(urljoin(address, answer.location)).url)

    def _add(self, address: str) -> None:
        address = address.removeprefix(_BASE)
        kind = _kind(address)
        if address in self._known or not address.startswith("/") or self._kinds[kind] >= self.of_a_kind:
            return
        self._known.add(address)
        self._kinds[kind] += 1
        self._waiting.setdefault(_shape(address), []).append(address)


def _kind(address: str) -> str:
    """Return the path and the names of the arguments, the values left out."""
    parts = urlsplit(address)
    return f"{parts.path}?{' '.join(sorted({name for name, _ in parse_qsl(parts.query)}))}"


def _shape(address: str) -> str:
    """Return the kind of an address without identities."""
    return _ID.sub("*", _kind(address))
