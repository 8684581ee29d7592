"""An installation of Rogatio: settings, store and search engine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from indexing.settings import Settings
from indexing.store.reading import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexing.access import AccessFilter
    from indexing.engines.protocol import Engine
    from indexing.vectors.encoder import Encoder

_AT_ONCE = 1000  # ids of a condition; PostgreSQL takes at most 65,535 parameters


class Installation:
    """Settings, store and engine, opened once and shared by threads.

    Capabilities are functions of an installation (``search(installation, request)``), so this module imports none of
    them. Engine and encoder are opened on first use, so that commands without search start fast.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings)

    @cached_property
    def engine(self) -> Engine:
        """The engine that the settings name."""
        return self.open_engine(self.settings.engine)

    @property
    def encoder(self) -> Encoder | None:
        """The encoder that the settings name, or None if no model is installed."""
        from indexing.vectors.encoder import open_encoder

        return open_encoder(self.settings)

    def words_only(self, access: AccessFilter, among: Iterable[str] | None = None) -> int:
        """Return the number of documents whose vectors are still to come; 0 without an encoder.

        ``among`` are the ids of the documents that are counted, by default all.
        """
        if not self.encoder:
            return 0
        if among is None:
            return self.store.words_only(access, self.engine.name)
        ids = list(dict.fromkeys(among))
        parts = (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))
        return sum(self.store.words_only(access, self.engine.name, part) for part in parts)

    def open_engine(self, name: str) -> Engine:
        """Open the engine ``embedded`` or ``elasticsearch``; raises ``indexing.no_such_engine`` for any other name."""
        if name == "elasticsearch":
            from indexing.engines.elasticsearch.connection import connection
            from indexing.engines.elasticsearch.engine import ElasticEngine

            return ElasticEngine(connection(self.settings))
        if name == "embedded":
            from indexing.engines.embedded.engine import EmbeddedEngine

            return EmbeddedEngine(self.settings.home)
        raise RogatioError("indexing.no_such_engine", engine=name)

    def close(self) -> None:
        """Close the engine, if it was opened, and the database."""
        if "engine" in self.__dict__:
            self.engine.close()
        self.store.close()


def open_installation(settings: Settings) -> Installation:
    """Open the installation of ``settings`` and migrate its database to the newest schema."""
    return Installation(settings)
