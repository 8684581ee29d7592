"""Crawls the web application from a start page, within the process."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from random import Random
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import html

_ID = re.compile(r"[0-9a-f]{12,}")
_BASE = "http://127.0.0.1"


@dataclass(slots=True)
class Crawl:
    """A crawl of at most ``most`` pages; equal seeds follow equal links.

    Links are of one shape where only identities and values differ. Rare shapes are followed first. Every combination
    of filters is an address of its own, so that of each path only pairs of arguments are covered: a link is followed
    if fewer than ``of_a_kind`` links before it had one of its pairs.
    """

    client: FlaskClient
    most: int
    of_a_kind: int
    random: Random = field(default_factory=lambda: Random(1))
    opened: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, list[str]] = field(default_factory=dict)  # by shape
    _known: set[str] = field(default_factory=set)
    _shapes: Counter[str] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # a path and two names of arguments

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
        if address in self._known or not address.startswith("/"):
            return
        pairs = _pairs(address)
        if all(self._pairs[pair] >= self.of_a_kind for pair in pairs):
            return
        self._known.add(address)
        self._pairs.update(pairs)
        self._waiting.setdefault(_shape(address), []).append(address)


def _arguments(address: str) -> list[str]:
    """Return the names of the arguments of an address, in order."""
    return sorted({name for name, _ in parse_qsl(urlsplit(address).query)})


def _pairs(address: str) -> list[tuple[str, str, str]]:
    """Return the path with each pair of arguments; an argument alone is a pair with itself, none one of empty names."""
    return [(urlsplit(address).path, *pair) for pair in combinations_with_replacement(_arguments(address) or [""], 2)]


def _shape(address: str) -> str:
    """Return the path and the names of the arguments, identities and values left out."""
    return f"{_ID.sub('*', urlsplit(address).path)}?{' '.join(_arguments(address))}"
