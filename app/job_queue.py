"""The queue of background jobs: SQLite in the home folder, or Redis, with signed messages."""

from __future__ import annotations

import hashlib
import sqlite3

from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from indexing.settings import Settings, secret_key


def open_queue(settings: Settings, name: str = "jobs") -> Huey:
    """Open a queue for the servers that share this home folder, which alone can reach the staged files.

    Messages are pickles: they are signed with the secret key, so that nobody else who writes to the queue can make a
    server load one. Queues have names of their own since they are signed; jobs left in older ones are queued again.
    """
    secret = secret_key(settings.home)
    serializer = SignedSerializer(secret=secret, salt=name)
    if settings.redis_url:
        home = hashlib.sha256(secret.encode()).hexdigest()[:16]
        return RedisHuey(f"rogatio-signed-{name}-{home}", url=settings.redis_url, serializer=serializer)
    return SqliteHuey("rogatio-signed", filename=str(settings.home / f"{name}.sqlite"), serializer=serializer)


def queue_failures(settings: Settings) -> tuple[type[Exception], ...]:
    """Return the exceptions of an unreachable queue; ``redis`` is installed only if it is used."""
    if not settings.redis_url:
        return (sqlite3.Error, OSError)
    from redis import RedisError

    return (RedisError, OSError)


class InlineConsumer(Consumer):  # type: ignore[misc]
    """A consumer inside the server process, which handles signals itself."""

    def _set_signal_handlers(self) -> None:
        pass
