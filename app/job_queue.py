"""The queue of background jobs: SQLite in the home folder, or Redis, with signed messages in JSON."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from typing import Any

import msgspec
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import SignedSerializer

from indexing.settings import Settings, secret_key

TRANSIENT = frozenset({"indexing.elasticsearch_unreachable", "indexing.database_failed", "indexing.database_busy"})
"""Errors of a server that does not answer: what failed by them is done later, and no file of it is removed."""

_QUIET_SECONDS = 60.0


class _Task(msgspec.Struct, forbid_unknown_fields=True):
    """What a message says of a task; our tasks have no other properties than these."""

    id: str
    name: str
    args: list[str | list[str]]
    kwargs: dict[str, str]
    retries: int
    retry_delay: int
    priority: int | None


_decoder = msgspec.json.Decoder(_Task)


class JsonMessages(SignedSerializer):  # type: ignore[misc]
    """Messages as JSON with a signature, so that nobody else who writes to the queue can queue a task."""

    def _serialize(self, message: Message) -> bytes:
        fields = {name: getattr(message, name) for name in _Task.__struct_fields__}
        return bytes(self._sign(msgspec.json.encode(fields)))

    def _deserialize(self, data: bytes) -> Message:
        task = _decoder.decode(self._unsign(data))
        return Message(**msgspec.structs.asdict(task) | {"args": tuple(task.args)})


def open_queue(settings: Settings, name: str = "jobs") -> Huey:
    """Open a queue for the servers that share this home folder, which alone can reach the staged files.

    Queues have names of their own since their messages are JSON; jobs left in older ones are queued again.
    """
    secret = secret_key(settings.home)
    options: dict[str, Any] = {"serializer": JsonMessages(secret=secret, salt=name), "results": False}
    if settings.redis_url:
        home = hashlib.sha256(secret.encode()).hexdigest()[:16]
        return RedisHuey(f"rogatio-json-{name}-{home}", url=settings.redis_url, **options)
    return SqliteHuey("rogatio-json", filename=str(settings.home / f"{name}.sqlite"), **options)


def queue_failures(settings: Settings) -> tuple[type[Exception], ...]:
    """Return the exceptions of an unreachable queue; ``redis`` is installed only if it is used."""
    if not settings.redis_url:
        return (sqlite3.Error, OSError)
    from redis import RedisError

    return (RedisError, OSError)


class ShortFailures(logging.Filter):
    """Makes one line a minute of the tracebacks of a queue that does not answer and is asked every second."""

    def __init__(self) -> None:
        super().__init__()
        self._said = -_QUIET_SECONDS

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is logged."""
        error = record.exc_info[1] if record.exc_info else None
        is_of_redis = type(error).__module__.partition(".")[0] == "redis"
        if not (is_of_redis or isinstance(error, (sqlite3.Error, OSError))):
            return True
        if time.monotonic() < self._said + _QUIET_SECONDS:
            return False
        self._said = time.monotonic()
        record.msg, record.args = "the job queue does not answer and is retried: %s", (type(error).__name__,)
        record.exc_info = record.exc_text = None
        return True


_short_failures = ShortFailures()


class InlineConsumer(Consumer):  # type: ignore[misc]
    """A consumer inside the server process, which handles signals itself."""

    def _create_process(self, process: Any, name: str) -> Any:
        logging.getLogger(f"huey.consumer.{process.process_name}").addFilter(_short_failures)
        return super()._create_process(process, name)

    def _set_signal_handlers(self) -> None:
        pass
